"""The pane at the right: what the checks say of this entry, and what was written last quarter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.domain.checks import Finding
from desktop.domain.plan import Severity
from desktop.services.surveying import FillingRow
from desktop.views.context import Context
from desktop.views.icons import mark_word
from desktop.views.pages.filling_last import LastQuarter
from desktop.views.rail import RailButton
from desktop.views.widgets.layout import clear, column, row
from desktop.views.widgets.notices import SectionHead
from desktop.views.widgets.scroll import Scroll
from desktop.views.widgets.styling import button, label, pane, picture, rule
from desktop.wording import findings

_LINKS = {Severity.ERROR: "去填写", Severity.WARNING: "去核对", Severity.HINT: "去看看"}


class HintsPane(Scroll):
    """`wanted(finding)` when its link is used, `explain` when 写说明 is; what `last` tells, it tells itself."""

    wanted = Signal(object)
    explain = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._shown: object = None
        self._editable = False
        self.setObjectName("hints")
        self.setAccessibleName("检查提示和上季填的")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = pane("surface2")
        self._checks = QVBoxLayout()
        self._checks.setSpacing(10)
        self._rule = rule()
        self.last = LastQuarter(context)
        body.setLayout(column(self._checks, self._rule, self.last, None, gap=14, margins=(14, 14, 14, 14)))
        self.setWidget(body)
        self.setMinimumWidth(context.theme.px(240))

    def show_row(self, shown: FillingRow, last_quarter: str, editable: bool) -> None:
        """Show an entry's findings; `last_quarter` in words, empty where there was none."""
        self._rule.setVisible(self.last.show_row(shown, last_quarter, editable))
        state = (shown.measure.key, shown.findings, editable, shown.entry.empty)
        if state != self._shown:
            self._shown, self._editable = state, editable
            clear(self._checks)
            self._fill_checks(shown)

    def show_nothing(self) -> None:
        """An entry that is not asked for is not checked."""
        self._shown = None
        clear(self._checks)
        self.last.hide()
        self._rule.hide()

    def _fill_checks(self, shown: FillingRow) -> None:
        icons, found = self._context.icons, shown.findings
        left = len(shown.open_findings)
        caption = f"这一条有{left}处" if left else "都说明了" if found else ""
        self._checks.addWidget(SectionHead(icons, "检查提示", caption))
        if not found:
            text = "填了以后，要改、要核对的会列在这里。" if shown.entry.empty else "这一条没有要改的。"
            if shown.entry.empty:
                self._checks.addWidget(label(text, tone="text3", name="no_findings", wrap=True))
            else:
                words = label(text, tone="text2", name="no_findings", wrap=True)
                line = row(picture(icons, "mark-ok", size=14), words, gap=8)
                line.setStretch(1, 1)
                self._checks.addLayout(line)
        for number, finding in enumerate(found):
            self._checks.addWidget(self._finding(finding, number))

    def _finding(self, finding: Finding, number: int) -> QWidget:
        icons = self._context.icons
        settled = finding.explained
        sign = picture(icons, "mark-ok" if settled else f"mark-{_MARKS[finding.severity]}", size=14)
        sign.setToolTip("已说明" if settled else mark_word(finding.severity))
        sign.setAccessibleName(sign.toolTip())
        title = label(findings.title(finding), wrap=True)
        advice = label(findings.advice(finding), "caption", wrap=True)
        link = button(
            _LINKS[finding.severity], "smallLink", f"finding_{number}", lambda: self.wanted.emit(finding)
        )
        links = row(link, gap=4)
        if finding.wants_explanation:
            advice.setText(f"{findings.advice(finding)}{findings.EXPLAIN}")
            if self._editable:
                links.addWidget(button("写说明", "smallLink", f"explain_{number}", self.explain.emit))
        elif finding.explained:
            links.addWidget(label("已在“说明”里写了", "caption", "good", f"explained_{number}"))
        links.addStretch(1)
        holder = QWidget()
        words = column(title, advice, links, gap=2)
        line = row(column(3, sign, None, gap=0), words, gap=8)
        line.setStretch(1, 1)
        holder.setLayout(line)
        return holder


_MARKS = {Severity.ERROR: "must", Severity.WARNING: "look", Severity.HINT: "note"}


class StripButton(RailButton):
    """A place in the strip that stands for the folded pane."""

    def show_icon(self, icon: str) -> None:
        self._picture = icon
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(62), self._theme.px(58))


class HintsStrip(QFrame):
    """The folded pane: 64 px with 提示, 上季, 原文."""

    def __init__(self, context: Context, opened: Callable[[], None], text_wanted: Callable[[], None]) -> None:
        super().__init__()
        icons = context.icons
        self.setObjectName("hints_strip")
        self.setProperty("pane", "surface2")
        self.setFixedWidth(context.theme.px(64))
        self.hints = StripButton(icons, "提示", "mark-ok")
        self.last = StripButton(icons, "上季", "history")
        self.text = StripButton(icons, "原文", "doc")
        layout = column(self.hints, self.last, self.text, None, gap=2, margins=(0, 8, 0, 8))
        layout.setContentsMargins(1, 8, 1, 8)
        self.setLayout(layout)
        names = ("strip_hints", "strip_last", "strip_text")
        for made, name, told in zip(
            (self.hints, self.last, self.text), names, (opened, opened, text_wanted), strict=True
        ):
            made.setObjectName(name)
            made.setCheckable(False)
            made.setAutoExclusive(False)
            made.clicked.connect(lambda _=False, told=told: told())

    def show_nothing(self) -> None:
        """An entry that is not asked for is not checked."""
        self.hints.set_badge(0)
        self.hints.show_icon("mark-ok")
        self.last.hide()

    def show_row(self, shown: FillingRow, last: bool) -> None:
        self.hints.set_badge(len(shown.open_findings))
        # What nobody has filled yet is not in order: nothing is said of it.
        well = "mark-note" if shown.entry.empty else "mark-ok"
        self.hints.show_icon(f"mark-{_MARKS[shown.worst]}" if shown.worst else well)
        self.last.setVisible(last and shown.previous is not None and not shown.previous.empty)
