"""What was typed under measures that the plan has no longer, or has otherwise: to read, to copy, to take over."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.domain.report import Entry
from desktop.domain.targets import Target
from desktop.services.following import FormerEntry
from desktop.services.reported import Targets
from desktop.views.context import Context
from desktop.views.dialogs.evidence import show_evidence
from desktop.views.icons import lamp_token, lamp_word
from desktop.views.widgets.file_chips import file_chips
from desktop.views.widgets.layout import clear, column, row
from desktop.views.widgets.notices import Banner
from desktop.views.widgets.scroll import Scroll
from desktop.views.widgets.styling import button, icon_button, label, pane
from desktop.wording.amending import no_longer, numbers, origin, taken_over
from desktop.wording.terms import FIELD, number

_TEXTS = ("progress", "explanation", "problems", "next_steps")


class FormerStrip(QWidget):
    """Above an entry: what was typed under measures that are in it now. `wanted(measure key)` when 并入本条 is used."""

    wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._shown: object = None
        self._parts = column(gap=8)
        self.setLayout(self._parts)
        self.setObjectName("former_strip")
        self.hide()

    def show_former(self, former: Sequence[FormerEntry], targets: Targets, editable: bool) -> None:
        """Show what there is; nothing of it hides the strip."""
        state = (tuple(former), editable)
        self.setVisible(bool(former))
        if state == self._shown:
            return
        self._shown = state
        clear(self._parts)
        for one in former:
            self._parts.addWidget(self._part(one, targets, editable))

    def _part(self, one: FormerEntry, targets: Targets, editable: bool) -> QWidget:
        made, key = pane("note"), one.entry.measure_key
        made.setObjectName(f"former_{key}{one.quarter}")
        if one.taken:
            made.setLayout(
                column(
                    label(taken_over(one.label, one.quarter), tone="text2", wrap=True), margins=(12, 6, 12, 6)
                )
            )
            return made
        told = label(origin(one.kind, one.label, one.title, one.quarter), "captionStrong", wrap=True)
        head = row(told, gap=8)
        head.setStretch(0, 1)
        if editable:
            icons = self._context.icons
            take = icon_button(
                icons, "copy", "并入本条", "small", f"take_{key}{one.quarter}", lambda: self.wanted.emit(key)
            )
            take.setToolTip("接在本条已写的后面，不会盖掉")
            head.addWidget(take)
            head.setAlignment(take, Qt.AlignmentFlag.AlignTop)
        body = said(self._context, one.entry, targets)
        # This quarter's words are to be dealt with; the earlier ones are there when they are wanted.
        body.setHidden(bool(one.quarter))
        fold = button("", "smallLink", f"fold_{key}{one.quarter}", lambda: _fold(body, fold))
        fold.setText("看内容" if one.quarter else "收起")
        head.insertWidget(1, fold)
        head.setAlignment(fold, Qt.AlignmentFlag.AlignTop)
        made.setLayout(column(head, body, gap=6, margins=(12, 8, 12, 10)))
        return made


def _fold(body: QWidget, fold: QPushButton) -> None:
    body.setHidden(not body.isHidden())
    fold.setText("看内容" if body.isHidden() else "收起")


class FormerView(Scroll):
    """In the editor's place: an entry that is not asked for any more, to read and to copy."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.setObjectName("former_view")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list_button = icon_button(
            context.icons, "list", "全部措施（Ctrl+L）", "icon", "open_list_former"
        )
        self.list_button.hide()
        self._title = label("", "title", name="former_title", wrap=True)
        self._banner = Banner(context.icons, "info")
        self._banner.setObjectName("former_banner")
        self._words = column(gap=8)
        head = row(self.list_button, self._title, gap=8)
        head.setStretch(1, 1)
        body = pane("surface")
        side = context.theme.space("page")
        body.setLayout(column(head, self._banner, self._words, None, gap=12, margins=(side, 12, side, 16)))
        self.setWidget(body)
        self.stand_in_margin()

    def show_former(self, one: FormerEntry, version: int, targets: Targets) -> None:
        """Show what was typed; `version` is the one that does not ask for it."""
        self._title.setText(f"原{numbers((one.label,))}　{one.title}" if one.label else "方案里不再有的一条")
        self._banner.say("info", *no_longer(version, one.label))
        clear(self._words)
        self._words.addWidget(said(self._context, one.entry, targets))
        self.verticalScrollBar().setValue(0)


def said(context: Context, entry: Entry, targets: Targets) -> QWidget:
    """What an entry says, to read and to copy: status, words, figures, files."""
    lines = column(gap=6)
    if entry.status is not None:
        lamp, word = QLabel(), label(lamp_word(entry.status), "label")
        lamp.setPixmap(context.icons.lamp_pixmap(entry.status))
        word.setStyleSheet(f"color: {context.theme.colours[lamp_token(entry.status)]};")
        lines.addLayout(row(lamp, word, None, gap=6))
    texts = [(FIELD[name], getattr(entry, name).strip()) for name in _TEXTS]
    figures = [
        _figure(targets.get(r.target_key), number(r.value)) for r in entry.readings if r.value is not None
    ]
    texts.append((FIELD["reading"], "\n".join(figures)))
    for name, text in texts:
        if text:
            lines.addLayout(_line(context, name, text))
    made = QWidget()
    if entry.evidence:
        files = file_chips(context.icons, entry.evidence)
        files.opened.connect(lambda digest: show_evidence(context, entry.evidence, digest, made))
        lines.addLayout(column(label(FIELD["evidence"], "label"), files, gap=4))
    made.setLayout(lines)
    return made


def _line(context: Context, name: str, text: str) -> QHBoxLayout:
    caption, words = label(name, "label"), label(text, wrap=True)
    caption.setFixedWidth(context.theme.px(64))
    caption.setContentsMargins(0, 2, 0, 0)
    words.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    words.setAccessibleName(f"{name}：{text}")
    line = row(caption, words, gap=8)
    line.setStretch(1, 1)
    line.setAlignment(caption, Qt.AlignmentFlag.AlignTop)
    return line


def _figure(target: Target | None, value: str) -> str:
    return f"{target.indicator}　{value}{target.unit}" if target is not None else value
