"""How the export page is laid out: the steps with their banner, the pane beside them, or why there is nothing to write."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.views.context import Context
from desktop.views.drives import Drives
from desktop.views.pages.export_parts import AsidePane, FileTable, StageStrip
from desktop.views.pages.export_target import TargetChooser
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import Banner, EmptyState, JobBar
from desktop.views.widgets.scroll import Scroll
from desktop.views.widgets.styling import button, icon_button, label, mark, pane, rule


class ExportFrame(QStackedWidget):
    """The parts of the page; it knows where they stand, not what they do."""

    def __init__(self, context: Context, drives: Drives) -> None:
        super().__init__()
        self._theme, icons = context.theme, context.icons
        self.caption = label("", tone="text2", name="export_caption")
        self.pdf = icon_button(icons, "eye", "看 PDF", "tool", "export_pdf")
        self.scan = icon_button(icons, "clip", "看签批单", "tool", "export_scan")
        self.code = button("核对纸上的码…", "smallLink", "export_paper_code")
        self.code.setToolTip("Ctrl+Shift+K")
        self.banner = Banner(icons, large=True)
        self.banner.setObjectName("export_banner")
        self.open = self.banner.add_action("打开文件夹", name="export_open_folder")
        self.notice = self.banner.add_action("写出撤回通知…", name="export_notice")
        self.mend = self.banner.add_action("去修改", kind="primary", name="export_mend")
        self.stop = self.banner.add_action("停止", name="export_stop")
        self.write = self.banner.add_action("写入U盘", kind="primary", name="export_write")
        self.write.setToolTip("Ctrl+Enter")
        self.back = button("撤回这一次…", "smallLink", "export_withdraw")
        self.target = TargetChooser(context, drives)
        self.noticing = JobBar()
        self.table, self.stages = FileTable(icons), StageStrip(icons)
        self.aside = AsidePane(context)
        self.empty = EmptyState(icons, "usb", "还没有签发")
        self.addWidget(self._nothing())
        self.addWidget(self._report())

    def _nothing(self) -> QWidget:
        # An older quarter's print is asked about while this one is not signed yet, too.
        self.code_before = button("核对纸上的码…", "smallLink", "export_paper_code_before")
        made = QWidget()
        made.setLayout(column(row(None, self.code_before, margins=(24, 14, 24, 0)), self.empty, gap=0))
        made.layout().setStretch(1, 1)
        return made

    def _report(self) -> QWidget:
        title = label("导出报送", "title")
        head = row(title, self.caption, None, self.code, self.back, self.scan, self.pdf, gap=14)
        body = column(
            *(head, self.banner, self.noticing, self.target, self.table, self.stages),
            gap=20,
            margins=(24, 14, 24, 24),
        )
        body.setSpacing(self._theme.px(18))
        self._folded = column(gap=0)
        ground = pane("surface")
        ground.setLayout(column(body, self._folded, None, gap=0))
        scroll = Scroll()
        scroll.setObjectName("export_scroll")
        scroll.setWidget(ground)
        # What it tells may be higher than the page: then it scrolls by itself.
        self.margin = Scroll()
        self.margin.setObjectName("export_margin")
        self.margin.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.margin.setFixedWidth(self._theme.px(AsidePane.WIDTH))
        self.margin.setWidget(self.aside)
        made = QWidget()
        made.setLayout(row(scroll, rule(vertical=True), self.margin, gap=0))
        made.layout().setStretch(0, 1)
        return made

    def show_nothing(self, title: str, text: str, action: str) -> None:
        """Why there is nothing to write, and the way on."""
        self.empty.say(title, text, action)
        self.setCurrentIndex(0)

    def show_report(self) -> None:
        """The steps of a signed report."""
        self.setCurrentIndex(1)

    def show_actions(self, *shown: QWidget | None) -> None:
        """What can be done in the banner; nothing else is offered."""
        for action in (self.open, self.notice, self.mend, self.stop, self.write):
            action.setVisible(action in shown)

    def say_write(self, text: str, primary: bool = True) -> None:
        """What the page's primary action says."""
        self.write.setText(text)
        self.write.setAccessibleName(text)
        mark(self.write, kind="primary" if primary else "secondary")

    def set_narrow(self, narrow: bool) -> None:
        """Below 1200 px the right pane goes under the steps."""
        self.margin.setVisible(not narrow)
        if narrow:
            self.margin.takeWidget()
            self.aside.setMinimumHeight(0)
            self._folded.addWidget(self.aside)
        elif self.margin.widget() is None:
            self.margin.setWidget(self.aside)
        self.aside.show()
