"""核对纸上的码: opened and closed by the keyboard, told whose a code is, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.report import Report
from desktop.reports.fonts import Faces
from desktop.services import receiving, sending, signing
from desktop.services.announcing import Choice, announced
from desktop.services.exporting import export_summary
from desktop.services.summarising import summary, summary_files
from desktop.views.context import Context
from desktop.views.dialogs.paper_code import PaperCodeDialog, open_paper_code
from desktop.views.pages.export import ExportPage
from desktop.views.pages.inbox import InboxPage
from tests.journeys.offices import CITY, COUNTY, PASS_PHRASE, Offices
from tests.views.pages.office_context import context_for, in_dialog, settle

pytestmark = pytest.mark.usefixtures("no_qt_warnings", "enrolled")


@pytest.fixture
def report(offices: Offices, faces: Faces) -> Report:
    """Signed, carried out, and waiting in the city's inbox."""
    reviewed = offices.reviewed_report()
    signed = signing.sign(offices.county, reviewed.id, PASS_PHRASE, faces, "test", offices.now).report
    package = sending.submit(offices.county, signed.id, offices.stick, "test", offices.now)[1][-1].path
    receiving.take_in(offices.city, package, "", "test", offices.now)
    return signed


@pytest.fixture
def window(qtbot: QtBot, theme_app: object) -> QWidget:
    made = QWidget()
    made.resize(1000, 700)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def opened(qtbot: QtBot, context: Context, window: QWidget) -> PaperCodeDialog:
    dialog = open_paper_code(context, window)
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    return dialog


def asked(qtbot: QtBot, context: Context, dialog: PaperCodeDialog, typed: str) -> None:
    """Types a code and presses Enter."""
    dialog.edit.clear()
    qtbot.keyClicks(dialog.edit, typed)
    qtbot.keyClick(dialog.edit, Qt.Key.Key_Return)
    settle(context)


def said(dialog: PaperCodeDialog, name: str) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel, name) if label.isVisible())


def test_a_code_tells_whose_it_is_and_how_it_stands(
    qtbot: QtBot, make_context: Callable[..., Context], offices: Offices, report: Report, window: QWidget
) -> None:
    context = context_for(make_context, offices, offices.city)
    dialog = opened(qtbot, context, window)
    asked(qtbot, context, dialog, report.code.lower().replace("-", " "))
    assert said(dialog, "paper_code_head") == f"{COUNTY.name}　2025年第一季度　第1次报送"
    assert said(dialog, "paper_code_状态") == "收到了，还没有定"
    assert said(dialog, "paper_code_核对码") == report.code
    assert dialog.edit.hasFocus() and dialog.edit.selectedText()


def test_what_is_typed_next_takes_the_answer_away(
    qtbot: QtBot, make_context: Callable[..., Context], offices: Offices, report: Report, window: QWidget
) -> None:
    context = context_for(make_context, offices, offices.city)
    dialog = opened(qtbot, context, window)
    asked(qtbot, context, dialog, report.digest.upper())
    assert said(dialog, "paper_code_head")
    qtbot.keyClicks(dialog.edit, "A")
    assert not said(dialog, "paper_code_head")


def test_a_wrong_code_says_which_kind_of_wrong(
    qtbot: QtBot, make_context: Callable[..., Context], offices: Offices, report: Report, window: QWidget
) -> None:
    context = context_for(make_context, offices, offices.city)
    dialog = opened(qtbot, context, window)
    for typed, words in (
        (report.code[:-1], "写了15个字"),
        (report.code[:-1] + "9", "第16个字“9”不会出现"),
        ("AAAA-BBBB-CCCC-DDDD", "这里没有哪一份是这个码"),
        (report.code[:-1] + ("B" if report.code[-1] != "B" else "C"), "有一份很像"),
    ):
        asked(qtbot, context, dialog, typed)
        assert dialog.told.isVisible()
        assert words in " ".join(label.text() for label in dialog.told.findChildren(QLabel))


def test_a_bulletin_s_code_leads_to_the_very_file(
    qtbot: QtBot, make_context: Callable[..., Context], offices: Offices, faces: Faces, window: QWidget
) -> None:
    city = offices.city
    made = announced(city, summary(city, offices.plan.id, "2025Q1", offices.now), Choice())
    files, place = summary_files(made, faces), offices.stick / "通报.pdf"
    export_summary(city, made, files, place, offices.stick / "汇总.xlsx", "test", offices.now)
    context = context_for(make_context, offices, city)
    dialog = opened(qtbot, context, window)
    (kept,) = city.bulletins.exported()
    asked(qtbot, context, dialog, kept.code)
    assert said(dialog, "paper_code_head") == f"{CITY.name}　2025年第一季度　通报"
    assert "通报.pdf" in said(dialog, "paper_code_导出")
    seen: list[tuple[str, int]] = []
    met = in_dialog(
        "paper_dialog",
        lambda shown: (seen.append((shown.windowTitle(), shown.view.pages)), shown.reject()),
    )
    dialog.findChild(QPushButton, "paper_code_look").click()
    assert met and seen == [("通报.pdf", files.pages)]
    path = city.bulletins.path(kept.file)
    path.chmod(0o644)
    path.write_bytes(b"altered")
    dialog.findChild(QPushButton, "paper_code_look").click()
    assert context.errors[-1].code == "document_altered"


def test_it_opens_from_the_city_s_inbox_and_the_county_s_export_by_keys(
    qtbot: QtBot, make_context: Callable[..., Context], offices: Offices, report: Report, theme_app: object
) -> None:
    for store, build in ((offices.city, InboxPage), (offices.county, ExportPage)):
        context = context_for(make_context, offices, store)
        page = build(context)
        qtbot.addWidget(page)
        page.resize(1290, 648)
        with qtbot.waitActive(page):
            page.show()
            page.activateWindow()
        page.refresh()
        settle(context)
        button = page.findChild(QPushButton, f"{page.objectName()}_paper_code")
        assert button.isVisible() and button.focusPolicy() & Qt.FocusPolicy.TabFocus
        qtbot.keyClick(
            page, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        )
        dialog = page.findChild(PaperCodeDialog)
        assert dialog is not None and dialog.isVisible()
        asked(qtbot, context, dialog, report.code)
        assert COUNTY.name in said(dialog, "paper_code_head")
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible()


def test_a_county_s_inbox_leaves_it_to_its_export_page(
    qtbot: QtBot, make_context: Callable[..., Context], offices: Offices, theme_app: object
) -> None:
    context = context_for(make_context, offices, offices.county)
    page = InboxPage(context)
    qtbot.addWidget(page)
    page.show()
    page.refresh()
    settle(context)
    assert not page.findChild(QPushButton, "inbox_paper_code").isVisible()
