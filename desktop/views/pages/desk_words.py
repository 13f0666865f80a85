"""What the desk says of a quarter: figures, unit rows, matrix, all from one summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.package import InboxItem, PackageKind
from desktop.domain.report import ProgressStatus
from desktop.domain.summary import SummaryCell, SummaryDocument, SummaryRow, UnitProgress, UnitSummary
from desktop.domain.unit import Unit, UnitKind
from desktop.services.noticing import Noticed
from desktop.views.models.matrix import BLANK, WAITING, MatrixColumn, MatrixRow
from desktop.views.models.rows import GroupHead, ListRow, Row
from desktop.wording.findings import title
from desktop.wording.terms import PACKAGE, UNIT_KIND, UNIT_STATE, revision

_TONES = {
    UnitProgress.ACCEPTED: "good",
    UnitProgress.WAITING: "accent",
    UnitProgress.RETURNED: "warn",
    UnitProgress.MISSING: "text3",
}
_OFFICES = ("人民政府", "政府", "管理委员会", "管委会")
_ENDINGS = ("工业园区", "开发区", "园区", "区", "县", "市")


@dataclass(frozen=True)
class Figures:
    """The five figures; all but `behind` (entries) are numbers of units."""

    arrived: int
    units: int
    accepted: int
    waiting: int
    overdue: int
    behind: int


def figures(document: SummaryDocument) -> Figures:
    """What has come, what was taken, what waits, what is late, and how many entries are 滞后."""
    states = [line.state for line in document.units]
    return Figures(
        sum(state is not UnitProgress.MISSING for state in states),
        len(states),
        states.count(UnitProgress.ACCEPTED),
        states.count(UnitProgress.WAITING),
        sum(overdue(line) for line in document.units),
        sum(behind(line) for line in document.units),
    )


def overdue(line: UnitSummary) -> bool:
    """Nothing has come although the date is over."""
    return line.state is UnitProgress.MISSING and bool(line.late_days)


def behind(line: UnitSummary) -> int:
    return line.counts.get(ProgressStatus.BEHIND.value, 0)


def said_something(line: UnitSummary) -> bool:
    """Whether entries of the unit were accepted, be it in an earlier revision."""
    return any(line.counts.values())


def unit_rows(lines: Sequence[UnitSummary], to_look: Mapping[str, int] | None = None) -> tuple[Row, ...]:
    """各地填报: units under their kinds; the bar counts accepted entries only. `to_look`: by unit code, how many of
    these are to be looked at.
    """
    found: list[Row] = []
    to_look = to_look or {}
    room = _to_look(max(to_look.values(), default=0))
    kinds = dict.fromkeys(line.kind for line in lines)
    for kind in kinds:
        group = [line for line in lines if line.kind == kind]
        found.append(GroupHead(f"{UNIT_KIND[UnitKind(kind)]} {len(group)}"))
        found += [_unit_row(line, to_look.get(line.unit.code, 0), room) for line in group]
    return tuple(found)


def _unit_row(line: UnitSummary, to_look: int, room: str) -> ListRow:
    late = overdue(line)
    word = f"逾期{line.late_days}天" if late else UNIT_STATE[line.state]
    shown = said_something(line)
    caption = "" if shown else _nothing_accepted(line)
    count = behind(line)
    return ListRow(
        line.unit.code,
        line.short_name,
        bar=(line.filled, line.assigned) if shown else None,
        lamp=ProgressStatus.BEHIND.value if shown and count else "",
        word=str(count) if shown and count else "",
        caption=caption,
        right_top=word if late or line.state is not UnitProgress.MISSING else "",
        right_top_tone="bad" if late else _TONES[line.state],
        right_bottom=_to_look(to_look) if shown else "",
        right_tone="warn",
        right_room=room if shown else "",
        tooltip=line.unit.name,
    )


def _to_look(count: int) -> str:
    return f"要留意{count}" if count else ""


def _nothing_accepted(line: UnitSummary) -> str:
    if line.state is UnitProgress.MISSING:
        return "还没报来"
    if line.state is UnitProgress.RETURNED:
        return f"{revision(line.revision)}已退回，等重新报送"
    return f"{revision(line.revision)}，收下后显示进度"


def columns(lines: Iterable[UnitSummary], units: Mapping[str, Unit]) -> tuple[MatrixColumn, ...]:
    """One column per unit under its kind."""
    return tuple(
        MatrixColumn(
            line.unit.code, head(units.get(line.unit.code), line.short_name), UNIT_KIND[UnitKind(line.kind)], line.unit.name
        )
        for line in lines
    )  # fmt: skip


def head(unit: Unit | None, short_name: str) -> str:
    """A unit's name in a narrow column: 盐池, 太阳山."""
    spellings = [short_name, *(unit.aliases if unit is not None else ())]
    shortest = min((s for s in spellings if not s.endswith(_OFFICES)), key=len, default=short_name)
    for ending in _ENDINGS:
        if shortest.endswith(ending) and len(shortest) - len(ending) >= 2:
            return shortest.removesuffix(ending)
    return shortest


