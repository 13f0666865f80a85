"""审核意见 as pages show them: who asked for what and when, and whether it was dealt with."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.review import ReviewComment
from desktop.views.context import Context
from desktop.views.widgets.layout import clear, column, row
from desktop.views.widgets.styling import button, label, pane, picture
from desktop.wording.reviewing import made_by, settled_by


class CommentList(QWidget):
    """The remarks on one entry, the first first; `settled(comment id)` when one is marked as dealt with."""

    settled = Signal(str)

    def __init__(self, context: Context, done: str = "已改好") -> None:
        super().__init__()
        self._icons, self._done = context.icons, done
        self._shown: object = None
        self._parts = column(gap=6)
        self.setLayout(self._parts)
        self.setObjectName("comments")
        self.hide()

    def show_comments(self, comments: Sequence[ReviewComment], may_settle: bool) -> None:
        """Show what there is; where there is nothing the list hides."""
        self.setVisible(bool(comments))
        state = (tuple(comments), may_settle)
        if state == self._shown:
            return
        self._shown = state
        clear(self._parts)
        for one in comments:
            self._parts.addWidget(self._part(one, may_settle))

    def _part(self, one: ReviewComment, may_settle: bool) -> QWidget:
        made = pane("note", f"comment_{one.id}")
        who = label(made_by(one.author, one.at), "captionStrong" if one.open else "caption")
        sign = picture(self._icons, "mark-look" if one.open else "mark-ok", size=14)
        head = row(sign, who, None, gap=6)
        if one.open and may_settle:
            done = button(self._done, "small", f"settle_{one.id}", lambda: self.settled.emit(one.id))
            done.setAccessibleName(f"{self._done}：{one.text}")
            head.addWidget(done)
        words = label(one.text, tone="" if one.open else "text2", wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        parts: list[QWidget] = [words]
        if one.settled_at is not None:
            parts.append(label(settled_by(one.settled_by, one.settled_at), "caption"))
        made.setLayout(column(head, *parts, gap=2, margins=(12, 6, 12, 8)))
        return made
