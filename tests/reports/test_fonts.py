from __future__ import annotations

import shutil
from dataclasses import fields
from pathlib import Path

import pytest

from desktop.domain.errors import UnreadableError
from desktop.reports.fonts import Faces, load_faces, missing_glyphs, printable
from tests.reports.conftest import FONTS

UNENCODED = "\U000f0001"


def test_a_missing_font_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as caught:
        load_faces(tmp_path)
    assert caught.value.code == "font_missing"
    assert str(caught.value.facts["file"]).endswith(".ttf")


def test_a_damaged_font_is_named(tmp_path: Path) -> None:
    for font in FONTS.glob("*.ttf"):
        (tmp_path / font.name).write_bytes(b"not a font")
    loaded = load_faces(tmp_path, installed=tmp_path)
    with pytest.raises(UnreadableError) as caught:
        loaded.body.width("字")
    assert caught.value.code == "font_unreadable"


def test_an_installed_face_goes_first_and_a_broken_one_is_passed_over(tmp_path: Path) -> None:
    shutil.copyfile(FONTS / "NotoSansSC-Regular.ttf", tmp_path / "simfang.ttf")
    (tmp_path / "simhei.ttf").write_bytes(b"\x00\x01\x00\x00broken")
    loaded = load_faces(FONTS, installed=tmp_path)
    assert loaded.body.places["字"].name == "仿宋"
    assert loaded.heading.places["字"].name == "思源黑体中等"


def test_a_face_that_a_person_installed_for_themselves_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own" / "Microsoft" / "Windows" / "Fonts"
    own.mkdir(parents=True)
    shutil.copyfile(FONTS / "NotoSansSC-Regular.ttf", own / "simfang.ttf")
    monkeypatch.setenv("WINDIR", str(tmp_path / "windows"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "own"))
    assert load_faces(FONTS).body.places["字"].name == "仿宋"


def test_each_character_is_looked_for_in_the_next_face(faces: Faces) -> None:
    assert missing_glyphs(faces, ["张䶮，二氧化硫㎡、m³、℃，①"]) == ()
    assert missing_glyphs(faces, [f"甲{UNENCODED}乙{UNENCODED}"]) == (UNENCODED,)


def test_signs_of_official_texts_have_a_face_in_every_role(faces: Faces) -> None:
    """Formulae, powers, ticks and boxes, arrows, fractions, letters with accents: what people paste from Word."""
    signs = "SO₂、O₃、PM₂.₅、CO₂、NH₄⁺、SO₄²⁻、10⁻⁶、㎡、m³、μg/m³、℃、‰、≤≥≈≠∑√∞∗、☐☑☒✓✔✗✘、→⇒⟶▸►、①⑳㉑❶、⅓⅔、é ü č Ø"
    for role in fields(faces):
        face = getattr(faces, role.name)
        assert [sign for sign in signs if not face.has(sign)] == []


def test_han_beyond_the_bmp_is_looked_for_in_the_face_that_windows_has(tmp_path: Path) -> None:

    def last() -> set[str]:
        loaded = load_faces(FONTS, installed=tmp_path)
        return {getattr(loaded, role.name).faces[-1].name for role in fields(loaded)}

    assert last() == {"Noto Sans Symbols"}
    shutil.copyfile(FONTS / "NotoSerifSC-Regular.ttf", tmp_path / "simsunb.ttf")
    assert last() == {"宋体-ExtB"}


def test_widths_are_those_of_full_and_half_width(faces: Faces) -> None:
    assert faces.body.width("中文。") == 3000
    assert faces.body.width("1") < 700


def test_what_has_no_appearance_is_left_out() -> None:
    assert printable("甲\r\n乙\u200b\ufeff丙\x07\t丁\u00a0戊") == "甲\n乙丙 丁 戊"
