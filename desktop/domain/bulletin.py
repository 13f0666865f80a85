"""通报: what of a quarter's summary is printed, and what its letter says beside the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from desktop.domain.codec import SPARE
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


class BulletinSection(StrEnum):
    """开头, then the sections of the letter in their order."""

    OPENING = "opening"
    REPORTING = "reporting"
    OVERALL = "overall"
    MOVED = "moved"
    BEHIND = "behind"
    CITY = "city"
    RANKING = "ranking"
    REQUESTS = "requests"


BULLETIN_HEADINGS: Mapping[BulletinSection, str] = {
    BulletinSection.OPENING: "开头",
    BulletinSection.REPORTING: "季报报送情况",
    BulletinSection.OVERALL: "总体进展情况",
    BulletinSection.MOVED: "与上季度相比",
    BulletinSection.BEHIND: "进展滞后的工作",
    BulletinSection.CITY: "全市指标完成情况",
    BulletinSection.RANKING: "季报质量评分",
    BulletinSection.REQUESTS: "下一步要求",
}
"""Their headings, the same on screens and on paper; 开头 stands without one."""


@dataclass(frozen=True)
class BulletinText:
    """One section of the letter; a newline ends a paragraph. The heading belongs to the name."""

    name: BulletinSection
    text: str


@dataclass(frozen=True)
class Bulletin:
    """What a summary says as a bulletin. `number`: 发文字号, empty where there is none; `addressee`: 主送机关.

    `ranking` None: not asked for. `sections`: the letter's words, those that have text in order; None where they are
    what the data say, as in bulletins from before they could be edited. Raises ValueError on words that are too long
    for their place.
    """

    parts: tuple[BulletinPart, ...] = USUAL_PARTS
    number: str = ""
    addressee: str = ""
    ranking: Ranking | None = None
    trends: tuple[TargetTrend, ...] = ()
    sections: tuple[BulletinText, ...] | None = field(default=None, metadata=SPARE)

    def __post_init__(self) -> None:
        if len(self.number) > NUMBER_LENGTH or len(self.addressee) > ADDRESSEE_LENGTH:
            raise ValueError("too long for a letter's head")


@dataclass(frozen=True)
class ExportedBulletin:
    """A bulletin's PDF as it was written out for the first time.

    `file`: the PDF's own SHA-256; `digest` and `code`: of the data in it, as printed on its pages; `letter`: whether it
    is a 通报 rather than tables alone; `as_of`: the day its data are of; `signer`: empty where it bears no signature.
    """

    file: str
    digest: str
    code: str
    plan_id: str
    plan_title: str
    quarter: str
    number: str
    letter: bool
    as_of: date
    signer: str
    name: str
    size: int
    exported_at: datetime
