"""The letter as other programs read it: order of its parts, places after GB/T 9704, nothing over an edge or alone."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from desktop.domain.letter import SectionName
from desktop.domain.report import People, ReportDocument
from desktop.domain.unit import UnitRef
from desktop.reports.fonts import Faces
from desktop.reports.official_letter import SignedBy
from desktop.reports.page import MM
from desktop.reports.rendered import RenderedPdf
from desktop.reports.unit_report import render_unit_report
from tests.reports import samples
from tests.reports.printed import plain, text_of

LONG = "宁夏回族自治区石嘴山市高新技术产业开发区管理委员会生态环境和应急管理局" * 2
WORDS = "各项措施按计划推进，现场核查没有发现新的问题，数据经核对无误。"


def document(*sections: tuple[SectionName, str], count: int = 3, **changed: Any) -> ReportDocument:
    sections = sections or ((SectionName.OPENING, "现将情况报告如下。"), (SectionName.OVERALL, WORDS))
    letter = replace(samples.letter(*sections), **changed)
    return replace(samples.report(count=count), letter=letter)


def letter_pages(rendered: RenderedPdf) -> Iterator[Any]:
    with pdfplumber.open(io.BytesIO(rendered.pdf)) as pdf:
        yield from pdf.pages[: rendered.signature_page + 1]


def lines_of(page: Any) -> list[str]:
    """The lines of the type area: without page number and foot."""
    found = page.crop((0, 0, page.width, page.height - 34 * MM)).extract_text_lines()
    return [plain(line["text"]) for line in found]


def test_the_parts_follow_each_other_as_in_the_standard(faces: Faces, tmp_path: Path) -> None:
    text = plain(text_of(render_unit_report(document(), faces).pdf, tmp_path, "-raw"))
    parts = (
        "清禾县人民政府文件", "清政报〔2025〕12号签发人：王建国", "清禾县人民政府关于《云川市空气质量持续改善行动实施方案》",
        "进展情况的报告", "云川市人民政府：", "现将情况报告如下。", "一、总体进展情况", WORDS, "特此报告。",
        "附件：1.2025年第一季度工作进展情况表", "清禾县人民政府2025年4月9日", "填报人：李敏审核人：马晓东",
        "承办单位：清禾县生态环境局2025年4月9日印发",
    )  # fmt: skip
    places = [text.find(part) for part in parts]
    assert -1 not in places, parts[places.index(-1)]
    assert places == sorted(places)


def test_the_head_stands_where_the_standard_puts_it(faces: Faces) -> None:
    page = next(letter_pages(render_unit_report(document(), faces)))
    chars = page.chars
    red = [char for char in chars if char["non_stroking_color"] == pytest.approx((0.9, 0, 0.07))]
    assert plain("".join(char["text"] for char in red)) == "清禾县人民政府文件"
    (rule,) = [line for line in page.lines if line["stroking_color"] == pytest.approx((0.9, 0, 0.07))]
    assert rule["x1"] - rule["x0"] == pytest.approx(156 * MM, abs=0.5)
    number = next(char for char in chars if char["text"] == "〔")
    issuer = next(char for char in chars if char["text"] == "签")
    assert number["bottom"] == pytest.approx(issuer["bottom"], abs=0.1)
    first = next(
        char for char in chars if char["text"] == "清" and char["size"] == pytest.approx(16, abs=0.5)
    )
    assert first["x0"] == pytest.approx(28 * MM + 15.8, abs=0.6)
    last = max((char for char in chars if char["text"] == "国"), key=lambda char: char["x1"])
    assert last["x1"] == pytest.approx(210 * MM - 26 * MM - 15.8, abs=0.6)


def test_without_a_number_a_red_head_leaves_room_for_a_hand_and_a_plain_one_says_nothing(
    faces: Faces, tmp_path: Path
) -> None:
    red = plain(text_of(render_unit_report(document(number=""), faces).pdf, tmp_path))
    assert "〔2025〕号签发人：王建国" in red
    bare = plain(text_of(render_unit_report(document(number="", red_head=False), faces).pdf, tmp_path))
    assert "〔" not in bare and "政府文件" not in bare and "印发" not in bare
    assert bare.startswith("签发人：王建国") and "承办单位：清禾县生态环境局" in bare


def test_a_draft_without_people_still_has_a_head(faces: Faces, tmp_path: Path) -> None:
    nobody = replace(document(bureau=""), people=People())
    text = plain(text_of(render_unit_report(nobody, faces).pdf, tmp_path))
    assert "清政报〔2025〕12号签发人：清禾县人民政府关于" in text
    assert "填报人" not in text.split("附件：")[1].split("附件1")[0]


def test_signing_for_another_is_said_beside_the_signature(faces: Faces, tmp_path: Path) -> None:
    by = SignedBy("李敏", date(2025, 4, 9))
    text = plain(text_of(render_unit_report(document(), faces, by).pdf, tmp_path))
    assert "李敏（经办人代签）" in text and "签发人王建国已于2025年4月9日在纸质签批单上签字" in text


@pytest.mark.parametrize("count", [1, 5, 9, 13, 17, 18, 19, 20, 21, 22, 30, 60])
def test_no_heading_ends_a_page_and_no_signature_stands_without_text(faces: Faces, count: int) -> None:
    body = "\n".join([WORDS] * count)
    sections = (
        (SectionName.OPENING, "现报告如下。"), (SectionName.OVERALL, body), (SectionName.PROBLEMS, f"（一）资金\n{body}"),
        (SectionName.NEXT, WORDS),
    )  # fmt: skip
    rendered = render_unit_report(document(*sections), faces, SignedBy("王建国"))
    pages = [lines_of(page) for page in letter_pages(rendered)]
    for lines in pages:
        assert not lines[-1].endswith(("总体进展情况", "存在问题", "下一步打算", "（一）资金")), lines[-1]
    ends = pages[-1].index("特此报告。")
    assert ends >= 1, "the page with the signature has no text of the body"
    assert rendered.signature_box[1] > 35 * MM


def test_long_names_stay_within_the_type_area(faces: Faces) -> None:
    long = document(issuer=LONG, addressee=LONG, bureau=LONG, number="〔2025〕" * 6)
    long = replace(long, unit=UnitRef("x", LONG), people=People("长" * 40, "名" * 40, "字" * 40, "0" * 40))
    for page in letter_pages(render_unit_report(long, faces, SignedBy("王建国", date(2025, 4, 9)))):
        inner = page.crop((0, 0, page.width, page.height - 30 * MM)).chars
        assert min(char["x0"] for char in inner) >= 26 * MM - 1
        assert max(char["x1"] for char in inner) <= page.width - 26 * MM + 3
        assert page.page_number > 1 or any("现将情况" in line for line in lines_of(page))


def test_annexes_that_were_not_chosen_are_not_printed(faces: Faces, tmp_path: Path) -> None:
    bare = document(table=False, readings=False, evidence=False)
    rendered = render_unit_report(bare, faces)
    text = plain(text_of(rendered.pdf, tmp_path))
    assert "附件" not in text and "填报单位" not in text
    assert rendered.pages == rendered.signature_page + 1 == 2, "proof and 版记 at the letter's end"
    table = render_unit_report(document(readings=False, evidence=False), faces)
    assert "附件：2025年第一季度工作进展情况表" in plain(text_of(table.pdf, tmp_path))


def test_names_of_any_length_leave_a_page_of_text_in_order(faces: Faces) -> None:
    """200 signs each, the most that a letter holds: nothing over an edge, no heading alone on a page."""
    name = "某" * 200
    long = document(issuer=name, addressee=name, bureau=name, number="某" * 40, readings=False)
    long = replace(long, unit=UnitRef("x", name), people=People(*("某" * 60 for _ in range(3)), "0" * 40))
    rendered = render_unit_report(long, faces, SignedBy("王建国"))
    with pdfplumber.open(io.BytesIO(rendered.pdf)) as pdf:
        for page in pdf.pages:
            for char in page.chars:
                assert char["x0"] >= 20 and char["x1"] <= page.width - 20, page.page_number
                assert char["top"] >= 20 and char["bottom"] <= page.height - 20, page.page_number
    pages = [lines_of(page) for page in letter_pages(rendered)]
    assert all(not lines[-1].endswith("总体进展情况") for lines in pages)
    annex = [page for page in letter_and_annexes(rendered) if page.width > page.height]
    assert all(page.extract_tables()[0][1:] for page in annex), "every page of the table has rows"


def letter_and_annexes(rendered: RenderedPdf) -> Iterator[Any]:
    with pdfplumber.open(io.BytesIO(rendered.pdf)) as pdf:
        yield from pdf.pages


def test_the_head_of_an_annex_stands_on_the_first_and_third_line(faces: Faces) -> None:
    """GB/T 9704-2012, 7.3.7: 附件 in 黑体 of 16 points at the top left, its title of 22 points on the third line."""
    for page in letter_and_annexes(render_unit_report(document(count=20), faces)):
        lines = page.extract_text_lines()
        found = next((line for line in lines if plain(line["text"]) in ("附件1", "附件2", "附件3")), None)
        if found is None:
            continue
        above = 37 * MM if page.height > page.width else page.height - 156 * MM - found["chars"][0]["y0"]
        label, title = found["chars"][0], lines[lines.index(found) + 1]["chars"][0]
        assert label["size"] == pytest.approx(16) and title["size"] == pytest.approx(22)
        assert 1.5 * 29 < title["bottom"] - label["bottom"] < 2.5 * 29
        if page.height > page.width:
            assert above <= label["top"] <= above + 29
