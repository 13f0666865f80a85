"""The order and make-up of a draft: splitting, joining, moving, numbering, adding and taking out measures.

Every function gives a new draft. Keys stay unique and belong to their measure for ever; parts count from 1
within a task in the draft's order; targets and problems go where their measure goes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from desktop.domain.errors import RefusedError
from desktop.domain.plan import Duty, DutyRole, Measure, PlanDraft, PlanProblem
from desktop.domain.targets import Target

# Doubts about the duties of a measure: after a split both halves have them.
_OF_DUTIES = frozenset(
    {
        *("joined_names", "unknown_unit", "typo", "typo_unit", "open_list"),
        *("no_implementer", "no_lead", "no_duties", "no_single_lead"),
    }
)
# Facts that stand in the measure's text word for word.
_QUOTED = ("text", "tail")


def bare(text: str) -> str:
    """A text without spaces and line breaks, to compare by."""
    return re.sub(r"\s+", "", text)


def measure_of(draft: PlanDraft, key: str) -> Measure:
    """Raises KeyError when the draft has no such measure."""
    for measure in draft.measures:
        if measure.key == key:
            return measure
    raise KeyError(key)


def new_key(draft: PlanDraft) -> str:
    """A measure's key that nothing in the draft has or names."""
    named = {m.key for m in draft.measures} | {t.measure_key for t in draft.targets}
    named |= {p.measure_key for p in draft.problems}
    numbers = [int(found[1]) for key in named if (found := re.fullmatch(r"m-(\d+)", key))]
    return f"m-{max(numbers, default=0) + 1:03d}"


def with_measures(draft: PlanDraft, measures: Iterable[Measure]) -> PlanDraft:
    """The draft with these measures in this order: parts counted anew, targets and problems at their numbers."""
    counts: Counter[str] = Counter()
    numbered = []
    for measure in measures:
        counts[measure.task_no] += 1
        part = counts[measure.task_no]
        numbered.append(measure if measure.part == part else replace(measure, part=part))
    places = {m.key: (m.task_no, m.part) for m in numbered}

    def target(t: Target) -> Target:
        place = places.get(t.measure_key, (t.task_no, t.part))
        return t if place == (t.task_no, t.part) else replace(t, task_no=place[0], part=place[1])

    def problem(p: PlanProblem) -> PlanProblem:
        place = places.get(p.measure_key, (p.task_no, p.part))
        return p if place == (p.task_no, p.part) else replace(p, task_no=place[0], part=place[1])

    return replace(
        draft,
        measures=tuple(numbered),
        targets=tuple(map(target, draft.targets)),
        problems=tuple(map(problem, draft.problems)),
    )


# Splitting


def split_measure(draft: PlanDraft, key: str, at: int, title: str) -> PlanDraft:
    """The draft with a measure cut at a place in its content; the second half gets this title and the same duties.

    Targets and quoted doubts go with the half that holds their words.
    Raises RefusedError(`split_leaves_nothing`) when one half would have no words.
    """
    measure = measure_of(draft, key)
    first, second = measure.content[:at].rstrip(), measure.content[at:].lstrip()
    if not second or not (first or measure.title) or not title.strip():
        raise RefusedError("split_leaves_nothing")
    upper, lower = _sources(draft, measure, second)
    kept = replace(measure, content=first, source=upper)
    made = replace(measure, key=new_key(draft), title=title.strip(), content=second, source=lower)
    targets = tuple(
        replace(t, measure_key=made.key) if t.measure_key == key and _belongs(t.text, kept, made) else t
        for t in draft.targets
    )
    moved = replace(draft, targets=targets, problems=_shared_out(draft, kept, made))
    place = draft.measures.index(measure)
    return with_measures(moved, (*draft.measures[:place], kept, made, *draft.measures[place + 1 :]))


