"""Paragraphs and tables of a .docx, with automatic numbers written out."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
from docx.oxml.ns import qn

from desktop.domain.progress import Progress
from desktop.intake.forms.word_numbers import Numbering
from desktop.intake.stream.blocks import (
    MAX_COLUMNS,
    MAX_PARAGRAPH,
    MAX_ROWS,
    Document,
    Row,
    Stream,
    TooMuchError,
)

_BOX = qn("w:txbxContent")
_SKIPPED = {_BOX, qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), qn("w:del")}
# More boxes on one paragraph are a drawing.
_MOST_BOXES = 200
_WRAPPERS = {
    qn("w:sdt"),
    qn("w:sdtContent"),
    qn("w:ins"),
    qn("w:moveTo"),
    qn("w:customXml"),
    qn("w:smartTag"),
}


def read_word(data: bytes, progress: Progress) -> Document:
    """The body of a Word document in order, a text box behind the paragraph that it hangs on.

    Headers, footers, deleted and hidden text are left out.
    """
    opened = docx.Document(BytesIO(data))
    numbering = Numbering(opened)
    stream = Stream()
    elements = list(_blocks(opened.element.body))
    for done, element in enumerate(elements):
        if done % 50 == 0:
            progress("reading", done, len(elements))
        _add(stream, element, numbering)
    return stream.document(hard_lines=False)


def _add(stream: Stream, element: Any, numbering: Numbering) -> None:
    """Adds a paragraph, a table, or what stands inside a frame: a table of one column only."""
    if element.tag == qn("w:p"):
        for line in _paragraph(element, numbering).split("\n"):
            stream.add_line(line)
        for box in _boxes(element):
            for inner in _blocks(box):
                _add(stream, inner, numbering)
    elif frames := _frames(element):
        for cell in frames:
            for inner in _blocks(cell):
                _add(stream, inner, numbering)
    else:
        stream.add_table(_rows(element, numbering))


def _boxes(paragraph: Any) -> list[Any]:
    """The text boxes that hang on a paragraph: each once, though old programs get a second form of it."""
    found = list[Any]()
    for box in paragraph.iter(_BOX):
        above = {ancestor.tag.rpartition("}")[2] for ancestor in box.iterancestors()}
        if "Fallback" not in above and len(found) < _MOST_BOXES:
            outer = next(a for a in box.iterancestors() if a.tag in (_BOX, qn("w:p")) and a is not box)
            # A box in a box is read with the outer one's paragraphs.
            if outer is paragraph or not any(a is paragraph for a in outer.iterancestors()):
                found.append(box)
    return found


def _frames(table: Any) -> list[Any]:
    """The cells of a table that has one in each row; none where some row has several."""
    rows = [list(_of_kind(tr, qn("w:tc"))) for tr in _of_kind(table, qn("w:tr"))]
    return [row[0] for row in rows] if rows and all(len(row) == 1 for row in rows) else []


def _blocks(parent: Any) -> Iterator[Any]:
    for child in parent:
        if child.tag in (qn("w:p"), qn("w:tbl")):
            yield child
        elif child.tag in _WRAPPERS:
            yield from _blocks(child)


def _paragraph(element: Any, numbering: Numbering) -> str:
    return numbering.label(element) + "".join(_pieces(element))


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag in _SKIPPED or (child.tag == qn("w:r") and _is_hidden(child)):
            continue
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in (qn("w:br"), qn("w:cr")):
            yield "\n"
        elif child.tag == qn("w:tab"):
            yield "\t"
        elif child.tag == qn("w:noBreakHyphen"):
            yield "-"
        elif isinstance(child.tag, str) and not child.tag.endswith("}Fallback"):
            yield from _pieces(child)


def _is_hidden(run: Any) -> bool:
    """Whether Word shows nothing of a run: hidden text (ECMA-376 part 1, 17.3.2.41)."""
    mark = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
    return mark is not None and mark.get(qn("w:val"), "1") not in ("0", "false", "off")


def _cell_text(cell: Any, numbering: Numbering) -> str:
    parts, size = list[str](), 0
    for text in _cell_texts(cell, numbering):
        size += len(text)
        # Merged cells of tables in tables repeat a text as often as they please.
        if size > MAX_PARAGRAPH:
            raise TooMuchError
        parts.append(text)
    return "\n".join(parts)


def _cell_texts(cell: Any, numbering: Numbering) -> Iterator[str]:
    for element in _blocks(cell):
        if element.tag == qn("w:p"):
            yield _paragraph(element, numbering)
        else:
            for row in _rows(element, numbering):
                yield "\n".join(dict.fromkeys(row.cells))


def _rows(table: Any, numbering: Numbering) -> list[Row]:
    """Rows over the grid: a merged cell's text is repeated in every place that it covers."""
    rows: list[Row] = []
    before: tuple[str, ...] = ()
    for tr in _of_kind(table, qn("w:tr")):
        if len(rows) >= MAX_ROWS:
            break
        cells, above, left = list[str](), set[int](), set[int]()
        cells += [""] * min(_number(tr.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}"), 0), MAX_COLUMNS)
        for tc in _of_kind(tr, qn("w:tc")):
            span = min(max(_number(tc.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}"), 1), 1), MAX_COLUMNS)
            merge = tc.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            at = len(cells)
            continued = merge is not None and merge.get(qn("w:val"), "continue") == "continue"
            if continued and at < len(before):
                text = before[at]
                above.update(range(at, at + span))
            else:
                text = _cell_text(tc, numbering)
            left.update(range(at + 1, at + span))
            cells += [text] * span
        before = tuple(cells[:MAX_COLUMNS])
        rows.append(Row(before, frozenset(above), frozenset(left)))
    return rows


def _of_kind(parent: Any, tag: str) -> Iterator[Any]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _of_kind(child, tag)


def _number(element: Any, default: int) -> int:
    value = element.get(qn("w:val"), "") if element is not None else ""
    return int(value) if value.isdecimal() and len(value) < 6 else default
