"""What is said of a reviewer's remarks: whose they are, which are left."""

from __future__ import annotations

from datetime import datetime

from desktop.wording.terms import moment, spoken


def made_by(author: str, at: datetime) -> str:
    return f"审核意见　{author}　{moment(at)}"


def settled_by(person: str, at: datetime) -> str:
    return f"{person}　{moment(at)}办结"


def left(count: int, labels: list[str]) -> tuple[str, str]:
    """Banner over the entries: how many remarks are open, and on which entries (as many as fit a line)."""
    named = "、".join(spoken(each) for each in labels[:6])
    more = f"等{len(labels)}条" if len(labels) > 6 else ""
    return f"审核人提了意见，还有{count}条没有办结", f"在{named}{more}。改好后点“已改好”。"


def before_settled(count: int) -> str:
    """Why a review cannot be passed while remarks are open; empty when none is."""
    return f"还有{count}条意见没有办结" if count else ""
