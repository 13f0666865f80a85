"""The rules of checking: set by the city, told to the county while it fills, waited for at the review."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from desktop.domain.report import ProgressStatus, Reading
from desktop.services import filling, surveying
from tests.screens.painting import Painter

ACTOR = "示例"


def city_rules(painter: Painter) -> None:
    """The section in 设置 with its list of measures, and what is due by each quarter of a target."""
    page = painter.go("settings")
    page.open_target("rules")
    painter.paint("city_settings_rules")
    painter.press("rules_measures")
    painter.paint_dialog("evidence_measures", "city_rules_evidence")
    page = painter.go("plan")
    store, plan_id = painter.program.context.store, painter.program.context.plan_id
    target = next(t for t in store.plans.get(plan_id).targets if t.measure_key)
    page.published.select(target.measure_key)
    painter.paint("city_plan_target")
    painter.press(f"milestones_{target.key}")
    painter.paint_dialog("milestones_dialog", "city_milestones")


def county_is_warned(painter: Painter) -> None:
    """A figure far from the last one, unexplained and explained."""
    context = painter.program.context
    store, now = context.store, datetime.now().astimezone()
    report = filling.begin(store, context.plan_id, str(context.quarter), ACTOR, now)
    rows = surveying.overview(store, report).rows
    row = next(r for r in rows if r.targets and r.previous and r.previous.reading(r.targets[0].key))
    target = row.targets[0]
    slipped = Reading(target.key, Decimal(row.previous.reading(target.key)) * 100)
    others = tuple(r for r in row.entry.readings if r.target_key != target.key)
    words = row.entry.progress or "本季度按计划推进，现场核查没有发现新的问题。"
    entry = replace(row.entry, status=ProgressStatus.ON_SCHEDULE, progress=words, readings=(slipped, *others))
    filling.save_entry(store, report.id, entry, ACTOR, now)
    page = painter.go("filling")
    page.go_to(row.measure.key)
    painter.paint("county_filling_warned")
    page.frame.editor.ensureWidgetVisible(page.frame.editor.readings)
    painter.paint("county_filling_warned_figures")
    painter.go("review")
    painter.paint("county_review_wants")
    filling.save_entry(store, report.id, replace(entry, explanation="单位由万吨换成了吨。"), ACTOR, now)
    page = painter.go("filling")
    page.go_to(row.measure.key)
    painter.paint("county_filling_explained")
    filling.save_entry(store, report.id, row.entry, ACTOR, now)
