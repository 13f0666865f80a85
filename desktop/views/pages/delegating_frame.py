"""How the page of 县内分工 is laid out: bureaus at the left, measures with their bar and footer at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QWidget

from desktop.views.context import Context
from desktop.views.pages.delegating_bureaus import BureauPane
from desktop.views.pages.delegating_measures import MeasureList
from desktop.views.widgets.elided import ElidedLabel
from desktop.views.widgets.inputs import SearchBox
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import Banner, EmptyState
from desktop.views.widgets.styling import button, footer_bar, page_bar, pane


class DelegatingFrame(QSplitter):
    """The parts of the page; it knows where they stand, not what they do."""

    def __init__(self, context: Context) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._context = context
        self.pane = BureauPane(context)
        self.measures = MeasureList(context.icons)
        self.measures.setObjectName("measure_list")
        self.measures.setAccessibleName("措施和承办部门")
        self.nothing = EmptyState(context.icons, "search", "")
        self.banner = Banner(context.icons, "good")
        self.banner.setObjectName("delegating_banner")
        self._lists = QStackedWidget()
        self._lists.addWidget(self.measures)
        self._lists.addWidget(self.nothing)
        self._banners = QWidget()
        self._banners.setLayout(column(self.banner, margins=(12, 12, 12, 0)))
        self._banners.hide()
        right = pane()
        right.setLayout(column(self._bar(), self._banners, self._lists, self._foot(), gap=0))
        right.layout().setStretch(2, 1)
        self.setObjectName("delegating_splitter")
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.addWidget(self.pane)
        self.addWidget(right)
        self.setStretchFactor(1, 1)
        self.setSizes([context.theme.px(316), context.theme.px(974)])
        context.settings.keep_splitter("delegating", self)

    def set_narrow(self, narrow: bool) -> None:
        """Below 1200 px the bureaus take less room."""
        left = self._context.theme.px(264 if narrow else 316)
        self.setSizes([left, max(self.width() - left, left)])

    def say(self, text: str) -> None:
        """What was done, above the measures; nothing said is nothing shown."""
        self.banner.say("good", text)
        self._banners.setVisible(bool(text))

    def show_list(self, shown: bool) -> None:
        """The measures, or why there are none."""
        self._lists.setCurrentWidget(self.measures if shown else self.nothing)

    def _bar(self) -> QFrame:
        context = self._context
        self.name = ElidedLabel("", "strong")
        self.name.setObjectName("bureau_shown")
        self.facts = ElidedLabel("", "caption", "text2")
        self.facts.setObjectName("bureau_facts")
        self.change = button("改…", "tool", "change_bureau")
        self.change.setToolTip("F2")
        self.remove = button("删去…", "tool", "remove_bureau")
        self.fill = button("去填报", "tool", "fill_these")
        self.fill.setToolTip("在填报里只看这个部门的措施")
        self.search = SearchBox(context.icons, "筛选措施、单位")
        self.search.setObjectName("delegating_search")
        self.search.setProperty("kind", "tool")
        self.search.setFixedWidth(context.theme.px(150))
        bar = page_bar(context.icons)
        parts = (self.name, self.facts, self.change, self.remove, self.fill, self.search)
        line = row(*parts, gap=8, margins=(12, 0, 12, 0))
        line.setStretch(1, 1)
        bar.setLayout(line)
        return bar

    def _foot(self) -> QFrame:
        context = self._context
        self.said = ElidedLabel("", "caption", "text2", whole=True)
        self.said.setObjectName("picked_count")
        self.give_up = button("不分给它了", name="undelegate")
        self.give_up.setToolTip("Delete")
        self.give = button("分给…", name="delegate")
        self.give.setToolTip("Enter")
        self.accept = button("", "primary", "take_proposals", shortcut="Ctrl+Enter")
        foot = footer_bar(context.icons)
        line = row(self.said, self.give_up, self.give, self.accept, margins=(12, 0, 12, 0))
        line.setStretch(0, 1)
        foot.setLayout(line)
        return foot
