"""Any document as one stream of paragraphs and table rows, in reading order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from desktop.domain.plan import SourceBlock
from desktop.intake.stream.plain_text import cleaned, evened

MAX_ROWS = 5_000
MAX_COLUMNS = 60
MAX_BLOCKS = 40_000
# Signs in all cells and paragraphs, and in one: a plan of 200 pages has some 200,000.
MAX_SIGNS = 1_500_000
MAX_PARAGRAPH = 60_000


class TooMuchError(Exception):
    """More inside a document than any plan holds; whoever knows the file's name says so to the user."""


@dataclass(frozen=True)
class Row:
    """A table row. `above`/`left`: columns whose cell is merged with the one above or to the left; the text is repeated.

    `begins`: the first of the blocks that the row was put together from, where there are several.
    """

    cells: tuple[str, ...]
    above: frozenset[int] = frozenset()
    left: frozenset[int] = frozenset()
    page: int = 0
    block: int = 0
    begins: int | None = None


@dataclass(frozen=True)
class Line:
    """A paragraph, or one line of one where the form breaks lines. `gap`: set off from the line before."""

    text: str
    page: int = 0
    gap: bool = False
    indented: bool = False
    block: int = 0


@dataclass(frozen=True)
class Document:
    """The stream: `blocks` for people, `lines` and `tables` for the readers, tied together by block index.

    `hard_lines`: a line's end need not be a paragraph's end.
    """

    blocks: tuple[SourceBlock, ...]
    lines: tuple[Line, ...]
    tables: tuple[tuple[Row, ...], ...]
    hard_lines: bool = False


@dataclass
class Stream:
    """Collects what a form's reader finds, in order."""

    blocks: list[SourceBlock] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    tables: list[tuple[Row, ...]] = field(default_factory=list)
    signs: int = 0

    def take(self, *texts: str) -> None:
        """Counts what is about to be added. Raises TooMuchError."""
        self.signs += sum(map(len, texts))
        if (
            self.signs > MAX_SIGNS
            or len(self.blocks) >= MAX_BLOCKS
            or any(len(t) > MAX_PARAGRAPH for t in texts)
        ):
            raise TooMuchError

    def add_line(self, text: str, page: int = 0, gap: bool = False, indented: bool = False) -> None:
        """Adds a paragraph; one that is empty is left out."""
        self.take(text)
        if shown := cleaned(text):
            self.lines.append(Line(evened(text), page, gap, indented, len(self.blocks)))
            self.blocks.append(SourceBlock(len(self.blocks), shown, (), page))

    def add_table(self, rows: Iterable[Row]) -> None:
        """Adds a table; rows without any text are left out."""
        table = []
        for row in rows:
            self.take(*row.cells)
            cells = tuple(cleaned(cell) for cell in row.cells)
            if any(cells):
                index = len(self.blocks)
                shown = "\t".join(c for at, c in enumerate(cells) if at not in row.left)
                self.blocks.append(SourceBlock(index, shown, cells, row.page))
                table.append(Row(cells, row.above, row.left, row.page, index))
        if table:
            self.tables.append(tuple(table))

    def document(self, hard_lines: bool) -> Document:
        return Document(tuple(self.blocks), tuple(self.lines), tuple(self.tables), hard_lines)
