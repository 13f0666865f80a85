"""The superior's summary of a quarter on paper: a 通报 with its letter, and the tables that it speaks of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.domain.bulletin import Bulletin, BulletinPart
from desktop.domain.codec import canonical_bytes
from desktop.domain.missing_signs import missing_in_summary
from desktop.domain.overall import behind_units
from desktop.domain.progress import Progress, silent
from desktop.domain.quarter import Quarter
from desktop.domain.report import People
from desktop.domain.summary import SummaryDocument
from desktop.reports import bulletin_tables, bulletin_text
from desktop.reports.annexes import Annexes
from desktop.reports.bulletin_letter import BulletinLetter
from desktop.reports.closing import close, room_for
from desktop.reports.description import Description
from desktop.reports.fonts import Faces
from desktop.reports.letter_body import fitted
from desktop.reports.letter_foot import LetterFoot
from desktop.reports.letter_head import PITCH
from desktop.reports.page import Foot, Pages
from desktop.reports.rendered import Proof, RenderedPdf, over_damage
from desktop.reports.report_text import chinese_date
from desktop.reports.status_matrix import MatrixSetter
from desktop.reports.target_trends import set_trends

_Step = Callable[[int, int], None]
_FOOT_NAME = 20
"""Signs of the issuer's name that the foot has room for beside the code."""
_TITLES = {
    BulletinPart.UNITS: "各单位报送情况",
    BulletinPart.LATE: "逾期报送和退回情况",
    BulletinPart.RANKING: "季报质量评分和排名",
    BulletinPart.CITY: "全市指标完成情况",
    BulletinPart.MATRIX: "进展状态一览",
    BulletinPart.BEHIND: "进展滞后的工作措施",
    BulletinPart.TRENDS: "指标各季度完成值",
}


@dataclass(frozen=True)
class _Set:
    """A bulletin as far as its letter: the pages, y below it, 版记 to come, and what that leaves `below` the last part."""

    pages: Pages
    y: float
    imprint: LetterFoot | None
    below: float


def render_city_summary(summary: SummaryDocument, faces: Faces, progress: Progress = silent) -> RenderedPdf:
    """The summary as a PDF made from the document alone; the same bytes for the same faces.

    Raises UnreadableError(`font_unreadable`, file).
    """
    return over_damage(faces, lambda usable: _rendered(summary, usable, progress))


def _rendered(summary: SummaryDocument, faces: Faces, progress: Progress) -> RenderedPdf:
    proof = Proof.of(canonical_bytes(summary))
    head = bulletin_text.title_of(summary)
    foot = Foot(proof.code, _about(summary))
    said = Description("".join(head), summary.issuer.name, summary.plan.title, summary.as_of)
    bulletin = summary.bulletin or Bulletin()
    parts = parts_of(summary, bulletin)
    titles = [_TITLES[part] for part in parts]
    letter = BulletinPart.LETTER in bulletin.parts

    def set_at(pitch: float) -> _Set:
        pages = Pages(faces, foot, said)
        imprint = _imprint(pages, summary, bulletin) if letter else None
        below = room_for(imprint)
        y = _letter(pages, summary, bulletin, titles, below, pitch) if letter else 0.0
        return _Set(pages, y, imprint, below)

    done = fitted(set_at, lambda tried: tried.pages.count) if letter else set_at(PITCH)
    pages, y = done.pages, done.y
    annexes = Annexes(pages, titles, letter, head, done.below)
    for part in parts:
        _set(part, annexes, summary, bulletin, progress)
        y = annexes.y
    if pages.count == 0:
        y = pages.start(landscape=True).top
    close(pages, y, done.imprint, proof)
    missing = tuple(pages.book.missing)
    places = missing_in_summary(summary, missing)
    return RenderedPdf(pages.finish(), pages.count, pages.book.uses, missing, places=places)


def _about(summary: SummaryDocument) -> str:
    """Whose paper it is, for the foot of every page."""
    name, quarter = summary.issuer.name, Quarter.parse(summary.quarter).chinese
    issuer = name if len(name) <= _FOOT_NAME else f"{name[:_FOOT_NAME]}…"
    return f"{issuer}　{quarter}　截至{chinese_date(summary.as_of)}"


def _imprint(pages: Pages, summary: SummaryDocument, bulletin: Bulletin) -> LetterFoot | None:
    """版记 of a paper that is issued under its own number; the office's own paper has its own."""
    if not bulletin.number:
        return None
    return LetterFoot(pages, People(), summary.issuer.name, f"{chinese_date(summary.as_of)}印发")


def parts_of(summary: SummaryDocument, bulletin: Bulletin) -> list[BulletinPart]:
    """The tables that are printed: those that were chosen and have something to say that the letter does not say."""
    letter = BulletinPart.LETTER in bulletin.parts
    empty = {
        BulletinPart.LATE: letter and not bulletin_tables.late_cases(summary),
        BulletinPart.RANKING: bulletin.ranking is None,
        BulletinPart.CITY: not summary.city,
        BulletinPart.MATRIX: not (summary.units and summary.rows),
        BulletinPart.BEHIND: letter and not behind_units(summary),
        BulletinPart.TRENDS: not bulletin.trends,
    }
    return [part for part in _TITLES if part in bulletin.parts and not empty.get(part)]


def _letter(
    pages: Pages, summary: SummaryDocument, bulletin: Bulletin, titles: list[str], below: float, pitch: float
) -> float:
    """The letter, with room `below` it where nothing follows; returns the y under it."""
    setter = BulletinLetter(pages, "通报", pitch)
    addressee = bulletin.addressee or bulletin_text.usual_addressee(summary)
    setter.set(
        summary.issuer.name, bulletin.number, bulletin_text.title_of(summary), addressee,
        bulletin_text.paragraphs_of(summary), titles, summary.as_of, 0.0 if titles else below,
    )  # fmt: skip
    return setter.y


def _set(
    part: BulletinPart, annexes: Annexes, summary: SummaryDocument, bulletin: Bulletin, progress: Progress
) -> None:
    def step(name: str) -> _Step:
        return lambda done, total: progress(name, done, total)

    match part:
        case BulletinPart.MATRIX:
            MatrixSetter(annexes, summary).draw(step("render_matrix"))
            return
        case BulletinPart.UNITS:
            annexes.open()
            if BulletinPart.LETTER not in bulletin.parts:
                annexes.paragraph(bulletin_text.account_of(summary))
            bulletin_tables.set_units(annexes, summary)
        case BulletinPart.LATE:
            annexes.open()
            bulletin_tables.set_late(annexes, summary)
        case BulletinPart.RANKING:
            annexes.open()
            assert bulletin.ranking is not None
            bulletin_tables.set_ranking(annexes, bulletin.ranking, summary)
        case BulletinPart.CITY:
            annexes.open()
            annexes.paragraph(bulletin_text.city_account(summary.city))
            bulletin_tables.set_city(annexes, summary.city)
        case BulletinPart.BEHIND:
            annexes.open()
            bulletin_tables.set_behind(annexes, summary, step("render_behind"))
        case BulletinPart.TRENDS:
            annexes.open()
            names = {summary.issuer.code: "全市"} | {u.unit.code: u.short_name for u in summary.units}
            set_trends(annexes, bulletin.trends, names, step("render_trends"))
