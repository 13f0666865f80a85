"""What every headless command shares: how it speaks, and what it opens."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO

from desktop.domain.errors import RefusedError, UnreadableError
from desktop.domain.quarter import Quarter
from desktop.domain.report import Report
from desktop.storage import Store

DONE, REFUSED, UNREADABLE, UNDECIDED, FAULT = range(5)
HOLDER = "命令行"


class UsageError(Exception):
    """The arguments do not go together; its text says how they do."""


def now() -> datetime:
    return datetime.now().astimezone()


def say(text: str) -> None:
    _write(sys.stderr, text)


def _write(stream: TextIO | None, text: str) -> None:
    """UTF-8 whatever the locale; a file name that is no Unicode is written with escapes. No stream, no words."""
    if stream is None:
        # A program without a console on Windows has none.
        return
    stream.flush()
    stream.buffer.write((text + "\n").encode("utf-8", errors="backslashreplace"))
    stream.buffer.flush()


def print_json(value: Any) -> None:
    _write(sys.stdout, json.dumps(value, ensure_ascii=False, indent=2))


@contextmanager
def workspace(options: argparse.Namespace) -> Iterator[Store]:
    from desktop.services.opening import open_workspace

    store = open_workspace(options.workspace, HOLDER, now())
    try:
        yield store
    finally:
        store.close()


def quarter_of(text: str) -> str:
    try:
        return str(Quarter.parse(text))
    except ValueError:
        raise UnreadableError("quarter_wrong", quarter=text) from None


def plan_of(store: Store, wanted: str | None) -> str:
    plans = store.plans.all()
    if wanted:
        found = [p.id for p in plans if p.id.startswith(wanted) or p.title == wanted]
    else:
        found = [p.id for p in plans]
    if not found:
        raise RefusedError("plan_missing")
    if len(found) > 1:
        raise RefusedError("plan_ambiguous")
    return found[0]


def report_of(store: Store, plan_id: str, quarter: str) -> Report:
    """The newest revision of the unit's own report. Raises RefusedError(`report_missing`, quarter)."""
    found = store.reports.latest(plan_id, store.workspace.unit.code, quarter)
    if found is None:
        raise RefusedError("report_missing", quarter=quarter)
    return found


def passphrase_in(path: Path | None) -> str:
    if path is None:
        raise RefusedError("passphrase_missing")
    try:
        return path.read_text(encoding="utf-8-sig").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise UnreadableError("file_unreadable", file=str(path), reason="") from None
