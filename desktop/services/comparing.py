"""What a package says beside what is known here: a submission beside the plan, a plan beside the version held before."""

from __future__ import annotations

from datetime import datetime

from desktop.domain.approval import Approval, fault_facts, signer_fault
from desktop.domain.assignment import measures_for
from desktop.domain.changes import ChangeKind, PlanChange
from desktop.domain.codec import verification_code
from desktop.domain.package import Fact, Verification
from desktop.domain.plan import Plan
from desktop.domain.quarter import Quarter
from desktop.domain.report import ReportDocument
from desktop.domain.schedule import standing_fault
from desktop.domain.succession import changes_for
from desktop.exchange import plan_package
from desktop.exchange.packages import OpenedPackage
from desktop.exchange.signing import verify_pdf
from desktop.exchange.submission import SubmissionPayload
from desktop.exchange.trust import Trust
from desktop.services.approving import scan_named
from desktop.services.surveying import report_row
from desktop.storage import Store


def plan_fact(store: Store, opened: OpenedPackage, document: ReportDocument) -> Fact:
    """Whether the document answers, line by line, a version of a plan that this workspace published."""
    issuer, named = opened.header.issuer, document.plan
    facts = {"plan": named.title, "version": str(named.version), "issuer": issuer.name}

    def refused(code: str, **more: str) -> Fact:
        return Fact("plan", False, code, {**facts, **more})

    if document.unit != issuer:
        return refused("unit_differs", unit=document.unit.name)
    if document.superior != opened.header.recipient:
        return refused("not_for_us", recipient=document.superior.name, unit=store.workspace.unit.name)
    versions = store.plans.versions(named.id)
    facts["newest"] = str(versions[-1].version) if versions else ""
    if not versions:
        return refused("plan_unknown")
    if named not in versions or opened.header.plan_digest != named.digest:
        return refused("plan_differs")
    if store.plans.calendar(named.id, document.quarter) is None:
        return refused("quarter_unknown", quarter=Quarter.parse(document.quarter).chinese)
    code = _rows_problem(store.plans.get(named.id, named.version), document)
    return refused(code) if code else Fact("plan", True, "", facts)


def _rows_problem(plan: Plan, document: ReportDocument) -> str:
    """What the superior's officer reads beside an entry must be the plan's words and figures, not the sender's."""
    code = document.unit.code
    measures, quarter = measures_for(plan, code), Quarter.parse(document.quarter)
    if len(measures) != len(document.rows):
        return "rows_differ"
    for measure, row in zip(measures, document.rows, strict=True):
        readings = [reading.target_key for reading in row.entry.readings]
        if row != report_row(plan, measure, code, row.previous, row.entry, row.standings):
            return "rows_differ"
        targets = {target.key: target for target in row.targets}
        if any(standing_fault(targets[s.target_key], s, quarter) for s in row.standings):
            return "rows_differ"
        if row.entry.measure_key != measure.key or len(set(readings)) != len(readings):
            return "rows_differ"
        if row.entry.status is None:
            return "rows_unfilled"
    return ""


