"""What a filled workbook would bring, field by field under its state."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.workbook import Place
from desktop.services.gathering import WorkbookPreview
from desktop.services.weighing import Choice, FieldPreview, FieldState, shown
from desktop.views.dialogs.delegating_words import EMPTY, MISSING, STATES, UNKNOWN_ROWS, field_name
from desktop.views.models.rows import GroupHead, ListRow, Row
from desktop.wording.colleagues import reason, row_reason

# What must be decided stands first.
ORDER = (
    FieldState.CONFLICT,
    FieldState.PROPOSED,
    FieldState.CHANGED,
    FieldState.NEW,
    FieldState.REFUSED,
)
_WORDS = {Choice.OURS: ("不收", "text3"), Choice.THEIRS: ("收", "good"), Choice.BOTH: ("都要", "good")}


def key_of(place: Place) -> str:
    """The key of a field's row."""
    return f"field:{place.measure_key}:{place.name}"


def decided(each: FieldPreview, choices: Mapping[Place, Choice]) -> Choice | None:
    """What is done with a field: what was chosen, else the usual; None while somebody has to choose."""
    return choices.get(each.place, each.usual)


def open_fields(seen: WorkbookPreview, choices: Mapping[Place, Choice]) -> tuple[FieldPreview, ...]:
    """The fields that nobody decided yet, in the list's order."""
    waiting = [each for each in seen.fields if each.choices and decided(each, choices) is None]
    return tuple(sorted(waiting, key=lambda each: ORDER.index(each.state)))


def taken(seen: WorkbookPreview, choices: Mapping[Place, Choice]) -> int:
    """How many fields would change."""
    return sum(decided(each, choices) in (Choice.THEIRS, Choice.BOTH) for each in seen.fields)


def listed(seen: WorkbookPreview, choices: Mapping[Place, Choice]) -> list[Row]:
    """Groups by state; what is the same is not listed."""
    made: list[Row] = []
    for state in ORDER:
        group = [each for each in seen.fields if each.state is state]
        made += [GroupHead(f"{STATES[state]}（{len(group)}）")] if group else []
        made += [_field(each, decided(each, choices)) for each in group]
    made += [GroupHead(f"{UNKNOWN_ROWS}（{len(seen.refused)}）")] if seen.refused else []
    for number, row in enumerate(seen.refused):
        title = " ".join(row.text.split()) or EMPTY
        made.append(ListRow(f"row:{number}", title, caption=f"{row.cell}　{row_reason(row)}"))
    made += [GroupHead(f"{MISSING}（{len(seen.missing)}）")] if seen.missing else []
    made += [ListRow(f"gone:{key}", title, label, caption="没有动") for key, label, title in seen.missing]
    return made


def _field(each: FieldPreview, choice: Choice | None) -> ListRow:
    text = " ".join(shown(each, each.theirs).split()) or EMPTY
    word, tone = "等您定", "warn"
    if each.state is FieldState.REFUSED:
        word, tone, text = "收不了", "text3", reason(each.reason, each.facts)
    elif choice is not None:
        word, tone = _WORDS[choice]
    return ListRow(
        key_of(each.place),
        each.title,
        each.label,
        strong=choice is None and bool(each.choices),
        word=field_name(each),
        caption=text,
        right_top=word,
        right_top_tone=tone,
    )
