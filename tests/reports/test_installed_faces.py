"""Faces of the PC: what Windows' files look like is read, what may not or cannot be embedded is passed over and said."""

from __future__ import annotations

import random
import struct
from itertools import pairwise
from pathlib import Path

import pytest

from desktop.domain.paper_faces import FaceLack, FaceRole, FaceUse
from desktop.reports.approval_sheet import render_approval_sheet
from desktop.reports.city_summary import render_city_summary
from desktop.reports.font_facts import EmbeddingForbidden
from desktop.reports.font_tables import DAMAGE, LazyFace
from desktop.reports.fonts import DamagedFaceError, load_faces
from desktop.reports.unit_report import render_unit_report
from tests.reports import samples
from tests.reports.conftest import FONTS
from tests.reports.made_fonts import (
    EDITABLE,
    NO_SUBSET,
    RESTRICTED,
    collection,
    font_file,
    made,
    shipped,
    tables_of,
)
from tests.reports.printed import fonts_of, plain, text_of

COMMON = (
    "".join(map(chr, (*range(0x20, 0x7F), *range(0x3000, 0x3020), *range(0xFF01, 0xFF5F))))
    + "“”‘’—…·〔〕《》、。"
)
COUNTY = "清禾县人民政府关于云川市空气质量持续改善行动实施方案年第一季度进展情况的报告总体附件工作佐证材料清单文指标完成表王建国"


@pytest.fixture(scope="module")
def body() -> bytes:
    return made(COMMON + COUNTY)


def uses(found: tuple[FaceUse, ...]) -> dict[FaceRole, FaceUse]:
    return {use.role: use for use in found}


def test_a_map_of_format_4_and_chinese_names_are_read(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "simfang.ttf").write_bytes(body)
    face = LazyFace(tmp_path / "simfang.ttf")
    assert face.name == b"FangSong"
    whole = shipped()
    for char in COMMON + COUNTY:
        if ord(char) in whole.charToGlyph:
            assert face.advance(ord(char)) == whole.advance(ord(char))
            assert face.ink(ord(char)) == whole.ink(ord(char))
    assert ord("䶮") not in face.charToGlyph


@pytest.mark.parametrize(
    ("names", "name"),
    [
        ({1: "方正小标宋", 6: "方正小标宋"}, b"Some"),
        ({1: "方正小标宋", 4: "FZ XiaoBiaoSong (B05)/S"}, b"FZ-XiaoBiaoSong-B05S"),
        ({1: "仿宋"}, b"Some"),
    ],
)
def test_a_name_that_postscript_cannot_say_does_not_refuse_a_font(
    tmp_path: Path, names: dict[int, str], name: bytes
) -> None:
    (tmp_path / "Some.ttf").write_bytes(made("字", names))
    assert LazyFace(tmp_path / "Some.ttf").name == name
    (tmp_path / "小标宋.ttf").write_bytes(made("字", {1: "小标宋"}))
    assert LazyFace(tmp_path / "小标宋.ttf").name == b"Font"


def test_the_first_font_of_a_collection_is_read(tmp_path: Path) -> None:
    first, second = tables_of("宋体", names={6: "SimSun"}), tables_of("新宋体字", names={6: "NSimSun"})
    (tmp_path / "simsun.ttc").write_bytes(collection((first, second)))
    face = LazyFace(tmp_path / "simsun.ttc")
    assert face.name == b"SimSun"
    assert set(face.charToGlyph) == {ord(char) for char in "宋体〓"}
    assert face.makeSubset([ord("宋")]) == shipped().makeSubset([ord("宋")])[:0] + face.makeSubset(
        [ord("宋")]
    )
    assert face.ink(ord("体")) == shipped().ink(ord("体"))
    loaded = load_faces(FONTS, installed=tmp_path)
    assert (loaded.table.places["宋"].name, loaded.table.places["新"].name) == ("宋体", "思源宋体")