def split_by_paragraph(draft: PlanDraft, key: str) -> PlanDraft:
    """The draft with each paragraph of a measure's content a measure of its own, titled by its first clause.

    Raises RefusedError(`split_leaves_nothing`) when there is only one paragraph.
    """
    if "\n" not in measure_of(draft, key).content.strip():
        raise RefusedError("split_leaves_nothing")
    while "\n" in (content := measure_of(draft, key).content.rstrip()):
        # From the end, so that each new measure stands right behind the first.
        at = content.rindex("\n") + 1
        draft = split_measure(draft, key, at, headline(content[at:]))
    return draft


def headline(text: str) -> str:
    """A short title for a text: its first clause without its own number and stop."""
    words = re.sub(r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、．]|\d{1,3}\.(?!\d)|[①-⑳])\s*", "", text)
    return (re.split(r"[，；。：！？\n]", words.strip(), maxsplit=1)[0].strip() or text.strip())[:40]


def _sources(draft: PlanDraft, measure: Measure, second: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The blocks of both halves: the second's begin where its first words stand."""
    if not measure.source:
        return (), ()
    first, last = measure.source[0], measure.source[-1]
    wanted, text, starts = bare(second)[:24], "", []
    for block in draft.source:
        if first <= block.index <= last:
            starts.append((len(text), block.index))
            text += bare(block.text)
    at = text.find(wanted)
    if at < 0:
        return measure.source, measure.source
    begins = [(start, index) for start, index in starts if start <= at]
    start, index = begins[-1]
    before = begins[-2][1] if start == at and len(begins) > 1 else index
    return (first, before), (index, last)


def _belongs(text: str, first: Measure, second: Measure) -> bool:
    """Whether words stand in the second half and not in the first."""
    words = bare(text)
    return bool(words) and words in bare(second.title + second.content) and words not in bare(first.content)


def _shared_out(draft: PlanDraft, first: Measure, second: Measure) -> tuple[PlanProblem, ...]:
    found: list[PlanProblem] = []
    for problem in draft.problems:
        there = replace(problem, measure_key=second.key)
        if problem.measure_key != first.key:
            found.append(problem)
        elif problem.code in _OF_DUTIES:
            found += [problem, there]
        elif any(_belongs(problem.facts.get(name, ""), first, second) for name in _QUOTED):
            found.append(there)
        else:
            found.append(problem)
    return tuple(found)


# Joining


def merge_measures(draft: PlanDraft, keys: Sequence[str]) -> PlanDraft:
    """The draft with neighbouring measures in one: the first's key, number and title, duties united role by role.

    Raises RefusedError(`measures_not_neighbours`) unless they stand one after the other.
    """
    wanted = set(keys)
    places = [at for at, m in enumerate(draft.measures) if m.key in wanted]
    if len(places) < 2 or places != list(range(places[0], places[0] + len(places))):
        raise RefusedError("measures_not_neighbours")
    whole = draft.measures[places[0]]
    for at in places[1:]:
        whole = _joined(whole, draft.measures[at])
    others = {at for m in draft.measures if m.key not in wanted and m.source for at in m.source}
    if whole.source and any(whole.source[0] < at < whole.source[-1] for at in others):
        # What was brought together from far apart has no one place; it keeps the first's.
        whole = replace(whole, source=draft.measures[places[0]].source)
    targets = tuple(
        replace(t, measure_key=whole.key) if t.measure_key in wanted else t for t in draft.targets
    )
    found: dict[tuple[object, ...], PlanProblem] = {}
    for p in draft.problems:
        own = p.measure_key in wanted
        moved = replace(p, measure_key=whole.key) if own else p
        # The same doubt about both halves is one doubt about the whole.
        mark = (p.code, p.settled, *sorted(p.facts.items())) if own else (len(found), p.code)
        found.setdefault(mark, moved)
    joined = replace(draft, targets=targets, problems=tuple(found.values()))
    measures = (*draft.measures[: places[0]], whole, *draft.measures[places[-1] + 1 :])
    return with_measures(joined, measures)


def _joined(first: Measure, second: Measure) -> Measure:
    body = second.content
    repeats = bare(second.title) in bare(body) or bare(second.title) == bare(first.title)
    if second.title and not repeats:
        body = f"{second.title}。{body}" if body else f"{second.title}。"
    sources = [*first.source, *second.source]
    return replace(
        first,
        content="\n".join(text for text in (first.content, body) if text),
        duties=_united((*first.duties, *second.duties)),
        wording=_both(first.wording, second.wording),
        open_ended=first.open_ended or second.open_ended,
        deadline=_both(first.deadline, second.deadline),
        remark=_both(first.remark, second.remark),
        source=(min(sources), max(sources)) if sources else (),
    )


def _united(duties: Iterable[Duty]) -> tuple[Duty, ...]:
    """Each name once in its role, roles in their order."""
    order = list(DutyRole)
    known: dict[tuple[DutyRole, str], Duty] = {}
    for duty in duties:
        known.setdefault((duty.role, duty.name), duty)
    return tuple(sorted(known.values(), key=lambda duty: order.index(duty.role)))


def _both(first: str, second: str) -> str:
    return "；".join(dict.fromkeys(text for text in (first, second) if text))


# Order and numbers


def move_measure(draft: PlanDraft, key: str, before_key: str = "") -> PlanDraft:
    """The draft with a measure put before another, or at the end. Raises KeyError for keys it does not have."""
    measure = measure_of(draft, key)
    if before_key == key:
        return draft
    others = [m for m in draft.measures if m.key != key]
    place = others.index(measure_of(draft, before_key)) if before_key else len(others)
    return with_measures(draft, (*others[:place], measure, *others[place:]))


def step_measure(draft: PlanDraft, key: str, by: int) -> PlanDraft:
    """The draft with a measure so many places further down, or up where `by` is negative; it stops at the ends."""
    measure = measure_of(draft, key)
    others = [m for m in draft.measures if m.key != key]
    place = min(max(draft.measures.index(measure) + by, 0), len(others))
    return with_measures(draft, (*others[:place], measure, *others[place:]))


def renumber(draft: PlanDraft, key: str, task_no: str, part: int = 0) -> PlanDraft:
    """The draft with a measure under this number; with `part` it moves to that place among the task's parts.

    Raises RefusedError(`number_missing`).
    """
    if not task_no.strip():
        raise RefusedError("number_missing")
    measure = replace(measure_of(draft, key), task_no=task_no.strip())
    draft = with_measures(draft.with_measure(measure), draft.with_measure(measure).measures)
    siblings = [m.key for m in draft.measures if m.task_no == measure.task_no and m.key != key]
    if part <= 0 or not siblings or measure_of(draft, key).part == part:
        return draft
    if part <= len(siblings):
        return move_measure(draft, key, siblings[part - 1])
    after = [m.key for m in draft.measures].index(siblings[-1]) + 1
    return move_measure(draft, key, draft.measures[after].key if after < len(draft.measures) else "")


# Adding and taking out


def add_measure(draft: PlanDraft, measure: Measure, after_key: str = "") -> PlanDraft:
    """The draft with a measure of its own key more, behind another or at the head. The given key is not looked at.

    Raises RefusedError: `number_missing`, `title_missing`.
    """
    if not measure.task_no.strip():
        raise RefusedError("number_missing")
    if not measure.title.strip():
        raise RefusedError("title_missing")
    made = replace(measure, key=new_key(draft))
    keys = [m.key for m in draft.measures]
    place = keys.index(after_key) + 1 if after_key in keys else 0
    return with_measures(draft, (*draft.measures[:place], made, *draft.measures[place:]))


def remove_measure(draft: PlanDraft, key: str) -> PlanDraft:
    """The draft without a measure, its targets and its problems."""
    kept = replace(
        draft,
        targets=tuple(t for t in draft.targets if t.measure_key != key),
        problems=tuple(p for p in draft.problems if p.measure_key != key),
    )
    return with_measures(kept, (m for m in draft.measures if m.key != key))
