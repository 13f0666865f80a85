"""The window: places, pages that are built when needed, top bar, badges, title."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.quarter import Quarter
from desktop.views.context import Context, Deadline
from desktop.views.main_window import MainWindow, Place
from desktop.views.rail import RailButton
from desktop.views.widgets.step_bar import Step, StepBar, Steps

QUARTERS = (Quarter(2024, 4), Quarter(2025, 1), Quarter(2025, 2))


class Page(QWidget):
    """Notes what the window asks of it."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[object] = []
        self.field = QLineEdit()
        QVBoxLayout(self).addWidget(self.field)

    def refresh(self) -> None:
        self.calls.append("refresh")

    def leave(self) -> None:
        self.calls.append("leave")

    def open_target(self, target: object) -> None:
        self.calls.append(("open", target))

    def set_narrow(self, narrow: bool) -> None:
        self.calls.append(("narrow", narrow))


@pytest.fixture
def window(context: Context, qtbot: QtBot) -> MainWindow:
    places = [
        Place("filling", "填报", "pencil", lambda context: Page()),
        Place("inbox", "收件", "inbox", lambda context: Page()),
        Place("settings", "设置", "settings", lambda context: Page(), foot=True),
    ]
    made = MainWindow(context, places)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


def calls(window: MainWindow, key: str) -> list[object]:
    page = window.page_of(key)
    assert isinstance(page, Page)
    return page.calls


def test_first_place_is_shown_and_the_others_wait(window: MainWindow) -> None:
    assert window.place == "filling"
    assert window.page is not None
    assert window.page.objectName() == "filling"
    assert window.findChild(QWidget, "inbox") is None


