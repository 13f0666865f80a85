"""The grammar of duties: what is written reads back the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.plan import DutyRole
from desktop.intake.duties.lexicon import Lexicon
from desktop.intake.duties.responsibility import Act, is_responsibility, parse_cells, parse_responsibility

NONE = Lexicon()
BUREAUS = [
    "市发改委", "工信局", "市生态环境局", "住房和城乡建设局", "市市场监管局", "商务和投资促进局", "市公安局",
    "国网临河供电公司", "中国铁路兰州局集团有限公司", "国家金融监管总局临河监管分局", "中国人民银行临河分行",
]  # fmt: skip
LOCAL = [
    "各县（市、区）人民政府",
    "三县区人民政府",
    "各园区管委会",
    "各工（农）业园区管委会",
    "临河区人民政府",
]
bureaus = st.lists(st.sampled_from(BUREAUS), min_size=1, max_size=6, unique=True)
locals_ = st.lists(st.sampled_from(LOCAL), min_size=1, max_size=3, unique=True)
marks = st.sampled_from(["、", "，", ","])
brackets = st.sampled_from(["（{}）", "({})", "〔{}〕", "[{}]", "【{}】", "（{})", "({}）", "{}"])


def names(text: str, role: DutyRole) -> list[str]:
    return [duty.name for duty in parse_responsibility(text, NONE).duties if duty.role is role]


@given(bureaus, bureaus, locals_, marks, brackets, st.booleans())
def test_verbs_read_back(
    lead: list[str], support: list[str], local: list[str], mark: str, bracket: str, more: bool
) -> None:
    etc = "等" if more else ""
    text = bracket.format(f"{mark.join(lead)}牵头，{'、'.join(support)}{etc}配合，{mark.join(local)}负责落实")
    read = parse_responsibility(text, NONE)
    assert is_responsibility(text, NONE)
    assert names(text, DutyRole.LEAD) == lead
    assert names(text, DutyRole.SUPPORT) == support
    assert names(text, DutyRole.IMPLEMENT) == local
    assert read.open_ended is more


@given(bureaus, bureaus, locals_, st.sampled_from("：:"), st.sampled_from(["；", ";", "\n", "，", "。"]))
def test_labels_read_back(
    lead: list[str], support: list[str], local: list[str], colon: str, stop: str
) -> None:
    text = stop.join(
        (
            f"牵头单位{colon}{'、'.join(lead)}",
            f"配合单位{colon}{'、'.join(support)}",
            f"责任单位{colon}{'，'.join(local)}",
            f"完成时限{colon}2026年12月底",
        )
    )
    read = parse_responsibility(text, NONE)
    assert names(text, DutyRole.LEAD) == lead
    assert names(text, DutyRole.SUPPORT) == support
    assert names(text, DutyRole.IMPLEMENT) == local
    assert read.deadline == "2026年12月底"


@given(bureaus, st.sampled_from(["\n", "、", "，", ",", "；", ";", " ", "　", "、\n"]))
def test_cells_read_back(listed: list[str], mark: str) -> None:
    read = parse_cells({Act.SUPPORT: mark.join(listed)}, NONE)
    assert [duty.name for duty in read.duties] == listed


@given(bureaus, locals_, st.data())
def test_a_line_break_anywhere_in_a_bracket_changes_nothing(
    lead: list[str], local: list[str], data: st.DataObject
) -> None:
    text = f"（{'、'.join(lead)}按职责分工负责，{'、'.join(local)}负责落实）"
    at = data.draw(st.integers(1, len(text) - 1))
    # The line joiner puts prose together before the grammar sees it; what is left stands at separators.
    cut = text[:at] + ("\n" if text[at - 1] in "、，" else "") + text[at:]
    assert parse_responsibility(cut, NONE) == parse_responsibility(text, NONE)


@pytest.mark.parametrize(
    ("text", "lead", "support", "implement", "shared", "wording"),
    [
        ("甲局负责", ["甲局"], [], [], [], ""),
        ("市甲局、乙局、丙局等按职责分工负责", ["市甲局", "乙局", "丙局"], [], [], [], "按职责分工负责"),
        ("甲局、乙局按职责牵头，丙局配合", ["甲局", "乙局"], ["丙局"], [], [], "按职责牵头"),
        ("甲局牵头，各有关部门按职责分工负责", ["甲局"], [], [], ["各有关部门"], "按职责分工负责"),
        ("甲局牵头，乙局、丙局按职责分工负责", ["甲局"], [], [], ["乙局", "丙局"], "按职责分工负责"),
        (
            "甲局牵头，乙局、丙局配合落实，各县区政府负责落实",
            ["甲局"],
            ["乙局", "丙局"],
            ["各县区政府"],
            [],
            "",
        ),
        ("甲局会同乙局、丙局负责", ["甲局"], ["乙局", "丙局"], [], [], ""),
        ("责任单位：甲局、乙局", ["甲局", "乙局"], [], [], [], ""),
        ("牵头单位：甲局；责任单位：乙局，各县区政府", ["甲局"], [], ["乙局", "各县区政府"], [], ""),
        ("由甲局和乙局牵头，各县区政府组织实施", ["甲局", "乙局"], [], ["各县区政府"], [], ""),
    ],
)
def test_meaning(
    text: str, lead: list[str], support: list[str], implement: list[str], shared: list[str], wording: str
) -> None:
    found = [
        names(text, role) for role in (DutyRole.LEAD, DutyRole.SUPPORT, DutyRole.IMPLEMENT, DutyRole.SHARED)
    ]
    assert found == [lead, support, implement, shared]
    assert parse_responsibility(text, NONE).wording == wording


@pytest.mark.parametrize(
    "text",
    [
        "商请市发改委提供该数据",
        "含自备电厂",
        "以下简称“方案”",
        "I/M",
        "临政发〔2024〕17号",
        "桥梁、管廊、污水处理厂等",
        "红河区、盐山县",
        "PM2.5",
        "征求意见稿",
    ],
)
def test_other_brackets_are_no_responsibility(text: str) -> None:
    assert not is_responsibility(text, NONE)


def test_joined_names_are_parted_by_known_names_only() -> None:
    read = parse_cells({Act.LEAD: "生态环境局住建局\n国家金融监管总局临河监管分局"}, NONE)
    assert [duty.name for duty in read.duties] == ["生态环境局", "住建局", "国家金融监管总局临河监管分局"]
    assert read.joined == (("生态环境局住建局", DutyRole.LEAD, ("生态环境局", "住建局")),)
    known = Lexicon(names=("数据中心局", "天文台"))
    read = parse_cells({Act.LEAD: "市数据中心局生态环境局"}, known)
    assert [duty.name for duty in read.duties] == ["市数据中心局", "生态环境局"]
