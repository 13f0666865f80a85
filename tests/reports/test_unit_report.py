from __future__ import annotations

import io
import subprocess
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pdfplumber
import pytest

from desktop.domain.codec import canonical_bytes, digest_of, verification_code
from desktop.domain.missing_signs import MissingSign
from desktop.domain.report import Entry, ProgressStatus
from desktop.domain.unit import UnitRef
from desktop.reports.fonts import Faces
from desktop.reports.official_letter import SignedBy
from desktop.reports.unit_report import render_unit_report, size_words
from tests.reports import samples
from tests.reports.official_text import paragraph
from tests.reports.printed import crossed, fonts_of, plain, table_rows, text_of

UNENCODED = "\U000f0001"
TEXT_FIELDS = ("progress", "problems", "next_steps")
SENTENCE = "累计关停燃煤锅炉7台，其余35蒸吨/小时锅炉完成改造；PM2.5、NOx、VOCs协同控制（详见台账）。"


def test_two_renderings_are_the_same_bytes(faces: Faces) -> None:
    document = samples.report(count=6)
    assert render_unit_report(document, faces, SignedBy("王建国")) == render_unit_report(
        document, faces, SignedBy("王建国")
    )


def test_every_font_is_embedded_and_mapped(faces: Faces, tmp_path: Path) -> None:
    fonts = fonts_of(render_unit_report(samples.report(), faces).pdf, tmp_path)
    assert len(fonts) >= 3
    assert set(fonts) == {("yes", "yes", "yes")}


def test_every_page_carries_the_code_and_the_last_the_digest(faces: Faces, tmp_path: Path) -> None:
    document = samples.report()
    data = canonical_bytes(document)
    rendered = render_unit_report(document, faces)
    pages = text_of(rendered.pdf, tmp_path).rstrip("\f").split("\f")
    assert len(pages) == rendered.pages
    assert all(f"核对码{verification_code(data)}" in plain(page) for page in pages)
    assert all("第1次报送" in page for page in pages)
    last = plain(pages[-1])
    assert digest_of(data)[:32] in last and digest_of(data)[32:] in last


def test_table_reads_back_cell_by_cell(faces: Faces) -> None:
    document = samples.report()
    found = table_rows(render_unit_report(document, faces).pdf, "序号")[: len(document.rows)]
    assert [cells[0] for cells in found] == [row.label for row in document.rows]
    assert [cells[1] for cells in found] == [plain(row.title) for row in document.rows]
    for cells, row in zip(found, document.rows, strict=True):
        entry = row.entry
        told = f"{entry.progress}说明：{entry.explanation}" if entry.explanation else entry.progress
        assert cells[3] == plain(told)
        assert cells[6] == plain(entry.problems or "—")
        assert cells[7] == plain(entry.next_steps or "—")


