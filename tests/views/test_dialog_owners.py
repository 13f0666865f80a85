"""Every dialog belongs to a window, and a window closes only with its dialogs: whoever closes it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.paths import Paths
from desktop.views.application import Program
from desktop.views.context import Context, Question
from desktop.views.dialogs.paper_code import open_paper_code
from desktop.views.dialogs.passphrase import with_passphrase
from desktop.views.errors import ask_with_dialog
from desktop.views.files import QtFileChooser
from desktop.views.main_window import MainWindow
from desktop.views.widgets.dialog import Dialog, OwnedDialog, TopWindow, close_dialogs
from tests.conftest import ROOT, TEST_ROUNDS
from tests.journeys.offices import open_offices

VIEWS = sorted((ROOT / "desktop" / "views").rglob("*.py"))
# Of Qt's own only what asks the system for a file or a printer, and is given its owner there.
_FOREIGN = {
    "QMessageBox",
    "QInputDialog",
    "QProgressDialog",
    "QErrorMessage",
    "QColorDialog",
    "QFontDialog",
    "QWizard",
}


def visible() -> list[QWidget]:
    return [w for w in QApplication.topLevelWidgets() if w.isVisible()]


@pytest.fixture
def window(qtbot: QtBot, theme_app: QApplication) -> Iterator[TopWindow]:
    made = TopWindow()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made


@pytest.fixture
def program(theme_app: QApplication, tmp_path: Path) -> Iterator[Program]:
    made = Program(theme_app, Paths(ROOT / "resources", tmp_path / "user"), rounds=TEST_ROUNDS)
    yield made
    made.close()
    made.runner.close()


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: path.stem)
def test_no_dialog_is_made_but_with_an_owner(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef):
            bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
            assert "QDialog" not in bases or node.name == "OwnedDialog", node.name
            assert "QMainWindow" not in bases or node.name == "TopWindow", node.name
        if isinstance(node, ast.Name | ast.Attribute):
            name = node.id if isinstance(node, ast.Name) else node.attr
            assert name not in _FOREIGN, f"line {node.lineno}"
        if isinstance(node, ast.Call):
            called = node.func
            names = {called.id} if isinstance(called, ast.Name) else set()
            assert not names & {"QDialog", "QMainWindow"}, f"line {node.lineno}"


def test_whoever_names_no_owner_gets_the_window(window: TopWindow) -> None:
    """Also while the program is not in front and no window is active."""
    window.clearFocus()
    for dialog in (OwnedDialog(), OwnedDialog(None), Dialog("a", "b")):
        assert dialog.parentWidget() is window
    inner = Dialog("a", "b", parent=dialog)
    assert inner.parentWidget() is dialog


def test_a_window_takes_its_dialogs_along_the_innermost_first(window: TopWindow, qtbot: QtBot) -> None:
    left: list[str] = []
    outer, other = Dialog("outer", "", parent=window), Dialog("other", "", parent=QWidget(window))
    inner = Dialog("inner", "", parent=outer)
    for dialog in (outer, other, inner):
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name = dialog.windowTitle()
        dialog.rejected.connect(lambda name=name: left.append(name))
        dialog.open()
    strange = QDialog()
    qtbot.addWidget(strange)
    strange.show()
    assert window.close()
    assert left[0] == "inner" and sorted(left) == ["inner", "other", "outer"]
    assert not window.isVisible() and strange.isVisible()


def test_who_waits_for_a_dialog_hears_that_it_was_left(window: TopWindow) -> None:
    QTimer.singleShot(0, window.close)
    assert ask_with_dialog(Question("要吗？", "", "要")) is False
    assert not window.isVisible()


def test_what_must_not_be_left_keeps_the_window_until_the_program_ends(window: TopWindow) -> None:
    class Busy(Dialog):
        def reject(self) -> None:
            pass

    dialog = Busy("", "", parent=window)
    dialog.open()
    assert not window.close() and window.isVisible() and dialog.isVisible()
    assert close_dialogs(window, asks=False)
    assert not dialog.isVisible() and window.close()


def test_a_page_is_left_after_the_dialogs_over_it(
    program: Program, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    offices = open_offices(tmp_path / "单位", program.new_context().now())
    county = offices.county.folder
    offices.city.close()
    offices.county.close()
    assert program.open_folder(county)
    main = program.window
    assert isinstance(main, MainWindow) and program.context is not None
    order: list[str] = []
    monkeypatch.setattr(main.page, "leave", lambda: order.append("page"), raising=False)
    main.open_search()
    main.open_help()
    open_paper_code(program.context, main)
    for dialog in main.findChildren(QDialog):
        assert dialog.isVisible()
        dialog.finished.connect(lambda _: order.append("dialog"))
    # What the system does at the end of a session: the window is closed, whatever is open over it.
    program.close()
    assert order == ["dialog"] * 3 + ["page"]
    assert not visible() and program.context.store is None


def test_files_are_asked_for_over_the_window_though_it_is_not_in_front(
    window: TopWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    owners: list[object] = []

    def asked(parent: QWidget, *rest: object) -> tuple[str, str]:
        owners.append(parent)
        return "", ""

    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, asked)
    monkeypatch.setattr(
        QFileDialog, "getExistingDirectory", lambda parent, *rest: owners.append(parent) or ""
    )
    monkeypatch.setattr(QApplication, "activeWindow", lambda: None)
    chooser = QtFileChooser()
    chooser.open_files("", (), many=False)
    chooser.save_file("", "a", ())
    chooser.folder("")
    assert owners == [window] * 3


def test_asking_for_a_pass_phrase_ends_with_the_window(
    window: TopWindow, make_context: Callable[..., Context]
) -> None:
    context = make_context()
    asked: list[str] = []

    def close() -> None:
        edit = QApplication.activeModalWidget().findChild(QLineEdit)
        edit.setText("secret")
        assert window.close()

    QTimer.singleShot(50, close)
    made = with_passphrase(context, window, "签名", "", "签名", lambda words: asked.append(words))
    assert made is None and asked == []
