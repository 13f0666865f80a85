"""Names that may stand in any folder, also on Windows: what comes out of a package or a list is not trusted as one."""

from __future__ import annotations

import unicodedata

# In signs; three bytes each in UTF-8, and a number or `.tmp` behind them, still fit the 255 of a folder entry.
LONGEST = 76
_FORBIDDEN = frozenset('\\/:*?"<>|')
_DEVICES = frozenset(
    {
        "CON",
        "PRN",
        "AUX",
        "NUL",
        "CONIN$",
        "CONOUT$",
        *(f"{name}{n}" for name in ("COM", "LPT") for n in "0123456789¹²³"),
    }
)


def plain_name(text: str, longest: int = LONGEST) -> str:
    """The text as the name of one file: no path, no control or direction signs, no device, never empty.

    The ending stays; names that are fine already stay as they are. No more than `longest` signs.
    """
    kept = "".join(
        "_" if c in _FORBIDDEN else c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs")
    )
    kept = kept.strip(" ").rstrip(". ")
    stem, dot, ending = kept.rpartition(".")
    if not stem:
        stem, dot, ending = kept.lstrip("."), "", ""
    if stem.partition(".")[0].strip().upper() in _DEVICES:
        stem = f"_{stem}"
    ending = ending[:20]
    # Windows drops blanks and dots at the end without a word; cutting may have brought one there.
    return f"{stem[: longest - len(ending)]}{dot}{ending}".rstrip(". ") or "_"
