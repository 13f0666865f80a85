"""Searching all plans and quarters for words: in what was written, in the measures that it was written about, and in the
names of files that wait in a superior's inbox.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.needle import Needle, Span, joined_spans, needles
from desktop.domain.plan import Measure
from desktop.domain.progress import Progress, silent
from desktop.domain.report import PlanRef, ProgressStatus, ReportState, may_edit
from desktop.services.searching_files import MOST_FILES, FileHit, search_files
from desktop.storage import Store
from desktop.storage.entry_texts import TEXTS, EntryTexts, RevisionHead, Sought

MOST = 200
"""Entries that are shown; that there are more is told."""

WRITTEN = (*TEXTS, "evidence")
"""The fields of an entry; the others are its measure's, and the unit's name."""
FIELDS = (*WRITTEN, "title", "number", "content", "section", "units", "bureau", "unit")


@dataclass(frozen=True)
class Match:
    """A field that has at least one of the words, whole, and where they stand in it. `field`: one of `FIELDS`."""

    field: str
    text: str
    spans: tuple[Span, ...]
    words: int


@dataclass(frozen=True)
class Hit:
    """An entry that has all words. `label` and `title` are its measure's, `gone` where the newest version has it no more.

    `begun`: something stands in it, if only a status or a figure. `matches`: the telling ones first.
    """

    report_id: str
    measure_key: str
    label: str
    title: str
    status: ProgressStatus | None
    begun: bool
    gone: bool
    matches: tuple[Match, ...]


@dataclass(frozen=True)
class Group:
    """What was found in one quarter of a plan; of which unit, where a superior searches. `state`: None, not begun."""

    plan: PlanRef
    quarter: str
    unit_code: str
    state: ReportState | None
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class Found:
    """What was found, the newest quarter first. `words` as they were looked for; `more` than are here.

    `plans` and `quarters` say how far the search went; `files` wait for a decision.
    """

    words: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    more: bool = False
    plans: int = 0
    quarters: int = 0
    files: tuple[FileHit, ...] = ()

    @property
    def count(self) -> int:
        return sum(len(group.hits) for group in self.groups)


@dataclass(frozen=True)
class _Place:
    """A quarter of a plan and the revision that holds it; without one nothing was written yet.

    `unit`: what the unit is called, where it is not the one that searches.
    """

    plan: PlanRef
    quarter: str
    unit_code: str
    unit: tuple[str, ...]
    revision: RevisionHead | None


@dataclass(frozen=True)
class _Facts:
    """What is known of a measure apart from what was written about it: texts by field, and who implements it."""

    texts: Mapping[str, str]
    gone: bool
    implementers: tuple[str, ...]


@dataclass(frozen=True)
class _Known:
    """A version's measures by key, in its order, and for each word the keys of those whose facts have it."""

    facts: Mapping[str, _Facts]
    having: tuple[frozenset[str], ...]


_Files = Mapping[str, Mapping[str, Sequence[str]]]
"""Names of evidence that have a word, by report and measure."""


def search(store: Store, typed: str, progress: Progress = silent) -> Found:
    """Every entry, in the newest revision of its quarter, that has all words typed, each in any of its fields.

    A unit searches its own reports and what it is yet to fill; a superior what it holds of its units: of each quarter the
    newest accepted revision, or the newest, and the files of its inbox that nothing was decided on. At most `MOST`
    entries and `MOST_FILES` files. Raises CancelledError.
    """
    words, places = needles(typed), _places(store)
    reach = len({place.plan.id for place in places}), len({place.quarter for place in places})
    if not words:
        return Found((), (), False, *reach)
    waiting = search_files(store, words) if store.workspace.leads else ()
    named = _files(store, words)
    known: dict[tuple[str, int], _Known] = {}
    groups: list[Group] = []
    left = MOST
    for done, place in enumerate(places):
        progress("search", done, len(places))
        version = place.plan.id, _version(place)
        if version not in known:
            known[version] = _known(store, *version, words)
        # One more than is shown tells that there are more.
        hits = _hits(store, place, words, known[version], named, left + 1)
        if hits[:left]:
            state = place.revision.state if place.revision else None
            groups.append(Group(place.plan, place.quarter, place.unit_code, state, tuple(hits[:left])))
        left -= len(hits)
        if left < 0:
            break
    more = left < 0 or len(waiting) > MOST_FILES
    return Found(tuple(word.word for word in words), tuple(groups), more, *reach, waiting[:MOST_FILES])


def _places(store: Store) -> tuple[_Place, ...]:
    """Where to search: the newest quarter first, in it the plans as they are listed, and units in their order."""
    leads, own = store.workspace.leads, store.workspace.unit.code
    newest = _newest(store)
    units = store.units.region().units
    order = {unit.code: at for at, unit in enumerate(units)}
    called = {unit.code: (unit.short_name, unit.name) for unit in units} if leads else {}
    found = []
    for at, ref in enumerate(store.plans.all()):
        keys = {key for key in newest if key[0] == ref.id and (leads or key[2] == own)}
        if not leads:
            keys |= {(ref.id, calendar.quarter, own) for calendar in store.plans.calendars(ref.id)}
        for key in keys:
            _, quarter, code = key
            place = _Place(ref, quarter, code, called.get(code, ()), newest.get(key))
            found.append((at, order.get(code, len(order)), place))
    found.sort(key=lambda each: each[:2])
    found.sort(key=lambda each: each[2].quarter, reverse=True)
    return tuple(place for *_, place in found)


