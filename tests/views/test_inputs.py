"""Fields: numbers, text that saves itself, pass phrase, search."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.views.icons import Icons
from desktop.views.widgets.inputs import (
    AutosaveEdit,
    NumberEdit,
    PassphraseEdit,
    SearchBox,
    read_decimal,
    written,
)
from desktop.views.widgets.layout import column
from tests.views.conftest import compose


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("７", "7"),
        ("1,200.5", "1200.5"),
        ("１２．５", "12.5"),
        (" 46 mg/m³ ", "46"),
        ("−2.1", "-2.1"),
        ("3。5", "3.5"),
    ],
)
def test_numbers_are_read_as_people_write_them(typed: str, value: str) -> None:
    assert read_decimal(typed, "mg/m³") == Decimal(value)


def test_percent_and_blank() -> None:
    assert read_decimal("75％", "%") == 75
    assert read_decimal("  ") is None


@pytest.mark.parametrize("typed", ["七台", "1.2.3", "nan", "inf", "1e999999", "9" * 30])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        read_decimal(typed)


def test_numbers_are_never_shown_with_an_exponent() -> None:
    assert written(Decimal("1E+3")) == "1000"
    assert written(None) == ""


def test_number_is_told_once_and_shown_tidily(shown, qtbot: QtBot) -> None:
    edit = shown(NumberEdit("台"))
    told: list[object] = []
    edit.edited.connect(told.append)
    edit.setFocus()
    compose(edit, "１２台")
    with qtbot.waitSignal(edit.edited):
        pass
    edit.clearFocus()
    assert told == [Decimal(12)]
    assert edit.text() == "12"
    assert edit.value == 12


def test_what_is_no_number_stays_and_is_marked(shown, qtbot: QtBot) -> None:
    edit = shown(NumberEdit("台"))
    edit.set_value(Decimal(9))
    told: list[object] = []
    edit.edited.connect(told.append)
    edit.setFocus()
    edit.selectAll()
    compose(edit, "约十")
    edit.flush()
    assert (edit.text(), edit.property("tone"), edit.value, told) == ("约十", "bad", 9, [])
    edit.selectAll()
    qtbot.keyClicks(edit, "10")
    edit.flush()
    assert (edit.property("tone"), told) == ("", [Decimal(10)])


def test_emptying_a_number_tells_none(shown, qtbot: QtBot) -> None:
    edit = shown(NumberEdit())
    edit.set_value(Decimal(9))
    told: list[object] = []
    edit.edited.connect(told.append)
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClick(edit, Qt.Key.Key_Delete)
    edit.flush()
    assert told == [None]


def test_text_is_told_after_a_pause_and_not_twice(shown, qtbot: QtBot) -> None:
    edit = shown(AutosaveEdit("写做了什么"))
    told: list[str] = []
    edit.edited.connect(told.append)
    edit.set_text("原有。")
    edit.setFocus()
    edit.insert_text("新增。")
    with qtbot.waitSignal(edit.edited):
        pass
    edit.clearFocus()
    assert told == ["新增。原有。"]


def test_text_is_told_when_the_focus_leaves(shown, qtbot: QtBot) -> None:
    edit = shown(AutosaveEdit())
    told: list[str] = []
    edit.edited.connect(told.append)
    edit.setFocus()
    qtbot.keyClicks(edit, "abc")
    edit.clearFocus()
    assert told == ["abc"]


def test_text_is_told_when_its_page_is_hidden(shown, qtbot: QtBot) -> None:
    edit = shown(AutosaveEdit())
    told: list[str] = []
    edit.edited.connect(told.append)
    edit.insert_text("还没存")
    edit.window().hide()
    assert told == ["还没存"]


def test_a_stored_text_is_not_told(shown) -> None:
    edit = shown(AutosaveEdit())
    told: list[str] = []
    edit.edited.connect(told.append)
    edit.set_text("库里的")
    edit.flush()
    assert told == []


def test_tab_leaves_and_ctrl_tab_writes_a_tab(shown, qtbot: QtBot) -> None:
    holder = QWidget()
    first, second = AutosaveEdit(), AutosaveEdit()
    holder.setLayout(column(first, second))
    shown(holder)
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert first.text() == "\t"
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert second.hasFocus()


def test_pasted_text_comes_in_clean(shown) -> None:
    edit = shown(AutosaveEdit())
    data = QMimeData()
    data.setHtml("<b>关停</b>7台")
    data.setText("关停\u00a07台\u200b\r\n第二行\x07")
    edit.insertFromMimeData(data)
    assert edit.text() == "关停 7台\n第二行"


def test_html_alone_is_pasted_as_text(shown) -> None:
    edit = shown(AutosaveEdit())
    data = QMimeData()
    data.setHtml("<table><tr><td>锅炉</td><td>3台</td></tr></table><p>其余已签合同</p>")
    assert edit.canInsertFromMimeData(data)
    edit.insertFromMimeData(data)
    assert edit.text() == "锅炉　3台\n其余已签合同"


def test_a_file_is_not_pasted_as_its_path(shown) -> None:
    edit = shown(AutosaveEdit())
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("C:/佐证/验收单.pdf")])
    data.setText("file:///C:/佐证/验收单.pdf")
    assert not edit.canInsertFromMimeData(data)
    edit.insertFromMimeData(data)
    assert edit.text() == ""


@pytest.mark.parametrize(
    ("copied", "text", "value"),
    [
        ("1,234.50 万吨\r\n", "1234.50", "1234.50"),
        ("１２３４", "1234", "1234"),
        ("\u00a01 234\t", "1234", "1234"),
        ("−3.5万吨", "-3.5", "-3.5"),
        ("约十万吨", "约十万吨", None),
    ],
)
def test_a_number_is_pasted_without_its_unit(shown, qtbot: QtBot, copied: str, text: str, value: str) -> None:
    edit = shown(NumberEdit("万吨"))
    edit.set_value(Decimal(9))
    edit.setFocus()
    edit.selectAll()
    QApplication.clipboard().setText(copied)
    qtbot.keyClick(edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert edit.text() == text
    edit.flush()
    assert edit.value == (Decimal(value) if value else 9)


def test_passphrase_is_shown_only_on_request(shown, icons: Icons, qtbot: QtBot) -> None:
    edit = shown(PassphraseEdit(icons))
    qtbot.keyClicks(edit.edit, "Abc")
    assert edit.edit.displayText() != "Abc"
    show = edit.findChild(QPushButton, "show_passphrase")
    qtbot.mouseClick(show, Qt.MouseButton.LeftButton)
    assert (edit.edit.displayText(), show.text()) == ("Abc", "隐藏")
    edit.clear()
    assert (edit.text(), edit.edit.echoMode()) == ("", QLineEdit.EchoMode.Password)


def test_capital_lock_is_noticed(shown, icons: Icons, qtbot: QtBot) -> None:
    edit = shown(PassphraseEdit(icons))
    hint = edit.findChild(QLabel, "capital_lock")
    qtbot.keyClick(edit.edit, "a", Qt.KeyboardModifier.NoModifier)
    assert not hint.isVisible()
    qtbot.keyClick(edit.edit, "A", Qt.KeyboardModifier.NoModifier)
    assert hint.isVisible()
    qtbot.keyClick(edit.edit, "A", Qt.KeyboardModifier.ShiftModifier)
    assert not hint.isVisible()


def test_search_is_entered_by_ctrl_f_and_left_by_esc_twice(shown, icons: Icons, qtbot: QtBot) -> None:
    holder = QWidget()
    other, box = QLineEdit(), SearchBox(icons, "输入字就筛选")
    holder.setLayout(column(other, box))
    shown(holder)
    said: list[str] = []
    box.changed.connect(said.append)
    other.setFocus()
    qtbot.keyClick(other, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert box.hasFocus()
    qtbot.keyClicks(box, "ab")
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert said == ["a", "ab", ""]
    with qtbot.waitSignal(box.left):
        qtbot.keyClick(box, Qt.Key.Key_Escape)
