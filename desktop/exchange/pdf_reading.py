"""The reader's rules for a signed PDF, stricter than ISO 32000: exactly the signatures that it asks for, over every byte.

The signatures and their chains are checked on the raw bytes first; the PDF's structure is read only after
that, so that a file nobody trusted signed is not unpacked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from desktop.domain.errors import UnreadableError
from desktop.domain.identity import PERSON_ROLES
from desktop.domain.package import Signer, Verification
from desktop.exchange.certificates import facts_of
from desktop.exchange.pdf_revisions import Raw, Revision, read_revisions
from desktop.exchange.pdf_structure import Inside, read_structure
from desktop.exchange.trust import Judgement, Trust, judge, judge_lists

MAX_PDF = 200 * 1024 * 1024


def read_signed(pdf: bytes, trust: Trust | None, at: datetime) -> tuple[Verification, bytes | None]:
    """See `desktop.exchange.signing.verify_pdf`."""
    if not pdf.startswith(b"%PDF-"):
        raise UnreadableError("file_not_ours")
    if len(pdf) > MAX_PDF:
        raise UnreadableError("file_too_large", size=len(pdf), limit=MAX_PDF)
    raw = read_revisions(pdf)
    if not raw.revisions or not raw.intact:
        trusted = False if raw.intact is False and trust is not None else None
        return Verification("pdf", raw.intact, (), trusted, None, raw.whole, raw.problems), None
    judgement, inside = _judged(pdf, raw, trust, at)
    signers = _signers(raw.revisions)
    people = _people_problems(signers, raw.revisions, inside)
    trusted = False if people and trust is not None else judgement.trusted
    verification = Verification(
        kind="pdf",
        intact=True,
        signers=signers,
        trusted=trusted,
        revocation=judgement.revocation,
        whole_file=raw.whole and not inside.problems,
        problems=tuple(dict.fromkeys((*raw.problems, *inside.problems, *people, *judgement.problems))),
        reason=inside.reason,
        moments=inside.moments,
    )
    sound = verification.whole_file and not people and judgement.trusted is not False
    return verification, inside.report if sound else None


def _judged(pdf: bytes, raw: Raw, trust: Trust | None, at: datetime) -> tuple[Judgement, Inside]:
    """Every chain first; then, unless one fails, the structure with the lists of revoked certificates in it."""
    judgements = [
        judge(r.facts.certificate, r.facts.others, (), trust, at, PERSON_ROLES) for r in raw.revisions
    ]
    joined = _joined(judgements)
    if raw.whole and joined.trusted is not False:
        inside = read_structure(pdf, raw.revisions)
        return _joined([judge_lists(j, inside.crls, trust, at) for j in judgements]), inside
    # Lists that were not read are not missing.
    problems = tuple(problem for problem in joined.problems if problem != "crl_missing")
    return replace(joined, problems=problems), Inside()


def _joined(judgements: Sequence[Judgement]) -> Judgement:
    """One judgement over all: what holds of each, and what is wrong with any."""
    problems = tuple(dict.fromkeys(problem for judgement in judgements for problem in judgement.problems))
    trusted = _every([judgement.trusted for judgement in judgements])
    return Judgement(trusted, _every([judgement.revocation for judgement in judgements]), problems)


def _every(facts: Sequence[bool | None]) -> bool | None:
    if False in facts:
        return False
    return None if None in facts else True


def _signers(revisions: Sequence[Revision]) -> tuple[Signer, ...]:
    """Whom the certificates name, in the order of signing; nobody where one of them names nobody."""
    try:
        return tuple(facts_of(revision.facts.certificate) for revision in revisions)
    except UnreadableError:
        return ()


def _people_problems(
    signers: Sequence[Signer], revisions: Sequence[Revision], inside: Inside
) -> tuple[str, ...]:
    """Each in the field of the very role that the certificate gives, all of one unit."""
    problems = []
    if len(signers) != len(revisions):
        problems.append("certificate_wrong")
    elif inside.roles and [signer.role for signer in signers] != list(inside.roles):
        problems.append("signer_role_wrong")
    if len({(signer.unit_code, signer.unit) for signer in signers}) > 1:
        problems.append("signers_of_several_units")
    return tuple(problems)
