"""What 得分和对比 says of its three pictures, by fixed rules."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from desktop.domain.contrast import Course, Courses, Heat
from desktop.domain.quarter import Quarter
from desktop.domain.scoring import Ranking, UnitScore
from desktop.wording.terms import number

MOST_NAMED = 3
ABOUT = "只评报得好不好，不评干得快慢。"


def scores_said(ranking: Ranking, names: Mapping[str, str]) -> str:
    """Who has all points, and from whom the most was taken."""
    scored = [score for score in ranking.scores if score.points is not None]
    if not scored:
        return "还没有收下的季报，没有得分。"
    full = [score for score in scored if score.points == ranking.rules.full]
    rest = sorted((s for s in scored if s not in full), key=lambda s: s.points or Decimal(0))
    said = []
    if full:
        who = f"{named([names[s.unit_code] for s in full])}满分" if rest else f"{len(full)}家都是满分"
        said.append(who)
    for score in rest[:2]:
        lost = ranking.rules.full - (score.points or Decimal(0))
        said.append(f"{names[score.unit_code]}扣了{number(lost)}分")
    if len(rest) > 2:
        said.append(f"另有{len(rest) - 2}家扣了分")
    return "，".join(said) + "。"


def courses_said(found: Courses, names: Mapping[str, str]) -> str:
    """Who falls and falls, else how many rose and fell."""
    if len(found.quarters) < 2:
        return "还没有可比的季度，下个季度起有走势。"
    steps = [course for course in found.units if course.step is not None]
    if not steps:
        return "还没有两个季度都收下的单位，看不出走势。"
    worst = falling(found)
    rose = sum((course.step or 0) > 0 for course in steps)
    fell = sum((course.step or 0) < 0 for course in steps)
    moved = f"比上季上升的{rose}家，下降的{fell}家"
    if worst is None:
        return f"{moved}。"
    now = worst.values[-1]
    assert now is not None
    return f"{names[worst.unit_code]}连降{worst.falls}季，到了{number(now)}%；{moved}。"


def falling(found: Courses) -> Course | None:
    """The one unit whose line is marked: it fell at least twice running, the most times, then to the lowest share."""
    falls = [course for course in found.units if course.falls >= 2]
    return min(falls, key=lambda c: (-c.falls, c.values[-1] or Decimal(0)), default=None)


def heat_said(found: Heat, names: Mapping[str, str]) -> str:
    """How many entries are behind, where the most."""
    if not found.total:
        return "收下的季报里没有滞后的条目。"
    row = max(found.rows, key=lambda each: each.total)
    at = max(range(len(found.units)), key=found.of_unit)
    title = row.title if len(row.title) <= 16 else f"{row.title[:15]}…"
    return (
        f"滞后{found.total}条，最多的是“{title}”（{row.total}条），"
        f"最多的单位是{names[found.units[at]]}（{found.of_unit(at)}条）。"
    )


def place_moved(score: UnitScore, places: Mapping[str, int]) -> int | None:
    """How many places better than in the quarter before; None where there is no place in one of them."""
    before = places.get(score.unit_code)
    return None if before is None or score.rank is None else before - score.rank


def moved_word(moved: int | None) -> str:
    """For a reader of the screen: 比上季前进2名."""
    if moved is None:
        return "上季没有名次"
    if not moved:
        return "名次和上季一样"
    return f"比上季{'前进' if moved > 0 else '后退'}{abs(moved)}名"


def quarter_word(quarter: str) -> str:
    return Quarter.parse(quarter).chinese


def named(names: list[str]) -> str:
    """The first names, and how many there are."""
    if len(names) <= MOST_NAMED:
        return "、".join(names)
    return f"{'、'.join(names[:MOST_NAMED])}等{len(names)}家"
