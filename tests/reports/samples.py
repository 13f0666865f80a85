"""Documents for the tests of reports, in our own words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from desktop.domain.letter import Letter, LetterSection, SectionName
from desktop.domain.report import (
    Entry,
    Evidence,
    People,
    PlanRef,
    ProgressStatus,
    Reading,
    ReportDocument,
    ReportRow,
)
from desktop.domain.summary import SummaryCell, SummaryDocument, SummaryRow, UnitProgress, UnitSummary
from desktop.domain.targets import Accumulation, Comparator, Target
from desktop.domain.unit import UnitRef

PLAN = PlanRef("plan-1", 2, "云川市空气质量持续改善行动实施方案", "ab" * 32)
CITY = UnitRef("yunchuan", "云川市人民政府")
COUNTY = UnitRef("qinghe", "清禾县人民政府")
PEOPLE = People("李敏", "马晓东", "王建国", "0000-1234567")

TITLES = (
    "用能总量和强度双控",
    "燃煤锅炉关停与改造",
    "工业炉窑改用清洁能源",
    "散煤替代与禁燃区管理",
    "大宗货物改走铁路和新能源车",
    "老旧货车淘汰更新",
    "非道路移动机械管控",
    "工地扬尘精细管控",
    "矿山和料场抑尘",
    "重点行业VOCs治理",
    "秸秆综合利用与露天禁烧",
    "重污染天气应急减排",
)
PROGRESS = (
    "一季度规模以上工业用能21.6万吨标准煤，同比下降1.8%；组织“节能诊断”3场，覆盖企业14家。",
    "集中供热管网向城东片区延伸3.2公里，累计关停燃煤锅炉7台；其余35蒸吨/小时以上锅炉完成超低排放改造，"
    "颗粒物、SO2、NOx排放浓度分别稳定在10毫克/立方米、35毫克/立方米、50毫克/立方米以内。",
    "2家石膏企业改用天然气，1家正在安装。",
    "抽检散煤36批次，合格36批次；新增清洁取暖420户，配送洁净煤1200吨（含兜底户86户）。",
    "石膏、石灰石改走铁路11.2万吨；县城公交全部换为新能源车。",
    "淘汰国三及以下柴油货车46辆，发放补贴138万元，详见https://example.org/vehicles/2025/q1?unit=qinghe&page=3公示。",
    "编码登记312台，抽测40台，超标3台已停用并整改。",
    "在建工地41个，“六个百分之百”落实到位39个，另外2个限期4月15日前整改；PM10小时均值超过150μg/m³自动喷淋。",
    "4处料场建成全封闭大棚，剩余1处完成招标。",
    "完成12家企业VOCs“一企一策”编制，活性炭更换台账抽查合格率96.5%，PM2.5与O3协同控制纳入日常巡查。",
    "秸秆综合利用率89.4%，巡查发现火点2处，均在30分钟内扑灭。",
    "启动黄色预警1次，36家企业按绩效分级落实减排措施，日均减排NOx约1.3吨。",
)
LEADS = (
    ("市发展改革委",),
    ("市生态环境局", "市住房城乡建设局"),
    ("市工业和信息化局",),
    ("市市场监管局", "市公安局"),
)
PROBLEMS = (
    "",
    "管线要穿过国道，路政许可3月26日才批下，2台锅炉推迟到5月拆除。",
    "",
    "部分农户对清洁取暖补贴政策了解不够，改造意愿不强；个别乡镇配送点距离村庄较远，冬季用煤高峰时配送不及时。",
)
NEXT = (
    "按月调度重点用能单位。",
    "5月20日前拆除2台锅炉并完成验收。",
    "6月底前验收。",
    "入户宣传，增设配送点3处。",
)


def target(key: str, indicator: str, value: str | None, unit: str, comparator: Comparator) -> Target:
    return Target(
        key=key,
        task_no="2",
        part=1,
        indicator=indicator,
        comparator=comparator,
        value=None if value is None else Decimal(value),
        unit=unit,
        deadline="2025年底前",
        accumulation=Accumulation.PLAN_TO_DATE,
    )


TARGETS = (
    target("t1", "淘汰燃煤锅炉", "12", "台", Comparator.AT_LEAST),
    target("t2", "PM2.5平均浓度", "31", "微克/立方米", Comparator.AT_MOST),
    target("t3", "秸秆综合利用率", "90", "%", Comparator.ABOUT),
)
READINGS = (Reading("t1", Decimal("7")), Reading("t2", Decimal("30.4"), "扣除沙尘影响"), Reading("t3", None))
_STATUS = (
    ProgressStatus.ON_SCHEDULE,
    ProgressStatus.BEHIND,
    ProgressStatus.ON_SCHEDULE,
    ProgressStatus.ON_SCHEDULE,
    ProgressStatus.COMPLETED,
    ProgressStatus.ON_SCHEDULE,
    ProgressStatus.NOT_STARTED,
    ProgressStatus.ON_SCHEDULE,
    ProgressStatus.NOT_APPLICABLE,
)


def entry_of(number: int, key: str) -> Entry:
    status = _STATUS[number % len(_STATUS)]
    evidence = (
        Evidence(f"{number:064x}", f"治理台账（第{number}批）.xlsx", 86_000 + number),
        Evidence(f"{number + 7:064x}", "现场照片.jpg", 2_310_000),
    )
    return Entry(
        key,
        status,
        progress=PROGRESS[number % len(PROGRESS)],
        problems=PROBLEMS[number % len(PROBLEMS)]
        or ("资金下达较晚。" if status is ProgressStatus.BEHIND else ""),
        next_steps=NEXT[number % len(NEXT)],
        explanation="本地没有该类企业。" if status is ProgressStatus.NOT_APPLICABLE else "",
        readings=READINGS if number % 4 == 1 else (),
        evidence=evidence if number % 5 == 1 else (),
    )


def row(number: int, entry: Entry | None = None) -> ReportRow:
    key = f"m{number}"
    return ReportRow(
        measure_key=key,
        task_no=str(19 if number in (18, 19, 20) else number + 1),
        part=number - 17 if number in (18, 19, 20) else 0,
        section=("一、优化产业和能源结构", "二、推进交通绿色转型", "三、加强面源和污染物治理")[
            min(number // 4, 2)
        ],
        title=TITLES[number % len(TITLES)],
        content="",
        lead=LEADS[number % len(LEADS)],
        support=(),
        deadline="",
        remark="",
        targets=TARGETS if number % 4 == 1 else (),
        previous=(),
        entry=entry if entry is not None else entry_of(number, key),
    )


def report(
    rows: tuple[ReportRow, ...] | None = None, count: int = 32, unit: UnitRef = COUNTY
) -> ReportDocument:
    return ReportDocument(
        schema=1,
        plan=PLAN,
        unit=unit,
        superior=CITY,
        quarter="2025Q1",
        revision=1,
        people=PEOPLE,
        prepared_on=date(2025, 4, 9),
        rows=rows if rows is not None else tuple(row(number) for number in range(count)),
    )


def letter(
    *sections: tuple[SectionName, str], number: str = "清政报〔2025〕12号", red_head: bool = True
) -> Letter:
    """A county's letter with these sections."""
    listed = tuple(LetterSection(name, text) for name, text in sections)
    return Letter(COUNTY.name, CITY.name, "清禾县生态环境局", number, red_head, True, True, True, listed)


