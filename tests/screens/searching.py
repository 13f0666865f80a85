"""Several plans and quarters: 查找 with what it finds, the menus at the top, a quarter that is locked."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QToolButton

from desktop.domain.quarter import Quarter, QuarterCalendar
from desktop.domain.report import Entry, ProgressStatus
from desktop.paths import Paths
from desktop.services import enrolling, filling, planning, receiving, sending, surveying
from desktop.services.opening import SAMPLE_PASSPHRASE, Sample, open_workspace
from desktop.storage import Store
from tests.screens.painting import Painter, settle

ACTOR = "示例"
WORDS = (
    "本季度排查燃煤小锅炉36台，拆除9台，其余已经签了合同。",
    "个别企业资金不到位，拆除慢。",
    "下月底前拆完。",
)


def add_plan(places: Sample, paths: Paths, now: datetime) -> None:
    """A second plan, published by the sample's city and taken in by its county, and there a quarter long past."""
    stick = places.city.parent / "second"
    stick.mkdir()
    above, below = open_workspace(places.city, ACTOR, now), open_workspace(places.county, ACTOR, now)
    region, first = above.units.region(), above.plans.all()[0]
    draft = planning.resolve(planning.read_document(paths.sample / "plan_prose.txt", (region,)), region)
    plan = planning.publish(above, planning.keep_draft(above, "", draft, now), ACTOR, now)
    today = now.date()
    days = (today - timedelta(days=2), today + timedelta(days=20), today + timedelta(days=30))
    planning.open_quarter(above, plan.id, QuarterCalendar(str(Quarter.of(today)), *days), ACTOR, now)
    identity = enrolling.signer(above, SAMPLE_PASSPHRASE)
    (package,) = sending.distribute(above, plan.id, [below.workspace.unit.code], identity, ACTOR, now)
    (written,) = sending.carry_out(above, [package.digest], stick, ACTOR, now)
    receiving.take_in(below, written.path, "", ACTOR, now)
    _past(below, first.id, now)
    above.close()
    below.close()


def past_quarter(store: Store, plan_id: str) -> Quarter:
    """The quarter before all others."""
    return Quarter.parse(surveying.open_quarters(store, plan_id)[0])


def _past(store: Store, plan_id: str, now: datetime) -> None:
    then = now - timedelta(days=280)
    day, quarter = then.date(), past_quarter(store, plan_id).previous
    store.plans.put_calendar(plan_id, QuarterCalendar(str(quarter), day, day, day + timedelta(days=9)))
    report = filling.begin(store, plan_id, str(quarter), ACTOR, then)
    for row in surveying.overview(store, report).rows[:4]:
        entry = Entry(row.measure.key, ProgressStatus.BEHIND, *WORDS)
        filling.save_entry(store, report.id, entry, ACTOR, then)


def searching_county(painter: Painter) -> None:
    """Nothing typed, found, much, nothing; both menus; the quarter that is only read."""
    context = painter.program.context
    assert context is not None and context.store is not None
    store = context.store
    first = next(ref for ref in store.plans.all() if len(surveying.open_quarters(store, ref.id)) > 1)
    context.choose_plan(first.id)
    painter.go("filling")
    painter.paint("county_plans")
    for name, typed in (
        ("empty", ""),
        ("found", "锅炉"),
        ("words", "锅炉 拆除"),
        ("many", "的"),
        ("none", "锅炉 火箭"),
    ):
        _search(painter, typed, f"search_{name}")
    _menu(painter, "plan_menu", "menu_plans")
    _menu(painter, "quarter_name", "menu_quarters")
    context.choose_quarter(past_quarter(store, first.id))
    painter.go("filling")
    painter.paint("county_locked")
    painter.go("review")
    painter.paint("county_locked_review")


def searching_city(painter: Painter) -> None:
    """What the city finds in its units' reports, and opens."""
    painter.go("desk")
    painter.paint("city_plans")
    _search(painter, "锅炉", "search_city")
    _search(painter, "季度 报送", "search_city_files")
    _menu(painter, "plan_menu", "menu_plans_city")
    _menu(painter, "quarter_name", "menu_quarters_city")


def _search(painter: Painter, typed: str, name: str) -> None:
    from desktop.views.dialogs.search import SearchDialog

    painter.window.open_search()
    dialog = painter.window.findChild(SearchDialog)
    assert dialog is not None
    dialog.box.setText(typed)
    settle(painter.program)
    settle(painter.program)
    painter.paint_dialog("search_dialog", name)


def _menu(painter: Painter, of: str, name: str) -> None:
    """A menu of the bar at the top, as it opens."""
    bar = painter.window.top_bar
    if of == "plan_menu":
        bar._plans.open_menu()
        menu = bar.findChild(QMenu, "plan_menu")
    else:
        menu = bar.findChild(QToolButton, of).menu()
        menu.popup(bar.mapToGlobal(QPoint(300, 40)))
    assert menu is not None
    settle(painter.program)
    painter.keep(menu, name)
    menu.close()
