"""季报质量评分: points for how a unit reported, never for the air; every deduction is stated by its facts.

The usual weights follow a published precedent: 及时 4, 真实 2, 完整 2, 签章齐全 2 of ten; half a point off for a day
late, a tenth for an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

_NIL = Decimal(0)


class ScorePart(StrEnum):
    """及时, 真实, 完整, 签章齐全."""

    TIMELY = "timely"
    TRUTHFUL = "truthful"
    COMPLETE = "complete"
    SIGNED = "signed"


@dataclass(frozen=True)
class ScoringRules:
    """What the parts weigh, and what is taken off: for a day late, an error, a person not named, a 代签.

    Raises ValueError on a number out of bounds or of more than two places, or where nothing weighs anything.
    """

    timely: Decimal = Decimal(4)
    truthful: Decimal = Decimal(2)
    complete: Decimal = Decimal(2)
    signed: Decimal = Decimal(2)
    late_day: Decimal = Decimal("0.5")
    error: Decimal = Decimal("0.1")
    name_missing: Decimal = Decimal("0.5")
    signed_for: Decimal = _NIL

    MOST: ClassVar[Decimal] = Decimal(100)

    def __post_init__(self) -> None:
        for each in fields(self):
            value = getattr(self, each.name)
            if not (value.is_finite() and _NIL <= value <= self.MOST and value == round(value, 2)):
                raise ValueError(f"{each.name}: {value}")
        if not self.full:
            raise ValueError("nothing weighs anything")

    def weight(self, part: ScorePart) -> Decimal:
        return {
            ScorePart.TIMELY: self.timely,
            ScorePart.TRUTHFUL: self.truthful,
            ScorePart.COMPLETE: self.complete,
            ScorePart.SIGNED: self.signed,
        }[part]

    @property
    def full(self) -> Decimal:
        """The score of a report without any fault."""
        return self.timely + self.truthful + self.complete + self.signed


USUAL_SCORING = ScoringRules()


@dataclass(frozen=True)
class Conduct:
    """How a unit reported in a quarter; all counts.

    `late_days`: from the due date to the receipt of the first complete submission; `late_again`: after the deadlines
    that returns set; `returned`: entries that were sent back, one for a return that names none; `findings`: what the
    accepted report's checks leave open (必须改, 请核对 without 说明); `unfilled`: entries not filled; `names_missing`:
    of 填报人, 审核人, 签发人; `signed_for`: 1 where another signed for the issuer.
    """

    late_days: int = 0
    late_again: int = 0
    returned: int = 0
    findings: int = 0
    unfilled: int = 0
    names_missing: int = 0
    signed_for: int = 0


@dataclass(frozen=True)
class Deduction:
    """Points that were taken off a part, for `count` times the fact that `code` names (a field of Conduct).

    `points` is what was taken: less than the rate asks where the part has no more.
    """

    part: ScorePart
    code: str
    count: int
    points: Decimal


_RULES: tuple[tuple[ScorePart, str, str], ...] = (
    (ScorePart.TIMELY, "late_days", "late_day"),
    (ScorePart.TIMELY, "late_again", "late_day"),
    (ScorePart.TRUTHFUL, "returned", "error"),
    (ScorePart.TRUTHFUL, "findings", "error"),
    (ScorePart.COMPLETE, "unfilled", "error"),
    (ScorePart.SIGNED, "names_missing", "name_missing"),
    (ScorePart.SIGNED, "signed_for", "signed_for"),
)


@dataclass(frozen=True)
class UnitScore:
    """A unit's points and place. `conduct`, `points` and `rank` None: nothing was accepted, so there is no score.

    `group`: among which units it has its place, empty for all.
    """

    unit_code: str
    conduct: Conduct | None = None
    parts: Mapping[str, Decimal] | None = None
    deductions: tuple[Deduction, ...] = ()
    points: Decimal | None = None
    rank: int | None = None
    group: str = ""


@dataclass(frozen=True)
class Ranking:
    """The scores of all units, in each group the best first, those without a score last; and the rules they follow."""

    rules: ScoringRules
    scores: tuple[UnitScore, ...]


def score_of(unit_code: str, conduct: Conduct, rules: ScoringRules = USUAL_SCORING) -> UnitScore:
    """One unit's score with every deduction; no part falls below zero."""
    left = {part: rules.weight(part) for part in ScorePart}
    found = []
    for part, code, rate in _RULES:
        count, each = getattr(conduct, code), getattr(rules, rate)
        if count <= 0 or not each:
            continue
        points = min(each * count, left[part])
        left[part] -= points
        found.append(Deduction(part, code, count, points))
    parts = {part.value: value for part, value in left.items()}
    return UnitScore(unit_code, conduct, parts, tuple(found), sum(left.values(), _NIL))


def ranking_of(
    units: Iterable[str],
    conducts: Mapping[str, Conduct],
    rules: ScoringRules = USUAL_SCORING,
    groups: Mapping[str, str] | None = None,
) -> Ranking:
    """All units in order, group by group as `groups` names them by their codes, or all together.

    Equal scores share a place and the next one is skipped; who has no conduct has no place.
    """
    grouped: dict[str, list[str]] = {}
    for code in units:
        grouped.setdefault((groups or {}).get(code, ""), []).append(code)
    scores = [score for name, codes in grouped.items() for score in _placed(codes, conducts, rules, name)]
    return Ranking(rules, tuple(scores))


def _placed(
    codes: list[str], conducts: Mapping[str, Conduct], rules: ScoringRules, group: str
) -> list[UnitScore]:
    scored = [score_of(code, conducts[code], rules) for code in codes if code in conducts]
    scored.sort(key=lambda score: -(score.points or _NIL))
    placed: list[UnitScore] = []
    for number, score in enumerate(scored, 1):
        before = placed[-1] if placed else None
        same = before is not None and before.points == score.points
        placed.append(replace(score, rank=before.rank if same and before else number, group=group))
    return [*placed, *(UnitScore(code, group=group) for code in codes if code not in conducts)]
