"""A county's first day: a workspace from the city's file, the invitation that is compared, the forms for certificates."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QCheckBox, QScrollArea

from desktop.services import certifying, enrolling, sending
from desktop.services.opening import SAMPLE_PASSPHRASE, Sample, open_workspace
from desktop.views.pages.start import StartPage
from tests.screens.painting import Painter, settle

ACTOR = "示例"


def first_day_scenes(painter: Painter, places: Sample, folder: Path) -> None:
    """From the start page on, with the invitation and the tasks that the sample's city wrote for a county of its own."""
    program = painter.program
    invitation, tasks = _from_city(painter, places, folder)
    program.show_start()
    assert program.window is not None
    program.window.resize(painter.size)
    page = program.window.centralWidget()
    assert isinstance(page, StartPage)
    page.form.take_package(invitation)
    # The file names the unit, and the unit the folder: only then another one can be named.
    settle(program)
    page.form._folder.setText(str(folder / "望溪区"))
    settle(program)
    painter.paint("first_day_start")
    page.form.create()
    settle(program)
    painter.paint("first_day_opened")
    inbox = painter.go("inbox")
    painter.paint("first_day_invitation")
    inbox.findChild(QCheckBox, "compare_tick").click()
    inbox.findChild(QAbstractButton, "compare_done").click()
    settle(program)
    painter.paint("first_day_trusted")
    keys = painter.go("keys")
    painter.paint("first_day_request")
    painter.press("keys_preparer_ask")
    scroll = keys.findChild(QScrollArea, "keys_scroll")
    settle(program)
    scroll.verticalScrollBar().setValue(scroll.verticalScrollBar().maximum())
    painter.paint("first_day_preparer")
    painter.go("inbox").open_target(tasks)
    settle(program)
    painter.paint("first_day_tasks")
    painter.go("filling")
    painter.paint("first_day_filling")


def _from_city(painter: Painter, places: Sample, folder: Path) -> tuple[Path, Path]:
    now = painter.program.new_context().now()
    city = open_workspace(places.city, ACTOR, now)
    unit = next(unit for unit in city.units.region().units if unit.short_name == "望溪区")
    identity = enrolling.signer(city, SAMPLE_PASSPHRASE)
    invitation = certifying.invite(city, unit.code, identity, ACTOR, now)
    (tasks,) = sending.distribute(city, city.plans.all()[0].id, [unit.code], identity, ACTOR, now)
    stick = folder / "U盘"
    stick.mkdir(parents=True)
    written = sending.carry_out(city, [invitation.digest, tasks.digest], stick, ACTOR, now)
    city.close()
    return written[0].path, written[1].path
