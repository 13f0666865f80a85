"""The preview: pages, zoom, and printing exactly what is shown."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.views.icons import Icons
from desktop.views.widgets.pdf_view import PdfBar, PdfView

A4 = (595.0, 842.0)


def pdf(tmp_path: Path, *sizes: tuple[float, float]) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for width, height in sizes:
        document.new_page(width, height)
    path = tmp_path / "made.pdf"
    document.save(path)
    document.close()
    return path.read_bytes()


@pytest.fixture
def shown(icons: Icons, qtbot: QtBot):
    window = QWidget()
    view = PdfView(icons)
    layout = QVBoxLayout(window)
    layout.addWidget(PdfBar(icons, view, "签发件预览"))
    layout.addWidget(view)
    window.resize(700, 600)
    qtbot.addWidget(window)
    window.show()
    yield view
    view.show_pdf(b"")


def test_pages_are_walked_by_buttons_and_keys(shown: PdfView, qtbot: QtBot, tmp_path: Path) -> None:
    shown.show_pdf(pdf(tmp_path, A4, A4, A4))
    window = shown.window()
    after, before = window.findChild(QPushButton, "pdf_after"), window.findChild(QPushButton, "pdf_before")
    assert not before.isEnabled()
    qtbot.mouseClick(after, Qt.MouseButton.LeftButton)
    assert window.findChild(QLabel, "pdf_page").text() == "第2页，共3页"
    qtbot.keyClick(shown, Qt.Key.Key_End)
    assert shown.page == 3
    assert not after.isEnabled()
    qtbot.keyClick(shown, Qt.Key.Key_PageUp)
    assert shown.page == 2


def test_scrolling_tells_the_page(shown: PdfView, tmp_path: Path) -> None:
    shown.show_pdf(pdf(tmp_path, A4, A4, A4))
    shown.verticalScrollBar().setValue(shown.verticalScrollBar().maximum())
    assert shown.page == 3


def test_zoom_goes_by_steps_and_back_to_the_width(shown: PdfView, qtbot: QtBot, tmp_path: Path) -> None:
    shown.show_pdf(pdf(tmp_path, A4))
    zoom = shown.window().findChild(QLabel, "pdf_zoom")
    assert shown.horizontalScrollBar().maximum() == 0
    for _ in range(9):
        shown.zoom_by(1)
    assert zoom.text() == "300%"
    assert shown.horizontalScrollBar().maximum() > 0
    shown.zoom_by(-1)
    assert zoom.text() == "200%"
    shown.fit_width()
    assert zoom.text() == "适合宽度"


def test_a_page_is_white_on_its_ground(shown: PdfView, tmp_path: Path) -> None:
    shown.show_pdf(pdf(tmp_path, A4))
    image = shown.viewport().grab().toImage()
    assert image.pixelColor(image.width() // 2, image.height() // 2).name() == "#ffffff"
    assert image.pixelColor(3, 3).name() == shown._theme.colour("mat").name()


def test_what_is_no_pdf_is_refused_and_shows_nothing(shown: PdfView, tmp_path: Path) -> None:
    shown.show_pdf(pdf(tmp_path, A4))
    with pytest.raises(ValueError):
        shown.show_pdf(b"%PDF-1.7 broken")
    assert shown.pages == 0
    assert shown.window().findChild(QLabel, "pdf_page").text() == "没有页面"
    assert not shown.window().findChild(QPushButton, "pdf_print").isEnabled()


def test_every_page_is_printed_in_its_own_direction(shown: PdfView, tmp_path: Path) -> None:
    shown.show_pdf(pdf(tmp_path, A4, (842.0, 595.0)))
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    shown.print_to(printer)
    printed = pypdfium2.PdfDocument(tmp_path / "printed.pdf")
    directions = [
        printed.get_page_size(page)[0] > printed.get_page_size(page)[1] for page in range(len(printed))
    ]
    printed.close()
    assert directions == [False, True]
