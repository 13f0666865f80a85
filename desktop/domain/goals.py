"""总体目标: overall figures that units reach become a row at the plan's head; the city's own figures are told apart.

A document sets overall targets outside its measures. Those that name units, and those that every unit must reach, are
put under one measure more, so that filling, reports and workbooks know nothing but measures. It is no measure of the
document: drafts do not have it, comparisons leave it out, counts of measures do not count it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from desktop.domain.plan import GOALS, Duty, DutyRole, Measure, Plan
from desktop.domain.targets import OVERALL, Audience, Target
from desktop.domain.unit import Region

TITLE = "总体目标"


def without_goals(plan: Plan) -> Plan:
    """The plan as its document has it: without the row at its head, its targets overall ones again."""
    targets = tuple(replace(t, measure_key="") if t.measure_key == GOALS else t for t in plan.targets)
    return replace(plan, measures=plan.own_measures, targets=targets)


def with_goals(plan: Plan, region: Region) -> Plan:
    """The plan with its row of overall targets made anew, from the targets and duties as they stand now.

    It is implemented by just the units that its targets name, or by all that implement a measure where every unit
    must reach one; without such targets there is no row.
    """
    bare = without_goals(plan)
    asked = [t for t in bare.targets if not t.measure_key and _is_of_units(t, plan.issuer_code)]
    codes = _codes(bare, asked)
    if not codes:
        return bare
    keys = {t.key for t in asked}
    clauses = dict.fromkeys(t.text.strip() or t.indicator for t in asked)
    head = Measure(
        GOALS, OVERALL, 1, "", TITLE, "\n".join(clauses), duties=tuple(_duties(codes, region)),
    )  # fmt: skip
    targets = tuple(replace(t, measure_key=GOALS) if t.key in keys else t for t in bare.targets)
    return replace(bare, measures=(head, *bare.measures), targets=targets)


def city_targets(plan: Plan) -> tuple[Target, ...]:
    """The figures that the issuer itself fills, overall ones and those of measures, in the plan's order."""
    place = {measure.key: at for at, measure in enumerate(plan.measures)}
    own = (t for t in plan.targets if t.audience is Audience.CITY or _names(t, plan.issuer_code))
    return tuple(sorted(own, key=lambda t: place.get(t.measure_key, -1)))


def _names(target: Target, code: str) -> bool:
    return target.audience is Audience.NAMED and code in target.unit_codes


def _is_of_units(target: Target, issuer: str) -> bool:
    if target.audience is Audience.NAMED:
        return bool(set(target.unit_codes) - {issuer})
    return target.audience is Audience.EACH


def _codes(plan: Plan, targets: Iterable[Target]) -> dict[str, None]:
    codes: dict[str, None] = {}
    for target in targets:
        if target.audience is Audience.EACH:
            codes |= {code: None for measure in plan.measures for code in measure.implementers}
        else:
            codes |= dict.fromkeys(target.unit_codes)
    codes.pop(plan.issuer_code, None)
    return codes


def _duties(codes: Iterable[str], region: Region) -> Iterable[Duty]:
    """Unit by unit, in the region's order; a code that the region does not know stands for itself."""
    wanted = dict.fromkeys(codes)
    known = [unit for unit in region.units if unit.code in wanted]
    yield from (Duty(DutyRole.IMPLEMENT, unit.short_name, (unit.code,)) for unit in known)
    strange = (code for code in wanted if region.find(code) is None)
    yield from (Duty(DutyRole.IMPLEMENT, code, (code,)) for code in strange)
