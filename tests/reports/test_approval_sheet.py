"""签批单: one page that says what is signed, bound to it by its code, with room for a hand."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pytest

from desktop.domain.codec import canonical_bytes, digest_of, verification_code
from desktop.domain.report import People, ReportDocument
from desktop.domain.unit import UnitRef
from desktop.reports.approval_sheet import LEAST_ROOM, render_approval_sheet
from desktop.reports.fonts import Faces
from tests.reports import samples
from tests.reports.printed import fonts_of, plain, text_of

LONG = UnitRef("u", "云川国家级高新技术产业开发区管理委员会综合协调办公室")


def long_document() -> ReportDocument:
    """Every text far longer than usual."""
    document = samples.report(unit=LONG)
    title = samples.PLAN.title * 8
    people = People("李" * 40, "马" * 40, "王" * 40, "0" * 40)
    return replace(document, plan=replace(document.plan, title=title), people=people)


def test_it_says_what_is_signed(faces: Faces, tmp_path: Path) -> None:
    document = samples.report()
    rendered = render_approval_sheet(document, faces)
    assert (rendered.pages, rendered.missing) == (1, ())
    said = plain(text_of(rendered.pdf, tmp_path, "-layout"))
    data = canonical_bytes(document)
    for text in (
        "清禾县人民政府季报签批单", "主送单位云川市人民政府", "《云川市空气质量持续改善行动实施方案》（第2版）",
        "2025年第一季度", "第1次报送", "共32条：已完成4条，达到序时进度18条，滞后4条，", "未启动3条，不涉及3条。",
        "填报人李敏", "审核人马晓东", "2025年4月9日", "0000-1234567", "签发意见", "签发人（王建国）签字：", "年月日",
        f"核对码{verification_code(data)}", digest_of(data)[:32], digest_of(data)[32:],
    ):  # fmt: skip
        assert text in said, text


@pytest.mark.parametrize("document", [samples.report(), samples.report(()), long_document()])
def test_it_is_one_upright_page_with_room_to_sign_and_nothing_outside(
    faces: Faces, document: ReportDocument
) -> None:
    rendered = render_approval_sheet(document, faces)
    with pdfplumber.open(io.BytesIO(rendered.pdf)) as opened:
        (page,) = opened.pages
        assert (round(page.width), round(page.height)) == (595, 842)
        levels = sorted({round(rule["top"], 1) for rule in page.lines if rule["x0"] != rule["x1"]})
        assert levels[-1] - levels[-2] >= LEAST_ROOM - 1
        right = max(rule["x1"] for rule in page.lines)
        left = min(rule["x0"] for rule in page.lines)
        assert all(left - 1 < char["x0"] and char["x1"] < right + 1 for char in page.chars)
        within = page.crop((left, levels[-2], right, levels[-1])).extract_text()
        assert "签字" in plain(within)


def test_every_font_is_embedded_and_mapped(faces: Faces, tmp_path: Path) -> None:
    assert set(fonts_of(render_approval_sheet(samples.report(), faces).pdf, tmp_path)) == {
        ("yes", "yes", "yes")
    }


def test_two_renderings_are_the_same_bytes(faces: Faces) -> None:
    assert render_approval_sheet(samples.report(), faces) == render_approval_sheet(samples.report(), faces)
