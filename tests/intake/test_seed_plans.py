"""The two published plans, in every form that lies beside the repository: counts, names, figures."""

from __future__ import annotations

import pytest

from desktop.domain.plan import Measure, PlanDraft
from desktop.intake.duties.lexicon import Lexicon
from tests.intake.plans import SEEDS, codes, figures, read, roles

pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the published plans are not here")

COUNTIES, PARKS = "各县（市、区）人民政府", "各工业园区管委会"
FARM_PARKS = "各工（农）业园区管委会"
THREE = ("三县区人民政府", "各园区管委会")
SHIZUISHAN = Lexicon(
    names=("大武口区人民政府", "惠农区人民政府", "平罗县人民政府"), terms=THREE, cities=("石嘴山市",)
)


def measure(draft: PlanDraft, task_no: str, part: int = 1) -> Measure:
    return next(m for m in draft.measures if (m.task_no, m.part) == (task_no, part))


@pytest.fixture(params=["txt", "docx", "xlsx", "pdf"])
def wuzhong(request: pytest.FixtureRequest) -> PlanDraft:
    return read(SEEDS / f"wuzhong.{request.param}")


@pytest.fixture(params=["txt", "docx", "pdf"])
def shizuishan(request: pytest.FixtureRequest) -> PlanDraft:
    return read(SEEDS / f"shizuishan.{request.param}", SHIZUISHAN)


def test_wuzhong(wuzhong: PlanDraft) -> None:
    assert wuzhong.title == "《吴忠市空气质量持续改善行动实施方案》责任分工清单"
    assert wuzhong.city == "吴忠市"
    numbers = [(m.task_no, m.part) for m in wuzhong.measures]
    expected = [(str(n), p) for n in range(1, 31) for p in range(1, 4 if n == 19 else 2)]
    assert numbers == expected
    assert roles(measure(wuzhong, "8")) == (
        ("生态环境局", "住建局", "市场监管局"),
        ("发改委",),
        (COUNTIES,),
        (),
    )
    assert roles(measure(wuzhong, "10"))[1:3] == (
        ("公安局", "财政局", "国网吴忠供电公司"),
        ("各县（市、区）民政府",),
    )
    assert roles(measure(wuzhong, "9"))[2] == (COUNTIES, PARKS)
    assert roles(measure(wuzhong, "7"))[1] == ()
    assert roles(measure(wuzhong, "19", 2)) == (("生态环境局", "应急管理局"), (), (COUNTIES, FARM_PARKS), ())
    assert roles(measure(wuzhong, "30")) == (
        ("财政局", "生态环境局", "发改委", "农业农村局"),
        ("金融监管局", "中国人民银行吴忠分行"),
        (COUNTIES, PARKS),
        (),
    )
    assert measure(wuzhong, "11").title == "深入实施汽车排放检验和维护（I/M）制度"
    assert all(m.content.endswith("。") and "\ufffd" not in m.content for m in wuzhong.measures)
    assert len(measure(wuzhong, "20").content) > 500
    assert codes(wuzhong) == [("joined_names", "8", 1), ("typo", "10", 1), ("copied_units", "29", 1)]
    assert dict(wuzhong.problems[2].facts)["other"] == "27"
    assert figures(wuzhong) == [
        ("6", "燃气锅炉氮氧化物排放浓度", "<50", "毫克/立方米", "2025年", "全市"),
        ("10", "新增及更换的公交车中新能源公交车比例", ">=70", "%", "", ""),
        ("11", "新注册的柴油车检验比例", "=100", "%", "", ""),
        ("11", "在用柴油货车抽测合格率", ">=90", "%", "2025年", ""),
        ("14", "装配式建筑占当年城镇新建建筑的比例", ">=25", "%", "2025年", ""),
        ("15", "机械化清扫率", ">=85", "%", "2025年", "利通区建成区"),
        ("15", "机械化清扫率", ">=75", "%", "2025年", "各县（市、区）城市建成区"),
        ("18", "秸秆综合利用率", ">=90", "%", "2025年", "全市"),
        ("26", "加油站油气回收在线监控设施联网率", ">=100", "%", "2025年", ""),
    ]


