"""What one unit said about one measure, in full."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QWidget

from desktop.domain.report import Entry, ProgressStatus, SummaryRow
from desktop.domain.targets import Target
from desktop.domain.unit import Unit
from desktop.views.context import Context
from desktop.views.dialogs.evidence import show_evidence
from desktop.views.icons import lamp_token, lamp_word
from desktop.views.widgets.dialog import Dialog
from desktop.views.widgets.file_chips import file_chips
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.scroll import Scroll
from desktop.views.widgets.styling import label, pane
from desktop.wording.terms import FIELD, goal, number


class EntryDialog(Dialog):
    """Words, readings beside their targets, evidence; `said`: how far they count. Enter and Esc close."""

    def __init__(
        self, context: Context, unit: Unit, line: SummaryRow, entry: Entry, before: ProgressStatus | None = None,
        parent: QWidget | None = None, said: str = "",
    ) -> None:  # fmt: skip
        super().__init__(unit.name, f"{line.label}　{line.title}", 640, parent or QApplication.activeWindow())
        self.setObjectName("entry_dialog")
        self._context = context
        inside = column(gap=4)
        self._status(inside, entry, before)
        self._readings(inside, [t for t in line.targets if t.concerns(unit.code)], entry)
        for name in ("progress", "problems", "next_steps", "explanation"):
            if getattr(entry, name).strip():
                self._say(inside, FIELD[name], getattr(entry, name), name)
        self._evidence(inside, entry)
        inside.addStretch(1)
        ground = pane("surface")
        ground.setLayout(inside)
        area = Scroll()
        area.setWidget(ground)
        self.give_room(area, context.theme.px(300), context.theme.px(200))
        self.body.addWidget(label(unit.name, tone="text2", name="entry_unit"))
        if said:
            self.body.addWidget(label(said, tone="warn", name="entry_said", wrap=True))
        self.body.addWidget(area, 1)
        self.add_button("关闭", "primary", "entry_close", self.accept)

    def _status(self, inside: object, entry: Entry, before: ProgressStatus | None) -> None:
        line = row(gap=6)
        if entry.status is not None:
            lamp = QLabel()
            lamp.setPixmap(self._context.icons.lamp_pixmap(entry.status))
            word = label(lamp_word(entry.status), "strong", name="entry_status")
            word.setStyleSheet(f"color: {self._context.theme.colours[lamp_token(entry.status)]};")
            line.addWidget(lamp)
            line.addWidget(word)
        if before is not None:
            line.addWidget(label(f"上季{lamp_word(before)}", "caption"))
        line.addStretch(1)
        inside.addLayout(line)

    def _readings(self, inside: object, targets: list[Target], entry: Entry) -> None:
        if not targets:
            return
        inside.addSpacing(8)
        inside.addWidget(label(FIELD["reading"], "label"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        for number_, target in enumerate(targets):
            value = entry.reading(target.key)
            said = f"{number(value)}{target.unit}" if value is not None else "没有填"
            grid.addWidget(label(target.indicator, wrap=True), number_, 0)
            grid.addWidget(label(said, "strong", name=f"reading_{target.key}"), number_, 1)
            wanted = goal(target.comparator, target.value, target.unit)
            grid.addWidget(label(f"目标 {wanted}", tone="text2"), number_, 2)
        inside.addLayout(grid)

    def _say(self, inside: object, name: str, text: str, field: str) -> None:
        inside.addSpacing(8)
        inside.addWidget(label(name, "label"))
        said = label(text, name=f"entry_{field}", wrap=True)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inside.addWidget(said)

    def _evidence(self, inside: object, entry: Entry) -> None:
        inside.addSpacing(8)
        inside.addWidget(label(FIELD["evidence"], "label"))
        if not entry.evidence:
            inside.addWidget(label("没有附材料", tone="text3", name="no_evidence"))
            return
        files = file_chips(self._context.icons, entry.evidence)
        files.opened.connect(lambda digest: show_evidence(self._context, entry.evidence, digest, self))
        inside.addWidget(files)
