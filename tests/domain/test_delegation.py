"""Proposals for 县内分工: usual names, what the unit itself decided, and nothing where nothing is known."""

from __future__ import annotations

import pytest

from desktop.domain.delegation import Bureau, Delegation, proposed_delegations, proposed_name, same_body


@pytest.mark.parametrize(
    ("lead", "unit", "proposed"),
    [
        ("市发改委", "东川县", "县发改局"),
        ("市发展改革委", "东川县", "县发展改革局"),
        ("发展和改革委员会", "东川县", "县发展和改革局"),
        ("云河市住建局", "望溪区", "区住建局"),
        ("市工信局", "沙棠市", "市工信局"),
        ("市市场监管局", "东川县", "县市场监管局"),
        ("市场监管局", "东川县", "县市场监管局"),
        ("市生态环境局", "东川县", "市生态环境局东川分局"),
        ("市公安局（交警支队）", "东川县", "县公安局"),
        ("市政法委", "东川县", ""),
        ("各县（市、区）人民政府", "东川县", ""),
        ("各工业园区管委会", "东川县", ""),
        ("国网云河供电公司", "东川县", ""),
        ("市发改委", "北塬工业园区", ""),
        ("", "东川县", ""),
    ],
)
def test_usual_counterparts(lead: str, unit: str, proposed: str) -> None:
    assert proposed_name(lead, unit, "云河市") == proposed


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("县发改局", "东川县发展和改革局", True),
        ("县住建局", "县住房和城乡建设局", True),
        ("市生态环境局东川分局", "生态环境分局", True),
        ("县工信局", "县住建局", False),
        ("", "", False),
    ],
)
def test_one_bureau_under_two_names(one: str, other: str, same: bool) -> None:
    assert same_body(one, other, "东川县") is same


def test_what_the_unit_decided_counts_before_rules() -> None:
    leads = {
        "m1": ("市发改委",),
        "m2": ("市发改委", "市工信局"),
        "m3": ("市住建局",),
        "m4": ("市气象局",),
        "m5": (),
    }
    given = {"m1": Delegation("p", "m1", "县发改和科技局")}
    bureaus = [Bureau("县发改和科技局"), Bureau("东川县住房城乡建设局")]
    found = {p.measure_key: (p.bureau, p.how) for p in proposed_delegations(leads, given, bureaus, "东川县")}
    assert found == {
        "m2": ("县发改和科技局", "same_lead"),
        "m3": ("东川县住房城乡建设局", "known"),
        "m4": ("县气象局", "derived"),
    }


def test_two_decisions_for_one_lead_decide_nothing() -> None:
    leads = {"m1": ("市发改委",), "m2": ("市发改委",), "m3": ("市发改委",)}
    given = {"m1": Delegation("p", "m1", "甲局"), "m2": Delegation("p", "m2", "乙局")}
    assert [p.how for p in proposed_delegations(leads, given, (), "东川县")] == ["derived"]


def test_a_number_stays_with_its_person() -> None:
    bureau = Bureau("县住建局", "马某", "111")
    assert Delegation("p", "m", bureau.name).person(bureau) == ("马某", "111")
    assert Delegation("p", "m", bureau.name, "张某").person(bureau) == ("张某", "")
    assert Delegation("p", "m", bureau.name, "张某", "222").person(bureau) == ("张某", "222")
    assert Delegation("p", "m", bureau.name, "", "222").person(bureau) == ("马某", "222")
