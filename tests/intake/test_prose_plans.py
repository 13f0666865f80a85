"""Prose: numbered tasks, brackets of every kind, label lines, shared and separate responsibilities."""

from __future__ import annotations

from pathlib import Path

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from desktop.domain.plan import Severity
from desktop.domain.targets import Audience
from tests.intake.plans import SAMPLES, codes, figures, read, read_lines, roles

LINHE = SAMPLES / "linhe_prose.txt"
COUNTIES = ("各县（区）人民政府",)


def test_the_sample_in_prose_field_by_field() -> None:
    draft = read(LINHE)
    assert (draft.title, draft.city) == ("临河市蓝天提升三年行动方案", "临河市")
    assert [(m.task_no, m.part, m.section, m.title) for m in draft.measures] == [
        ("1", 1, "推动产业绿色升级", "严控新增产能"),
        ("2", 1, "推动产业绿色升级", "推进集群整治"),
        ("3", 1, "推动产业绿色升级", "淘汰落后工艺"),
        ("4", 1, "优化能源结构", "削减散煤"),
        ("5", 1, "优化能源结构", "整治燃煤锅炉"),
        ("5", 2, "优化能源结构", "整治燃煤锅炉"),
        ("6", 1, "优化能源结构", "发展清洁能源"),
        ("保障-一", 1, "保障措施", "加强领导"),
        ("保障-二", 1, "保障措施", "强化考核"),
    ]
    assert [roles(m) for m in draft.measures] == [
        (("市工业和信息化局",), ("市发展和改革委员会", "市生态环境局"), (*COUNTIES, "各园区管委会"), ()),
        (("市工业和信息化局", "市生态环境局"), (), COUNTIES, ()),
        (("市工业和信息化局",), ("市市场监管局", "市应急管理局"), COUNTIES, ()),
        (("市发展改革委",), ("市住建局", "市财政局"), COUNTIES, ()),
        (("市生态环境局",), ("市住建局", "市场监管局"), COUNTIES, ()),
        (("市生态环境局",), ("各有关部门",), (), ()),
        (("市能源局",), ("国网临河供电公司",), (*COUNTIES, "各园区管委会"), ()),
        (("市生态环境局",), (), COUNTIES, ("各相关部门",)),
        (("市委督查室", "市政府督查室"), ("市生态环境局",), (), ()),
    ]
    by_label = {(m.task_no, m.part): m for m in draft.measures}
    assert by_label["2", 1].content == (
        "对铸造、石材两个产业集群开展排查，建立问题清单。2025年底前，建成1座集中喷涂中心和2个活性炭再生中心。"
    )
    assert by_label["2", 1].wording == "按职责分工负责"
    assert by_label["3", 1].deadline == "2025年12月"
    assert by_label["4", 1].deadline == "2026年10月底"
    assert by_label["5", 2].content == "65蒸吨/小时以上燃煤锅炉全部实现超低排放。"
    assert by_label["6", 1].content.endswith("（由市能源局测算后提供）。")
    assert by_label["6", 1].open_ended and not by_label["1", 1].open_ended
    assert figures(draft) == [
        ("目标", "优良天数比率", ">=84.5", "%", "2026年", "全市"),
        ("目标", "PM2.5年均浓度", "<=31", "微克/立方米", "2026年", "全市"),
        ("目标", "PM10年均浓度", "<=62", "微克/立方米", "2026年", "全市"),
        ("目标", "重污染天数", "<=2", "天", "2026年", "全市"),
        ("1", "水泥熟料产能置换比例", ">=1.5", ":1", "", ""),
        ("2", "建成集中喷涂中心", "=1", "座", "2025年底前", ""),
        ("2", "建成活性炭再生中心", "=2", "个", "2025年底前", ""),
        ("4", "清洁取暖率", ">=70", "%", "", "农村地区"),
        ("4", "改造供热管网", "=86", "公里", "", "全市"),
        ("5", "淘汰35蒸吨/小时以下的燃煤锅炉", "=40", "台", "2025年底前", ""),
        ("6", "非化石能源消费占比", "~18", "%", "2026年", ""),
        ("6", "新增光伏装机", "=None", "万千瓦", "2026年", ""),
    ]
    assert {t.audience for t in draft.targets[:4]} == {Audience.CITY}
    assert [c for c in codes(draft) if c[0] == "blank_figure"] == [("blank_figure", "6", 1)]


def test_prose_in_word_reads_like_the_text(tmp_path: Path) -> None:
    document = docx.Document()
    for line in LINHE.read_text(encoding="utf-8").split("\n"):
        document.add_paragraph(line.strip())
    document.save(str(tmp_path / "plan.docx"))
    text, word = read(LINHE), read(tmp_path / "plan.docx")
    assert [(m.title, m.content, m.duties) for m in word.measures] == [
        (m.title, m.content, m.duties) for m in text.measures
    ]
    assert figures(word) == figures(text)


