"""From names as plans write them to units."""

from __future__ import annotations

import pytest

from desktop.domain.matching import match_name, units_at_start
from desktop.domain.unit import CollectiveTerm, Region, Unit, UnitKind

REGION = Region(
    "1",
    "云河市",
    (
        Unit("1", "云河市人民政府", "云河市", UnitKind.CITY),
        Unit("C1", "东川县人民政府", "东川县", UnitKind.COUNTY),
        Unit("P1", "东川县北塬工业园区管理委员会", "北塬工业园区", UnitKind.PARK, ("北塬工业园区管委会",)),
        Unit("D1", "云河市市场监督管理局", "市市场监管局", UnitKind.DEPARTMENT, ("市场监管局",)),
        Unit("D2", "云河市生态环境局", "市生态环境局", UnitKind.DEPARTMENT),
        Unit("X1", "国网云河供电公司", "国网云河供电公司", UnitKind.COMPANY),
    ),
    (CollectiveTerm("各县（市、区）人民政府", ("C1",)), CollectiveTerm("各园区", ("P1",))),
)


@pytest.mark.parametrize(
    ("name", "codes", "how"),
    [
        ("东川县", ("C1",), "exact"),
        ("北塬工业园区管委会", ("P1",), "exact"),
        ("各县（市、区）人民政府", ("C1",), "term"),
        ("各县(市、区)人民政府", ("C1",), "term"),
        ("各县（市、区）民政府", ("C1",), "typo"),
        ("生态环境局", ("D2",), "inherited"),
        ("市场监管局", ("D1",), "exact"),
        ("云河市市场监管局", ("D1",), "inherited"),
        ("供电公司", (), "unknown"),
        ("各有关部门", (), "unknown"),
        ("东山县", (), "unknown"),
    ],
)
def test_names(name: str, codes: tuple[str, ...], how: str) -> None:
    found = match_name(name, REGION)
    assert (found.unit_codes, found.how) == (codes, how)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("东川县建成区", ("C1",)),
        ("各园区", ("P1",)),
        ("全市", ()),
        ("市生态环境局", ()),
        ("北塬工业园区内企业", ("P1",)),
    ],
)
def test_a_scope_begins_with_who_reports(text: str, codes: tuple[str, ...]) -> None:
    assert units_at_start(text, REGION) == codes
