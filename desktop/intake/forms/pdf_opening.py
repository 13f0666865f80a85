"""A PDF opened so that none of its streams unfolds beyond bounds: half a megabyte can hold half a gigabyte.

Streams are bounded where they are decoded and not beforehand: filters may be chained, named by reference, or stand
behind an encryption with an empty pass phrase, and pictures, which are never decoded, may be as large as they like.
"""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from typing import Any

from pdfminer.lzw import LZWDecoder
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import (
    LITERALS_ASCII85_DECODE,
    LITERALS_FLATE_DECODE,
    LITERALS_LZW_DECODE,
    LITERALS_RUNLENGTH_DECODE,
    PDFStream,
    int_value,
)
from pdfplumber.page import Page

from desktop.intake.stream.blocks import TooMuchError

MAX_PAGES = 400
# One stream: a whole Chinese face may be embedded. All that are decoded stay in memory.
MAX_STREAM = 24 * 1024 * 1024
MAX_STREAMS = 64 * 1024 * 1024
# What is unpacked sign by sign in Python.
_MAX_SLOW = 2 * 1024 * 1024
_MAX_COLUMNS = 1 << 16


def opened_pages(data: bytes) -> list[Page]:
    """The pages of a PDF, none of them interpreted yet.

    Raises what pdfminer raises; TooMuchError.
    """
    document = PDFDocument(_Parser(io.BytesIO(data)))
    opened = _Opened(PDFResourceManager())
    pages: list[Page] = []
    top = 0.0
    # The tree is walked page by page: a small file can count a hundred thousand.
    for number, found in enumerate(PDFPage.create_pages(document), 1):
        if number > MAX_PAGES:
            raise TooMuchError
        pages.append(Page(opened, found, page_number=number, initial_doctop=top))
        top += pages[-1].height
    return pages


@dataclass(frozen=True)
class _Opened:
    """What pdfplumber's pages ask of their document."""

    rsrcmgr: PDFResourceManager
    laparams: None = None
    unicode_norm: None = None
    raise_unicode_errors: bool = False


class _Parser(PDFParser):
    """Hands out bounded streams and counts what they unfold to."""

    def __init__(self, stream: io.BytesIO) -> None:
        super().__init__(stream)
        self.unfolded = 0

    def push(self, *objects: tuple[int, Any]) -> None:
        super().push(*((at, self._bounded(item)) for at, item in objects))

    def _bounded(self, item: Any) -> Any:
        if type(item) is PDFStream:
            return _Stream(item.attrs, item.rawdata or b"", item.decipher, self)
        return item


class _Stream(PDFStream):
    def __init__(self, attrs: dict[str, Any], data: bytes, decipher: Any, parser: _Parser) -> None:
        super().__init__(attrs, data, decipher)
        self._parser = parser

    def decode(self) -> None:
        """As the library does it, after a trial that stops at the bounds."""
        data = self.rawdata or b""
        if self.decipher and self.objid is not None and self.genno is not None:
            data = self.decipher(self.objid, self.genno, data, self.attrs)
        for name, parameters in self.get_filters():
            if name in LITERALS_FLATE_DECODE:
                data = _inflated(data)
            elif name in LITERALS_LZW_DECODE:
                data = _lzw(data)
            elif name in LITERALS_RUNLENGTH_DECODE:
                _within(len(data) * 64, _MAX_SLOW * 8)
            elif name in LITERALS_ASCII85_DECODE:
                # White space in great amounts makes the library search for ever.
                _within(len(data), _MAX_SLOW)
            if isinstance(parameters, dict) and int_value(parameters.get("Predictor", 1)) > 1:
                _within(len(data), _MAX_SLOW)
                _within(int_value(parameters.get("Columns", 1)), _MAX_COLUMNS)
        super().decode()
        self._parser.unfolded += len(self.data or b"")
        _within(self._parser.unfolded, MAX_STREAMS)


def _within(size: int, limit: int) -> None:
    if size > limit:
        raise TooMuchError


def _inflated(data: bytes) -> bytes:
    """What a deflated stream unfolds to, as far as it is sound."""
    unpack = zlib.decompressobj()
    try:
        found = unpack.decompress(data, MAX_STREAM + 1)
    except zlib.error:
        # The library tries such a stream again byte by byte, adding each to what it has.
        _within(len(data), _MAX_SLOW // 8)
        return b""
    _within(len(found), MAX_STREAM)
    return found


def _lzw(data: bytes) -> bytes:
    found = bytearray()
    for piece in LZWDecoder(io.BytesIO(data)).run():
        found += piece
        _within(len(found), _MAX_SLOW * 4)
    return bytes(found)
