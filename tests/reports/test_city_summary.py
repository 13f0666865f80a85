from __future__ import annotations

import io
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pdfplumber
import pytest

from desktop.domain.bulletin import Bulletin, BulletinPart, BulletinSection, BulletinText
from desktop.domain.codec import canonical_bytes, verification_code
from desktop.domain.report import ProgressStatus
from desktop.domain.summary import SummaryDocument, UnitProgress
from desktop.domain.targets import Accumulation
from desktop.reports.account_figures import ABOUT_RULE
from desktop.reports.bulletin_text import city_account, paragraphs_of
from desktop.reports.city_summary import render_city_summary
from desktop.reports.fonts import Faces
from desktop.reports.letter_head import RED
from desktop.reports.page import MM
from desktop.reports.score_text import deduction_words, written
from desktop.reports.status_matrix import blocks_of
from tests.reports import samples
from tests.reports.bulletins import REASON, bulletin, city_lines
from tests.reports.printed import fonts_of, plain, table_rows, text_of

P = BulletinPart
LEVEL = Accumulation.POINT_IN_TIME
# Bars and the squares of a QR code are no table's edges.
_RULES = {"vertical_strategy": "lines_strict", "horizontal_strategy": "lines_strict"}


@pytest.fixture(scope="module")
def summary() -> SummaryDocument:
    return samples.summary(24, 13)


@pytest.fixture(scope="module")
def whole() -> SummaryDocument:
    return bulletin()


def test_same_bytes_twice_and_all_fonts_embedded(
    whole: SummaryDocument, faces: Faces, tmp_path: Path
) -> None:
    first, second = render_city_summary(whole, faces), render_city_summary(whole, faces)
    assert first == second and first.missing == ()
    assert set(fonts_of(first.pdf, tmp_path)) == {("yes", "yes", "yes")}


def test_each_unit_has_its_line(summary: SummaryDocument, faces: Faces) -> None:
    rows = [
        cells for cells in table_rows(render_city_summary(summary, faces).pdf, "序号") if cells[0].isdigit()
    ]
    listed = {cells[1]: cells for cells in rows if len(cells) == 12}
    for unit in summary.units:
        cells = listed[unit.unit.name]
        assert cells[4] == f"{unit.filled}／{unit.assigned}"
        expected = str(unit.counts["behind"]) if unit.state is UnitProgress.ACCEPTED else "—"
        assert cells[7] == expected


def test_everything_behind_is_listed_in_the_units_words(
    summary: SummaryDocument, faces: Faces, tmp_path: Path
) -> None:
    only = replace(summary, bulletin=Bulletin((P.BEHIND,)))
    text = plain(text_of(render_city_summary(only, faces).pdf, tmp_path, "-raw"))
    behind = [
        cell.entry
        for row in summary.rows
        for cell in row.cells
        if cell.entry and cell.entry.status == "behind"
    ]
    assert len(behind) > 10
    assert text.count("滞后单位") == sum(
        any(cell.entry and cell.entry.status == "behind" for cell in row.cells) for row in summary.rows
    )
    assert text.count(plain("5月20日前拆除2台锅炉并完成验收。")) == sum(
        "5月20日" in e.next_steps for e in behind
    )


def test_words_of_five_thousand_signs_are_printed_whole(
    summary: SummaryDocument, faces: Faces, tmp_path: Path
) -> None:
    long = "".join(f"第{number}处料场已完成封闭；" for number in range(450))[:5000]
    row = summary.rows[0]
    cells = tuple(
        replace(cell, entry=replace(cell.entry, status=ProgressStatus.BEHIND, problems=long, next_steps="短"))
        if cell.entry
        else cell
        for cell in row.cells[:1]
    )
    document = replace(summary, rows=(replace(row, cells=cells),), bulletin=Bulletin((P.BEHIND,)))
    (found,) = (
        cells for cells in table_rows(render_city_summary(document, faces).pdf, "单位") if len(cells[2]) > 100
    )
    assert found[2] == long and found[3] == "短"