@pytest.mark.parametrize("mixed", [False, True])
@pytest.mark.parametrize("length", [1, 2, 29, 400, 1999, 5000])
def test_cells_of_any_length_read_back(faces: Faces, length: int, mixed: bool) -> None:
    long = paragraph(length + 1, length)[0][:length] if mixed else (SENTENCE * 80)[:length]
    entry = Entry(
        "m0", ProgressStatus.BEHIND, progress=long, problems=long[: length // 2], next_steps="完成。"
    )
    rendered = render_unit_report(samples.report((samples.row(0, entry),)), faces)
    cells = table_rows(rendered.pdf, "序号")[0]
    assert cells[3] == long
    assert cells[6] == (long[: length // 2] or "—")
    assert cells[7] == "完成。"


@pytest.mark.parametrize("length", [1, 30, 300, 2000, 5000])
def test_a_text_comes_out_of_the_file_whole_whoever_reads_it(
    faces: Faces, tmp_path: Path, length: int
) -> None:
    """pdftotext in the order of writing; in its own order no sign is more or less."""
    text, _ = paragraph(length, length)
    text = text[:length]
    entries = [Entry(f"m{n}", ProgressStatus.BEHIND, **{name: text}) for n, name in enumerate(TEXT_FIELDS)]
    rows = tuple(samples.row(n, entry) for n, entry in enumerate(entries))
    rendered = render_unit_report(samples.report(rows), faces)
    pages = [plain(page) for page in text_of(rendered.pdf, tmp_path, "-raw").split("\f")]
    for number, row in enumerate(rows):
        first = next(at for at, page in enumerate(pages) if at >= 2 and plain(row.title) in page)
        assert whole(plain(text), pages[first:]), TEXT_FIELDS[number]
    # Out of this order it takes a hyphen at a line's end for one that divides a word.
    in_order, written = (plain(t).replace("-", "") for t in (text_of(rendered.pdf, tmp_path), "".join(pages)))
    assert Counter(in_order) == Counter(written)


def whole(text: str, pages: list[str]) -> bool:
    """Whether the pages hold the text, each the longest piece that it can after the page before."""
    at = 0
    for page in pages:
        most = len(text) - at
        least = 0
        while least < most:
            middle = (least + most + 1) // 2
            if text[at : at + middle] in page:
                least = middle
            else:
                most = middle - 1
        at += least
        if at == len(text):
            return True
    return False


def test_qpdf_finds_no_fault_and_a_signature_leaves_it_so(faces: Faces, tmp_path: Path) -> None:
    rows = tuple(
        samples.row(n, Entry(f"m{n}", progress=SENTENCE * n, problems="䶮\U0001f600")) for n in range(9)
    )
    path = tmp_path / "report.pdf"
    path.write_bytes(render_unit_report(samples.report(rows), faces).pdf)
    checked = subprocess.run(["qpdf", "--check", str(path)], check=False, capture_output=True)
    assert checked.returncode == 0, checked.stderr
    # No base font, no filter that only fills.
    assert b"Helvetica" not in path.read_bytes() and b"ASCII85Decode" not in path.read_bytes()


def test_signs_that_no_face_has_are_named_with_their_place(faces: Faces) -> None:
    entry = Entry("m0", ProgressStatus.BEHIND, progress="完成。", problems=f"联系人张{UNENCODED}。")
    people = replace(samples.PEOPLE, reviewer=f"马{UNENCODED}")
    document = replace(samples.report((samples.row(0, entry), samples.row(1))), people=people)
    rendered = render_unit_report(document, faces)
    assert rendered.places == (MissingSign(UNENCODED, "", "people"), MissingSign(UNENCODED, "1", "problems"))
    assert render_unit_report(samples.report(count=2), faces).places == ()


def test_nothing_leaves_the_type_area_or_its_cell(faces: Faces) -> None:
    long = SENTENCE * 60 + "W" * 300
    rows = tuple(
        samples.row(n, Entry(f"m{n}", progress=long[: 37 * n**2], problems=long[:n])) for n in range(9)
    )
    rendered = render_unit_report(samples.report(rows), faces)
    with pdfplumber.open(io.BytesIO(rendered.pdf)) as document:
        for page in document.pages[rendered.signature_page + 1 :]:
            # Nothing but its foot stands on a page that is blank for 版记 behind it.
            blank = page.page_number == len(document.pages) - 1 and page.chars[0]["size"] < 9
            assert page.lines or blank
            bottom = max((rule["bottom"] for rule in page.lines), default=0)
            left = min((rule["x0"] for rule in page.lines), default=0)
            for rule in (r for r in page.lines if r["x0"] == r["x1"]):
                assert not [char["text"] for char in page.chars if crossed(rule, char)]
            assert bottom < page.height - 70 and (left > 70 or not page.lines)


def test_a_row_over_many_pages_says_that_it_goes_on(faces: Faces) -> None:
    entry = Entry("m19", ProgressStatus.BEHIND, progress=SENTENCE * 60)
    rendered = render_unit_report(samples.report((samples.row(19, entry), samples.row(0))), faces)
    with pdfplumber.open(io.BytesIO(rendered.pdf)) as document:
        firsts = [
            plain(cells[0] or "")
            for page in document.pages
            for table in page.extract_tables()
            for cells in table[1:]
        ]
    assert firsts.count("19-2（续）") >= 4
    assert firsts.count("19-2") == 1 and firsts.count("1") == 1


def test_characters_beyond_the_first_plane_are_found(faces: Faces, tmp_path: Path) -> None:
    beyond = chr(next(code for code in faces.table.faces[0].glyphs if code > 0x1F100))
    entry = Entry("m0", ProgressStatus.ON_SCHEDULE, progress=f"编号{beyond}甲{beyond}。")
    rendered = render_unit_report(samples.report((samples.row(0, entry),)), faces)
    assert rendered.missing == ()
    assert f"编号{beyond}甲{beyond}。" in plain(text_of(rendered.pdf, tmp_path))


def test_missing_characters_are_reported_shown_and_still_found(faces: Faces, tmp_path: Path) -> None:
    entry = Entry("m0", ProgressStatus.ON_SCHEDULE, progress=f"联系人张{UNENCODED}。")
    rendered = render_unit_report(samples.report((samples.row(0, entry),)), faces)
    assert rendered.missing == (UNENCODED,)
    assert f"联系人张{UNENCODED}。" in plain(text_of(rendered.pdf, tmp_path))


def test_three_hundred_rows_and_none(faces: Faces) -> None:
    many = render_unit_report(samples.report(count=300), faces)
    assert many.pages > 60
    assert (
        len(
            {
                cells[0]
                for cells in table_rows(render_unit_report(samples.report(count=40), faces).pdf, "序号")
            }
        )
        >= 40
    )
    assert render_unit_report(samples.report(()), faces).pages >= 2


def test_empty_entries_are_said_to_be_empty(faces: Faces, tmp_path: Path) -> None:
    rows = tuple(samples.row(n, Entry(f"m{n}")) for n in range(3))
    text = plain(text_of(render_unit_report(samples.report(rows), faces).pdf, tmp_path))
    assert "均未填报" in text


def test_pages_are_portrait_then_landscape_then_portrait(faces: Faces) -> None:
    with pdfplumber.open(io.BytesIO(render_unit_report(samples.report(), faces).pdf)) as document:
        turned = [page.width > page.height for page in document.pages]
    assert not turned[0] and not turned[-1]
    assert any(turned)


@pytest.mark.parametrize("name", ["清禾县人民政府", "云川国家级高新技术产业开发区管理委员会综合协调办公室"])
def test_signature_box_is_free_room_beside_the_unit(faces: Faces, name: str) -> None:
    document = samples.report(count=8, unit=UnitRef("u", name))
    rendered = render_unit_report(document, faces)
    left, bottom, right, top = rendered.signature_box
    assert right - left > 150 and top - bottom > 45
    with pdfplumber.open(io.BytesIO(rendered.pdf)) as opened:
        page = opened.pages[rendered.signature_page]
        within = page.crop((left, page.height - top, right, page.height - bottom))
        assert within.extract_text() == ""
        assert plain(name) in plain(page.extract_text())
    signed = render_unit_report(document, faces, signed_by=SignedBy("王建国"))
    with pdfplumber.open(io.BytesIO(signed.pdf)) as opened:
        page = opened.pages[signed.signature_page]
        within = page.crop((left, page.height - top, right, page.height - bottom))
        assert "王建国" in within.extract_text()


@pytest.mark.parametrize("name", ["清禾县人民政府", "云川国家级高新技术产业开发区管理委员会综合协调办公室"])
def test_signature_for_the_issuer_says_so_within_its_box(faces: Faces, name: str) -> None:
    """The words take more room than the issuer's own: they still touch nothing of the letter."""
    document = samples.report(count=8, unit=UnitRef("u", name))
    by = SignedBy("李敏", date(2025, 4, 10))
    free, signed = render_unit_report(document, faces), render_unit_report(document, faces, by)
    assert free.pages == signed.pages
    left, bottom, right, top = signed.signature_box
    with pdfplumber.open(io.BytesIO(signed.pdf)) as opened:
        page = opened.pages[signed.signature_page]
        box = (left, page.height - top, right, page.height - bottom)
        within = plain(page.crop(box).extract_text())
        assert "李敏（经办人代签）" in within
        assert "签发人王建国已于2025年4月10日在纸质签批单上签字，由李敏代签" in within
        assert within.endswith("签名时间和证书以本文件内的电子签名为准")
        whole, rest = page.extract_text(), page.outside_bbox(box).extract_text()
        assert len(plain(whole)) == len(plain(rest)) + len(within), "nothing stands half in the box"


def test_file_names_itself_in_chinese(faces: Faces) -> None:
    rendered = render_unit_report(samples.report(count=2), faces)
    with pdfplumber.open(io.BytesIO(rendered.pdf)) as document:
        about = document.metadata
    assert (
        about["Title"]
        == "清禾县人民政府关于《云川市空气质量持续改善行动实施方案》2025年第一季度进展情况的报告"
    )
    assert about["Author"] == "清禾县人民政府"
    assert about["CreationDate"].startswith("D:20250409")


def test_sizes_are_readable() -> None:
    assert [size_words(n) for n in (0, 999, 86_400, 999_600, 2_310_000)] == [
        "0 B",
        "999 B",
        "86 kB",
        "1.0 MB",
        "2.3 MB",
    ]


def test_a_very_long_name_leaves_the_code_at_the_foot_readable(faces: Faces) -> None:
    name = "清禾县人民政府与清禾经济技术开发区管理委员会联合工作领导小组办公室" * 3
    document = samples.report(count=3, unit=UnitRef("qinghe", name))
    code = verification_code(canonical_bytes(document))
    with pdfplumber.open(io.BytesIO(render_unit_report(document, faces).pdf)) as opened:
        for page in opened.pages:
            foot = page.crop((0, page.height - 50, page.width, page.height)).extract_text()
            assert plain(foot).startswith(f"核对码{code}清禾县") and plain(foot).endswith(
                "…2025年第一季度第1次报送"
            )
