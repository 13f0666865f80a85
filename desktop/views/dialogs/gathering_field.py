"""One field of a filled workbook beside our own, with what may be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QWidget

from desktop.domain.workbook import RefusedRow, joined
from desktop.services.weighing import Choice, FieldPreview, FieldState, shown
from desktop.views.context import Context
from desktop.views.dialogs.delegating_words import CHOICES, EMPTY, STATES, field_name
from desktop.views.models.diff import Run, beside
from desktop.views.widgets.diff_label import DiffLabel
from desktop.views.widgets.layout import column, row
from desktop.views.widgets.notices import Banner
from desktop.views.widgets.radio_card import RadioCard
from desktop.views.widgets.scroll import Scroll
from desktop.views.widgets.styling import label, pane, rule
from desktop.wording.colleagues import reason, row_reason


class FieldView(QWidget):
    """`chosen(choice)` when something else is to be done with the field that is shown."""

    chosen = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        icons = context.icons
        self.title = label("", "strong", name="gathered_title", wrap=True)
        self.where = label("", "caption", name="gathered_where", wrap=True)
        self.why = Banner(icons, "warn")
        self.why.setObjectName("gathered_reason")
        self.ours, self.theirs = DiffLabel(icons), DiffLabel(icons)
        self._sides = (
            _side("我们的", self.ours, "gathered_ours"),
            _side("表里填的", self.theirs, "gathered_theirs"),
        )
        self.both = DiffLabel(icons)
        self._joined = _side("两边合在一起", self.both, "gathered_both")
        sides = row(*self._sides, gap=12)
        for place in (0, 1):
            sides.setStretch(place, 1)
        inside = QWidget()
        inside.setLayout(
            column(
                self.title,
                self.where,
                4,
                self.why,
                sides,
                self._joined,
                None,
                gap=6,
                margins=(16, 12, 16, 12),
            )
        )
        self._area = Scroll()
        self._area.setWidget(inside)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cards: dict[Choice, RadioCard] = {}
        self._group = QButtonGroup(self)
        for number, (choice, (words, caption)) in enumerate(CHOICES.items(), 1):
            card = RadioCard(icons, words, caption)
            card.setObjectName(f"choose_{choice.value}")
            card.setToolTip(f"Alt+{number}")
            card.clicked.connect(lambda _=False, choice=choice: self.chosen.emit(choice))
            self._group.addButton(card)
            self._cards[choice] = card
        self._choice = pane("surface2")
        cards = row(*self._cards.values(), gap=8, margins=(16, 10, 16, 10))
        for place in range(len(self._cards)):
            cards.setStretch(place, 1)
        self._choice.setLayout(cards)
        self._line = rule()
        self.setLayout(column(self._area, self._line, self._choice, gap=0))
        self.layout().setStretch(0, 1)

    def choices(self) -> tuple[Choice, ...]:
        """What can be chosen for the field that is shown."""
        return tuple(choice for choice, card in self._cards.items() if not card.isHidden())

    def show_field(self, each: FieldPreview, choice: Choice | None) -> None:
        """Both texts with their differences marked, why it is doubtful, and the choice."""
        self.title.setText(f"{each.label}　{each.title}")
        self.where.setText(f"{field_name(each)}　表里位置 {each.cell}　{STATES.get(each.state, '')}")
        said = reason(each.reason, each.facts)
        self.why.say("bad" if each.state is FieldState.REFUSED else "warn", "", said)
        self.why.setVisible(bool(said))
        ours, theirs = shown(each, each.ours), _theirs(each)
        whole = each.place.field in ("status", "reading") or each.state is FieldState.REFUSED
        left, right = _runs(ours, theirs, whole)
        self.ours.set_runs(left)
        self.theirs.set_runs(right)
        for side in self._sides:
            side.show()
        self._show_choice(each, choice)

    def _show_choice(self, each: FieldPreview, choice: Choice | None) -> None:
        self._group.setExclusive(False)
        for which, card in self._cards.items():
            card.setVisible(which in each.choices)
            card.setAutoExclusive(False)
            card.setChecked(which is choice)
            card.setAutoExclusive(True)
        self._group.setExclusive(True)
        self._choice.setVisible(bool(each.choices))
        self._line.setVisible(bool(each.choices))
        both = choice is Choice.BOTH
        self.both.set_runs((Run("same", joined(each.ours, each.theirs)),) if both else ())
        self._joined.setVisible(both)

    def show_row(self, refused: RefusedRow) -> None:
        """A row of which nothing can be taken."""
        self._plain(refused.text or EMPTY, f"表里位置 {refused.cell}", row_reason(refused))

    def show_missing(self, title: str) -> None:
        """A measure that was handed out and is not in the workbook."""
        self._plain(
            title, "", "发出时有这一条，交回的表里没有了。我们的内容没有动；需要的话，问一下填表的人。"
        )

    def show_nothing(self, text: str) -> None:
        self._plain(text, "", "")

    def _plain(self, title: str, where: str, said: str) -> None:
        self.title.setText(title)
        self.where.setText(where)
        self.why.say("warn", "", said)
        self.why.setVisible(bool(said))
        for part in (*self._sides, self._joined, self._choice, self._line):
            part.hide()


def _side(caption: str, text: DiffLabel, name: str) -> QFrame:
    made = pane("quietCard")
    text.setObjectName(name)
    made.setLayout(column(label(caption, "label"), text, None, gap=4, margins=(10, 8, 10, 8)))
    return made


def _theirs(each: FieldPreview) -> str:
    """What stands in the workbook, as it was written where it cannot be taken."""
    if each.state is not FieldState.REFUSED:
        return shown(each, each.theirs)
    return each.facts.get("given", "") or each.theirs or "（收不了）"


def _runs(ours: str, theirs: str, whole: bool) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Both sides with what differs; a status or a figure differs as a whole."""
    if not ours or not theirs or whole:
        kinds = ("same", "same") if ours == theirs else ("gone", "new")
        left = Run(kinds[0], ours) if ours else Run("same", EMPTY)
        right = Run(kinds[1], theirs) if theirs else Run("same", EMPTY)
        return (left,), (right,)
    left_texts, right_texts = beside([ours], [theirs])
    return left_texts[0], right_texts[0]
