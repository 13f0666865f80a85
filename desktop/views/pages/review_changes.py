"""The left of the review page: what changed against what was there before, or everything one after another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.services.commenting import Comments
from desktop.services.reviewing import FieldChange
from desktop.services.surveying import FillingRow
from desktop.views.context import Context
from desktop.views.dialogs.evidence import show_evidence
from desktop.views.icons import UNFILLED, lamp_token, lamp_word
from desktop.views.models.diff import Kind, Run
from desktop.views.pages.comment_parts import CommentList
from desktop.views.pages.filling_list_rows import lamp_of
from desktop.views.theme import STRONG
from desktop.views.widgets.diff_label import DiffLabel
from desktop.views.widgets.elided import ElidedLabel
from desktop.views.widgets.file_chips import file_chips
from desktop.views.widgets.layout import clear, column, row
from desktop.views.widgets.notices import EmptyState
from desktop.views.widgets.scroll import Scroll
from desktop.views.widgets.styling import button, label, pane, picture, rule
from desktop.wording.terms import FIELD, number

_FIGURE = re.compile(r"-?\d+(?:\.\d+)?")
_WORDS = ("progress", "explanation", "problems", "next_steps")


class ChangesView(Scroll):
    """Cards under each other; `wanted(measure key)` when a card's title is clicked, `remarked(measure key)` for 提意见,
    `settled(comment id)` when a remark is dealt with."""

    wanted = Signal(str)
    remarked = Signal(str)
    settled = Signal(str)
    historyWanted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._shown: object = None
        self._remarks: dict[str, CommentList] = {}
        self._openers: list[QWidget] = []
        self.setObjectName("changes")
        self.setAccessibleName("改动")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        body = pane("surface")
        self._cards = QVBoxLayout()
        self._cards.setSpacing(0)
        body.setLayout(column(self._cards, None, gap=0))
        self.setWidget(body)

    def show_changes(self, changes: Sequence[FieldChange], empty: tuple[str, str]) -> None:
        """One card for each field that differs; `empty` is said where none does."""
        if self._anew(("changes", tuple(changes), empty)):
            for change in changes:
                self._add(self._change(change), change.measure_key)
            if not changes:
                self._cards.addWidget(EmptyState(self._context.icons, "check", *empty))

    def show_all(self, rows: Sequence[FillingRow]) -> None:
        """One card for each entry."""
        if self._anew(("all", tuple(rows))):
            for shown in rows:
                self._add(self._entry(shown), shown.measure.key)

    def _anew(self, state: object) -> bool:
        if state == self._shown:
            return False
        self._shown = state
        clear(self._cards)
        self._remarks, self._openers = {}, []
        self.verticalScrollBar().setValue(0)
        return True

    def show_comments(self, comments: Comments, may_remark: bool) -> None:
        """The remarks at the first card of their entry; the cards stay, and the place where one reads."""
        for key, listed in self._remarks.items():
            listed.show_comments(comments.get(key, ()), may_remark)
        for opener in self._openers:
            opener.setVisible(may_remark)

    def _add(self, card: QWidget, key: str) -> None:
        if key not in self._remarks:
            self._remarks[key] = CommentList(self._context, "办结")
            self._remarks[key].settled.connect(self.settled)
            remark = button("提意见…", "smallLink", f"remark_{key}", lambda: self.remarked.emit(key))
            remark.hide()
            self._openers.append(remark)
            card.layout().addWidget(self._remarks[key])
            told = button("改动记录…", "smallLink", f"history_{key}", lambda: self.historyWanted.emit(key))
            links = QWidget()
            links.setLayout(row(remark, told, None, gap=12))
            card.layout().addWidget(links)
        self._cards.addWidget(card)
        self._cards.addWidget(rule())

    def _card(
        self, key: str, number_text: str, title: str, caption: str, note: QWidget | None
    ) -> QVBoxLayout:
        place = label(number_text, tone="text2")
        opener = button(
            _short(title, 18 if not note else 12 if caption else 16),
            "link",
            f"open_{key}",
            lambda: self.wanted.emit(key),
        )
        opener.setProperty("kind", "quiet")
        opener.setStyleSheet(f"font-size: {self._context.theme.px(14)}px; font-weight: {STRONG.value};")
        opener.setToolTip(f"{title}\n到“填报”里看这一条")
        name = ElidedLabel(caption, "caption")
        head = row(place, opener, name, None, *([note] if note else []), gap=6)
        head.setStretch(2, 0)
        return column(head, gap=4, margins=(14, 10, 14, 12))

    def _change(self, change: FieldChange) -> QWidget:
        holder = QWidget()
        holder.setObjectName(f"change_{change.field}")
        caption = change.indicator or FIELD[change.field]
        layout = self._card(change.measure_key, change.label, change.title, caption, self._note(change))
        layout.addWidget(self._difference(change))
        holder.setLayout(layout)
        return holder

    def _note(self, change: FieldChange) -> QWidget | None:
        """Beside a figure that shrank: whether that was explained."""
        if change.field != "reading":
            return None
        told = change.explanation.strip()
        if not told and not _shrank(change.before, change.after):
            return None
        icons = self._context.icons
        holder = QWidget()
        words = label("填报人说明了原因" if told else "变小了，没有说明", "caption", "" if told else "warn")
        holder.setLayout(row(picture(icons, "mark-note" if told else "mark-look", size=14), words, gap=4))
        holder.setToolTip(told)
        return holder

    def _difference(self, change: FieldChange) -> QWidget:
        icons = self._context.icons
        if change.field in _WORDS:
            words = DiffLabel(icons)
            words.set_texts(change.before, change.after)
            return words
        if change.field == "evidence":
            return self._files(change)
        return self._replaced(change)

    def _replaced(self, change: FieldChange) -> QWidget:
        """before 改为 after; a status with its lamps."""
        parts: list[QWidget] = []
        sides: tuple[tuple[Kind, str], ...] = (("gone", change.before), ("new", change.after))
        for kind, value in sides:
            if change.field == "status":
                lamp = QLabel()
                code = value or UNFILLED
                lamp.setPixmap(self._context.icons.lamp_pixmap(code))
                parts.append(lamp)
                text = lamp_word(code)
            else:
                text = value or "没有填"
            words = DiffLabel(self._context.icons)
            words.setWordWrap(False)
            words.set_runs((Run(kind, text),))
            parts.append(words)
            if kind == "gone":
                parts.append(label("改为", "caption"))
        holder = QWidget()
        holder.setLayout(row(*parts, None, gap=8))
        return holder

    def _files(self, change: FieldChange) -> QWidget:
        before, after = (set(filter(None, text.split("\n"))) for text in (change.before, change.after))
        runs: list[Run] = []
        kinds: tuple[tuple[Kind, str, set[str]], ...]
        kinds = (("gone", "去掉", before - after), ("new", "增加", after - before))
        for kind, word, names in kinds:
            for name in sorted(names):
                runs += [Run("same", "\n" if runs else ""), Run("same", f"{word} "), Run(kind, name)]
        if not runs:
            runs = [Run("same", "内容换了，名称没变")]
        words = DiffLabel(self._context.icons)
        words.set_runs(tuple(run for run in runs if run.text))
        return words

    def _entry(self, shown: FillingRow) -> QWidget:
        """An entry as it stands: status, words, figures, files."""
        holder = QWidget()
        holder.setObjectName(f"entry_{shown.measure.key}")
        lamp = lamp_of(shown)
        state = QWidget()
        sign = QLabel()
        sign.setPixmap(self._context.icons.lamp_pixmap(lamp))
        word = label(lamp_word(lamp), "label")
        word.setStyleSheet(f"color: {self._context.theme.colours[lamp_token(lamp)]};")
        state.setLayout(row(sign, word, gap=6))
        layout = self._card(shown.measure.key, shown.label, shown.measure.title, "", state)
        for name in _WORDS:
            text = getattr(shown.entry, name).strip()
            if text:
                layout.addLayout(_worded(FIELD[name], text))
        figures = [
            f"{t.indicator}　{number(value)}{t.unit}"
            for t in shown.targets
            if (value := shown.entry.reading(t.key)) is not None
        ]
        if figures:
            layout.addLayout(_worded(FIELD["reading"], "\n".join(figures)))
        if shown.entry.evidence:
            files = file_chips(self._context.icons, shown.entry.evidence)
            files.opened.connect(
                lambda digest: show_evidence(self._context, shown.entry.evidence, digest, self)
            )
            layout.addLayout(column(label(FIELD["evidence"], "caption"), files, gap=2))
        holder.setLayout(layout)
        return holder


def _worded(caption: str, text: str) -> QVBoxLayout:
    words = label(text, wrap=True)
    return column(label(caption, "caption"), words, gap=0)


def _short(title: str, most: int) -> str:
    return title if len(title) <= most else f"{title[: most - 1]}…"


def _shrank(before: str, after: str) -> bool:
    """Whether a figure became smaller; the texts carry its unit."""
    old, new = _FIGURE.match(before), _FIGURE.match(after)
    return old is not None and new is not None and Decimal(new[0]) < Decimal(old[0])
