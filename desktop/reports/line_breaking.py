"""Breaking Chinese text into lines: 避头尾 after GB/T 15834-2011 and CLREQ, words and figures kept whole.

Two full-width marks that meet share an em and a half, and at a line's end a mark gives up its blank half where it would
else be driven to the next line with what it closes (CLREQ, 标点挤压). Widths are in thousandths of an em, so that one
result serves every size. The work grows with the text's length.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

NO_START = frozenset("，。、；：？！…—–～·•）》〉」』】〕］｝〗〙”’％‰℃°′″．,.;:?!)]}>%、﹏ー々〻/／")
"""Marks that no line may start with."""
NO_END = frozenset("（《〈「『【〔［｛〖〘“‘([{<￥＄$£€#＃№@/／")
"""Marks that no line may end with."""

CLOSERS, OPENERS = "，。、；：）》〉」』】〕］｝〗〙”’", "（《〈「『【〔［｛〖〘“‘"
"""Full-width marks with a blank half behind them, and before them, where the face draws them so."""
PAIR = re.compile(f"(?=([{CLOSERS}][{CLOSERS}{OPENERS}]|[{OPENERS}]{{2}}))")
"""Marks that give up half an em when they meet."""
TIGHT = re.compile(r"[^ \u2e80-\uffff\U00020000-\U0003ffff“”‘’]{2,}")
"""Signs that justified setting does not part: Latin words, figures, dashes."""

_RUN = r"[!-~¡-ɏͰ-Ͽ‐‑′″⁰-₟℀-⅏←-⋿㎍-㏕＜＞]"
_UNIT = (
    "(?:[十百千万亿]*[余多]?(?:个百分点|百分点|个月|个|蒸吨|吨标准煤|吨标煤|吨公里|微克|毫克|千克|公斤|吨|立方米|平方公里|"
    "平方米|公里|千米|厘米|毫米|微米|米|公顷|亩|千瓦时|千瓦|兆瓦|小时|分钟|分贝|秒|天|年|月|日|季度|元|台套|台|辆|艘|"
    "批次|人次|次|户|家|项|处|条|座|套|件|起|份|人|名|升|克|度|场|所|间|栋|幢|层|期|批|轮|级|类|种|笔|宗|例|片|块|部|辆次|家次|车次|周|旬|小时|千卡|兆帕|倍|％|‰|℃)|[万亿]+)"
)
_TOKEN = re.compile(
    r"(?P<loose>[\u3400-\u4dbf\u4e00-\u7b2b\u7b2d-\u9fff]+)"  # all plain characters but 第
    rf"|(?P<word>第?{_RUN}+(?:[—–～－]{_RUN}+)*(?:(?<=[0-9])(?:{_UNIT})(?:[/／]{_UNIT})*)?)"
    r"|(?P<space>[ \u3000]+)|(?P<dash>—+|…+)|(?P<char>.)"
)
_PIECE = re.compile(rf"{_RUN}*?[/?&=_\-.:,](?={_RUN})|{_RUN}+|[—–～－]|{_UNIT}|.")

Atom = tuple[str, bool]
"""A part of a paragraph that stays whole, or (True) plain characters between which a line may end anywhere."""


class NoSqueeze(dict[str, float]):
    """Every mark keeps its em."""

    def __missing__(self, key: str) -> float:
        return 0.0


_NONE = NoSqueeze()
_LEAST = 100.0
"""No plain character is narrower: so many at most are looked at for one line."""


@dataclass(frozen=True)
class Line:
    """One line as it is set; `width` natural, in thousandths of an em; `last` of its paragraph."""

    text: str
    width: float
    last: bool

    @property
    def gaps(self) -> int:
        """Places where justified setting may add space: never inside a Latin word."""
        return len(self.text) - 1 - sum(len(word) - 1 for word in TIGHT.findall(self.text))


def break_lines(
    text: str,
    limit: float,
    advances: Mapping[str, float],
    indent: float = 0,
    squeezes: Mapping[str, float] = _NONE,
) -> tuple[Line, ...]:
    """Lines no wider than `limit`; a newline ends a paragraph. `indent` narrows each paragraph's first line.

    `squeezes`: what two marks give up when they meet, and one alone at a line's end. What is wider than a line is split:
    first between figure and unit or after a slash, then anywhere.
    """
    found: list[Line] = []
    for paragraph in text.split("\n"):
        found += _Setter(limit, advances, indent, squeezes).set(paragraph.strip(" \u3000"))
    return tuple(found)


def squeezed(text: str, squeezes: Mapping[str, float]) -> float:
    """What the marks that meet in a text give up."""
    return sum([squeezes[pair] for pair in PAIR.findall(text)]) if len(text) > 1 else 0.0


def atoms_of(text: str) -> list[Atom]:
    """The parts of a paragraph between which a line may end; spaces stand alone."""
    return _glued([(match.lastgroup or "", match.group()) for match in _TOKEN.finditer(text)])


def _glued(tokens: list[tuple[str, str]]) -> list[Atom]:
    """Joins marks to what they must not be parted from."""
    atoms: list[Atom] = []
    held = quoted = False
    for kind, token in tokens:
        if kind == "loose":
            if held:
                _join(atoms, token[0])
                token = token[1:]
            if token:
                atoms.append((token, True))
            held = False
            continue
        if kind == "space":
            atoms.append((token, False))
            held = False
            continue
        closing = token[0] in NO_START
        opening = token[-1] in NO_END
        if token == '"':
            closing, opening, quoted = quoted, not quoted, not quoted
        if atoms and (held or closing) and not atoms[-1][0].isspace():
            _join(atoms, token)
        elif closing and len(atoms) > 1:
            space = atoms.pop()[0]
            _join(atoms, space + token)
        else:
            atoms.append((token, False))
        held = opening
    return atoms


def _join(atoms: list[Atom], token: str) -> None:
    """Makes a token one with what stands before it: of plain characters the last."""
    before, loose = atoms.pop()
    if loose and len(before) > 1:
        atoms.append((before[:-1], True))
        before = before[-1]
    atoms.append((before + token, False))


def _finer(atom: str, level: int) -> list[Atom]:
    """Parts of an atom that is wider than a line: words and units, then characters, then no rule at all."""
    if level == 1:
        return _glued([("char", piece) for piece in _PIECE.findall(atom)])
    if level == 2:
        return _glued([("char", char) for char in atom])
    return [(char, False) for char in atom]


class _Setter:
    """Greedy setting of one paragraph."""

    def __init__(
        self, limit: float, advances: Mapping[str, float], indent: float, squeezes: Mapping[str, float]
    ) -> None:
        self.limit = limit
        self.advances = advances
        self.squeezes = squeezes
        self.room = limit - indent
        self.parts: list[str] = []
        self.used = 0.0
        self.lines: list[Line] = []

    def set(self, paragraph: str) -> list[Line]:
        for atom, loose in atoms_of(paragraph):
            if loose:
                self._fill(atom)
            else:
                self._place(atom, 0)
        self._emit(last=True)
        return self.lines

    def _width(self, text: str) -> float:
        advances = self.advances
        if len(text) == 1:
            return advances[text]
        return sum([advances[char] for char in text]) - squeezed(text, self.squeezes)

    def _fill(self, run: str) -> None:
        """Plain characters, as many to each line as it takes."""
        widths = [self.advances[char] for char in run]
        whole = sum(widths)
        start, end = 0, len(run)
        while self.used + whole > self.room:
            reach = self.room - self.used
            fits = start
            for at, width in enumerate(accumulate(widths[start : start + int(reach // _LEAST) + 1]), start + 1):
                if width > reach:
                    break
                fits = at
            if fits == start and not self.parts:
                # A line that cannot hold a single character holds one all the same.
                fits = start + 1
            taken = sum(widths[start:fits])
            if fits > start:
                self.parts.append(run[start:fits])
                self.used += taken
                whole -= taken
                start = fits
            if start == end:
                return
            self._emit(last=False)
        self.parts.append(run[start:])
        self.used += whole

    def _place(self, atom: str, level: int) -> None:
        width = self._width(atom)
        if self.parts:
            width -= self._shared(self.parts[-1][-1] + atom[0])
        end = self.used + width
        if end <= self.room:
            if self.parts or not atom.isspace() or level:
                self.parts.append(atom)
                self.used = end
        elif atom.isspace():
            self.parts.append(atom)
            self.used = end
        elif end - self.squeezes[atom[-1]] <= self.room:
            self.parts.append(atom)
            # Nothing follows the half mark on this line.
            self.used = self.room = end - self.squeezes[atom[-1]]
        elif width > (self.limit if self.parts else self.room) and level < 3:
            for piece, _ in _finer(atom, level + 1):
                self._place(piece, level + 1)
        else:
            if self.parts:
                self._emit(last=False)
                width = self._width(atom)
            self.parts, self.used = [atom], width

    def _shared(self, pair: str) -> float:
        """What the last sign of the line and the next one give up between them."""
        return self.squeezes[pair] if PAIR.match(pair) else 0.0

    def _emit(self, last: bool) -> None:
        while self.parts and self.parts[-1].isspace():
            self.used -= self._width(self.parts.pop())
        self.lines.append(Line("".join(self.parts), self.used, last))
        self.parts, self.used, self.room = [], 0.0, self.limit
