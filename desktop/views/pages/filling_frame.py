"""How the filling page is laid out: list, editor with its footer, and the pane that folds where room is short."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QWidget

from desktop.views.context import Context
from desktop.views.pages.filling_editor import EntryEditor
from desktop.views.pages.filling_former import FormerView
from desktop.views.pages.filling_hints import HintsPane, HintsStrip
from desktop.views.pages.filling_list import EntryList
from desktop.views.widgets.drawer import Drawer
from desktop.views.widgets.elided import ElidedLabel
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import Banner
from desktop.views.widgets.styling import button, footer_bar, icon_button, rule

_WIDE, _NARROW = (316, 690, 284), (264, 752)


class FillingFrame(QWidget):
    """The parts of the page; it knows where they stand, not what they do. `workbooksDropped(paths)`: .xlsx let go over it."""

    workbooksDropped = Signal(list)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._theme, self._narrow = context.theme, False
        self.entries = EntryList(context)
        self.editor = EntryEditor(context)
        self.hints = HintsPane(context)
        self.strip = HintsStrip(context, self.toggle_hints, self.editor.measure.unfold)
        self.notice = Banner(context.icons, "info")
        self.notice.setObjectName("filling_notice")
        self.news = Banner(context.icons, "info")
        self.news.setObjectName("plan_news")
        self.news.hide()
        self.comments = Banner(context.icons, "warn")
        self.comments.setObjectName("comments_banner")
        self.comments.hide()
        self.rescued = Banner(context.icons, "good")
        self.rescued.setObjectName("rescued_banner")
        self.rescued.hide()
        self.trouble = Banner(context.icons, "bad")
        self.trouble.setObjectName("filling_trouble")
        self.trouble.hide()
        self._holder = QFrame()
        self._holder.setObjectName("hints_holder")
        self._holder.setProperty("pane", "surface2")
        self._holder.setLayout(row(rule(vertical=True), self.hints, gap=0))
        self._middle = QWidget()
        margins = (context.theme.space("page"), 12, context.theme.space("page"), 8)
        self._all_banners = (self.rescued, self.notice, self.news, self.comments, self.trouble)
        self._banners = QWidget()
        self._banners.setLayout(column(*self._all_banners, gap=8, margins=margins))
        self.former = FormerView(context)
        self._stack = QStackedWidget()
        for part in (self.editor, self.former):
            self._stack.addWidget(part)
        self._middle.setLayout(column(self._banners, self._stack, self._footer(context), gap=0))
        self._middle.layout().setStretch(1, 1)
        self._middle.setMinimumWidth(context.theme.px(480))
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setObjectName("filling_splitter")
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        for part in (self.entries, self._middle, self._holder):
            self._splitter.addWidget(part)
        self._splitter.setStretchFactor(1, 1)
        self._splitter.setSizes([context.theme.px(width) for width in _WIDE])
        context.settings.keep_splitter("filling", self._splitter)
        self.strip.hide()
        room = context.theme.px(_NARROW[0] + 40)
        self.list_drawer = Drawer(self, self.entries, room, self._put_list_back, self.entries.list)
        for told in (self.entries.list.clicked, self.entries.list.opened):
            told.connect(lambda _: self.list_drawer.close())
        for opener in (self.editor.measure.list_button, self.former.list_button):
            opener.clicked.connect(self.toggle_list)
        self.setLayout(row(self._splitter, self.strip, gap=0))
        self.layout().setStretch(0, 1)
        for banner in self._all_banners:
            banner.installEventFilter(self)
        self.setAcceptDrops(True)
        self._keys()
        self._show_banners()

    def _footer(self, context: Context) -> QFrame:
        icons = context.icons
        self.before = icon_button(icons, "up", "上一条", name="previous_entry")
        self.before.setToolTip("Alt+↑")
        self.after = icon_button(icons, "down", "下一条", name="next_entry")
        self.after.setToolTip("Alt+↓")
        self.undo = button("撤销", name="undo")
        self.redo = button("重做", name="redo")
        self.saving = ElidedLabel("边写边存，不用点保存", "caption", whole=True)
        self.saving.setObjectName("saving_hint")
        self.send = button("全部填完后送审核", name="send_to_review")
        self.next = button("下一条未填", "primary", "next_unfilled", shortcut="Ctrl+Enter")
        bar = footer_bar(icons, "filling_footer")
        side = context.theme.space("page")
        bar.setLayout(
            row(
                *(
                    self.before,
                    self.after,
                    4,
                    self.undo,
                    self.redo,
                    4,
                    self.saving,
                    None,
                    self.send,
                    self.next,
                ),
                margins=(side, 5, side, 5),
            )
        )
        return bar

    def _keys(self) -> None:
        for keys, told in (
            ("Ctrl+L", self.toggle_list),
            ("Ctrl+R", self.toggle_hints),
            ("F6", self.next_pane),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(told)
        for part, left in ((self._holder, self._close_float), (self.editor, self.entries.list.setFocus)):
            leave = QShortcut(QKeySequence("Esc"), part)
            leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            leave.activated.connect(left)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._show_banners()
        return super().eventFilter(watched, event)

    def _show_banners(self) -> None:
        hidden = (banner.isHidden() for banner in self._all_banners)
        self._banners.setVisible(not all(hidden))

    def show_former(self, shown: bool) -> None:
        """In the editor's place, what is not asked for any more; nothing is checked there."""
        self._stack.setCurrentWidget(self.former if shown else self.editor)
        self.hints.setEnabled(not shown)
        self.strip.setEnabled(not shown)
        if shown:
            self.hints.show_nothing()
            self.strip.show_nothing()

    def set_narrow(self, narrow: bool) -> None:
        """Below 1200 px the right pane folds to a strip and opens over the editor."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.strip.setVisible(narrow)
        if narrow:
            self._holder.setParent(self)
            self._holder.hide()
        else:
            self._splitter.addWidget(self._holder)
            self._holder.show()
        self._share()

    def set_compact(self, compact: bool) -> None:
        """Below 1000 px the list folds too; Ctrl+L and the button at the title open it over the editor."""
        self.list_drawer.set_folded(compact)
        for opener in (self.editor.measure.list_button, self.former.list_button):
            opener.setVisible(compact)
        self._share()

    def _put_list_back(self, entries: QWidget) -> None:
        self._splitter.insertWidget(0, entries)

    def _share(self) -> None:
        sizes = _NARROW if self._narrow else _WIDE
        if not self.list_drawer.folded:
            self._splitter.setSizes([self._theme.px(width) for width in sizes])

    def toggle_list(self) -> None:
        self.list_drawer.toggle()

    def toggle_hints(self) -> None:
        self.list_drawer.close()
        self._holder.setVisible(self._holder.isHidden())
        if self._narrow and self._holder.isVisible():
            self._place_float()
            self._holder.raise_()
            self.hints.setFocus()

    def close_hints(self) -> None:
        """Where the pane lies over the editor, put it away."""
        if self._narrow:
            self._holder.hide()

    def next_pane(self) -> None:
        """F6: list, editor, pane, and round again."""
        panes = [p for p in (self.entries, self.editor, self._holder) if p.isVisible()]
        focused = self.focusWidget()
        place = next((i for i, p in enumerate(panes) if focused is not None and p.isAncestorOf(focused)), -1)
        target = panes[(place + 1) % len(panes)]
        if target is self.entries:
            self.entries.list.setFocus()
        elif target is self.editor:
            self.editor.progress.edit.setFocus()
        else:
            self.hints.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _workbooks(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.workbooksDropped.emit(_workbooks(event.mimeData()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._narrow:
            self._place_float()

    def _place_float(self) -> None:
        width = self._theme.px(300)
        self._holder.setGeometry(self.width() - self.strip.width() - width, 0, width, self.height())

    def _close_float(self) -> None:
        self.close_hints()
        self.editor.setFocus()


def _workbooks(data: QMimeData) -> list[Path]:
    """The spreadsheets among dragged files; one in an old form is told so when it is opened."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() in (".xlsx", ".xls", ".xlsm", ".et")]
