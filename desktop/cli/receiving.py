"""`receive`: files taken into a workspace, one line for each."""

from __future__ import annotations

import argparse
from typing import Any

from desktop.cli.speaking import DONE, HOLDER, REFUSED, UNREADABLE, now, print_json, say, workspace
from desktop.domain.errors import UnreadableError, UserError
from desktop.paths import Paths
from desktop.wording import errors


def receive(options: argparse.Namespace, paths: Paths) -> int:
    from desktop.services.receiving import take_in

    results, worst = [], DONE
    with workspace(options) as store:
        for path in options.files:
            line: dict[str, Any] = {"file": str(path)}
            try:
                item, applied = take_in(store, path, options.confirm, HOLDER, now())
                line |= {
                    "kind": item.kind, "issuer": item.issuer.name, "state": item.state.value,
                    "applied": applied is not None and not applied.again, "problem": item.problem,
                }  # fmt: skip
            except UserError as error:
                line |= {
                    "state": "refused",
                    "applied": False,
                    "problem": error.code,
                    "message": errors.one_line(error),
                }
                say(f"{path.name}：{errors.one_line(error)}")
                worst = max(worst, UNREADABLE if isinstance(error, UnreadableError) else REFUSED)
            results.append(line)
    print_json({"files": results})
    return worst
