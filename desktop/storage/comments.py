"""审核意见, in the order in which they were made; none is ever taken out."""

from __future__ import annotations

from typing import Any

from desktop.domain.review import ReviewComment
from desktop.storage.database import Database
from desktop.storage.tables import COMMENT
from desktop.storage.texts import moment_of, moment_text


class Comments:
    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, comment: ReviewComment) -> None:
        """Keeps a comment, in place of the one with the same id. Raises KeyError when there is no such report."""
        row = {
            "id": comment.id,
            "report_id": comment.report_id,
            "measure_key": comment.measure_key,
            "text": comment.text,
            "author": comment.author,
            "at": comment.at.isoformat(),
            "settled_by": comment.settled_by,
            "settled_at": moment_text(comment.settled_at),
        }
        try:
            self._database.put(COMMENT, row, "id")
        except KeyError:
            raise KeyError(comment.report_id) from None

    def get(self, comment_id: str) -> ReviewComment:
        """Raises KeyError."""
        row = self._database.row(COMMENT, id=comment_id)
        if row is None:
            raise KeyError(comment_id)
        return _comment(row)

    def of_report(self, report_id: str) -> tuple[ReviewComment, ...]:
        """All of a report, the first first."""
        rows = self._database.rows(COMMENT, "rowid", report_id=report_id)
        return tuple(_comment(row) for row in rows)


def _comment(row: dict[str, Any]) -> ReviewComment:
    at = moment_of(row["at"])
    assert at is not None
    return ReviewComment(
        row["id"],
        row["report_id"],
        row["measure_key"],
        row["text"],
        row["author"],
        at,
        row["settled_by"],
        moment_of(row["settled_at"]),
    )
