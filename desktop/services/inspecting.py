"""Looking at a package: what it is, whether it holds, what it would change. Nothing is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.codec import verification_code
from desktop.domain.package import Fact, InboxState, PackageKind
from desktop.domain.report import Entry, Report, ReportDocument
from desktop.exchange import answer, enrolment, plan_package, submission
from desktop.exchange.packages import OpenedPackage, open_package
from desktop.exchange.signing import Trust, verify_pdf
from desktop.services import enrolling
from desktop.services.reviewing import FieldChange, entry_changes
from desktop.storage import Store


@dataclass(frozen=True)
class Inspection:
    """What a file is, whether it holds, and what taking it in would change. Nothing has been written.

    `verdict`: `ready` to be decided on, `repeated` (taken before, same content), `waiting` (a file before
    it is missing), `refused`. `document` is there for submissions.
    """

    opened: OpenedPackage
    verdict: str
    facts: tuple[Fact, ...]
    changes: tuple[FieldChange, ...] = ()
    document: ReportDocument | None = None
    replaces: Report | None = None

    @property
    def problem(self) -> str:
        """The first failed check's code, empty when all hold."""
        return next((fact.problem for fact in self.facts if fact.ok is False), "")

    @property
    def refusal(self) -> dict[str, str]:
        """The facts that the sentence of the first failed check needs."""
        failed = next((fact for fact in self.facts if fact.ok is False), None)
        return {"issuer": self.opened.header.issuer.name, **((failed.facts or {}) if failed else {})}


def inspect(store: Store, data: bytes, now: datetime) -> Inspection:
    """Opens a package and says what would happen; writes nothing.

    Raises UnreadableError when the file is no package at all.
    """
    opened = open_package(data, _trust_for(store, data, now), now)
    kind = opened.header.kind
    facts = [
        _signature(opened),
        _certificate(store, opened),
        _recipient(store, opened),
        _order(store, opened),
    ]
    document, replaces = None, None
    changes: list[FieldChange] = []
    if kind is PackageKind.SUBMISSION and opened.verification.intact:
        payload = submission.read_submission(opened.files)
        document = payload.document
        facts += [
            _plan(store, opened, document),
            _paper(store, payload, now),
            Fact("files", True, facts=_sizes(opened, document)),
        ]
        changes = _changes(store, document)
        replaces = store.reports.latest(document.plan.id, document.unit.code, document.quarter)
    repeated = store.packages.inbox_item(opened.digest)
    if repeated is not None and repeated.state in (InboxState.TAKEN, InboxState.RETURNED):
        verdict = "repeated"
    elif any(f.ok is False and f.problem != "sequence_gap" for f in facts):
        verdict = "refused"
    elif any(f.problem == "sequence_gap" for f in facts):
        verdict = "waiting"
    else:
        verdict = "ready"
    return Inspection(opened, verdict, tuple(facts), tuple(changes), document, replaces)


Contents = (
    answer.AnswerPayload
    | plan_package.PlanPayload
    | enrolment.InvitationPayload
    | enrolment.CertificatePayload
    | enrolling.CertificateRequest
)


def contents(store: Store, seen: Inspection, now: datetime) -> Contents | None:
    """What a package that is no submission says; None where it is one, or was altered.

    Raises UserError when it cannot be read.
    """
    opened = seen.opened
    if not opened.verification.intact:
        return None
    match opened.header.kind:
        case PackageKind.PLAN:
            return plan_package.read_plan(opened.files)
        case PackageKind.RECEIPT | PackageKind.RETURN:
            return answer.read_answer(opened.files)
        case PackageKind.INVITATION:
            return enrolment.read_invitation(opened.files)
        case PackageKind.CERTIFICATE:
            return enrolment.read_certificate(opened.files)
        case PackageKind.REQUEST:
            return enrolling.read_request(store, opened, now)
    return None


def _trust_for(store: Store, data: bytes, now: datetime) -> Trust | None:
    """The confirmed root; for an invitation to a workspace that has none yet, the root it brings itself."""
    trust = enrolling.trust_of(store)
    if trust is not None:
        return trust
    opened = open_package(data, None, now)
    if opened.header.kind is PackageKind.INVITATION and opened.verification.intact:
        payload = enrolment.read_invitation(opened.files)
        return Trust(payload.root, payload.crls)
    return None


def _signature(opened: OpenedPackage) -> Fact:
    verification = opened.verification
    signer = verification.signers[0] if verification.signers else None
    # Requests and invitations have another fingerprint that people compare: one is enough to read.
    compared = opened.header.kind in (PackageKind.REQUEST, PackageKind.INVITATION)
    facts = {
        "person": signer.name if signer else "",
        "unit": signer.unit if signer else "",
        "time": opened.header.claimed_time.isoformat(timespec="minutes"),
        "fingerprint": signer.fingerprint if signer and not compared else "",
    }
    good = bool(verification.intact and verification.whole_file and signer)
    problem = "" if good else next(iter(verification.problems), "signature_broken")
    return Fact("signature", good, problem, facts)


