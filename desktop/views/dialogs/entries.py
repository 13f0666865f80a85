"""Every entry of a submission in full: measures at the left, what was said at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.letter import SECTION_WORDS, Letter
from desktop.domain.report import ReportDocument, ReportRow
from desktop.services.previewing import Shelf
from desktop.views.context import Context
from desktop.views.dialogs.evidence import show_evidence
from desktop.views.icons import UNFILLED, lamp_word
from desktop.views.models.rows import ListRow
from desktop.views.widgets.dialog import OwnedDialog
from desktop.views.widgets.file_chips import file_chips
from desktop.views.widgets.inputs import SearchBox
from desktop.views.widgets.layout import clear, column, row
from desktop.views.widgets.row_list import RowList
from desktop.views.widgets.scroll import Scroll
from desktop.views.widgets.styling import label, pane, rule
from desktop.wording.terms import FIELD, goal, number

# No measure has a key that begins with a space.
_LETTER = " letter"


class EntriesDialog(OwnedDialog):
    """看全部n条: filters as you type; Esc closes. `shelf` holds the files that entries name."""

    def __init__(self, context: Context, document: ReportDocument, shelf: Shelf, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._shelf = context, shelf
        self.setObjectName("entries_dialog")
        self.setWindowTitle(f"{document.unit.name}，全部{len(document.rows)}条")
        px = context.theme.px
        self._rows = {line.measure_key: line for line in document.rows}
        self._letter = document.letter
        self.search = SearchBox(context.icons, "找措施、进展里的字")
        self.search.setObjectName("entries_search")
        self.list = RowList(context.icons)
        self.list.setObjectName("entries_list")
        self._inside = column(gap=4, margins=(24, 16, 24, 16))
        ground = pane("surface")
        ground.setLayout(column(self._inside, None, gap=0))
        scroll = Scroll()
        scroll.setWidget(ground)
        left = column(row(self.search, 12, gap=0), self.list, gap=8, margins=(12, 12, 0, 0))
        holder = QWidget()
        holder.setFixedWidth(px(300))
        holder.setLayout(left)
        self.setLayout(row(holder, rule(vertical=True), scroll, gap=0))
        self.resize(px(900), px(600))
        self.search.changed.connect(self._filter)
        self.search.left.connect(self.list.setFocus)
        self.list.chosen.connect(self._show)
        self._filter("")

    def _filter(self, text: str) -> None:
        found = [line for line in self._rows.values() if _matches(line, text)]
        listed = [_list_row(line) for line in found]
        if self._letter is not None and all(word in _letter_words(self._letter) for word in text.split()):
            listed.insert(0, ListRow(_LETTER, "报告正文", caption=self._letter.number))
        self.list.set_rows(listed)
        if listed and self.list.key not in self.list.keys:
            self.list.choose(found[0].measure_key if found else _LETTER)

    def _show(self, key: str) -> None:
        clear(self._inside)
        if key == _LETTER and self._letter is not None:
            self._show_letter(self._letter)
            return
        line = self._rows[key]
        entry = line.entry
        add = self._inside.addWidget
        add(label(f"{line.label}　{line.title}", "title", wrap=True))
        add(label(line.content, "caption", wrap=True))
        self._say(FIELD["status"], lamp_word(entry.status or UNFILLED))
        for target in line.targets:
            value = entry.reading(target.key)
            said = f"{number(value)}{target.unit}" if value is not None else "没有填"
            self._say(
                target.indicator, f"{said}（目标 {goal(target.comparator, target.value, target.unit)}）"
            )
        for name in ("progress", "problems", "next_steps", "explanation"):
            if getattr(entry, name):
                self._say(FIELD[name], getattr(entry, name))
        if entry.evidence:
            self._inside.addSpacing(8)
            add(label(FIELD["evidence"], "label"))
            files = file_chips(self._context.icons, entry.evidence)
            files.opened.connect(
                lambda digest: show_evidence(self._context, entry.evidence, digest, self, self._shelf)
            )
            add(files)

    def _show_letter(self, letter: Letter) -> None:
        """What the signed paper says beyond the entries."""
        self._inside.addWidget(label("报告正文", "title", wrap=True))
        names = {"发文字号": letter.number, "发文机关": letter.issuer, "主送": letter.addressee}
        for word, text in {**names, "承办单位": letter.bureau}.items():
            if text:
                self._say(word, text)
        for section in letter.sections:
            self._say(SECTION_WORDS[section.name], section.text)

    def _say(self, name: str, text: str) -> None:
        self._inside.addSpacing(8)
        self._inside.addWidget(label(name, "label"))
        self._inside.addWidget(label(text, wrap=True))


def _letter_words(letter: Letter) -> str:
    names = (letter.number, letter.issuer, letter.addressee, letter.bureau)
    return "\n".join((*names, *(section.text for section in letter.sections)))


def _matches(line: ReportRow, text: str) -> bool:
    words = text.split()
    entry = line.entry
    whole = "\n".join((line.label, line.title, entry.progress, entry.problems, entry.next_steps))
    return all(word in whole for word in words)


def _list_row(line: ReportRow) -> ListRow:
    state = line.entry.status or UNFILLED
    return ListRow(line.measure_key, line.title, line.label, lamp=state, word=lamp_word(state))
