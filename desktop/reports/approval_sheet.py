"""签批单: one page on which the issuer signs a reviewed report by hand, bound to it by its code."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.domain.codec import canonical_bytes
from desktop.domain.quarter import Quarter
from desktop.domain.report import ReportDocument
from desktop.reports.description import Description
from desktop.reports.fonts import Faces
from desktop.reports.line_breaking import Line
from desktop.reports.page import GREY, Area, Foot, Pages, Style
from desktop.reports.rendered import PROOF_HEIGHT, Proof, RenderedPdf, draw_proof, over_damage
from desktop.reports.report_text import chinese_date, counted, quoted
from desktop.reports.title_setting import title_lines

LABEL, PAD_X, PAD_Y = 84.0, 7.0, 7.0
FRAME, HAIR = 1.0, 0.5
SIZES = (14.0, 12.0, 10.5, 9.0, 8.0)
LEAST_ROOM, SIGNING_ROOM = 110.0, 140.0
"""Points that 签发意见 is left with in height, and the name's place in width, so that a hand has room to write."""

_PROOF = (
    "核对码与季报每页页脚的相同，取自季报数据的SHA-256摘要；二维码内是该摘要的全文。"
    "核对码不同，签的就不是这一次报送。"
)
_ADVICE = (
    "1. 签发人在“签发意见”栏写明意见，亲笔签字，写上日期。\n"
    "2. 签字后扫描本单，经办人在“审核签发”里附上扫描件，用自己的证书代签；谁签字、谁代签，照实记录。\n"
    "3. 季报改动后，核对码随之改变，本单作废，请重新打印。"
)


@dataclass(frozen=True)
class _Cell:
    """A label with its text, whose pieces stay whole; two cells stand side by side in a row, one takes it all."""

    label: str
    pieces: tuple[str, ...]


def _cell(label: str, *pieces: str) -> _Cell:
    return _Cell(label, pieces)


def render_approval_sheet(document: ReportDocument, faces: Faces) -> RenderedPdf:
    """The sheet of a reviewed revision, made from its document alone; the same bytes for the same faces.

    Raises UnreadableError(`font_unreadable`, file).
    """
    return over_damage(faces, lambda usable: _rendered(document, usable))


def _rendered(document: ReportDocument, faces: Faces) -> RenderedPdf:
    quarter = Quarter.parse(document.quarter).chinese
    proof = Proof.of(canonical_bytes(document))
    about = f"{document.unit.name}　{quarter}　第{document.revision}次报送"
    title = f"{document.unit.name}季报签批单"
    said = Description(title, document.unit.name, document.plan.title, document.prepared_on)
    pages = Pages(faces, Foot(proof.code, about), said)
    area = pages.start(outline=title, numbered=False)
    y = _title(pages, area, document)
    _Form(pages, area, y, document, proof).set()
    return RenderedPdf(pages.finish(), pages.count, pages.book.uses, tuple(pages.book.missing))


def _title(pages: Pages, area: Area, document: ReportDocument) -> float:
    """Whose sheet it is; returns the y below."""
    style = Style(pages.faces.title, 22, 32)
    y = area.top
    for line in title_lines((document.unit.name, "季报签批单"), style, area.width):
        pages.centred((area.left + area.right) / 2, y - 24, line, style)
        y -= style.pitch
    return y - 12


def _rows(document: ReportDocument, proof: Proof) -> tuple[tuple[_Cell, ...], ...]:
    people, rows = document.people, document.rows
    parts = [f"{word}{number}条" for word, number in counted(rows)]
    said = [f"共{len(rows)}条：", *(f"{part}，" for part in parts[:-1]), f"{parts[-1]}。"] if parts else []
    return (
        (_cell("报送单位", document.unit.name),),
        (_cell("主送单位", document.superior.name),),
        (_cell("行动方案", f"{quoted(document.plan.title)}（第{document.plan.version}版）"),),
        (
            _cell("报送季度", Quarter.parse(document.quarter).chinese),
            _cell("报送次数", f"第{document.revision}次报送"),
        ),
        (_cell("措施和进展", *(said or ["没有需要填报的措施。"])),),
        (_cell("填报人", people.preparer), _cell("审核人", people.reviewer)),
        (_cell("审核日期", chinese_date(document.prepared_on)), _cell("联系电话", people.phone)),
        (_cell("核对码", proof.code),),
    )


