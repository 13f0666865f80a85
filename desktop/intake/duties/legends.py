"""Signs that a plan explains once (标▲的为牵头单位), put into words wherever they stand beside a name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from desktop.intake.stream.blocks import Document
from desktop.intake.stream.plain_text import CLOSING, OPENING

SIGNS = "▲△★☆*＊※●○◆◇■□▼▽#＃√"
_LEADS = re.compile(
    rf"(?:标|注|带|加|打|有|画|划|以|为)[^，。；{SIGNS}]{{0,6}}[“\"‘'（(【]?(?P<signs>[{SIGNS}](?:[”\"’'、，和及或]*[“\"‘']?[{SIGNS}])*)[”\"’'）)】]?"
    r"[^，。；]{0,10}?(?:为|是|系|表示|代表)[^，。；]{0,6}?(?:牵头|主办|主责|第一责任)"
    rf"|(?:^|[：:，；。（(\s“\"])(?P<bare>[{SIGNS}])[”\"]?\s*(?:号|标记|标识)?的?(?:为|是|系|表示|代表)[^，。；]{{0,6}}?(?:牵头|主办|主责|第一责任)"
)
_OTHERS_SUPPORT = re.compile(
    r"(?:其余|其他|其它|未标[^，。；]{0,8})[^，。；]{0,6}(?:为|是|系)[^，。；]{0,6}配合"
)
# A name with the sign in front or behind, up to what parts it from the next name.
_NAME = rf"[^、，,；;。：:\s{SIGNS}{re.escape(OPENING + CLOSING)}]{{2,30}}"
# 市水利 / 局、: the last sign of a name that a narrow cell put on the next line.
_CUT_NAME = re.compile(
    r"(?<=[\u4e00-\u9fff])\n(?=(?:局|委|办|会|院|处|中心|公司|政府|分局|委员会|管委会|人民政府)(?:[、，,；;\n]|$))"
)


def spelled_out(document: Document) -> Document:
    """The document with （牵头） behind each name that carries a sign explained so; its blocks stay as printed."""
    text = "\n".join(block.text for block in document.blocks)
    legend = next((m for m in map(_LEADS.search, text.split("\n")) if m), None)
    if legend is None:
        return document
    signs = "".join(sign for sign in legend["signs"] or legend["bare"] if sign in SIGNS)
    spell = _speller(signs, bool(_OTHERS_SUPPORT.search(text)))
    lines = tuple(replace(line, text=spell(line.text)) for line in document.lines)
    tables = tuple(
        tuple(replace(row, cells=tuple(map(spell, row.cells))) for row in rows) for rows in document.tables
    )
    return replace(document, lines=lines, tables=tables)


def _speller(signs: str, others_support: bool) -> Callable[[str], str]:
    """Puts the signs of one text into words, but for the legend itself."""
    sign = f"[{re.escape(signs)}]"
    marked = re.compile(
        rf"(?:(?<![^、，,；;。：:\s（(【]){sign}\s*(?P<behind>{_NAME})|(?P<ahead>{_NAME}){sign})(?=[、，,；;。\s）)】]|$)"
    )
    plain = re.compile(rf"(?<![^、，,；;\n]){_NAME}(?=[、，,；;\n]|$)")

    def spell(text: str) -> str:
        if not re.search(sign, text) or _LEADS.search(text):
            return text
        text = _CUT_NAME.sub("", text)
        spelled = marked.sub(lambda m: f"{m['behind'] or m['ahead']}（牵头）", text)
        if others_support and spelled != text and not re.search("[。：:]", text):
            spelled = plain.sub(lambda m: f"{m.group()}（配合）", spelled)
        return spelled

    return spell
