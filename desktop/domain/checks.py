"""审核规则: what must be mended, explained or noticed in an entry before it is signed."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from desktop.domain.plan import Severity
from desktop.domain.report import Entry, ProgressStatus
from desktop.domain.rules import USUAL, RuleSet
from desktop.domain.schedule import Standing, short_of
from desktop.domain.targets import Accumulation, Target, reached

_SAID = (ProgressStatus.COMPLETED, ProgressStatus.ON_SCHEDULE, ProgressStatus.BEHIND)
"""States in which something was done, and words and evidence can show it."""
_SPOKEN_FIGURE = re.compile(
    r"百分之|[〇零一二两三四五六七八九十百千万亿半]+(?:余|多|几)?(?:[个台套家处座条项次户辆吨亩公户所种批件宗万千百]|平方|立方|以上)"
)


@dataclass(frozen=True)
class Finding:
    """One result of a check: code, severity, which measure and field, and the facts its sentence needs.

    `target` is the target's key for findings about a reading. `explained`: a warning that the entry's 说明 answers.
    """

    code: str
    severity: Severity
    measure_key: str
    field: str
    target: str = ""
    facts: Mapping[str, str] = dataclasses.field(default_factory=dict)
    explained: bool = False

    @property
    def hinders(self) -> bool:
        """Whether the report cannot be signed while this stands: an error, or a warning without an explanation."""
        return self.severity is Severity.ERROR or self.wants_explanation

    @property
    def wants_explanation(self) -> bool:
        return self.severity is Severity.WARNING and not self.explained


@dataclass(frozen=True)
class Around:
    """What an entry is held against: the newest earlier quarter's, its targets' standings, the same words elsewhere.

    `others` are the labels of other measures of the same report that have the same progress text.
    """

    previous: Entry | None = None
    standings: Mapping[str, Standing] = dataclasses.field(default_factory=dict)
    others: tuple[str, ...] = ()


Add = Callable[..., None]


def missing_fields(entry: Entry, targets: Iterable[Target]) -> tuple[str, ...]:
    """Fields without which an entry is not filled: status, progress, and each concerned reading.

    不涉及 needs only its reason.
    """
    if entry.status is None:
        found = ["status"]
    else:
        found = []
    if entry.status is ProgressStatus.NOT_APPLICABLE:
        return tuple(found + ([] if entry.explanation.strip() else ["explanation"]))
    if not entry.progress.strip():
        found.append("progress")
    found += [f"reading:{t.key}" for t in targets if entry.reading(t.key) is None]
    return tuple(found)


def check_entry(
    entry: Entry, targets: tuple[Target, ...], around: Around | None = None, rules: RuleSet | None = None
) -> tuple[Finding, ...]:
    """Findings of one entry by these rules (the defaults where none are given), errors first."""
    if entry.empty:
        return ()
    around, rules = around or Around(), rules or USUAL
    explained, found = bool(entry.explanation.strip()), []

    def add(code: str, severity: Severity | None, where: str, target: str = "", **facts: str) -> None:
        if severity is not None:
            answered = severity is Severity.WARNING and explained
            found.append(Finding(code, severity, entry.measure_key, where, target, facts, answered))

    _check_missing(add, entry, targets)
    _check_status(add, entry, around, rules)
    if entry.status is not ProgressStatus.NOT_APPLICABLE:
        for target in targets:
            _check_reading(add, entry, target, around.standings.get(target.key), rules)
    if entry.status in _SAID:
        _check_words(add, entry, targets, around, rules)
        wanted = rules.wants_evidence(entry.measure_key, entry.status is ProgressStatus.COMPLETED)
        if wanted and not entry.evidence:
            add("evidence_missing", rules.evidence_missing, "evidence")
    order = list(Severity)
    return tuple(sorted(found, key=lambda f: order.index(f.severity)))


def _check_missing(add: Add, entry: Entry, targets: tuple[Target, ...]) -> None:
    for name in missing_fields(entry, targets):
        where, _, wanted = name.partition(":")
        if where == "reading":
            indicator = next(t.indicator for t in targets if t.key == wanted)
            add("reading_missing", Severity.ERROR, where, wanted, indicator=indicator)
        else:
            add(f"{where}_missing", Severity.ERROR, where)


def _check_status(add: Add, entry: Entry, around: Around, rules: RuleSet) -> None:
    if entry.status is ProgressStatus.BEHIND:
        if not entry.problems.strip():
            add("behind_without_problems", rules.behind_without_problems, "problems")
        if not entry.next_steps.strip():
            add("behind_without_next_steps", rules.behind_without_next_steps, "next_steps")
    before = around.previous.status if around.previous else None
    if before is ProgressStatus.COMPLETED and entry.status not in (None, before):
        add("back_from_completed", rules.back_from_completed, "status")


def _check_reading(add: Add, entry: Entry, target: Target, standing: Standing | None, rules: RuleSet) -> None:
    value = entry.reading(target.key)
    if value is None:
        return
    facts = {"indicator": target.indicator, "now": f"{_plain(value)}{target.unit}"}
    if entry.status is ProgressStatus.COMPLETED and reached(target, value) is False:
        add("completed_not_reached", rules.completed_not_reached, "reading", target.key, **facts)
    if standing is None:
        return
    if entry.status is ProgressStatus.ON_SCHEDULE and short_of(target, value, standing.due):
        due = f"{_plain(standing.due)}{target.unit}" if standing.due is not None else ""
        add("short_of_schedule", rules.short_of_schedule, "reading", target.key, **facts, due=due)
    if standing.last is None:
        return
    before, factor = standing.last.value, rules.slip_factor
    facts |= {"before": f"{_plain(before)}{target.unit}", "quarter": standing.last.quarter}
    if target.accumulation in (Accumulation.PLAN_TO_DATE, Accumulation.YEAR_TO_DATE) and value < before:
        add("cumulative_fell", rules.cumulative_fell, "reading", target.key, **facts)
    if before > 0 and value >= before * factor:
        add("hundredfold", rules.unit_slip, "reading", target.key, **facts, factor=str(factor))
    elif value > 0 and before >= value * factor:
        add("hundredth", rules.unit_slip, "reading", target.key, **facts, factor=str(factor))


def _check_words(add: Add, entry: Entry, targets: tuple[Target, ...], around: Around, rules: RuleSet) -> None:
    words = even_text(entry.progress)
    if not words:
        return
    if targets and not has_figure(entry.progress):
        add("no_figure", rules.no_figure, "progress", indicator=targets[0].indicator)
    if len(words) < rules.least_length:
        add("too_short", rules.too_short, "progress", length=str(len(words)), least=str(rules.least_length))
        return
    before = around.previous
    # What was finished stays finished, and says so again.
    done = before is not None and before.status is entry.status is ProgressStatus.COMPLETED
    if before is not None and not done and words == even_text(before.progress):
        add("same_as_last_quarter", rules.same_as_last_quarter, "progress")
    if around.others:
        add("same_as_other", rules.same_as_other, "progress", others="、".join(around.others))


def even_text(text: str) -> str:
    """A text without white space, by which two are the same."""
    return "".join(text.split())


def has_figure(text: str) -> bool:
    """Whether a text names a quantity: digits, or Chinese numerals before what is counted (十二台, 百分之八)."""
    return any(char.isdigit() for char in text) or _SPOKEN_FIGURE.search(text) is not None


def same_words(texts: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """The keys under which each even text stands, for texts that stand under more than one."""
    found: dict[str, list[str]] = {}
    for key, text in texts.items():
        if words := even_text(text):
            found.setdefault(words, []).append(key)
    return {words: tuple(keys) for words, keys in found.items() if len(keys) > 1}


def is_filled(entry: Entry | None, targets: tuple[Target, ...]) -> bool:
    """Whether an entry says all that is asked: nothing missing."""
    return entry is not None and not missing_fields(entry, targets)


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
