"""`workspaces`: which of the folders that were opened here are workspaces, and their removal for the uninstaller."""

from __future__ import annotations

import argparse

from desktop.cli.speaking import DONE, HOLDER, REFUSED, now, print_json
from desktop.domain.errors import UserError
from desktop.paths import Paths
from desktop.wording import errors


def workspaces(options: argparse.Namespace, paths: Paths) -> int:
    from desktop.services.opening import is_workspace
    from desktop.services.removing import remove_workspace

    rows, is_kept = [], False
    for folder in options.folders:
        state, reason = ("here" if is_workspace(folder) else "missing"), ""
        if options.remove and state == "here":
            try:
                state = "removed" if remove_workspace(folder, HOLDER, now()) else "emptied"
            except UserError as error:
                state, reason, is_kept = "kept", errors.one_line(error), True
        rows.append({"folder": str(folder), "state": state, "reason": reason})
    print_json({"workspaces": rows})
    return REFUSED if is_kept else DONE
