"""A colleague's filled workbook back as fields of entries; what cannot be taken is told with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from desktop.domain.codec import digest_of, parse_json
from desktop.domain.errors import UnreadableError
from desktop.domain.progress import Progress, silent
from desktop.domain.report import ReportRow
from desktop.domain.targets import Target
from desktop.domain.workbook import (
    FORMAT,
    FilledField,
    FilledWorkbook,
    Place,
    RefusedRow,
    SheetProblem,
    Stamp,
    field_digest,
)
from desktop.intake.workbooks.workbook_cells import EMPTY, Cell, Sheet, read_sheets
from desktop.intake.workbooks.workbook_columns import FILLED, Columns, columns_of
from desktop.intake.workbooks.workbook_rows import Candidate, Candidates, Recognised, settled
from desktop.intake.workbooks.workbook_values import Said, said_reading, said_status, said_text

_STAMP_MARK = "|"
_MOST_STAMP = 2_000_000
_TRAITS = {"measures": ("label", "title", "content"), "targets": ("label", "indicator", "title")}
_KEYS = {"measures": "measure", "targets": "target"}


def read_workbook(path: Path, known: tuple[ReportRow, ...], progress: Progress = silent) -> FilledWorkbook:
    """What a workbook says about the known measures, wherever its columns and rows were moved to.

    Raises UnreadableError as `workbook_cells.read_sheets`, and `workbook_no_table`(file). Codes of
    problems: `stamp_missing`, `stamp_damaged`, `column_twice`(sheet, column), `column_missing`(sheet,
    fields); of rows: `row_unknown`, `row_contradicts`; of fields see `Said` and `FilledField`.
    """
    data, sheets = read_sheets(path, progress)
    stamp, problems = _stamp(sheets)
    reading = _Reading(known, stamp)
    tables = [
        (sheet, columns)
        for sheet in sheets
        if sheet.visible
        for columns in [columns_of([[cell.text for cell in row] for row in sheet.rows[:32]])]
        if columns is not None
    ]
    if not tables:
        raise UnreadableError("workbook_no_table", file=path.name)
    for sheet, columns in tables:
        reading.table(sheet, columns)
    return FilledWorkbook(
        path.name,
        digest_of(data),
        stamp,
        tuple(reading.fields()),
        tuple(reading.refused),
        (*problems, *reading.problems),
    )


def _stamp(sheets: Iterable[Sheet]) -> tuple[Stamp | None, list[SheetProblem]]:
    """The stamp in whatever sheet it stands; a claim, and None unless it is whole."""
    for sheet in sheets:
        pieces = [row[0].value for row in sheet.rows if row and isinstance(row[0].value, str)]
        if not pieces or not pieces[0].startswith(_STAMP_MARK + "{"):
            continue
        text = "".join(piece.removeprefix(_STAMP_MARK) for piece in pieces)
        try:
            if len(text) > _MOST_STAMP:
                raise ValueError("too long")
            stamp = parse_json(text.encode("utf-8"), Stamp)
        except ValueError:
            return None, [SheetProblem("stamp_damaged")]
        if stamp.format != FORMAT:
            return None, [SheetProblem("stamp_damaged")]
        return stamp, []
    return None, [SheetProblem("stamp_missing")]


@dataclass
class _Reading:
    """Collects fields over all tables of a workbook; several rows may speak of one measure."""

    known: tuple[ReportRow, ...]
    stamp: Stamp | None
    refused: list[RefusedRow] = field(default_factory=list)
    problems: list[SheetProblem] = field(default_factory=list)
    _found: dict[Place, list[FilledField]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._targets = {f"{row.measure_key}/{t.key}": (row, t) for row in self.known for t in row.targets}
        self._candidates = {"measures": self._measures(), "targets": self._target_candidates()}
        self._asked = {row.measure_key for row in self.stamp.rows} if self.stamp else None

    def _measures(self) -> Candidates:
        found = []
        for row in self.known:
            old = self.stamp.row(row.measure_key) if self.stamp else None
            older = (old.label, old.title, row.content) if old else ()
            found.append(Candidate(row.measure_key, (row.label, row.title, row.content), older))
        return Candidates(found)

    def _target_candidates(self) -> Candidates:
        return Candidates(
            Candidate(
                id, (row.label, f"{t.indicator}{t.scope}", row.title), (row.label, t.indicator, row.title)
            )
            for id, (row, t) in self._targets.items()
        )

    def table(self, sheet: Sheet, columns: Columns) -> None:
        """Reads one table's rows."""
        at = self._settled_columns(sheet, columns)
        missing = [name for name in FILLED[columns.kind] if name not in at]
        twice = [name for name in missing if name in columns.at]
        if missing and missing != twice:
            lost = "、".join(name for name in missing if name not in twice)
            self.problems.append(SheetProblem("column_missing", {"sheet": sheet.name, "fields": lost}))
        traits = _TRAITS[columns.kind]
        for number in range(columns.first, len(sheet.rows)):
            row = _Row(sheet, number, at)
            filled = [name for name in FILLED[columns.kind] if not row.blank(name)]
            key = row.text(_KEYS[columns.kind])
            found = self._candidates[columns.kind].recognised(key, [row.text(name) for name in traits])
            if found is None:
                if filled and not row.repeats(columns):
                    self._refuse(row, filled, "row_contradicts" if key else "row_unknown")
            elif columns.kind == "measures":
                self._measure_row(row, found, at)
            else:
                self._target_row(row, found, at)

    def _settled_columns(self, sheet: Sheet, columns: Columns) -> dict[str, int]:
        """One column for each field: where it stands twice, the one that is filled."""
        at: dict[str, int] = {}
        for name, places in columns.at.items():
            used = [c for c in places if any(_at(row, c) is not EMPTY for row in sheet.rows[columns.first :])]
            if len(used) > 1 and name in FILLED[columns.kind]:
                heading = columns.heading(used[1]) or name
                self.problems.append(SheetProblem("column_twice", {"sheet": sheet.name, "column": heading}))
            else:
                at[name] = (used or places)[0]
        return at

    def _refuse(self, row: _Row, filled: list[str], code: str) -> None:
        shown = [row.text(name) for name in ("label", "title", "indicator", *filled)]
        text = "　".join(part for part in shown if part).replace("\n", " ")
        self.refused.append(RefusedRow(row.place(filled[0]), code, text[:120]))

    def _measure_row(self, row: _Row, found: Recognised, at: Mapping[str, int]) -> None:
        for name in FILLED["measures"]:
            if name in at:
                said = row.said(name, said_status if name == "status" else None)
                self._add(row, name, Place(found.id, name), said, found)

    def _target_row(self, row: _Row, found: Recognised, at: Mapping[str, int]) -> None:
        measure, target = self._targets[found.id]
        for name in FILLED["targets"]:
            if name in at:
                said = row.said(name, target if name == "reading" else None)
                self._add(row, name, Place(measure.measure_key, name, target.key), said, found)

    def _add(self, row: _Row, name: str, place: Place, said: Said, found: Recognised) -> None:
        doubt, facts = said.doubt, dict(said.facts)
        if not doubt and not said.refused and said.text:
            if found.doubt:
                doubt, facts = found.doubt, {"text": (row.text("title") or row.text("indicator"))[:60]}
            elif self._asked is not None and place.measure_key not in self._asked:
                doubt = "row_not_asked"
            elif row.cell(name).merged:
                doubt = "cell_merged"
        filled = FilledField(place, said.text, row.place(name), doubt, said.refused, facts)
        self._found.setdefault(place, []).append(filled)

    def fields(self) -> Iterable[FilledField]:
        """One field for each place, in the order in which the workbook has them."""
        for place, found in self._found.items():
            yield found[0] if len(found) == 1 else self._of_several(place, found)

    def _of_several(self, place: Place, found: list[FilledField]) -> FilledField:
        """Several rows speak of one measure: what only one of them says anew is proposed, contradictions are refused."""
        by_cell = {f.cell: f for f in found}
        refused = next((f for f in found if f.refused), None)
        if refused is not None:
            return refused
        base = self._base(place)
        taken, against = settled(
            {cell: f.text for cell, f in by_cell.items()},
            {cell: field_digest(f.text) == base for cell, f in by_cell.items()},
        )
        if against:
            cells = "、".join(cell.rsplit(" ", 1)[-1] for cell in against)
            return FilledField(place, "", against[0], refused="row_twice", facts={"cells": cells})
        chosen = by_cell[taken]
        same = all(f.text == chosen.text for f in found)
        if same or not chosen.text or field_digest(chosen.text) == base:
            return chosen
        return chosen if chosen.doubt else replace(chosen, doubt="row_twice", facts={"cells": chosen.cell})

    def _base(self, place: Place) -> str:
        row = self.stamp.row(place.measure_key) if self.stamp else None
        return row.digests.get(place.name, "") if row else ""


