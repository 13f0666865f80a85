"""Our reading of a font beside reportlab's own, over every character; and what damaged files do."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from reportlab.pdfbase.ttfonts import TTFontFace

from desktop.reports.font_tables import DAMAGE, MappedFace
from tests.reports.conftest import FONTS

FILES = sorted(path.name for path in FONTS.glob("*.ttf"))


@pytest.mark.parametrize("name", FILES)
def test_characters_widths_and_subsets_are_reportlabs(name: str) -> None:
    ours, theirs = MappedFace(FONTS / name), TTFontFace(str(FONTS / name))
    known = {code: glyph for code, glyph in theirs.charToGlyph.items() if glyph}
    assert ours.charToGlyph == known
    assert all(ours.advance(code) == theirs.charWidths[code] for code in known)
    beyond = max(known)
    chosen = [ord(char) for char in "报告。12Abfi①㎡é"] + [beyond]
    chosen = [code for code in chosen if code in known]
    assert beyond > 0xFFFF or "SC-" not in name
    assert ours.makeSubset(chosen) == theirs.makeSubset(chosen)


def test_ink_is_where_the_glyph_is() -> None:
    face = MappedFace(FONTS / "NotoSerifSC-Regular.ttf")
    assert face.ink(ord("。"))[1] < 500 < face.ink(ord("（"))[0]
    left, right = face.ink(ord("国"))
    assert left < 200 and right > 800
    assert face.ink(ord("\u3000")) == (0.0, 0.0)


def test_damaged_files_are_told_by_known_errors(tmp_path: Path) -> None:
    data = (FONTS / "NotoSansSC-Regular.ttf").read_bytes()[:40_000]
    chance = random.Random(7)
    for number in range(150):
        broken = bytearray(data[: chance.randrange(0, len(data))])
        for _ in range(chance.randrange(1, 40)):
            if broken:
                broken[chance.randrange(min(len(broken), 2_000))] = chance.randrange(256)
        path = tmp_path / f"{number}.ttf"
        path.write_bytes(broken)
        with pytest.raises(DAMAGE):
            MappedFace(path)
