"""Any list of names, written in any of the forms that plans use, reads back the same."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop.domain.plan import DutyRole, Measure
from desktop.intake.duties.lexicon import Lexicon
from desktop.intake.duties.responsibility import Responsibility, is_responsibility, parse_responsibility
from tests.intake.plans import read_lines

NONE = Lexicon()
# Names with commas, brackets and verbs of their own among them.
BODIES = [
    "市发改委", "工信局", "市生态环境局", "住房和城乡建设局", "市市场监管局", "市公安局交警支队", "团市委", "市妇联",
    "市发展改革委（市能源局）", "市机关事务管理局", "市重大项目推进中心", "市投资合作促进局", "市政府督查室",
    "市农村合作经济服务中心", "国网临河供电公司", "国家金融监管总局临河监管分局", "县人民检察院", "市总工会",
    "中国铁路兰州局集团有限公司", "各行政执法部门", "市委宣传部", "市落实河长制办公室", "区综合行政执法局",
]  # fmt: skip
LOCAL = [
    "各县（市、区）人民政府", "三县区人民政府", "各园区管委会", "临河区人民政府", "各乡镇人民政府（街道办事处）",
    "各工（农）业园区管委会", "高新技术产业开发区管委会", "清溪镇人民政府",
]  # fmt: skip
bodies = st.lists(st.sampled_from(BODIES), min_size=1, max_size=5, unique=True)
locals_ = st.lists(st.sampled_from(LOCAL), min_size=1, max_size=3, unique=True)
commas = st.sampled_from(["、", "，", ",", "、 ", " 、"])
stops = st.sampled_from(["，", "；", ",", ";", "。", "； ", "，\n", "；\n"])
brackets = st.sampled_from(
    ["（{}）", "({})", "〔{}〕", "[{}]", "［{}］", "【{}】", "（{})", "({}）", "（（{}））", "[（{}）]", "（{}", "{}）", "（ {} ）"]
)  # fmt: skip
LEADS = [
    "{}牵头",
    "由{}牵头",
    "{}牵头负责",
    "{}主办",
    "{}按职责牵头",
    "{}按职责分工牵头",
    "{}分别牵头",
    "{} 牵头",
]
SUPPORTS = [
    "{}配合", "{}协助", "{}参与", "{}参加", "{}协办", "{}按职责分工配合", "{}配合落实", "{}等单位配合", "{}等配合",
    "{}积极配合", "{}做好配合",
]  # fmt: skip
IMPLEMENTS = [
    "{}负责落实",
    "{}落实",
    "{}组织实施",
    "{}抓好落实",
    "{}具体实施",
    "{}组织落实",
    "{}负责组织实施",
    "{}贯彻落实",
]
LEAD_LABELS = ["牵头单位", "牵头部门", "主办单位", "主责单位", "牵头责任单位", "总牵头单位"]
SUPPORT_LABELS = ["配合单位", "配合部门", "协办单位", "参与单位", "协同单位", "参加单位"]
IMPLEMENT_LABELS = ["责任单位", "落实单位", "实施单位", "落实主体", "责任部门", "具体落实单位", "责任主体"]


def listed(read: Responsibility, role: DutyRole) -> list[str]:
    return [duty.name for duty in read.duties if duty.role is role]


def told(read: Responsibility) -> list[list[str]]:
    return [listed(read, role) for role in DutyRole]


@settings(max_examples=150, deadline=None)
@given(
    bodies, st.lists(st.sampled_from(BODIES), max_size=5, unique=True), st.lists(st.sampled_from(LOCAL), max_size=3, unique=True),
    commas, stops, brackets, st.data(),
)  # fmt: skip
def test_verbs(
    lead: list[str],
    support: list[str],
    local: list[str],
    comma: str,
    stop: str,
    bracket: str,
    data: st.DataObject,
) -> None:
    support = [name for name in support if name not in lead]
    clauses = [data.draw(st.sampled_from(LEADS)).format(comma.join(lead))]
    if support:
        clauses.append(data.draw(st.sampled_from(SUPPORTS)).format(comma.join(support)))
    if local:
        clauses.append(data.draw(st.sampled_from(IMPLEMENTS)).format("、".join(local)))
    text = bracket.format(stop.join(data.draw(st.permutations(clauses))))
    read = parse_responsibility(text, NONE)
    assert is_responsibility(text, NONE)
    assert told(read) == [lead, support, local, []]
    assert read.open_ended is ("等" in text)


@settings(max_examples=150, deadline=None)
@given(
    bodies, st.lists(st.sampled_from(BODIES), max_size=5, unique=True), st.lists(st.sampled_from(LOCAL), max_size=3, unique=True),
    st.sampled_from(["", "2026年12月底", "2025年底前", "长期坚持", "持续推进", "2025年6月30日前"]),
    commas, st.sampled_from("：:"), st.sampled_from(["；", ";", "\n", "，", "。", "　", "  ", "；\n"]), brackets, st.data(),
)  # fmt: skip
def test_labels(
    lead: list[str], support: list[str], local: list[str], deadline: str,
    comma: str, colon: str, stop: str, bracket: str, data: st.DataObject,
) -> None:  # fmt: skip
    support = [name for name in support if name not in lead]
    clauses = [f"{data.draw(st.sampled_from(LEAD_LABELS))}{colon}{comma.join(lead)}"]
    if support:
        clauses.append(f"{data.draw(st.sampled_from(SUPPORT_LABELS))}{colon}{comma.join(support)}")
    if local:
        clauses.append(f"{data.draw(st.sampled_from(IMPLEMENT_LABELS))}{colon}{'、'.join(local)}")
    if deadline:
        clauses.append(f"完成时限{colon}{deadline}")
    text = bracket.format(stop.join(data.draw(st.permutations(clauses))))
    read = parse_responsibility(text, NONE)
    assert is_responsibility(text, NONE)
    assert told(read) == [lead, support, local, []]
    assert read.deadline == deadline


EQUALS = [
    "{}按职责分工负责", "{}负责", "{}等按职责分工负责", "{}等负责", "{}等部门按照职责分工负责", "{}按职责负责",
    "{}分别负责", "责任单位：{}", "责任单位:{}", "责任部门：{}等", "{}共同负责", "{}按各自职责负责", "{}依据职责分工抓好落实",
]  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(
    bodies,
    st.lists(st.sampled_from(LOCAL), max_size=2, unique=True),
    st.sampled_from(EQUALS),
    commas,
    brackets,
)
def test_where_no_one_leads_alone_all_lead(
    equal: list[str], local: list[str], form: str, comma: str, bracket: str
) -> None:
    if "落实" in form:
        local = []
    names = form.format(comma.join(equal))
    text = bracket.format(f"{names}，{'、'.join(local)}负责落实" if local else names)
    read = parse_responsibility(text, NONE)
    assert is_responsibility(text, NONE)
    if "落实" in form:
        assert [duty.name for duty in read.duties] == equal
    else:
        assert told(read) == [equal, [], local, []]
    assert read.open_ended is ("等" in text)


@settings(max_examples=60, deadline=None)
@given(
    bodies, locals_, st.sampled_from(["各有关部门", "各相关单位", "市直有关部门", "有关部门", "各成员单位"]),
    st.sampled_from(["按职责分工负责", "按照职责分工负责", "按职责负责"]), brackets,
)  # fmt: skip
@example(["市发改委"], ["各园区管委会"], "各有关部门", "按职责分工负责", "（{}）")
def test_unnamed_equals_beside_a_lead_are_shared(
    lead: list[str], local: list[str], others: str, manner: str, bracket: str
) -> None:
    text = bracket.format(f"{'、'.join(lead)}牵头，{others}{manner}，{'、'.join(local)}负责落实")
    assert told(parse_responsibility(text, NONE)) == [lead, [], local, [others]]


@settings(max_examples=60, deadline=None)
@given(
    bodies,
    bodies,
    st.sampled_from(["{0}会同{1}负责", "{0}会同{1}牵头", "由{0}会同{1}组织实施", "{0}负责，{1}配合"]),
)
def test_one_with_others(lead: list[str], support: list[str], form: str) -> None:
    support = [name for name in support if name not in lead] or ["市残联"]
    text = form.format("、".join(lead), "、".join(support))
    assert told(parse_responsibility(text, NONE)) == [lead, support, [], []]


def roles(measure: Measure) -> list[list[str]]:
    return [list(measure.names(role)) for role in DutyRole]


@settings(max_examples=60, deadline=None)
@given(
    bodies, bodies, locals_, st.sampled_from("（([〔【［"), st.integers(0, 400),
    st.sampled_from(["", "\n", "\n\n", "\n— 7 —\n\n"]), st.sampled_from(["", "\n", "\n\n"]),
)  # fmt: skip
def test_a_bracket_in_a_plan(
    lead: list[str], support: list[str], local: list[str], sign: str, place: int, break_: str, before: str
) -> None:
    """Behind its paragraph or in one of its own, and cut by a line's or page's end."""
    support = [name for name in support if name not in lead] or ["市残联"]
    closing = dict(zip("（([〔【［", "）)]〕】］", strict=True))[sign]
    bracket = f"{sign}{'、'.join(lead)}牵头，{'、'.join(support)}配合，{'、'.join(local)}负责落实{closing}"
    at = place % (len(bracket) - 1) + 1
    text = (
        "清河市扬尘治理行动方案\n\n一、重点任务\n"
        "1.加强工地管理。严格落实各项抑尘要求（含拆除工地），全年巡查不少于12次。（市甲局牵头，市乙局配合）\n"
        f"2.加强道路保洁。增加洗扫频次，推广低尘作业（清扫标准另行制定）。{before}{bracket[:at]}{break_}{bracket[at:]}\n"
        "3.加强堆场治理。易起尘物料入棚入仓。（市丙局负责）\n"
    )
    with TemporaryDirectory() as folder:
        draft = read_lines(Path(folder), text)
    assert [m.task_no for m in draft.measures] == ["1", "2", "3"]
    assert roles(draft.measures[1]) == [lead, support, local, []]
    assert draft.measures[1].content == "增加洗扫频次，推广低尘作业（清扫标准另行制定）。"


@pytest.mark.parametrize(
    ("text", "lead", "support", "implement", "shared"),
    [
        ("责任单位：甲局；配合单位：乙局、丙局", ["甲局"], ["乙局", "丙局"], [], []),
        ("责任单位：市甲局、市乙局等，柳林镇人民政府", ["市甲局", "市乙局", "柳林镇人民政府"], [], [], []),
        ("牵头单位：市甲局；完成时限：2025年底；配合单位：市乙局", ["市甲局"], ["市乙局"], [], []),
        ("责任单位：市甲局；责任领导：张三；完成时限：2025年底", ["市甲局"], [], [], []),
        ("责任单位：市甲局牵头，市乙局配合", ["市甲局"], ["市乙局"], [], []),
        ("市甲局牵头；市乙局、市丙局配合；各区人民政府落实", ["市甲局"], ["市乙局", "市丙局"], ["各区人民政府"], []),
        ("市甲局，市乙局，各县区人民政府按职责分工负责", ["市甲局", "市乙局", "各县区人民政府"], [], [], []),
        ("各有关部门按职责分工负责", ["各有关部门"], [], [], []),
        ("市甲局、各有关部门按职责分工负责", ["市甲局", "各有关部门"], [], [], []),
    ],
)  # fmt: skip
def test_meaning_of_mixed_forms(
    text: str, lead: list[str], support: list[str], implement: list[str], shared: list[str]
) -> None:
    assert told(parse_responsibility(text, NONE)) == [lead, support, implement, shared]
