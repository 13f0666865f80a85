"""How a figure stands, in the words beside its field."""

from __future__ import annotations

from decimal import Decimal

import pytest

from desktop.domain.targets import Accumulation, Comparator, Target
from desktop.wording.filling import Said, placed, standing

GAS = Target(
    "t", "4", 1, "天然气覆盖率", Comparator.ABOUT, Decimal(95), "%", accumulation=Accumulation.POINT_IN_TIME
)


@pytest.mark.parametrize(
    ("value", "words", "met"),
    [
        ("95.2", "已达到", True),
        ("91.2", "接近目标，相差3.8%", None),
        ("100", "高出5%", None),
        ("80", "还差15%", False),
    ],
)
def test_of_about_only_people_say_whether_what_is_near_is_enough(
    value: str, words: str, met: bool | None
) -> None:
    assert standing(GAS, Decimal(value)) == (words, met)


def test_what_is_near_is_not_short_of_what_is_due() -> None:
    assert placed(GAS, Decimal("91.2"), Decimal(95)) == Said("接近目标，相差3.8%")
    assert placed(GAS, Decimal("80"), Decimal(95)).short
    assert placed(GAS, Decimal("94.6"), Decimal(95)).met
