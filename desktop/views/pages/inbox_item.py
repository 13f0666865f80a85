"""One file of the inbox: what it is, whether it holds, what it would change."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.package import InboxItem
from desktop.services import handing_back, previewing
from desktop.services.approving import scan_in
from desktop.services.inspecting import Inspection
from desktop.views.context import Context
from desktop.views.dialogs.approvals import show_scan
from desktop.views.dialogs.entries import EntriesDialog
from desktop.views.dialogs.paper import show_paper
from desktop.views.pages import inbox_words as words
from desktop.views.pages.inbox_changes import ChangesTable
from desktop.views.pages.inbox_facts import FactsCard
from desktop.views.pages.plan_titles import plan_titles
from desktop.views.widgets.elided import ElidedLabel
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.scroll import Scroll
from desktop.views.widgets.styling import icon_button, label, pane


class ItemView(QWidget):
    """Title, checks, and for a submission what would change. `handed(folder, files)` after originals were written out."""

    handed = Signal(object, int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, icons = context, context.icons
        self._seen: Inspection | None = None
        self._shown: InboxItem | None = None
        self._title = label("", "title", name="inbox_title")
        # A plan's title may be longer than the page is wide.
        self._caption = ElidedLabel("", "caption")
        self._caption.setObjectName("inbox_caption")
        self._paper = icon_button(icons, "eye", "看 PDF", "tool", "inbox_pdf", self._show_paper)
        self._scan = icon_button(icons, "clip", "看签批单", "tool", "inbox_scan", self._show_scan)
        self._all = icon_button(icons, "list", "看全部", "tool", "inbox_all", self._show_all)
        self.facts, self.changes = FactsCard(icons), ChangesTable(icons)
        self._back = self.facts.banner.add_action(
            "交还原件…", self._hand_back, "smallLink", "inbox_hand_back"
        )
        self.list_button = icon_button(icons, "list", "收到的文件（Ctrl+L）", "icon", "open_list")
        self.list_button.hide()
        self._head, self._below = row(self._title, gap=10), row(gap=10)
        ground = pane("surface")
        head = column(row(self.list_button, self._head, gap=10), self._below, gap=4)
        ground.setLayout(column(head, self.facts, self.changes, None, gap=12, margins=(20, 10, 20, 16)))
        self.scroll = Scroll()
        self.scroll.setWidget(ground)
        self.setLayout(column(self.scroll))
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow window what stands beside the title goes under it."""
        line = self._below if narrow else self._head
        while self._head.count() > 1:
            self._head.takeAt(1)
        while self._below.count():
            self._below.takeAt(0)
        line.addWidget(self._caption)
        line.addStretch(1)
        line.addWidget(self._scan)
        line.addWidget(self._paper)
        line.addWidget(self._all)
        self._title.setWordWrap(narrow)
        self._head.setStretch(0, 1 if narrow else 0)

    def show_item(self, item: InboxItem, seen: Inspection) -> None:
        """Show a file as inspecting it said."""
        store = self._context.store
        assert store is not None
        self._seen, self._shown = seen, item
        title, caption = words.heading(item, seen, store.units.region(), plan_titles(store))
        self._title.setText(title)
        self._caption.setText(caption)
        self._caption.setVisible(bool(caption))
        self.facts.show_facts(
            words.verdict(item, seen), words.shown_facts(item, seen), words.details(item, seen)
        )
        document = seen.document
        for part in (self._paper, self._all, self.changes):
            part.setVisible(document is not None)
        self._scan.setVisible(seen.approval is not None)
        self._back.setVisible(handing_back.may_hand_back(store, item))
        if document is not None:
            self._all.setText(f"看全部{len(document.rows)}条")
        self.changes.show_submission(seen)
        self.scroll.verticalScrollBar().setValue(0)

    def _show_paper(self) -> None:
        if self._seen is not None:
            show_paper(self._context, self._title.text(), self._seen.opened.files["report.pdf"], self)

    def _show_scan(self) -> None:
        """The sheet that the issuer signed on paper, out of the package: also before anything was decided."""
        if self._seen is not None and self._seen.approval is not None:
            approval = self._seen.approval
            packed = scan_in(self._seen.opened.files, approval)
            show_scan(self._context, approval.scan, self, packed)

    def _hand_back(self) -> None:
        """The very bytes that came, for a unit that lost them."""
        from desktop.views.dialogs.hand_back import HandBackDialog

        if self._shown is not None:
            dialog = HandBackDialog(self._context, self._shown, self.window())
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.handed.connect(self.handed)
            dialog.open()

    def _show_all(self) -> None:
        if self._seen is not None and self._seen.document is not None:
            document, files = self._seen.document, self._seen.opened.files
            shelf = previewing.in_package(document, files)
            dialog = EntriesDialog(self._context, document, shelf, self.window())
            dialog.exec()
            dialog.deleteLater()
