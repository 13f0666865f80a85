"""The document as it stands: unit names that were recognised are underlined, doubtful places marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QShowEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from desktop.domain.plan import Measure, SourceBlock
from desktop.views.context import Context
from desktop.views.pages.plan_desk import DraftDesk
from desktop.views.widgets.elided import ElidedLabel
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.styling import footer_bar, label, page_bar, picture

_BLOCK = int(QTextFormat.Property.UserProperty) + 1
# Facts of a problem that stand in the document word for word.
_MARKED = ("text", "name", "tail")
_LONGEST_TITLE = 48
_DUTY_HEAD = re.compile(r"单位|牵头|配合|责任|落实|备注|时限")


class SourceText(QTextEdit):
    """Read-only; `pressed(index)` with the source block under the mouse."""

    pressed = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._theme = context.theme
        self._selected: tuple[int, int] = (-1, -1)
        self.setObjectName("plan_source")
        self.setAccessibleName("方案原文")
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.setStyleSheet("QTextEdit, QTextEdit:focus { border: none; padding: 0; }")

    def show_blocks(
        self, blocks: tuple[SourceBlock, ...], underlined: Iterable[str], doubtful: dict[int, tuple[str, ...]]
    ) -> None:
        """Set the document anew; the place it was scrolled to stays."""
        at = self.verticalScrollBar().value()
        known = set(underlined)
        names = _pattern(known)
        broken = _pattern({*known, *(t for texts in doubtful.values() for t in texts)}, r"\s*")
        heads = _heads(blocks)
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        first = True
        for block in blocks:
            for text, role, gap in _paragraphs(block, heads, broken):
                if not first:
                    cursor.insertBlock()
                first = False
                self._insert(cursor, block.index, text, role, gap, names, doubtful.get(block.index, ()))
        cursor.endEditBlock()
        self.verticalScrollBar().setValue(at)

    def _insert(
        self,
        cursor: QTextCursor,
        index: int,
        text: str,
        role: str,
        gap: int,
        names: re.Pattern[str] | None,
        doubtful: tuple[str, ...],
    ) -> None:
        px = self._theme.px
        shape = QTextBlockFormat()
        shape.setLeftMargin(px(16))
        shape.setRightMargin(px(12))
        shape.setTopMargin(px(gap))
        shape.setLineHeight(
            px(20 if role == "duty" else 22), QTextBlockFormat.LineHeightTypes.FixedHeight.value
        )
        shape.setProperty(_BLOCK, index)
        cursor.setBlockFormat(shape)
        plain = QTextCharFormat()
        plain.setFont(self._theme.font("caption" if role == "duty" else "body", strong=role == "head"))
        plain.setForeground(self._theme.colour("text2" if role == "duty" else "text"))
        for piece, kind in _pieces(text, names, _pattern(doubtful)):
            cursor.insertText(piece, self._dressed(plain, kind))

    def _dressed(self, plain: QTextCharFormat, kind: str) -> QTextCharFormat:
        if not kind:
            return plain
        made = QTextCharFormat(plain)
        made.setFontUnderline(True)
        if kind == "doubtful":
            made.setBackground(self._theme.colour("warnBg"))
            made.setForeground(self._theme.colour("text"))
        colour = self._theme.colour("warn" if kind == "doubtful" else "field")
        made.setUnderlineColor(colour)
        return made

    def select_blocks(self, source: tuple[int, ...], scroll: bool) -> None:
        """Mark the blocks of the selected measure, and bring them into sight."""
        self._selected = (source[0], source[-1]) if source else (-1, -1)
        self.viewport().update()
        if scroll and source:
            self.scroll_to(source[0])

    def scroll_to(self, index: int) -> None:
        """Bring a source block near the top."""
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().property(_BLOCK) == index:
                top = self.document().documentLayout().blockBoundingRect(block).top()
                self.verticalScrollBar().setValue(max(round(top) - self._theme.px(56), 0))
                return
            block = block.next()

    def paintEvent(self, event: QPaintEvent) -> None:
        # Painted, not set as the blocks' format: a changed format lays the document out anew, and wrongly.
        painter = QPainter(self.viewport())
        band = self._band()
        if band is not None:
            painter.fillRect(band, self._theme.colour("sel"))
        painter.end()
        super().paintEvent(event)
        if band is not None:
            painter = QPainter(self.viewport())
            painter.fillRect(QRectF(0, band.y(), 3, band.height()), QColor(self._theme.colour("accent")))
            painter.end()

    def _band(self) -> QRectF | None:
        first, last = self._selected
        layout, top, bottom = self.document().documentLayout(), None, 0.0
        block = self.document().begin()
        while block.isValid():
            index = block.blockFormat().property(_BLOCK)
            if index is not None and first <= index <= last:
                rect = layout.blockBoundingRect(block)
                top = rect.top() if top is None else top
                bottom = rect.bottom()
            block = block.next()
        if top is None:
            return None
        offset = self.verticalScrollBar().value()
        return QRectF(0, top - offset, self.viewport().width(), bottom - top + self._theme.px(6))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            block = self.cursorForPosition(event.position().toPoint()).block()
            index = block.blockFormat().property(_BLOCK)
            if index is not None:
                self.pressed.emit(int(index))


class SourcePane(QFrame):
    """The document with its name, following the selection."""

    def __init__(self, context: Context, desk: DraftDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        icons = context.icons
        self.setProperty("pane", "surface")
        self._name = ElidedLabel("", "strong", middle=True)
        self._page = label("", "caption", name="source_page")
        head = page_bar(icons)
        head.setLayout(row(picture(icons, "doc"), self._name, self._page, margins=(16, 0, 12, 0)))
        head.layout().setStretch(1, 1)
        self.text = SourceText(context)
        foot = footer_bar(icons)
        foot.setFixedHeight(context.theme.px(32))
        foot.setLayout(row(*_legend(context), None, gap=6, margins=(16, 0, 12, 0)))
        self.setLayout(column(head, self.text, foot, gap=0))
        self.setFocusProxy(self.text)
        self.text.pressed.connect(self._chosen)
        desk.changed.connect(self.refresh)
        # After the layout of a document that was only just set.
        desk.moved.connect(lambda: QTimer.singleShot(0, self, lambda: self._follow(True)))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, lambda: self._follow(True))

    def refresh(self) -> None:
        draft, region = self._desk.draft, self._desk.region
        self._name.setText(draft.file_name or "方案原文")
        known = [d.name for m in draft.measures for d in m.duties if d.unit_codes]
        spellings = [s for unit in region.units for s in unit.spellings] if region else []
        doubtful: dict[int, tuple[str, ...]] = {}
        for problem in self._desk.open_problems:
            measure = self._desk.measure_of(problem)
            texts = tuple(problem.facts[name] for name in _MARKED if problem.facts.get(name))
            if measure is not None and measure.source and texts:
                for index in range(measure.source[0], measure.source[-1] + 1):
                    doubtful[index] = doubtful.get(index, ()) + texts
        self.text.show_blocks(draft.source, {*known, *(s for s in spellings if len(s) > 2)}, doubtful)
        self._follow(False)

    def _follow(self, scroll: bool) -> None:
        measure = self._desk.measure
        source = measure.source if measure else ()
        self.text.select_blocks(source, scroll)
        pages = {block.index: block.page for block in self._desk.draft.source}
        last = max(pages.values(), default=0)
        page = pages.get(source[0], 0) if source else 0
        self._page.setText(f"第{page}页，共{last}页" if page else "")

    def _chosen(self, index: int) -> None:
        found = [m for m in self._desk.draft.measures if _covers(m, index)]
        if found:
            self._desk.select(found[0].key)


def _covers(measure: Measure, index: int) -> bool:
    return bool(measure.source) and measure.source[0] <= index <= measure.source[-1]


def _legend(context: Context) -> tuple[QWidget, ...]:
    known, doubtful = label("单位", "caption"), label("单位", "caption")
    colours = context.theme.colours
    known.setStyleSheet(f"color: {colours['text']}; border-bottom: 1px solid {colours['field']};")
    doubtful.setStyleSheet(
        f"color: {colours['text']}; background: {colours['warnBg']}; border-bottom: 2px solid {colours['warn']};"
    )
    for words in (known, doubtful):
        words.setFixedHeight(context.theme.px(18))
    gap = QWidget()
    gap.setFixedWidth(8)
    return known, label("认出来的", "caption"), gap, doubtful, label("要您看的", "caption")


def _heads(blocks: tuple[SourceBlock, ...]) -> dict[int, tuple[str, ...]]:
    """For each table row, the cells of the head above it: the last row that names 单位 in short cells."""
    found: dict[int, tuple[str, ...]] = {}
    head: tuple[str, ...] = ()
    for block in blocks:
        named = [cell for cell in block.cells if _DUTY_HEAD.search(cell) and len(cell) <= 12]
        if len(named) >= 2 and all(len(cell) <= 16 for cell in block.cells):
            head = block.cells
        elif block.cells:
            found[block.index] = head
    return found


def _paragraphs(
    block: SourceBlock, heads: dict[int, tuple[str, ...]], broken: re.Pattern[str] | None
) -> Iterator[tuple[str, str, int]]:
    """A block as paragraphs (text, role, space before in px)."""
    if not block.text.strip() and not any(cell.strip() for cell in block.cells):
        return
    if not block.cells:
        yield block.text.strip("\n").replace("\n", "\u2028"), "body", 10
        return
    if block.index not in heads:
        yield "　".join(cell.replace("\n", "") for cell in block.cells if cell.strip()), "duty", 12
        return
    head, gap, lead = heads[block.index], 14, ""
    for at, cell in enumerate(block.cells):
        text = cell.strip()
        name = head[at].replace("\n", "") if at < len(head) else ""
        if not text:
            continue
        if at == 0 and len(text) <= 6:
            lead = f"{text}　"
        elif _DUTY_HEAD.search(name):
            # A narrow column breaks names; what stands on lines of its own stays apart.
            whole = broken.sub(lambda match: re.sub(r"\s", "", match[0]), text) if broken else text
            yield f"{name}：" + re.sub(r"\s*\n\s*", "　", whole), "duty", 2
        else:
            # A row that goes on with the one before has no title.
            head_line = gap == 14 and len(text) <= _LONGEST_TITLE
            yield lead + text.replace("\n", "\u2028"), "head" if head_line else "body", gap
            lead, gap = "", 0


def _pattern(texts: Iterable[str], between: str = "") -> re.Pattern[str] | None:
    """The texts, longest first; `between` may stand between any two of their signs."""
    wanted = sorted({t for t in texts if len(t) > 1}, key=len, reverse=True)
    return re.compile("|".join(between.join(map(re.escape, t)) for t in wanted)) if wanted else None


def _pieces(
    text: str, names: re.Pattern[str] | None, doubtful: re.Pattern[str] | None
) -> Iterator[tuple[str, str]]:
    """The text in pieces, each plain (''), `known` or `doubtful`."""
    at = 0
    marks = [(m.start(), m.end(), "doubtful") for m in (doubtful.finditer(text) if doubtful else ())]
    taken = [(start, end) for start, end, _ in marks]
    for m in names.finditer(text) if names else ():
        if all(m.end() <= start or m.start() >= end for start, end in taken):
            marks.append((m.start(), m.end(), "known"))
    for start, end, kind in sorted(marks):
        if start < at:
            continue
        if start > at:
            yield text[at:start], ""
        yield text[start:end], kind
        at = end
    if at < len(text):
        yield text[at:], ""
