"""首次启动: make a workspace, open one, or try the sample. There is no rail: nothing is open yet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from desktop import __version__
from desktop.domain.errors import UserError
from desktop.services import opening
from desktop.views.context import Context
from desktop.views.dialogs.help import show_help
from desktop.views.drives import Drives, mounted_drives
from desktop.views.errors import show_in_banner
from desktop.views.pages.appearance import Appearance
from desktop.views.pages.start_form import NewWorkspaceForm
from desktop.views.pages.start_open import OpenPane, SampleCard
from desktop.views.pages.start_restore import SnapshotOffer, ask_for_backup, tell
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import Banner
from desktop.views.widgets.scroll import Scroll
from desktop.views.widgets.styling import button, footer_bar, label, pane
from desktop.wording.keeping import put_back_told, restored_told

if TYPE_CHECKING:
    from desktop.services.restoring import PutBack
    from desktop.storage import Store

_WIDEST = 1100


class StartPage(QWidget):
    """Shown alone in its window; `opened(store)` is called with the workspace that was made or opened."""

    def __init__(
        self, context: Context, opened: Callable[[Store], None], drives: Drives = mounted_drives
    ) -> None:
        super().__init__()
        self.setObjectName("start")
        self._context, self._opened = context, opened
        self.form = NewWorkspaceForm(context, drives)
        self.open_pane = OpenPane(context)
        self.sample = SampleCard(context)
        self._banner = Banner(context.icons, "bad")
        self._banner.setObjectName("start_banner")
        self._banner.hide()
        self.form.made.connect(self._open_store)
        self.form.failed.connect(self._say)
        self._offer = SnapshotOffer(context, self._banner, self._put_back, self._say, self)
        self.open_pane.wanted.connect(self.open_folder)
        self.open_pane.restore_wanted.connect(self.restore)
        self.sample.wanted.connect(self.open_folder)
        self.sample.failed.connect(self._say)
        QShortcut(QKeySequence("F1"), self).activated.connect(self.open_help)
        self.setLayout(column(self._scrolled(self._content()), self._footer(), gap=0))

    def _content(self) -> QWidget:
        left = column(label("新建工作区", "title"), 2, self.form, gap=8)
        right = column(self.open_pane, 16, self.sample, None, gap=12)
        self._halves = row(left, right, gap=self._context.theme.px(40))
        self._halves.setStretch(0, 62)
        self._halves.setStretch(1, 44)
        inner = QWidget()
        inner.setMaximumWidth(self._context.theme.px(_WIDEST))
        self._under_head = column(self._head(), self._banner, self._halves, None, gap=12)
        inner.setLayout(self._under_head)
        holder = pane("surface")
        outer = self._outer = row(gap=0)
        outer.addStretch(1)
        outer.addWidget(inner, 1000)
        outer.addStretch(1)
        holder.setLayout(outer)
        return holder

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._space()

    def _space(self) -> None:
        """Air where there is room for it."""
        px, size = self._context.theme.px, self.size()
        roomy, wide = size.height() >= px(600), size.width() >= px(1000)
        self._outer.setContentsMargins(24, px(52 if roomy else 12), 24, 16 if roomy else 8)
        self._under_head.setSpacing(px(26 if roomy else 12))
        self._halves.setSpacing(px(40 if wide else 24))
        self.form.set_roomy(roomy)

    def _head(self) -> QWidget:
        icon = QLabel()
        icon.setPixmap(self._context.icons.app().pixmap(self._context.theme.px(40)))
        words = label("行动方案按季填报、签发、报送。不联网，内容只放在您选的文件夹里。", tone="text2")
        rule = label("本程序不得处理涉密信息", "strong", "warn", "no_secrets")
        holder = QWidget()
        holder.setLayout(row(icon, column(label("蓝天季报", "title"), words, gap=0), None, rule, gap=16))
        return holder

    def _scrolled(self, content: QWidget) -> Scroll:
        area = Scroll()
        area.setWidget(content)
        return area

    def _footer(self) -> QFrame:
        bar = footer_bar(self._context.icons, "start_footer")
        appearance = self._appearance = Appearance(self._context, "tool")
        told = button("这一页怎么用 F1", "smallLink", "open_help", self.open_help)
        bar.setLayout(
            row(
                label(f"版本 {__version__}", "caption", name="version"), told, None, appearance.said,
                label("显示大小", "caption"), appearance.scale, 8, label("外观", "caption"), appearance.look,
                margins=(24, 0, 24, 0),
            )
        )  # fmt: skip
        return bar

    def open_help(self) -> None:
        """How a workspace is made, opened or brought back."""
        show_help(self._context, self.objectName(), self)

    def refresh(self) -> None:
        """Reads the list of workspaces anew."""
        self.open_pane.refresh()

    def open_folder(self, folder: Path) -> Store | None:
        """Opens a workspace; where that is refused, says why and what can be done, and returns None."""
        try:
            store = opening.open_workspace(folder, self._context.actor, self._context.now())
        except UserError as error:
            self.refused(folder, error)
            return None
        self._open_store(store)
        return store

    def refused(self, folder: Path, error: UserError) -> None:
        """Says why a workspace was not opened; a damaged one is offered its automatic copy."""
        self._say(error)
        if error.code in opening.DAMAGED:
            self._offer.look(folder)
        if error.code == "workspace_missing" and folder in self._context.settings.recent:
            self._banner.add_action("从列表里去掉", lambda: self._forget(folder), "small", "forget_recent")

    def restore(self) -> None:
        """从备份恢复: into a new folder, which is then opened."""
        ask_for_backup(self._context, self.window(), self._restored)

    def _restored(self, folder: Path) -> None:
        store = self.open_folder(folder)
        if store is not None:
            from desktop.services.clearing import unfinished_restores

            told = restored_told(folder, store.workspace.leads, unfinished_restores(folder))
            tell("已经从备份恢复", told)

    def _put_back(self, put: PutBack) -> None:
        self._open_store(put.store)
        told = put_back_told(put.snapshot, put.aside, put.store.workspace.leads, self._context.today())
        tell("已经用自动备份恢复", told)

    def _open_store(self, store: Store) -> None:
        self._banner.hide()
        self._opened(store)

    def _forget(self, folder: Path) -> None:
        self._context.settings.forget_workspace(folder)
        self._banner.hide()
        self.open_pane.refresh()

    def _say(self, error: Exception) -> None:
        self._offer.forget()
        self._banner.clear_actions()
        if isinstance(error, UserError):
            show_in_banner(self._banner, error)
        else:
            self._context.show_error(error)
