"""您的决定: take a submission in, or return it with reasons and a new deadline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QDate, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QDateEdit, QWidget

from desktop.domain.report import ReportRow
from desktop.services.answering import Remarks
from desktop.services.inspecting import Inspection
from desktop.views.context import Context
from desktop.views.dialogs.choose_measure import choose_measure
from desktop.views.pages.inbox_remarks import RemarkList
from desktop.views.widgets.chip import Chip
from desktop.views.widgets.inputs import AutosaveEdit, labelled
from desktop.views.widgets.layout import clear, column, flow, row
from desktop.views.widgets.radio_card import RadioCard
from desktop.views.widgets.scroll import Scroll
from desktop.views.widgets.styling import button, icon_button, label, pane, rule
from desktop.wording.terms import spoken

LONGEST = 500
DAYS_TO_MEND = 5
PHRASES = {
    "数字前后对不上": "数字和上季、和正文对不上，请核对。",
    "缺佐证材料": "请补上佐证材料。",
    "进展写得太笼统": "进展写得太笼统，请写清做了什么、做到哪一步。",
    "没写完成时限": "请写明完成时限。",
}


@dataclass(frozen=True)
class Decision:
    """What the officer chose and typed for one file; kept while another one is looked at."""

    returns: bool = False
    words: str = ""
    measures: tuple[str, ...] = ()
    due: date | None = None


class DecisionPane(QWidget):
    """`decided(Decision)` by the primary action."""

    decided = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._icons = context, context.icons
        self._rows: dict[str, ReportRow] = {}
        self._measures: list[str] = []
        self._taken = False
        self.take = RadioCard(self._icons, "收下", "写入汇总库，回执放进发件箱。以后还能退回重报。")
        self.take.setObjectName("decide_accept")
        self.give_back = RadioCard(self._icons, "退回", "不计入汇总，退回单写明哪一条、什么原因。")
        self.give_back.setObjectName("decide_return")
        self.words = AutosaveEdit("例：第6条请补上替代热源的通水时间。", 4)
        self.words.setObjectName("decide_words")
        self._count = label("", "caption", name="decide_count")
        self._for = labelled("给对方的话", self.words, self._count)
        self._title = self._for.layout().itemAt(0).layout().itemAt(0).widget()
        self._which = flow()
        self.due = QDateEdit()
        self.due.setObjectName("decide_due")
        self.due.setCalendarPopup(True)
        self.due.setDisplayFormat("yyyy年M月d日")
        self._due = labelled("改好后，最晚哪天再报来", self.due)
        self._remarks = RemarkList(self._icons)
        self.primary = button("收下，看下一件", "primary", "decide", self._decide, "Ctrl+Enter")
        self._hint = label("", "caption", name="decide_hint")
        self._arrange()
        for card in (self.take, self.give_back):
            card.toggled.connect(lambda on: self._follow())
        self.words.textChanged.connect(self._follow)

    def _arrange(self) -> None:
        cards = QWidget()
        cards.setLayout(column(self.take, self.give_back, gap=8))
        phrases = flow(*(self._phrase(short, whole) for short, whole in PHRASES.items()))
        self._own = QWidget()
        self._own.setLayout(column(rule(), 4, self._remarks, gap=8))
        ground = pane("surface2")
        ground.setLayout(
            column(
                label("您的决定", "strong"),
                *(cards, self._which, self._for, phrases, self._due, self._own, None),
                gap=10,
                margins=(16, 12, 16, 12),
            )
        )
        scroll = Scroll()
        scroll.setWidget(ground)
        self.primary.setSizePolicy(
            self.primary.sizePolicy().Policy.Expanding, self.primary.sizePolicy().Policy.Fixed
        )
        foot = pane("surface2")
        hint = row(None, self._hint, None)
        foot.setLayout(column(self.primary, hint, gap=6, margins=(16, 12, 16, 12)))
        self.setLayout(column(scroll, rule(), foot, gap=0))

    def _phrase(self, short: str, whole: str) -> QWidget:
        made = icon_button(self._icons, "plus", short, "small", f"phrase_{short}")
        made.clicked.connect(lambda: self._insert(whole))
        return made

    def open_submission(
        self, seen: Inspection, unit: str, remarks: Remarks, kept: Decision, taken: bool
    ) -> None:
        """Show a submission with what was typed for it before; one that was `taken` can only be returned."""
        assert seen.document is not None
        self._rows = {line.measure_key: line for line in seen.document.rows}
        self._measures = [key for key in kept.measures if key in self._rows]
        self._taken = taken
        self._title.setText(f"给{unit}的话")
        self.take.setVisible(not taken)
        (self.give_back if kept.returns or taken else self.take).setChecked(True)
        self.words.set_text(kept.words)
        due = kept.due or self._context.today() + timedelta(days=DAYS_TO_MEND)
        today = self._context.today()
        self.due.setMinimumDate(QDate(today.year, today.month, today.day))
        self.due.setDate(QDate(due.year, due.month, due.day))
        self._remarks.show_remarks(remarks, self._mention)
        self._own.setVisible(self._remarks.any)
        self._show_measures()
        self._follow()

    @property
    def decision(self) -> Decision:
        """What is chosen and typed now."""
        chosen = self.due.date()
        due = date(chosen.year(), chosen.month(), chosen.day())
        return Decision(self.give_back.isChecked(), self.words.text().strip(), tuple(self._measures), due)

    def set_busy(self, busy: bool) -> None:
        """While a decision is being written it cannot be changed."""
        self.setEnabled(not busy)
        if not busy:
            self._follow()

    def _follow(self) -> None:
        """The words, the fields and the primary action follow the choice."""
        returns, text = self.give_back.isChecked(), self.words.text().strip()
        self._which.setVisible(returns)
        self._due.setVisible(returns)
        too_long = len(text) > LONGEST
        if returns or text:
            self._count.setText(f"{len(text)} / {LONGEST}字")
        else:
            self._count.setText("收下可不写，退回必须写")
        last = "" if self._taken else "，看下一件"
        self.primary.setText(f"退回{last}" if returns else f"收下{last}")
        self.primary.setAccessibleName(self.primary.text())
        self.primary.setEnabled(not too_long and (bool(text) or not returns))
        if too_long:
            self._hint.setText(f"多了{len(text) - LONGEST}个字")
        elif returns:
            self._hint.setText("退回单放进发件箱，写出后送给对方" if text else "写一句哪里要改，就可以退回")
        else:
            self._hint.setText("收下后发现不对，还可以退回")

    def _choose(self) -> None:
        rest = [line for key, line in self._rows.items() if key not in self._measures]
        self._mention(choose_measure(self._context, self, rest))

    def _mention(self, key: str) -> None:
        if key and key not in self._measures:
            self._measures.append(key)
            self.give_back.setChecked(True)
            self._insert(spoken(self._rows[key].label))
        self._show_measures()

    def _show_measures(self) -> None:
        chips = self._which.layout()
        clear(chips)
        for key in self._measures:
            chip = Chip(self._icons, spoken(self._rows[key].label), removable=True)
            chip.setObjectName(f"returned_{key}")
            chip.setToolTip(self._rows[key].title)
            chip.clicked.connect(_bound(self._drop, key))
            chips.addWidget(chip)
        chips.addWidget(
            icon_button(self._icons, "plus", "加一条", "small", "decide_add_measure", self._choose)
        )

    def _drop(self, key: str) -> None:
        self._measures.remove(key)
        self._show_measures()

    def _insert(self, text: str) -> None:
        cursor = self.words.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        self.words.setTextCursor(cursor)
        said = self.words.text()
        joint = "" if not said or said.endswith(("\n", "。", "，", "；", "条")) else "。"
        self.words.insert_text(joint + text)
        self.words.setFocus()

    def _decide(self) -> None:
        if self.primary.isEnabled():
            self.decided.emit(self.decision)


def _bound(call: Callable[[str], object], key: str) -> Callable[[], object]:
    return lambda: call(key)
