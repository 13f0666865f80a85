"""app.ico, package.ico and the picture beside setup's first page, out of the program's own drawings."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
_PAPER, _EDGE = QColor("#FFFFFF"), QColor("#8A94A3")
_BLUE, _PALE = QColor("#1C5BA8"), QColor("#4A7FC1")
_BANNER = (328, 628)


def app_icon(drawing: Path) -> bytes:
    """The program's mark."""
    mark = QSvgRenderer(str(drawing))
    return icon_file([_square(size, lambda p, s: mark.render(p, QRectF(0, 0, s, s))) for size in SIZES])


def package_icon(drawing: Path) -> bytes:
    """A sheet of paper with the program's mark: a .jbx file."""
    mark = QSvgRenderer(str(drawing))

    def paint(painter: QPainter, size: int) -> None:
        left, top, right, bottom, fold = size * 0.14, size * 0.03, size * 0.86, size * 0.97, size * 0.22
        sheet = QPainterPath()
        sheet.moveTo(left, top)
        for x, y in ((right - fold, top), (right, top + fold), (right, bottom), (left, bottom)):
            sheet.lineTo(x, y)
        sheet.closeSubpath()
        painter.setPen(QPen(_EDGE, max(1.0, size / 56)))
        painter.setBrush(_PAPER)
        painter.drawPath(sheet)
        inner = QPainterPath()
        inner.moveTo(right - fold, top)
        inner.lineTo(right - fold, top + fold)
        inner.lineTo(right, top + fold)
        painter.drawPath(inner)
        side = size * 0.46
        mark.render(painter, QRectF((size - side) / 2, size * 0.40, side, side))

    return icon_file([_square(size, paint) for size in SIZES])


def banner(drawing: Path) -> bytes:
    """The picture at the left of setup's first and last page: a BMP of twice the size at 100 %."""
    mark = QSvgRenderer(str(drawing))
    image = QImage(_BANNER[0], _BANNER[1], QImage.Format.Format_RGB888)
    image.fill(_BLUE)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    side = _BANNER[0] * 0.42
    left = (_BANNER[0] - side) / 2
    mark.render(painter, QRectF(left, _BANNER[1] * 0.12, side, side))
    painter.setPen(QPen(_PALE, 2))
    for number in range(1, 5):
        radius = _BANNER[0] * (0.25 + 0.22 * number)
        painter.drawEllipse(QPointF(_BANNER[0] / 2, _BANNER[1] * 1.02), radius, radius)
    painter.end()
    return _saved(image, "BMP")


def _square(size: int, paint: Callable[[QPainter, int], None]) -> bytes:
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter, size)
    painter.end()
    return _saved(image, "PNG")


def _saved(image: QImage, form: str) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, form)
    return bytes(buffer.data())


def icon_file(pictures: list[bytes]) -> bytes:
    """An .ico of PNG pictures, one directory entry each (Windows Vista and later read PNG)."""
    head, body = struct.pack("<HHH", 0, 1, len(pictures)), b""
    offset = len(head) + 16 * len(pictures)
    for picture in pictures:
        side = struct.unpack(">I", picture[16:20])[0]
        head += struct.pack(
            "<BBBBHHII", side % 256, side % 256, 0, 0, 1, 32, len(picture), offset + len(body)
        )
        body += picture
    return head + body
