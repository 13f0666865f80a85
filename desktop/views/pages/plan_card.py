"""The selected measure unfolded: who leads, supports and implements, its targets, and the ways to change them."""

from __future__ import annotations

import re

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGridLayout, QMenu, QPushButton, QWidget

from desktop.domain.plan import Duty, DutyRole, Measure
from desktop.domain.unit import Region
from desktop.views.context import Context
from desktop.views.dialogs.unit_picker import UnitPicker
from desktop.views.pages.plan_acts import MeasureActs
from desktop.views.pages.plan_desk import DraftDesk, labels_of, spoken_number
from desktop.views.pages.plan_names import ask_meaning
from desktop.views.pages.plan_targets import TargetLine
from desktop.views.widgets.chip import Chip
from desktop.views.widgets.layout import column, flow, row
from desktop.views.widgets.styling import button, icon_button, label, mark
from desktop.wording.terms import ROLE

_ROLES = (DutyRole.LEAD, DutyRole.SUPPORT, DutyRole.IMPLEMENT)


class DutyChip(Chip):
    """A name: `known` and `proposal` (dashed) have a cross, `collective` and `doubtful` open a menu."""

    def __init__(self, context: Context, text: str, kind: str) -> None:
        super().__init__(context.icons, text, checkable=False, removable=kind in ("known", "proposal"))
        self._theme, self._kind = context.theme, kind
        if kind == "collective":
            self.setIcon(context.icons.icon("down", "text2", 14))
            self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        elif kind == "doubtful":
            self.setIcon(context.icons.mark("warning"))
            mark(self, kind="doubtful")
        self.setStyleSheet("QPushButton::menu-indicator { image: none; width: 0; }")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._kind != "proposal" or self.hasFocus():
            return
        painter = QPainter(self)
        painter.setPen(QPen(self._theme.colour("surface"), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        # The style sheet does not dash rounded borders.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._theme.colour("accent"), 1)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)


class MeasureCard(QFrame):
    """One measure with everything that can be changed in it."""

    def __init__(self, context: Context, desk: DraftDesk, acts: MeasureActs, measure: Measure) -> None:
        super().__init__()
        self._context, self._desk, self._acts, self._measure = context, desk, acts, measure
        assert desk.region is not None
        self._region: Region = desk.region
        self.setObjectName("measure_card")
        theme = context.theme
        self.setStyleSheet(
            f"QFrame#measure_card {{ background: {theme.colours['sel']}; border: none;"
            f" border-left: 3px solid {theme.colours['accent']}; border-bottom: 1px solid {theme.colours['line']}; }}"
        )
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnMinimumWidth(0, theme.px(28))
        body = column(self._head(), self._grid, gap=8, margins=(theme.px(9), 8, 12, 12))
        self._grid.setContentsMargins(theme.px(32), 0, 0, 0)
        self.setLayout(body)
        self._fill()

    def _head(self) -> object:
        number = labels_of(self._desk.draft.measures)[self._measure.key]
        digits = label(number, tone="text2")
        digits.setMinimumWidth(self._context.theme.px(24))
        digits.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        title = label(self._measure.title, "strong", name="card_title", wrap=True)
        edit = button("改文字…", "smallLink", "card_edit", self._acts.edit)
        split = button("拆成两条…", "smallLink", "card_split", self._acts.split)
        split.setVisible(bool(self._measure.content.strip()))
        more = icon_button(self._context.icons, "down", "更多", "smallLink", "card_more")
        more.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        more.setToolTip("合并、移动、加一条、删掉")
        more.clicked.connect(lambda: self._acts.pop_up(more.mapToGlobal(more.rect().bottomLeft())))
        line = row(digits, title, edit, split, more, gap=10)
        line.setStretch(1, 1)
        for part in (edit, split, more):
            line.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        return line

    def _fill(self) -> None:
        measure = self._measure
        if measure.content and not self._stands_in_source():
            self._line("内容", label(measure.content, tone="text2", name="card_content", wrap=True))
        for role in _ROLES:
            self._line(ROLE[role], self._duties(role))
        shared = measure.names(DutyRole.SHARED)
        if shared or measure.wording:
            words = "、".join(shared) or measure.wording
            self._line("分工", label(words, tone="text2", wrap=True))
        targets = self._desk.targets_at(measure.key)
        if targets:
            holder = QWidget()
            lines = (TargetLine(self._context, self._acts, t, self._region) for t in targets)
            holder.setLayout(column(*lines, gap=2))
            self._line("指标", holder)
        for name, text in (("时限", measure.deadline), ("备注", measure.remark)):
            if text:
                self._line(name, label(text, tone="text2", wrap=True))

    def _line(self, name: str, part: QWidget) -> None:
        at = self._grid.rowCount()
        caption = label(name, "label")
        caption.setContentsMargins(0, 4, 0, 0)
        self._grid.addWidget(caption, at, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(part, at, 1)

    def _stands_in_source(self) -> bool:
        """Whether the content can be read at the left as it is, so that it need not stand here again."""
        source = self._measure.source
        if not source:
            return False
        inside = (b.text for b in self._desk.draft.source if source[0] <= b.index <= source[-1])
        return re.sub(r"\s", "", self._measure.content) in re.sub(r"\s", "", "".join(inside))

    # Duties

    def _duties(self, role: DutyRole) -> QWidget:
        split = {
            name
            for problem in self._desk.problems_at(self._measure.key)
            if problem.code == "joined_names"
            for name in problem.facts.get("names", "").split("、")
        }
        chips: list[QWidget] = []
        duties = [d for d in self._measure.duties if d.role is role]
        for duty in duties:
            chips.append(self._chip(duty, duty.name in split))
        if role is DutyRole.IMPLEMENT and not duties:
            chips.append(label("还没有落实单位", "caption", "warn", "card_unassigned"))
        if role is DutyRole.SUPPORT and self._measure.open_ended:
            chips.append(label("等", tone="text2"))
        add = icon_button(
            self._context.icons,
            "plus",
            f"加{ROLE[role]}单位…",
            "icon",
            f"add_{role.value}",
            lambda: self._add(role),
        )
        add.setStyleSheet("min-width: 26px; min-height: 22px; max-height: 22px;")
        return flow(*chips, add)

    def _chip(self, duty: Duty, proposed: bool) -> QPushButton:
        if len(duty.unit_codes) == 1:
            made = DutyChip(self._context, duty.name, "proposal" if proposed else "known")
            unit = self._region.find(duty.unit_codes[0])
            made.setToolTip(f"{unit.name if unit else duty.name}。按一下去掉")
            made.clicked.connect(lambda: self._take_away(duty))
        elif duty.unit_codes:
            made = DutyChip(self._context, f"{duty.name}　{len(duty.unit_codes)}家", "collective")
            made.setMenu(self._menu(duty, made))
        else:
            made = DutyChip(self._context, duty.name, "doubtful")
            made.setToolTip(f"名单里没有“{duty.name}”，按一下选是哪一家")
            made.setMenu(self._menu(duty, made))
        made.setObjectName(f"duty_{duty.role.value}_{duty.name}")
        return made

    def _menu(self, duty: Duty, parent: QWidget) -> QMenu:
        menu = QMenu(parent)
        for unit in (self._region.find(code) for code in duty.unit_codes):
            if unit is not None:
                menu.addAction(QAction(unit.short_name, menu, enabled=False))
        if duty.unit_codes:
            menu.addSeparator()
        ask = "改名单…" if duty.unit_codes else "选是哪一家…"
        for words, told in ((ask, self._means), ("从这一条去掉", self._take_away)):
            action = QAction(words, menu)
            # The chip and its menu are deleted by what follows.
            action.triggered.connect(
                lambda _=False, told=told: QTimer.singleShot(0, self, lambda: told(duty))
            )
            menu.addAction(action)
        return menu

    def _take_away(self, duty: Duty) -> None:
        from desktop.services import drafting

        names = [n for n in self._measure.names(duty.role) if n != duty.name]
        self._desk.edit(
            lambda draft: drafting.set_duty_names(draft, self._measure.key, duty.role, names, self._region),
            f"去掉“{duty.name}”",
        )

    def _means(self, duty: Duty) -> None:
        ask_meaning(self._context, self._desk, duty.name, self.window(), duty.unit_codes)

    def _add(self, role: DutyRole) -> None:
        from desktop.services import drafting

        measure = self._measure
        before = measure.codes(role)
        number = labels_of(self._desk.draft.measures)[measure.key]
        title = f"{spoken_number(number)}：选{ROLE[role]}单位"
        picker = UnitPicker(
            self._context,
            title,
            self._region,
            before,
            hint=measure.title,
            may_be_empty=True,
            parent=self.window(),
        )

        def taken(codes: tuple[str, ...]) -> None:
            store = self._context.open_store
            region = store.units.region()
            if role is DutyRole.IMPLEMENT:
                self._desk.edit(
                    lambda draft: drafting.assign_in_draft(draft, measure.key, codes, region), title
                )
            else:
                names = _names_for(measure, role, codes, region)
                self._desk.edit(
                    lambda draft: drafting.set_duty_names(draft, measure.key, role, names, region), title
                )

        picker.picked.connect(taken)
        picker.open()


def _names_for(measure: Measure, role: DutyRole, codes: tuple[str, ...], region: Region) -> list[str]:
    """Names as written whose units are all still wanted, then the short names of what was added."""
    wanted = set(codes)
    kept = [d for d in measure.duties if d.role is role and (not d.unit_codes or set(d.unit_codes) <= wanted)]
    covered = {code for duty in kept for code in duty.unit_codes}
    added = [u.short_name for u in region.units if u.code in wanted - covered]
    return [d.name for d in kept] + added
