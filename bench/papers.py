"""Documents to set: a city's summary and a county's report of any number of rows, each row with words of its own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from desktop.domain.report import Entry, ProgressStatus, Reading, ReportDocument, ReportRow
from desktop.domain.summary import SummaryCell, SummaryDocument, SummaryRow, UnitProgress, UnitSummary
from desktop.domain.unit import UnitRef
from tests.reports import samples

UNITS = 30
TEXTS = (
    "集中供热管网向城东片区延伸{n}.2公里，累计关停燃煤锅炉7台；其余35蒸吨/小时以上锅炉完成超低排放改造，"
    "颗粒物、SO₂、NOx排放浓度分别稳定在10毫克/立方米、35毫克/立方米、50毫克/立方米以内。",
    "完成{n}家企业VOCs“一企一策”编制，抽查合格率96.5%，PM2.5与O₃协同控制纳入日常巡查。",
    "管线要穿过国道，路政许可3月26日才批下，{n}台锅炉推迟到5月拆除；部分农户改造意愿不强。",
    "5月20日前拆除{n}台锅炉并完成验收；入户宣传，增设配送点3处，每周调度。",
)


def text_rows(count: int) -> list[tuple[str, str, str]]:
    """What units say of themselves, each row otherwise."""
    progress, other, problems, steps = TEXTS
    return [
        ((other if n % 3 == 0 else progress).format(n=n), problems.format(n=n), steps.format(n=n))
        for n in range(count)
    ]


def summary_of(count: int) -> SummaryDocument:
    """Every unit is behind with everything, so that every cell is set with all its words."""
    refs = [UnitRef(f"u{n}", f"云川第{n + 1}县人民政府") for n in range(UNITS)]
    said = iter(text_rows(count))
    rows = []
    for at in range(count // UNITS):
        cells = [SummaryCell(ref.code, Entry(f"m{at}", ProgressStatus.BEHIND, *next(said))) for ref in refs]
        rows.append(
            SummaryRow(f"m{at}", str(at + 1), "", "燃煤锅炉关停与改造", ("市生态环境局",), (), tuple(cells))
        )
    units = tuple(
        UnitSummary(ref, f"第{n + 1}县", "county", UnitProgress.ACCEPTED, 1, len(rows), len(rows),
                    {"behind": len(rows)}, date(2025, 4, 8), 0)
        for n, ref in enumerate(refs)
    )  # fmt: skip
    day = date(2025, 4, 15)
    return SummaryDocument(samples.PLAN, samples.CITY, "2025Q1", day, day, units, tuple(rows))


def document_of(count: int) -> ReportDocument:
    target = samples.TARGETS[0]
    status = (ProgressStatus.ON_SCHEDULE, ProgressStatus.BEHIND, ProgressStatus.COMPLETED)
    rows = tuple(
        ReportRow(
            f"m{n}", str(n + 1), 0, "一、优化产业和能源结构", "燃煤锅炉关停与改造", "", ("市生态环境局",), (),
            "", "", (target,), (), Entry(f"m{n}", status[n % 3], *said, readings=(Reading("t1", Decimal(n)),)),
        )
        for n, said in enumerate(text_rows(count))
    )  # fmt: skip
    return samples.report(rows)
