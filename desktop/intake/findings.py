"""What a draft leaves doubtful: silence is only for what is certain."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from desktop.domain.plan import DutyRole, Measure, PlanProblem, Severity
from desktop.domain.targets import Comparator, Target
from desktop.intake.duties.lexicon import Lexicon, even, is_generic
from desktop.intake.duties.parts import Part
from desktop.intake.prose.outline import Paragraph, number_value
from desktop.intake.stream.plain_text import depth_after, ends_sentence

_COPIED_NAMES = 6
# A county, district or park; not the city as a whole, nor all of them together.
_IN_CITY = re.compile(r"^(?!全|各).*(?:县|区|市|旗|园)")


def find_problems(
    parts: Sequence[Part],
    measures: Sequence[Measure],
    targets: Sequence[Target],
    prose: Sequence[Paragraph],
    mark: str,
    title: str,
    lexicon: Lexicon,
) -> tuple[PlanProblem, ...]:
    """All problems, the document's own first, then by measure, errors before warnings before hints."""
    found: list[PlanProblem] = []
    if mark:
        found.append(
            PlanProblem("consultation_draft", Severity.WARNING, facts={"title": title, "mark": mark})
        )
    found += _sections(prose, measures)
    found += _numbers(measures)
    without = sum(1 for m in measures if not m.names(DutyRole.IMPLEMENT))
    # Where hardly anybody implements by name, that is how the plan is written.
    usual = without * 2 > len(measures)
    for part, measure in zip(parts, measures, strict=True):
        found += _duties(part, measure, Severity.HINT if usual else Severity.WARNING)
    found += _cut_off(measures)
    found += _typos(measures, lexicon)
    found += _copied(measures)
    found += _figures(targets)
    order = list(Severity)
    place = {m.key: at for at, m in enumerate(measures, 1)}
    return tuple(sorted(found, key=lambda p: (place.get(p.measure_key, 0), order.index(p.severity))))


def _at(measure: Measure, code: str, severity: Severity, **facts: str) -> PlanProblem:
    return PlanProblem(code, severity, measure.task_no, measure.part, facts, measure_key=measure.key)


def _on(target: Target, code: str, severity: Severity, facts: Mapping[str, str]) -> PlanProblem:
    return PlanProblem(code, severity, target.task_no, target.part, facts, measure_key=target.measure_key)


def _duties(part: Part, measure: Measure, unassigned: Severity) -> Iterator[PlanProblem]:
    for text, role, names in part.duties.joined:
        yield _at(
            measure, "joined_names", Severity.WARNING, names="、".join(names), text=text, role=role.value
        )
    leads = measure.names(DutyRole.LEAD)
    if not measure.duties:
        yield _at(measure, "no_duties", Severity.ERROR, title=measure.title)
        return
    if not leads:
        yield _at(measure, "no_lead", Severity.WARNING, title=measure.title)
    if not measure.names(DutyRole.IMPLEMENT):
        yield _at(measure, "no_implementer", unassigned, title=measure.title)
    if (measure.wording or part.duties.unled) and len(leads) > 1:
        yield _at(measure, "no_single_lead", Severity.HINT, names="、".join(leads), wording=measure.wording)
    for role in part.duties.open_roles:
        yield _at(measure, "open_list", Severity.HINT, role=role.value)


def _numbers(measures: Sequence[Measure]) -> Iterator[PlanProblem]:
    """Numbers that stand twice or are left out, among the plain numbers of the tasks."""
    tasks = dict.fromkeys((m.task_no, m.title) for m in measures)
    counts = Counter(number for number, _ in tasks)
    for number, count in counts.items():
        if count > 1:
            key = next(m.key for m in reversed(measures) if m.task_no == number)
            yield PlanProblem(
                "duplicate_number", Severity.WARNING, number, 1, {"number": number}, measure_key=key
            )
    values = [number_value(number) for number in counts if number_value(number)]
    known = set(values)
    plain = len(values) == len({m.task_no for m in measures if "-" not in m.task_no})
    # Where most numbers are missing, they do not count the tasks.
    if plain and known and len(values) * 2 > max(known) - min(known):
        for value in range(min(known), max(known)):
            if value not in known:
                yield PlanProblem("missing_number", Severity.WARNING, facts={"number": str(value)})


def _sections(prose: Sequence[Paragraph], measures: Sequence[Measure]) -> Iterator[PlanProblem]:
    """Main headings that carry the number of another, counted from where the plan's own text begins."""
    last = max((m.source[-1] for m in measures if m.source), default=0)
    run: dict[str, list[str]] = defaultdict(list)
    latest: dict[str, list[str]] = run
    for paragraph in prose:
        marker = paragraph.marker
        if marker is None or marker.level != 1 or paragraph.first > last or len(marker.rest) > 40:
            continue
        if number_value(marker.number) == 1:
            latest = defaultdict(list)
        latest[marker.number].append(marker.rest)
    for number, titles in latest.items():
        if len(titles) > 1:
            yield PlanProblem(
                "duplicate_section", Severity.HINT, facts={"number": number, "titles": "、".join(titles)}
            )


