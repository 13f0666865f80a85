"""A bureau's workbook comes back as it was filled, wherever its columns and rows went; nothing is guessed in silence."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.report import STATUS_WORDS, Entry, ProgressStatus, Reading
from desktop.domain.workbook import field_texts, number_text
from desktop.intake.workbooks.workbook import read_workbook
from desktop.reports.bureau_workbook import as_written, render_bureau_workbook
from tests.intake.filled import (
    BOILERS,
    FIRST,
    MARKS,
    SHARE,
    USUAL_ENTRY,
    Hand,
    book_of,
    fill,
    refusals,
    row,
    texts,
    through_office,
    usual_rows,
)

KEYS = [r.measure_key for r in usual_rows()]


def everything() -> dict[tuple[str, str], str]:
    """What an unchanged workbook says."""
    return {
        (r.measure_key, name): text
        for r in usual_rows()
        for name, text in field_texts(r.entry, [t.key for t in r.targets]).items()
    }


def expected(**changes: str) -> dict[tuple[str, str], str]:
    """An unchanged workbook with some fields of the first two measures changed: `m006_progress`, `m019_status`."""
    keys = {"m006": "m-006", "m019": "m-019", "m020": "m-020"}
    changed = {(keys[name[:4]], name[5:].replace("__", ":")): text for name, text in changes.items()}
    return everything() | changed


def test_an_unchanged_workbook_says_what_was_in_it(tmp_path: Path) -> None:
    found = fill(tmp_path)
    assert texts(found) == everything()
    assert found.stamp == book_of(usual_rows()).stamp
    assert (found.refused, found.problems, refusals(found)) == ((), (), {})


def test_filled_fields_come_back(tmp_path: Path) -> None:
    def change(hand: Hand) -> None:
        hand.cell("status", 1).value = "达到序时进度"
        hand.cell("progress", 1).value = "  检查工地41个。\r\n整改2处。 "
        hand.cell("explanation", 1).value = 12
        hand.reading(0).value = 9
        hand.reading(1).value = "６５％"
        hand.reading(1, "note").value = "不含\u200b两家"

    assert texts(fill(tmp_path, change)) == expected(
        m019_status="on_schedule",
        m019_progress="检查工地41个。\n整改2处。",
        m019_explanation="12",
        m006_reading__t1="9",
        m006_reading__t2="65",
        m006_note__t2="不含两家",
    )


FORMS = [("ods", "xlsx"), ("xlsx",)]


@pytest.mark.parametrize("forms", FORMS, ids=["through ods", "saved as xlsx"])
def test_a_workbook_edited_by_libreoffice_is_taken_back(tmp_path: Path, forms: tuple[str, ...]) -> None:
    hand = Hand(render_bureau_workbook(book_of(usual_rows())))
    hand.cell("status", 1).value = "滞后"
    hand.cell("progress", 1).value = "=不是公式\n第二行“引号”，PM2.5、O₃"
    hand.cell("progress", 1).data_type = "s"
    hand.reading(0).value = 8.5
    hand.reading(1).value = 0.955
    hand.reading(1).number_format = "0.0%"
    saved = through_office(hand.save(tmp_path / "交回.xlsx"), *forms)
    found = read_workbook(saved, usual_rows())
    assert texts(found) == expected(
        m019_status="behind",
        m019_progress="=不是公式\n第二行“引号”，PM2.5、O₃",
        m006_reading__t1="8.5",
        m006_reading__t2="95.5",
    )
    assert found.stamp == book_of(usual_rows()).stamp and not found.problems


def _moved(hand: Hand, name: str, place: int) -> None:
    """Cuts a column out and puts it before another, headings, marks and all."""
    sheet = hand.measures
    sheet.merged_cells.ranges.clear()
    source = hand.column(sheet, name)
    values = [sheet.cell(n, source).value for n in range(1, sheet.max_row + 1)]
    sheet.delete_cols(source)
    sheet.insert_cols(place)
    for number, value in enumerate(values, start=1):
        sheet.cell(number, place).value = value


def test_moved_and_renamed_columns(tmp_path: Path) -> None:
    def change(hand: Hand) -> None:
        hand.cell("problems", 2).value = "缺车"
        _moved(hand, "progress", 2)
        _moved(hand, "status", 9)
        for cell in hand.measures[FIRST - 1]:
            cell.value = f"列{cell.column}"

    assert texts(fill(tmp_path, change)) == expected(m020_problems="缺车")


def test_other_headings_without_the_hidden_names(tmp_path: Path) -> None:
    def change(hand: Hand) -> None:
        sheet = hand.measures
        hand.cell("next_steps", 1).value = "加车"
        names = {
            "status": "办理状态", "progress": "本季度工作 进展情况", "problems": "困难和问题", "next_steps": "下步打算",
            "explanation": "备 注", "title": "重点任务", "content": "主要内容", "previous": "上季度进展情况",
        }  # fmt: skip
        for name, heading in names.items():
            sheet.cell(FIRST - 1, hand.column(sheet, name)).value = heading
        sheet.delete_rows(MARKS)

    assert texts(fill(tmp_path, change)) == expected(m019_next_steps="加车")


def test_sorted_rows_a_renamed_sheet_and_a_deleted_row(tmp_path: Path) -> None:
    def change(hand: Hand) -> None:
        sheet = hand.measures
        sheet.title = "住建局（终版）"
        hand.cell("progress", 3).value = "调度3次"
        rows = [[c.value for c in sheet[FIRST + n]] for n in (3, 2, 0)]
        sheet.delete_rows(FIRST + 3)
        for n, values in enumerate(rows):
            for at, value in enumerate(values, start=1):
                sheet.cell(FIRST + n, at).value = value

    found = fill(tmp_path, change)
    assert texts(found) == {k: v for k, v in everything().items() if k[0] != "m-019"} | {
        ("m-021", "progress"): "调度3次"
    }
    first = next(f for f in found.fields if f.place.name == "progress")
    assert first.cell.startswith("住建局（终版） H")


def test_columns_sorted_apart_are_not_believed(tmp_path: Path) -> None:
    """The hidden keys stayed where they were while everything visible was turned round."""

    def change(hand: Hand) -> None:
        sheet = hand.measures
        hand.cell("progress", 1).value = "给19-1的话"
        rows = [[c.value for c in sheet[FIRST + n]][1:] for n in (3, 2, 1, 0)]
        for n, values in enumerate(rows):
            for at, value in enumerate(values, start=2):
                sheet.cell(FIRST + n, at).value = value

    found = texts(fill(tmp_path, change))
    assert found["m-019", "progress"] == "row_contradicts:给19-1的话"
    assert "给19-1的话" not in [text for key, text in found.items() if key[0] != "m-019"]


def test_rows_are_known_without_keys(tmp_path: Path) -> None:
    def change(hand: Hand) -> None:
        sheet = hand.measures
        hand.cell("progress", 1).value = "甲"
        hand.cell("progress", 2).value = "乙"
        for n in range(4):
            sheet.cell(FIRST + n, 1).value = None
        hand.cell("label", 1).value = None
        hand.cell("content", 2).value = "料场、堆场全部封闭；主干道每天机械清扫两遍。"
        hand.cell("label", 2).value = 7
        for n in range(2):
            hand.targets.cell(FIRST + n, 1).value = None

    found = texts(fill(tmp_path, change))
    assert found["m-019", "progress"] == "甲"
    assert found["m-020", "progress"] == "row_likeness:乙"
    assert found["m-006", "reading:t1"] == "7"


def test_added_rows_are_told_not_taken(tmp_path: Path) -> None:
    def change(hand: Hand) -> None:
        hand.cell("title", 4).value = "我们自己加的工作"
        hand.cell("progress", 4).value = "也做了"
        hand.cell("title", 6).value = "没有写进展的一行"

    found = fill(tmp_path, change)
    assert texts(found) == everything()
    assert [(r.code, r.cell, r.text) for r in found.refused] == [
        ("row_unknown", "填报 H9", "我们自己加的工作　也做了")
    ]


def test_two_rows_for_one_measure(tmp_path: Path) -> None:
    """A copied row: what only one of them says anew is proposed, what both say differently is refused."""

    def change(hand: Hand) -> None:
        for cell in hand.measures[FIRST]:
            hand.measures.cell(FIRST + 4, cell.column).value = cell.value
        hand.cell("problems", 4).value = "只有这里改了"
        hand.cell("progress", 0).value = "一个说法"
        hand.cell("progress", 4).value = "另一个说法"

    found = fill(tmp_path, change)
    assert texts(found) == {k: v for k, v in everything().items() if k != ("m-006", "progress")} | {
        ("m-006", "problems"): "row_twice:只有这里改了"
    }
    assert refusals(found) == {("m-006", "progress"): "row_twice"}


def test_merged_cells_speak_for_all_their_rows(tmp_path: Path) -> None:
    def change(hand: Hand) -> None:
        column = hand.column(hand.measures, "progress")
        hand.cell("progress", 1).value = "两条一起做"
        hand.measures.merge_cells(
            start_row=FIRST + 1, end_row=FIRST + 2, start_column=column, end_column=column
        )
        title = hand.column(hand.measures, "title")
        hand.measures.merge_cells(
            start_row=FIRST + 1, end_row=FIRST + 2, start_column=title, end_column=title
        )

    assert texts(fill(tmp_path, change)) == expected(
        m019_progress="两条一起做", m020_progress="cell_merged:两条一起做"
    )


def test_formulas_and_errors_are_refused_and_not_evaluated(tmp_path: Path) -> None:
    def change(hand: Hand) -> None:
        hand.cell("progress", 1).value = '=HYPERLINK("http://example.org","点")'
        hand.reading(0).value = "=3+4"
        hand.reading(1).value = "#N/A"
        hand.reading(1).data_type = "e"
        hand.cell("title", 2).value = "=1+1"

    found = fill(tmp_path, change)
    assert refusals(found) == {
        ("m-019", "progress"): "cell_formula",
        ("m-006", "reading:t1"): "cell_formula",
        ("m-006", "reading:t2"): "cell_error",
    }
    assert len(texts(found)) == len(everything()) - 3


def test_without_its_stamp_it_is_read_all_the_same(tmp_path: Path) -> None:
    def change(hand: Hand) -> None:
        hand.cell("progress", 1).value = "好"
        del hand.book["_蓝天季报"]

    found = fill(tmp_path, change)
    assert found.stamp is None and [p.code for p in found.problems] == ["stamp_missing"]
    assert texts(found) == expected(m019_progress="好")


@pytest.mark.parametrize("text", ['|{"format":1}', "|{", "|{" + '"a":' * 4000, '|{"format":2}'])
def test_a_damaged_stamp_is_no_stamp(tmp_path: Path, text: str) -> None:
    def change(hand: Hand) -> None:
        hand.book["_蓝天季报"].cell(1, 1).value = text

    found = fill(tmp_path, change)
    assert found.stamp is None and [p.code for p in found.problems] == ["stamp_damaged"]


def test_a_column_that_stands_twice_is_left_out(tmp_path: Path) -> None:
    def change(hand: Hand) -> None:
        sheet = hand.measures
        sheet.cell(MARKS, 12).value = "#progress"
        sheet.cell(FIRST - 1, 12).value = "本季度进展（改）"
        sheet.cell(FIRST + 1, 12).value = "写在新列里"

    found = fill(tmp_path, change)
    assert [(p.code, p.facts["column"]) for p in found.problems] == [("column_twice", "本季度进展（改）")]
    assert not [key for key in texts(found) if key[1] == "progress"]


def test_a_missing_column_is_told(tmp_path: Path) -> None:
    found = fill(tmp_path, lambda hand: hand.measures.delete_cols(hand.column(hand.measures, "problems")))
    assert [(p.code, p.facts["fields"]) for p in found.problems] == [("column_missing", "problems")]
    assert texts(found) == {k: v for k, v in everything().items() if k[1] != "problems"}


def test_a_measure_that_was_not_asked_about_is_only_proposed(tmp_path: Path) -> None:
    rows = usual_rows()
    hand = Hand(render_bureau_workbook(book_of(rows[:2])))
    hand.cell("label", 2).value = "19-2"
    hand.cell("title", 2).value = rows[2].title
    hand.cell("progress", 2).value = "顺手写的"
    found = read_workbook(hand.save(tmp_path / "x.xlsx"), rows)
    assert texts(found)["m-020", "progress"] == "row_not_asked:顺手写的"


SAID = st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=80)
FIGURES = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**11), max_value=10**11, places=3)
ENTRIES = st.builds(
    Entry,
    st.just("m-006"),
    st.none() | st.sampled_from(ProgressStatus),
    SAID,
    SAID,
    SAID,
    SAID,
    st.tuples(
        st.builds(Reading, st.just("t1"), st.none() | FIGURES, SAID),
        st.builds(Reading, st.just("t2"), st.none() | st.integers(2, 100).map(Decimal), SAID),
    ),
)


@given(entry=ENTRIES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_written_comes_back_the_same(tmp_path: Path, entry: Entry) -> None:
    rows = (replace(usual_rows()[0], entry=entry), *usual_rows()[1:])
    path = tmp_path / "any.xlsx"
    path.write_bytes(render_bureau_workbook(book_of(rows)))
    found = {k[1]: v for k, v in texts(read_workbook(path, rows)).items() if k[0] == "m-006"}
    assert found == {n: as_written(t) for n, t in field_texts(entry, ["t1", "t2"]).items()}


@given(said=SAID, status=st.sampled_from(ProgressStatus), figure=FIGURES)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_filled_comes_back_the_same(
    tmp_path: Path, said: str, status: ProgressStatus, figure: Decimal
) -> None:
    def change(hand: Hand) -> None:
        hand.cell("status", 1).value = STATUS_WORDS[status]
        cell = hand.cell("progress", 1)
        cell.value, cell.data_type = as_written(said), "s"
        hand.reading(0).value = figure

    found = texts(fill(tmp_path, change))
    assert found["m-019", "status"] == status.value
    assert found["m-019", "progress"] == as_written(said)
    assert found["m-006", "reading:t1"] == number_text(figure)


def test_a_text_longer_than_a_cell_is_not_taken_for_a_change(tmp_path: Path) -> None:
    entry = replace(USUAL_ENTRY, progress="长" * 40_000)
    rows = (row("m-006", "6", 0, "关停小锅炉", "", entry, BOILERS, SHARE),)
    path = tmp_path / "long.xlsx"
    book = book_of(rows)
    path.write_bytes(render_bureau_workbook(book))
    found = next(f for f in read_workbook(path, rows).fields if f.place.field == "progress")
    assert found.text == as_written(entry.progress) and len(found.text) <= 32_767