def summary(measures: int = 60, units: int = 30) -> SummaryDocument:
    """Every seventh unit has sent nothing yet; every fifth cell is not assigned."""
    refs = [UnitRef(f"u{number}", f"云川第{number + 1}县人民政府") for number in range(units)]
    states = [UnitProgress.MISSING if number % 7 == 6 else UnitProgress.ACCEPTED for number in range(units)]
    rows = []
    for number in range(measures):
        cells = tuple(
            SummaryCell(
                ref.code, entry_of(number + at, f"m{number}") if states[at] is UnitProgress.ACCEPTED else None
            )
            for at, ref in enumerate(refs)
            if (number + at) % 5
        )
        rows.append(
            SummaryRow(
                f"m{number}",
                str(number + 1),
                "",
                TITLES[number % len(TITLES)],
                LEADS[number % len(LEADS)],
                (),
                cells,
            )
        )
    summaries = tuple(_unit_summary(ref, states[at], at, rows) for at, ref in enumerate(refs))
    return SummaryDocument(PLAN, CITY, "2025Q1", date(2025, 4, 15), date(2025, 4, 10), summaries, tuple(rows))


def _unit_summary(ref: UnitRef, state: UnitProgress, number: int, rows: list[SummaryRow]) -> UnitSummary:
    cells = [cell for one in rows if (cell := one.cell(ref.code)) is not None]
    entries = [cell.entry for cell in cells if cell.entry is not None]
    counts = {status.value: sum(entry.status is status for entry in entries) for status in ProgressStatus}
    came = state is UnitProgress.ACCEPTED
    return UnitSummary(
        unit=ref,
        short_name=f"第{number + 1}县" if number % 6 else "云川高新技术产业开发区",
        kind="county",
        state=state,
        revision=1 + number % 2 if came else 0,
        assigned=len(cells),
        filled=len(entries),
        counts=counts,
        received_on=date(2025, 4, 8 + number % 5) if came else None,
        late_days=max(number % 5 - 2, 0) if came else None,
    )
