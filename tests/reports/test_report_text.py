from __future__ import annotations

from decimal import Decimal

from desktop.domain.report import Entry, ProgressStatus, Reading
from desktop.reports.report_text import account_of, gist, own_name, quoted, readings_text
from tests.reports import samples


def account(*entries: Entry) -> str:
    rows = tuple(samples.row(number, entry) for number, entry in enumerate(entries))
    return "\n".join(paragraph.text for paragraph in account_of(samples.report(rows)).paragraphs)


def test_counts_are_those_of_the_entries() -> None:
    text = account(
        Entry("m0", ProgressStatus.COMPLETED),
        Entry("m1", ProgressStatus.BEHIND, problems="征地未完成。", next_steps="5月底前完成"),
        Entry("m2", ProgressStatus.BEHIND),
        Entry("m3"),
    )
    assert "承担重点任务4项。其中，已完成1项，滞后2项，未填报1项。" in text
    assert "1. 燃煤锅炉关停与改造（序号2）。存在问题：征地未完成。下一步措施：5月底前完成。" in text
    assert "2. 工业炉窑改用清洁能源（序号3）。具体情况见附件。" in text


def test_a_report_without_difficulties_says_so_and_asks_for_nothing() -> None:
    text = account(Entry("m0", ProgressStatus.ON_SCHEDULE), Entry("m2", ProgressStatus.ON_SCHEDULE))
    assert "均为“达到序时进度”" in text
    assert "没有滞后和未启动的工作措施" in text
    assert not any(word in text for word in ("请予", "恳请", "请求", "望批复"))
    assert text.endswith("特此报告。")


def test_targets_are_counted_by_their_final_value() -> None:
    text = account(Entry("m0"), Entry("m1", ProgressStatus.ON_SCHEDULE, readings=samples.READINGS))
    assert "需填报量化指标3项，已填报2项，达到方案目标值1项，尚未达到方案目标值1项。" in text
    assert "已达到目标值的指标：PM2.5平均浓度。" in text
    assert "尚未达到目标值的指标：淘汰燃煤锅炉。" in text


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


def test_units_speak_of_themselves_by_their_kind() -> None:
    assert [own_name(n) for n in ("清禾县人民政府", "东川区政府", "北山市人民政府", "高新区管委会")] == [
        "我县",
        "我区",
        "我市",
        "我单位",
    ]


def test_a_plan_title_is_quoted_once() -> None:
    assert quoted("《甲方案》") == quoted("甲方案") == "《甲方案》"