def _newest(store: Store) -> Mapping[tuple[str, str, str], RevisionHead]:
    """The revision to read of each plan, quarter and unit."""
    found: dict[tuple[str, str, str], RevisionHead] = {}
    for head in store.texts.revisions():
        key = head.plan_id, head.quarter, head.unit_code
        held = found.get(key)
        # What a superior accepted stays what it reads until it accepts another.
        stays = store.workspace.leads and held is not None and held.state is ReportState.ACCEPTED
        if not stays or head.state is ReportState.ACCEPTED:
            found[key] = head
    return found


def _version(place: _Place) -> int:
    """The version of the plan that a page shows the entries by: a draft follows the newest, what is frozen its own."""
    head = place.revision
    return place.plan.version if head is None or may_edit(head.state) else head.plan_version


def _known(store: Store, plan_id: str, version: int, words: Sequence[Needle]) -> _Known:
    """The measures of a version, then those that only others of the plan's versions have, as the newest has them."""
    bureaus = {key: given.bureau for key, given in store.delegations.of_plan(plan_id).items()}
    held = sorted((ref.version for ref in store.plans.versions(plan_id)), reverse=True)
    newest = {measure.key for measure in store.plans.get(plan_id).measures}
    facts: dict[str, _Facts] = {}
    for number in sorted(held, key=lambda each: each != version):
        plan = store.plans.get(plan_id, number)
        labels = plan.labels
        for measure in plan.measures:
            if measure.key not in facts:
                texts = _texts(measure, labels[measure.key], bureaus.get(measure.key, ""))
                implementers = measure.implementers if number == version else ()
                facts[measure.key] = _Facts(texts, measure.key not in newest, implementers)
    having = tuple(
        frozenset(key for key, fact in facts.items() if any(map(word.within, fact.texts.values())))
        for word in words
    )
    return _Known(facts, having)


def _texts(measure: Measure, label: str, bureau: str) -> Mapping[str, str]:
    return {
        "title": measure.title,
        "number": label,
        "content": measure.content,
        "section": measure.section,
        "units": "、".join(duty.name for duty in measure.duties),
        "bureau": bureau,
    }


def _files(store: Store, words: Sequence[Needle]) -> _Files:
    found: dict[str, dict[str, list[str]]] = {}
    for report_id, key, name in store.texts.evidence(words):
        found.setdefault(report_id, {}).setdefault(key, []).append(name)
    return found


def _hits(
    store: Store, place: _Place, words: Sequence[Needle], known: _Known, files: _Files, most: int
) -> list[Hit]:
    """A place's hits in the order of its measures; at most so many of what is written."""
    report_id = place.revision.id if place.revision else ""
    named = files.get(report_id, {})
    sought, everywhere = [], frozenset(known.facts)
    for word, having in zip(words, known.having, strict=True):
        if not any(map(word.within, place.unit)):
            by_files = {key for key, names in named.items() if any(map(word.within, names))}
            sought.append(Sought(word, having | by_files))
            everywhere &= having
    hits = [
        _hit(place, known, words, entry, named.get(entry.measure_key, ()))
        for entry in (store.texts.entries(report_id, sought, most) if report_id else ())
    ]
    # What is yet to be written is found by its measure; a superior holds only what was.
    if not store.workspace.leads and len(hits) < most:
        everywhere -= {hit.measure_key for hit in hits}
        own = (k for k in everywhere if place.unit_code in known.facts[k].implementers)
        hits += [_hit(place, known, words, EntryTexts(key), ()) for key in own]
    order = {key: at for at, key in enumerate(known.facts)}
    return sorted(hits, key=lambda hit: order.get(hit.measure_key, len(order)))


def _hit(
    place: _Place, known: _Known, words: Sequence[Needle], entry: EntryTexts, names: Sequence[str]
) -> Hit:
    fact = known.facts.get(entry.measure_key, _Facts({}, True, ()))
    unit = next((name for name in place.unit if any(word.within(name) for word in words)), "")
    own = dict(zip(TEXTS, entry.texts, strict=True)) if entry.texts else {}
    texts = {**own, "evidence": "、".join(names), **fact.texts, "unit": unit}
    matches = sorted(_matches(texts, words), key=lambda match: -match.words)
    return Hit(
        place.revision.id if place.revision else "", entry.measure_key, fact.texts.get("number", ""),
        fact.texts.get("title", ""), entry.status, entry.begun, fact.gone, tuple(matches),
    )  # fmt: skip


def _matches(texts: Mapping[str, str], words: Sequence[Needle]) -> Iterator[Match]:
    for name in FIELDS:
        text = texts.get(name, "")
        places = [spans for word in words if (spans := word.spans(text))] if text else []
        if places:
            yield Match(name, text, joined_spans(span for spans in places for span in spans), len(places))
