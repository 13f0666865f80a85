"""Pages of A4 after GB/T 9704-2012: the type area, text, rules and shapes, page numbers and the foot.

A landscape page is bound with its head to the left of the portrait page, so its page number stands at its left
edge, where it stands on portrait pages (GB/T 9704-2012, 7.5 and 11). All measures are points.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from desktop.reports.description import Description
from desktop.reports.font_embedding import FontBook
from desktop.reports.fonts import Faces, Typeface, printable
from desktop.reports.line_breaking import TIGHT, Line, break_lines, met

MM = 72 / 25.4
SHORT, LONG = 210 * MM, 297 * MM
TOP, BOTTOM, LEFT, RIGHT = 37 * MM, 35 * MM, 28 * MM, 26 * MM
BLACK, GREY = (0.0, 0.0, 0.0), (0.35, 0.39, 0.45)
MOST_SPREAD = 92.0
"""Most space added between two characters, in thousandths of an em: readers of PDFs take more for a blank."""

_DASH = 0.28
"""How high a dash stands above the baseline, in ems."""

Colour = tuple[float, float, float]


@dataclass(frozen=True)
class Style:
    """How text is set: typeface, size and line pitch in points; `narrow` sets it less wide, 1 being natural."""

    typeface: Typeface
    size: float
    pitch: float
    colour: Colour = BLACK
    narrow: float = 1.0

    @cached_property
    def em(self) -> float:
        """The advance of a full-width character in points."""
        return self.size * self.narrow

    @cached_property
    def begin(self) -> str:
        """The operators that begin a text in this style, up to its place."""
        return f"BT {_rgb(self.colour, 'rg')} {self.narrow * 100:g} Tz"

    def width(self, text: str) -> float:
        return self.typeface.width(text) * self.em / 1000

    def lines(self, text: str, width: float, indent: float = 0) -> tuple[Line, ...]:
        """The text broken to lines of at most `width` points, each paragraph's first `indent` shorter."""
        scale = 1000 / self.em
        # A hair's breadth keeps a line that fits exactly from being broken by rounding.
        face = self.typeface
        return break_lines(
            printable(text), width * scale + 0.01, face.advances, indent * scale, face.squeezes
        )


@dataclass(frozen=True)
class Foot:
    """What stands at the foot of every page: the code, and whose paper it is."""

    code: str
    about: str


