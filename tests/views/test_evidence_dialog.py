"""Looking at evidence: each form in its own way, file after file, and clear words where it cannot be shown."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors import UnreadableError
from desktop.domain.report import Evidence
from desktop.services.previewing import Shelf, Use
from desktop.views.context import Context
from desktop.views.dialogs.evidence import EvidenceDialog
from tests.intake.test_pdf_picture import document
from tests.pictures import huge_png, pages_tiff, picture, zip_of

pytestmark = pytest.mark.usefixtures("no_qt_warnings")

FILES = {
    "照片.jpg": picture("jpeg", 300, 200),
    "扫描.tif": pages_tiff(0, 255),
    "验收单.pdf": document((300, 400), (400, 300)),
    "说明.txt": "第一行\n第二行".encode("gb18030"),
    "材料.zip": zip_of(("现场/1.jpg", b"x" * 9000), ("看图.exe", b"MZ")),
    "台账.xlsx": b"PK not shown here",
    "坏照片.png": b"\x89PNG\r\n\x1a\n",
    "太大.png": huge_png(60_000, 60_000),
    "改过.pdf": b"",
}


def evidence(name: str) -> Evidence:
    return Evidence(hashlib.sha256(name.encode()).hexdigest(), name, len(FILES[name]))


def read(file: Evidence) -> bytes:
    if file.name == "改过.pdf":
        raise UnreadableError("evidence_altered", file=file.name, path="/x", reason="altered")
    return FILES[file.name]


SHELF = Shelf(read, lambda digest: (Use("东川县", "2025Q1", 1, "3", "照片.jpg"),))


@pytest.fixture
def opened(qtbot: QtBot, context: Context) -> Callable[..., EvidenceDialog]:
    """The dialog on one of the files, or on all of them."""

    def make(name: str, *names: str) -> EvidenceDialog:
        files = [evidence(each) for each in (names or (name,))]
        dialog = EvidenceDialog(context, files, evidence(name).digest, SHELF, None)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        assert context.runner.wait_idle()
        return dialog

    return make


def find(dialog: QWidget, name: str, kind: type[QWidget] = QWidget) -> QWidget:
    found = dialog.findChild(kind, name)
    assert found is not None, name
    return found


def words(dialog: QWidget, name: str) -> str:
    made = find(dialog, name, QLabel)
    return str(made.text()) if made.isVisible() else ""


def press(dialog: EvidenceDialog, context: Context, name: str) -> None:
    find(dialog, name, QPushButton).click()
    assert context.runner.wait_idle()


def test_a_picture_is_shown_with_where_it_is_used(opened: Callable[..., EvidenceDialog]) -> None:
    dialog = opened("照片.jpg")
    assert dialog.stage.currentWidget() is dialog.stage.picture and dialog.stage.picture.hasFocus()
    assert (dialog.stage.picture.image.width(), dialog.windowTitle()) == (300, "照片.jpg")
    assert words(dialog, "evidence_used") == "用在东川县2025年第一季度 第3条"
    assert words(dialog, "evidence_page") == "" and words(dialog, "evidence_zoom") == "适合窗口"


def test_a_picture_is_made_larger_and_fitted_again(
    qtbot: QtBot, opened: Callable[..., EvidenceDialog], context: Context
) -> None:
    dialog = opened("照片.jpg")
    view = dialog.stage.picture
    press(dialog, context, "evidence_larger")
    assert words(dialog, "evidence_zoom") == "150%"
    for _ in range(4):
        qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert words(dialog, "evidence_zoom") == "400%" and view.horizontalScrollBar().maximum() > 0
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    assert words(dialog, "evidence_zoom") == "300%"
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert words(dialog, "evidence_zoom") == "适合窗口" and view.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("name", ["扫描.tif", "验收单.pdf"])
def test_pages_are_turned_by_mouse_and_keyboard(
    qtbot: QtBot, opened: Callable[..., EvidenceDialog], context: Context, name: str
) -> None:
    dialog = opened(name)
    first = dialog.stage.picture.image
    assert words(dialog, "evidence_page") == "第1页，共2页"
    qtbot.keyClick(dialog.stage.picture, Qt.Key.Key_PageDown)
    assert context.runner.wait_idle()
    assert words(dialog, "evidence_page") == "第2页，共2页" and dialog.stage.picture.image != first
    assert not find(dialog, "evidence_page_down").isEnabled()
    press(dialog, context, "evidence_page_up")
    assert words(dialog, "evidence_page") == "第1页，共2页" and dialog.stage.picture.image == first


def test_a_page_of_a_document_is_fitted_by_its_width(opened: Callable[..., EvidenceDialog]) -> None:
    dialog = opened("验收单.pdf")
    assert words(dialog, "evidence_zoom") == "适合宽度"
    assert dialog.stage.picture.verticalScrollBar().maximum() > 0


def test_a_text_tells_its_encoding(opened: Callable[..., EvidenceDialog]) -> None:
    dialog = opened("说明.txt")
    text = find(dialog, "evidence_text", QPlainTextEdit)
    assert text.toPlainText() == "第一行\n第二行" and text.isReadOnly()
    assert words(dialog, "evidence_caption").endswith("编码 GB18030")


def test_an_archive_lists_its_names_and_warns_of_programs(opened: Callable[..., EvidenceDialog]) -> None:
    dialog = opened("材料.zip")
    table = find(dialog, "archive_names", QTableWidget)
    assert [[table.item(r, c).text() for c in (0, 1)] for r in (0, 1)] == [
        ["现场/1.jpg", "9 kB"],
        ["看图.exe", "1 kB"],
    ]
    assert dialog.stage.warning.title.text() == "压缩包里有程序：“看图.exe”"
    assert words(dialog, "archive_count") == "共2项，解开后约9 kB"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("台账.xlsx", "台账.xlsx"),
        ("坏照片.png", "图片“坏照片.png”显示不出来"),
        ("太大.png", "图片“太大.png”太大，这里不显示"),
        ("改过.pdf", "工作区里存着的佐证材料“改过.pdf”读不出来，或在程序之外被改动过"),
    ],
)
def test_what_is_not_shown_says_why_and_offers_the_way_on(
    opened: Callable[..., EvidenceDialog], context: Context, name: str, title: str
) -> None:
    dialog = opened(name)
    assert words(dialog, "empty_title") == title and words(dialog, "empty_text")
    # An altered file is handed to nobody.
    assert find(dialog, "empty_action", QPushButton).isVisible() is (name != "改过.pdf")
    assert context.show_error.__self__ == []


def test_a_copy_is_opened_outside(opened: Callable[..., EvidenceDialog], context: Context) -> None:
    dialog = opened("台账.xlsx")
    press(dialog, context, "evidence_outside")
    (copy,) = context.files.shown
    assert copy.name == "台账.xlsx" and copy.read_bytes() == FILES["台账.xlsx"]


def test_an_altered_file_is_not_handed_out(opened: Callable[..., EvidenceDialog], context: Context) -> None:
    dialog = opened("改过.pdf")
    press(dialog, context, "evidence_outside")
    assert (
        context.files.shown == [] and dialog.trouble.isVisible() and "改过.pdf" in dialog.trouble.title.text()
    )


def test_where_no_program_opens_it_that_is_said(
    opened: Callable[..., EvidenceDialog], context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(context.files, "show", lambda path: False)
    dialog = opened("台账.xlsx")
    press(dialog, context, "evidence_outside")
    assert dialog.trouble.title.text() == "这台电脑上没有能打开它的程序"


def test_a_copy_is_kept_where_the_person_wants_it(
    opened: Callable[..., EvidenceDialog], context: Context, tmp_path: Path
) -> None:
    context.files.saved = tmp_path / "另存.jpg"
    dialog = opened("照片.jpg")
    press(dialog, context, "evidence_keep")
    assert (tmp_path / "另存.jpg").read_bytes() == FILES["照片.jpg"]
    assert dialog.trouble.title.text() == "已另存为“另存.jpg”"


def test_files_follow_one_another(
    qtbot: QtBot, opened: Callable[..., EvidenceDialog], context: Context
) -> None:
    dialog = opened("说明.txt", "照片.jpg", "说明.txt", "材料.zip")
    assert dialog.file.name == "说明.txt"
    qtbot.keyClick(dialog, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert context.runner.wait_idle()
    assert dialog.file.name == "材料.zip" and not find(dialog, "evidence_after").isEnabled()
    press(dialog, context, "evidence_before")
    press(dialog, context, "evidence_before")
    assert dialog.file.name == "照片.jpg" and dialog.stage.currentWidget() is dialog.stage.picture
    assert not find(dialog, "evidence_before").isEnabled()


def test_what_was_asked_for_last_is_shown(opened: Callable[..., EvidenceDialog], context: Context) -> None:
    dialog = opened("照片.jpg", "照片.jpg", "验收单.pdf", "说明.txt")
    dialog.open_file(1)
    dialog.open_file(2)
    assert context.runner.wait_idle()
    assert dialog.file.name == "说明.txt" and dialog.stage.currentWidget() is dialog.stage.text


def test_a_name_out_of_a_package_is_shown_without_its_tricks(qtbot: QtBot, context: Context) -> None:
    odd = Evidence("0" * 64, "照片\u202egpj.\n" + "长" * 5000 + ".txt", 3)
    dialog = EvidenceDialog(context, [odd], odd.digest, Shelf(lambda e: b"abc", lambda d: ()), None)
    qtbot.addWidget(dialog)
    assert context.runner.wait_idle()
    assert len(dialog.windowTitle()) <= 121 and dialog.windowTitle().isprintable()
    assert dialog.stage.text.toPlainText() == "abc"


def test_a_single_file_has_no_neighbours(opened: Callable[..., EvidenceDialog]) -> None:
    dialog = opened("照片.jpg")
    assert not find(dialog, "evidence_before").isVisible() and not find(dialog, "evidence_after").isVisible()


def test_closing_stops_what_is_still_being_read(
    qtbot: QtBot, opened: Callable[..., EvidenceDialog], context: Context
) -> None:
    dialog = opened("照片.jpg", "照片.jpg", "验收单.pdf")
    dialog.open_file(1)
    dialog.reject()
    assert context.runner.wait_idle() and dialog.stage.picture.image.isNull()