def paper_facts(
    opened: OpenedPackage, payload: SubmissionPayload, trust: Trust | None, at: datetime
) -> tuple[Fact, ...]:
    """Whether the PDF is signed by the people whom it names and carries exactly the data of the package; where several
    signed it, a fact for each signature; where another person signed for the issuer, as a fact of its own, whether the
    approval says that exactly this person might.
    """
    document = payload.document
    facts = {"code": verification_code(payload.document_bytes), "rows": str(len(document.rows))}
    facts["issuer"] = opened.header.issuer.name
    checked, inside = verify_pdf(payload.pdf, trust, at)
    units = {signer.unit_code for signer in checked.signers}
    named_scan = scan_named(checked.reason)
    if not checked.intact or not checked.whole_file:
        problem = "paper_altered"
    elif not checked.trusted:
        problem = "paper_not_trusted"
    elif checked.revocation is False:
        problem = "paper_revoked"
    elif checked.problems:
        problem = checked.problems[0]
    elif inside != payload.document_bytes:
        problem = "paper_differs"
    elif units != {document.unit.code}:
        problem = "paper_signer"
    elif other := _other_co_signer(document, checked):
        problem = "paper_co_signer"
        facts |= other
    elif payload.approval is not None:
        approved = _approval_fact(opened, payload, payload.approval, checked.signers[-1].name, named_scan)
        return (Fact("paper", True, "", facts), *_signature_facts(document, checked), approved)
    elif named_scan:
        problem = "approval_missing"
    elif checked.signers[-1].name != document.people.issuer:
        problem = "paper_person"
        facts |= {"named": document.people.issuer, "person": checked.signers[-1].name}
    else:
        return (Fact("paper", True, "", facts), *_signature_facts(document, checked))
    return (Fact("paper", False, problem, facts),)


def _other_co_signer(document: ReportDocument, checked: Verification) -> dict[str, str]:
    """The first before the issuer who is not whom the report names; empty when all are. Their roles were read already."""
    for role, signer in zip(document.co_signers, checked.signers, strict=False):
        named = getattr(document.people, role.value)
        if signer.name != named:
            return {"who": role.value, "named": named, "person": signer.name}
    return {}


def _signature_facts(document: ReportDocument, checked: Verification) -> tuple[Fact, ...]:
    """Each signature of a PDF that several signed, in their order; the role is the fact's subject."""
    if len(checked.signers) == 1:
        return ()
    return tuple(
        Fact(
            f"signed_{signer.role}",
            True,
            "",
            {
                "person": signer.name,
                "named": getattr(document.people, signer.role),
                "unit": signer.unit,
                "time": moment,
                "fingerprint": signer.fingerprint,
                "until": signer.not_after.date().isoformat() if signer.not_after else "",
            },
        )
        for signer, moment in zip(checked.signers, checked.moments, strict=True)
    )


def _approval_fact(
    opened: OpenedPackage, payload: SubmissionPayload, approval: Approval, person: str, named_scan: str
) -> Fact:
    """Whether who signed PDF and package is exactly the one who might, and the PDF names exactly this scan.

    That the approval is of this report and its issuer was seen when it was read. Facts as `fault_facts`, scan, size.
    """
    scan = approval.scan
    facts = {**fault_facts(approval, payload.document), "scan": scan.name, "size": str(scan.size)}
    packed_by = {signer.name for signer in opened.verification.signers}
    code = signer_fault(approval, person, opened.header.claimed_time.date())
    if not code and packed_by != {person}:
        code = "approval_of_another_signer"
    if not code and named_scan != scan.digest:
        code = "approval_not_on_paper"
    return Fact("approval", not code, code, facts)


def version_fact(store: Store, opened: OpenedPackage) -> tuple[Fact, tuple[PlanChange, ...]]:
    """Which version of a plan a package from above brings, and what that changes for this unit.

    Facts: plan, version, held (the version held before, 0 for none), own (measures of the unit), and the count of each
    kind of change under its code. Raises UnreadableError as `plan_package.read_plan`.
    """
    plan = plan_package.read_plan(opened.files).plan
    own = store.workspace.unit.code
    earlier = [ref.version for ref in store.plans.versions(plan.id) if ref.version < plan.version]
    facts = {"plan": plan.title, "version": str(plan.version), "held": str(max(earlier, default=0))}
    facts["own"] = str(len(measures_for(plan, own)))
    changes: tuple[PlanChange, ...] = ()
    if earlier:
        changes = changes_for(plan, store.plans.get(plan.id, max(earlier)), own)
        counts = {kind.value: sum(c.kind is kind for c in changes) for kind in ChangeKind}
        facts |= {kind: str(count) for kind, count in counts.items() if count}
    return Fact("version", True, "", facts), changes
