"""`co-sign`: 填报人、审核人 sign before the issuer; `submit`: the issuer signs and the files are written."""

from __future__ import annotations

import argparse
from datetime import date

from desktop.cli.speaking import (
    DONE,
    HOLDER,
    now,
    passphrase_in,
    plan_of,
    print_json,
    quarter_of,
    report_of,
    say,
    workspace,
)
from desktop.domain.approval import Approval
from desktop.domain.codec import encode
from desktop.domain.errors import RefusedError, UnreadableError
from desktop.domain.report import Report
from desktop.paths import Paths
from desktop.storage import Store
from desktop.wording.terms import PERSON


def co_sign(options: argparse.Namespace, paths: Paths) -> int:
    """The next of those who must sign before the issuer does, with the pass phrase of that person's own key."""
    from desktop.reports.fonts import load_faces
    from desktop.services.reviewing import frozen_document
    from desktop.services.signing import co_sign as sign_next

    quarter = quarter_of(options.quarter)
    with workspace(options) as store:
        report = report_of(store, plan_of(store, options.plan), quarter)
        passphrase = passphrase_in(options.passphrase_file)
        signed = sign_next(store, report.id, passphrase, load_faces(paths.fonts), HOLDER, now())
        waiting = signed.next(frozen_document(store, report)[0].co_signers)
    last = signed.signatures[-1]
    following = f"接着由{PERSON[waiting.value]}签名" if waiting else "可以签发了"
    say(f"{PERSON[last.role.value]}{last.person}签了名，{following}。")
    print_json(
        {
            "revision": report.revision,
            "code": report.code,
            "signatures": encode(signed.signatures),
            "next": encode(waiting),
        }
    )
    return DONE


def submit(options: argparse.Namespace, paths: Paths) -> int:
    from desktop.reports.fonts import load_faces
    from desktop.services.sending import submit
    from desktop.services.signing import sign
    from desktop.services.vouching import vouch
    from desktop.services.writing import new_folder

    quarter = quarter_of(options.quarter)
    with workspace(options) as store:
        folder = new_folder(options.out)
        plan_id = plan_of(store, options.plan)
        report = report_of(store, plan_id, quarter)
        if not report.package:
            if options.all_here:
                vouch(store, HOLDER, now())
            passphrase, approval = passphrase_in(options.passphrase_file), _approval(options, store, report)
            faces = load_faces(paths.fonts)
            report = sign(store, report.id, passphrase, faces, HOLDER, now(), approval=approval).report
        report, written = submit(store, report.id, folder, HOLDER, now())
    files = [{"path": str(w.path), "size": w.size, "sha256": w.sha256} for w in written]
    print_json(
        {
            "state": report.state.value,
            "revision": report.revision,
            "code": report.code,
            "files": files,
            "people": encode(report.people),
        }
    )
    return DONE


def _approval(options: argparse.Namespace, store: Store, report: Report) -> Approval | None:
    """What signing for the issuer is recorded by, where it was asked for: scan and day go together."""
    from desktop.services.approving import approval_of, keep_scan

    if options.approval is None and not options.approved_on:
        return None
    try:
        day = date.fromisoformat(options.approved_on)
    except ValueError:
        raise UnreadableError("approval_day_unreadable", day=options.approved_on or "没有写") from None
    if options.approval is None:
        raise RefusedError("scan_missing")
    return approval_of(store, report, keep_scan(store, options.approval), day)
