"""The rows of what was found: the measure above, where and how the words stand in the entry below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.needle import Span, excerpt
from desktop.domain.quarter import Quarter
from desktop.domain.unit import Region
from desktop.services.searching import WRITTEN, Found, Group, Hit, Match
from desktop.views.icons import HALF_FILLED, UNFILLED, lamp_word
from desktop.views.models.rows import GroupHead, ListRow, Row
from desktop.wording.searching import FOUND_IN, group_said


@dataclass(frozen=True)
class HitRow(ListRow):
    """A ListRow whose words that were found are marked, in its title and in its caption."""

    title_spans: tuple[Span, ...] = ()
    caption_spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where a row leads. `field`: an entry's field that has the words, empty where only its measure has."""

    group: Group
    hit: Hit
    field: str
    at: int


def rows_of(
    found: Found, region: Region, several: bool, leads: bool
) -> tuple[tuple[Row, ...], dict[str, Place]]:
    """The rows, each group under its head, and where each leads by its key.

    A head says the plan where there are `several`, and the unit where a superior searches (`leads`).
    """
    rows: list[Row] = []
    places: dict[str, Place] = {}
    for group in found.groups:
        unit = region.find(group.unit_code) if leads else None
        title = group.plan.title if several else ""
        head = group_said(
            Quarter.parse(group.quarter).chinese, unit.short_name if unit else "", title, group.state
        )
        rows.append(GroupHead(head))
        for hit in group.hits:
            key = f"{group.plan.id}/{group.quarter}/{group.unit_code}/{hit.measure_key}"
            rows.append(_row(key, hit))
            told = next((m for m in hit.matches if m.field in WRITTEN), None)
            places[key] = Place(group, hit, told.field if told else "", told.spans[0][1] if told else 0)
    return tuple(rows), places


def _row(key: str, hit: Hit) -> HitRow:
    lamp = hit.status or (HALF_FILLED if hit.begun else UNFILLED)
    spans = {match.field: match.spans for match in hit.matches}
    shown = _shown(hit.matches)
    text, marked = excerpt(shown.text, shown.spans) if shown else ("", ())
    others = [FOUND_IN[m.field] for m in hit.matches if m is not shown and m.field not in ("title", "number")]
    place = FOUND_IN[shown.field] if shown else ""
    also = f"，也在{'、'.join(others[:2])}{'等' if len(others) > 2 else ''}" if others else ""
    tail = "方案里已经没有" if hit.gone else ""
    return HitRow(
        key, hit.title, hit.label, lamp=lamp, word=lamp_word(lamp), caption=text,
        right_top=tail, right_top_tone="warn", right_bottom=f"{place}{also}",
        tooltip=shown.text if shown and len(shown.text) > len(text) else "",
        title_spans=spans.get("title", ()), caption_spans=marked,
    )  # fmt: skip


def _shown(matches: Sequence[Match]) -> Match | None:
    """What stands in the second line: title and number stand in the first."""
    return next((match for match in matches if match.field not in ("title", "number")), None)