def test_a_click_in_the_rail_goes_to_the_place(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(window.findChild(QToolButton, "place_inbox"), Qt.MouseButton.LeftButton)
    assert window.place == "inbox"
    assert calls(window, "filling")[-1] == "leave"
    assert calls(window, "inbox") == [("narrow", False), "refresh"]


def test_ctrl_and_number_goes_to_the_place_also_from_a_field(window: MainWindow, qtbot: QtBot) -> None:
    field = window.page_of("filling").field
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.place == "inbox"
    assert window.findChild(RailButton, "place_inbox").isChecked()


def test_navigation_carries_a_target(window: MainWindow, context: Context) -> None:
    context.navigate("inbox", "件1")
    assert window.place == "inbox"
    assert calls(window, "inbox")[-1] == ("open", "件1")


def test_only_the_shown_page_reads_anew(window: MainWindow, context: Context) -> None:
    window.go_to("inbox")
    before = len(calls(window, "filling"))
    context.tell_changed()
    assert calls(window, "inbox")[-1] == "refresh"
    assert len(calls(window, "filling")) == before
    window.go_to("filling")
    assert calls(window, "filling")[-1] == "refresh"


def test_focus_does_not_jump_to_a_button_of_the_next_page(window: MainWindow) -> None:
    window.page_of("filling").field.setFocus()
    window.go_to("inbox")
    assert not window.page_of("inbox").field.hasFocus()


def test_badges_count_and_vanish(window: MainWindow, context: Context) -> None:
    button = window.findChild(RailButton, "place_inbox")
    context.set_badge("inbox", 2)
    assert (button.badge, button.accessibleName()) == (2, "收件，2")
    context.set_badge("inbox", 0)
    assert (button.badge, button.accessibleName()) == (0, "收件")


def test_top_bar_and_title_say_whose_and_when(window: MainWindow, context: Context) -> None:
    context.set_head("盐池县人民政府", "行动方案 · 第1版", QUARTERS, QUARTERS[1])
    assert window.windowTitle() == "蓝天季报 — 盐池县人民政府 — 2025年第一季度"
    assert window.findChild(QLabel, "unit_name").text() == "盐池县人民政府"
    assert window.findChild(QToolButton, "quarter_name").text() == "2025年第一季度"


def test_a_sample_is_marked_in_the_title(window: MainWindow, context: Context) -> None:
    context.set_head("甲县人民政府", sample=True)
    assert window.windowTitle() == "蓝天季报 — 甲县人民政府（示例）"
    assert (
        window.findChild(QToolButton, "quarter_name").isHidden()
        or not window.findChild(QToolButton, "quarter_name").isVisible()
    )


def test_arrows_choose_the_neighbouring_quarters(window: MainWindow, context: Context, qtbot: QtBot) -> None:
    context.set_head("盐池县人民政府", "", QUARTERS, QUARTERS[1])
    qtbot.mouseClick(window.findChild(QToolButton, "quarter_after"), Qt.MouseButton.LeftButton)
    assert context.quarter == QUARTERS[2]
    assert not window.findChild(QToolButton, "quarter_after").isEnabled()
    assert window.windowTitle().endswith("2025年第二季度")
    assert calls(window, "filling")[-1] == "refresh"
    qtbot.mouseClick(window.findChild(QToolButton, "quarter_before"), Qt.MouseButton.LeftButton)
    assert context.quarter == QUARTERS[1]


def test_any_quarter_can_be_chosen_from_the_list(window: MainWindow, context: Context) -> None:
    context.set_head("盐池县人民政府", "", QUARTERS, QUARTERS[2])
    menu = window.findChild(QToolButton, "quarter_name").menu()
    named = {action.text(): action for action in menu.actions()}
    assert list(named) == ["2025年第二季度", "2025年第一季度", "2024年第四季度"]
    assert [name for name, action in named.items() if action.isChecked()] == ["2025年第二季度"]
    named["2024年第四季度"].trigger()
    assert context.quarter == QUARTERS[0]
    ticked = [action.text() for action in menu.actions() if action.isChecked()]
    assert ticked == ["2024年第四季度"], "which one is shown can be told"


def test_steps_deadline_and_saved(window: MainWindow, context: Context) -> None:
    context.set_steps(Steps((Step("填报", "32/32"), Step("审核")), 1))
    context.set_deadline(Deadline("4月10日已截止，过了1天", "4月20日锁定", late=True))
    context.note_saved(datetime(2025, 4, 4, 14, 32))
    steps = window.findChild(StepBar, "steps")
    assert steps.isVisible()
    assert steps.accessibleName() == "填报 32/32（已完成），审核"
    deadline = window.findChild(QLabel, "deadline")
    assert (deadline.text(), deadline.property("tone")) == ("4月10日已截止，过了1天", "bad")
    assert window.findChild(QLabel, "saved").text() == "已存好 14:32"
    context.set_steps(None)
    context.set_deadline(None)
    assert not steps.isVisible()
    assert not deadline.isVisible()


def test_a_narrow_window_tells_its_pages_and_shortens_its_words(window: MainWindow, context: Context) -> None:
    context.set_head("盐池县人民政府", "空气质量持续改善行动方案 · 第2版", QUARTERS, QUARTERS[1])
    context.set_steps(Steps((Step("填报", "32/32"), Step("审核"), Step("签发")), 1))
    context.set_deadline(Deadline("4月10日截止，还剩6天", short="还剩6天"))
    context.note_saved()
    window.resize(1366, 696)
    assert window.findChild(QLabel, "deadline").text() == "4月10日截止，还剩6天"
    window.resize(1000, 540)
    assert window.narrow
    assert calls(window, "filling")[-1] == ("narrow", True)
    assert window.findChild(QLabel, "deadline").text() == "还剩6天"
    assert window.top_bar.layout().minimumSize().width() <= window.top_bar.width()
    window.resize(1366, 696)
    assert not window.narrow
    assert calls(window, "filling")[-1] == ("narrow", False)


def test_closing_leaves_the_page(window: MainWindow) -> None:
    window.close()
    assert calls(window, "filling")[-1] == "leave"


def test_at_most_seven_places(context: Context, qtbot: QtBot) -> None:
    places = [Place(str(n), "处", "list", lambda context: QWidget()) for n in range(8)]
    with pytest.raises(ValueError, match="7"):
        MainWindow(context, places)


def test_window_is_drawn_without_a_warning(
    window: MainWindow, context: Context, no_qt_warnings: None
) -> None:
    context.set_head("盐池县人民政府", "行动方案", QUARTERS, QUARTERS[1])
    context.set_badge("inbox", 120)
    for width in (1366, 1000):
        window.resize(width, 600)
        assert not window.grab().isNull()
