"""What unseen documents brought up: half-width stops, heads that cut sentences, rules in other words, unruled PDFs."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from desktop.domain.errors import UnreadableError
from desktop.domain.plan import DutyRole, PlanDraft
from desktop.intake.duties.responsibility import parse_responsibility
from desktop.intake.forms.pdf_columns import gutter_of
from desktop.services.drafting_gaps import gaps
from tests.intake.plans import NOTHING, read, read_lines

FONT = Path(__file__).parents[2] / "resources" / "fonts" / "NotoSansSC-Regular.ttf"
HALF_WIDTH = (
    "沙泉市农村人居环境整治实施方案",
    "",
    "一,总体要求",
    "到2026年,全市卫生厕所普及率达到88%以上,生活垃圾收运覆盖率保持100%.",
    "二,重点任务",
    "1.推进村庄绿化.新植乔木5万株,成活率达到85%以上,保存率不低于80%.(市农牧局牵头;市自然资源局配合;各县区政府落实)",
    "2.治理黑臭水体.改造面积5万亩.到2026年,治理率达到32%.(市生态环境局牵头,市水务局配合,各县区政府落实)",
)


def lines(*texts: str) -> str:
    return "\n".join(texts)


def told(draft: PlanDraft) -> list[tuple[object, ...]]:
    return [(t.task_no, t.indicator, str(t.value), t.unit) for t in draft.targets]


def whole(draft: PlanDraft) -> list[tuple[object, ...]]:
    return [(m.task_no, m.title, m.content, m.duties) for m in draft.measures]


def test_half_width_stops_end_sentences(tmp_path: Path) -> None:
    draft = read_lines(tmp_path, lines(*HALF_WIDTH))
    assert [(m.title, m.content) for m in draft.measures] == [
        ("推进村庄绿化", "新植乔木5万株,成活率达到85%以上,保存率不低于80%."),
        ("治理黑臭水体", "改造面积5万亩.到2026年,治理率达到32%."),
    ]
    assert told(draft) == [
        ("目标", "卫生厕所普及率", "88", "%"),
        ("目标", "生活垃圾收运覆盖率", "100", "%"),
        ("1", "新植乔木", "5", "万株"),
        ("1", "成活率", "85", "%"),
        ("1", "保存率", "80", "%"),
        ("2", "改造面积", "5", "万亩"),
        ("2", "治理率", "32", "%"),
    ]


def test_half_width_text_may_be_broken_within_its_sentences(tmp_path: Path) -> None:
    as_written = read_lines(tmp_path, lines(*HALF_WIDTH))
    text = HALF_WIDTH[-1]
    for at in range(12, len(text) - 1, 7):
        broken = read_lines(tmp_path, lines(*HALF_WIDTH[:-1], text[:at], text[at:]))
        assert (whole(broken), told(broken)) == (whole(as_written), told(as_written)), text[:at]


def test_a_running_head_that_stands_once_cuts_no_list_of_units(tmp_path: Path) -> None:
    draft = read_lines(
        tmp_path,
        lines(
            "沙洲市河湖整治实施方案",
            "一、重点任务",
            "1.整治河道。对城区河道开展清淤，新建护岸12公里。（市水务局牵头，市财政局、市水务",
            "- 1 -",
            "沙洲市人民政府文件",
            "局配合，各县区政府落实）",
            "2.建设湿地。恢复湿地320亩。（市林草局牵头，各县区政府落实）",
        ),
    )
    assert draft.measures[0].names(DutyRole.SUPPORT) == ("市财政局", "市水务局")


@pytest.mark.parametrize(
    "rule", ["按属地管理原则", "按照管理权限", "按照属地原则", "依职责", "结合职责", "按照隶属关系"]
)
def test_how_somebody_does_it_is_no_part_of_the_name(rule: str) -> None:
    read_so = parse_responsibility(f"县住建局牵头，各镇人民政府、青河高新区管委会{rule}落实", NOTHING)
    assert [(d.role, d.name) for d in read_so.duties] == [
        (DutyRole.LEAD, "县住建局"),
        (DutyRole.IMPLEMENT, "各镇人民政府"),
        (DutyRole.IMPLEMENT, "青河高新区管委会"),
    ]


def test_what_closes_a_document_and_titles_of_their_own_are_no_text_left_out(tmp_path: Path) -> None:
    text = lines(
        "青河县人居环境整治方案",
        "一、重点任务",
        "1.清理垃圾。",
        "全面清理积存垃圾。",
        "（县住建局牵头，各镇人民政府落实）",
        "2.强化闭环管理。",
        "建立台账，销号管理。",
        "（县农业农村局牵头，各镇人民政府落实）",
        "抄送：县委办公室。",
        "联系人：张三，电话：0000-1234567",
        "青河县人民政府",
        "2025年3月1日",
    )
    draft = read_lines(tmp_path, text)
    assert [m.title for m in draft.measures] == ["清理垃圾", "强化闭环管理"]
    assert gaps(draft) == ()
    kept = read_lines(
        tmp_path, text.replace("抄送：", "二、工作要求\n各单位要加强领导，及时报告进展。\n抄送：")
    )
    assert [gap.text for gap in gaps(kept)] == ["各单位要加强领导，及时报告进展。"]


def test_a_column_left_blank_and_several_leads_follow_their_rules(tmp_path: Path) -> None:
    draft = read_lines(
        tmp_path,
        lines(
            "说明：落实主体一栏空白的，由各乡镇人民政府、街道办事处落实；牵头部门有多个的，排在第一位的为牵头单位。",
            "序号\t重点任务\t具体措施\t牵头部门\t落实主体",
            "1\t清理垃圾\t全面清理积存垃圾。\t县住建局、县农业农村局\t",
            "2\t改造厕所\t改造户厕1200户。\t县农业农村局\t县城投公司",
        ),
    )
    first, second = draft.measures
    assert first.names(DutyRole.LEAD) == ("县住建局",)
    assert first.names(DutyRole.SUPPORT) == ("县农业农村局",)
    assert first.names(DutyRole.IMPLEMENT) == ("各乡镇人民政府", "街道办事处")
    assert second.names(DutyRole.IMPLEMENT) == ("县城投公司",)


def test_ratios_that_share_their_measure(tmp_path: Path) -> None:
    draft = read_lines(
        tmp_path,
        lines(
            "青河市产业方案",
            "一、重点任务",
            "1.严控产能。粗钢、水泥熟料产能置换比例分别不低于1.5:1和2:1。（市工信局牵头，各县区政府落实）",
            "2.优化运输。铁路货运量占比提高3个百分点，达到15%。依法关停企业12家。（市交通局牵头，各县区政府落实）",
        ),
    )
    assert told(draft) == [
        ("1", "粗钢产能置换比例", "1.5", ":1"),
        ("1", "水泥熟料产能置换比例", "2", ":1"),
        ("2", "铁路货运量占比提高", "3", "个百分点"),
        ("2", "铁路货运量占比", "15", "%"),
        ("2", "关停企业", "12", "家"),
    ]


def _page(path: Path, texts: list[tuple[float, float, str]]) -> Path:
    """A page with texts at their places, in points from the left and the top."""
    pdfmetrics.registerFont(TTFont("Observed", str(FONT)))
    canvas = Canvas(str(path), pagesize=(595, 842))
    canvas.setFont("Observed", 12)
    for x, y, text in texts:
        canvas.drawString(x, 842 - y, text)
    canvas.save()
    return path


def test_a_figure_alone_on_its_line_within_a_page_is_no_page_number(tmp_path: Path) -> None:
    rows = ["流域生态修复方案", "一、重点任务", "1.修复湿地。推进生态修复", "320", "亩。（市林草局牵头）"]
    rows += ["2.治理河道。清淤河道12公里。（市水务局牵头）", "- 1 -"]
    draft = read(_page(tmp_path / "plan.pdf", [(72, 100 + 24 * at, row) for at, row in enumerate(rows)]))
    assert [m.content for m in draft.measures] == ["推进生态修复320亩。", "清淤河道12公里。"]


def test_a_table_without_rules_is_refused_with_its_own_words(tmp_path: Path) -> None:
    columns = (60, 110, 220, 400, 490)
    rows = [
        ("序号", "重点任务", "主要内容", "牵头单位", "完成时限"),
        ("1", "治理河道", "清淤河道12公里。", "市水务局", "2026年"),
        ("2", "修复湿地", "修复湿地320亩。", "市林草局", "2026年"),
    ]
    texts = [(72.0, 80.0, "河湖治理任务清单")]
    texts += [
        (float(x), 120.0 + 24 * at, text)
        for at, row in enumerate(rows)
        for x, text in zip(columns, row, strict=True)
    ]
    with pytest.raises(UnreadableError) as refused:
        read(_page(tmp_path / "plan.pdf", texts))
    assert (refused.value.code, refused.value.facts["file"]) == ("plan_table_without_rules", "plan.pdf")


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = [
        "一、重点任务",
        "1.整治排污口。到2026年，完成",
        "全部入河排污口整治，水质达标",
        "率达到95%。（市生态环境局牵头，",
    ]
    left += [
        "市水务局配合，各县区政府落实）",
        "2.建设管网。新建污水管网36公",
        "里，改造雨污合流管网12公里，消",
    ]
    right = [
        "除管网空白区。（市住建局牵头，",
        "市财政局配合，各县区政府落实）",
        "3.开展巡查。建立巡查制度，每月",
    ]
    right += [
        "至少巡查2次，发现问题限期整改",
        "并及时通报，做到件件有着落。",
        "（市水务局牵头，各县区政府落实）",
        "4.落实资金。多渠道筹集资金，优",
    ]
    texts = [(72.0, 80.0, "河湖治理实施方案")]
    for x, column in ((60.0, left), (264.0, right)):
        texts += [(x, 120.0 + 20 * at, text) for at, text in enumerate(column)]
    draft = read(_page(tmp_path / "plan.pdf", texts))
    assert [(m.task_no, m.title) for m in draft.measures][:3] == [
        ("1", "整治排污口"),
        ("2", "建设管网"),
        ("3", "开展巡查"),
    ]
    assert draft.measures[1].content == "新建污水管网36公里，改造雨污合流管网12公里，消除管网空白区。"
    assert all(a.source <= b.source for a, b in pairwise(draft.measures))


def test_contacts_on_a_sheet_of_their_own_are_no_text_left_out(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (
        ("序号", "任务名称", "工作举措", "责任单位"),
        (1, "治理河道", "清淤河道12公里。", "市水务局"),
    ):
        book.active.append(row)
    contacts = book.create_sheet("联系表")
    for row in (("序号", "单位", "联系人", "电话"), (1, "市水务局", "赵一", "0000-1111111")):
        contacts.append(row)
    book.save(tmp_path / "plan.xlsx")
    draft = read(tmp_path / "plan.xlsx")
    assert [m.title for m in draft.measures] == ["治理河道"]
    assert gaps(draft) == ()


def test_a_page_that_says_it_is_miles_wide_is_looked_through_no_longer() -> None:
    signs = [{"text": "字", "x0": 10.0 * at, "x1": 10.0 * at + 9} for at in range(20)]
    asked = list[float]()

    class Sign(dict[str, object]):
        def __getitem__(self, key: str) -> object:
            asked.append(1.0)
            return super().__getitem__(key)

    far = [Sign(sign) for sign in signs] + [Sign({"text": "字", "x0": 1e9, "x1": 1e9 + 9})]
    lines = [{"chars": far, "x0": 0.0, "x1": 1e9, "top": 20.0 * n, "bottom": 20.0 * n + 12} for n in range(9)]
    assert gutter_of(lines) is None
    assert len(asked) < 100_000
