"""Tables over pages: how rows part, what rows share, what is repeated."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pdfplumber
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.paper_faces import FaceRole
from desktop.reports.description import Description
from desktop.reports.fonts import Faces, Typeface
from desktop.reports.line_breaking import Line
from desktop.reports.page import Area, Foot, Pages, Style
from desktop.reports.pdf_table import Align, Band, Column, Row, Table, TableSetter, Together
from desktop.reports.table_cells import PAD_Y, Cell, Drawn, split
from tests.reports.printed import crossed, plain, text_of

STYLE = Style(Typeface(FaceRole.TABLE, ()), 10.5, 15)


def cell(lines: int) -> Cell:
    return Cell(tuple(Line(str(n), 500.0, False) for n in range(lines)), STYLE)


@given(st.lists(st.integers(0, 90), min_size=1, max_size=6), st.floats(15, 420))
def test_no_cell_leaves_a_single_line_at_either_side(counts: list[int], room: float) -> None:
    cells = [cell(count) for count in counts]
    upper, rest = split(cells, room)
    if upper is None:
        assert rest == cells
        return
    for before, above, below in zip(cells, upper, rest, strict=True):
        assert above.lines + below.lines == before.lines
        assert above.height <= room
        if len(before.lines) > 1:
            assert len(above.lines) != 1 and len(below.lines) != 1


def test_a_drawing_is_never_split() -> None:
    drawing = Cell((), STYLE, Drawn(40, lambda pages, left, bottom, width: None))
    assert split([drawing, cell(20)], 47)[0] is None
    upper, rest = split([drawing, cell(20)], 48 + PAD_Y)
    assert upper is not None and upper[0].drawn and not rest[0].drawn


def set_table(faces: Faces, rows: list[Row]) -> bytes:
    pages = Pages(faces, Foot("AAAA", "甲"), Description("表", "甲", "", date(2025, 4, 9)))
    area = pages.start(landscape=True)
    columns = (Column("序号", 40, Align.CENTRE), Column("任务", 90), Column("牵头", 90), Column("进展", 300))
    table = Table(columns, Style(faces.strong, 10.5, 15), Style(faces.table, 10.5, 15))

    def following() -> tuple[Area, float]:
        fresh = pages.start(landscape=True)
        return fresh, fresh.top

    TableSetter(pages, table, area.top, following).rows(rows)
    return pages.finish()


def cells_of(pdf: bytes) -> list[list[list[str | None]]]:
    """Page by page, the table's rows without its head."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return [page.extract_tables()[0][1:] for page in document.pages]


def group(count: int, words: str, title: str = "散煤治理", lead: str = "市生态环境局") -> Together:
    return Together(tuple((f"4-{n + 1}", title, lead, f"{n + 1}：{words}") for n in range(count)), (1, 2))


def test_rows_of_a_task_share_one_cell(faces: Faces) -> None:
    ((first, second, third, after),) = cells_of(
        set_table(faces, [group(3, "完成。"), ("5", "工业炉窑", "市工信局", "完成。")])
    )
    assert [row[0] for row in (first, second, third, after)] == ["4-1", "4-2", "4-3", "5"]
    assert (first[1], first[2]) == ("散煤治理", "市生态环境局")
    assert second[1] is None and third[2] is None, "one cell over all three"
    assert (after[1], after[3]) == ("工业炉窑", "完成。")


def test_what_is_shared_is_repeated_after_a_page_break_with_a_word(faces: Faces) -> None:
    pages = cells_of(set_table(faces, [group(14, "集中供热管网向城东片区延伸。" * 9)]))
    assert len(pages) > 2
    assert plain(pages[0][0][1] or "") == "散煤治理"
    for page in pages[1:]:
        assert (plain(page[0][1] or ""), plain(page[0][2] or "")) == ("散煤治理（续）", "市生态环境局（续）")
        assert all(row[1] is None for row in page[1:])
    told = "".join(plain(row[3] or "") for page in pages for row in page)
    assert told == "".join(f"{n + 1}：{'集中供热管网向城东片区延伸。' * 9}" for n in range(14))


