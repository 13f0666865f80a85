"""佐证材料 on the filling page: given by hand, mouse and keyboard, kept once, weighed, looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.report import Evidence, ReportState
from desktop.reports.fonts import Faces
from desktop.services import filling
from desktop.views.context import Context
from desktop.views.dialogs.evidence import EvidenceDialog
from desktop.views.pages.filling import FillingPage
from tests.journeys.offices import Offices
from tests.pictures import kept_as
from tests.views.conftest import NOW
from tests.views.pages.county import County, county
from tests.views.pages.on_page import find, open_page

pytestmark = pytest.mark.usefixtures("no_qt_warnings")


@pytest.fixture
def own(make_context: Callable[..., Context], offices: Offices, faces: Faces) -> County:
    made = county(make_context, offices, faces)
    made.context.clock = lambda: NOW.astimezone()
    return made


@pytest.fixture
def page(qtbot: QtBot, own: County) -> FillingPage:
    return open_page(qtbot, FillingPage(own.context))


def words(page: QWidget, name: str) -> str:
    made = find(page, name, QLabel)
    return str(made.text()) if made.isVisibleTo(page) else ""


def give(page: FillingPage, own: County, *paths: Path) -> None:
    page.frame.editor.evidence.take(list(paths))
    assert own.context.runner.wait_idle()


def test_evidence_is_kept_named_and_taken_off(page: FillingPage, own: County, tmp_path: Path) -> None:
    own.context.files.files = (kept_as(tmp_path, "验收单.pdf", b"%PDF proof"),)
    page.frame.editor.evidence.link.click()
    page.go_to("m-002")
    assert own.context.runner.wait_idle()
    (kept,) = own.entry("m-001").evidence
    assert kept.name == "验收单.pdf" and own.entry("m-002").evidence == ()
    page.go_to("m-001")
    find(find(page, f"file_{kept.digest}"), "remove_file").click()
    assert own.entry("m-001").evidence == ()


def test_a_file_is_opened_and_taken_off_by_the_keyboard(
    qtbot: QtBot, page: FillingPage, own: County, tmp_path: Path
) -> None:
    give(page, own, kept_as(tmp_path, "一.txt", b"1"), kept_as(tmp_path, "二.txt", b"2"))
    first, second = page.frame.editor.evidence.files.chips
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert second.hasFocus() and "二.txt" in second.accessibleName()
    qtbot.keyClick(second, Qt.Key.Key_Return)
    dialog = page.window().findChild(EvidenceDialog)
    assert dialog is not None and dialog.file.name == "二.txt"
    dialog.reject()
    qtbot.keyClick(second, Qt.Key.Key_Delete)
    assert [e.name for e in own.entry("m-001").evidence] == ["一.txt"]
    (left,) = page.frame.editor.evidence.files.chips
    assert left.hasFocus()


def test_writing_goes_on_leaves_the_chips_as_they_are(page: FillingPage, own: County, tmp_path: Path) -> None:
    give(page, own, kept_as(tmp_path, "一.txt", b"1"))
    (chip,) = page.frame.editor.evidence.files.chips
    chip.setFocus()
    page.frame.editor.progress.edit.insert_text("关停7台。")
    page.frame.editor.flush()
    assert own.entry("m-001").progress == "关停7台。"
    assert page.frame.editor.evidence.files.chips == [chip] and chip.hasFocus()


def test_each_refused_file_has_its_own_reason_and_the_others_are_kept(
    page: FillingPage, own: County, tmp_path: Path
) -> None:
    folder = tmp_path / "现场"
    folder.mkdir()
    good = kept_as(tmp_path, "验收单.pdf", b"x")
    bad = [kept_as(tmp_path, name, b"x") for name in ("程序.exe", "IMG_1.HEIC", "链接.lnk")]
    give(page, own, *bad, good, folder, tmp_path / "走了.pdf")
    assert [e.name for e in own.entry("m-001").evidence] == ["验收单.pdf"]
    banner = page.frame.trouble
    assert banner.isVisible() and banner.title.text() == "有5个文件没有放进来"
    for said in ("程序.exe", "另存为 JPG", "快捷方式", "文件夹", "另外还有1个"):
        assert said in banner.text.text()
    give(page, own, bad[0])
    assert "程序.exe" in banner.title.text()


def test_a_dropped_folder_is_told_about(page: FillingPage, own: County, tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    zone = page.frame.editor.evidence
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    zone.dropEvent(drop)
    assert own.context.runner.wait_idle()
    assert "是文件夹" in page.frame.trouble.title.text()


def test_what_was_said_of_one_entry_is_gone_at_the_next(
    page: FillingPage, own: County, tmp_path: Path
) -> None:
    give(page, own, tmp_path)
    assert page.frame.trouble.isVisible()
    page.go_to("m-002")
    assert not page.frame.trouble.isVisible()


def test_the_same_file_in_another_entry_is_said_quietly(
    page: FillingPage, own: County, tmp_path: Path
) -> None:
    source = kept_as(tmp_path, "验收单.pdf", b"x")
    give(page, own, source)
    assert words(page, "evidence_said") == ""
    page.go_to("m-002")
    give(page, own, kept_as(tmp_path / "又", "同一份.pdf", b"x"))
    assert words(page, "evidence_said") == "“同一份.pdf”和第1条用的是同一个文件，只存一份。"
    assert not page.frame.trouble.isVisible()
    first, second = own.entry("m-001").evidence, own.entry("m-002").evidence
    assert first[0].digest == second[0].digest and second[0].name == "同一份.pdf"
    assert len([p for p in (own.offices.county.folder / "evidence").rglob("*") if p.is_file()]) == 1
    page.go_to("m-001")
    assert words(page, "evidence_said") == ""


def test_the_same_file_under_another_name_is_named_anew(
    page: FillingPage, own: County, tmp_path: Path
) -> None:
    give(page, own, kept_as(tmp_path, "a.pdf", b"x"))
    give(page, own, kept_as(tmp_path, "b.pdf", b"x"))
    assert words(page, "evidence_said") == "“b.pdf”和这一条的“a.pdf”是同一个文件，只存一份，名称用“b.pdf”。"
    give(page, own, kept_as(tmp_path, "b.pdf", b"x"))
    assert words(page, "evidence_said") == "“b.pdf”这一条已经有了，只存一份。"
    assert [e.name for e in own.entry("m-001").evidence] == ["b.pdf"]


def test_what_the_package_will_weigh_is_shown_with_each_file_counted_once(
    page: FillingPage, own: County, tmp_path: Path
) -> None:
    assert words(page, "evidence_weight") == ""
    source = kept_as(tmp_path, "验收单.pdf", b"x" * 2_000_000)
    give(page, own, source)
    said = words(page, "evidence_weight")
    assert said == "这一条1份，2.0 MB；整个报送文件约2.4 MB（最多200 MB）"
    page.go_to("m-002")
    assert words(page, "evidence_weight") == "整个报送文件约2.4 MB（最多200 MB）"
    give(page, own, source)
    assert words(page, "evidence_weight") == said


def heavy(own: County, *sizes: int) -> None:
    """Evidence that stands in the books alone: only its size is asked for."""
    report = own.report()
    files = tuple(Evidence(f"{n:064x}", f"航拍{n}.zip", size) for n, size in enumerate(sizes))
    entry = replace(own.entry("m-002"), evidence=files)
    filling.save_entry(own.offices.county, report.id, entry, "test", own.offices.now)


def test_near_the_bound_the_weight_warns_and_beyond_it_nothing_is_taken(
    page: FillingPage, own: County, tmp_path: Path
) -> None:
    heavy(own, 120_000_000, 79_000_000)
    page.refresh()
    weight = find(page, "evidence_weight", QLabel)
    assert weight.property("tone") == "warn"
    assert weight.text() == "整个报送文件约199.4 MB，快到上限200 MB了，再放之前先压缩图片"
    give(page, own, kept_as(tmp_path, "再一份.pdf", b"x" * 2_000_000))
    assert page.frame.trouble.title.text() == "再放进“再一份.pdf”，报送文件就超过200 MB了"
    assert "“航拍0.zip”（120.0 MB）" in page.frame.trouble.text.text()
    assert own.entry("m-001").evidence == () and len(own.entry("m-002").evidence) == 2


def test_files_dropped_together_must_fit_together(page: FillingPage, own: County, tmp_path: Path) -> None:
    heavy(own, 120_000_000, 70_000_000)
    page.refresh()
    files = [kept_as(tmp_path, f"{n}.pdf", bytes([n]) * 6_000_000) for n in range(2)]
    give(page, own, *files)
    assert [e.name for e in own.entry("m-001").evidence] == ["0.pdf"]
    assert "1.pdf" in page.frame.trouble.title.text()


def test_a_drop_can_be_stopped_and_says_how_far_it_came(
    page: FillingPage, own: County, tmp_path: Path
) -> None:
    zone = page.frame.editor.evidence
    zone.take([kept_as(tmp_path, f"{n}.txt", bytes([n + 1])) for n in range(3)])
    stop = find(zone.bar, "job_stop", QPushButton)
    stop.click()
    assert own.context.runner.wait_idle()
    done = len(own.entry("m-001").evidence)
    assert words(page, "evidence_said") == f"停下来了。3个文件里放好了{done}个，其余的没有动。"
    assert not zone.bar.isVisible()


def paste(qtbot: QtBot, page: FillingPage, own: County) -> None:
    page.frame.editor.evidence.link.setFocus()
    qtbot.keyClick(page.frame.editor.evidence.link, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert own.context.runner.wait_idle()


def screenshot(colour: str) -> QImage:
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    return image


def test_a_screenshot_is_pasted_under_the_moments_name(qtbot: QtBot, page: FillingPage, own: County) -> None:
    for colour in ("#1C5BA8", "#0F6E4F"):
        QApplication.clipboard().setImage(screenshot(colour))
        paste(qtbot, page, own)
    first, second = own.entry("m-001").evidence
    assert [first.name, second.name] == ["截图_20250404_1432.png", "截图_20250404_1432_2.png"]
    kept = QImage.fromData(own.offices.county.evidence.read(first.digest))
    assert kept.pixelColor(3, 3).name() == "#1c5ba8" and first.media_type == "image/png"


def test_two_screenshots_in_a_row_have_two_names(page: FillingPage, own: County) -> None:
    for colour in ("#1C5BA8", "#0F6E4F"):
        page.frame.editor.evidence.imagePasted.emit(screenshot(colour))
    assert own.context.runner.wait_idle()
    assert [e.name for e in own.entry("m-001").evidence] == [
        "截图_20250404_1432.png",
        "截图_20250404_1432_2.png",
    ]


def test_copied_files_are_pasted_and_anything_else_says_what_to_do(
    qtbot: QtBot, page: FillingPage, own: County, tmp_path: Path
) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(kept_as(tmp_path, "验收单.pdf", b"x")))])
    QApplication.clipboard().setMimeData(data)
    menu = page.frame.editor.evidence.menu()
    assert [a.isEnabled() for a in menu.actions()] == [True, True]
    menu.actions()[0].trigger()
    assert own.context.runner.wait_idle()
    assert [e.name for e in own.entry("m-001").evidence] == ["验收单.pdf"]
    QApplication.clipboard().setText("只有文字")
    assert not page.frame.editor.evidence.menu().actions()[0].isEnabled()
    paste(qtbot, page, own)
    assert "先截图或复制文件" in words(page, "evidence_said")
    assert len(own.entry("m-001").evidence) == 1


def test_what_is_locked_takes_nothing_by_the_keyboard(
    qtbot: QtBot, page: FillingPage, own: County, offices: Offices, tmp_path: Path
) -> None:
    give(page, own, kept_as(tmp_path, "验收单.pdf", b"x"))
    offices.fill(own.report())
    entry = replace(own.entry("m-001"), evidence=(offices.county.evidence.add_bytes(b"x", "验收单.pdf"),))
    filling.save_entry(offices.county, own.report().id, entry, "test", offices.now)
    offices.county.reports.put(replace(own.report(), state=ReportState.REVIEWED))
    page.refresh()
    QApplication.clipboard().setImage(screenshot("red"))
    (chip,) = page.frame.editor.evidence.files.chips
    qtbot.keyClick(chip, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(chip, Qt.Key.Key_Delete)
    assert own.context.runner.wait_idle()
    assert len(own.entry("m-001").evidence) == 1
    assert not any(a.isEnabled() for a in page.frame.editor.evidence.menu().actions())
