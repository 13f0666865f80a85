"""季度 and its calendar: opens, due and closes are three dates with three meanings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_FORM = re.compile(r"([12][0-9]{3})Q([1-4])")
_ORDINALS = "一二三四"


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of a year; written `2025Q1`."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """Raises ValueError unless the text is `YYYYQn`."""
        match = _FORM.fullmatch(text)
        if match is None:
            raise ValueError(text)
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"

    @property
    def chinese(self) -> str:
        return f"{self.year}年第{_ORDINALS[self.number - 1]}季度"

    @property
    def first_day(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        return self.next.first_day - timedelta(days=1)

    @property
    def next(self) -> Quarter:
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)

    @property
    def previous(self) -> Quarter:
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)

    @classmethod
    def of(cls, day: date) -> Quarter:
        return cls(day.year, (day.month + 2) // 3)


@dataclass(frozen=True)
class QuarterCalendar:
    """The superior's three dates: entry `opens`, on time until `due`, locked after `closes` (both inclusive)."""

    quarter: str
    opens: date
    due: date
    closes: date

    def __post_init__(self) -> None:
        Quarter.parse(self.quarter)
        if not self.opens <= self.due <= self.closes:
            raise ValueError("opens, due and closes must follow each other")

    @classmethod
    def usual(cls, quarter: Quarter) -> QuarterCalendar:
        """The 25th of the last month, the 10th and the 20th of the next: a proposal, the officer sets them."""
        end, after = quarter.last_day, quarter.next.first_day
        return cls(str(quarter), end.replace(day=25), after.replace(day=10), after.replace(day=20))
