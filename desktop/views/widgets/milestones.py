"""序时应达, quarter by quarter: a line for each year of a plan; an empty field is in proportion, as its grey word says."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.domain.quarter import Quarter
from desktop.domain.schedule import deadline_of, span_of, standing_of
from desktop.domain.targets import Milestone, Target
from desktop.views.theme import Theme
from desktop.views.widgets.inputs import NumberEdit
from desktop.views.widgets.styling import label
from desktop.wording.terms import number

_MOST_YEARS = 6


class MilestonesEdit(QWidget):
    """The years that the plan's title and the target's deadline name, else this one; years that are set already, too."""

    def __init__(self, theme: Theme, target: Target, title: str, today: date) -> None:
        super().__init__()
        self.setObjectName("milestones")
        self._edits: dict[str, NumberEdit] = {}
        known = {m.quarter: m.value for m in target.milestones}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(5, 1)
        for place, word in enumerate("一二三四", 1):
            grid.addWidget(label(f"{word}季度", "label"), 0, place)
        for line, year in enumerate(_years(target, title, today), 1):
            grid.addWidget(label(f"{year}年", tone="text2"), line, 0)
            for place in (1, 2, 3, 4):
                quarter = Quarter(year, place)
                edit = NumberEdit(target.unit, theme.px(104))
                edit.setObjectName(f"milestone_{quarter}")
                edit.setAccessibleName(f"{quarter.chinese}序时应达，{target.unit}")
                edit.set_value(known.get(str(quarter)))
                usual = standing_of(target, quarter, (), span_of(title)).due if not known else None
                edit.setPlaceholderText(number(usual))
                grid.addWidget(edit, line, place)
                self._edits[str(quarter)] = edit

    @property
    def milestones(self) -> tuple[Milestone, ...]:
        """What stands in the fields; call `flush` before."""
        values = ((quarter, edit.value) for quarter, edit in self._edits.items())
        return tuple(Milestone(quarter, value) for quarter, value in values if value is not None)

    def flush(self) -> bool:
        """Take up what was typed; False, with the focus on it, where something is no number."""
        for edit in self._edits.values():
            edit.flush()
        wrong = next((edit for edit in self._edits.values() if edit.property("tone") == "bad"), None)
        if wrong is not None:
            wrong.setFocus()
        return wrong is None


def _years(target: Target, title: str, today: date) -> range:
    span, here = span_of(title), Quarter.of(today)
    ends = deadline_of(target.deadline, span.last)
    named = [q.year for q in (span.first, span.last, ends) if q is not None] or [here.year]
    named += [Quarter.parse(m.quarter).year for m in target.milestones]
    first = min(named)
    return range(first, min(max(named), first + _MOST_YEARS - 1) + 1)
