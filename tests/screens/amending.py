"""States of amending: the comparison at the city, what the county then sees."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QAbstractButton

from desktop.domain.plan import Plan, PlanDraft
from desktop.services import amending, enrolling, planning, receiving, sending
from desktop.services.opening import SAMPLE_PASSPHRASE, Sample, open_workspace
from desktop.storage import Store
from tests.screens.painting import Painter
from tests.versions import second_version

ACTOR = "示例"


def keep_amendment(places: Sample, now: datetime) -> None:
    """The sample's city with a second version of its plan, read and compared."""
    store = open_workspace(places.city, ACTOR, now)
    plan = _plan(store)
    draft = amending.compare_with(store, second_version(plan, store.units.region()), plan.id)
    planning.keep_draft(store, "", draft, now)
    store.close()


def city_amends(painter: Painter) -> None:
    """Every kind of change, the choice of another measure, all confirmed, nothing changed; then it is published."""
    page = painter.go("plan")
    painter.paint("amending_checked")
    painter.press("publish")
    painter.paint("amending_changes")
    changes = page.changes
    if painter.window.compact:
        painter.press("open_changes")
        painter.paint("amending_list")
        painter.press("open_changes")
    for change in {change.kind: change for change in reversed(changes._changes)}.values():
        changes.list.show_change(change.key)
        painter.paint(f"amending_{change.kind}")
    changes.list.show_change(next(c.key for c in changes._changes if not c.new))
    painter.press("change_other")
    painter.paint_dialog("counterpart_dialog", "amending_counterpart")
    while any(change.open for change in changes._changes):
        changes.confirm()
    painter.paint("amending_confirmed")
    _same_again(painter)
    context = painter.program.context
    assert context is not None and context.store is not None
    amending.publish_amendment(context.store, changes.desk.draft_id, ACTOR, context.now())
    context.tell_changed()
    painter.go("distribute")
    painter.paint("amending_distribute")


def _same_again(painter: Painter) -> None:
    """The document that is in force already; afterwards the draft is as it was."""
    page, context = painter.go("plan"), painter.program.context
    assert context is not None and context.store is not None
    store, draft, draft_id = context.store, page.changes.desk.draft, page.changes.desk.draft_id
    plan = _plan(store)
    same = PlanDraft(plan.title, draft.city, plan.measures, plan.targets, file_name=draft.file_name)
    planning.keep_draft(store, draft_id, amending.compare_with(store, same, plan.id), context.now())
    page.refresh()
    painter.paint("amending_same")
    planning.keep_draft(store, draft_id, draft, context.now())
    page.refresh()


def publish_and_carry(places: Sample, now: datetime) -> None:
    """The sample with the amendment in force at the city and at the county."""
    keep_amendment(places, now)
    store = open_workspace(places.city, ACTOR, now)
    draft_id = store.plans.drafts()[0].id
    draft = store.plans.draft(draft_id)
    assert draft is not None
    planning.keep_draft(store, draft_id, amending.confirm_all(draft, amending.open_matches(draft)), now)
    amending.publish_amendment(store, draft_id, ACTOR, now)
    store.close()
    carry_to_county(places, now)


def carry_to_county(places: Sample, now: datetime) -> None:
    """The city's newest version, taken in by the county."""
    stick = places.city.parent / "carried"
    stick.mkdir()
    above, below = open_workspace(places.city, ACTOR, now), open_workspace(places.county, ACTOR, now)
    identity = enrolling.signer(above, SAMPLE_PASSPHRASE)
    unit = below.workspace.unit.code
    (package,) = sending.distribute(above, _plan(above).id, [unit], identity, ACTOR, now)
    (written,) = sending.carry_out(above, [package.digest], stick, ACTOR, now)
    receiving.take_in(below, written.path, "", ACTOR, now)
    above.close()
    below.close()


def county_follows(painter: Painter) -> None:
    """The package in the inbox, the banner, its list, words of former measures, what is asked no more."""
    painter.go("inbox")
    painter.paint("amended_inbox")
    page = painter.go("filling")
    painter.paint("amended_banner")
    painter.press("news_changes")
    painter.paint_dialog("plan_news_dialog", "amended_news")
    seen = page._seen
    assert seen is not None
    page.go_to(next(row.measure.key for row in seen.rows if row.former))
    painter.paint("amended_former")
    take = page.frame.editor.former.findChild(QAbstractButton, f"take_{_former(page)}")
    assert take is not None
    take.click()
    painter.paint("amended_taken")
    page.frame.entries.choose(f"dropped:{seen.dropped[0].entry.measure_key}")
    page.go_to(f"dropped:{seen.dropped[0].entry.measure_key}")
    painter.paint("amended_dropped")


def _former(page: object) -> str:
    return page._quarter.row.former[0].entry.measure_key


def _plan(store: Store) -> Plan:
    return store.plans.get(store.plans.all()[0].id)
