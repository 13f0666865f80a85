"""Wherever evidence is named it can be looked at: at the review, in the city's matrix, in a file that has just come."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.report import Entry, Evidence
from desktop.domain.summary import SummaryRow
from desktop.services import filling, previewing, reviewing
from desktop.views.context import Context
from desktop.views.dialogs.desk_entry import EntryDialog
from desktop.views.dialogs.entries import EntriesDialog
from desktop.views.dialogs.evidence import EvidenceDialog
from desktop.views.pages.filling_former import said
from desktop.views.pages.review import ReviewPage
from desktop.views.widgets.file_chips import FileChip
from tests.journeys.offices import COUNTY
from tests.views.pages.county import County

pytestmark = pytest.mark.usefixtures("no_qt_warnings")

NAMES = ("台账（乡镇、街道）.txt", "说明.txt")


def with_evidence(own: County) -> Entry:
    """The first entry, filled, with two files."""
    store = own.offices.county
    own.offices.fill(own.report())
    kept = tuple(store.evidence.add_bytes(name.encode(), name) for name in NAMES)
    entry = replace(own.entry("m-001"), evidence=kept)
    filling.save_entry(store, own.report().id, entry, "test", own.offices.now)
    return entry


def opened(widget: QWidget, context: Context, place: int = 0) -> EvidenceDialog:
    """The dialog that the chip at this place opens."""
    chip = [chip for chip in widget.findChildren(FileChip) if chip.objectName()][place]
    chip.opened.emit()
    assert context.runner.wait_idle()
    dialog = next(
        w for w in QApplication.topLevelWidgets() if isinstance(w, EvidenceDialog) and w.isVisible()
    )
    assert dialog.stage.text.toPlainText() == NAMES[place]
    dialog.reject()
    return dialog


def test_at_the_review_files_are_opened_and_names_with_a_comma_stay_whole(qtbot: QtBot, own: County) -> None:
    own.last_quarter()
    with_evidence(own)
    page = ReviewPage(own.context)
    qtbot.addWidget(page)
    page.resize(1290, 648)
    page.show()
    page.refresh()
    assert own.context.runner.wait_idle()
    changed = [c for c in page._compared.changes if c.field == "evidence"]
    assert [c.after.split("\n") for c in changed] == [list(NAMES)]
    page.chips.findChild(QWidget, "chip_every").click()
    opened(page.changes, own.context)
    weight = page.findChild(QLabel, "package_weight")
    assert weight.text() == "报送文件约432 kB" and weight.property("tone") == ""


def test_the_review_warns_of_a_package_that_nears_its_bound(qtbot: QtBot, own: County) -> None:
    with_evidence(own)
    heavy = replace(own.entry("m-002"), evidence=(Evidence("f" * 64, "航拍.zip", 190_000_000),))
    filling.save_entry(own.offices.county, own.report().id, heavy, "test", own.offices.now)
    page = ReviewPage(own.context)
    qtbot.addWidget(page)
    page.refresh()
    weight = page.findChild(QLabel, "package_weight")
    assert weight.property("tone") == "warn" and "快到上限200 MB" in weight.toolTip()
    assert own.context.runner.wait_idle()


def test_in_the_citys_matrix(qtbot: QtBot, own: County) -> None:
    entry = with_evidence(own)
    line = SummaryRow("m-001", "1", "", "拆除小锅炉", (), (), ())
    dialog = EntryDialog(own.context, COUNTY, line, entry)
    qtbot.addWidget(dialog)
    dialog.show()
    opened(dialog, own.context, 1)


def test_in_a_file_that_has_come_and_is_kept_nowhere_yet(
    qtbot: QtBot, own: County, make_context: Callable[..., Context]
) -> None:
    entry = with_evidence(own)
    store = own.offices.county
    document = reviewing.document_of(store, own.report(), own.offices.now)
    files = {f"evidence/{e.digest}": store.evidence.read(e.digest) for e in entry.evidence}
    city = make_context(store=own.offices.city)
    holder = QWidget()
    qtbot.addWidget(holder)
    dialog = EntriesDialog(city, document, previewing.in_package(document, files), holder)
    dialog.show()
    shown = opened(dialog, city)
    assert shown.findChild(QLabel, "evidence_used").text() == "用在东川县人民政府2025年第一季度 第1条"


def test_beside_what_was_typed_under_a_former_measure(qtbot: QtBot, own: County) -> None:
    made = said(own.context, with_evidence(own), {})
    qtbot.addWidget(made)
    made.show()
    opened(made, own.context)
