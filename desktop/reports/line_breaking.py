"""Breaking Chinese text into lines: 避头尾 after GB/T 15834-2011 and CLREQ, words and figures kept whole.

Widths are in thousandths of an em, so that one result serves every size. The work grows with the text's length.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

NO_START = frozenset("，。、；：？！…—–～·•）》〉」』】〕］｝〗〙”’％‰℃°′″．,.;:?!)]}>%、﹏ー々〻/／")
"""Marks that no line may start with."""
NO_END = frozenset("（《〈「『【〔［｛〖〘“‘([{<￥＄$£€#＃№@/／")
"""Marks that no line may end with."""

_RUN = r"[!-~¡-ɏͰ-Ͽ‐‑′″⁰-₟℀-⅏←-⋿㎍-㏕＜＞]"
_UNIT = (
    "(?:[十百千万亿]*[余多]?(?:个百分点|百分点|个月|个|蒸吨|吨标准煤|吨标煤|吨公里|微克|毫克|千克|公斤|吨|立方米|平方公里|"
    "平方米|公里|千米|厘米|毫米|微米|米|公顷|亩|千瓦时|千瓦|兆瓦|小时|分钟|分贝|秒|天|年|月|日|季度|元|台套|台|辆|艘|"
    "批次|人次|次|户|家|项|处|条|座|套|件|起|份|人|名|升|克|度|场|所|间|栋|幢|层|期|批|轮|级|类|种|笔|宗|例|片|块|部|辆次|家次|车次|周|旬|小时|千卡|兆帕|倍|％|‰|℃)|[万亿]+)"
)
_TOKEN = re.compile(
    rf"(?P<word>第?{_RUN}+(?:[—–～－]{_RUN}+)*(?:(?<=[0-9])(?:{_UNIT})(?:[/／]{_UNIT})*)?)"
    r"|(?P<space>[ \u3000]+)|(?P<dash>—+|…+)|(?P<char>.)"
)
_PIECE = re.compile(rf"{_RUN}*?[/?&=_\-.:,](?={_RUN})|{_RUN}+|[—–～－]|{_UNIT}|.")
_SPREADABLE = re.compile(r"[\u2e80-\uffff\U00020000-\U0003ffff“”‘’]")


@dataclass(frozen=True)
class Line:
    """One line as it is set; `width` natural, in thousandths of an em; `last` of its paragraph."""

    text: str
    width: float
    last: bool

    @property
    def gaps(self) -> tuple[int, ...]:
        """Places (before which character) where justified setting may add space: never inside a Latin word."""
        text = self.text
        return tuple(at for at in range(1, len(text)) if _may_spread(text[at - 1], text[at]))


def break_lines(
    text: str, limit: float, advances: Mapping[str, float], indent: float = 0
) -> tuple[Line, ...]:
    """Lines no wider than `limit`; a newline ends a paragraph. `indent` narrows each paragraph's first line.

    What is wider than a line is split: first between figure and unit or after a slash, then anywhere.
    """
    found: list[Line] = []
    for paragraph in text.split("\n"):
        found += _Setter(limit, advances, indent).set(paragraph.strip(" \u3000"))
    return tuple(found)


def atoms_of(text: str) -> list[str]:
    """The parts of a paragraph between which a line may end; spaces stand alone."""
    tokens = [(match.lastgroup or "", match.group()) for match in _TOKEN.finditer(text)]
    return _glued(tokens)


def _glued(tokens: list[tuple[str, str]]) -> list[str]:
    """Joins marks to what they must not be parted from."""
    atoms: list[str] = []
    held = quoted = False
    for kind, token in tokens:
        if kind == "space":
            atoms.append(token)
            held = False
            continue
        closing = token[0] in NO_START
        opening = token[-1] in NO_END
        if token == '"':
            closing, opening, quoted = quoted, not quoted, not quoted
        if atoms and (held or closing) and not atoms[-1].isspace():
            atoms[-1] += token
        elif closing and len(atoms) > 1:
            space = atoms.pop()
            atoms[-1] += space + token
        else:
            atoms.append(token)
        held = opening
    return atoms


def _finer(atom: str, level: int) -> list[str]:
    """Parts of an atom that is wider than a line: words and units, then characters, then no rule at all."""
    if level == 1:
        return _glued([("char", piece) for piece in _PIECE.findall(atom)])
    if level == 2:
        return _glued([("char", char) for char in atom])
    return list(atom)


class _Setter:
    """Greedy setting of one paragraph."""

    def __init__(self, limit: float, advances: Mapping[str, float], indent: float) -> None:
        self.limit = limit
        self.advances = advances
        self.room = limit - indent
        self.parts: list[str] = []
        self.used = 0.0
        self.lines: list[Line] = []

    def set(self, paragraph: str) -> list[Line]:
        for atom in atoms_of(paragraph):
            self._place(atom, 0)
        self._emit(last=True)
        return self.lines

    def _width(self, text: str) -> float:
        advances = self.advances
        return sum([advances[char] for char in text]) if len(text) > 1 else advances[text]

    def _place(self, atom: str, level: int) -> None:
        width = self._width(atom)
        if self.used + width <= self.room:
            if self.parts or not atom.isspace() or level:
                self.parts.append(atom)
                self.used += width
        elif atom.isspace():
            self.parts.append(atom)
            self.used += width
        elif width > (self.limit if self.parts else self.room) and level < 3:
            for piece in _finer(atom, level + 1):
                self._place(piece, level + 1)
        else:
            if self.parts:
                self._emit(last=False)
            self.parts, self.used = [atom], width

    def _emit(self, last: bool) -> None:
        while self.parts and self.parts[-1].isspace():
            self.used -= self._width(self.parts.pop())
        self.lines.append(Line("".join(self.parts), self.used, last))
        self.parts, self.used, self.room = [], 0.0, self.limit


def _may_spread(before: str, after: str) -> bool:
    if before == after and before in "—…":
        return False
    return bool(_SPREADABLE.match(before) or _SPREADABLE.match(after) or before == " " or after == " ")
