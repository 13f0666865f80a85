"""The numbers of a plan's measures, one by one and all at once."""

from __future__ import annotations

from desktop.domain.plan import Measure, Plan


def test_labels_are_those_of_each_measure() -> None:
    numbers = (("1", 1), ("19", 1), ("19", 2), ("保障-一", 1), ("7", 0), ("8", 3))
    measures = tuple(Measure(f"m{at}", no, part, "", "", "") for at, (no, part) in enumerate(numbers))
    plan = Plan("p", 1, "方案", "9", "市", measures)
    assert plan.labels == {measure.key: plan.label(measure) for measure in measures}
    assert list(plan.labels.values()) == ["1", "19-1", "19-2", "保障-一", "7", "8"]