def _at(row: tuple[Cell, ...], column: int) -> Cell:
    return row[column] if column < len(row) else EMPTY


@dataclass(frozen=True)
class _Row:
    """One row of a table, by field name."""

    sheet: Sheet
    number: int
    at: Mapping[str, int]

    def cell(self, name: str) -> Cell:
        return _at(self.sheet.rows[self.number], self.at[name]) if name in self.at else EMPTY

    def text(self, name: str) -> str:
        return self.cell(name).text

    def blank(self, name: str) -> bool:
        cell = self.cell(name)
        return not cell.text and cell.kind not in ("f", "e")

    def place(self, name: str) -> str:
        return self.sheet.place(self.number, self.at.get(name, 0))

    def repeats(self, columns: Columns) -> bool:
        """Whether it is the heading once more, as after a page."""
        return all(self.text(name) in ("", columns.heading(column)) for name, column in self.at.items())

    def said(self, name: str, how: Callable[[object], Said] | Target | None) -> Said:
        cell = self.cell(name)
        if cell.kind == "f":
            return Said(refused="cell_formula")
        if cell.kind == "e":
            return Said(refused="cell_error", facts={"given": str(cell.value)[:20]})
        if how is None:
            return said_text(cell.value, cell.number_format)
        if isinstance(how, Target):
            return said_reading(cell.value, cell.number_format, how)
        return how(cell.value)
