from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from desktop.domain.letter import SectionName
from desktop.domain.report import Entry, ProgressStatus, Reading
from desktop.reports.report_text import account_of, gist, own_name, quoted, readings_text
from tests.reports import samples


def account(*entries: Entry) -> str:
    rows = tuple(samples.row(number, entry) for number, entry in enumerate(entries))
    return "\n".join(paragraph.text for paragraph in account_of(samples.report(rows)).paragraphs)


def test_what_was_frozen_is_what_is_printed() -> None:
    letter = samples.letter(
        (SectionName.OPENING, "现报告如下。"), (SectionName.PROBLEMS, "（一）资金\n　　资金紧。\n\n已协调。")
    )
    found = account_of(replace(samples.report(count=3), letter=letter))
    assert found.title == (
        "清禾县人民政府",
        "关于",
        f"《{samples.PLAN.title}》",
        "2025年第一季度",
        "进展情况的报告",
    )
    assert found.addressee == "云川市人民政府："
    assert [(p.text, p.heading) for p in found.paragraphs] == [
        ("现报告如下。", 0), ("一、存在问题", 1), ("（一）资金", 2), ("资金紧。", 0), ("已协调。", 0), ("特此报告。", 0),
    ]  # fmt: skip


def test_a_document_from_before_letters_says_what_its_data_say() -> None:
    text = account(
        Entry("m0", ProgressStatus.COMPLETED),
        Entry("m1", ProgressStatus.BEHIND, problems="征地未完成。", next_steps="5月底前完成"),
        Entry("m2", ProgressStatus.BEHIND),
        Entry("m3"),
    )
    assert "我县承担重点任务4项。其中，已完成1项，滞后2项，未填报1项。" in text
    assert "一是燃煤锅炉关停与改造（序号2）。征地未完成。" in text
    assert "下一步打算\n燃煤锅炉关停与改造（序号2）。5月底前完成。" in text
    assert text.endswith("特此报告。")


def test_annexes_are_those_that_were_chosen_and_have_something_to_show() -> None:
    document = samples.report(count=3)

    def names(**chosen: bool) -> tuple[str, ...]:
        letter = replace(samples.letter(), **chosen)
        return tuple(kind for kind, _ in account_of(replace(document, letter=letter)).annexes.listed)

    assert {"table", "evidence"} <= set(names())
    assert "table" not in names(table=False) and "evidence" not in names(evidence=False)
    assert names(table=False, readings=False, evidence=False) == ()


def test_readings_stand_beside_what_the_plan_asks() -> None:
    entry = Entry(
        "m1", readings=(Reading("t1", Decimal("7")), Reading("t2", Decimal("30.40"), "扣除沙尘影响"))
    )
    assert readings_text(samples.TARGETS, entry).split("\n") == [
        "淘汰燃煤锅炉：7台，目标≥12台",
        "PM2.5平均浓度：30.40微克/立方米，目标≤31微克/立方米；扣除沙尘影响",
        "秸秆综合利用率：未填报，目标90%左右",
    ]


def test_gist_keeps_whole_sentences_and_says_when_there_is_more() -> None:
    assert gist("") == ""
    assert gist("资金未到位") == "资金未到位。"
    assert gist("甲方未到位。\n乙方未签约；") == "甲方未到位。乙方未签约。"
    long = "第一句话说明情况。" * 30
    assert gist(long).endswith("（全文见附件）。") and len(gist(long)) < 140
    assert gist("长" * 500).endswith("（全文见附件）。")
    assert gist(long, attached=False).endswith("（有删节）。")


def test_gist_leaves_out_what_asks() -> None:
    assert (
        gist("资金缺口300万元。恳请市里予以支持。正在申请银行贷款。") == "资金缺口300万元。正在申请银行贷款。"
    )
    assert gist("妥否，请批示。") == ""


def test_units_speak_of_themselves_by_their_kind() -> None:
    assert [own_name(n) for n in ("清禾县人民政府", "东川区政府", "北山市人民政府", "高新区管委会")] == [
        "我县",
        "我区",
        "我市",
        "我单位",
    ]


def test_a_plan_title_is_quoted_once() -> None:
    assert quoted("《甲方案》") == quoted("甲方案") == "《甲方案》"
