"""Looking at a package: what it is, whether it holds, what it would change. Nothing is written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain.approval import Approval
from desktop.domain.changes import PlanChange
from desktop.domain.codec import digest_of
from desktop.domain.package import Fact, InboxItem, InboxState, PackageKind
from desktop.domain.report import Entry, Report, ReportDocument
from desktop.exchange import answer, enrolment, plan_package, submission
from desktop.exchange.packages import OpenedPackage, open_package, read_header
from desktop.exchange.trust import Trust
from desktop.services import certifying, enrolling
from desktop.services.comparing import paper_facts, plan_fact, version_fact
from desktop.services.reviewing import FieldChange, entry_changes
from desktop.services.signing import submission_stream
from desktop.services.withdrawing import withdrawal_fact, withdrawn
from desktop.storage import Store

_DECIDED = (InboxState.TAKEN, InboxState.RETURNED)
# What units send in a stream without gaps; what comes from above may leave some out.
_NUMBERED = (PackageKind.SUBMISSION, PackageKind.WITHDRAWAL)


@dataclass(frozen=True)
class Inspection:
    """What a file is, whether it holds, and what taking it in would change. Nothing has been written.

    `verdict`: `ready` to be decided on, `repeated` (taken before, same content), `waiting` (a file before
    it is missing), `refused`. `document` is there for submissions; `amendment` for plan packages: what
    becomes otherwise for this unit since the version that it held before. `approval`: who signed for the issuer
    of a submission, where somebody did.
    """

    opened: OpenedPackage
    verdict: str
    facts: tuple[Fact, ...]
    changes: tuple[FieldChange, ...] = ()
    document: ReportDocument | None = None
    replaces: Report | None = None
    amendment: tuple[PlanChange, ...] = ()
    approval: Approval | None = None

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
    known = store.packages.inbox_item(digest_of(data))
    decided = known is not None and known.state in _DECIDED
    trust, at = _trust_for(store, data, now), now
    if known is not None and decided and trust is not None:
        # What was decided on stands as it was when it came; that moment is the reader's own, whatever ended since.
        trust, at = replace(trust, as_it_was=True), known.received_at
    opened = open_package(data, trust, at)
    facts = [_signature(opened), _certificate(store, opened, decided), _recipient(store, opened)]
    document, replaces, approval = None, None, None
    changes: list[FieldChange] = []
    amendment: tuple[PlanChange, ...] = ()
    if opened.header.kind is PackageKind.SUBMISSION and opened.verification.intact:
        payload = submission.read_submission(opened.files)
        document, approval = payload.document, payload.approval
        replaces = store.reports.latest(document.plan.id, document.unit.code, document.quarter)
        facts += [
            _order(store, opened, document, replaces, decided),
            plan_fact(store, opened, document),
            *paper_facts(opened, payload, trust, at),
            Fact("files", True, facts=_sizes(opened, document)),
        ]
        changes = _changes(store, document, replaces)
    else:
        facts.append(_order(store, opened, None, None, decided))
        if opened.header.kind is PackageKind.WITHDRAWAL and opened.verification.intact and not decided:
            facts.append(withdrawal_fact(store, opened))
        if (
            opened.header.kind is PackageKind.PLAN
            and opened.verification.trusted
            and not store.workspace.leads
        ):
            fact, amendment = version_fact(store, opened)
            facts.append(fact)
    if decided:
        verdict = "repeated"
    elif any(f.ok is False and f.problem != "sequence_gap" for f in facts):
        verdict = "refused"
    elif any(f.problem == "sequence_gap" for f in facts):
        verdict = "waiting"
    else:
        verdict = "ready"
    return Inspection(opened, verdict, tuple(facts), tuple(changes), document, replaces, amendment, approval)


Contents = (
    answer.AnswerPayload
    | plan_package.PlanPayload
    | enrolment.InvitationPayload
    | enrolment.CertificatePayload
    | certifying.CertificateRequest
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
            return certifying.read_request(store, opened, now)
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
        "issuer": opened.header.issuer.name,
        "time": opened.header.claimed_time.isoformat(timespec="minutes"),
        "fingerprint": signer.fingerprint if signer and not compared else "",
    }
    good = bool(verification.intact and verification.whole_file and signer)
    problem = "" if good else next(iter(verification.problems), "signature_broken")
    return Fact("signature", good, problem, facts)


def _certificate(store: Store, opened: OpenedPackage, decided: bool) -> Fact:
    verification, kind = opened.verification, opened.header.kind
    signer = verification.signers[0] if verification.signers else None
    until = signer.not_after.date().isoformat() if signer and signer.not_after else ""
    facts = {
        "until": until,
        "crl": str(opened.header.crl_number),
        "role": signer.role if signer else "",
        "issuer": opened.header.issuer.name,
    }
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
    then = {"then": "1"} if decided else {}
    return Fact("certificate", True if verification.revocation else None, "", {**facts, **then})


def _recipient(store: Store, opened: OpenedPackage) -> Fact:
    header, own = opened.header, store.workspace
    facts = {"recipient": header.recipient.name, "unit": own.unit.name, "issuer": header.issuer.name}
    if header.recipient.code != own.unit.code:
        return Fact("recipient", False, "not_for_us", facts)
    upward = header.kind in (PackageKind.SUBMISSION, PackageKind.REQUEST, PackageKind.WITHDRAWAL)
    if upward != own.leads:
        return Fact("recipient", False, "wrong_direction", facts)
    if upward and store.units.region().find(header.issuer.code) is None:
        return Fact("recipient", False, "unit_unknown", facts)
    if not upward and own.superior is not None and header.issuer.code != own.superior.code:
        return Fact("recipient", False, "not_our_superior", facts)
    return Fact("recipient", True, "", facts)


def _order(
    store: Store, opened: OpenedPackage, document: ReportDocument | None, held: Report | None, decided: bool
) -> Fact:
    """Whether a file comes in its turn; what was decided on stands, whatever came after it."""
    header = opened.header
    last = store.packages.last_received(header.issuer.code, header.stream)
    facts = {
        "sequence": str(header.sequence),
        "last": str(last.sequence if last else 0),
        "issuer": header.issuer.name,
        "revision": str(document.revision if document else 0),
        "held": str(held.revision if held else 0),
    }
    code = _order_problem(store, opened, document, held, decided)
    if not code and not decided and _is_contested(store, opened):
        # Nothing is wrong with it, but with one that came later: people have to ask which of the two is meant.
        return Fact("order", None, "", {**facts, "contested": "1"})
    return Fact("order", not code, code, facts)


def _same_place(store: Store, opened: OpenedPackage) -> tuple[InboxItem, ...]:
    """Other files under the number of this one, which is the sender's own for one of them only; the newest first."""
    header = opened.header
    same = store.packages.with_sequence(header.issuer.code, header.stream, header.sequence)
    return tuple(item for item in same if item.digest != opened.digest)


