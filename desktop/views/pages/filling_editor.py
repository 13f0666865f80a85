"""The editor of one entry: what is asked above, what is said below, in the order in which people write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.checks import Finding
from desktop.domain.plan import Severity
from desktop.domain.report import Entry, Evidence, ProgressStatus
from desktop.services.surveying import FillingRow
from desktop.views.context import Context
from desktop.views.pages.comment_parts import CommentList
from desktop.views.pages.filling_fields import TONES, TextField
from desktop.views.pages.filling_former import FormerStrip
from desktop.views.pages.filling_measure import MeasureHead
from desktop.views.pages.filling_readings import ReadingsTable
from desktop.views.widgets.file_chips import EvidenceZone
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import Banner
from desktop.views.widgets.scroll import Scroll
from desktop.views.widgets.status_picker import StatusPicker
from desktop.views.widgets.styling import button, label, mark
from desktop.wording import findings

_REASON, _ANSWER = "写清原因", "要核对的地方确实没有错，在这里写明原因"


class EntryEditor(Scroll):
    """Shows one row. `edited` when something was entered; files come in as `filesGiven`, go as `fileRemoved`.

    `typing(field, target, text)` at every keystroke, `fieldLeft` when the hand goes elsewhere; `undoWanted`, `redoWanted`
    from the fields' menus.
    """

    edited = Signal()
    typing = Signal(str, str, str)
    fieldLeft = Signal()
    undoWanted = Signal()
    redoWanted = Signal()
    filesGiven = Signal(list)
    filesWanted = Signal()
    fileRemoved = Signal(str)
    fileOpened = Signal(str)
    historyWanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        icons = context.icons
        self._row: FillingRow | None = None
        self._status: ProgressStatus | None = None
        self._evidence: tuple[Evidence, ...] = ()
        self._editable = True
        self.setObjectName("entry_editor")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.measure = MeasureHead(context)
        self.returned = Banner(icons, "warn")
        self.returned.setObjectName("returned_banner")
        self.comments = CommentList(context)
        self.former = FormerStrip(context)
        self.picker = StatusPicker(icons)
        self.picker.setObjectName("status")
        self._status_reason = label("", "caption", "bad", "status_reason")
        self.progress = TextField(icons, "progress", "进展情况", "写清本季度做了什么、做到哪一步", 5)
        self.readings = ReadingsTable(icons)
        self.readings.setObjectName("readings")
        self.readings.stand_after(self.progress.edit)
        self.explanation = TextField(icons, "explanation", "说明", _REASON, 2)
        self.problems = TextField(icons, "problems", "存在问题", "写清卡在哪里、影响多少；没有就不写", 3)
        self.next_steps = TextField(icons, "next_steps", "下一步措施", "写清谁、什么时候、做到哪一步", 3)
        self.fields = (self.progress, self.explanation, self.problems, self.next_steps)
        self.evidence = EvidenceZone(icons)
        self.evidence.setObjectName("evidence")
        self.evidence.setAccessibleName("佐证材料")
        self._arrange(context)
        self._listen()

    def _arrange(self, context: Context) -> None:
        status = row(label("进展状态", "label"), self.picker, gap=12)
        status.setStretch(1, 1)
        self._pair = QWidget()
        self._pair.setLayout(row(self.problems, self.next_steps, gap=12))
        for place in (0, 1):
            self._pair.layout().setStretch(place, 1)
        self.history = button("改动记录…", "smallLink", "entry_history", self.historyWanted.emit)
        self.history.setToolTip("谁在什么时候改了什么（Ctrl+H）")
        self._proof = QWidget()
        proof = row(label("佐证材料", "label"), self.evidence, gap=12)
        proof.setStretch(1, 1)
        self._proof.setLayout(proof)
        body = QWidget()
        body.setProperty("pane", "surface")
        side = context.theme.space("page")
        body.setLayout(
            column(
                *(
                    self.measure,
                    self.returned,
                    self.comments,
                    self.former,
                    status,
                    self._status_reason,
                    self.progress,
                    self.readings,
                ),
                *(self.explanation, self._pair, self._proof, row(self.history, None), None),
                gap=10,
                margins=(side, 12, side, 16),
            )
        )
        self.setWidget(body)
        self.stand_in_margin()

    def _listen(self) -> None:
        self.picker.changed.connect(self._chosen)
        self.readings.edited.connect(self.edited)
        self.readings.typing.connect(lambda target, text: self.typing.emit("reading", target, text))
        for field in self.fields:
            field.edited.connect(self.edited)
            field.edit.textChanged.connect(lambda field=field: self._typed(field))
            field.edit.left.connect(self.fieldLeft)
            field.edit.undoWanted.connect(self.undoWanted)
            field.edit.redoWanted.connect(self.redoWanted)
        self.evidence.filesDropped.connect(self.filesGiven)
        self.evidence.chooseRequested.connect(self.filesWanted)
        self.evidence.removed.connect(self.fileRemoved)
        self.evidence.opened.connect(self.fileOpened)

    @property
    def entry(self) -> Entry | None:
        """What stands in the fields now."""
        if self._row is None:
            return None
        stored = self._row.entry
        return replace(
            stored,
            status=self._status,
            **{field.name: field.text for field in self.fields},
            readings=self.readings.readings(stored.readings),
            evidence=self._evidence,
        )

    @property
    def key(self) -> str:
        return self._row.measure.key if self._row else ""

    def show_row(self, shown: FillingRow, own: str, editable: bool, report_id: str = "") -> None:
        """Show an entry of a report as it is stored. What was typed before must have been flushed and saved."""
        other = shown.measure.key != self.key
        self._row, self._editable = shown, editable
        self._status, self._evidence = shown.entry.status, shown.entry.evidence
        self.measure.show_row(shown, own)
        self.returned.say("warn", "这一条被退回了", shown.returned)
        self.returned.setVisible(bool(shown.returned))
        self.picker.set_status(shown.entry.status)
        self.picker.setEnabled(editable)
        for field in self.fields:
            field.show_text(getattr(shown.entry, field.name))
            field.set_editable(editable)
        self.readings.show_row(shown, report_id)
        self.readings.set_editable(editable)
        self.show_saved(shown)
        if other:
            self.verticalScrollBar().setValue(0)

    def show_saved(self, shown: FillingRow) -> None:
        """What a save changed: findings, files, which fields are asked for. The texts stay as they are typed."""
        self._row = shown
        self._evidence = shown.entry.evidence
        found = {f.field: f for f in reversed(shown.findings)}
        for field in self.fields:
            field.show_finding(found.get(field.name))
        self._status_reason.setVisible("status" in found)
        if "status" in found:
            missing = shown.entry.status is None
            self._status_reason.setText("五个里选一个" if missing else findings.title(found["status"]))
            mark(self._status_reason, tone=TONES[found["status"].severity] or "text3")
        self.readings.show_findings(shown.findings)
        self.evidence.set_files([(e.digest, e.name, e.size) for e in self._evidence], self._editable)
        self.evidence.setAcceptDrops(self._editable)
        self.evidence.link.setVisible(self._editable)
        self.evidence.text.setVisible(self._editable or not self._evidence)
        self.evidence.text.setText(
            "把文件拖到这里、按 Ctrl+V 贴截图，或" if self._editable else "没有佐证材料"
        )
        self._show_asked(shown)

    def _show_asked(self, shown: FillingRow) -> None:
        """不涉及 needs only its reason; the explanation is there when something asks for it. Nothing written hides."""
        entry = shown.entry
        not_ours = self._status is ProgressStatus.NOT_APPLICABLE
        warned = any(f.severity is Severity.WARNING for f in shown.findings)
        asked = not_ours or warned or any(f.field == "explanation" for f in shown.findings)
        self.explanation.edit.setPlaceholderText(_ANSWER if warned and not not_ours else _REASON)
        self.explanation.setVisible(asked or bool(self.explanation.text.strip()))
        self.progress.setVisible(not not_ours or bool(entry.progress.strip()))
        self.readings.setVisible(bool(shown.targets) and (not not_ours or bool(entry.readings)))
        self._pair.setVisible(not not_ours or bool(entry.problems.strip() or entry.next_steps.strip()))

    def flush(self) -> None:
        """Take up what was typed a moment ago."""
        for field in self.fields:
            field.edit.flush()
        self.readings.flush()

    def _typed(self, field: TextField) -> None:
        # Under the hand also what was typed and taken away again: nothing is left to put back then.
        stored = getattr(self._row.entry, field.name) if self._row is not None else field.text
        if self._row is not None and (field.text != stored or field.edit.hasFocus()):
            self.typing.emit(field.name, "", field.text)

    def give_evidence(self, kept: Evidence) -> None:
        """Name a file in the entry; the same content is named once."""
        others = tuple(e for e in self._evidence if e.digest != kept.digest)
        self._evidence = (*others, kept)
        self.edited.emit()

    def take_evidence(self, digest: str) -> None:
        self._evidence = tuple(e for e in self._evidence if e.digest != digest)
        self.edited.emit()

    def put(self, status: ProgressStatus | None, texts: Mapping[str, str]) -> None:
        """Put these into the fields, as if they had been typed; nothing is told."""
        if status is not None:
            self._status = status
            self.picker.set_status(status)
        for name, text in texts.items():
            field = self.field_named(name)
            if field is not None:
                field.show_text(text)

    def put_cursor(self, name: str, place: int) -> None:
        """Put a text's cursor behind so many signs."""
        field = self.field_named(name)
        if field is not None:
            field.put_cursor(place)

    def field_named(self, name: str) -> TextField | None:
        return next((field for field in self.fields if field.name == name), None)

    def show_field(self, field: TextField) -> None:
        """Let a field be seen that nothing asks for, until the next save."""
        field.setVisible(True)
        if self._pair.isAncestorOf(field):
            self._pair.setVisible(True)

    def focused_field(self) -> TextField | None:
        return next((field for field in self.fields if field.edit.hasFocus()), None)

    def focus_finding(self, finding: Finding) -> None:
        """Go to the field that a finding speaks of."""
        self.focus_field(finding.field, finding.target)

    def focus_field(self, name: str, target: str = "") -> None:
        """Put the focus on a field and bring it into sight."""
        field = self.field_named(name)
        place: QWidget | None
        if field is not None:
            self.show_field(field)
            field.edit.setFocus()
            place = field
        elif name == "reading":
            place = self.readings.focus(target)
        elif name == "evidence":
            self.evidence.link.setFocus()
            place = self.evidence
        else:
            place = self.picker
            chosen = self.picker.status or ProgressStatus.COMPLETED
            button = self.picker.findChild(QWidget, f"status_{chosen.value}")
            if button is not None:
                button.setFocus()
        if place is not None:
            self.ensureWidgetVisible(place, 0, 24)

    def _chosen(self, status: ProgressStatus) -> None:
        self._status = status
        self.edited.emit()
