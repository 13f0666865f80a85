"""Our reading of a font beside reportlab's own, over every character; and what damaged files do."""

from __future__ import annotations

import gc
import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from reportlab.pdfbase.ttfonts import TTFontFace

from desktop.reports.font_tables import DAMAGE, LazyFace
from tests.reports.conftest import FONTS

FILES = sorted(path.name for path in FONTS.glob("*.ttf"))


@pytest.mark.parametrize("name", FILES)
def test_characters_widths_and_subsets_are_reportlabs(name: str) -> None:
    ours, theirs = LazyFace(FONTS / name), TTFontFace(str(FONTS / name))
    known = {code: glyph for code, glyph in theirs.charToGlyph.items() if glyph}
    assert ours.charToGlyph == known
    assert all(ours.advance(code) == theirs.charWidths[code] for code in known)
    beyond = max(known)
    chosen = [ord(char) for char in "报告。12Abfi①㎡é"] + [beyond]
    chosen = [code for code in chosen if code in known]
    assert beyond > 0xFFFF or "SC-" not in name
    assert ours.makeSubset(chosen) == theirs.makeSubset(chosen)


def test_ink_is_where_the_glyph_is() -> None:
    face = LazyFace(FONTS / "NotoSerifSC-Regular.ttf")
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
            LazyFace(path)


def test_several_may_read_one_font_at_once() -> None:
    path = FONTS / "NotoSansSC-Regular.ttf"
    data, face = path.read_bytes(), LazyFace(path)

    def read(seed: int) -> bool:
        chance = random.Random(seed)
        places = [chance.randrange(len(data)) for _ in range(400)]
        return all(face._ttf_data[at : at + 32] == data[at : at + 32] for at in places)

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(read, range(8)))
    assert face._ttf_data[len(data) - 2 : len(data) + 9] == data[-2:] and face._ttf_data[5:3] == b""


def test_a_font_no_longer_used_holds_no_file() -> None:
    face = LazyFace(FONTS / "NotoSansSC-Regular.ttf")
    file = face._ttf_data._file
    assert not file.closed
    del face
    gc.collect()
    assert file.closed