def _is_contested(store: Store, opened: OpenedPackage) -> bool:
    if opened.header.kind not in _NUMBERED:
        return False
    return any(item.problem == "sequence_conflict" for item in _same_place(store, opened))


def _came_first(store: Store, opened: OpenedPackage) -> bool:
    """Whether another file under the same number waits, or was taken back, that came before this one."""
    known = store.packages.inbox_item(opened.digest)
    same = store.packages.with_sequence(
        opened.header.issuer.code, opened.header.stream, opened.header.sequence
    )
    # The newest come first: what stands behind this one is older.
    older = same[same.index(known) + 1 :] if known in same else same
    return any(
        item.state is InboxState.WAITING or item.problem == "submission_withdrawn"
        for item in older
        if item.digest != opened.digest
    )


def _order_problem(
    store: Store, opened: OpenedPackage, document: ReportDocument | None, held: Report | None, decided: bool
) -> str:
    header = opened.header
    # A request counts from one again on a new computer; people compare its fingerprint instead.
    if decided or header.kind is PackageKind.REQUEST:
        return ""
    if document is not None and header.stream != submission_stream(document.plan.id, document.quarter):
        return "stream_differs"
    same = store.packages.with_sequence(header.issuer.code, header.stream, header.sequence)
    if any(item.state in _DECIDED for item in same):
        return "sequence_conflict"
    if header.kind in _NUMBERED and _came_first(store, opened):
        return "sequence_conflict"
    if document is not None and withdrawn(store, header.issuer.code, header.stream, header.sequence):
        return "submission_withdrawn"
    last = store.packages.last_received(header.issuer.code, header.stream)
    if last is not None and header.sequence < last.sequence:
        return "sequence_old"
    if document is not None and held is not None and document.revision <= held.revision:
        return "revision_old"
    expected = (last.sequence if last else 0) + 1
    if document is not None and last and header.sequence == expected and header.previous != last.digest:
        # Its sender forked: the one before it bore this number there, and is not what was decided on here.
        return "sequence_forked"
    if header.kind is PackageKind.WITHDRAWAL:
        # It stands for the one before it, which may wait for a decision or never have been handed over.
        return "sequence_gap" if header.sequence > expected + 1 else ""
    gap = document is not None and header.sequence > expected and not _bridged(store, opened, last)
    return "sequence_gap" if gap else ""


def _bridged(store: Store, opened: OpenedPackage, last: InboxItem | None) -> bool:
    """Whether all that lies between the last decided on and this one came, and was refused because its certificate is revoked.

    Each must be named by the one behind it, up to this one: whoever signs with a certificate in force stands for the
    numbers before, though not for what they said. Else a withdrawal under a revoked certificate would stop a quarter for good.
    """
    held, after = last.sequence if last else 0, opened.header
    while after.sequence > held + 1:
        item = store.packages.inbox_item(after.previous)
        if item is None or item.state is not InboxState.REFUSED or item.problem != "certificate_revoked":
            return False
        before = read_header(store.packages.file(item.digest))
        if (before.issuer, before.stream, before.sequence) != (
            after.issuer,
            after.stream,
            after.sequence - 1,
        ):
            return False
        if before.kind is PackageKind.WITHDRAWAL and before.sequence == held + 2:
            # It stands for the one before it as well.
            return True
        after = before
    return last is None or after.previous == last.digest


def _sizes(opened: OpenedPackage, document: ReportDocument) -> dict[str, str]:
    evidence = {e.digest for row in document.rows for e in row.entry.evidence}
    size = sum(len(data) for data in opened.files.values())
    return {"files": str(len(opened.files)), "size": str(size), "evidence": str(len(evidence))}


def _changes(store: Store, document: ReportDocument, held: Report | None) -> list[FieldChange]:
    """What the superior's copy would then say otherwise: against the newest revision it holds."""
    before = store.reports.entries(held.id) if held else {}
    found: list[FieldChange] = []
    for row in document.rows:
        indicators = {t.key: (t.indicator, t.unit) for t in row.targets}
        old = before.get(row.measure_key) or Entry(row.measure_key)
        found += entry_changes(row.measure_key, row.label, row.title, old, row.entry, indicators)
    return found
