"""Checking one file from outside, with nothing but a root certificate."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from desktop.domain.package import Verification
from desktop.exchange.certificates import fingerprint_of
from desktop.exchange.packages import verify_file
from desktop.exchange.signing import Trust
from desktop.services.receiving import read_file


def verify(path: Path, root: Path | None, now: datetime) -> Verification:
    """The separate facts about a package or a signed PDF.

    Without a root, what depends on trust stays None. Raises UnreadableError when the file is neither.
    """
    trust = Trust(read_file(root)) if root is not None else None
    if trust is not None:
        # Also when there is no signature to follow up to it: a wrong root is never passed over.
        fingerprint_of(trust.root)
    return verify_file(read_file(path), trust, now)