@pytest.mark.parametrize("title", ["短", "标题很长" * 5, "标题很长的任务" * 40, "T" * 300])
def test_a_shared_title_of_any_length_leaves_nothing_and_nothing_out(
    faces: Faces, tmp_path: Path, title: str
) -> None:
    pdf = set_table(faces, [group(n, "完成。" * 4 * n, title) for n in range(2, 9)])
    text, first = plain(text_of(pdf, tmp_path, "-raw")), title[0]
    if len(title) < 100:
        assert text.count(title) >= 7, "once for each group, and again after each break"
    else:
        assert text.count(first) == 35 * title.count(first), "too long for one cell: in every row"
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            rules = [rule for rule in page.lines if rule["x0"] == rule["x1"]]
            assert not [char["text"] for rule in rules for char in page.chars if crossed(rule, char)]
            assert max(rule["bottom"] for rule in rules) < page.height - 70


def test_heads_repeat_and_stand_at_the_binding_side_with_the_portrait_number(faces: Faces) -> None:
    """GB/T 9704-2012, 11: seen upright the head is above; the number stands at the left, where portrait pages end."""
    pdf = set_table(faces, [(str(n), "任务", "牵头", "完成。" * 30) for n in range(40)])
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        assert len(document.pages) > 3
        for number, page in enumerate(document.pages, 1):
            assert page.extract_tables()[0][0] == ["序号", "任务", "牵头", "进展"]
            turned = [char for char in page.chars if not char["upright"]]
            assert "".join(char["text"] for char in turned).replace(" ", "") == f"—{number}—"
            # Its dashes 7 mm outside the type area, which begins 35 mm from the left edge.
            assert {round((char["x0"] + char["x1"]) / 2 / 72 * 25.4) for char in turned} == {28}
            middle = sum(char["top"] for char in turned) / len(turned)
            outer_is_below = number % 2 == 1
            assert (middle > page.height / 2) == outer_is_below


def test_a_word_of_three_hundred_signs_stays_in_its_cell(faces: Faces) -> None:
    words = "W" * 300
    ((row,),) = cells_of(set_table(faces, [("1", words[:60], "牵头", words)]))
    assert plain(row[3] or "") == words and plain(row[1] or "") == words[:60]


def test_styles_of_other_sizes_keep_their_pitch(faces: Faces) -> None:
    assert cell(3).height == 3 * 15 + 2 * PAD_Y
    assert replace(cell(0)).height == 0.0


@pytest.mark.parametrize("shape", ["rows", "group", "groups", "bands"])
def test_no_row_stands_alone_on_the_last_page(faces: Faces, shape: str) -> None:
    """Over tables of every length the last page has two lines of cells, and no band ends a page."""
    band = Style(faces.strong, 10.5, 15)
    several = 0
    for count in range(2, 44):
        lines = [(str(n), "任务", "牵头", f"{n}：{'完成治理。' * (n % 5 * 9 + 1)}") for n in range(count)]
        rows: list[Row] = list(lines)
        if shape == "group":
            rows = [Together(tuple(lines), (1,))]
        elif shape == "groups":
            rows = [Together(tuple(lines[at : at + 3]), (1, 2)) for at in range(0, count, 3)]
        elif shape == "bands":
            rows = [each for line in lines for each in (Band("一节", band), line)]
        pages = cells_of(set_table(faces, rows))
        several += len(pages) > 1
        assert [row[0] for page in pages for row in page if row[0] != "一节"] == [line[0] for line in lines]
        assert len(pages) == 1 or sum(row[0] != "一节" for row in pages[-1]) >= 2, count
        assert all(page[-1][0] != "一节" for page in pages), count
    assert several > 20


def test_a_last_row_that_splits_anyhow_leaves_the_one_before_it_where_it_is(faces: Faces) -> None:
    tall = "完成治理。" * 400
    pages = cells_of(set_table(faces, [("1", "甲", "乙", "短。"), ("2", "甲", "乙", tall)]))
    assert [row[0] for row in pages[0]] == ["1", "2"]
