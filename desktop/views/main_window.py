"""The window of an open workspace: rail, top bar, and one page per place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.views.context import Context
from desktop.views.rail import Rail
from desktop.views.top_bar import TopBar
from desktop.views.widgets.dialog import TopWindow
from desktop.views.widgets.layout import column, row

DEFAULT_SIZE = QSize(1366, 696)
# 1366 × 768 at 150 %, less the task bar and the title.
MINIMUM_SIZE = QSize(900, 460)
NARROW_BELOW, COMPACT_BELOW = 1200, 1000


@dataclass(frozen=True)
class Place:
    """A place in the rail. `build` is called when it is first shown; `foot` puts it at the foot (设置).

    A page may have `refresh()`, called whenever it is shown or data changed, `open_target(target)` after
    navigation with one, `set_narrow(bool)` and `set_compact(bool)` as the window's width is, and `leave()`
    before another page or the end.
    """

    key: str
    title: str
    icon: str
    build: Callable[[Context], QWidget]
    foot: bool = False


class MainWindow(TopWindow):
    """Shows the first place. Pages are named by their place's key if they have no name of their own."""

    def __init__(self, context: Context, places: Sequence[Place]) -> None:
        super().__init__()
        self._context = context
        self._places = {place.key: place for place in places}
        self._pages: dict[str, QWidget] = {}
        self._place = ""
        self._narrow = self._compact = False
        self.rail = Rail(context.icons)
        self.top_bar = TopBar(context)
        self._stack = QStackedWidget()
        self._stack.setObjectName("pages")
        for place in places:
            self.rail.add(place.key, place.title, place.icon, place.foot)
        holder = QWidget()
        holder.setLayout(row(self.rail, column(self.top_bar, self._stack, gap=0), gap=0))
        holder.layout().setStretch(1, 1)
        self.setCentralWidget(holder)
        self.setWindowIcon(context.icons.app())
        self.setMinimumSize(MINIMUM_SIZE)
        self.resize(DEFAULT_SIZE)
        self._listen()
        self._name()
        if places:
            self.go_to(places[0].key)

    def _listen(self) -> None:
        signals = self._context.signals
        self.rail.chosen.connect(self.go_to)
        signals.navigated.connect(self._navigated)
        signals.badgeChanged.connect(self.rail.set_badge)
        signals.headChanged.connect(self._name)
        signals.quarterChanged.connect(self._name)
        signals.quarterChanged.connect(self.refresh)
        signals.changed.connect(self.refresh)
        signals.searchWanted.connect(self.open_search)
        signals.helpWanted.connect(self.open_help)
        for keys, opened in (("Ctrl+K", self.open_search), ("F1", self.open_help)):
            QShortcut(QKeySequence(keys), self).activated.connect(opened)

    @property
    def keys(self) -> tuple[str, ...]:
        """The places in their order."""
        return tuple(self._places)

    @property
    def place(self) -> str:
        """The key of the place that is shown."""
        return self._place

    @property
    def page(self) -> QWidget | None:
        return self._pages.get(self._place)

    def page_of(self, key: str) -> QWidget:
        """The page of a place, built if it was not shown before. Raises KeyError for an unknown place."""
        if key not in self._pages:
            page = self._places[key].build(self._context)
            if not page.objectName():
                page.setObjectName(key)
            self._pages[key] = page
            self._stack.addWidget(page)
            _call(page, "set_narrow", self._narrow)
            _call(page, "set_compact", self._compact)
        return self._pages[key]

    def go_to(self, key: str, target: object = None) -> None:
        """Show a place. Raises KeyError for an unknown one."""
        page = self.page_of(key)
        if key != self._place:
            if self.page is not None:
                _call(self.page, "leave")
            self._place = key
            self._stack.setCurrentWidget(page)
            # Otherwise Qt gives the focus, and its ring, to whatever button comes next.
            page.setFocus()
        self.rail.choose(key)
        _call(page, "refresh")
        if target is not None:
            _call(page, "open_target", target)

    def open_search(self) -> None:
        """查找 in all plans and quarters. What is being typed is kept when it loses the focus, and so is found."""
        from desktop.views.dialogs.search import open_search

        if self._context.store is not None:
            open_search(self._context, self)

    def open_help(self) -> None:
        """What the place that is shown is for, and its keys."""
        from desktop.views.dialogs.help import show_help

        show_help(self._context, self._place, self)

    def _navigated(self, key: str, target: object) -> None:
        # Other places (the start page) are the program's.
        if key in self._places:
            self.go_to(key, target)

    def refresh(self) -> None:
        """The page that is shown reads anew; the others do so when they are shown."""
        if self.page is not None:
            _call(self.page, "refresh")

    @property
    def narrow(self) -> bool:
        """Below 1200 px at 100 %: the right panes fold."""
        return self._narrow

    @property
    def compact(self) -> bool:
        """Below 1000 px at 100 %: the lists fold too."""
        return self._compact

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px = self._context.theme.px
        narrow, compact = self.width() < px(NARROW_BELOW), self.width() < px(COMPACT_BELOW)
        if narrow != self._narrow:
            self._narrow = narrow
            self.rail.set_narrow(narrow)
            for page in self._pages.values():
                _call(page, "set_narrow", narrow)
        if compact != self._compact:
            self._compact = compact
            for page in self._pages.values():
                _call(page, "set_compact", compact)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        # Dialogs first: what was typed in them belongs to the page that is left.
        if event.isAccepted() and self.page is not None:
            _call(self.page, "leave")

    def _name(self) -> None:
        context = self._context
        quarter = context.quarter.chinese if context.quarter else ""
        parts = [part for part in ("蓝天季报", context.unit_name, quarter) if part]
        self.setWindowTitle(" — ".join(parts) + ("（示例）" if context.sample else ""))


def _call(page: QWidget, name: str, *arguments: object) -> None:
    method = getattr(page, name, None)
    if callable(method):
        method(*arguments)
