"""The rows of what was found: the measure above, where and how the words stand in the entry below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.needle import Span, excerpt
from desktop.domain.quarter import Quarter
from desktop.domain.unit import Region
from desktop.services.searching import WRITTEN, Found, Group, Hit, Match
from desktop.services.searching_files import FileHit
from desktop.views.icons import HALF_FILLED, UNFILLED, lamp_word
from desktop.views.models.rows import GroupHead, ListRow, Row
from desktop.wording.searching import FOUND_IN, WAITING_HEAD, file_said, file_state, group_said
from desktop.wording.terms import month_day


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


@dataclass(frozen=True)
class FilePlace:
    """A file of the inbox."""

    digest: str


def rows_of(
    found: Found, region: Region, several: bool, leads: bool
) -> tuple[tuple[Row, ...], dict[str, Place | FilePlace]]:
    """The rows, each group under its head, files that wait above them, and where each leads by its key.

    A head says the plan where there are `several`, and the unit where a superior searches (`leads`).
    """
    rows: list[Row] = []
    places: dict[str, Place | FilePlace] = {}
    if found.files:
        rows.append(GroupHead(WAITING_HEAD))
    for file in found.files:
        key = f"file/{file.item.digest}"
        rows.append(_file_row(key, file, several))
        places[key] = FilePlace(file.item.digest)
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


def _file_row(key: str, hit: FileHit, several: bool) -> HitRow:
    """Unit, quarter and what it is above; below, what has the words, or the file's name."""
    matches = {match.field: match for match in hit.matches}
    # A refused file is called by its name alone: nothing it says of itself was found true.
    parts = (hit.unit, hit.quarter) if hit.unit else ()
    spans: list[Span] = []
    title = ""
    for field, text in zip(("unit", "quarter"), parts, strict=False):
        at = len(title) + 1 if title and text else len(title)
        title += f"　{text}" if title and text else text
        found = matches.get(field)
        if found is not None and found.text == text:
            spans += [(start + at, end + at) for start, end in found.spans]
    title = "　".join(part for part in (title, file_said(hit.item)) if part) if parts else hit.file_name
    shown = _file_caption(hit, tuple(spans), several)
    word, tone = file_state(hit.item, hit.claimed)
    if not parts:
        spans = list(matches["file_name"].spans)
    return HitRow(
        key, title, caption=shown[0], right_top=month_day(hit.item.received_at), right_bottom=word,
        right_tone=tone, tooltip=hit.file_name, title_spans=tuple(spans), caption_spans=shown[1],
    )  # fmt: skip


def _file_caption(hit: FileHit, in_title: tuple[Span, ...], several: bool) -> tuple[str, tuple[Span, ...]]:
    if not hit.unit:
        return "没有验明是谁的", ()
    for match in hit.matches:
        # A unit's or a quarter's other name is shown where the title has none of the words.
        if match.field in ("file_name", "plan") or not in_title:
            return excerpt(match.text, match.spans)
    return "　".join(part for part in (hit.plan if several else "", hit.file_name) if part), ()
