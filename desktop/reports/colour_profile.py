"""The ICC profile of sRGB that a file's output intent names, made from the standard's own figures.

IEC 61966-2-1 gives primaries, white and tone curve; ICC.1:2001-04 (version 2.4) the form of a display profile with
a matrix and three curves. The white D65 is adapted to the profile connection space's D50 by the Bradford transform.
"""

from __future__ import annotations

import struct
from functools import lru_cache

NAME = "sRGB IEC61966-2.1"
PRIMARIES = ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06))
WHITE = (0.3127, 0.3290)
D50 = (0.9642, 1.0, 0.8249)
"""The illuminant of the profile connection space (ICC.1, 7.2.16)."""
_BRADFORD = ((0.8951, 0.2664, -0.1614), (-0.7502, 1.7135, 0.0367), (0.0389, -0.0685, 1.0296))
_POINTS = 1024
_COPYRIGHT = "No copyright, use freely"
_DATE = (1999, 10, 18, 0, 0, 0)

Vector = tuple[float, ...]
Matrix = tuple[Vector, ...]


def linear(value: float) -> float:
    """The light of a component from 0 to 1 (IEC 61966-2-1, 5.2)."""
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


@lru_cache(maxsize=1)
def srgb_profile() -> bytes:
    """The whole profile, the same bytes each time."""
    adapting = _adapting()
    red, green, blue = zip(*_times(adapting, _colorants()), strict=True)
    curve = b"curv" + struct.pack(f">2I{_POINTS}H", 0, _POINTS, *_curve())
    tags = {
        b"desc": _description(NAME),
        b"cprt": b"text" + bytes(4) + _COPYRIGHT.encode("ascii") + b"\0",
        b"wtpt": _xyz(D50),
        b"chad": b"sf32" + bytes(4) + b"".join(_fixed(number) for row in adapting for number in row),
        b"rXYZ": _xyz(red),
        b"gXYZ": _xyz(green),
        b"bXYZ": _xyz(blue),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    return _file(tags)


def _colorants() -> Matrix:
    """Columns: XYZ of full red, green and blue under D65, which together are its white."""
    columns = tuple((x / y, 1.0, (1 - x - y) / y) for x, y in PRIMARIES)
    rows = tuple(zip(*columns, strict=True))
    light = _times(_inverse(rows), _column(_white()))
    return tuple(tuple(row[at] * light[at][0] for at in range(3)) for row in rows)


def _white() -> Vector:
    x, y = WHITE
    return x / y, 1.0, (1 - x - y) / y


def _adapting() -> Matrix:
    """From colours seen under D65 to those under D50."""
    before, after = (_times(_BRADFORD, _column(white)) for white in (_white(), D50))
    scaled = tuple(
        tuple(number * new[0] / old[0] for number in row)
        for row, old, new in zip(_BRADFORD, before, after, strict=True)
    )
    return _times(_inverse(_BRADFORD), scaled)


def _curve() -> list[int]:
    return [round(linear(at / (_POINTS - 1)) * 65535) for at in range(_POINTS)]


def _file(tags: dict[bytes, bytes]) -> bytes:
    """Header, table of tags, and each different content once, at multiples of four."""
    start = 128 + 4 + 12 * len(tags)
    places: dict[bytes, int] = {}
    table, content = struct.pack(">I", len(tags)), b""
    for name, data in tags.items():
        if data not in places:
            places[data] = start + len(content)
            content += data + bytes(-len(data) % 4)
        table += name + struct.pack(">2I", places[data], len(data))
    size = start + len(content)
    header = struct.pack(">I4sI4s4s4s6H4s", size, b"", 0x02400000, b"mntr", b"RGB ", b"XYZ ", *_DATE, b"acsp")
    header += bytes(28) + b"".join(_fixed(number) for number in D50)
    return header.ljust(128, b"\0") + table + content


def _description(text: str) -> bytes:
    """textDescriptionType: ASCII alone, its parts in Unicode and ScriptCode empty."""
    plain = text.encode("ascii") + b"\0"
    return b"desc" + bytes(4) + struct.pack(">I", len(plain)) + plain + bytes(4 + 4 + 2 + 1 + 67)


def _xyz(vector: Vector) -> bytes:
    return b"XYZ " + bytes(4) + b"".join(_fixed(number) for number in vector)


def _fixed(number: float) -> bytes:
    """s15Fixed16Number."""
    return struct.pack(">i", round(number * 65536))


def _column(vector: Vector) -> Matrix:
    return tuple((number,) for number in vector)


def _times(one: Matrix, other: Matrix) -> Matrix:
    columns = tuple(zip(*other, strict=True))
    return tuple(
        tuple(sum(a * b for a, b in zip(row, column, strict=True)) for column in columns) for row in one
    )


def _inverse(m: Matrix) -> Matrix:
    """Of three by three, by its cofactors."""
    turned = [
        [
            m[(j + 1) % 3][(i + 1) % 3] * m[(j + 2) % 3][(i + 2) % 3]
            - m[(j + 1) % 3][(i + 2) % 3] * m[(j + 2) % 3][(i + 1) % 3]
            for j in range(3)
        ]
        for i in range(3)
    ]
    whole = sum(m[0][at] * turned[at][0] for at in range(3))
    return tuple(tuple(number / whole for number in row) for row in turned)
