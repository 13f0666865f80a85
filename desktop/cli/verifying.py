"""`verify`: a file by what it carries itself, or a code from paper by what a workspace knows."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from desktop.cli.speaking import DONE, REFUSED, UNDECIDED, UsageError, now, print_json, say, workspace
from desktop.domain.codec import encode
from desktop.domain.package import Verification
from desktop.paths import Paths

if TYPE_CHECKING:
    from desktop.exchange.trust import Trust


def verify(options: argparse.Namespace, paths: Paths) -> int:
    from desktop.services.verifying import verify

    if options.code is not None and options.file is None and options.workspace is not None:
        return _verify_code(options)
    two = options.trust is not None and options.workspace is not None
    if options.file is None or options.code is not None or two:
        raise UsageError(
            "lantian verify 文件 [--trust 根证书 | --workspace 文件夹]\nlantian verify --code 核对码 --workspace 文件夹"
        )
    verified = verify(options.file, options.trust, now(), _known(options))
    found = verified.facts
    said: dict[str, Any] = {
        "kind": found.kind,
        "intact": found.intact,
        "signers": [{"name": s.name, "unit": s.unit, "role": s.role} for s in found.signers],
        "signed_at": list(found.moments),
        "trusted": found.trusted,
        "revocation": found.revocation,
        "whole_file": found.whole_file,
        "problems": list(found.problems),
    }
    if verified.scan:
        # Somebody signed for the issuer: a PDF says so in its reason, a package in full.
        said |= {"scan": verified.scan, "approval": encode(verified.approval), "reason": found.reason}
    print_json(said)
    return _verdict(found)


def _known(options: argparse.Namespace) -> Trust | None:
    """What a workspace trusts, with the newest list of revoked certificates that it has been given."""
    from desktop.services.enrolling import trust_of

    if options.workspace is None:
        return None
    with workspace(options) as store:
        return trust_of(store)


def _verify_code(options: argparse.Namespace) -> int:
    """A code from paper: 0 where a submission or a 通报 here has it, 1 where none has."""
    from desktop.services.recognising import recognise
    from desktop.wording import paper_code

    with workspace(options) as store:
        found = recognise(store, options.code)
    print_json(encode(found))
    for copy in found.copies:
        say(f"{paper_code.headline(copy)}：{paper_code.state_word(copy)}。{paper_code.advice(copy)}")
    for bulletin in found.bulletins:
        told = dict(paper_code.bulletin_lines(bulletin))
        say(f"{paper_code.headline(bulletin)}：{told['导出']}。{paper_code.bulletin_advice(bulletin)}")
    if not found.known:
        say("。".join(paper_code.nothing(found)))
    return DONE if found.known else REFUSED


def _verdict(found: Verification) -> int:
    facts = (found.intact, found.trusted, found.revocation, found.whole_file)
    if False in facts or found.problems:
        return REFUSED
    return DONE if found.holds else UNDECIDED
