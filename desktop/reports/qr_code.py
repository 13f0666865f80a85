"""A QR code (ISO/IEC 18004) as filled squares."""

from __future__ import annotations

import segno

QUIET = 4
"""Modules of white that must surround the symbol."""


def squares(text: str, x: float, y: float, side: float) -> list[tuple[float, float, float, float]]:
    """Dark runs of the symbol as rectangles (x, y, width, height) in points, quiet zone inside `side`."""
    symbol = segno.make_qr(text, error="m")
    matrix = [bytes(row) for row in symbol.matrix]
    module = side / (len(matrix) + 2 * QUIET)
    found = []
    for row_number, row in enumerate(matrix):
        top = y + side - (row_number + QUIET + 1) * module
        start = None
        for column, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                left = x + (start + QUIET) * module
                found.append((left, top, (column - start) * module, module))
                start = None
    return found
