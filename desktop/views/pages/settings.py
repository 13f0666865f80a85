"""设置: units, collective terms, the rules of checking, reports, this computer, about."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.views.context import Context
from desktop.views.models.rows import ListRow
from desktop.views.pages.settings_about import AboutSection, ComputerSection
from desktop.views.pages.settings_letter import LetterSection
from desktop.views.pages.settings_lists import TermSection, UnitSection
from desktop.views.pages.settings_rules import RulesSection
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.row_list import RowList
from desktop.views.widgets.styling import label, page_bar, rule

_SECTIONS = (
    ("units", "单位"),
    ("terms", "统称"),
    ("rules", "审核规则"),
    ("letter", "报告"),
    ("computer", "本机"),
    ("about", "关于"),
)
_LIST_WIDTH = 200


class SettingsPage(QWidget):
    """`open_target` takes a section's key: units, terms, rules, letter (where there is a superior), computer, about."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("settings")
        self._context = context
        self.units, self.terms = UnitSection(context), TermSection(context)
        self.rules, self.letter = RulesSection(context), LetterSection(context)
        self.computer, self.about = ComputerSection(context), AboutSection(context)
        self.list = RowList(context.icons, one_line=True)
        self.list.setObjectName("settings_list")
        self.list.setAccessibleName("设置的各部分")
        self._narrow = self._compact = False
        self._stack = QStackedWidget()
        for section in (self.units, self.terms, self.rules, self.letter, self.computer, self.about):
            self._stack.addWidget(section)
        bar = page_bar(context.icons, "settings_bar")
        bar.setLayout(row(label("设置", "strong"), None, margins=(16, 0, 16, 0)))
        left = QWidget()
        left.setFixedWidth(context.theme.px(_LIST_WIDTH))
        left.setLayout(column(self.list, gap=0))
        below = row(left, rule(vertical=True), self._stack, gap=0)
        below.setStretch(2, 1)
        self.setLayout(column(bar, below, gap=0))
        self.layout().setStretch(1, 1)
        self._fill_list()
        self.list.chosen.connect(self.show_section)
        self.list.choose("units")

    def show_section(self, key: str) -> None:
        self._stack.setCurrentIndex([name for name, _ in _SECTIONS].index(key))

    def open_target(self, target: object) -> None:
        self.list.choose(str(target))

    def refresh(self) -> None:
        """Reads units, terms and rules anew."""
        self.units.refresh()
        self.terms.refresh()
        self.rules.refresh()
        self.letter.refresh()
        self.computer.refresh()
        self._fill_list()

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.units.set_room(narrow, self._compact)

    def set_compact(self, compact: bool) -> None:
        self._compact = compact
        self.units.set_room(self._narrow, compact)

    def leave(self) -> None:
        self.computer.keep_actor()
        self.letter.leave()

    def _fill_list(self) -> None:
        store = self._context.store
        counts = {}
        if store is not None:
            region = store.units.region()
            counts = {"units": f"{len(region.units)}家", "terms": f"{len(region.terms)}个"}
        # Who reports to nobody writes no letters.
        reports = store is not None and store.workspace.superior is not None
        shown = [(key, word) for key, word in _SECTIONS if key != "letter" or reports]
        self.list.set_rows([ListRow(key, word, right_top=counts.get(key, "")) for key, word in shown])
