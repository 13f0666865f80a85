"""审核意见: what a reviewer asks the preparer to mend in one entry before the review passes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ReviewComment:
    """One remark on one entry of a draft; `settled_at` None while it is to be dealt with."""

    id: str
    report_id: str
    measure_key: str
    text: str
    author: str
    at: datetime
    settled_by: str = ""
    settled_at: datetime | None = None

    @property
    def open(self) -> bool:
        return self.settled_at is None