@dataclass(frozen=True)
class Area:
    """The type area of a page, origin at the bottom left of the page."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom


class Pages:
    """The pages of one document, drawn from the first to the last."""

    def __init__(self, faces: Faces, foot: Foot, description: Description) -> None:
        self.faces = faces
        self.foot = foot
        self.book = FontBook()
        self.count = 0
        self.landscape = False
        self.area = Area(0, 0, 0, 0)
        self._output = io.BytesIO()
        self._canvas: Any = Canvas(self._output, pageCompression=1, invariant=1, pdfVersion=(1, 7))
        _without_base_font(self._canvas)
        description.write(self._canvas._doc)

    def start(self, landscape: bool = False, outline: str = "", numbered: bool = True) -> Area:
        """Ends the page before and begins the next; `outline` names it in the reader's side bar."""
        if self.count:
            self._end()
        self.count += 1
        self.landscape = landscape
        self._canvas.setPageSize((LONG, SHORT) if landscape else (SHORT, LONG))
        odd = self.count % 2 == 1
        left, right = (LEFT, RIGHT) if odd else (RIGHT, LEFT)
        if landscape:
            self.area = Area(BOTTOM, right, LONG - TOP, SHORT - left)
        else:
            self.area = Area(left, BOTTOM, SHORT - right, LONG - TOP)
        if outline:
            self._canvas.bookmarkPage(f"p{self.count}")
            self._canvas.addOutlineEntry(outline, f"p{self.count}", 0)
        if numbered:
            self._page_number()
        self._foot()
        return self.area

    def start_bare(self, width: float, height: float) -> None:
        """The next page, of its own size, without margins, number or foot: it is put on another."""
        if self.count:
            self._canvas.showPage()
        self.count += 1
        self._canvas.setPageSize((width, height))
        self.area = Area(0, 0, width, height)

    def finish(self) -> bytes:
        """The finished file."""
        self._end()
        self.book.write(self._canvas._doc)
        self._canvas.save()
        return self._output.getvalue()

    def _end(self) -> None:
        """Ends a page, its content packed at once: reportlab would keep it at full length until the end."""
        self._canvas.showPage()
        page = self._canvas._doc.Pages.pages[-1]
        packed = zlib.compress(page.stream.encode("ascii"))
        page.Contents = pdfdoc.PDFStream(pdfdoc.PDFDictionary({"Filter": "/FlateDecode"}), packed)
        page.stream = None

    def text(self, x: float, y: float, text: str, style: Style) -> None:
        """One line with its baseline at y."""
        self._show(f"1 0 0 1 {x:.2f} {y:.2f} Tm", printable(text), style)

    def turned_text(self, x: float, y: float, text: str, style: Style) -> None:
        """One line that runs down the page."""
        self._show(f"0 -1 1 0 {x:.2f} {y:.2f} Tm", text, style)

    def line_of_text(self, x: float, y: float, line: Line, width: float, style: Style) -> None:
        """A broken line, justified to `width` unless it ends its paragraph."""
        room = width * 1000 / style.em - line.width
        spread, words = 0.0, []
        if room > 0 and not line.last:
            words = [word.span() for word in TIGHT.finditer(line.text)]
            # Space is added everywhere but inside Latin words.
            gaps = len(line.text) - 1 - sum([end - start - 1 for start, end in words])
            spread = min(room / gaps, MOST_SPREAD) if gaps else 0.0
        self._show(f"1 0 0 1 {x:.2f} {y:.2f} Tm", line.text, style, spread, words, line.squeezed)

    def centred(self, x: float, y: float, text: str, style: Style) -> None:
        self.text(x - style.width(text) / 2, y, text, style)

    def flush_right(self, x: float, y: float, text: str, style: Style) -> None:
        self.text(x - style.width(text), y, text, style)

    def rules(
        self, strokes: Iterable[tuple[float, float, float, float]], width: float, colour: Colour = BLACK
    ) -> None:
        """Straight lines from (x1, y1) to (x2, y2)."""
        path = " ".join(f"{a:.2f} {b:.2f} m {c:.2f} {d:.2f} l" for a, b, c, d in strokes)
        if path:
            self.draw(f"{_rgb(colour, 'RG')} {width:g} w {path} S")

    def rectangles(self, boxes: Iterable[tuple[float, float, float, float]], colour: Colour) -> None:
        """Filled rectangles (x, y, width, height)."""
        path = " ".join(f"{a:.2f} {b:.2f} {c:.2f} {d:.2f} re" for a, b, c, d in boxes)
        if path:
            self.draw(f"{_rgb(colour, 'rg')} {path} f")

    def draw(self, operators: str) -> None:
        """Path operators of PDF as they are, their state kept to themselves."""
        self._canvas._code.append(f"q {operators} Q")

    def _show(
        self,
        place: str,
        text: str,
        style: Style,
        spread: float = 0.0,
        words: Sequence[tuple[int, int]] = (),
        squeezed: bool = True,
    ) -> None:
        """Text operators; `spread` thousandths of an em go between the signs but not inside `words`."""
        if not text:
            return
        codes = self.book.codes(style.typeface)
        cuts = (
            [(at, f"> {given:g} <") for at, given in met(text, style.typeface.squeezes)] if squeezed else []
        )
        if spread and words:
            wide = f">] TJ {spread * style.size / 1000:.4f} Tc [<"
            for start, end in words:
                cuts += [(start, ">] TJ 0 Tc [<"), (end - 1, wide)]
            cuts.sort()
        if cuts:
            parts, last = [], 0
            for at, operator in cuts:
                parts += [text[last:at].translate(codes), operator]
                last = at
            shown = "".join((*parts, text[last:].translate(codes)))
        else:
            shown = text.translate(codes)
        if "%" in shown:
            shown = shown.replace("%", f"{style.size:g}")
        begun, ended = (f"{spread * style.size / 1000:.4f} Tc ", " 0 Tc") if spread else ("", "")
        self._canvas._code.append(
            f"{style.begin} {place} {begun}/{codes.font} {style.size:g} Tf [<{shown}>] TJ{ended} ET"
        )

    def _page_number(self) -> None:
        style = Style(self.faces.table, 14, 14)
        text = f"— {self.count} —"
        odd = self.count % 2 == 1
        # The dashes beside the figure stand 7 mm below the type area.
        below = 7 * MM + style.size * _DASH
        if not self.landscape:
            x = self.area.right - 14 - style.width(text) if odd else self.area.left + 14
            self.text(x, self.area.bottom - below, text, style)
        else:
            y = self.area.bottom + 14 + style.width(text) if odd else self.area.top - 14
            self.turned_text(self.area.left - below, y, text, style)

    def _foot(self) -> None:
        style = Style(self.faces.note, 8, 10, GREY)
        y = (11 if self.landscape else 14) * MM
        code = f"核对码 {self.foot.code}"
        self.text(self.area.left, y, code, style)
        room = self.area.width - style.width(code) - 2 * style.em
        self.flush_right(self.area.right, y, _shortened(self.foot.about, style, room), style)


def _shortened(about: str, style: Style, room: float) -> str:
    """Whose paper it is, its first part cut where the code needs the room: the code must be readable."""
    name, between, rest = about.partition("\u3000")
    said = about
    while style.width(printable(said)) > room and name:
        name = name[:-1]
        said = f"{name}…{between}{rest}"
    return said


def _without_base_font(canvas: Any) -> None:
    """Takes out the Helvetica that a canvas begins every page with: it could not be embedded."""
    canvas._make_preamble = lambda: None
    canvas._preamble = "1 0 0 1 0 0 cm"
    document = canvas._doc
    for name in document.fontMapping.values():
        document.idToObject[name.lstrip("/")] = pdfdoc.PDFDictionary({})
    document.fontMapping.clear()
    document.idToObject["BasicFonts"].dict.clear()


@lru_cache(maxsize=64)
def _rgb(colour: Colour, operator: str) -> str:
    return f"{colour[0]:g} {colour[1]:g} {colour[2]:g} {operator}"
