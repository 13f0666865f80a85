"""Searching the superior's inbox for files on which nothing was decided yet: by unit, plan, quarter and file name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.clean_text import tidied
from desktop.domain.needle import Needle, Span, joined_spans
from desktop.domain.package import InboxItem, InboxState, PackageKind
from desktop.domain.quarter import Quarter
from desktop.storage import Store

MOST_FILES = 50
"""Files that are shown; that there are more is told."""

FILE_FIELDS = ("unit", "quarter", "plan", "file_name")


@dataclass(frozen=True)
class FileMatch:
    """One of `FILE_FIELDS` that has at least one of the words, and where they stand in its text."""

    field: str
    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class FileHit:
    """A file that waits or was refused. All texts are this workspace's own; `item.issuer.name` is the file's, and not for showing.

    `unit`, `plan`, `quarter` (in Chinese) are empty where no check stands for them: of a refused file only its name is
    known. `claimed`: the file says that it is this unit's, and people have yet to compare.
    """

    item: InboxItem
    unit: str
    quarter: str
    plan: str
    file_name: str
    claimed: bool
    matches: tuple[FileMatch, ...]


def search_files(store: Store, words: Sequence[Needle]) -> tuple[FileHit, ...]:
    """Every undecided file that has all words, refused ones last, else the newest first; one more than `MOST_FILES`
    tells that there are more.
    """
    if not words:
        return ()
    titles = {ref.id: ref.title for ref in store.plans.all()}
    region = store.units.region()
    found: list[FileHit] = []
    undecided = (i for i in store.packages.inbox() if i.state in (InboxState.WAITING, InboxState.REFUSED))
    for item in sorted(undecided, key=lambda each: each.state is InboxState.REFUSED):
        # What was refused may be anybody's, whatever it says of itself.
        unit = region.find(item.issuer.code) if item.state is InboxState.WAITING else None
        names: dict[str, tuple[str, ...]] = {"file_name": (tidied(item.file_name),)}
        if unit is not None:
            names["unit"] = unit.short_name, unit.name, *unit.aliases
            names["plan"] = (titles.get(item.stream.partition("/")[0], ""),)
            names["quarter"] = _quarter(item)
        hit = _hit(item, names, words)
        if hit is not None:
            found.append(hit)
        if len(found) > MOST_FILES:
            break
    return tuple(found)


def _quarter(item: InboxItem) -> tuple[str, ...]:
    """A quarter as it is said, and as files' names write it; nothing of what belongs to none."""
    try:
        quarter = Quarter.parse(item.quarter or item.stream.rpartition("/")[2])
    except ValueError:
        return ("",)
    return quarter.chinese, str(quarter)


def _hit(item: InboxItem, names: Mapping[str, tuple[str, ...]], words: Sequence[Needle]) -> FileHit | None:
    everything = [name for each in names.values() for name in each]
    if not all(any(map(word.within, everything)) for word in words):
        return None
    matches = []
    for field in FILE_FIELDS:
        text = next((t for t in names.get(field, ()) if any(word.within(t) for word in words)), "")
        if text:
            spans = joined_spans(span for word in words for span in word.spans(text))
            matches.append(FileMatch(field, text, spans))
    unit, quarter, plan = (names.get(field, ("",))[0] for field in ("unit", "quarter", "plan"))
    claimed = bool(unit) and item.kind == PackageKind.REQUEST
    return FileHit(item, unit, quarter, plan, names["file_name"][0], claimed, tuple(matches))