def test_legend_and_code_stand_on_the_pages(summary: SummaryDocument, faces: Faces, tmp_path: Path) -> None:
    pages = plain_pages(render_city_summary(summary, faces).pdf, tmp_path)
    code = verification_code(canonical_bytes(summary))
    assert all(code in page for page in pages)
    matrix = [page for page in pages if "进展状态一览" in page and "附件：" not in page]
    assert matrix
    for word in (
        "已完成",
        "达到序时进度",
        "滞后",
        "未启动",
        "不涉及",
        "未填报",
        "季报尚未接收",
        "空白：未分派给该单位",
    ):
        assert all(word in page for page in matrix)


def test_units_split_into_even_blocks(summary: SummaryDocument) -> None:
    assert [len(block) for block in blocks_of(summary.units, 5)] == [5, 4, 4]
    assert [len(block) for block in blocks_of(summary.units, 40)] == [13]
    assert sum(blocks_of(summary.units, 1), ()) == summary.units


@pytest.mark.parametrize("count", [*range(14, 26), 33, 47, 60])
def test_no_page_of_the_matrix_has_a_lone_measure(count: int, faces: Faces) -> None:
    document = replace(samples.summary(count, 30), bulletin=Bulletin((P.UNITS, P.MATRIX)))
    labels = matrix_labels(render_city_summary(document, faces).pdf)
    assert [label for page in labels for label in page] == [row.label for row in document.rows]
    assert len(labels) == 1 or min(len(page) for page in labels) >= 4


def test_what_does_not_fit_beside_each_other_is_split_by_units(faces: Faces, tmp_path: Path) -> None:
    document = replace(samples.summary(6, 70), bulletin=Bulletin((P.MATRIX,)))
    pages = plain_pages(render_city_summary(document, faces).pdf, tmp_path)
    assert sum("单位分3组" in page for page in pages) == 3
    assert all(any(f"第{part}组" in page for page in pages) for part in (1, 2, 3))


def test_a_letter_names_its_annexes_and_each_begins_a_page(
    whole: SummaryDocument, faces: Faces, tmp_path: Path
) -> None:
    pages = plain_pages(render_city_summary(whole, faces).pdf, tmp_path)
    text = "".join(pages)
    assert "云川政办通报〔2025〕3号" in pages[0] and "各县（市、区）人民政府：" in pages[0]
    titles = [
        "各单位报送情况",
        "逾期报送和退回情况",
        "季报质量评分和排名",
        "全市指标完成情况",
        "进展状态一览",
        "进展滞后的工作措施",
        "指标各季度完成值",
    ]
    for number, title in enumerate(titles, 1):
        assert f"{number}.{title}" in text
        assert sum(f"附件{number}" in page[:8] and title in page for page in pages) == 1
    assert "签发人：" not in text, "a 通报 goes down: no 签发人 in its head"
    for paragraph in paragraphs_of(whole):
        assert plain(paragraph.text)[:20] in text


def test_without_a_number_there_is_no_red_head(whole: SummaryDocument, faces: Faces) -> None:
    assert whole.bulletin is not None
    bare = replace(whole, bulletin=replace(whole.bulletin, number=""))
    assert red_signs(render_city_summary(whole, faces).pdf) == "云川市人民政府"
    assert red_signs(render_city_summary(bare, faces).pdf) == ""


def test_without_a_letter_the_tables_are_the_document(
    summary: SummaryDocument, faces: Faces, tmp_path: Path
) -> None:
    document = replace(summary, bulletin=Bulletin((P.UNITS, P.BEHIND)))
    text = plain(text_of(render_city_summary(document, faces).pdf, tmp_path))
    assert "一、各单位报送情况" in text and "二、进展滞后的工作措施" in text
    assert "附件" not in text and "特此通报" not in text and "进展状态一览" not in text
    assert "本季度应报送单位13个" in text


