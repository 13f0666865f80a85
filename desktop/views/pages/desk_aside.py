"""What now: what waits for a decision, who is late and whom to call, what came today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.domain.package import InboxItem, InboxState
from desktop.domain.summary import UnitProgress, UnitSummary
from desktop.domain.unit import Unit
from desktop.views.context import Context
from desktop.views.pages.desk_words import item_word, overdue
from desktop.views.pages.plan_titles import plan_of
from desktop.views.widgets.elided import ElidedLabel
from desktop.views.widgets.layout import clear, column, row
from desktop.views.widgets.scroll import Scroll
from desktop.views.widgets.styling import button, label, pane, rule
from desktop.wording.terms import clock, moment, month_day

_DECIDED = {
    InboxState.WAITING: ("等您定", "accent"),
    InboxState.TAKEN: ("已收下", "good"),
    InboxState.RETURNED: ("已退回", "warn"),
    InboxState.REFUSED: ("没有收", "bad"),
}


@dataclass(frozen=True)
class Aside:
    """What the pane shows. `due` is the quarter's; `own_due` that of returned units, by code.

    `plans`: titles by id where there are several plans; what waits may be of any.
    """

    waiting: tuple[InboxItem, ...]
    today: tuple[InboxItem, ...]
    lines: tuple[UnitSummary, ...]
    units: Mapping[str, Unit]
    due: date | None
    own_due: Mapping[str, date]
    plans: Mapping[str, str] = field(default_factory=dict)

    def short(self, item: InboxItem) -> str:
        unit = self.units.get(item.issuer.code)
        return unit.short_name if unit else item.issuer.name


class AsidePane(QFrame):
    """`look_wanted(digest)` with a file of the inbox; `folded` by 收起 (shown where room is short)."""

    look_wanted = Signal(str)
    fold_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.setObjectName("desk_aside")
        self.setProperty("pane", "surface2")
        self.setMinimumWidth(context.theme.px(224))
        self._inside: QVBoxLayout = column(gap=0)
        ground = pane("surface2")
        ground.setLayout(column(self._inside, None, gap=0))
        area = Scroll()
        area.setWidget(ground)
        self.fold = button("收起", "smallLink", "fold_aside", self.fold_wanted.emit)
        self.fold.hide()
        self._head = QWidget()
        self._head.setLayout(row(None, self.fold, margins=(0, 6, 14, 0)))
        self._head.hide()
        self.setLayout(column(self._head, area, gap=0))

    def set_foldable(self, foldable: bool) -> None:
        self._head.setVisible(foldable)
        self.fold.setVisible(foldable)

    def show_aside(self, aside: Aside) -> None:
        """Fills the pane anew."""
        clear(self._inside)
        self._waiting(aside)
        self._inside.addWidget(rule())
        self._missing(aside)
        returned = [line for line in aside.lines if line.state is UnitProgress.RETURNED]
        if returned:
            self._inside.addWidget(rule())
            self._returned(aside, returned)
        self._inside.addWidget(rule())
        self._today(aside)

    def _section(self, title: str, caption: str, name: str) -> QVBoxLayout:
        head = row(
            label(title, "strong", name=f"{name}_title"),
            label(caption, "caption", name=f"{name}_count"),
            None,
        )
        made = column(head, gap=10, margins=(14, 14, 14, 14))
        self._inside.addLayout(made)
        return made

    def _waiting(self, aside: Aside) -> None:
        made = self._section("等您定", f"{len(aside.waiting)}件" if aside.waiting else "", "waiting")
        if not aside.waiting:
            made.addWidget(label("没有等您定的文件。", tone="text3", name="none_waiting"))
        for item in aside.waiting:
            look = button("去看", "smallLink", f"look_{item.digest[:8]}")
            look.setAccessibleName(f"去看{item_word(item, aside.short(item))}")
            look.clicked.connect(lambda _=False, digest=item.digest: self.look_wanted.emit(digest))
            plan = plan_of(item, aside.plans)
            caption = f"{moment(item.received_at)}收到" + (f"　{plan}" if plan else "")
            made.addLayout(self._two_lines(item_word(item, aside.short(item)), caption, look))

    def _missing(self, aside: Aside) -> None:
        missing = [line for line in aside.lines if line.state is UnitProgress.MISSING]
        late = any(overdue(line) for line in missing)
        caption = f"{len(missing)}家" if missing else ""
        if missing and aside.due is not None and not late:
            caption += f"，{month_day(aside.due)}截止"
        made = self._section("逾期没报" if late else "还没报来", caption, "missing")
        if not missing:
            made.addWidget(label("都报来了。", tone="text3", name="none_missing"))
        nobody = False
        for line in missing:
            unit = aside.units.get(line.unit.code)
            whom = "　".join(part for part in (unit.contact, unit.phone) if part) if unit else ""
            days = label(f"逾期{line.late_days}天", "caption", "bad") if overdue(line) else None
            made.addLayout(self._two_lines(line.short_name, whom, days))
            nobody = nobody or not whom
        if nobody:
            # Said once, however many units it is true of.
            words = "联系人可在“设置—单位”里补。"
            made.addWidget(label(words, "caption", name="no_contacts", wrap=True))

    def _returned(self, aside: Aside, lines: Sequence[UnitSummary]) -> None:
        made = self._section("退回后等重报", f"{len(lines)}家", "returned")
        for line in lines:
            due = aside.own_due.get(line.unit.code)
            made.addLayout(
                self._two_lines(line.short_name, f"{month_day(due)}前重新报送" if due else "没有定期限")
            )

    def _today(self, aside: Aside) -> None:
        made = self._section("今天收到", f"{len(aside.today)}件" if aside.today else "", "today")
        if not aside.today:
            made.addWidget(label("今天没有新的文件。", tone="text3", name="none_today"))
        for item in aside.today:
            word, tone = _DECIDED[item.state]
            words = ElidedLabel(item_word(item, aside.short(item), brief=True), "caption", "text")
            line = row(label(clock(item.received_at), "caption"), words, label(word, "caption", tone), gap=12)
            line.setStretch(1, 1)
            made.addLayout(line)

    def _two_lines(self, title: str, caption: str, trailing: QWidget | None = None) -> QVBoxLayout:
        first = row(ElidedLabel(title), *([trailing] if trailing is not None else []))
        first.setStretch(0, 1)
        return column(first, *([ElidedLabel(caption, "caption")] if caption else []), gap=0)
