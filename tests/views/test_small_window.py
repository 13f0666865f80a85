"""What every page keeps at every size of the window: nothing sideways, nothing cut, nothing over another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QLabel,
    QMainWindow,
    QPushButton,
    QScrollArea,
    QWidget,
)

from desktop.domain.plan import PlanDraft
from desktop.domain.report import Reading
from desktop.domain.targets import OVERALL, Audience, Comparator, Target
from desktop.paths import Paths, usual_paths
from desktop.services import citywide, opening, planning
from desktop.services.sampling import make_sample
from desktop.views.application import Program
from desktop.views.main_window import MainWindow
from desktop.views.widgets.dialog import Dialog
from desktop.views.widgets.step_bar import StepBar
from tests.conftest import TEST_ROUNDS
from tests.screens.amending import keep_amendment, publish_and_carry
from tests.screens.delegating import filled_books
from tests.views.conftest import FakeFiles

# A monitor of 1366 × 768 at 100, 125 and 150 %, less the task bar and the title.
SIZES = (QSize(1366, 696), QSize(1093, 557), QSize(911, 464))


@pytest.fixture
def program(theme_app: QApplication, tmp_path: Path) -> Iterator[Program]:
    made = Program(theme_app, Paths(usual_paths().resources, tmp_path), FakeFiles(), rounds=TEST_ROUNDS)
    yield made
    made.close()


@pytest.fixture
def sample(program: Program) -> opening.Sample:
    """The city with every kind of submission, and a county half way."""
    now = datetime.now().astimezone()
    return make_sample(program.paths.user / "sample", program.paths, TEST_ROUNDS, now)


def shown(widget: QWidget, kind: type[QWidget]) -> list[QWidget]:
    return [part for part in widget.findChildren(kind) if part.isVisible()]


def place(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def settle(program: Program) -> None:
    for _ in range(4):
        assert program.runner.wait_idle()
        QApplication.processEvents()


def faults(window: QMainWindow) -> list[str]:
    """What is wrong with how a window is laid out, in words."""
    found = [
        f"{area.objectName() or area.parent()} scrolls sideways"
        for area in shown(window, QScrollArea)
        if area.horizontalScrollBar().maximum() > 0 and area.horizontalScrollBar().isVisible()
    ]
    found += [
        f"{area.objectName() or area.parent()} hides what lies at its right"
        for area in shown(window, QScrollArea)
        if area.widget() is not None and area.widget().width() > area.viewport().width()
    ]
    found += [
        f"“{made.text()}” is cut"
        for made in shown(window, QPushButton)
        if made.width() < made.minimumSizeHint().width()
        # Qt rounds a style sheet's heights up and down.
        or made.height() < made.minimumSizeHint().height() - 1
    ]
    found += [
        f"“{words.text()[:20]}” is cut"
        for words in shown(window, QLabel)
        if words.wordWrap() and words.height() < words.heightForWidth(words.width())
    ]
    for steps in shown(window, StepBar):
        beside = [place(part, window) for part in shown(steps.parentWidget(), QLabel)]
        here = place(steps, window)
        if steps.width() < steps.sizeHint().width() or any(here.intersects(other) for other in beside):
            found.append("the steps are cut")
    for bar in shown(window, QFrame):
        if bar.property("bar"):
            parts = [(part, place(part, window)) for part in shown(bar, QAbstractButton)]
            found += [
                f"“{one.text()}” lies over “{other.text()}”"
                for (one, here), (other, there) in combinations(parts, 2)
                if here.intersects(there) and not one.isAncestorOf(other)
            ]
            found += [
                f"“{part.text()}” reaches out of its bar"
                for part, here in parts
                if not place(bar, window).contains(here)
            ]
    return found


def walk(program: Program) -> list[str]:
    """The faults of every page at every size."""
    window = program.window
    assert isinstance(window, MainWindow)
    found = []
    for size in SIZES:
        window.resize(size)
        for key in window.keys:
            window.go_to(key)
            settle(program)
            assert window.size() == size
            found += [f"{key} at {size.width()}: {fault}" for fault in faults(window)]
    return found


def test_pages_of_a_city_fit(program: Program, sample: opening.Sample) -> None:
    program.open_folder(sample.city)
    assert walk(program) == []


def test_what_is_unfolded_on_the_desk_fits(program: Program, sample: opening.Sample) -> None:
    program.open_folder(sample.city)
    window = program.window
    assert isinstance(window, MainWindow)
    window.resize(SIZES[-1])
    window.go_to("desk")
    settle(program)
    window.page.findChild(QAbstractButton, "unfold_waiting").click()
    settle(program)
    assert window.page.aside.isVisible() and faults(window) == []
    words = [word for word in shown(window.page.findChild(QWidget, "legend"), QLabel) if word.text()]
    assert len(words) == 8 and all(word.width() >= word.sizeHint().width() for word in words)


def test_the_figures_of_the_city_itself_fit(program: Program, sample: opening.Sample) -> None:
    now, found = datetime.now().astimezone(), []
    store = opening.open_workspace(sample.city, "test", now)
    plan = store.plans.all()[0].id
    wide = Target(
        "t-900", OVERALL, 1, "可吸入颗粒物（PM10）年均浓度", Comparator.AT_MOST, Decimal("70.5"), "微克/立方米",
        "2025年底前", audience=Audience.CITY,
    )  # fmt: skip
    held = store.plans.get(plan)
    with store.transaction():
        store.plans.put(replace(held, version=2, targets=(wide, *held.targets)), now)
    quarter = store.plans.calendars(plan)[-1].quarter
    citywide.save(store, plan, quarter, Reading("t-900", Decimal("86.25"), "部门初步统计" * 9), "test", now)
    store.close()
    program.open_folder(sample.city)
    window = program.window
    assert isinstance(window, MainWindow)
    for size in SIZES:
        window.resize(size)
        window.go_to("desk", "city")
        settle(program)
        assert window.size() == size and window.page.city.isVisible()
        found += [f"{size.width()}: {fault}" for fault in faults(window)]
    assert found == []


def test_pages_of_a_county_fit(program: Program, sample: opening.Sample) -> None:
    program.open_folder(sample.county)
    assert walk(program) == []


def test_bureaus_and_their_workbooks_fit(program: Program, sample: opening.Sample) -> None:
    program.open_folder(sample.county)
    window, context = program.window, program.context
    assert isinstance(window, MainWindow) and context is not None and context.store is not None
    window.go_to("delegate")
    page, found = window.page, []
    report = context.store.reports.latest(
        context.plan_id, context.store.workspace.unit.code, str(context.quarter)
    )
    books = filled_books(context.store, report, program.paths.user / "books", context.now())
    for size in SIZES:
        window.resize(size)
        for key in page.pane.list.keys:
            page.pane.list.choose(key)
            settle(program)
            assert window.size() == size
            found += [f"{key} at {size.width()}: {fault}" for fault in faults(window)]
        for opened in (
            page.hand_out,
            lambda: page._books.open(books),
            page.change_bureau,
            page.giving.delegate,
        ):
            page.pane.list.choose(page.pane.list.keys[1])
            opened()
            settle(program)
            dialog = next(
                w for w in QApplication.topLevelWidgets() if isinstance(w, Dialog) and w.isVisible()
            )
            assert dialog.height() <= max(size.height(), 400) and dialog.width() <= size.width()
            found += [f"{dialog.objectName()} at {size.width()}: {fault}" for fault in faults(dialog)]
            dialog.reject()
            settle(program)
    assert found == []


def test_a_plan_that_is_checked_fits(program: Program, tmp_path: Path) -> None:
    now, paths = datetime.now().astimezone(), program.paths
    regions = opening.shipped_regions(paths.regions)
    region = next(r for r in regions if r.code == opening.SAMPLE_REGION)
    draft = planning.resolve(planning.read_document(paths.sample / "plan_prose.txt", regions), region)
    store = opening.create_workspace(tmp_path / "city", region.city, region, "test", now)
    planning.keep_draft(store, "", draft, now)
    store.close()
    program.open_folder(tmp_path / "city")
    assert walk(program) == []


def test_a_comparison_of_two_versions_fits(program: Program, sample: opening.Sample) -> None:
    keep_amendment(sample, datetime.now().astimezone())
    program.open_folder(sample.city)
    window = program.window
    assert isinstance(window, MainWindow)
    window.go_to("plan")
    settle(program)
    window.page.review.compareAsked.emit()
    changes, found = window.page.changes, []
    program.context.note_saved()
    for size in SIZES:
        window.resize(size)
        for change in {change.kind: change for change in changes._changes}.values():
            changes.list.show_change(change.key)
            settle(program)
            assert window.size() == size and changes.isVisible()
            found += [f"{change.kind} at {size.width()}: {fault}" for fault in faults(window)]
    assert found == []


def test_a_quarter_that_is_opened_finds_its_room_at_the_top(
    program: Program, sample: opening.Sample, tmp_path: Path
) -> None:
    now = datetime.now().astimezone()
    store = opening.open_workspace(sample.city, "test", now)
    plan, region = store.plans.get(store.plans.all()[0].id), store.units.region()
    calendar = store.plans.calendars(plan.id)[-1]
    store.close()
    found = []
    for number, size in enumerate(SIZES):
        folder = tmp_path / f"fresh {number}"
        fresh = opening.create_workspace(folder, region.city, region, "test", now)
        draft = PlanDraft(plan.title, "", plan.measures, plan.targets)
        made = planning.publish(fresh, planning.keep_draft(fresh, "", draft, now), "test", now)
        fresh.close()
        program.show_start()
        program.open_folder(folder)
        window, context = program.window, program.context
        assert isinstance(window, MainWindow)
        window.resize(size)
        window.go_to("distribute")
        context.note_saved()
        settle(program)
        window.page.findChild(QPushButton, "open_quarter").click()
        settle(program)
        dialog = window.page.findChild(Dialog, "quarter_dates")
        found += [f"dates at {size.width()}: {fault}" for fault in faults(dialog)]
        dialog.reject()
        planning.open_quarter(context.store, made.id, calendar, "test", now)
        context.tell_changed()
        settle(program)
        found += [f"distribute at {size.width()}: {fault}" for fault in faults(window)]
    assert found == []


def test_a_county_s_quarter_fits_after_an_amendment(program: Program, sample: opening.Sample) -> None:
    now = datetime.now().astimezone()
    publish_and_carry(sample, now)
    program.open_folder(sample.county)
    window = program.window
    assert isinstance(window, MainWindow)
    window.go_to("filling")
    settle(program)
    page, found = window.page, []
    seen = page._seen
    keys = [
        *(row.measure.key for row in seen.rows if row.former),
        f"dropped:{seen.dropped[0].entry.measure_key}",
    ]
    assert page.frame.news.isVisible() and len(keys) == 3
    for size in SIZES:
        window.resize(size)
        for key in keys:
            page.go_to(key)
            settle(program)
            assert window.size() == size
            found += [f"{key} at {size.width()}: {fault}" for fault in faults(window)]
    assert found == []


def test_the_start_page_fits(program: Program) -> None:
    program.show_start()
    assert program.window is not None
    for size in SIZES:
        program.window.resize(size)
        settle(program)
        assert (size, faults(program.window)) == (size, [])
        # On the first day nothing has to be scrolled for, least of all the button that everything leads to.
        area = program.window.findChild(QScrollArea)
        assert (size, area.verticalScrollBar().maximum()) == (size, 0)
