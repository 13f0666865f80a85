"""Checking one file from outside, with nothing but a root certificate."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from desktop.domain.package import Verification
from desktop.exchange.packages import verify_file
from desktop.exchange.signing import Trust
from desktop.services.receiving import read_file


def verify(path: Path, root: Path | None, now: datetime) -> Verification:
    """The separate facts about a package or a signed PDF.

    Without a root, what depends on trust stays None. Raises UnreadableError when the file is neither.
    """
    trust = Trust(read_file(root)) if root is not None else None
    return verify_file(read_file(path), trust, now)
