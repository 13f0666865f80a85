"""通报: what of a quarter's summary is printed, and what its letter says beside the data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop.domain.scoring import Ranking
from desktop.domain.trends import TargetTrend

NUMBER_LENGTH, ADDRESSEE_LENGTH = 40, 300


class BulletinPart(StrEnum):
    """The parts of a bulletin, in the order in which they are printed; REQUESTS is the end of the letter's text."""

    LETTER = "letter"
    REQUESTS = "requests"
    UNITS = "units"
    LATE = "late"
    RANKING = "ranking"
    CITY = "city"
    MATRIX = "matrix"
    BEHIND = "behind"
    TRENDS = "trends"


USUAL_PARTS: tuple[BulletinPart, ...] = tuple(
    part for part in BulletinPart if part is not BulletinPart.RANKING
)
"""What is printed until somebody chooses: ranking only when it is asked for."""


@dataclass(frozen=True)
class Bulletin:
    """What a summary says as a bulletin. `number`: 发文字号, empty where there is none; `addressee`: 主送机关.

    `ranking` None: not asked for. Raises ValueError on words that are too long for their place.
    """

    parts: tuple[BulletinPart, ...] = USUAL_PARTS
    number: str = ""
    addressee: str = ""
    ranking: Ranking | None = None
    trends: tuple[TargetTrend, ...] = ()

    def __post_init__(self) -> None:
        if len(self.number) > NUMBER_LENGTH or len(self.addressee) > ADDRESSEE_LENGTH:
            raise ValueError("too long for a letter's head")
