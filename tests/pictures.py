"""Files as people attach them, made for tests: pictures, archives, documents."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODeviceBase
from PySide6.QtGui import QColor, QImage


def picture(form: str = "png", width: int = 60, height: int = 40, colour: str = "#1C5BA8") -> bytes:
    """A plain picture whose upper left quarter is white."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    for x in range(width // 2):
        for y in range(height // 2):
            image.setPixelColor(x, y, QColor("white"))
    buffer = QBuffer()
    buffer.open(QIODeviceBase.OpenModeFlag.WriteOnly)
    assert image.save(buffer, form)
    return bytes(buffer.data().data())


def turned_jpeg(width: int = 60, height: int = 40, orientation: int = 6) -> bytes:
    """A JPEG whose EXIF says how the camera was held; 6: a quarter to the right."""
    plain = picture("jpeg", width, height)
    entry = struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0)
    exif = b"Exif\0\0II*\0" + struct.pack("<I", 8) + struct.pack("<H", 1) + entry + struct.pack("<I", 0)
    return plain[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + plain[2:]


def huge_png(width: int, height: int) -> bytes:
    """A small file that says it is as large as this."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checked = kind + content
        return struct.pack(">I", len(content)) + checked + struct.pack(">I", zlib.crc32(checked))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100_000))
        + chunk(b"IEND", b"")
    )


def pages_tiff(*shades: int) -> bytes:
    """A TIFF of 4 × 4 pixels in grey, a page for each shade."""
    out = bytearray(b"II*\0" + struct.pack("<I", 0))
    link = 4
    for shade in shades:
        strip = len(out)
        out += bytes([shade]) * 16
        struct.pack_into("<I", out, link, len(out))
        tags = [
            (256, 3, 4),
            (257, 3, 4),
            (258, 3, 8),
            (259, 3, 1),
            (262, 3, 1),
            (273, 4, strip),
            (277, 3, 1),
            (278, 3, 4),
            (279, 4, 16),
        ]
        out += struct.pack("<H", len(tags))
        for tag, kind, value in tags:
            out += struct.pack("<HHII", tag, kind, 1, value)
        link = len(out)
        out += struct.pack("<I", 0)
    return bytes(out)


def zip_of(*files: tuple[str, bytes], gbk: bool = False) -> bytes:
    """An archive; `gbk` writes its names as Chinese Windows does, without saying so."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    data = held.getvalue()
    if not gbk:
        return data
    # zipfile writes UTF-8 alone; names of the same length are put in, and the mark of UTF-8 is taken out.
    for name, _ in files:
        raw = name.encode()
        data = data.replace(raw, name.encode("gb18030").ljust(len(raw), b"_"))
    out = bytearray(data)
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = out.find(mark)
        while at >= 0:
            out[at + flags + 1] &= ~0x08
            at = out.find(mark, at + 4)
    return bytes(out)


def kept_as(folder: Path, name: str, data: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(data)
    return path
