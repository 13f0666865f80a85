"""Which clauses set a figure to reach, and which figures only say what is meant."""

from __future__ import annotations

import json
from typing import Any

import pytest

from desktop.intake.figures.clause_reading import Found
from desktop.intake.figures.clause_targets import targets_in
from tests.intake.plans import SAMPLES

PLACES = ("甲区", "乙县", "丙县")
CLAUSES = [
    clause
    for path in sorted((SAMPLES / "targets").glob("clauses*.json"))
    for clause in json.loads(path.read_text(encoding="utf-8"))
]
CASES: list[tuple[str, list[tuple[str, str, str, str, str]]]] = [
    ("改造管网186公里。", [("改造管网", "=186", "公里", "", "")]),
    ("比例不低于1.5:1，其他从其规定。", [("比例", ">=1.5", ":1", "", "")]),
    ("甲类装置产能置换比例不低于1.5:1，乙类不低于1.25:1。", [("甲类装置产能置换比例", ">=1.5", ":1", "", ""), ("乙类装置产能置换比例", ">=1.25", ":1", "", "")]),
    ("到2026年，新建充电桩500个，新能源公交车占比达到80%以上。", [("新建充电桩", "=500", "个", "2026年", ""), ("新能源公交车占比", ">=80", "%", "2026年", "")]),
    ("2026年，甲区、乙县PM2.5年均浓度分别控制在30微克/立方米、28微克/立方米以内。", [("PM2.5年均浓度", "<=30", "微克/立方米", "2026年", "甲区"), ("PM2.5年均浓度", "<=28", "微克/立方米", "2026年", "乙县")]),
    ("PM2.5、PM10、O3浓度分别控制在34、68、150微克/立方米以下。", [("PM2.5浓度", "<=34", "微克/立方米", "", ""), ("PM10浓度", "<=68", "微克/立方米", "", ""), ("O3浓度", "<=150", "微克/立方米", "", "")]),
    ("到2025年、2026年，清洁取暖率分别达到75%、85%。", [("清洁取暖率", ">=75", "%", "2025年", ""), ("清洁取暖率", ">=85", "%", "2026年", "")]),
    ("道路机械化清扫率由70%提高到85%。", [("道路机械化清扫率", ">=85", "%", "", "")]),
    ("单位产值能耗较2020年下降13.5%。", [("单位产值能耗下降", "=13.5", "%", "", "")]),
    ("全市PM2.5浓度控制在33微克/立方米以下，PM10浓度低于60微克/立方米；乙县PM2.5浓度控制在30微克/立方米以下。", [("PM2.5浓度", "<=33", "微克/立方米", "", "全市"), ("PM10浓度", "<60", "微克/立方米", "", "全市"), ("PM2.5浓度", "<=30", "微克/立方米", "", "乙县")]),
    ("建成换热站2座，供热管网9公里。", [("建成换热站", "=2", "座", "", ""), ("建成供热管网", "=9", "公里", "", "")]),
    ("新登记车辆按规定100%进行查验。", [("新登记车辆查验比例", "=100", "%", "", "")]),
    ("形成不低于年用量6%的储备能力。", [("储备能力", ">=6", "%", "", "")]),
    ("到2026年，装配式建筑占比达到**%（请住建局提供），煤炭消费总量控制在XX万吨以内。", [("装配式建筑占比", ">=None", "%", "2026年", ""), ("煤炭消费总量", "<=None", "万吨", "2026年", "")]),
    ("降尘量控制在9吨/月·平方公里以下，优良天数达到300天以上。", [("降尘量", "<=9", "吨/月·平方公里", "", ""), ("优良天数", ">=300", "天", "", "")]),
    ("主城区湿式清扫率达到92%左右，各县区建成区达到80%。", [("湿式清扫率", "~92", "%", "", "主城区"), ("湿式清扫率", ">=80", "%", "", "各县区建成区")]),
    ("力争2026年12月底前淘汰老旧车辆1,200辆。", [("淘汰老旧车辆", "=1200", "辆", "2026年12月底前", "")]),
]  # fmt: skip
NONE = [
    "不再新建35蒸吨/小时以下的燃煤锅炉。",
    "淘汰35蒸吨/小时及以下燃煤锅炉。",
    "年运量150万吨以上的园区要建设专用线。",
    "对年用煤1万吨以上的企业开展审核。",
    "占地面积超过4000平方米或建筑面积超过10000平方米的工地安装监控。",
    "严格执行《锅炉排放标准》（GB 13271-2014）和临政发〔2024〕17号文件。",
    "现有企业自2025年1月1日起执行。",
    "30万千瓦以上热电机组供热半径30公里范围内的锅炉关停。",
    "鼓励3吨以下叉车新能源化。",
    "加快42万方铁路专用线建设。",
    "落实“提前一天、提高1级”要求，开展PM2.5和O3协同控制。",
    "基本淘汰第一阶段及以下排放标准的机械。",
    "65蒸吨/小时以上锅炉全面实现超低排放。",
    "提前48小时发布预警。",
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:14] for text, _ in CASES])
def test_figures_to_reach(text: str, expected: list[tuple[str, str, str, str, str]]) -> None:
    found = [
        (
            t.subject.indicator,
            f"{t.comparator.value}{t.figure.value}",
            t.figure.unit,
            t.deadline,
            t.subject.scope,
        )
        for t in targets_in(text, PLACES, "临河市")
    ]
    assert found == expected


@pytest.mark.parametrize("text", NONE)
def test_figures_that_only_describe(text: str) -> None:
    assert list(targets_in(text, PLACES, "临河市")) == []


@pytest.mark.parametrize("clause", CLAUSES, ids=[clause["text"][:14] for clause in CLAUSES])
def test_clauses_of_many_fields(clause: dict[str, Any]) -> None:
    assert [_fields(found) for found in targets_in(clause["text"])] == clause["targets"]


def _fields(found: Found) -> list[Any]:
    value = found.figure.value
    return [
        found.subject.indicator,
        found.comparator.value,
        None if value is None else float(value),
        found.figure.unit,
        found.deadline,
        found.subject.scope,
    ]
