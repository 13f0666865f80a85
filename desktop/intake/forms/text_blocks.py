"""Plain text: its encoding, and the tables that were pasted into it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desktop.domain.errors import UnreadableError
from desktop.domain.progress import Progress
from desktop.intake.stream.blocks import MAX_BLOCKS, MAX_COLUMNS, MAX_ROWS, Document, Row, Stream
from desktop.intake.tables.table_header import is_header

# Neither Latin, punctuation nor Chinese: bytes that were no text in this encoding.
_STRANGE = re.compile(
    "[^\t\n\v\f\r -~\u00a0-\u00ff\u0370-\u03ff\u2000-\u27bf\u3000-\u9fff\uff00-\uffef\U00020000-\U0003ffff\u0085\ufeff]"
)
# A header of a table of tasks has one of these, and few rows do.
_DUTY_WORD = re.compile("单位|部门|主体|责任|牵头|分工|主办|承办|配合|协办|负责|落实|实施|属地|职责")
_MARK_LINE = re.compile(r"^\|.*\|\s*$")


def decoded(name: str, data: bytes) -> str:
    """Text in UTF-8, UTF-16 or GB18030, with or without a byte-order mark. Raises UnreadableError(plan_damaged)."""
    return decoded_as(name, data)[0]


def decoded_as(name: str, data: bytes) -> tuple[str, str]:
    """As `decoded`, with the name of the encoding."""
    for mark, codec in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _sound(name, data.decode(codec, errors="replace")), codec.removesuffix("-sig").upper()
    if b"\x00" in data:
        wide = "utf-16-be" if _newlines(data, 1) > _newlines(data, 0) else "utf-16-le"
        return _sound(name, data.decode(wide, errors="replace")), "UTF-16"
    for codec in ("utf-8", "gb18030"):
        # A file cut in the middle of a character loses that character only.
        for cut in range(4):
            try:
                return _sound(name, data[: len(data) - cut].decode(codec)), codec.upper()
            except UnicodeDecodeError as error:
                if error.start < len(data) - 8:
                    break
    raise UnreadableError("plan_damaged", file=name)


def _newlines(data: bytes, odd: int) -> int:
    return sum(1 for at in range(odd, min(len(data), 200_000), 2) if data[at] in b"\n\r ")


def _sound(name: str, text: str) -> str:
    control = sum(1 for sign in text if sign < " " and sign not in "\t\r\n\f\v")
    strange = len(text) - len(_STRANGE.sub("", text))
    if control * 50 > len(text) or strange * 10 > len(text):
        raise UnreadableError("plan_damaged", file=name)
    return re.sub("\r\n?|[\v\f\u2028\u2029\x85]", "\n", text)


def read_text(name: str, data: bytes, progress: Progress) -> Document:
    """Lines of a text; runs of tab-separated cells under a header become a table."""
    stream = Stream()
    text = decoded(name, data)
    if text.count("\n") > MAX_BLOCKS * 4:
        raise UnreadableError("plan_too_large", file=name)
    lines = text.split("\n")
    tables = dict(_table_ranges(lines))
    inside = 0
    gap = True
    for at, line in enumerate(lines):
        if at % 200 == 0:
            progress("reading", at, len(lines))
        if at in tables:
            inside = tables[at]
            stream.add_table(_rows(lines[at:inside]))
        if at < inside:
            continue
        stream.add_line(line, gap=gap, indented=bool(re.match(r"[ \t\u3000]{2,}|\u3000", line)))
        gap = not line.strip()
    return stream.document(hard_lines=True)


def _table_ranges(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Where pasted tables stand: each from its header to the last line that can belong to it."""
    heads = list[tuple[int, int]]()
    for n, line in enumerate(lines):
        # Where each cell has a line of its own, a header begins a run of them.
        begins = "\t" in line.strip() or (line.startswith("\t") and not lines[n - 1].startswith("\t"))
        if (begins or _MARK_LINE.match(line)) and (width := _header(lines, n)[0]):
            heads.append((n, width))
    limits = list[int]()
    for index in range(len(heads) - 1, -1, -1):
        last = index + 1 == len(heads)
        alike = not last and heads[index + 1][1] == heads[index][1]
        limits.append(len(lines) if last else limits[-1] if alike else heads[index + 1][0])
    at = 0
    for (start, _), limit in zip(heads, reversed(limits), strict=True):
        if start >= at:
            at = _end(lines, start, limit)
            yield start, at


def _end(lines: list[str], start: int, limit: int) -> int:
    if _MARK_LINE.match(lines[start]):
        return next((at for at in range(start, limit) if not _MARK_LINE.match(lines[at])), limit)
    last = max((at for at in range(start, limit) if "\t" in lines[at]), default=start)
    # The last cell may go on below its first line, up to an empty line or one that is of no cell.
    ends = (at for at in range(last + 1, limit) if not lines[at].strip() or _is_beside(lines[at]))
    return next(ends, limit)


