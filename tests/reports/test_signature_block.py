"""The visible text of signatures: within its place, whoever signs for whom, and room for all of them on the last page."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pdfplumber
import pytest

from desktop.domain.identity import SignRole
from desktop.domain.signatures import CO_SIGNERS
from desktop.reports.fonts import Faces
from desktop.reports.official_letter import BOX_WIDTH, LAST_HEIGHT
from desktop.reports.signature_block import SignatureBlock, issuer_block, render_signature_block
from desktop.reports.unit_report import render_unit_report

from . import samples

AT = datetime(2026, 4, 8, 9, 5, tzinfo=UTC)


def words_in(pdf: bytes) -> tuple[str, list[dict[str, float]], tuple[float, float]]:
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        (page,) = opened.pages
        return "".join((page.extract_text() or "").split()), page.chars, (page.width, page.height)


@pytest.mark.parametrize("unit", ["清禾县人民政府", "云川国家级高新技术产业开发区管理委员会综合协调办公室"])
@pytest.mark.parametrize("on_paper", [None, date(2026, 4, 7)])
def test_name_unit_and_time_stand_within_the_place(faces: Faces, unit: str, on_paper: date | None) -> None:
    block = issuer_block(unit, "王建国", "王建国" if on_paper is None else "欧阳李敏", AT, on_paper)
    text, chars, (width, height) = words_in(render_signature_block(block, 3, BOX_WIDTH, LAST_HEIGHT, faces))
    assert unit in text and "2026年4月8日09:05签名" in text and block.name in text
    assert ("在纸质签批单上签字" in text) == (on_paper is not None)
    assert all(c["x0"] >= -0.5 and c["x1"] <= width + 0.5 for c in chars)
    assert all(c["top"] >= -0.5 and c["bottom"] <= height + 1.5 for c in chars)


def test_a_very_long_name_is_set_narrower(faces: Faces) -> None:
    block = SignatureBlock("审核人电子签名", "阿不都热合曼" * 4, ("某单位",))
    _, chars, (width, _) = words_in(render_signature_block(block, 1, BOX_WIDTH, 58, faces))
    assert max(c["x1"] for c in chars) <= width + 0.5


@pytest.mark.parametrize("count", [0, 1, 4, 8, 12, 20])
@pytest.mark.parametrize("roles", [CO_SIGNERS, (SignRole.REVIEWER,)])
def test_places_of_signatures_hold_nothing_else(
    faces: Faces, count: int, roles: tuple[SignRole, ...]
) -> None:
    """However far the table reaches: no text, no other place, nothing beyond the type area."""
    document = replace(samples.report(count=count), co_signers=roles)
    made = render_unit_report(document, faces)
    assert [place.role for place in made.signature_places] == [*roles, SignRole.ISSUER]
    with pdfplumber.open(io.BytesIO(made.pdf)) as opened:
        for place in made.signature_places:
            assert place.box is not None
            left, bottom, right, top = place.box
            page = opened.pages[place.page]
            assert left >= 0 and right <= page.width - 60 and bottom >= 60
            assert not (
                page.crop((left, page.height - top, right, page.height - bottom)).extract_text() or ""
            )
    for one, other in zip(made.signature_places, made.signature_places[1:], strict=False):
        assert one.box is not None and other.box is not None
        assert one.page != other.page or one.box[2] <= other.box[0] or one.box[1] >= other.box[3]


def test_without_co_signers_the_pages_are_what_they_were(faces: Faces) -> None:
    made = render_unit_report(samples.report(count=4), faces)
    assert made.co_signatures == () and len(made.signature_places) == 1
