"""The end of a 通报, and of a report without 版记: the QR code never has a page of its own."""

from __future__ import annotations

import io
from dataclasses import replace

import pdfplumber
import pytest

from desktop.domain.bulletin import Bulletin, BulletinPart
from desktop.domain.report import People, ReportDocument
from desktop.domain.summary import SummaryDocument
from desktop.reports.city_summary import render_city_summary
from desktop.reports.fonts import Faces
from desktop.reports.page import MM
from desktop.reports.unit_report import render_unit_report
from tests.reports import samples
from tests.reports.bulletins import bulletin, city_lines
from tests.reports.printed import plain
from tests.reports.test_official_letter import document

P = BulletinPart
EDGES = {"vertical_strategy": "lines_strict", "horizontal_strategy": "lines_strict"}


def last_page(pdf: bytes) -> tuple[str, int, float]:
    """Words of the last page, how many lines of cells its tables have, and the lowest place of any sign above the foot."""
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        page = opened.pages[-1]
        rows = sum(len(table) for table in page.extract_tables(EDGES))
        inner = page.crop((0, 0, page.width, page.height - 25 * MM))
        return plain(page.extract_text()), rows, max(char["bottom"] for char in inner.chars)


def ending(whole: SummaryDocument, part: BulletinPart, count: int) -> SummaryDocument:
    """Tables alone, `part` the last, with `count` lines in it."""
    assert whole.bulletin is not None and whole.bulletin.ranking is not None
    said = Bulletin((P.UNITS, part), "", "", whole.bulletin.ranking, whole.bulletin.trends)
    match part:
        case P.UNITS | P.LATE:
            return replace(whole, units=(whole.units * 4)[:count], bulletin=said)
        case P.RANKING:
            scores = (whole.bulletin.ranking.scores * 4)[:count]
            return replace(whole, bulletin=replace(said, ranking=replace(said.ranking, scores=scores)))
        case P.CITY:
            return replace(whole, city=(city_lines() * 9)[:count], bulletin=said)
        case P.TRENDS:
            first = replace(said.trends[0], units=(said.trends[0].units * 4)[:count])
            return replace(whole, bulletin=replace(said, trends=(first,)))
        case _:
            return replace(whole, rows=(whole.rows * 2)[:count], bulletin=said)


@pytest.mark.parametrize(
    "part", [P.UNITS, P.LATE, P.RANKING, P.CITY, P.MATRIX, P.BEHIND, P.TRENDS], ids=lambda part: part.value
)
def test_it_stands_under_lines_of_the_last_table_whatever_its_length(
    part: BulletinPart, faces: Faces
) -> None:
    whole, pages = bulletin(), set()
    for count in range(3, 34):
        made = render_city_summary(ending(whole, part, count), faces)
        words, rows, _ = last_page(made.pdf)
        assert "SHA-256" in words and rows >= 3, f"{count} lines: head and two lines go with the code"
        pages.add(made.pages)
    assert len(pages) > 1, "shapes that fill a page were among them"


def test_a_letter_alone_has_it_under_the_signature(faces: Faces) -> None:
    whole = bulletin(3, 2, number="")
    assert whole.bulletin is not None
    for addressee in range(1, 75, 4):
        said = replace(whole.bulletin, parts=(P.LETTER,), addressee="各县" * addressee)
        words, _, _ = last_page(render_city_summary(replace(whole, bulletin=said), faces).pdf)
        assert "SHA-256" in words and "特此通报。" in words and "2025年4月15日" in words


def test_a_numbered_bulletin_ends_with_imprint_on_an_even_page(faces: Faces) -> None:
    """GB/T 9704-2012, 7.4: 印发机关 and 印发日期, the last rule at the type area's edge."""
    for count in range(2, 14):
        made = render_city_summary(bulletin(count, 5), faces)
        with pdfplumber.open(io.BytesIO(made.pdf)) as opened:
            page = opened.pages[-1]
            said = [plain(each.extract_text()) for each in opened.pages]
            rules = [line for line in page.lines if line["x1"] - line["x0"] > 150 * MM]
        assert made.pages % 2 == 0 and page.width < page.height
        assert [at for at, words in enumerate(said, 1) if "印发" in words] == [made.pages]
        assert "云川市人民政府2025年4月15日印发" in said[-1] and "SHA-256" in said[-1]
        assert max(line["top"] for line in rules) == pytest.approx(page.height - 35 * MM, abs=0.1)


def unclosed(count: int, long: int = 0) -> ReportDocument:
    """A report that has nothing to say in 版记."""
    rows = list(samples.report(count=count).rows)
    if long:
        entry = replace(rows[-1].entry, progress="各项措施按计划推进，没有发现新的问题。" * long)
        rows[-1] = replace(rows[-1], entry=entry)
    bare = document(red_head=False, number="", bureau="", evidence=False, readings=False)
    return replace(bare, rows=tuple(rows), people=People())


def test_a_report_without_imprint_has_it_under_its_last_table(faces: Faces) -> None:
    for count in range(2, 20):
        words, rows, _ = last_page(render_unit_report(unclosed(count), faces).pdf)
        assert "SHA-256" in words and rows >= 2, f"{count} measures"


def test_a_last_line_of_many_words_is_split_for_it(faces: Faces) -> None:
    for long in range(20, 120, 3):
        words, rows, lowest = last_page(render_unit_report(unclosed(3, long), faces).pdf)
        assert "SHA-256" in words and rows >= 2, f"{long} sentences: the row's rest goes with the code"
        assert lowest < 595 - 26 * MM
