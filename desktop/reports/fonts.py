"""Faces for paper: which are there, which character comes from which, and how wide it is."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from itertools import product
from pathlib import Path

from desktop.domain.errors import UnreadableError
from desktop.domain.paper_faces import FaceLack, FaceRole
from desktop.reports.font_facts import EmbeddingForbidden
from desktop.reports.font_tables import DAMAGE, LazyFace
from desktop.reports.line_breaking import CLOSERS, OPENERS, squeezed

REPLACEMENT = "〓"
"""Stands visibly where no face has the character (the geta mark of proofs)."""

_HALF = 500.0
_SERIF, _SERIF_BOLD = "NotoSerifSC-Regular.ttf", "NotoSerifSC-Bold.ttf"
_SANS, _SANS_MEDIUM = "NotoSansSC-Regular.ttf", "NotoSansSC-Medium.ttf"
# Cut down to what the Chinese faces lack: subscripts (SO₂, O₃), letters with accents, arrows, ticks and boxes.
_SIGNS, _SIGNS_BOLD = "NotoSerif-Regular.ttf", "NotoSans-Bold.ttf"
_MATHS, _SYMBOLS, _MORE_SYMBOLS = (
    "NotoSansMath-Regular.ttf",
    "NotoSansSymbols2-Regular.ttf",
    "NotoSansSymbols-Regular.ttf",
)
_SHIPPED = {
    _SERIF: "思源宋体",
    _SERIF_BOLD: "思源宋体粗体",
    _SANS: "思源黑体",
    _SANS_MEDIUM: "思源黑体中等",
    _SIGNS: "Noto Serif",
    _SIGNS_BOLD: "Noto Sans 粗体",
    _MATHS: "Noto Sans Math",
    _SYMBOLS: "Noto Sans Symbols 2",
    _MORE_SYMBOLS: "Noto Sans Symbols",
}
# What Windows or the office brings, by role, in the order they are looked for.
_TITLE_FILES = {
    "FZXBSJW.TTF": "方正小标宋",
    "FZXBSK.TTF": "方正小标宋",
    "FZXBSJW--GB1-0.TTF": "方正小标宋",
    "方正小标宋简体.ttf": "方正小标宋",
    "方正小标宋_GBK.ttf": "方正小标宋",
}
_BODY_FILES = {"simfang.ttf": "仿宋", "仿宋_GB2312.ttf": "仿宋_GB2312"}
_HEADING_FILES = {"simhei.ttf": "黑体"}
# Han beyond the BMP, in names of people and places: every Chinese Windows has it.
_RARE_FILES = {"simsunb.ttf": "宋体-ExtB"}
_RARE = "\U00020087"
_SUBHEADING_FILES = {"simkai.ttf": "楷体", "楷体_GB2312.ttf": "楷体_GB2312"}
_TABLE_FILES = {"simsun.ttc": "宋体", "simsun.ttf": "宋体"}


class DamagedFaceError(UnreadableError):
    """`font_unreadable`(file): `face` cannot be read, or not wholly."""

    def __init__(self, face: Face) -> None:
        super().__init__("font_unreadable", file=face.path.name)
        self.face = face


class Face:
    """One font file, `installed` on this PC or the program's own, parsed when first asked for.

    Raises DamagedFaceError(`font_unreadable`, file) then.
    """

    def __init__(self, path: Path, name: str, installed: bool = False) -> None:
        self.path = path
        self.name = name
        self.installed = installed

    @cached_property
    def parsed(self) -> LazyFace:
        try:
            return LazyFace(self.path)
        except DAMAGE as error:
            raise DamagedFaceError(self) from error

    @cached_property
    def glyphs(self) -> Mapping[int, int]:
        """Code point to glyph, without those that only point to the empty box."""
        return self.parsed.charToGlyph

    def advance(self, char: str) -> float:
        """In thousandths of an em."""
        return self.parsed.advance(ord(char))


class _Places(dict[str, Face]):
    """Character to the face that draws it; the first face where none has it."""

    def __init__(self, faces: tuple[Face, ...]) -> None:
        super().__init__()
        self.faces = faces

    def __missing__(self, char: str) -> Face:
        found = next((face for face in self.faces if ord(char) in face.glyphs), None)
        self[char] = found or self.faces[0]
        return self[char]


class _Advances(dict[str, float]):
    """Character to advance in thousandths of an em."""

    def __init__(self, places: _Places) -> None:
        super().__init__()
        self.places = places

    def __missing__(self, char: str) -> float:
        face = self.places[char]
        self[char] = face.advance(char if ord(char) in face.glyphs else REPLACEMENT)
        return self[char]


class _Squeezes(dict[str, float]):
    """What two marks give up when they meet, or one at a line's end, in thousandths of an em: only what is blank."""

    def __init__(self, places: _Places) -> None:
        super().__init__()
        self.places = places

    def __missing__(self, marks: str) -> float:
        before, after = marks[0], marks[-1]
        blank = before in CLOSERS and self._ink(before)[1] <= _HALF
        if len(marks) == 2 and not blank:
            blank = before in OPENERS and after in OPENERS and self._ink(after)[0] >= _HALF
        self[marks] = _HALF if blank else 0.0
        return self[marks]

    def _ink(self, char: str) -> tuple[float, float]:
        """From where to where a full-width mark is inked; all of it where it is no such mark in its face."""
        face = self.places[char]
        if ord(char) not in face.glyphs or face.advance(char) < 2 * _HALF:
            return 0.0, 1000.0
        return face.parsed.ink(ord(char))


