"""Pictures from outside as images: bounded before they are decoded, turned as the camera was held, page by page."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODeviceBase, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from desktop.domain.errors import UnreadableError
from desktop.intake.forms.pdf_picture import PagePicture

# Pixels of the longer side that are kept: a telephone's whole picture, at a quarter of its largest ones.
LONGEST = 4000
_MOST_BYTES = 240_000_000
# A JPEG in steps has about ten; each of a thousand costs a whole decoding.
_MOST_SCANS = 120
_FORMATS = {
    b"\xff\xd8\xff": "jpeg",
    b"\x89PNG\r\n": "png",
    b"BM": "bmp",
    b"II*\x00": "tiff",
    b"MM\x00*": "tiff",
}


@dataclass(frozen=True)
class Page:
    """One page of a file that is shown as pictures. `size`: of the original, in pixels; null for a PDF's."""

    image: QImage
    number: int
    pages: int
    size: QSize


def picture_page(data: bytes, number: int, file: str) -> Page:
    """Page `number` (from 0) of a picture, told by its bytes and not by its name. Slow: within a job.

    Raises UnreadableError: `picture_damaged`, `picture_too_much` (file).
    """
    form = next((form for mark, form in _FORMATS.items() if data.startswith(mark)), "")
    if not form:
        raise UnreadableError("picture_damaged", file=file)
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODeviceBase.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(form.encode()))
    try:
        return _read(reader, form, number, data, file)
    finally:
        # It looks at the buffer once more when it goes, which may have gone before.
        reader.setDevice(None)


def _read(reader: QImageReader, form: str, number: int, data: bytes, file: str) -> Page:
    # Only by the reader that was chosen: others (SVG …) do more than decode.
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    pages = max(reader.imageCount(), 1) if form == "tiff" else 1
    number = min(max(number, 0), pages - 1)
    size = reader.size() if not number or reader.jumpToImage(number) else QSize()
    if size.isEmpty():
        raise UnreadableError("picture_damaged", file=file)
    _refuse_bombs(reader, form, size, data, file)
    if max(size.width(), size.height()) > LONGEST:
        reader.setScaledSize(size.scaled(LONGEST, LONGEST, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise UnreadableError("picture_damaged", file=file)
    return Page(image, number, pages, size)


def _refuse_bombs(reader: QImageReader, form: str, size: QSize, data: bytes, file: str) -> None:
    """What would take more memory or time than a picture of an office does."""
    depth = QImage.toPixelFormat(reader.imageFormat()).bitsPerPixel() or 32
    whole = size.width() * size.height() * depth // 8
    # A JPEG is made smaller while it is decoded and never stands in memory whole.
    most = _MOST_BYTES * 4 if form == "jpeg" else _MOST_BYTES
    if whole > most or (form == "jpeg" and data.count(b"\xff\xda") > _MOST_SCANS):
        raise UnreadableError("picture_too_much", file=file)


def page_image(drawn: PagePicture, number: int) -> Page:
    """A drawn page of a PDF as an image of its own."""
    image = QImage(drawn.pixels, drawn.width, drawn.height, drawn.width * 4, QImage.Format.Format_RGB32)
    return Page(image.copy(), min(number, drawn.pages - 1), drawn.pages, QSize())


def png_of(image: QImage) -> bytes:
    """An image as a PNG."""
    buffer = QBuffer()
    buffer.open(QIODeviceBase.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())
