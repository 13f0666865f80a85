"""The document as it stands: names that were recognised underlined, doubts and text left out marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QFrame, QTextEdit

from desktop.domain.plan import SourceBlock
from desktop.views.context import Context
from desktop.views.pages.plan_source_text import heads_of, paragraphs_of, pattern_of, pieces_of

_BLOCK = int(QTextFormat.Property.UserProperty) + 1


@dataclass(frozen=True)
class SourceMarks:
    """What is known of a document: names, doubtful words by block, blocks that are no task, blocks left out."""

    names: frozenset[str] = frozenset()
    doubtful: Mapping[int, tuple[str, ...]] | None = None
    front: frozenset[int] = frozenset()
    left: frozenset[int] = frozenset()


class SourceText(QTextEdit):
    """Read-only; `pressed(index)` with the source block under the mouse, `menuAsked(index, place)`."""

    pressed = Signal(int)
    menuAsked = Signal(int, QPoint)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._theme = context.theme
        self._selected: tuple[int, int] = (-1, -1)
        self._flash: tuple[int, int] = (-1, -1)
        self._shown: tuple[tuple[SourceBlock, ...], SourceMarks] | None = None
        self._numbers: dict[int, tuple[int, int]] = {}
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

    def show_blocks(self, blocks: tuple[SourceBlock, ...], marks: SourceMarks) -> None:
        """Set the document anew where anything in it changed; the place it was scrolled to stays."""
        if self._shown is not None and self._shown[0] is blocks and self._shown[1] == marks:
            return
        self._shown = (blocks, marks)
        at = self.verticalScrollBar().value()
        doubtful = marks.doubtful or {}
        names = pattern_of(marks.names)
        broken = pattern_of({*marks.names, *(t for texts in doubtful.values() for t in texts)}, r"\s*")
        heads = heads_of(blocks)
        self._numbers = {}
        self.setUpdatesEnabled(False)
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        number = -1
        for block in blocks:
            about = pattern_of(doubtful.get(block.index, ()))
            for text, role, gap in paragraphs_of(block, heads, broken):
                number += 1
                first = self._numbers.get(block.index, (number, number))[0]
                self._numbers[block.index] = (first, number)
                shape = self._shape(block.index, role, gap)
                plain = self._plain("front" if block.index in marks.front else role)
                if number:
                    cursor.insertBlock(shape, plain)
                else:
                    cursor.setBlockFormat(shape)
                for piece, kind in pieces_of(text, names, about):
                    cursor.insertText(piece, self._dressed(plain, kind))
        cursor.endEditBlock()
        self.setUpdatesEnabled(True)
        self.verticalScrollBar().setValue(at)

    def _shape(self, index: int, role: str, gap: int) -> QTextBlockFormat:
        px = self._theme.px
        shape = QTextBlockFormat()
        shape.setLeftMargin(px(16))
        shape.setRightMargin(px(12))
        shape.setTopMargin(px(gap))
        height = px(20 if role == "duty" else 22)
        shape.setLineHeight(height, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        shape.setProperty(_BLOCK, index)
        return shape

    def _plain(self, role: str) -> QTextCharFormat:
        plain = QTextCharFormat()
        plain.setFont(self._theme.font("caption" if role == "duty" else "body", strong=role == "head"))
        colour = {"duty": "text2", "front": "text3"}.get(role, "text")
        plain.setForeground(self._theme.colour(colour))
        return plain

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

    # Places

    def select_blocks(self, source: tuple[int, ...]) -> None:
        """Mark the blocks of the selected measure."""
        self._selected = (source[0], source[-1]) if source else (-1, -1)
        self.viewport().update()

    def flash(self, first: int, last: int) -> None:
        """Frame some blocks for as long as it takes to find them."""
        self._flash = (first, last)
        self.viewport().update()
        QTimer.singleShot(2500, self, self._unflash)

    @property
    def flashed(self) -> tuple[int, int] | None:
        """The blocks that are framed at the moment."""
        return self._flash if self._flash[0] >= 0 else None

    def place_of(self, first: int, last: int) -> tuple[float, float] | None:
        """Where source blocks begin and end, in px from the head of the document."""
        found = [self._numbers[at] for at in range(first, last + 1) if at in self._numbers]
        if not found:
            return None
        layout, document = self.document().documentLayout(), self.document()
        top = layout.blockBoundingRect(document.findBlockByNumber(found[0][0])).top()
        bottom = layout.blockBoundingRect(document.findBlockByNumber(found[-1][1])).bottom()
        return top, bottom

    def reveal(self, first: int, last: int) -> None:
        """Bring source blocks into sight, the first near the top where not all of them are seen."""
        place = self.place_of(first, last)
        if place is None:
            return
        bar, margin = self.verticalScrollBar(), self._theme.px(56)
        seen = bar.value() <= place[0] - 8 and place[1] <= bar.value() + self.viewport().height()
        if not seen:
            bar.setValue(max(round(place[0]) - margin, 0))

    def block_at(self, place: QPoint) -> int:
        """The source block under a point, -1 where there is none."""
        index = self.cursorForPosition(place).block().blockFormat().property(_BLOCK)
        return -1 if index is None else int(index)

    def selected_text(self) -> tuple[str, tuple[int, int]] | None:
        """The words that are marked with the mouse or by keys, and the source blocks in which they stand."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        document = self.document()
        first = document.findBlock(cursor.selectionStart()).blockFormat().property(_BLOCK)
        last = document.findBlock(cursor.selectionEnd() - 1).blockFormat().property(_BLOCK)
        text = cursor.selectedText().replace("\u2029", "\n").replace("\u2028", "\n").strip()
        return (text, (int(first), int(last))) if text and first is not None and last is not None else None

    def mark(self, first: int, last: int) -> None:
        """Mark the words of some source blocks, as if drawn over with the mouse."""
        found = [self._numbers[at] for at in range(first, last + 1) if at in self._numbers]
        if found:
            cursor, end = QTextCursor(self.document().findBlockByNumber(found[0][0])), found[-1][1]
            block = self.document().findBlockByNumber(end)
            cursor.setPosition(block.position() + block.length() - 1, QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)

    def _unflash(self) -> None:
        self._flash = (-1, -1)
        self.viewport().update()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        # Painted, not set as the blocks' format: a changed format lays the document out anew, and wrongly.
        painter = QPainter(self.viewport())
        left = [band for band in map(self._band, self.runs_left()) if band is not None]
        for band in left:
            painter.fillRect(band, self._theme.colour("warnBg"))
        band = self._band(self._selected)
        if band is not None:
            painter.fillRect(band, self._theme.colour("sel"))
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        for edge in left:
            # A dashed edge: what is in no measure has no hold.
            for y in range(round(edge.top()), round(edge.bottom()), 9):
                painter.fillRect(QRectF(0, y, 3, min(5, edge.bottom() - y)), self._theme.colour("warn"))
        if band is not None:
            painter.fillRect(QRectF(0, band.y(), 3, band.height()), QColor(self._theme.colour("accent")))
        framed = self._band(self._flash)
        if framed is not None:
            painter.setPen(QPen(self._theme.colour("warn"), 1))
            painter.drawRect(framed.adjusted(0.5, 0.5, -1, -1))
        painter.end()

    def runs_left(self) -> Iterable[tuple[int, int]]:
        """Stretches of blocks left out, first and last."""
        marks = sorted(self._shown[1].left) if self._shown else []
        runs: list[tuple[int, int]] = []
        for at in marks:
            if runs and at == runs[-1][1] + 1:
                runs[-1] = (runs[-1][0], at)
            else:
                runs.append((at, at))
        return runs

    def _band(self, blocks: tuple[int, int]) -> QRectF | None:
        """The rectangle of some source blocks, None where it is out of sight."""
        place = self.place_of(*blocks) if blocks[0] >= 0 else None
        if place is None:
            return None
        top = place[0] - self.verticalScrollBar().value()
        height = place[1] - place[0] + self._theme.px(6)
        seen = top < self.viewport().height() and top + height > 0
        return QRectF(0, top, self.viewport().width(), height) if seen else None

    # Mouse

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            index = self.block_at(event.position().toPoint())
            if index >= 0:
                self.pressed.emit(index)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = self.viewport().mapFromGlobal(event.globalPos())
        self.menuAsked.emit(self.block_at(place), event.globalPos())
