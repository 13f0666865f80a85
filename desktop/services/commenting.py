"""审核意见: the reviewer asks for a change in one entry, the preparer makes it and settles the remark."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from desktop.domain.errors import RefusedError
from desktop.domain.report import Report
from desktop.domain.review import ReviewComment
from desktop.services.closing import refuse_locked
from desktop.services.surveying import FillingRow
from desktop.storage import Store

Comments = dict[str, tuple[ReviewComment, ...]]


def comments(store: Store, report: Report) -> Comments:
    """The comments on a report under their measures' keys, the first first."""
    found: Comments = {}
    for each in store.comments.of_report(report.id):
        found[each.measure_key] = (*found.get(each.measure_key, ()), each)
    return found


def comment(
    store: Store, report_id: str, measure_key: str, text: str, actor: str, now: datetime
) -> ReviewComment:
    """Puts a remark on an entry of a draft: it is with the preparer again until the remark is settled.

    Raises RefusedError: `comment_empty`, and as `closing.refuse_locked`.
    """
    if not text.strip():
        raise RefusedError("comment_empty")
    refuse_locked(store, store.reports.get(report_id), now)
    made = ReviewComment(uuid.uuid4().hex, report_id, measure_key, text.strip(), actor, now)
    with store.transaction():
        store.comments.put(made)
        store.audit.append(now, actor, "comment_made", f"{report_id}/{measure_key}", {"text": made.text})
    return made


def settle(store: Store, comment_id: str, actor: str, now: datetime) -> ReviewComment:
    """Marks a remark as dealt with; one that is settled already stays as it was.

    Raises RefusedError as `closing.refuse_locked`.
    """
    held = store.comments.get(comment_id)
    if not held.open:
        return held
    refuse_locked(store, store.reports.get(held.report_id), now)
    settled = replace(held, settled_by=actor, settled_at=now)
    with store.transaction():
        store.comments.put(settled)
        store.audit.append(
            now, actor, "comment_settled", f"{held.report_id}/{held.measure_key}", {"text": held.text}
        )
    return settled


def unsettled(rows: Iterable[FillingRow], made: Comments) -> tuple[tuple[FillingRow, int], ...]:
    """The rows that have open comments, in the plan's order, with their number.

    A comment on a measure that is no longer the unit's stands in nobody's way.
    """
    counted = ((row, sum(each.open for each in made.get(row.measure.key, ()))) for row in rows)
    return tuple((row, count) for row, count in counted if count)


def refuse_unsettled(store: Store, report: Report, rows: Iterable[FillingRow]) -> None:
    """Raises RefusedError(`comments_open`, count, first) while a remark is not dealt with."""
    left = unsettled(rows, comments(store, report))
    if left:
        raise RefusedError("comments_open", count=sum(count for _, count in left), first=left[0][0].label)
