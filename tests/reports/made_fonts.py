"""Fonts like those of a Windows PC, made from a shipped one: names in Chinese, a map of format 4, permissions, collections."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from functools import lru_cache

from desktop.reports.font_tables import LazyFace
from tests.reports.conftest import FONTS

EDITABLE, RESTRICTED, NO_SUBSET = 0x0008, 0x0002, 0x0100
_CHINESE = 0x0804


@lru_cache(maxsize=4)
def shipped(file: str = "NotoSansSC-Regular.ttf") -> LazyFace:
    return LazyFace(FONTS / file)


def tables_of(text: str, *, names: dict[int, str] | None = None, allowed: int = EDITABLE) -> dict[str, bytes]:
    """The tables of a font with the signs of `text` and the geta mark, mapped by format 4 alone."""
    chars = [ord(char) for char in dict.fromkeys("〓" + text) if ord(char) in shipped().charToGlyph]
    subset = shipped().makeSubset(chars)
    found = {}
    for at in range(struct.unpack(">H", subset[4:6])[0]):
        tag, _, offset, length = struct.unpack(">4s3L", subset[12 + 16 * at : 28 + 16 * at])
        found[tag.decode("ascii")] = subset[offset : offset + length]
    glyphs: dict[int, int] = {}
    order: dict[int, int] = {}
    for code in chars:
        glyph = shipped().charToGlyph[code]
        glyphs[code] = order.setdefault(glyph, len(order) + 1)
    found["cmap"] = struct.pack(">4HL", 0, 1, 3, 1, 12) + format_4(glyphs)
    found["name"] = named(names or {1: "仿宋", 4: "仿宋", 6: "FangSong"})
    found["OS/2"] = found["OS/2"][:8] + struct.pack(">H", allowed) + found["OS/2"][10:]
    return found


def format_4(glyphs: dict[int, int]) -> bytes:
    """Runs of codes and glyphs by a difference, the others by the list of glyphs, as real fonts have both."""
    runs: list[list[int]] = []
    for code in sorted(glyphs):
        if runs and runs[-1][-1] == code - 1:
            runs[-1].append(code)
        else:
            runs.append([code])
    count, listed = len(runs) + 1, []
    ends, starts, deltas, offsets = [], [], [], []
    for number, run in enumerate(runs):
        ends.append(run[-1])
        starts.append(run[0])
        following = [glyphs[code] for code in run]
        if following == list(range(following[0], following[0] + len(run))):
            deltas.append((following[0] - run[0]) & 0xFFFF)
            offsets.append(0)
        else:
            deltas.append(0)
            offsets.append(2 * (count - number + len(listed)))
            listed += following
    words = [*ends, 0xFFFF, 0, *starts, 0xFFFF, *deltas, 1, *offsets, 0, *listed]
    return struct.pack(f">7H{len(words)}H", 4, 14 + 2 * len(words), 0, 2 * count, 0, 0, 0, *words)


def named(names: dict[int, str]) -> bytes:
    """A name table in Chinese alone."""
    records, strings = b"", b""
    for kind, name in sorted(names.items()):
        said = name.encode("utf-16-be")
        records += struct.pack(">6H", 3, 1, _CHINESE, kind, len(said), len(strings))
        strings += said
    return struct.pack(">3H", 0, len(names), 6 + len(records)) + records + strings


def font_file(tables: dict[str, bytes], begin: int = 0) -> bytes:
    """Directory and tables as a file that would lie at `begin` in another."""
    directory, content = struct.pack(">L4H", 0x00010000, len(tables), 0, 0, 0), b""
    start = begin + 12 + 16 * len(tables)
    for tag, data in sorted(tables.items()):
        directory += struct.pack(">4s3L", tag.encode("ascii"), 0, start + len(content), len(data))
        content += data + bytes(-len(data) % 4)
    return directory + content


def made(text: str, names: dict[int, str] | None = None, allowed: int = EDITABLE) -> bytes:
    """A whole font with the signs of `text`."""
    return font_file(tables_of(text, names=names, allowed=allowed))


def collection(fonts: Iterable[dict[str, bytes]]) -> bytes:
    """A TrueType collection of fonts, each with its own tables."""
    parts = list(fonts)
    head = 12 + 4 * len(parts)
    offsets, content = [], b""
    for tables in parts:
        offsets.append(head + len(content))
        content += font_file(tables, offsets[-1])
    return b"ttcf" + struct.pack(f">2L{len(parts)}L", 0x00010000, len(parts), *offsets) + content
