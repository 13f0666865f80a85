"""Text without what does not show, and pasted text as a person would have typed it."""

from __future__ import annotations

import re
import unicodedata

_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_TOO_MANY_BREAKS = re.compile("\n{3,}")
# Hidden, or the place of a picture that stays behind.
_GONE = frozenset("\ufffc\ufffe\uffff\u200b\u3164\u115f\u1160")
_BULLET = "• "
_SIGNS = "·•‧∙●○◦▪▫■□◆◇➢➤✓✔√"
# What Word's bullets are in plain text where their own face is missing: Wingdings and Courier's o.
_LETTERS = "lnuovwqØü§²"
_LIST_MARK = re.compile(
    rf"[ \t]*(?:[\uf020-\uf0ff][ \t]*|[{_SIGNS}](?:\t[ \t]*| [ \t]*)|[{_LETTERS}] *\t[ \t]*(?=[^\t]*\Z))"
)
_NUMBER_MARK = re.compile(r"[ \t]*((?:\d{1,3}|[（(]?[一二三四五六七八九十\d]{1,3}[）)])[.．、)）]?|[一二三四五六七八九十]{1,3}、) *\t[ \t]*(?=[^\t]*\Z)")  # fmt: skip
# Symbol's and a dictionary's code points in the private area, as Word and GB 18030-2000 leave them in texts.
_PRIVATE = str.maketrans(
    {
        "\uf0a3": "≤", "\uf0b3": "≥", "\uf0b1": "±", "\uf0b4": "×", "\uf0b8": "÷", "\uf0b0": "°", "\uf06d": "μ",
        "\uf0b7": "•", "\uf0a7": "▪", "\uf06c": "●", "\uf06e": "■", "\uf075": "◆", "\uf0d8": "➢", "\uf0fc": "✓",
        "\uf0fe": "☑", "\uf0a8": "□", "\uf0e0": "→", "\ue863": "䶮",
    }
)  # fmt: skip


def tidied(text: str) -> str:
    """Text without what does not show: control and direction signs, odd spaces, blanks at line ends, piles of empty lines."""
    kept = _shown(_BREAKS.sub("\n", text).replace("\t", " "))
    lines = "\n".join(line.rstrip() for line in kept.split("\n"))
    return _TOO_MANY_BREAKS.sub("\n\n", lines).strip()


def clean_text(text: str) -> str:
    """Pasted text as it would have been typed: one kind of line end and of space, • before what was a list's line,
    a full-width space between a table's cells, no more than one empty line, nothing that does not show.

    Clean text stays as it is. The indent of a Chinese paragraph (full-width spaces) stays.
    """
    kept = _shown(_BREAKS.sub("\n", text).replace("\x07", "\t"))
    lines = "\n".join(_clean_line(line) for line in kept.split("\n"))
    return _TOO_MANY_BREAKS.sub("\n\n", lines).strip("\n")


def _clean_line(line: str) -> str:
    head = ""
    if mark := _LIST_MARK.match(line):
        head, line = _BULLET, line[mark.end() :]
    elif number := _NUMBER_MARK.match(line):
        head, line = number[1] + ("" if number[1][-1] in "、）" else " "), line[number.end() :]
    cells = [cell.strip(" ") for cell in line.translate(_PRIVATE).split("\t")]
    return (head + "　".join(cell for cell in cells if cell)).rstrip()


def _shown(text: str) -> str:
    """The text's signs that show, with ordinary spaces and full-width ones only; tabs and line ends stay."""
    return "".join(
        " " if sign != "\u3000" and unicodedata.category(sign) == "Zs" else sign
        for sign in text
        if sign in "\n\t" or (unicodedata.category(sign) not in ("Cc", "Cf", "Cs") and sign not in _GONE)
    )
