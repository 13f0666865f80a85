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
        state, reason = "missing", ""
        try:
            if is_workspace(folder):
                state = "here"
                if options.remove:
                    state = "removed" if remove_workspace(folder, HOLDER, now()) else "emptied"
        except UserError as error:
            state, reason = "kept", errors.one_line(error)
        except OSError as error:
            state, reason = "kept", str(error)
        is_kept = is_kept or state == "kept"
        rows.append({"folder": str(folder), "state": state, "reason": reason})
    if options.list_to:
        listed = "".join(f"{row['folder']}\r\n" for row in rows if row["state"] != "missing")
        options.list_to.write_bytes(listed.encode("utf-16"))
    print_json({"workspaces": rows})
    return REFUSED if is_kept else DONE
