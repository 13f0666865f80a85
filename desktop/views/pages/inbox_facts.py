"""The checks of a file: a banner with the verdict, each check a sentence with its fact under it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from desktop.domain.package import Fact
from desktop.views.icons import Icons
from desktop.views.widgets.layout import clear, column, row
from desktop.views.widgets.notices import Banner
from desktop.views.widgets.styling import label, mark, pane, picture
from desktop.wording.inspection import SUBJECT, told

_MARKS = {True: "mark-ok", None: "mark-note", False: "mark-must"}


class FactsCard(QWidget):
    """`show(...)` fills it; 查验详情 opens what only few want to know."""

    def __init__(self, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icons = icons
        self.banner = Banner(icons)
        self.banner.setObjectName("inbox_verdict")
        self._more = self.banner.add_action("查验详情", self._fold, "smallLink", "inbox_details")
        self._facts = column(gap=8, margins=(16, 10, 16, 12))
        self._details = QGridLayout()
        self._details.setContentsMargins(16, 10, 16, 12)
        self._details.setHorizontalSpacing(12)
        self._details.setVerticalSpacing(4)
        self._details.setColumnStretch(1, 1)
        self._body, self._extra = pane("card", "inbox_facts"), pane("quietCard", "inbox_details_text")
        self._body.setLayout(self._facts)
        self._extra.setLayout(self._details)
        self._extra.hide()
        self.setLayout(column(self.banner, self._body, self._extra, gap=0))

    def show_facts(
        self, verdict: tuple[str, str, str], facts: Sequence[Fact], details: Sequence[tuple[str, str]]
    ) -> None:
        """The verdict (tone, title, text), the checks in their order, and what stands behind them."""
        self.banner.say(*verdict)
        clear(self._facts)
        for fact in facts:
            self._facts.addWidget(self._line(fact))
        clear(self._details)
        for number, (name, value) in enumerate(details):
            words = label(_breakable(value), "caption", "text2", wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._details.addWidget(label(name, "caption"), number, 0, Qt.AlignmentFlag.AlignTop)
            self._details.addWidget(words, number, 1)

    def _fold(self) -> None:
        self._extra.setVisible(self._extra.isHidden())
        self._more.setText("收起详情" if self._extra.isVisible() else "查验详情")

    def _line(self, fact: Fact) -> QWidget:
        title, text = told(fact)
        subject = label(SUBJECT[fact.subject], tone="text2")
        subject.setFixedWidth(self._icons.theme.px(36))
        sign = picture(self._icons, _MARKS[fact.ok], size=14)
        head = label(title, tone="bad" if fact.ok is False else "", wrap=True)
        words = column(head, label(text, "caption", wrap=True), gap=0)
        line = row(subject, sign, words, gap=12)
        line.setStretch(2, 1)
        for part in (subject, sign):
            line.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        sign.setContentsMargins(0, 3, 0, 0)
        sign.setFixedHeight(self._icons.theme.px(20))
        made = QFrame()
        made.setObjectName(f"fact_{fact.subject}")
        made.setAccessibleName(f"{title}。{text}")
        mark(made, ok=str(fact.ok).lower())
        made.setLayout(line)
        return made


def _breakable(text: str) -> str:
    """A digest in groups, so that it can wrap."""
    if len(text) < 64 or not text.isalnum():
        return text
    return " ".join(text[i : i + 8] for i in range(0, len(text), 8))
