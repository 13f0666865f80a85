"""总览: five figures, then who, what, and now; beside it the city's own figures."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QFrame, QSplitter, QStackedWidget, QWidget

from desktop.domain.package import InboxItem, InboxState
from desktop.domain.summary import SummaryDocument
from desktop.domain.unit import Unit
from desktop.services import summarising
from desktop.services.citywide import CityOverview
from desktop.services.noticing import Noticed
from desktop.storage import Store
from desktop.views.context import Context
from desktop.views.dialogs.desk_entry import EntryDialog
from desktop.views.pages.desk_aside import Aside, AsidePane
from desktop.views.pages.desk_city import CityPane
from desktop.views.pages.desk_city_words import tab
from desktop.views.pages.desk_contrast import ContrastPane
from desktop.views.pages.desk_export import SummaryExport
from desktop.views.pages.desk_figures import FigureBar
from desktop.views.pages.desk_found import show_found
from desktop.views.pages.desk_matrix import MatrixPane
from desktop.views.pages.desk_noticed import NoticeReader
from desktop.views.pages.desk_strip import WaitingStrip
from desktop.views.pages.desk_words import figures, said_something, unit_rows, units_to_look_at
from desktop.views.pages.plan_titles import plan_titles
from desktop.views.spot import Spot
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import EmptyState, SectionHead
from desktop.views.widgets.row_list import RowList
from desktop.views.widgets.styling import button, icon_button, label, page_bar, rule

_WIDTHS = (262, 760, 268)
_LIST, _UNFOLDED = 204, 244


class DeskPage(QWidget):
    """One quarter of one plan over all units; of a superior's workspace."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("desk")
        self._context = context
        self._document: SummaryDocument | None = None
        self._units: dict[str, Unit] = {}
        self._waiting: tuple[InboxItem, ...] = ()
        self._noticed: Noticed | None = None
        self._notices = NoticeReader(context, self)
        self._narrow = self._exporting = False
        self.figures = FigureBar(context)
        self.list = RowList(context.icons)
        self.list.setObjectName("unit_list")
        self.list.setAccessibleName("各地填报")
        self.matrix = MatrixPane(context)
        self.aside = AsidePane(context)
        self.city = CityPane(context)
        self.contrast = ContrastPane(context)
        self.export = SummaryExport(context)
        self._empty = EmptyState(context.icons, "grid", "", clicked=self._leave_empty)
        self._empty_goal = ""
        self._stack = QStackedWidget()
        self._stack.addWidget(self._panes())
        self._stack.addWidget(self._empty)
        self.setLayout(column(self._stack, gap=0))
        self._notices.found.connect(self._show_noticed)
        self.city.saved.connect(self._city_saved)
        self.list.chosen.connect(self.matrix.go_to_unit)
        self.list.clicked.connect(lambda _: self.matrix.go_to_unit(self.list.key))
        self.list.opened.connect(self._open_unit)
        self.matrix.opened.connect(self.open_entry)
        self.contrast.opened.connect(self._show_behind)
        self.aside.look_wanted.connect(lambda digest: context.navigate("inbox", digest))
        self.aside.fold_wanted.connect(self._fold)

    def _panes(self) -> QWidget:
        context = self._context
        self._look = button("", "primary", "look_waiting", self._go_inbox, "Ctrl+Enter")
        self._export = icon_button(
            context.icons, "send", "导出通报…", name="export_summary", clicked=self._start_export
        )
        self._export_first = button(
            "导出通报…", "primary", "export_summary_first", self._start_export, "Ctrl+Enter"
        )
        self._why_not = label("", "caption", name="export_why_not")
        bar = page_bar(context.icons, "desk_bar")
        bar.setFixedHeight(context.theme.px(64))
        actions = (self._why_not, self._export, self._look, self._export_first)
        line = row(self.figures, *actions, margins=(16, 0, 12, 0))
        line.setStretch(0, 1)
        bar.setLayout(line)
        left = QWidget()
        self._head = SectionHead(context.icons, "各地填报")
        self._head.layout().setContentsMargins(12, 12, 12, 10)
        left.setLayout(column(self._head, rule(), self.list, gap=0))
        self._strip = WaitingStrip(context, self._unfold)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setObjectName("desk_splitter")
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        for part in (left, self.matrix, self.aside):
            self._splitter.addWidget(part)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([context.theme.px(width) for width in _WIDTHS])
        context.settings.keep_splitter("desk", self._splitter)
        units = QWidget()
        units.setLayout(row(self._splitter, self._strip, gap=0))
        self._views = QStackedWidget()
        self._views.addWidget(units)
        self._views.addWidget(self.city)
        self._views.addWidget(self.contrast)
        holder = QWidget()
        holder.setLayout(column(bar, self._made_tabs(), self.export, self._views, gap=0))
        holder.layout().setStretch(3, 1)
        return holder

    def _made_tabs(self) -> QFrame:
        """Units, the city's own figures where the plan sets some for the city, and the units side by side."""
        self._tabs = page_bar(self._context.icons, "desk_tabs")
        self._units_tab = button("各地进展", "tab", "tab_units")
        self._city_tab = button("全市指标", "tab", "tab_city")
        self._contrast_tab = button("得分和对比", "tab", "tab_contrast")
        self._choice = QButtonGroup(self)
        tabs = (self._units_tab, self._city_tab, self._contrast_tab)
        for at, made in enumerate(tabs):
            self._choice.addButton(made, at)
        self._units_tab.setChecked(True)
        self._choice.idToggled.connect(lambda at, on: self._views.setCurrentIndex(at) if on else None)
        self._tabs.setLayout(row(*tabs, None, gap=0, margins=(4, 0, 12, 0)))
        return self._tabs

    # Reading

    def refresh(self) -> None:
        """Reads the quarter anew; what is chosen, filtered and scrolled to stays."""
        context, store = self._context, self._context.store
        if store is None:
            return
        if not context.plan_id:
            self._say_empty(
                "plan", "还没有方案", "导入行动方案、分派任务以后，这里看各地的进展。", "去导入方案"
            )
        elif context.quarter is None:
            self._say_empty(
                "distribute", "还没有开放季度", "定好季度的三个日期并下发，各地就可以填报。", "去开放季度"
            )
        else:
            self._stack.setCurrentIndex(0)
            self.export.look_for_lost()
            self._show(store, str(context.quarter))

    def _say_empty(self, goal: str, title: str, text: str, action: str) -> None:
        self._document, self._empty_goal = None, goal
        self._empty.say(title, text, action)
        self._stack.setCurrentWidget(self._empty)

    def _leave_empty(self) -> None:
        self._context.navigate(self._empty_goal)

    def _show(self, store: Store, quarter: str) -> None:
        context = self._context
        # First, because what was typed and is not kept yet belongs into the summary.
        self._show_city(self.city.show_quarter(store, context.plan_id, quarter))
        document = summarising.summary(store, context.plan_id, quarter, context.now())
        self._document = document
        self._units = {unit.code: unit for unit in store.units.region().units}
        inbox = store.packages.inbox()
        self._waiting = tuple(item for item in inbox if item.state is InboxState.WAITING)
        self._before = summarising.last_statuses(store, context.plan_id, quarter)
        self.figures.show_figures(figures(document))
        self._head.set_caption(f"{len(document.units)}家")
        self.matrix.show_summary(document, self._units, self._before)
        self._show_units()
        self.contrast.show_quarter(document, self._units)
        today = tuple(item for item in inbox if item.received_at.date() == context.today())
        due = {
            line.unit.code: report.due
            for line in document.units
            if (report := store.reports.latest(context.plan_id, line.unit.code, quarter)) and report.due
        }
        self.aside.show_aside(
            Aside(self._waiting, today, document.units, self._units, document.due, due, plan_titles(store))
        )
        self._strip.show_numbers(len(self._waiting), len(today), document.units)
        self._notices.read(store, context.plan_id, quarter)
        self._show_actions()

    def _show_noticed(self, noticed: Noticed | None) -> None:
        self._noticed = noticed
        self.matrix.show_noticed(noticed)
        self._show_units()

    def _show_units(self) -> None:
        document, noticed = self._document, self._noticed
        if document is not None:
            to_look = units_to_look_at(document, noticed) if noticed is not None else {}
            self.list.set_rows(unit_rows(document.units, to_look))

    def _show_city(self, seen: CityOverview) -> None:
        self._city_tab.setVisible(bool(seen.rows))
        if not seen.rows and self._city_tab.isChecked():
            self._units_tab.setChecked(True)
        self._say_city(seen)

    def _say_city(self, seen: CityOverview) -> None:
        self._city_tab.setText(tab(seen))
        self._city_tab.setAccessibleName(self._city_tab.text())

    def _city_saved(self, seen: CityOverview) -> None:
        """What is exported next says what was just typed."""
        self._say_city(seen)
        if self._document is not None:
            self._document = replace(self._document, city=tuple(found.line for found in seen.rows))

    def _show_actions(self) -> None:
        waiting = len(self._waiting)
        possible = self._document is not None and any(said_something(line) for line in self._document.units)
        self._look.setText(f"看等您定的{waiting}件")
        self._look.setAccessibleName(self._look.text())
        self._look.setVisible(waiting > 0)
        self._export.setVisible(waiting > 0)
        self._export_first.setVisible(waiting == 0)
        for made in (self._export, self._export_first):
            made.setEnabled(possible and not self._exporting)
        self._why_not.setText("" if possible else "收下第一份季报后，可以导出通报")
        self._why_not.setVisible(not possible)

    # What the person does

    def _go_inbox(self) -> None:
        first = self._waiting[0].digest if self._waiting else None
        self._context.navigate("inbox", first)

    def _open_unit(self, code: str) -> None:
        """A unit that waits is looked at in the inbox; any other has its column in the matrix."""
        context, store = self._context, self._context.open_store
        # A unit may wait with several plans and quarters: the one that is shown is meant.
        item = summarising.waiting_items(store, context.plan_id, str(context.quarter)).get(code)
        if item is not None:
            self._context.navigate("inbox", item.digest)
            return
        self.matrix.go_to_unit(code)
        self.matrix.view.setFocus()

    def _show_behind(self, measure_key: str, code: str) -> None:
        """From the heat to its first entry, in the matrix with everything that is behind."""
        self._units_tab.setChecked(True)
        self.matrix.show_behind(measure_key, code)

    def open_entry(self, measure_key: str, code: str) -> None:
        """Shows the whole entry of a cell; nothing for a cell without one."""
        line, unit = self.matrix.row_of(measure_key), self._units.get(code)
        cell = line.cell(code) if line else None
        if line is None or unit is None or cell is None or cell.entry is None:
            return
        dialog = EntryDialog(
            self._context, unit, line, cell.entry, self._before.get((code, measure_key)), self.window(),
            findings=self._noticed.findings.get((measure_key, code), ()) if self._noticed else (),
        )  # fmt: skip
        dialog.exec()
        dialog.deleteLater()

    def _start_export(self) -> None:
        self.city.flush()
        document, store = self._document, self._context.store
        if document is None or store is None:
            return
        self._exporting = True
        self._show_actions()
        stem = f"{store.units.region().name}_{document.quarter}"
        self.export.start(document, stem, self._export_ended)

    def _export_ended(self) -> None:
        self._exporting = False
        self._show_actions()

    # Room

    def set_narrow(self, narrow: bool) -> None:
        """Below 1200 px the right pane folds to a strip."""
        self._narrow = narrow
        self.aside.set_foldable(narrow)
        self.aside.setVisible(not narrow)
        self._strip.setVisible(narrow)
        if narrow:
            self._share_room(0)

    def set_compact(self, compact: bool) -> None:
        self.city.set_compact(compact)
        self.contrast.set_compact(compact)

    def leave(self) -> None:
        """Keeps what was typed up to now."""
        self.city.flush()

    def open_target(self, target: object) -> None:
        """`city` shows the city's own figures, `contrast` the units side by side, a Spot the entry that was found."""
        if target == "city" and self._city_tab.isVisibleTo(self):
            self._city_tab.setChecked(True)
        elif target == "contrast":
            self._contrast_tab.setChecked(True)
        elif isinstance(target, Spot):
            self._units_tab.setChecked(True)
            self.matrix.clear_filter()
            self.matrix.view.go_to(target.measure_key, target.unit_code)
            show_found(self._context, self._document, target, self.window())

    def _unfold(self) -> None:
        self.aside.show()
        self._strip.hide()
        self._share_room(_UNFOLDED)
        self.aside.fold.setFocus()

    def _fold(self) -> None:
        if self._narrow:
            self.aside.hide()
            self._strip.show()
            self._share_room(0)

    def _share_room(self, aside: int) -> None:
        """Where room is short: the list as narrow as its words allow, the right pane as wide as its own, the matrix the rest."""
        px = self._context.theme.px
        rest = self._splitter.width() - px(_LIST) - px(aside)
        self._splitter.setSizes([px(_LIST), max(rest, px(300)), px(aside)])