class Typeface:
    """Faces for one role of text: a character is drawn by the first that has it. `lack`: why the first is not the one meant."""

    def __init__(self, role: FaceRole, faces: tuple[Face, ...], lack: FaceLack | None = None) -> None:
        self.role, self.faces, self.lack = role, faces, lack
        self.places = _Places(faces)
        self.advances = _Advances(self.places)
        self.squeezes = _Squeezes(self.places)

    def has(self, char: str) -> bool:
        return ord(char) in self.places[char].glyphs

    def width(self, text: str) -> float:
        """Thousandths of an em."""
        return sum(map(self.advances.__getitem__, text)) - squeezed(text, self.squeezes)

    def without(self, face: Face) -> Typeface:
        """The same with the faces that are left once one has turned out to be damaged."""
        left = tuple(each for each in self.faces if each is not face)
        return self if len(left) == len(self.faces) else Typeface(self.role, left, FaceLack.DAMAGED)


@dataclass(frozen=True)
class Faces:
    """The typefaces of a report: 小标宋, 黑体, 楷体, 仿宋, the table's 宋体, its heads, and small notes."""

    title: Typeface
    heading: Typeface
    subheading: Typeface
    body: Typeface
    table: Typeface
    strong: Typeface
    note: Typeface

    def without(self, face: Face) -> Faces:
        """What is left once a face of this PC has turned out to be damaged."""
        return replace(self, **{each.name: getattr(self, each.name).without(face) for each in fields(self)})


def load_faces(fonts_folder: Path, installed: Path | None = None) -> Faces:
    """The shipped faces, and before them what is found in `installed` (Windows' font folders by default).

    Raises UnreadableError(`font_missing`, file) when a shipped file is not there.
    """
    shipped = {}
    for file, name in _SHIPPED.items():
        if not (fonts_folder / file).is_file():
            raise UnreadableError("font_missing", file=file)
        shipped[file] = Face(fonts_folder / file, name)
    serif, bold = shipped[_SERIF], shipped[_SERIF_BOLD]
    sans, medium = shipped[_SANS], shipped[_SANS_MEDIUM]
    folders = (installed,) if installed is not None else _system_folders()

    def typeface(role: FaceRole, files: dict[str, str], *own: Face) -> Typeface:
        face, lack = usable_face(folders, files)
        return Typeface(role, own if face is None else (face, *own), lack)

    rare, _ = usable_face(folders, _RARE_FILES, _RARE)
    symbols = (shipped[_MATHS], shipped[_SYMBOLS], shipped[_MORE_SYMBOLS], *([rare] if rare else []))
    light, dark = (shipped[_SIGNS], *symbols), (shipped[_SIGNS_BOLD], *symbols)
    body = typeface(FaceRole.BODY, _BODY_FILES, serif, sans, *light)
    return Faces(
        title=typeface(FaceRole.TITLE, _TITLE_FILES, bold, serif, medium, *dark),
        heading=typeface(FaceRole.HEADING, _HEADING_FILES, medium, serif, *dark),
        subheading=typeface(FaceRole.SUBHEADING, _SUBHEADING_FILES, *body.faces),
        body=body,
        table=typeface(FaceRole.TABLE, _TABLE_FILES, serif, sans, *light),
        strong=Typeface(FaceRole.STRONG, (medium, serif, *dark)),
        note=Typeface(FaceRole.NOTE, (sans, serif, *light)),
    )


def usable_face(
    folders: Iterable[Path], files: dict[str, str], sign: str = REPLACEMENT
) -> tuple[Face | None, FaceLack | None]:
    """The first of the files that is there, can be parsed, has the sign and may be embedded; or why there is none."""
    lack = FaceLack.ABSENT
    for folder, (file, name) in product(folders, files.items()):
        if not (folder / file).is_file():
            continue
        face = Face(folder / file, name, installed=True)
        try:
            if ord(sign) in face.glyphs:
                return face, None
            lack = FaceLack.DAMAGED
        except DamagedFaceError as error:
            forbidden = isinstance(error.__cause__, EmbeddingForbidden)
            lack = FaceLack.FORBIDDEN if forbidden else FaceLack.DAMAGED
    return None, lack


def _system_folders() -> tuple[Path, ...]:
    """Windows' fonts for all, then those that somebody installed for themselves."""
    places = (("WINDIR", "Fonts"), ("LOCALAPPDATA", "Microsoft/Windows/Fonts"))
    return tuple(Path(root) / below for name, below in places if (root := os.environ.get(name)))


def printable(text: str) -> str:
    """Text as it can be set: line ends as newline, tabs as spaces, marks without any appearance left out."""
    if text.isascii() and text.isprintable():
        return text
    return text.replace("\r\n", "\n").translate(_SHOWN)


class _Shown(dict[int, int | None]):
    """How each sign is shown: None where it has no appearance."""

    def __missing__(self, code: int) -> int | None:
        char = chr(code)
        selector = "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"
        hidden = selector or unicodedata.category(char) in ("Cc", "Cf", "Cs")
        self[code] = None if hidden else code
        return self[code]


_SHOWN = _Shown({10: 10, 13: 10, 0x2028: 10, 0x2029: 10, 9: 32, 0xA0: 32})


def missing_glyphs(faces: Faces, texts: Iterable[str]) -> tuple[str, ...]:
    """Characters that no face has, in order of appearance, without repeats."""
    seen = dict.fromkeys(char for text in texts for char in printable(text) if char not in "\n \u3000")
    return tuple(char for char in seen if not faces.table.has(char) and not faces.body.has(char))
