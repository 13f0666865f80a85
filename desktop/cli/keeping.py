"""`backup`: the whole workspace as one file; `restore`: a backup is looked at, and becomes a new workspace."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from desktop.cli.speaking import DONE, HOLDER, UsageError, now, print_json, say, workspace
from desktop.domain.backup import ENDING
from desktop.domain.codec import encode
from desktop.domain.errors import RefusedError
from desktop.paths import Paths
from desktop.services.restoring import BackupSeen
from desktop.storage import Store
from desktop.wording import keeping as words


def backup(options: argparse.Namespace, paths: Paths) -> int:
    from desktop.services.keeping import back_up

    with workspace(options) as store:
        target = _target(options, store)
        made = back_up(store, target, HOLDER, now())
    say(f"备份好了：{words.made(made.size, len(made.altered), made.cleared)}{words.KEYS}")
    print_json(
        {
            "path": str(made.path),
            "size": made.size,
            "files": made.files,
            "altered": list(made.altered),
            "cleared": made.cleared,
        }
    )
    return DONE


def _target(options: argparse.Namespace, store: Store) -> Path:
    """The named file, or one of the usual name in the named folder. What is there already is replaced only if so asked."""
    from desktop.services.keeping import backup_name

    target: Path = options.target.absolute()
    if target.is_dir():
        target /= backup_name(store, now())
    if target.suffix.lower() != ENDING:
        raise UsageError(f"备份文件的名称以 {ENDING} 结尾；也可以只写一个已有的文件夹，名称由程序取")
    if target.exists() and not options.replace:
        raise RefusedError("backup_exists", file=str(target))
    return target


def restore(options: argparse.Namespace, paths: Paths) -> int:
    from desktop.services.clearing import unfinished_restores
    from desktop.services.restoring import check, look, restore

    if options.to is None and not options.look:
        raise UsageError("lantian restore 备份 --to 新文件夹\nlantian restore 备份 --look")
    if options.to is not None and options.look:
        raise UsageError("--look 只看不写，不和 --to 一起用")
    seen = look(options.file, now())
    said = _said(seen)
    if options.look:
        check(options.file)
        print_json(said)
        return DONE
    folder = restore(options.file, options.to, HOLDER, now())
    say(words.restored_told(folder, seen.workspace.leads, unfinished_restores(folder)))
    print_json({**said, "folder": str(folder)})
    return DONE


def _said(seen: BackupSeen) -> dict[str, Any]:
    last = seen.last
    return {
        "unit": encode(seen.workspace.unit),
        "made_at": seen.made_at.isoformat(timespec="minutes"),
        "size": seen.size,
        "files": seen.files,
        "plans": list(seen.plans),
        "quarters": list(seen.quarters),
        "last": {
            "unit": seen.last_unit,
            "quarter": last.quarter,
            "revision": last.revision,
            "state": last.state.value,
        }
        if last
        else None,
    }
