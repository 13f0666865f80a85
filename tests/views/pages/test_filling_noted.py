"""What the note beside the database says while a page is used: always what stands under the hand."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.pictures import kept_as
from tests.views.pages.county import County
from tests.views.pages.on_page import find
from tests.views.pages.test_filling import shown, write

pytestmark = pytest.mark.usefixtures("no_qt_warnings")


def noted(own: County) -> tuple[str, str, str]:
    found = own.offices.county.unsaved.get()
    assert found is not None
    return found.field, found.base, found.text


def test_what_is_typed_and_taken_away_again_is_not_put_back(qtbot: QtBot, own: County) -> None:
    page = shown(qtbot, own)
    write(qtbot, page, "progress", "x")
    assert noted(own) == ("progress", "", "x")
    qtbot.keyClick(find(page, "progress", QPlainTextEdit), Qt.Key.Key_Backspace)
    _, base, text = noted(own)
    assert base == text, "there is nothing to put back"


def test_a_file_of_another_entry_does_not_push_out_what_is_typed(
    qtbot: QtBot, own: County, tmp_path: object
) -> None:
    page = shown(qtbot, own)
    page.frame.editor.evidence.take([kept_as(tmp_path, "验收单.pdf", b"%PDF proof")])
    page.go_to("m-002")
    write(qtbot, page, "progress", "streets")
    edit = find(page, "progress", QPlainTextEdit)
    edit._pause.stop()
    assert own.context.runner.wait_idle()
    assert [e.name for e in own.entry("m-001").evidence] == ["验收单.pdf"]
    assert own.entry("m-002").progress == "streets" or noted(own) == ("progress", "", "streets")


def test_what_is_no_number_is_noted_too(qtbot: QtBot, own: County) -> None:
    page = shown(qtbot, own)
    field = find(page, "reading_t-001", QLineEdit)
    field.setFocus()
    qtbot.keyClicks(field, "7x")
    assert noted(own) == ("reading", "", "7x")
