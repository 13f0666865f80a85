"""What one entry is in the list: its two lines, the chips it belongs to, and the words by which it is found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from desktop.domain.plan import DutyRole
from desktop.domain.report import ProgressStatus
from desktop.services.following import FormerEntry
from desktop.services.surveying import FillingRow
from desktop.views.icons import HALF_FILLED, UNFILLED, lamp_word
from desktop.views.models.rows import GroupHead, ListRow, Row

DROPPED = "dropped:"
"""Stands before the measure's key in the key of a row that is not asked for any more."""
CHIP_WORDS = {"unfilled": "未填", "returned": "退回", "behind": "滞后", "findings": "有提示"}


def lamp_of(shown: FillingRow) -> str:
    """The lamp of an entry: its status once filled, else that it is not, or not all of it."""
    if shown.entry.empty:
        return UNFILLED
    if not shown.filled or shown.entry.status is None:
        return HALF_FILLED
    return shown.entry.status.value


@dataclass(frozen=True)
class ListItem:
    """An entry as the list needs it while people filter; `words` are even in case."""

    shown: FillingRow
    bureau: str
    row: ListRow
    chips: frozenset[str]
    words: str

    @property
    def key(self) -> str:
        return self.row.key


class ListItems:
    """Items by their rows; one is made anew only where its row or its bureau became another."""

    def __init__(self) -> None:
        self._items: dict[str, ListItem] = {}

    def of(self, rows: Iterable[FillingRow], bureaus: Mapping[str, str]) -> tuple[ListItem, ...]:
        made = {}
        for shown in rows:
            key = shown.measure.key
            bureau, held = bureaus.get(key, ""), self._items.get(key)
            kept = held is not None and held.shown is shown and held.bureau == bureau
            made[key] = held if kept and held is not None else _item(shown, bureau)
        self._items = made
        return tuple(made.values())


def _item(shown: FillingRow, bureau: str) -> ListItem:
    lamp = lamp_of(shown)
    measure = shown.measure
    units = "、".join(duty.name for duty in measure.duties)
    words = f"{shown.label} {measure.title} {measure.section} {units} {bureau} {lamp_word(lamp)}"
    told = {
        "unfilled": not shown.filled,
        "returned": bool(shown.returned),
        "behind": shown.entry.status is ProgressStatus.BEHIND,
        "findings": bool(shown.open_findings),
    }
    chips = frozenset({"all", *(chip for chip, holds in told.items() if holds)})
    return ListItem(shown, bureau, _listed_row(shown, bureau, lamp), chips, words.casefold())


def _listed_row(shown: FillingRow, bureau: str, lamp: str) -> ListRow:
    lead = "、".join(shown.measure.names(DutyRole.LEAD))
    marks = ((shown.worst.value, len(shown.open_findings)),) if shown.worst else ()
    returned = bool(shown.returned)
    return ListRow(
        shown.measure.key,
        shown.measure.title,
        number=shown.label,
        strong=not shown.filled,
        lamp=lamp,
        word=lamp_word(lamp),
        caption=bureau or lead,
        marks=marks,
        right_top="退回" if returned else "",
        right_top_tone="bad" if returned else "text3",
        tooltip=f"{shown.label} {shown.measure.title}" + (f"\n退回：{shown.returned}" if returned else ""),
    )


def listed(items: Sequence[ListItem]) -> list[Row]:
    """Rows under their sections' heads."""
    made: list[Row] = []
    for section, members in groupby(items, key=lambda item: item.shown.measure.section):
        group = [item.row for item in members]
        if section:
            first, last = group[0].number, group[-1].number
            made.append(GroupHead(f"{section}　{first}–{last}" if first != last else f"{section}　{first}"))
        made += group
    return made


def held_fits(one: FormerEntry, chip: str, words: Sequence[str]) -> bool:
    """Whether an entry that is not asked for any more is among what is looked for."""
    text = f"{one.label} {one.title}".casefold()
    return chip == "all" and all(word in text for word in words)


def dropped_key(one: FormerEntry) -> str:
    return f"{DROPPED}{one.entry.measure_key}"


def listed_dropped(held: Sequence[FormerEntry]) -> list[Row]:
    """The last group: what was typed and is not asked for any more."""
    made: list[Row] = [GroupHead(f"不用再填的（{len(held)}）")] if held else []
    for one in held:
        made.append(
            ListRow(
                dropped_key(one), one.title, one.label, caption="填过的内容都在", tooltip="不再填，只能看"
            )
        )
    return made