def test_late_and_returned_units_stand_with_days_and_reasons(whole: SummaryDocument, faces: Faces) -> None:
    rows = [cells for cells in table_rows(render_city_summary(whole, faces).pdf, "序号") if len(cells) == 7]
    said = {(cells[1], cells[2]): cells for cells in rows}
    again = said["云川第2县人民政府", "第1次报送4月8日退回"]
    assert again[3:] == ["2025-04-14", "2025-04-15", "1", REASON]
    waiting = said["云川第3县人民政府", "第1次报送4月12日退回，尚未重新报送"]
    assert waiting[3:] == ["2025-04-20", "—", "—", REASON * 3]
    late = {name for name, what in said if what == "逾期报送"}
    came = UnitProgress.MISSING
    assert late == {u.unit.name for u in whole.units if u.late_days and u.state is not came}
    assert {name for name, what in said if what == "尚未报送"} == {
        u.unit.name for u in whole.units if u.state is came
    }


def test_the_ranking_is_the_data_s_with_every_reason(whole: SummaryDocument, faces: Faces) -> None:
    assert whole.bulletin is not None and whole.bulletin.ranking is not None
    names = {unit.unit.code: unit.unit.name for unit in whole.units}
    pdf = render_city_summary(whole, faces).pdf
    rows = [cells for cells in table_rows(pdf, "名次") if len(cells) == 8]
    assert [(cells[0], cells[1], cells[2], cells[7]) for cells in rows] == [
        (
            "—" if score.rank is None else str(score.rank),
            names[score.unit_code],
            "—" if score.points is None else written(score.points),
            deduction_words(score),
        )
        for score in whole.bulletin.ranking.scores
    ]


def test_figures_over_the_quarters_are_the_data_s(whole: SummaryDocument, faces: Faces) -> None:
    assert whole.bulletin is not None
    names = {unit.unit.code: unit.short_name for unit in whole.units}
    found = trend_rows(render_city_summary(whole, faces).pdf, len(whole.bulletin.trends[0].quarters))
    expected = []
    for trend in whole.bulletin.trends:
        for unit in trend.units:
            figures = ["—" if value is None else f"{value:f}" for value in unit.values]
            expected.append([names[unit.unit_code], *figures])
        if trend.sums:
            expected.append(["各单位合计（已填的）", *("—" if v is None else f"{v:f}" for v in trend.sums)])
    assert found == expected
    assert sum(bool(trend.sums) for trend in whole.bulletin.trends) == 1


def test_every_figure_has_its_bar_and_only_figures_have(whole: SummaryDocument, faces: Faces) -> None:
    assert whole.bulletin is not None
    several = replace(whole.bulletin, parts=(P.TRENDS,))
    single = replace(
        several,
        trends=tuple(
            replace(
                trend,
                quarters=trend.quarters[-1:],
                units=tuple(replace(u, values=u.values[-1:]) for u in trend.units),
                sums=(),
            )
            for trend in several.trends
        ),
    )
    for said in (several, single):
        pdf = render_city_summary(replace(whole, bulletin=said), faces).pdf
        values = [unit.values for trend in said.trends for unit in trend.units]
        assert bars(pdf, (0.16, 0.2, 0.26)) == sum(v[-1] is not None for v in values)
        assert bars(pdf, (0.66, 0.7, 0.75)) == sum(x is not None for v in values for x in v[:-1])


def test_nothing_received_and_no_units_at_all(summary: SummaryDocument, faces: Faces, tmp_path: Path) -> None:
    rows = tuple(
        replace(row, cells=tuple(replace(cell, entry=None) for cell in row.cells)) for row in summary.rows
    )
    units = tuple(
        replace(unit, state=UnitProgress.RETURNED, reason="请核实后重报。", filled=0, counts={})
        for unit in summary.units
    )
    text = plain(text_of(render_city_summary(replace(summary, rows=rows, units=units), faces).pdf, tmp_path))
    assert "没有已接收的季报" in text and "请核实后重报。" in text
    assert "进展滞后的工作措施" not in text, "an annex with nothing in it is none"
    bare = replace(summary, rows=rows, units=(), bulletin=Bulletin((P.UNITS, P.LATE, P.BEHIND)))
    text = plain(text_of(render_city_summary(bare, faces).pdf, tmp_path))
    assert "没有逾期报送和退回的单位。" in text and "已接收的季报中没有滞后的条目。" in text
    nobody = render_city_summary(
        replace(summary, rows=(), units=(), bulletin=Bulletin((P.UNITS, P.MATRIX))), faces
    )
    assert nobody.pages == 1


