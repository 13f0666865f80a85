"""What one unit said about one measure, in full."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from desktop.domain.checks import Finding
from desktop.domain.report import Entry, ProgressStatus
from desktop.domain.summary import SummaryRow
from desktop.domain.targets import Target
from desktop.domain.unit import Unit
from desktop.views.context import Context
from desktop.views.dialogs.evidence import show_evidence
from desktop.views.icons import MARKS, lamp_token, lamp_word
from desktop.views.widgets.dialog import Dialog
from desktop.views.widgets.file_chips import file_chips
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.scroll import Scroll
from desktop.views.widgets.styling import label, pane, picture
from desktop.wording.findings import title, why
from desktop.wording.terms import FIELD, goal, number


class EntryDialog(Dialog):
    """Words, readings beside their targets, evidence; `said`: how far they count; `findings`: what the checks find in it.
    Enter and Esc close.
    """

    def __init__(
        self, context: Context, unit: Unit, line: SummaryRow, entry: Entry, before: ProgressStatus | None = None,
        parent: QWidget | None = None, said: str = "", findings: tuple[Finding, ...] = (),
    ) -> None:  # fmt: skip
        super().__init__(unit.name, f"{line.label}　{line.title}", 640, parent)
        self.setObjectName("entry_dialog")
        self._context = context
        inside = column(gap=4)
        self._status(inside, entry, before)
        self._findings(inside, findings, entry)
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

    def _findings(self, inside: QVBoxLayout, findings: tuple[Finding, ...], entry: Entry) -> None:
        if not findings:
            return
        inside.addSpacing(8)
        inside.addWidget(label("要留意的", "label"))
        for number_, finding in enumerate(findings):
            mark = picture(self._context.icons, MARKS[finding.severity][0], size=14)
            mark.setFixedHeight(self._context.theme.px(20))
            words = column(
                label(title(finding), name=f"finding_{number_}", wrap=True),
                label(why(finding, entry.explanation), "caption", wrap=True),
                gap=0,
            )
            line = row(mark, words, gap=8)
            line.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
            line.setStretch(1, 1)
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