def _cut_off(measures: Sequence[Measure]) -> Iterator[PlanProblem]:
    """Contents that end in mid-sentence: on a comma, in an open bracket, or without a stop where others have one."""
    stopped = sum(1 for m in measures if ends_sentence(m.content))
    for measure in measures:
        tail = measure.content.rstrip()
        hanging = bool(re.search(r"[，、：（(“《]$", tail)) or depth_after(tail.rpartition("\n")[2]) > 0
        if measure.content != measure.title and (
            hanging or (not re.search(r"[。！？；;!?.）)”…]$", tail) and stopped * 3 >= len(measures) * 2 > 6)
        ):
            yield _at(measure, "content_cut_off", Severity.WARNING, tail=tail[-16:])


def _typos(measures: Sequence[Measure], lexicon: Lexicon) -> Iterator[PlanProblem]:
    """Names one slip away from a known one, or from one that the plan itself uses often."""
    used = Counter(duty.name for measure in measures for duty in measure.duties)
    often = {even(name) for name, count in used.items() if count >= 3}
    known = often | lexicon.known
    for measure in measures:
        for duty in measure.duties:
            name = even(duty.name)
            if lexicon.is_known(name) or name in often or used[duty.name] > 2:
                continue
            # A collective term (各县区民政府) is held against what this plan itself writes often.
            near = often if is_generic(name) else known
            likely = sorted(
                k for k in near if len(k) >= 5 and abs(len(k) - len(name)) <= 1 and _slip(name, k)
            )
            if len(name) >= 5 and len(likely) == 1:
                shown = next((n for n in used if even(n) == likely[0]), likely[0])
                yield _at(
                    measure, "typo", Severity.WARNING, name=duty.name, likely=shown, role=duty.role.value
                )


def _slip(name: str, known: str) -> bool:
    """Whether one wrong, missing or additional sign parts two names; a missing 市 in front is none."""
    if known in (f"市{name}", name[1:] if name[:1] == "市" else ""):
        return False
    start = 0
    while start < min(len(name), len(known)) and name[start] == known[start]:
        start += 1
    end = 0
    while end < min(len(name), len(known)) - start and name[-1 - end] == known[-1 - end]:
        end += 1
    return max(len(name), len(known)) - start - end == 1 and not re.search(
        r"[县区市]", name[start : len(name) - end] + known[start : len(known) - end]
    )


def _copied(measures: Sequence[Measure]) -> Iterator[PlanProblem]:
    """A row whose many units are those of another row under another task, in the same order."""
    seen: dict[tuple[tuple[DutyRole, str], ...], Measure] = {}
    for measure in measures:
        key = tuple((duty.role, duty.name) for duty in measure.duties)
        named = [name for role, name in key if role in (DutyRole.LEAD, DutyRole.SUPPORT)]
        if len(named) < _COPIED_NAMES:
            continue
        other = seen.setdefault(key, measure)
        if other is not measure and other.task_no != measure.task_no:
            facts = {"other": other.task_no, "names": "、".join(named)}
            yield _at(measure, "copied_units", Severity.HINT, **facts)


def _figures(targets: Sequence[Target]) -> Iterator[PlanProblem]:
    """Figures left blank, and a county's target that asks for less than the city's."""
    for target in targets:
        facts = {"indicator": target.indicator, "text": target.text}
        if target.value is None:
            yield _on(target, "blank_figure", Severity.ERROR, facts)
            continue
        whole = _of_city(target, targets)
        if whole is None or whole.value is None:
            continue
        upper = (Comparator.AT_MOST, Comparator.LESS_THAN)
        looser = target.value > whole.value if target.comparator in upper else target.value < whole.value
        if looser:
            facts |= {
                "scope": target.scope,
                "value": f"{target.value}{target.unit}",
                "city": f"{whole.value}{whole.unit}",
            }
            yield _on(target, "looser_than_city", Severity.HINT, facts)


def _of_city(target: Target, targets: Sequence[Target]) -> Target | None:
    """What the city as a whole is to reach of the same, in the same measure or among the overall targets."""
    if not _IN_CITY.search(target.scope) or target.comparator in (Comparator.EQUAL, Comparator.ABOUT):
        return None
    for other in targets:
        whole = re.match(r"全[市州盟]", other.scope) or (other.task_no == "目标" and not other.scope)
        if (
            whole
            and other.measure_key in (target.measure_key, "")
            and (other.indicator, other.unit, other.comparator)
            == (target.indicator, target.unit, target.comparator)
            and (other.deadline == target.deadline or not target.deadline)
        ):
            return other
    return None
