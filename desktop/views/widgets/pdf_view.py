"""Pages of a PDF as they will be printed: rendered by pypdfium2 when they come into sight."""

from __future__ import annotations

from collections import OrderedDict

import pypdfium2
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from desktop.views.icons import Icons
from desktop.views.widgets.elided import ElidedLabel
from desktop.views.widgets.layout import row
from desktop.views.widgets.styling import icon_button, label, page_bar, rule

_MARGIN, _GAP, _KEPT = 18, 16, 6
_STEPS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
_PRINT_DPI = 300


class PdfView(QAbstractScrollArea):
    """Pages under each other. `pageChanged(page from 1, pages)`, `zoomChanged(text)`."""

    pageChanged = Signal(int, int)
    zoomChanged = Signal(str)

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = icons.theme
        self._document: pypdfium2.PdfDocument | None = None
        self._sizes: list[tuple[float, float]] = []
        self._images: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        self._zoom = 0.0
        self._page = 1
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("文件预览")
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def show_pdf(self, data: bytes) -> None:
        """Show a document from its first page; no data shows an empty ground.

        Raises ValueError if it cannot be read; then nothing is shown.
        """
        self._images.clear()
        self._sizes = []
        if self._document is not None:
            self._document.close()
        self._document = None
        try:
            if data:
                self._document = pypdfium2.PdfDocument(data)
                # The text of a signature is drawn with forms alone.
                self._document.init_forms()
                self._sizes = [self._document.get_page_size(i) for i in range(len(self._document))]
        except pypdfium2.PdfiumError as error:
            raise ValueError(str(error)) from None
        finally:
            self._restart()

    @property
    def pages(self) -> int:
        return len(self._sizes)

    @property
    def page(self) -> int:
        return self._page

    def go_to(self, page: int) -> None:
        """Bring a page (from 1) to the top."""
        if 1 <= page <= self.pages:
            self.verticalScrollBar().setValue(round(self._tops()[page - 1]) - _MARGIN)
            self._tell(page)

    def zoom_by(self, steps: int) -> None:
        """Larger or smaller by one of the fixed steps."""
        now = self._scale() * 72 / 96
        larger = [step for step in _STEPS if step > now * 1.01]
        smaller = [step for step in _STEPS if step < now * 0.99]
        options = larger[:1] if steps > 0 else smaller[-1:]
        if options:
            self._set_zoom(options[0])

    def fit_width(self) -> None:
        self._set_zoom(0.0)

    def print_with_dialog(self) -> bool:
        """Ask for a printer and print; False when the person went back."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, max(self.pages, 1))
        if dialog.exec() != QPrintDialog.DialogCode.Accepted:
            return False
        self.print_to(printer)
        return True

    def print_to(self, printer: QPrinter) -> None:
        """Print the chosen pages at 300 dpi, each fitted to the paper in its own direction."""
        first, last = printer.fromPage() or 1, printer.toPage() or self.pages
        painter = QPainter()
        for number in range(first - 1, min(last, self.pages)):
            width, height = self._sizes[number]
            landscape = width > height
            orientation = printer.pageLayout().Orientation
            printer.setPageOrientation(orientation.Landscape if landscape else orientation.Portrait)
            printer.setFullPage(True)
            if painter.isActive():
                printer.newPage()
            else:
                painter.begin(printer)
            image = self._rendered(number, _PRINT_DPI / 72)
            room = QRectF(painter.viewport())
            fit = min(room.width() / image.width(), room.height() / image.height())
            size = QSize(round(image.width() * fit), round(image.height() * fit))
            left, top = (room.width() - size.width()) / 2, (room.height() - size.height()) / 2
            painter.drawImage(QRectF(left, top, size.width(), size.height()), image)
        painter.end()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), self._theme.colour("mat"))
        offset = QPointF(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        for number, top in enumerate(self._tops()):
            rect = self._page_rect(number, top).translated(offset)
            if rect.bottom() < 0 or rect.top() > self.viewport().height():
                continue
            painter.fillRect(rect, self._theme.colour("paper"))
            painter.drawImage(rect, self._image(number))
            painter.setPen(QPen(self._theme.colour("line2"), 1))
            painter.drawRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5))
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        ends = {Qt.Key.Key_Home: 1, Qt.Key.Key_End: self.pages}
        if event.key() in moves:
            self.go_to(self._page + moves[Qt.Key(event.key())])
        elif event.key() in ends:
            self.go_to(ends[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def _restart(self) -> None:
        self._page = 1
        self._arrange()
        self.verticalScrollBar().setValue(0)
        self.pageChanged.emit(self._page, self.pages)
        self.viewport().update()

    def _set_zoom(self, zoom: float) -> None:
        page = self._page
        self._zoom = zoom
        self._arrange()
        self.go_to(page)
        self.zoomChanged.emit("适合宽度" if zoom == 0 else f"{zoom:.0%}")
        self.viewport().update()

    def _scale(self) -> float:
        """Device-independent pixels per point."""
        if self._zoom:
            return self._zoom * 96 / 72
        widest = max((width for width, _ in self._sizes), default=595.0)
        return max(self.viewport().width() - 2 * _MARGIN, 100) / widest

    def _tops(self) -> list[float]:
        tops, y = [], float(_MARGIN)
        for _, height in self._sizes:
            tops.append(y)
            y += height * self._scale() + _GAP
        return tops

    def _page_rect(self, number: int, top: float) -> QRectF:
        width, height = (length * self._scale() for length in self._sizes[number])
        left = max((self.viewport().width() - width) / 2, _MARGIN)
        return QRectF(round(left) + 0.5, round(top) + 0.5, round(width), round(height))

    def _arrange(self) -> None:
        scale, room = self._scale(), self.viewport().size()
        height = sum(height * scale + _GAP for _, height in self._sizes) + 2 * _MARGIN - _GAP
        width = max((width for width, _ in self._sizes), default=0) * scale + 2 * _MARGIN
        self.verticalScrollBar().setRange(0, max(0, round(height - room.height())))
        self.verticalScrollBar().setPageStep(room.height())
        self.verticalScrollBar().setSingleStep(40)
        self.horizontalScrollBar().setRange(0, max(0, round(width - room.width())))
        self.horizontalScrollBar().setPageStep(room.width())

    def _image(self, number: int) -> QImage:
        scale = self._scale() * self.devicePixelRatioF()
        key = (number, round(scale * 1000))
        if key not in self._images:
            self._images[key] = self._rendered(number, scale)
            while len(self._images) > _KEPT:
                self._images.popitem(last=False)
        self._images.move_to_end(key)
        return self._images[key]

    def _rendered(self, number: int, scale: float) -> QImage:
        assert self._document is not None
        page = self._document[number]
        bitmap = page.render(scale=scale, rev_byteorder=False, prefer_bgrx=True)
        image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32)
        owned = image.copy()
        bitmap.close()
        page.close()
        return owned

    def _scrolled(self, value: int) -> None:
        middle = value + self.viewport().height() / 3
        page = max((i + 1 for i, top in enumerate(self._tops()) if top <= middle), default=1)
        self._tell(page)

    def _tell(self, page: int) -> None:
        if page != self._page:
            self._page = page
            self.pageChanged.emit(page, self.pages)


class PdfBar(QFrame):
    """The bar over a PdfView: title, caption, page, zoom, print (Ctrl+P)."""

    def __init__(self, icons: Icons, view: PdfView, title: str = "") -> None:
        super().__init__()
        bar = page_bar(icons)
        self.title, self.caption = label(title, "strong"), ElidedLabel("", "caption", whole=True)
        self._page = label("", "label", name="pdf_page")
        self._zoom = label("适合宽度", "label", name="pdf_zoom")
        self._before = icon_button(
            icons, "left", "上一页", "icon", "pdf_before", lambda: view.go_to(view.page - 1)
        )
        self._after = icon_button(
            icons, "right", "下一页", "icon", "pdf_after", lambda: view.go_to(view.page + 1)
        )
        smaller = icon_button(icons, "minus", "缩小", "icon", "pdf_smaller", lambda: view.zoom_by(-1))
        larger = icon_button(icons, "plus", "放大", "icon", "pdf_larger", lambda: view.zoom_by(1))
        self._print = icon_button(icons, "printer", "打印", "tool", "pdf_print", view.print_with_dialog)
        self._print.setToolTip("打印（Ctrl+P）")
        self._short = False
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self._print.click)
        self._first, self._second = rule(vertical=True), rule(vertical=True)
        bar.setLayout(
            row(
                *(self.title, self.caption, None, self._before, self._page, self._after, self._first),
                *(smaller, self._zoom, larger, self._second, self._print),
                margins=(12, 8, 12, 8),
            )
        )
        self.setLayout(row(bar))
        self._view, self._bar = view, bar
        view.pageChanged.connect(self._paged)
        view.zoomChanged.connect(self._zoom.setText)
        self._paged(view.page, view.pages)

    def add_act(self, act: QWidget) -> None:
        """What can be done with the document that is shown, behind the caption."""
        self._bar.layout().insertWidget(2, act)

    def _paged(self, page: int, pages: int) -> None:
        self._told = (page, pages)
        whole = f"第{page}页，共{pages}页"
        self._page.setText((f"{page}/{pages}" if self._short else whole) if pages else "没有页面")
        self._page.setToolTip(whole if pages and self._short else "")
        self._before.setEnabled(page > 1)
        self._after.setEnabled(page < pages)
        self._print.setEnabled(pages > 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where the room ends: 3/12 for the page, printing without its word, and the lines between go."""
        for short in (False, True):
            self._short = short
            self._print.setText("" if short else "打印")
            self._zoom.setHidden(short)
            for line in (self._first, self._second):
                line.setHidden(short)
            self._paged(*self._told)
            self._bar.layout().activate()
            if self._bar.layout().minimumSize().width() <= self.width():
                return
