"""总览 with what the checks find: marks, the filter, a cell's words and the whole entry."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRect

from desktop.domain.rules import USUAL
from tests.screens.painting import Painter, settle


def city_looks(painter: Painter) -> None:
    """The quarter before, in which all have reported, with evidence wanted for what is completed."""
    context = painter.program.context
    assert context is not None and context.quarter is not None
    plans, plan, quarter = context.open_store.plans, context.plan_id, context.quarter
    before = plans.rules(plan)
    plans.put_rules(plan, replace(USUAL, evidence_completed=True))
    context.choose_quarter(quarter.previous)
    page = painter.go("desk")
    painter.paint("city_desk_marks")
    painter.press("chip_look")
    page.list.choose("999021")
    painter.paint("city_desk_look")
    view = page.matrix.view
    rect = view.visualRect(view.currentIndex())
    place = QRect(view.viewport().mapToGlobal(rect.topLeft()), rect.size())
    view.summaryAsked.emit(*view.cell, place)
    painter.paint("city_desk_look_cell")
    painter.paint_modal("entry_dialog", "city_desk_look_entry", lambda: page.open_entry(*view.cell))
    page.matrix.clear_filter()
    plans.put_rules(plan, before)
    context.choose_quarter(quarter)
    settle(painter.program)