@pytest.mark.parametrize(
    ("allowed", "usable"),
    [
        (0x0000, True),
        (0x0004, True),
        (EDITABLE, True),
        (RESTRICTED | EDITABLE, True),
        (RESTRICTED, False),
        (0x8002, False),
        (NO_SUBSET, False),
        (0x0200 | EDITABLE, False),
    ],
)
def test_a_font_that_forbids_embedding_is_not_embedded(tmp_path: Path, allowed: int, usable: bool) -> None:
    (tmp_path / "simhei.ttf").write_bytes(made(COMMON + COUNTY, allowed=allowed))
    heading = load_faces(FONTS, installed=tmp_path).heading
    assert (heading.places["一"].name == "黑体") is usable
    assert heading.lack is (None if usable else FaceLack.FORBIDDEN)
    if not usable:
        with pytest.raises(EmbeddingForbidden):
            LazyFace(tmp_path / "simhei.ttf")


def test_the_next_file_is_taken_where_the_first_is_forbidden_or_broken(tmp_path: Path) -> None:
    (tmp_path / "FZXBSJW.TTF").write_bytes(made(COUNTY, allowed=RESTRICTED))
    (tmp_path / "FZXBSK.TTF").write_bytes(b"\0\1\0\0")
    (tmp_path / "方正小标宋_GBK.ttf").write_bytes(made(COUNTY))
    title = load_faces(FONTS, installed=tmp_path).title
    assert (title.places["县"].path.name, title.lack) == ("方正小标宋_GBK.ttf", None)


def test_faces_of_one_user_are_found_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    all_users, own = tmp_path / "Windows" / "Fonts", tmp_path / "Local" / "Microsoft" / "Windows" / "Fonts"
    for folder in (all_users, own):
        folder.mkdir(parents=True)
    (all_users / "simkai.ttf").write_bytes(made(COUNTY))
    (own / "FZXBSJW.TTF").write_bytes(made(COUNTY))
    monkeypatch.setenv("WINDIR", str(tmp_path / "Windows"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "Local"))
    loaded = load_faces(FONTS)
    assert loaded.title.places["县"].name == "方正小标宋"
    # 楷体 needs no 仿宋 beside it.
    assert loaded.subheading.places["县"].name == "楷体" and loaded.body.lack is FaceLack.ABSENT


def test_a_report_in_the_pcs_faces_is_whole_and_says_so(tmp_path: Path, body: bytes) -> None:
    for file in ("simfang.ttf", "FZXBSJW.TTF"):
        (tmp_path / file).write_bytes(body)
    (tmp_path / "simsun.ttc").write_bytes(collection([tables_of(COMMON, names={6: "SimSun"})]))
    (tmp_path / "simhei.ttf").write_bytes(made(COUNTY, allowed=RESTRICTED))
    document = samples.report(count=4)
    rendered = render_unit_report(document, load_faces(FONTS, installed=tmp_path))
    found = uses(rendered.faces)
    assert found[FaceRole.BODY] == FaceUse(FaceRole.BODY, "仿宋", True, None, ("思源宋体",))
    assert found[FaceRole.TITLE] == FaceUse(FaceRole.TITLE, "方正小标宋", True)
    assert found[FaceRole.HEADING] == FaceUse(FaceRole.HEADING, "思源黑体中等", False, FaceLack.FORBIDDEN)
    assert (found[FaceRole.TABLE].face, found[FaceRole.TABLE].installed) == ("宋体", True)
    # The issuer's name in the head, in 仿宋 as there is no 楷体.
    kai = found[FaceRole.SUBHEADING]
    assert (kai.face, kai.installed, kai.lack) == ("仿宋", True, FaceLack.ABSENT)
    fonts = fonts_of(rendered.pdf, tmp_path)
    assert len(fonts) >= 6 and set(fonts) == {("yes", "yes", "yes")}
    text = plain(text_of(rendered.pdf, tmp_path, "-raw"))
    assert document.unit.name in text and "附件1" in text and plain(samples.TITLES[0]) in text


