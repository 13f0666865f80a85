"""本机: who sits here and how large things are. 关于: what this is and where its files lie."""

from __future__ import annotations

from getpass import getuser
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from desktop import __version__
from desktop.views.context import Context
from desktop.views.pages.settings_backup import BackupPart
from desktop.views.pages.start import scale_combo
from desktop.views.widgets.elided import ElidedLabel
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.scroll import Scroll
from desktop.views.widgets.styling import button, label, pane, rule

_FONTS = "界面和报告附带思源黑体、思源宋体（Noto Sans SC、Noto Serif SC），按 SIL 开放字体许可证 1.1 使用。"
_WIDTH = 560


class ComputerSection(Scroll):
    """What this computer remembers, and the workspace's backups."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.actor = QLineEdit(context.settings.word("actor"))
        self.actor.setObjectName("actor")
        self.actor.setAccessibleName("操作人姓名")
        self.actor.setPlaceholderText("写您的姓名")
        self.actor.setMaxLength(40)
        self.actor.setFixedWidth(context.theme.px(240))
        self.actor.editingFinished.connect(self.keep_actor)
        said = label("", "caption", name="scale_word")
        scale = scale_combo(context, said)
        self.backup = BackupPart(context)
        inner = QWidget()
        inner.setMaximumWidth(context.theme.px(_WIDTH + 120))
        inner.setLayout(
            column(
                label("操作人姓名", "label"), row(self.actor, None),
                label(f"写进操作日志，好知道每一步是谁做的。不填就记电脑的登录名“{getuser()}”。", "caption", wrap=True),
                16, label("显示大小", "label"), row(scale, said, None, gap=12), 16, self.backup, None,
                gap=6,
            )
        )  # fmt: skip
        outer = row(inner, None)
        outer.setStretch(0, 100)
        body = pane("surface")
        body.setLayout(column(outer, None, gap=0, margins=(24, 20, 24, 16)))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(body)

    def refresh(self) -> None:
        """Reads anew when the last backups were made."""
        self.backup.refresh()

    def keep_actor(self) -> None:
        """Keeps the name as soon as the field is left."""
        name = self.actor.text().strip()
        if name != self._context.settings.word("actor"):
            self._context.settings.set_word("actor", name)
            self._context.note_saved()


class AboutSection(QWidget):
    """Version, folders, fonts, and the way to another workspace."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        store = context.store
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(1, 1)
        lines = [("版本", label(f"蓝天季报 {__version__}", name="version"))]
        if store is not None:
            lines.append(("工作区", self._place(store.folder, store.folder, "workspace")))
        lines.append(("日志", self._place(context.paths.log, context.paths.log.parent, "log")))
        licences = context.paths.licences
        if licences is not None:
            lines.append(("许可证", self._place(licences, licences.parent, "licences")))
        lines.append(("字体", label(_FONTS, wrap=True, name="fonts")))
        lines.append(("涉密", label("本程序不得处理涉密信息。", tone="warn", name="no_secrets")))
        for number, (word, shown) in enumerate(lines):
            grid.addWidget(label(word, tone="text2"), number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(shown, number, 1)
        other = button("换一个工作区", name="other_workspace", clicked=lambda: context.navigate("start"))
        word = label("已填的都存好了，关闭这个工作区，回到首页。", "caption")
        inner = QWidget()
        inner.setMaximumWidth(context.theme.px(_WIDTH + 200))
        inner.setLayout(column(grid, 4, rule(), 4, row(other, word, None, gap=12), gap=12))
        outer = row(inner, None)
        outer.setStretch(0, 100)
        self.setLayout(column(outer, None, gap=0, margins=(24, 20, 24, 16)))

    def _place(self, path: Path, folder: Path, name: str) -> QWidget:
        shown = ElidedLabel(str(path), middle=True)
        shown.setObjectName(f"{name}_path")
        opener = button("打开文件夹", "smallLink", f"open_{name}", lambda: self._context.files.show(folder))
        holder = QWidget()
        line = row(shown, opener, gap=12)
        line.setStretch(0, 1)
        holder.setLayout(line)
        return holder