def matrix_rows(
    rows: Iterable[SummaryRow], codes: Sequence[str], noticed: Noticed | None = None
) -> tuple[MatrixRow, ...]:
    """Lamps of what was accepted, hatch where nothing is yet, blank where nothing is assigned; notes on what was found."""
    noticed = noticed or Noticed()
    return tuple(
        MatrixRow(
            row.measure_key, row.label, row.title, count_of(row, ProgressStatus.BEHIND), tuple(_cell(row, code) for code in codes),
            notes=tuple(note(noticed, row, code) for code in codes),
        )
        for row in rows
    )  # fmt: skip


def _cell(row: SummaryRow, code: str) -> str:
    cell = row.cell(code)
    if cell is None:
        return BLANK
    if cell.entry is None or cell.entry.status is None:
        return WAITING
    return cell.entry.status.value


def count_of(row: SummaryRow, status: ProgressStatus) -> int:
    return sum(cell.entry is not None and cell.entry.status is status for cell in row.cells)


def note(noticed: Noticed, row: SummaryRow, code: str) -> str:
    """What is to be looked at in a cell; empty where nothing is, or where the cell shows no entry."""
    cell = row.cell(code)
    found = noticed.open_at(row.measure_key, code) if cell is not None and cell.entry is not None else ()
    return f"要留意：{'；'.join(title(finding) for finding in found)}" if found else ""


def units_to_look_at(document: SummaryDocument, noticed: Noticed) -> Counter[str]:
    """By unit code, how many of its entries have a mark; the sum of them is what the filter says."""
    marked = (
        cell.unit_code for row in document.rows for cell in row.cells if note(noticed, row, cell.unit_code)
    )
    return Counter(marked)


def narrowed(
    document: SummaryDocument, text: str, wanted: Callable[[SummaryRow, SummaryCell], bool] | None
) -> tuple[tuple[SummaryRow, ...], tuple[UnitSummary, ...]]:
    """The measures and units that fit the words of a search and have a cell that is wanted. A word that names units picks
    columns.
    """
    words = text.split()
    named = {word for word in words if any(_is_called(line, word) for line in document.units)}
    lines = tuple(line for line in document.units if all(_is_called(line, word) for word in named))
    codes = {line.unit.code for line in lines}
    rows = []
    for row in document.rows:
        whole = " ".join((row.label, row.title, row.section, *row.lead))
        shown = [cell for cell in row.cells if cell.unit_code in codes]
        fits = wanted is None or any(wanted(row, cell) for cell in shown)
        if fits and all(word in whole for word in words if word not in named):
            rows.append(row)
    return tuple(rows), lines


def _is_called(line: UnitSummary, word: str) -> bool:
    return word in line.unit.name or word in line.short_name or word == UNIT_KIND[UnitKind(line.kind)]


def item_word(item: InboxItem, short_name: str, brief: bool = False) -> str:
    """A file that came in, in one line: 盐池县季报 第2次报送; `brief` leaves the first time unsaid."""
    kind = PACKAGE.get(item.kind, "文件")
    if item.kind == PackageKind.SUBMISSION.value and not (brief and item.revision == 1):
        return f"{short_name}{kind} {revision(item.revision)}"
    return f"{short_name}{kind}"