def test_automatic_numbers_in_word_count_as_written(tmp_path: Path) -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%1）"/></w:lvl><w:lvl w:ilvl="1">'
            '<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum>'
        ),
    )
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="88"><w:abstractNumId w:val="77"/></w:num>'))
    for level, text in (
        (0, "优化结构"),
        (1, "压减用煤。控制总量。（市发改委牵头，各县区人民政府落实）"),
        (1, "发展风电。建设基地。（市能源局牵头，各县区人民政府落实）"),
    ):
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="88"/></w:numPr>')
        )
    document.save(str(tmp_path / "plan.docx"))
    draft = read(tmp_path / "plan.docx")
    assert [(m.task_no, m.section, m.title) for m in draft.measures] == [
        ("1", "优化结构", "压减用煤"),
        ("2", "优化结构", "发展风电"),
    ]


def test_a_draft_for_comment_and_sections_with_one_number(tmp_path: Path) -> None:
    draft = read_lines(
        tmp_path,
        "临河市治气方案\n（征求意见稿）\n一、主要目标\n努力改善。\n二、重点任务\n1.治车。淘汰旧车。（市公安局牵头，各县区人民政府落实）\n"
        "二、保障措施\n（一）抓督导。开展督导。（市政府办公室负责）\n",
    )
    assert draft.title == "临河市治气方案"
    found = {p.code: p for p in draft.problems}
    assert found["consultation_draft"].severity is Severity.WARNING
    assert found["consultation_draft"].facts["mark"] == "征求意见稿"
    assert found["duplicate_section"].facts["number"] == "二"


def test_missing_and_duplicate_numbers_are_said(tmp_path: Path) -> None:
    lines = [
        f"{n}.任务{word}。做好。（市某局牵头，各县区人民政府落实）"
        for n, word in zip((1, 2, 4, 5, 5), "甲乙丙丁戊", strict=True)
    ]
    draft = read_lines(tmp_path, "临河市方案\n二、重点任务\n" + "\n".join(lines))
    assert ("missing_number", "", 0) in codes(draft)
    assert ("duplicate_number", "5", 1) in codes(draft)


def test_units_named_once_for_all_that_follows(tmp_path: Path) -> None:
    draft = read_lines(
        tmp_path,
        "临河市方案\n二、重点任务\n1.甲事。做甲。（市甲局牵头，市乙局配合）\n"
        "2.乙事。做乙。（市乙局牵头，以下均需各县（市、区）政府落实，不再列出）\n"
        "3.丙事。做丙。（市丙局牵头）\n4.丁事。做丁。（市丁局牵头，各园区管委会落实）\n",
    )
    assert [roles(m)[2] for m in draft.measures] == [
        (),
        ("各县（市、区）政府",),
        ("各县（市、区）政府",),
        ("各园区管委会",),
    ]


def test_a_content_that_breaks_off_is_said(tmp_path: Path) -> None:
    draft = read_lines(
        tmp_path,
        "临河市方案\n二、重点任务\n1.甲事。做好甲事，\n（市甲局牵头，各县区人民政府落实）\n2.乙事。做乙。（市乙局牵头，各县区人民政府落实）\n",
    )
    assert ("content_cut_off", "1", 1) in codes(draft)
    assert ("content_cut_off", "2", 1) not in codes(draft)


def test_tasks_numbered_in_chinese_with_shares_and_a_rule_stated_once() -> None:
    draft = read(SAMPLES / "dongchuan_prose.txt")
    assert (draft.title, draft.city) == ("东川市蓝天保卫战行动方案", "东川市")
    assert [(m.task_no, m.title) for m in draft.measures] == [
        ("一", "实施产业结构调整行动"),
        ("二", "实施清洁取暖行动"),
        ("三", "实施柴油货车治理行动"),
        ("四", "实施园林绿化行动"),
        ("保障-一", "加强统筹"),
    ]
    later = ("各县（市、区）政府",)
    assert [roles(m) for m in draft.measures] == [
        (
            ("市工业和信息化局",),
            (),
            (*later, "东川经开区管委会"),
            ("市发展改革委", "市生态环境局", "市自然资源和规划局"),
        ),
        (("市住房城乡建设局",), ("市发展改革委", "市财政局"), later, ()),
        (("市交通运输局", "市公安局"), ("市生态环境局", "市商务局"), later, ()),
        (("市城市管理局",), ("市自然资源和规划局",), later, ()),
        (("市生态环境局",), (), later, ()),
    ]
    assert figures(draft) == [
        ("目标", "细颗粒物年均浓度", "<=30", "微克/立方米", "2027年", ""),
        ("目标", "氮氧化物排放总量下降", ">=10", "%", "2027年", ""),
        ("目标", "挥发性有机物排放总量下降", ">=8", "%", "2027年", ""),
        ("一", "淘汰砖瓦窑", "=15", "条", "2027年", ""),
        ("一", "铸造企业提升", "=20", "家", "2027年", ""),
        ("二", "新增集中供热面积", "=120", "万平方米", "", ""),
        ("二", "散煤替代", "=1.5", "万户", "", ""),
        ("二", "散煤替代", "=0.6", "万户", "", "东山县"),
        ("二", "散煤替代", "=0.9", "万户", "", "西川县"),
        ("三", "国三柴油货车淘汰率", ">=100", "%", "", ""),
        ("三", "新能源重型货车保有量", ">=500", "辆", "", ""),
        ("三", "氢燃料电池车示范应用", ">=10", "辆", "", ""),
        ("四", "绿化覆盖率", ">=41", "%", "", "建成区"),
        ("四", "人均公园绿地面积", ">=14.5", "平方米", "", ""),
    ]