def test_shipped_faces_are_said_with_what_is_not_there(tmp_path: Path) -> None:
    found = uses(render_unit_report(samples.report(count=2), load_faces(FONTS, installed=tmp_path)).faces)
    assert found[FaceRole.TITLE] == FaceUse(FaceRole.TITLE, "思源宋体粗体", False, FaceLack.ABSENT)
    assert found[FaceRole.NOTE] == FaceUse(FaceRole.NOTE, "思源黑体", False)


def broken_outlines(text: str) -> bytes:
    """A font whose tables are in order, and whose outlines refer to glyphs that are not there."""
    tables = tables_of(text)
    loca = struct.unpack(f">{len(tables['loca']) // 2}H", tables["loca"])
    short = struct.unpack(">h", tables["head"][50:52])[0] == 0
    places = (
        [at * 2 for at in loca]
        if short
        else list(struct.unpack(f">{len(tables['loca']) // 4}L", tables["loca"]))
    )
    glyf = bytearray(tables["glyf"])
    for begin, end in pairwise(places):
        if end - begin >= 16:
            glyf[begin : begin + 2] = struct.pack(">h", -1)
            glyf[begin + 10 : begin + 16] = struct.pack(">3H", 0x0020, 0xFFF0, 0)
    return font_file({**tables, "glyf": bytes(glyf)})


def test_damage_that_shows_only_when_embedding_stops_no_export(tmp_path: Path) -> None:
    (tmp_path / "simfang.ttf").write_bytes(broken_outlines(COMMON + COUNTY))
    loaded = load_faces(FONTS, installed=tmp_path)
    assert loaded.body.places["县"].name == "仿宋", "its tables are in order"
    bare = load_faces(FONTS, installed=tmp_path / "none")
    document, summary = samples.report(count=2), samples.summary(3, 3)
    for ours, whole in (
        (render_unit_report(document, loaded), render_unit_report(document, bare)),
        (render_approval_sheet(document, loaded), render_approval_sheet(document, bare)),
        (render_city_summary(summary, loaded), render_city_summary(summary, bare)),
    ):
        assert ours.pdf == whole.pdf
    found = uses(render_unit_report(document, loaded).faces)
    assert found[FaceRole.BODY] == FaceUse(FaceRole.BODY, "思源宋体", False, FaceLack.DAMAGED)


def test_the_programs_own_damaged_face_is_told(tmp_path: Path) -> None:
    for font in FONTS.glob("*.ttf"):
        (tmp_path / font.name).symlink_to(font)
    (tmp_path / "NotoSerifSC-Regular.ttf").unlink()
    (tmp_path / "NotoSerifSC-Regular.ttf").write_bytes(broken_outlines(COMMON + COUNTY))
    with pytest.raises(DamagedFaceError) as caught:
        render_unit_report(samples.report(count=1), load_faces(tmp_path, installed=tmp_path / "none"))
    assert caught.value.facts == {"file": "NotoSerifSC-Regular.ttf"}


def test_any_cut_or_flipped_byte_of_a_systems_font_stops_no_export(tmp_path: Path) -> None:
    chance, whole = random.Random(11), made(COMMON + COUNTY)
    document = samples.report(count=1)
    for number in range(25):
        data = bytearray(whole)
        for _ in range(chance.randrange(1, 6)):
            data[chance.randrange(len(data) if number % 2 else 900)] = chance.randrange(256)
        if number % 5 == 0:
            del data[chance.randrange(12, len(data)) :]
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "simhei.ttf").write_bytes(data)
        rendered = render_approval_sheet(document, load_faces(FONTS, installed=folder))
        assert rendered.pages == 1 and rendered.missing == ()


def test_tables_that_reach_over_the_files_end_are_damage(tmp_path: Path, body: bytes) -> None:
    for cut in (len(body) - 64, len(body) // 2, 200):
        (tmp_path / "cut.ttf").write_bytes(body[:cut])
        with pytest.raises(DAMAGE):
            LazyFace(tmp_path / "cut.ttf")
