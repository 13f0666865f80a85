"""导出报送: nothing signed, written and read back, the stick gone, stopped, answered by the city."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop.domain.errors import CancelledError
from desktop.domain.paper_faces import FaceRole, FaceUse, PaperFaces
from desktop.domain.report import People, ReportState
from desktop.reports.fonts import Faces
from desktop.services import answering, filling, receiving, reviewing, sending, signing, writing
from desktop.views.context import Context
from desktop.views.drives import Drive
from desktop.views.pages.export import ExportPage
from desktop.views.pages.export_parts import Aside
from tests.journeys.offices import PASS_PHRASE, Offices
from tests.journeys.test_signing_for import SCAN, sent
from tests.views.conftest import opened_outside
from tests.views.pages.office_context import context_for, in_dialog, settle

pytestmark = pytest.mark.usefixtures("enrolled")


@pytest.fixture
def context(make_context: Callable[..., Context], offices: Offices) -> Context:
    return context_for(make_context, offices, offices.county)


class Port:
    """Drives that a test plugs in."""

    def __init__(self) -> None:
        self.drives: tuple[Drive, ...] = ()

    def __call__(self) -> tuple[Drive, ...]:
        return self.drives

    def plug(self, root: Path) -> None:
        root.mkdir(exist_ok=True)
        self.drives = (*self.drives, Drive(root, "报送U盘 (E:)", "FAT32", 13_600_000_000, True))


@pytest.fixture
def port() -> Port:
    return Port()


@pytest.fixture
def page(qtbot: QtBot, context: Context, port: Port) -> ExportPage:
    made = ExportPage(context, port)
    qtbot.addWidget(made)
    made.resize(1290, 648)
    made.show()
    return made


def sign(offices: Offices, faces: Faces) -> str:
    report = offices.reviewed_report()
    signing.sign(offices.county, report.id, PASS_PHRASE, faces, "test", offices.now)
    return report.id


def shown(page: ExportPage, context: Context) -> None:
    page.refresh()
    settle(context)


def text(page: ExportPage, name: str) -> str:
    return page.findChild(QLabel, name).text()


def action(page: ExportPage, name: str) -> QPushButton:
    return page.findChild(QPushButton, name)


def test_nothing_signed_leads_to_the_signature(page: ExportPage, context: Context, offices: Offices) -> None:
    offices.reviewed_report()
    gone: list[str] = []
    context.signals.navigated.connect(lambda place, target: gone.append(place))
    shown(page, context)
    assert text(page, "empty_title") == "还没有签发"
    action(page, "empty_action").click()
    assert gone == ["review"]


def test_without_a_stick_the_person_is_asked_for_a_folder(
    page: ExportPage, context: Context, offices: Offices, faces: Faces
) -> None:
    report_id = sign(offices, faces)
    shown(page, context)
    assert action(page, "export_write").text() == "写入文件夹…"
    action(page, "export_write").click()
    settle(context)
    assert offices.county.reports.get(report_id).state is ReportState.SIGNED, "nothing was chosen"
    context.files.chosen = offices.stick
    action(page, "export_write").click()
    settle(context)
    assert context.errors == []
    assert offices.county.reports.get(report_id).state is ReportState.SUBMITTED
    names = {path.name for path in offices.stick.iterdir()}
    assert {"东川县_2025Q1_第1次报送.pdf", "东川县_2025Q1_第1次报送_台账.xlsx"} <= names
    assert text(page, "banner_title") == "已写入并核对", "a folder is not pulled out"
    action(page, "export_open_folder").click()
    assert context.files.shown == [offices.stick]


def test_a_stick_appears_by_itself_and_is_written_to(
    page: ExportPage,
    context: Context,
    offices: Offices,
    faces: Faces,
    port: Port,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    sign(offices, faces)
    shown(page, context)
    port.plug(tmp_path / "E")
    qtbot.waitUntil(lambda: action(page, "export_write").text() == "写入U盘")
    action(page, "export_write").click()
    settle(context)
    folder = tmp_path / "E" / "蓝天季报" / "东川县_2025Q1_第1次报送"
    stored = sending.submission_files(
        offices.county, offices.county.reports.find(plan_id=offices.plan.id)[-1]
    )
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == stored
    assert "“报送U盘 (E:)”" in text(page, "banner_text")
    states = [label.text() for label in page.findChildren(QLabel, "file_state")]
    assert states == ["一致"] * 3
    assert text(page, "export_fact_状态") == "已报送，等回执"


def test_a_stick_that_is_gone_loses_nothing_and_can_be_tried_again(
    page: ExportPage, context: Context, offices: Offices, faces: Faces, port: Port, tmp_path: Path
) -> None:
    report_id = sign(offices, faces)
    port.plug(tmp_path / "E")
    shown(page, context)
    shutil.rmtree(tmp_path / "E")
    action(page, "export_write").click()
    settle(context)
    assert context.errors == []
    assert offices.county.reports.get(report_id).state is ReportState.SIGNED
    assert "电脑里的内容都在" in text(page, "banner_text")
    assert action(page, "export_write").text() == "重新写入"
    (tmp_path / "E").mkdir()
    action(page, "export_write").click()
    settle(context)
    assert offices.county.reports.get(report_id).state is ReportState.SUBMITTED


def test_stopping_leaves_the_report_signed_and_no_half_file(
    page: ExportPage,
    context: Context,
    offices: Offices,
    faces: Faces,
    port: Port,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    report_id = sign(offices, faces)
    port.plug(tmp_path / "E")
    shown(page, context)
    place = writing._place

    def stopped_after_one(folder: Path, name: str, data: bytes) -> Path:
        made = place(folder, name, data)
        page._writing.cancel()
        return made

    monkeypatch.setattr(writing, "_place", stopped_after_one)
    action(page, "export_write").click()
    assert text(page, "banner_title") == "正在写入，先不要拔出"
    assert not action(page, "export_stop").isHidden()
    settle(context)
    assert offices.county.reports.get(report_id).state is ReportState.SIGNED
    assert text(page, "banner_title") == "停下来了，盘上没有留下半个文件"
    assert not list((tmp_path / "E").rglob("*.tmp"))
    assert not any(isinstance(error, CancelledError) for error in context.errors)


def test_the_city_s_answer_stands_at_the_top(
    page: ExportPage, context: Context, offices: Offices, faces: Faces
) -> None:
    report_id = sign(offices, faces)
    _, written = sending.submit(offices.county, report_id, offices.stick, "test", offices.now)
    item, _ = receiving.take_in(offices.city, written[-1].path, "", "test", offices.now)
    answer = answering.send_back(
        offices.city,
        item.digest,
        "请补充",
        {"m-001": "哪7台"},
        offices.now.date(),
        offices.identity,
        "test",
        offices.now,
    )
    receiving.take_in(offices.county, offices.to_county(answer.digest), "", "test", offices.now)
    gone: list[str] = []
    context.signals.navigated.connect(lambda place, target: gone.append(place))
    shown(page, context)
    assert text(page, "banner_title") == "市里退回了第1次报送"
    assert "请补充" in text(page, "banner_text") and "1条写明了原因" in text(page, "banner_text")
    assert action(page, "export_write").isHidden()
    assert page.frame.target.isHidden() and page.frame.table.head.ring.isHidden(), "no steps, no numbers"
    action(page, "export_mend").click()
    assert gone == ["filling"]


def test_the_signed_pdf_can_be_looked_at(
    page: ExportPage, context: Context, offices: Offices, faces: Faces
) -> None:
    sign(offices, faces)
    shown(page, context)
    pages: list[int] = []

    def look(dialog: object) -> None:
        pages.append(dialog.view.pages)
        dialog.reject()

    in_dialog("paper_dialog", look)
    action(page, "export_pdf").click()
    assert pages and pages[0] >= 1


def test_narrow_window_keeps_what_comes_next(
    page: ExportPage, context: Context, offices: Offices, faces: Faces, qtbot: QtBot
) -> None:
    sign(offices, faces)
    shown(page, context)
    page.resize(1016, 494)
    page.set_narrow(True)
    qtbot.waitUntil(lambda: page.frame.aside.isVisible() and page.frame.aside.width() > 600)
    page.set_narrow(False)
    qtbot.waitUntil(lambda: page.frame.aside.width() == context.theme.px(page.frame.aside.WIDTH))
    assert page.frame.margin.isVisible() and page.frame.margin.isAncestorOf(page.frame.aside)


def test_what_was_handed_over_is_taken_back_with_a_reason(
    page: ExportPage, context: Context, offices: Offices, faces: Faces
) -> None:
    report_id = sign(offices, faces)
    sending.submit(offices.county, report_id, offices.stick, "test", offices.now)
    shown(page, context)
    action(page, "export_withdraw").click()
    dialog = page.window().findChild(QDialog, "withdraw_dialog")
    done = dialog.findChild(QPushButton, "withdraw_done")
    dialog.passphrase.edit.setText("not this one")
    assert not done.isEnabled(), "not without a reason"
    dialog.edit.setPlainText("第1条台数报错")
    done.click()
    settle(context)
    assert dialog.isVisible() and dialog.trouble.title.text() == "口令不对"
    assert offices.county.reports.get(report_id).state is ReportState.SUBMITTED
    dialog.passphrase.edit.setText(PASS_PHRASE)
    done.click()
    settle(context)
    assert offices.county.reports.get(report_id).state is ReportState.WITHDRAWN
    assert (
        page.frame.banner.title.text() == "第1次报送已撤回"
        and "第1条台数报错" in page.frame.banner.text.text()
    )
    assert page.frame.table.isHidden(), "what was taken back is not handed over any more"
    assert action(page, "export_withdraw").isHidden() and not action(page, "export_mend").isHidden()
    place = offices.stick / "通知"
    place.mkdir()
    context.files.folder = lambda title, start=None: place
    action(page, "export_notice").click()
    settle(context)
    assert [path.name for path in place.iterdir()] == ["东川县_2025Q1_第1次报送_撤回通知.jbx"]
    assert page.frame.banner.title.text() == "撤回通知已写出并核对"


def test_who_signed_for_the_issuer_is_said_and_the_scan_opens(
    page: ExportPage, context: Context, offices: Offices, faces: Faces
) -> None:
    report, day = offices.draft_report(), offices.now
    offices.fill(report)
    people = People("李敏", "马晓东", "赵国强")
    filling.name_people(offices.county, report.id, people, "test", day)
    sent(offices, reviewing.review(offices.county, report.id, "test", day), faces)
    shown(page, context)
    assert (
        text(page, "export_fact_签发人")
        == f"赵国强（{day.month}月{day.day}日在纸质签批单上签字，王建军代签）"
    )
    action(page, "export_scan").click()
    assert opened_outside(context, page).read_bytes() == SCAN and context.errors == []


def test_the_issuer_in_person_needs_no_scan(
    page: ExportPage, context: Context, offices: Offices, faces: Faces
) -> None:
    sign(offices, faces)
    shown(page, context)
    assert text(page, "export_fact_签发人") == "王建军" and action(page, "export_scan").isHidden()


def test_ctrl_enter_writes_only_where_the_button_is_there(
    qtbot: QtBot, page: ExportPage, context: Context, offices: Offices, faces: Faces
) -> None:
    context.files.chosen = offices.stick
    before = set(offices.stick.iterdir())

    def press() -> None:
        qtbot.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    shown(page, context)
    press()
    settle(context)
    assert set(offices.stick.iterdir()) == before and context.files.asked == [], "nothing is signed yet"
    report_id = sign(offices, faces)
    page.refresh()
    press()
    assert context.files.asked == [], "the files are still being read"
    settle(context)
    press()
    press()
    settle(context)
    assert offices.county.reports.get(report_id).state is ReportState.SUBMITTED
    assert len(set(offices.stick.iterdir()) - before) == 3, "written once"
    assert context.errors == []


def test_the_faces_of_the_signed_pages_are_said_from_what_was_kept(
    page: ExportPage, offices: Offices, faces: Faces, monkeypatch: pytest.MonkeyPatch
) -> None:
    report_id = sign(offices, faces)
    # Nothing is set again to know it.
    monkeypatch.setattr(page._context, "faces", None)
    page.refresh()
    settle(page._context)
    said = page.findChild(QLabel, "export_fact_字体").text()
    assert said.startswith("标题用思源宋体粗体（随程序），")
    assert "本机未装小标宋体、黑体、" in said
    kept = PaperFaces((FaceUse(FaceRole.BODY, "仿宋", True),))
    offices.county.reports.put_faces(report_id, kept)
    page.refresh()
    assert page.findChild(QLabel, "export_fact_字体").text() == "正文用仿宋（本机）。"


def test_a_report_from_before_faces_were_kept_says_nothing_of_them(
    page: ExportPage, offices: Offices, faces: Faces, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign(offices, faces)
    monkeypatch.setattr(type(offices.county.reports), "faces", lambda self, report_id: None)
    page.refresh()
    settle(page._context)
    assert page.findChild(QLabel, "export_fact_核对码") is not None
    assert page.findChild(QLabel, "export_fact_字体") is None


def test_facts_that_need_more_than_the_page_scroll_and_are_not_cut(
    page: ExportPage, context: Context, offices: Offices, faces: Faces, qtbot: QtBot
) -> None:
    sign(offices, faces)
    shown(page, context)
    page.resize(1290, 500)
    page.frame.aside.tell(Aside("吴忠市人民政府", "", (("字体", "标题用思源宋体粗体（随程序），" * 20),)))
    words = page.findChild(QLabel, "export_fact_字体")
    qtbot.waitUntil(lambda: words.height() >= words.heightForWidth(words.width()) > 300)
    assert page.frame.margin.verticalScrollBar().maximum() > 0
