"""Values that the tests of the storage write and read back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

from desktop.domain.plan import Duty, DutyRole, Measure, Plan, PlanDraft, PlanProblem, Severity, SourceBlock
from desktop.domain.report import Entry, Evidence, People, ProgressStatus, Reading, Report, ReportState
from desktop.domain.targets import Comparator, Target
from desktop.domain.unit import CollectiveTerm, Region, Unit, UnitKind
from desktop.domain.workspace import Workspace

CHINA = timezone(timedelta(hours=8))
NOW = datetime(2025, 4, 1, 9, 30, tzinfo=CHINA)
LATER = NOW + timedelta(minutes=5, microseconds=7)
WORLD_TIME = datetime(2025, 4, 1, 1, 30, tzinfo=UTC)

CITY = Unit("640000", "某市人民政府", "某市", UnitKind.CITY)
COUNTY = Unit("640001", "甲县人民政府", "甲县", UnitKind.COUNTY, ("甲县政府", "甲县"), "王某", "0953-1234567")
PARK = Unit("640002", "乙工业园区管委会", "乙园区", UnitKind.PARK)
REGION = Region(
    CITY.code,
    "某市",
    (CITY, COUNTY, PARK),
    (CollectiveTerm("各县", (COUNTY.code,)), CollectiveTerm("各园区", (PARK.code,))),
)
CITY_WORKSPACE = Workspace(CITY.ref, CITY.kind, None, False, NOW)
COUNTY_WORKSPACE = Workspace(COUNTY.ref, COUNTY.kind, CITY.ref, True, LATER)

MEASURE = Measure(
    "m1",
    "1",
    1,
    "一、结构调整",
    "淘汰落后锅炉",
    "年底前淘汰65蒸吨/小时以下锅炉",
    (Duty(DutyRole.IMPLEMENT, "各县", (COUNTY.code,)),),
    open_ended=True,
    source=(3, 4),
)
TARGET = Target("t1", "1", 1, "淘汰台数", Comparator.AT_LEAST, Decimal("12.50"), "台")
PLAN = Plan("plan-1", 1, "某市大气行动方案", CITY.code, CITY.name, (MEASURE,), (TARGET,))
DRAFT = PlanDraft(
    "某市大气行动方案",
    "某市",
    (MEASURE,),
    (TARGET,),
    (PlanProblem("name_unknown", Severity.WARNING, "1", 1, {"name": "某局"}),),
    (SourceBlock(0, "第一条", ("1", "淘汰"), 2),),
    "方案.docx",
)

REPORT = Report(
    id="r1",
    plan_id=PLAN.id,
    plan_version=1,
    unit_code=COUNTY.code,
    quarter="2025Q1",
    revision=1,
    state=ReportState.RETURNED,
    people=People("张某", "李某", "赵某", "0953-7654321"),
    created_at=NOW,
    reviewed_at=LATER,
    signed_at=WORLD_TIME,
    due=date(2025, 4, 20),
    reason="数据不实",
    returned={"m1": "请补充佐证"},
    digest="ab" * 32,
    code="AAAA-BBBB-CCCC-DDDD",
)
ENTRY = Entry(
    "m1",
    ProgressStatus.BEHIND,
    "已淘汰3台",
    "资金未到位",
    "下季度完成",
    "说明",
    (Reading("t1", Decimal("3.50"), "含在建"), Reading("t2", None)),
    (Evidence("cd" * 32, "验收单.pdf", 1234, "application/pdf"),),
)
