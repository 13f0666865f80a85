"""Looking at a file of the inbox as things stand now: all that the page shows of it, gathered in one job."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.identity import SignRole
from desktop.domain.package import PackageKind
from desktop.services import answering, enrolling, inspecting, receiving
from desktop.services.answering import Remarks
from desktop.services.inspecting import Inspection
from desktop.storage import Store


@dataclass(frozen=True)
class Looked:
    """`person`, `role` and `fingerprint` where people compare; `subject`: plan id, report id or key's purpose of something from above."""

    seen: Inspection
    remarks: Remarks
    person: str = ""
    fingerprint: str = ""
    role: SignRole = SignRole.ISSUER
    subject: str = ""


def look(store: Store, digest: str, now: datetime) -> Looked:
    """Inspects a file anew; writes nothing. Raises UserError when it cannot be read any more."""
    seen = receiving.reinspect(store, digest, now)
    remarks = answering.remarks(store, seen)
    said = inspecting.contents(store, seen, now) if seen.verdict in ("ready", "repeated") else None
    if said is None:
        return Looked(seen, remarks)
    match seen.opened.header.kind:
        case PackageKind.REQUEST:
            return Looked(seen, remarks, said.person, said.fingerprint, said.role)
        case PackageKind.INVITATION:
            return Looked(seen, remarks, fingerprint=enrolling.root_fingerprint(said.root))
        case PackageKind.CERTIFICATE:
            return Looked(seen, remarks, subject=enrolling.purpose_of(said))
        case PackageKind.PLAN:
            return Looked(seen, remarks, subject=said.plan.id)
        case PackageKind.RECEIPT | PackageKind.RETURN:
            own = store.reports.find(plan_id=said.plan_id, quarter=said.quarter)
            found = next((r.id for r in own if r.digest == said.report_digest), "")
            return Looked(seen, remarks, subject=found)
    return Looked(seen, remarks)
