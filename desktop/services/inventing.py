"""Inventing plausible entries for the sample and the demonstration, from shipped phrases and a seed."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from desktop.domain.errors import UnreadableError
from desktop.domain.quarter import Quarter
from desktop.domain.report import Entry, Evidence, ProgressStatus, Reading
from desktop.domain.schedule import Standing, short_of
from desktop.domain.targets import Accumulation, Comparator, Target
from desktop.domain.unit import Unit
from desktop.services.surveying import FillingRow

# What is counted by the piece has no halves.
_COUNTED = frozenset("条台辆家个户座套项处起次艘眼口间")
_GROWING = (Accumulation.YEAR_TO_DATE, Accumulation.PLAN_TO_DATE)
_WEIGHTS = {
    ProgressStatus.COMPLETED: 15,
    ProgressStatus.ON_SCHEDULE: 60,
    ProgressStatus.BEHIND: 13,
    ProgressStatus.NOT_STARTED: 8,
    ProgressStatus.NOT_APPLICABLE: 4,
}


def load_phrases(folder: Path) -> dict[str, Any]:
    """The vocabulary in `phrases.json`. Raises UnreadableError(`region_damaged`, file, detail)."""
    path = folder / "phrases.json"
    try:
        phrases: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnreadableError("region_damaged", file=path.name, detail=str(error)) from None
    return phrases


class Inventor:
    """Says the same about the same unit, quarter and measure every time."""

    def __init__(self, phrases: dict[str, Any]) -> None:
        self._phrases = phrases

    def person(self, seed: str) -> str:
        """A name; the same seed gives the same name."""
        return str(random.Random(f"person {seed}").choice(self._phrases["people"]))

    def phone(self, seed: str) -> str:
        """A telephone number that nobody has: the area code 0000."""
        form = self._phrases["phone"]
        digits = form.get("digits", 7)
        return f"{form['prefix']}{random.Random(f'phone {seed}').randrange(10 ** (digits - 1), 10**digits)}"

    def entry(self, unit: Unit, quarter: str, row: FillingRow) -> Entry:
        """A whole entry without evidence: status, words, readings; consistent within itself."""
        chance = random.Random(f"{unit.code} {quarter} {row.measure.key}")
        status = chance.choices(list(_WEIGHTS), list(_WEIGHTS.values()))[0]
        if row.previous is not None and row.previous.status is ProgressStatus.COMPLETED:
            status = ProgressStatus.COMPLETED
        phrases = {name: self._phrases[name][status.value] for name in ("progress", "problems", "next_steps")}
        words = {
            name: self._worded(chance, chance.choice(options), unit, quarter, row, status)
            for name, options in phrases.items()
        }
        explanation = ""
        if status is ProgressStatus.NOT_APPLICABLE:
            explanation = chance.choice(self._phrases["explanations"]["not_applicable"])
            return Entry(row.measure.key, status, words["progress"], "", words["next_steps"], explanation)
        readings = tuple(
            Reading(t.key, _followed(_reading(chance, t, status), t, status, row.standings.get(t.key)))
            for t in row.targets
        )
        return Entry(
            row.measure.key,
            status,
            words["progress"],
            words["problems"],
            words["next_steps"],
            explanation,
            readings,
        )

    def _worded(
        self,
        chance: random.Random,
        phrase: str,
        unit: Unit,
        quarter: str,
        row: FillingRow,
        status: ProgressStatus,
    ) -> str:
        ranges = self._phrases["ranges"][status.value]
        last_month = Quarter.parse(quarter).last_day.month
        return phrase.format(
            title=_inside(row.measure.title.rstrip("。") or row.label),
            unit=unit.short_name,
            n=chance.randint(*ranges["n"]),
            percent=chance.randint(*ranges["percent"]),
            month=chance.randint(last_month - 2, last_month),
        )

    def explained(self, row: FillingRow) -> Entry:
        """The entry of a row whose findings want an explanation, with one."""
        chance = random.Random(f"explanation {row.measure.key}")
        words = chance.choice(self._phrases["explanations"]["corrected"])
        return replace(row.entry, explanation=words)

    def city_reading(self, quarter: str, target: Target) -> Reading:
        """The city's own figure for a target."""
        chance = random.Random(f"city {quarter} {target.key}")
        status = chance.choice((ProgressStatus.COMPLETED, ProgressStatus.ON_SCHEDULE))
        return Reading(target.key, _reading(chance, target, status))

    def evidence(self, unit: Unit, row: FillingRow, entry: Entry) -> Iterator[tuple[str, bytes]]:
        """Names and contents of files for about one entry in four."""
        chance = random.Random(f"evidence {unit.code} {row.measure.key}")
        if entry.status is ProgressStatus.NOT_APPLICABLE or chance.random() > 0.25:
            return
        base = chance.choice(self._phrases["evidence"])
        text = f"{base}（示例）\n\n单位：{unit.name}\n任务：{row.label} {row.measure.title}\n\n{entry.progress}\n"
        yield f"{base}.txt", text.encode("utf-8")

    def with_evidence(self, entry: Entry, evidence: Evidence) -> Entry:
        return replace(entry, evidence=(*entry.evidence, evidence))


def _followed(value: Decimal, target: Target, status: ProgressStatus, standing: Standing | None) -> Decimal:
    """A figure that goes on from the one before, and that has come as far as its state says."""
    if standing is None:
        return value
    if standing.last is not None and target.accumulation in _GROWING:
        value = max(value, standing.last.value)
    if status is ProgressStatus.ON_SCHEDULE and short_of(target, value, standing.due):
        return standing.due if standing.due is not None else value
    return value


def _reading(chance: random.Random, target: Target, status: ProgressStatus) -> Decimal:
    """A figure on the right side of the target when completed, short of it when behind, near it otherwise."""
    wanted = target.value if target.value is not None else Decimal(60)
    done = status is ProgressStatus.COMPLETED
    if target.comparator in (Comparator.AT_MOST, Comparator.LESS_THAN):
        share = Decimal(chance.randint(82, 98) if done else chance.randint(95, 118)) / 100
    elif target.accumulation is Accumulation.POINT_IN_TIME:
        share = Decimal(100 if done else chance.randint(84, 99)) / 100
        if target.comparator is Comparator.MORE_THAN and done:
            share = Decimal("1.02")
    else:
        share = Decimal(1) if done else Decimal(chance.randint(10, 45)) / 100
    value = wanted * share
    if target.unit in ("%", "％"):
        value = min(value, Decimal(100))
    whole = target.unit in _COUNTED or (wanted >= 20 and target.unit not in ("%", "％"))
    places = max(-int(wanted.as_tuple().exponent), 0 if whole else 1)
    step = Decimal(1).scaleb(-places)
    return max(value.quantize(step), Decimal(0))


def _inside(title: str) -> str:
    """A title that the phrases put between quotation marks: its own are single ones there."""
    return title.translate(str.maketrans("“”", "‘’"))