def test_the_city_s_own_figures_stand_in_a_table(
    summary: SummaryDocument, faces: Faces, tmp_path: Path
) -> None:
    pdf = render_city_summary(replace(summary, city=city_lines()), faces).pdf
    rows = [cells for cells in table_rows(pdf, "序号") if len(cells) == 8]
    assert rows == [
        ["目标", "淘汰燃煤锅炉", "≥12台", "2025年底前", "7台", "12台", "达到", "四季度验收"],
        ["目标", "PM2.5平均浓度", "≤31微克/立方米", "2025年底前", "—", "33.4微克/立方米", "未达到", ""],
        ["11", "秸秆综合利用率", "90%左右", "2025年底前", "88%", "—", "—", ""],
        ["12", "淘汰燃煤锅炉", "方案中空缺", "2025年底前", "—", "3台", "—", ""],
    ]
    said = "由市本级填报的指标4项，本季度已填3项，达到方案目标值1项，尚未达到方案目标值1项。"
    assert said == city_account(city_lines()) and said in plain(text_of(pdf, tmp_path))


def test_how_about_was_judged_is_said_in_the_bulletin(
    summary: SummaryDocument, faces: Faces, tmp_path: Path
) -> None:
    straw = replace(city_lines()[2], value=Decimal("86.4"))
    for value, word in (("86.4", "接近"), ("97", "高于"), ("90.3", "达到")):
        lines = (replace(straw, value=Decimal(value), target=replace(straw.target, accumulation=LEVEL)),)
        pdf = render_city_summary(replace(summary, city=lines), faces).pdf
        (row,) = [cells for cells in table_rows(pdf, "序号") if len(cells) == 8]
        assert row[6] == word
        assert f"{word}方案目标值1项。" in city_account(lines)
        assert plain(ABOUT_RULE) in plain(text_of(pdf, tmp_path, "-raw"))
    pdf = render_city_summary(replace(summary, city=city_lines()[:1]), faces).pdf
    assert "带“左右”的" not in plain(text_of(pdf, tmp_path, "-raw"))


def test_without_them_nothing_is_said_of_them(summary: SummaryDocument, faces: Faces, tmp_path: Path) -> None:
    assert "全市指标" not in plain(text_of(render_city_summary(summary, faces).pdf, tmp_path))


def test_words_of_any_length_stay_within_the_paper(whole: SummaryDocument, faces: Faces) -> None:
    """Titles, sections, names, numbers and figures that no form is made for."""
    assert whole.bulletin is not None
    long = "持续推进空气质量改善行动" * 400
    rows = tuple(
        replace(row, title=long, section=f"{at}{long}", label=f"保障-{'十' * 30}")
        for at, row in enumerate(whole.rows[:3])
    )
    figure = Decimal("-12345678901234567890.123456789012345")
    trends = tuple(
        replace(
            trend,
            title=long,
            target=replace(trend.target, indicator=long),
            units=tuple(replace(u, values=(figure,) * len(u.values)) for u in trend.units),
        )
        for trend in whole.bulletin.trends[:2]
    )
    said = replace(whole.bulletin, number="长" * 40, addressee="各县" * 150, trends=trends)
    issuer = replace(whole.issuer, name="某某自治州" * 12)
    units = tuple(replace(u, short_name="某某经济技术开发区" * 4) for u in whole.units)
    odd = replace(whole, rows=rows, bulletin=said, issuer=issuer, units=units)
    within_the_paper(render_city_summary(odd, faces).pdf)


def within_the_paper(pdf: bytes, most: int = 40) -> None:
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for page in document.pages[:most]:
            for char in page.chars:
                assert char["x0"] >= 20 and char["x1"] <= page.width - 20, (page.page_number, char["text"])
                assert char["top"] >= 20 and char["bottom"] <= page.height - 20, page.page_number


