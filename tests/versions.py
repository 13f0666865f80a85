"""A second version of the sample plan, in our own words, with every kind of change in it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from desktop.domain.plan import Duty, DutyRole, Measure, Plan, PlanDraft
from desktop.domain.targets import Target
from desktop.domain.unit import Region
from desktop.services import planning


def second_version(first: Plan, region: Region) -> PlanDraft:
    """What the sample plan's document would give after it was amended: measures numbered and keyed anew."""
    m = {measure.key: measure for measure in first.measures}
    early, late = m["m-005"].content.split("。", 1)
    buses, lorries = m["m-008"], m["m-009"]
    kitchens = replace(
        m["m-007"],
        key="kitchens",
        title="管好餐饮油烟",
        content="居民楼下的餐饮店安装油烟净化装置并每月清洗，夜市摊点集中到有排烟管道的场所。",
        section=m["m-010"].section,
    )
    straw = (
        m["m-016"].content.split("。", 1)[0]
        + "，露天焚烧当天处置，火点核到地块。村里有专人看护，收割机安装粉碎装置。"
    )
    measures = [
        *(m[key] for key in ("m-001", "m-002", "m-004")),
        replace(m["m-005"], title="居民散煤分户替代", content=f"{early}。"),
        replace(m["m-005"], key="m-005b", title="民用煤销售监管", content=late),
        *(m[key] for key in ("m-006", "m-007")),
        replace(buses, title="车辆更新与路检", content=buses.content + lorries.content),
        replace(m["m-010"], content=m["m-010"].content.replace("立即", "当天")),
        m["m-011"],
        kitchens,
        m["m-012"],
        replace(m["m-013"], duties=(*m["m-013"].duties, Duty(DutyRole.SUPPORT, "市财政局"))),
        *(m[key] for key in ("m-014", "m-015")),
        replace(m["m-016"], title="秸秆离田和禁烧", content=straw),
        *(m[key] for key in ("m-017", "m-018")),
    ]
    keys, numbered = _numbered(measures)
    targets = tuple(
        _target(t, keys) for t in first.targets if not t.measure_key or t.measure_key in {"m-009", *keys}
    )
    draft = PlanDraft(first.title, region.name, tuple(numbered), targets, file_name="修订稿.docx")
    return planning.resolve(draft, region)


def _numbered(measures: list[Measure]) -> tuple[dict[str, str], list[Measure]]:
    """Numbers and keys from the first to the last; safeguards keep their numbers."""
    keys, numbered, number = {}, [], 0
    for at, measure in enumerate(measures, 1):
        keys[measure.key] = f"m-{at:03d}"
        task = measure.task_no
        if task.isdecimal():
            number += 1
            task = str(number)
        numbered.append(replace(measure, key=keys[measure.key], task_no=task, part=1))
    return keys, numbered


def _target(target: Target, keys: dict[str, str]) -> Target:
    """A target under its measure's new key; building sites are asked for less."""
    if not target.measure_key:
        return target
    old = "m-008" if target.measure_key == "m-009" else target.measure_key
    value = target.value
    if target.measure_key == "m-011" and value is not None:
        value -= Decimal(3)
    return replace(target, measure_key=keys[old], value=value)