def test_shizuishan(shizuishan: PlanDraft) -> None:
    assert (shizuishan.title, shizuishan.city) == ("石嘴山市空气质量持续改善行动实施方案", "石嘴山市")
    parts = {"9": 2, "10": 2, "13": 3, "16": 3}
    expected = [(str(n), p) for n in range(1, 30) for p in range(1, parts.get(str(n), 1) + 1)]
    expected += [(f"保障-{n}", 1) for n in "一二三四"]
    assert [(m.task_no, m.part) for m in shizuishan.measures] == expected
    assert all(roles(m)[2] == THREE for m in shizuishan.measures if m.task_no != "8")
    assert roles(measure(shizuishan, "8")) == (
        ("市发改委",),
        ("市住建局", "财政局", "市场监管局", "市生态环境局", "国网宁夏电力石嘴山分公司"),
        (),
        (),
    )
    assert roles(measure(shizuishan, "9"))[:2] == (
        ("市交通运输局", "发改委", "商务局"),
        ("生态环境局", "中国铁路兰州局集团有限公司"),
    )
    assert measure(shizuishan, "9").wording == "按职责牵头"
    assert roles(measure(shizuishan, "14"))[1] == ("市生态环境局", "水务局", "应急管理局")
    assert roles(measure(shizuishan, "29"))[0][-2:] == (
        "国家金融监管总局石嘴山监管分局",
        "中国人民银行石嘴山分行",
    )
    assert roles(measure(shizuishan, "保障-一")) == (("市生态环境局",), (), THREE, ("各有关部门",))
    assert roles(measure(shizuishan, "保障-三"))[1] == ("市市场监管局",)
    assert measure(shizuishan, "16", 3).title == "强化VOCs全流程、全环节综合治理"
    assert measure(shizuishan, "29").section == "健全法律法规标准体系，完善大气污染防治经济政策"
    assert "\n" in measure(shizuishan, "17").content
    assert "（商请市发改委提供该数据）" in measure(shizuishan, "9", 2).content
    assert not any("**" in m.content.replace("**%", "") for m in shizuishan.measures)
    found = codes(shizuishan)
    assert ("no_implementer", "8", 1) in found
    assert [c for c in found if c[0] == "blank_figure"] == [
        ("blank_figure", "9", 2),
        ("blank_figure", "9", 2),
        ("blank_figure", "13", 1),
        ("blank_figure", "13", 3),
    ]
    assert [c[0] for c in found[:2]] == ["consultation_draft", "duplicate_section"]
    assert sum(1 for p in shizuishan.problems if p.severity != "hint") <= 12


def test_shizuishan_targets(shizuishan: PlanDraft) -> None:
    air, year = "微克/立方米", "2025年"
    assert figures(shizuishan) == [
        ("目标", "优良天数比例", ">=81.5", "%", year, ""),
        ("目标", "可吸入颗粒物（PM10）年均浓度", "<=70", air, year, ""),
        ("目标", "细颗粒物（PM2.5）年均浓度", "<=34", air, year, ""),
        ("目标", "重度及以上污染天数比率", "<=0.8", "%", year, ""),
        ("1", "焦化产能置换比例", ">=1.5", ":1", "", ""),
        ("1", "炼油产能置换比例", ">=1.25", ":1", "", ""),
        ("4", "非化石能源占能源消费总量比例", "~16.5", "%", year, ""),
        ("4", "可再生能源电力消纳比重", ">=30", "%", year, ""),
        ("4", "可再生能源装机量比重", ">=36", "%", year, ""),
        ("4", "建设改造城镇管网", "~300", "公里", year, ""),
        ("4", "天然气国道覆盖率", "~95", "%", year, "城区"),
        ("4", "储气能力", ">=5", "%", year, ""),
        ("4", "煤层气年产气量", "=1560", "万方", "", "惠农区"),
        ("5", "煤炭消费比重降低", "~5.9", "%", year, ""),
        ("6", "燃气锅炉氮氧化物排放浓度", "<50", "毫克/立方米", year, "全市"),
        ("8", "清洁取暖率", ">=80", "%", year, "县城和城乡结合部"),
        ("8", "清洁取暖率", ">=60", "%", year, "农村地区"),
        ("9", "大宗货物运量150万吨以上的重点工业园区、物流园区、工矿企业铁路专用线接入率", ">=None", "%", year, "全市"),
        ("9", "重点企业铁路货运占比", ">=None", "%", year, ""),
        ("10", "新增及更换的公交车中新能源公交车比例", ">=70", "%", "", ""),
        ("10", "在用柴油货车抽测合格率", ">=90", "%", year, ""),
        ("13", "装配式建筑占当年城镇新建建筑的比例", ">=None", "%", year, ""),
        ("13", "城镇新建建筑执行绿色建筑标准比例", "=100", "%", year, ""),
        ("13", "机械化清扫率", ">=85", "%", year, "建成区"),
        ("13", "机械化清扫率", ">=75", "%", year, "县城建成区"),
        ("13", "绿地率", ">=None", "%", year, "城市建成区"),
        ("13", "森林覆盖率", ">=8.8", "%", year, "全市"),
        ("15", "秸秆综合利用率", ">=90", "%", year, ""),
        ("17", "燃气锅炉氮氧化物排放浓度", "<50", "毫克/立方米", year, "全市"),
        ("20", "PM2.5浓度", "<=34", air, year, "全市"),
        ("20", "PM10浓度", "<=70", air, year, "全市"),
        ("20", "PM2.5浓度", "<=34", air, year, "大武口区"),
        ("20", "PM10浓度", "<=70.5", air, year, "大武口区"),
        ("20", "PM2.5浓度", "<=33", air, year, "惠农区"),
        ("20", "PM10浓度", "<=69", air, year, "惠农区"),
        ("20", "PM2.5浓度", "<=31", air, year, "平罗县"),
        ("20", "PM10浓度", "<=70", air, year, "平罗县"),
        ("24", "加油站油气回收在线监控设施联网率", ">=100", "%", year, ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "forms"), [("wuzhong", ("docx", "xlsx", "pdf")), ("shizuishan", ("docx", "pdf"))]
)
def test_every_form_says_the_same(name: str, forms: tuple[str, ...]) -> None:
    def shape(form: str) -> list[object]:
        draft = read(SEEDS / f"{name}.{form}")
        return [
            (m.task_no, m.part, m.section, m.title, m.content.replace(" ", ""), m.duties, m.wording)
            for m in draft.measures
        ] + [(t.indicator, t.value, t.unit, t.deadline, t.scope) for t in draft.targets]

    for form in forms:
        assert shape(form) == shape("txt")
