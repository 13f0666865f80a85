"""From a name as a plan writes it to the units it means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from desktop.domain.unit import Region, UnitKind


@dataclass(frozen=True)
class Match:
    """Which units a name means and how that was found.

    `how`: exact, term (a collective term), inherited (市 carried along a list), typo, unknown.
    `likely` is the known spelling that a typo was matched to.
    """

    unit_codes: tuple[str, ...]
    how: str
    likely: str = ""


def match_name(name: str, region: Region) -> Match:
    """What a name means in a region; `unknown` when nothing fits."""
    spellings = {s: (unit.code,) for unit in region.units for s in unit.spellings}
    terms = {_even(term.term): term.unit_codes for term in region.terms}
    wanted = name.strip()
    if wanted in spellings:
        return Match(spellings[wanted], "exact")
    if _even(wanted) in terms:
        return Match(terms[_even(wanted)], "term")
    departments = {s for u in region.units if u.kind is UnitKind.DEPARTMENT for s in u.spellings}
    for variant in (
        f"市{wanted}",
        f"{region.name}{wanted}",
        wanted.removeprefix(region.name),
        wanted.removeprefix("市"),
    ):
        if variant and variant in departments:
            return Match(spellings[variant], "inherited")
    likely = _nearest(_even(wanted), [*terms, *spellings])
    if likely:
        return Match(terms[likely] if likely in terms else spellings[likely], "typo", likely)
    return Match((), "unknown")


def units_at_start(text: str, region: Region) -> tuple[str, ...]:
    """The units whose name or collective term a wording begins with (利通区建成区); the longest name counts."""
    known: dict[str, tuple[str, ...]] = {
        _even(s): (unit.code,) for unit in region.reporting for s in unit.spellings
    }
    known |= {_even(term.term): term.unit_codes for term in region.terms}
    found = [name for name in known if _even(text).startswith(name)]
    return known[max(found, key=len)] if found else ()


def _even(text: str) -> str:
    """Brackets and separators in one form, so that （市、区） and (市、区) are one spelling."""
    return text.translate(str.maketrans("()﹙﹚,，", "（）（）、、")).replace(" ", "")


def _nearest(wanted: str, known: Iterable[str]) -> str:
    """The one known spelling a slip away: one sign wrong, missing or too many in a name of five or more."""
    if len(wanted) < 5:
        return ""
    close = [k for k in known if abs(len(k) - len(wanted)) <= 1 and _one_slip(wanted, k)]
    return close[0] if len(set(close)) == 1 else ""


def _one_slip(a: str, b: str) -> bool:
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    end = 0
    while end < min(len(a), len(b)) - start and a[-1 - end] == b[-1 - end]:
        end += 1
    return max(len(a), len(b)) - start - end <= 1
