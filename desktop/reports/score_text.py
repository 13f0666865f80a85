"""The sentences of 季报质量评分: who is best, what was taken off and why, and by which rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from desktop.domain.scoring import Deduction, Ranking, ScoringRules, UnitScore
from desktop.domain.unit import UnitKind

_GROUPS: Mapping[str, str] = {UnitKind.COUNTY: "县（市、区）", UnitKind.PARK: "开发区（园区）"}
ABOUT_SCORES = "评分只反映季报报送的质量，不反映空气质量和工作成效。"
_SCORE_PARTS = (("timely", "及时"), ("truthful", "真实"), ("complete", "完整"), ("signed", "签章齐全"))
_DEDUCTIONS = {
    "late_days": "逾期报送{count}天",
    "late_again": "退回后逾期重新报送{count}天",
    "returned": "退回修改条目{count}项",
    "findings": "审核问题{count}处未说明",
    "unfilled": "未填完条目{count}项",
    "names_missing": "缺填报人、审核人或签发人{count}人",
    "signed_for": "由他人代签",
}


def ranking_words(ranking: Ranking, names: dict[str, str]) -> str:
    """How many were scored, who has the full score or the best one, and what the score is not about."""
    scored = [score for score in ranking.scores if score.rank is not None]
    if not scored:
        return "目前没有已接收的季报，本季度暂不评分。"
    groups = dict.fromkeys(score.group for score in ranking.scores)
    top = "".join(
        _best_words([score for score in scored if score.group == group], group, ranking.rules, names)
        for group in groups
    )
    left = len(ranking.scores) - len(scored)
    none = f"没有已接收季报的单位{left}个，不评分、不排名。" if left else ""
    return f"对已接收季报的{len(scored)}个单位评分，满分{written(ranking.rules.full)}分。{top}{none}{ABOUT_SCORES}"


def _best_words(scored: Sequence[UnitScore], group: str, rules: ScoringRules, names: dict[str, str]) -> str:
    best = [score for score in scored if score.rank == 1]
    if not best:
        return ""
    who = _listed(names.get(score.unit_code, score.unit_code) for score in best)
    among = f"{group_words(group)}中，" if group else ""
    if best[0].points == rules.full:
        return f"{among}得满分的单位：{who}。"
    return f"{among}得分最高的单位：{who}，{written(best[0].points or Decimal(0))}分。"


def group_words(group: str) -> str:
    """What units of a kind are called together."""
    return _GROUPS.get(group, "其他单位")


def rules_words(rules: ScoringRules) -> str:
    """How the score is made, under its table."""
    weights = "，".join(f"{word}{written(getattr(rules, name))}分" for name, word in _SCORE_PARTS)
    taken = [
        f"及时：每逾期1天扣{written(rules.late_day)}分，从首次报来完整季报之日算起，退回后重新报送的按退回时定的期限算",
        f"真实：每退回修改1项条目、每有1处审核问题未说明扣{written(rules.error)}分",
        f"完整：每有1项条目未填完扣{written(rules.error)}分",
        f"签章齐全：填报人、审核人、签发人每缺1人扣{written(rules.name_missing)}分"
        + (f"，由他人代签扣{written(rules.signed_for)}分" if rules.signed_for else ""),
    ]
    return f"满分{written(rules.full)}分：{weights}。{'；'.join(taken)}；各项扣完为止。得分相同的名次相同。{ABOUT_SCORES}"


def deduction_words(score: UnitScore) -> str:
    """Every deduction of a score, or that there is none."""
    if score.points is None:
        return "没有已接收的季报，不评分、不排名"
    return "；".join(_deduction(each) for each in score.deductions) or "没有扣分"


def _deduction(each: Deduction) -> str:
    words = _DEDUCTIONS[each.code].format(count=each.count)
    return f"{words}，扣{written(each.points)}分" if each.points else f"{words}，该项已扣完"


def score_parts(score: UnitScore) -> tuple[str, ...]:
    """What is left of each part, in the order of `score_heads`."""
    parts = score.parts
    return tuple("—" if parts is None else written(parts[name]) for name, _ in _SCORE_PARTS)


def score_heads() -> tuple[str, ...]:
    return tuple(word for _, word in _SCORE_PARTS)


def written(value: Decimal) -> str:
    """A number without needless zeros or exponent."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _listed(names: Iterable[str]) -> str:
    return "、".join(names)