def _certificate(store: Store, opened: OpenedPackage) -> Fact:
    verification, kind = opened.verification, opened.header.kind
    signer = verification.signers[0] if verification.signers else None
    until = signer.not_after.date().isoformat() if signer and signer.not_after else ""
    facts = {"until": until, "crl": str(opened.header.crl_number), "role": signer.role if signer else ""}
    if kind is PackageKind.REQUEST:
        # A request brings the key that asks for a certificate: the fingerprint is compared by people.
        return Fact("certificate", None, "", {**facts, "compare": "request"})
    if verification.revocation is False:
        return Fact("certificate", False, "certificate_revoked", facts)
    if not verification.trusted:
        known = "root_not_known" if verification.trusted is None else "certificate_not_ours"
        return Fact("certificate", False, next(iter(verification.problems), known), facts)
    if verification.problems:
        return Fact("certificate", False, verification.problems[0], facts)
    if kind is PackageKind.INVITATION and enrolling.trust_of(store) is None:
        # It was checked against the very root that it brings.
        return Fact("certificate", None, "", {**facts, "compare": "root"})
    return Fact("certificate", True if verification.revocation else None, "", facts)


def _recipient(store: Store, opened: OpenedPackage) -> Fact:
    header, own = opened.header, store.workspace
    facts = {"recipient": header.recipient.name, "unit": own.unit.name, "issuer": header.issuer.name}
    if header.recipient.code != own.unit.code:
        return Fact("recipient", False, "not_for_us", facts)
    upward = header.kind in (PackageKind.SUBMISSION, PackageKind.REQUEST)
    if upward != own.leads:
        return Fact("recipient", False, "wrong_direction", facts)
    if upward and store.units.region().find(header.issuer.code) is None:
        return Fact("recipient", False, "unit_unknown", facts)
    if not upward and own.superior is not None and header.issuer.code != own.superior.code:
        return Fact("recipient", False, "not_our_superior", facts)
    return Fact("recipient", True, "", facts)


def _order(store: Store, opened: OpenedPackage) -> Fact:
    header = opened.header
    last = store.packages.last_received(header.issuer.code, header.stream)
    facts = {"sequence": str(header.sequence), "last": str(last.sequence if last else 0)}
    same = [
        i
        for i in store.packages.with_sequence(header.issuer.code, header.stream, header.sequence)
        if i.state is not InboxState.REFUSED
    ]
    if any(item.digest != opened.digest for item in same if item.state is not InboxState.WAITING):
        return Fact("order", False, "sequence_conflict", facts)
    if last is not None and header.sequence < last.sequence:
        return Fact("order", False, "sequence_old", facts)
    expected = (last.sequence if last else 0) + 1
    if header.kind is PackageKind.SUBMISSION and header.sequence > expected:
        return Fact("order", False, "sequence_gap", facts)
    return Fact("order", True, "", facts)


def _plan(store: Store, opened: OpenedPackage, document: ReportDocument) -> Fact:
    facts = {"plan": document.plan.title, "version": str(document.plan.version)}
    digests = {ref.digest for ref in store.plans.versions(document.plan.id)}
    if not digests:
        return Fact("plan", False, "plan_unknown", facts)
    if document.plan.digest not in digests or opened.header.plan_digest != document.plan.digest:
        return Fact("plan", False, "plan_differs", facts)
    if document.unit.code != opened.header.issuer.code:
        return Fact(
            "plan", False, "unit_differs", {"unit": document.unit.name, "issuer": opened.header.issuer.name}
        )
    plan = store.plans.get(document.plan.id, document.plan.version)
    wanted = {m.key for m in plan.measures if document.unit.code in m.implementers}
    if {row.measure_key for row in document.rows} != wanted:
        return Fact("plan", False, "rows_differ", facts)
    return Fact("plan", True, "", facts)


def _paper(store: Store, payload: submission.SubmissionPayload, now: datetime) -> Fact:
    """Whether the PDF is signed by the same people and carries exactly the data of the package."""

    facts = {"code": verification_code(payload.document_bytes), "rows": str(len(payload.document.rows))}
    checked, inside = verify_pdf(payload.pdf, enrolling.trust_of(store), now)
    if not checked.intact or not checked.whole_file:
        return Fact("paper", False, "paper_altered", facts)
    if not checked.trusted or checked.revocation is False:
        return Fact("paper", False, "paper_not_trusted", facts)
    if inside != payload.document_bytes:
        return Fact("paper", False, "paper_differs", facts)
    if any(signer.unit_code != payload.document.unit.code for signer in checked.signers):
        return Fact("paper", False, "paper_signer", facts)
    return Fact("paper", True, "", facts)


def _sizes(opened: OpenedPackage, document: ReportDocument) -> dict[str, str]:
    evidence = {e.digest for row in document.rows for e in row.entry.evidence}
    size = sum(len(data) for data in opened.files.values())
    return {"files": str(len(opened.files)), "size": str(size), "evidence": str(len(evidence))}


def _changes(store: Store, document: ReportDocument) -> list[FieldChange]:
    """What the superior's copy would then say otherwise: against the newest revision it holds."""
    held = store.reports.latest(document.plan.id, document.unit.code, document.quarter)
    before = store.reports.entries(held.id) if held else {}
    found: list[FieldChange] = []
    for row in document.rows:
        indicators = {t.key: (t.indicator, t.unit) for t in row.targets}
        old = before.get(row.measure_key) or Entry(row.measure_key)
        found += entry_changes(row.measure_key, row.label, row.title, old, row.entry, indicators)
    return found