def test_nothing_leaves_the_paper_at_sixty_by_thirty(faces: Faces) -> None:
    """1,800 rows, all behind: every page within its margins, and done in seconds."""
    whole = bulletin(60, 30)
    behind = tuple(
        replace(
            row,
            cells=tuple(
                replace(cell, entry=replace(cell.entry, status=ProgressStatus.BEHIND)) if cell.entry else cell
                for cell in row.cells
            ),
        )
        for row in whole.rows
    )
    begun = time.process_time()
    made = render_city_summary(replace(whole, rows=behind), faces)
    assert time.process_time() - begun < 20
    within_the_paper(made.pdf)


def plain_pages(pdf: bytes, folder: Path) -> list[str]:
    return [plain(page) for page in text_of(pdf, folder).rstrip("\f").split("\f")]


def matrix_labels(pdf: bytes) -> list[list[str]]:
    """The measures' numbers on each page of the matrix."""
    found = []
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            for table in page.extract_tables(_RULES):
                if plain(table[0][0] or "") == "序号" and plain(table[0][1] or "") == "重点任务":
                    found.append([label for row in table[1:] if (label := plain(row[0] or "")).isdigit()])
    return found


def trend_rows(pdf: bytes, quarters: int) -> list[list[str]]:
    """Units' names and figures in the tables of figures over the quarters."""
    found = []
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            for table in page.extract_tables(_RULES):
                texts = [[plain(cell or "") for cell in row] for row in table]
                heads = [row for row in texts if row[0] == "单位" and "走势" in row]
                if heads and len(heads[0]) == quarters + 3:
                    begin = texts.index(heads[0]) + 1
                    found += [row[: quarters + 1] for row in texts[begin:]]
    return found


def red_signs(pdf: bytes) -> str:
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        chars = document.pages[0].chars
    return "".join(c["text"] for c in chars if c["non_stroking_color"] == pytest.approx(RED))


def bars(pdf: bytes, colour: tuple[float, ...]) -> int:
    """Filled rectangles of a colour, all pages together."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        found = [rect for page in document.pages for rect in page.rects if rect["fill"]]
    return sum(rect["non_stroking_color"] == colour for rect in found)


def test_a_matrix_that_begins_the_paper_leaves_room_for_the_title(faces: Faces) -> None:
    for count in range(14, 30):
        document = replace(samples.summary(count, 6), bulletin=Bulletin((P.MATRIX,)))
        with pdfplumber.open(io.BytesIO(render_city_summary(document, faces).pdf)) as opened:
            for page in opened.pages:
                lowest = max(line["bottom"] for line in page.lines)
                assert lowest <= page.height - 25 * MM, f"{count} measures, page {page.page_number}"


def test_a_long_issuer_has_a_head_that_can_be_read(faces: Faces) -> None:
    """In several lines, not in letters smaller than the text."""
    whole = bulletin(3, 2)
    named = replace(whole, issuer=replace(whole.issuer, name="某某自治州某某经济技术开发区" * 4))
    with pdfplumber.open(io.BytesIO(render_city_summary(named, faces).pdf)) as opened:
        red = [c for c in opened.pages[0].chars if c["non_stroking_color"] == pytest.approx(RED)]
    assert "".join(char["text"] for char in red) == named.issuer.name
    assert min(char["size"] for char in red) > 20


def test_no_last_line_of_a_paragraph_begins_a_page(faces: Faces) -> None:
    whole = bulletin(3, 2, number="")
    assert whole.bulletin is not None
    continued = 0
    for length in range(380, 640, 9):
        words = ("各单位要落实季报所列措施" * 60)[:length]
        sections = (
            BulletinText(BulletinSection.OPENING, "现通报如下。"),
            BulletinText(BulletinSection.REQUESTS, f"{words}。\n{'加快推进' * 80}。"),
        )
        said = replace(whole.bulletin, parts=(P.LETTER,), sections=sections)
        pdf = render_city_summary(replace(whole, bulletin=said), faces).pdf
        with pdfplumber.open(io.BytesIO(pdf)) as opened:
            for page in opened.pages[1:]:
                body = page.crop((0, 0, page.width, page.height - 34 * MM)).extract_text_lines()
                left = min(line["x0"] for line in body)
                goes_on = [line["x0"] < left + 10 for line in body]
                if goes_on[0]:
                    continued += 1
                    assert goes_on[1], f"{length} signs, page {page.page_number}"
    assert continued > 10
