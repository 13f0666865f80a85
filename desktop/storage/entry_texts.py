"""Looking for words in what units wrote: the texts are read as they lie there, nothing is kept beside them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache

from desktop.domain.needle import Needle, needle
from desktop.domain.report import ProgressStatus, ReportState
from desktop.storage.database import Database
from desktop.storage.tables import REPORT_HEAD

TEXTS = ("progress", "problems", "next_steps", "explanation")
_FIGURES = " OR ".join(
    f"EXISTS (SELECT 1 FROM {table} AS o WHERE o.report_id = entry.report_id AND o.measure_key = entry.measure_key)"
    for table in ("reading", "entry_evidence")
)


@dataclass(frozen=True)
class RevisionHead:
    """As much of a report as is needed to say whose and of when it is."""

    id: str
    plan_id: str
    plan_version: int
    unit_code: str
    quarter: str
    revision: int
    state: ReportState


@dataclass(frozen=True)
class EntryTexts:
    """What an entry says in words, in the order of `TEXTS`; `begun`: anything stands in it, if only a figure."""

    measure_key: str
    status: ProgressStatus | None = None
    texts: tuple[str, ...] = ()
    begun: bool = False


@dataclass(frozen=True)
class Sought:
    """One word, and the measures for which it needs not stand in the entry's own texts: what else is known has it."""

    needle: Needle
    known: Collection[str] = ()


class TextSearch:
    def __init__(self, database: Database) -> None:
        self._database = database
        database.define("holds", _holds)

    def revisions(self) -> tuple[RevisionHead, ...]:
        """All revisions of all reports, by plan, unit, quarter and revision."""
        rows = self._database.rows(REPORT_HEAD, "plan_id", "unit_code", "quarter", "revision")
        return tuple(RevisionHead(**{**row, "state": ReportState(row["state"])}) for row in rows)

    def entries(self, report_id: str, sought: Sequence[Sought], most: int) -> tuple[EntryTexts, ...]:
        """At most so many of a report's entries that have every word, each in whichever of the texts."""
        wanted, values = ['"report_id" = ?'], [report_id]
        for each in sought:
            condition, given = _condition(each)
            wanted.append(condition)
            values += given
        columns = ", ".join(("measure_key", "status", _FIGURES, *TEXTS))
        sql = f'SELECT {columns} FROM "entry" WHERE {" AND ".join(wanted)} ORDER BY rowid LIMIT {int(most)}'
        return tuple(
            EntryTexts(
                key,
                None if status is None else ProgressStatus(status),
                tuple(texts),
                bool(status or figures or any(texts)),
            )
            for key, status, figures, *texts in self._database.select(sql, values)
        )

    def evidence(self, words: Sequence[Needle]) -> tuple[tuple[str, str, str], ...]:
        """Names of evidence that have at least one of the words, each behind its report's id and measure's key."""
        if not words:
            return ()
        any_of = " OR ".join(_test(word, ("name",)) for word in words)
        sql = f'SELECT "report_id", "measure_key", "name" FROM "entry_evidence" WHERE {any_of}'
        return tuple(
            (report_id, key, name)
            for report_id, key, name in self._database.select(sql, [w.word for w in words])
        )


def _condition(sought: Sought) -> tuple[str, list[str]]:
    """One word's condition with the values for its marks, in order."""
    test = _test(sought.needle, TEXTS)
    if not sought.known:
        return test, [sought.needle.word] * test.count("?")
    marks = ", ".join("?" * len(sought.known))
    values = [*sought.known, *[sought.needle.word] * test.count("?")]
    return f'("measure_key" IN ({marks}) OR {test})', values


def _test(word: Needle, columns: tuple[str, ...]) -> str:
    # SQLite's own instr is the fastest there is, but knows a sign only as it is written.
    if word.pattern is not None:
        # One call for all texts: no word goes over the end of a line.
        return f"holds(?, {' || char(10) || '.join(columns)})"
    return "(" + " OR ".join(f"instr({column}, ?)" for column in columns) + ")"


@lru_cache(maxsize=64)
def _needle(word: str) -> Needle:
    return needle(word)


def _holds(word: str, text: str) -> bool:
    return _needle(word).within(text)