class _Form:
    """The ruled form from `y` to the foot of the type area; 签发意见 takes what the rest leaves."""

    def __init__(self, pages: Pages, area: Area, y: float, document: ReportDocument, proof: Proof) -> None:
        self.pages, self.area, self.top = pages, area, y
        self.document, self.proof = document, proof
        self.note = Style(pages.faces.note, 9, 14, GREY)
        self.advice = self.note.lines(_ADVICE, area.width)
        self.foot = PROOF_HEIGHT + len(self.advice) * self.note.pitch + 8
        self.rows = _rows(document, proof)

    def set(self) -> None:
        style, heights = self._fitted()
        y = self.top
        edges = [y]
        for cells, height in zip(self.rows, heights, strict=True):
            self._row(cells, y, height, style)
            y -= height
            edges.append(y)
        bottom = self.area.bottom + self.foot
        self._opinion(y, bottom, style)
        self._frame(edges, bottom)
        y = bottom - 8
        for line in self.advice:
            self.pages.line_of_text(self.area.left, y - 10, line, self.area.width, self.note)
            y -= self.note.pitch
        draw_proof(self.pages, self.area, y, self.proof, _PROOF)

    def _fitted(self) -> tuple[Style, list[float]]:
        """The largest style in which the rows leave room for a hand to write."""
        room = self.top - self.area.bottom - self.foot - LEAST_ROOM
        for size in SIZES:
            style = Style(self.pages.faces.body, size, size * 1.5)
            heights = [
                max(len(self._lines(cells, cell, style)) for cell in cells) * style.pitch + 2 * PAD_Y
                for cells in self.rows
            ]
            if sum(heights) <= room:
                break
        return style, heights

    def _width(self, cells: tuple[_Cell, ...]) -> float:
        """What a cell's text may take."""
        return self.area.width / len(cells) - LABEL - 2 * PAD_X

    def _lines(self, cells: tuple[_Cell, ...], cell: _Cell, style: Style) -> tuple[Line, ...]:
        """A cell's lines: a piece that would not fit behind those before it begins a new one."""
        width, text, line = self._width(cells), "", ""
        for piece in cell.pieces:
            fresh = bool(line) and style.width(line + piece) > width
            text += f"\n{piece}" if fresh else piece
            line = piece if fresh else line + piece
        return style.lines(text, width)

    def _row(self, cells: tuple[_Cell, ...], y: float, height: float, style: Style) -> None:
        heading = Style(self.pages.faces.heading, min(style.size, 12), style.pitch)
        for number, cell in enumerate(cells):
            left = self.area.left + number * self.area.width / 2
            baseline = y - height / 2 - heading.size * 0.36
            self.pages.centred(left + LABEL / 2, baseline, cell.label, heading)
            lines = self._lines(cells, cell, style)
            line_y = y - (height - len(lines) * style.pitch) / 2 - style.pitch / 2 - style.size * 0.36
            for line in lines:
                self.pages.text(left + LABEL + PAD_X, line_y, line.text, style)
                line_y -= style.pitch

    def _opinion(self, top: float, bottom: float, style: Style) -> None:
        """The room for the hand: opinion above, name and day at its foot."""
        heading = Style(self.pages.faces.heading, min(style.size, 12), style.pitch)
        middle = (top + bottom) / 2 - heading.size * 0.36
        self.pages.centred(self.area.left + LABEL / 2, middle, "签发意见", heading)
        hand = Style(self.pages.faces.body, 14, 21)
        self.pages.flush_right(self.area.right - 20, bottom + 14, "年　　月　　日", hand)
        before = f"签发人（{self.document.people.issuer}）签字："
        left = self.area.left + LABEL + PAD_X
        # A name of usual length ends where the hand has half the row to sign in; a longer one is set small.
        x = max(left, self.area.right - SIGNING_ROOM - hand.width(before))
        said = hand if x > left else replace(hand, size=9, pitch=13)
        lines = said.lines(before, self.area.right - SIGNING_ROOM - x + 1)
        for number, line in enumerate(reversed(lines)):
            self.pages.text(x, bottom + 46 + number * said.pitch, line.text, said)

    def _frame(self, edges: list[float], bottom: float) -> None:
        left, right = self.area.left, self.area.right
        middle = (left + right) / 2
        inner = [(left, y, right, y) for y in edges[1:]]
        inner.append((left + LABEL, edges[0], left + LABEL, bottom))
        for cells, y, below in zip(self.rows, edges, edges[1:], strict=False):
            if len(cells) == 2:
                inner += [(x, y, x, below) for x in (middle, middle + LABEL)]
        self.pages.rules(inner, HAIR)
        outer = [(left, edges[0], right, edges[0]), (left, bottom, right, bottom)]
        outer += [(x, edges[0], x, bottom) for x in (left, right)]
        self.pages.rules(outer, FRAME)