def _is_beside(line: str) -> bool:
    """Whether a line below a table is a heading, a note or an appendix, not the rest of its last cell."""
    return _is_heading(line) or bool(
        re.match(r"^\s*(?:注|备注|说明|附\s*[件表]|联系人|填表)\s*\d*\s*(?:[:：]|$)", line)
    )


def _header(lines: list[str], at: int) -> tuple[int, int]:
    """The header's number of cells and of lines if one begins here, else zeros."""
    line = lines[at]
    if _MARK_LINE.match(line):
        cells = _marked(line)
        return (len(cells), 1) if is_header(cells) else (0, 0)
    if "\t" in line.strip():
        cells = [cell.strip() for cell in line.strip("\n").split("\t")]
        return (len(cells), 1) if is_header(cells) else (0, 0)
    if not line.startswith("\t"):
        return 0, 0
    cells = []
    for following in lines[at : at + MAX_COLUMNS + 1]:
        if not following.startswith("\t") or "\t" in following.strip():
            break
        cells.append(following.strip())
    if not any(len(cell) <= 16 and _DUTY_WORD.search(cell) for cell in cells):
        return 0, 0
    while cells and not is_header(cells):
        cells.pop()
    width = len(cells)
    # Without an empty line after the header, the first row's number ends it.
    numbered = next((n for n, cell in enumerate(cells) if re.fullmatch(r"\d{1,3}", cell)), width)
    return (min(width, numbered), min(width, numbered)) if is_header(cells[:numbered]) else (0, 0)


def _rows(lines: list[str]) -> list[Row]:
    width, _ = _header(lines, 0)
    if _MARK_LINE.match(lines[0]):
        kept = [_marked(line) for line in lines if not re.match(r"^\|[\s:|-]+\|\s*$", line)]
        return [Row(tuple((cells + [""] * width)[:width])) for cells in kept]
    leading = lines[0].startswith("\t") and "\t" not in lines[0].strip()
    cells = _cells_by_line(lines, width) if leading else _cells_in_line(lines, width)
    rows = [cells[at : at + width] for at in range(0, min(len(cells), MAX_ROWS * width), width)]
    return [Row(tuple(row)) for row in rows]


def _cells_by_line(lines: list[str], width: int) -> list[str]:
    """Cells that each begin with a tab on a line of their own; lines without one go on in the cell.

    An empty line ends a row that is not complete only where a number begins the next.
    """
    cells: list[str] = []
    gap = False
    for line in lines:
        if line.startswith("\t"):
            if gap and len(cells) % width and re.fullmatch(r"\t\d{1,3}[.、]?\s*", line):
                cells += [""] * (-len(cells) % width)
            cells += line[1:].split("\t")
        elif cells and line.strip():
            cells[-1] += "\n" + line
        gap = not line.strip()
    return [cell.strip() for cell in cells + [""] * (-len(cells) % width)]


def _cells_in_line(lines: list[str], width: int) -> list[str]:
    """Rows as lines of tab-separated cells; a cell may be quoted, or go on over line ends."""
    rows: list[list[str]] = []
    quoted = False
    for line in lines:
        if not line.strip() and not quoted:
            continue
        parts = line.split("\t")
        heading = not quoted and len(parts) == 1 and _is_heading(line)
        goes_on = quoted or (
            rows
            and not (heading and len(rows[-1]) >= width)
            and (len(parts) == 1 or len(rows[-1]) + len(parts) - 1 <= width)
            and not _starts_row(parts, width)
        )
        if rows and goes_on:
            rows[-1][-1] += "\n" + parts[0]
            rows[-1] += parts[1:]
        else:
            rows.append(parts)
        quoted = _open_quote(rows[-1][-1])
    return [_unquoted(cell) for row in rows for cell in (row + [""] * width)[:width]]


def _is_heading(line: str) -> bool:
    """Whether a line between rows is a section's heading: 一、…, （一）…, short and no sentence."""
    marked = re.match(
        r"^\s*(?:第[一二三四五六七八九十]+[章部分]+|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])",
        line,
    )
    return bool(marked) and len(line.strip()) <= 40 and not re.search(r"[。；，]", line)


def _starts_row(parts: list[str], width: int) -> bool:
    return len(parts) == width or (len(parts) > 1 and bool(re.fullmatch(r"\d{1,3}[.、]?", parts[0].strip())))


def _open_quote(cell: str) -> bool:
    return cell.startswith('"') and (cell.count('"') % 2 == 1)


def _unquoted(cell: str) -> str:
    cell = cell.strip()
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        return cell[1:-1].replace('""', '"').strip()
    return cell


def _marked(line: str) -> list[str]:
    return [cell.strip().replace("<br>", "\n") for cell in line.strip().strip("|").split("|")]
