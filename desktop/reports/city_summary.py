"""The superior's summary of a quarter on paper: a 通报 with its letter, and the tables that it speaks of."""

from __future__ import annotations

from collections.abc import Callable

from desktop.domain.bulletin import Bulletin, BulletinPart
from desktop.domain.codec import canonical_bytes
from desktop.domain.missing_signs import missing_in_summary
from desktop.domain.overall import behind_units
from desktop.domain.progress import Progress, silent
from desktop.domain.quarter import Quarter
from desktop.domain.summary import SummaryDocument
from desktop.reports import bulletin_tables, bulletin_text
from desktop.reports.annexes import Annexes
from desktop.reports.bulletin_letter import BulletinLetter
from desktop.reports.description import Description
from desktop.reports.fonts import Faces
from desktop.reports.page import Foot, Pages
from desktop.reports.rendered import PROOF_HEIGHT, Proof, RenderedPdf, draw_proof, over_damage
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


def render_city_summary(summary: SummaryDocument, faces: Faces, progress: Progress = silent) -> RenderedPdf:
    """The summary as a PDF made from the document alone; the same bytes for the same faces.

    Raises UnreadableError(`font_unreadable`, file).
    """
    return over_damage(faces, lambda usable: _rendered(summary, usable, progress))


def _rendered(summary: SummaryDocument, faces: Faces, progress: Progress) -> RenderedPdf:
    proof = Proof.of(canonical_bytes(summary))
    quarter = Quarter.parse(summary.quarter).chinese
    head = bulletin_text.title_of(summary)
    name = summary.issuer.name
    issuer = name if len(name) <= _FOOT_NAME else f"{name[:_FOOT_NAME]}…"
    foot = Foot(proof.code, f"{issuer}　{quarter}　截至{chinese_date(summary.as_of)}")
    said = Description("".join(head), summary.issuer.name, summary.plan.title, summary.as_of)
    pages = Pages(faces, foot, said)
    bulletin = summary.bulletin or Bulletin()
    parts = parts_of(summary, bulletin)
    titles = [_TITLES[part] for part in parts]
    letter = BulletinPart.LETTER in bulletin.parts
    y = _letter(pages, summary, bulletin, titles) if letter else 0.0
    annexes = Annexes(pages, titles, letter, head)
    for part in parts:
        _set(part, annexes, summary, bulletin, progress)
        y = annexes.y
    _proof(pages, y, proof, portrait=letter and not parts)
    missing = tuple(pages.book.missing)
    places = missing_in_summary(summary, missing)
    return RenderedPdf(pages.finish(), pages.count, pages.book.uses, missing, places=places)


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


def _letter(pages: Pages, summary: SummaryDocument, bulletin: Bulletin, titles: list[str]) -> float:
    title = bulletin_text.title_of(summary)
    setter = BulletinLetter(pages, "通报")
    if bulletin.number:
        setter.head(summary.issuer.name, bulletin.number)
    paragraphs = bulletin_text.paragraphs_of(summary)
    ending = max((at for at, paragraph in enumerate(paragraphs) if paragraph.heading == 1), default=0)
    setter.text(title, bulletin.addressee or bulletin_text.usual_addressee(summary), paragraphs[:ending])
    setter.close(paragraphs[ending:], titles, summary.issuer.name, summary.as_of)
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


def _proof(pages: Pages, y: float, proof: Proof, portrait: bool) -> None:
    """Code and digest under what stands last, on a page of their own where there is no room."""
    if y - pages.area.bottom < PROOF_HEIGHT:
        y = pages.start(landscape=not portrait).top
    draw_proof(pages, pages.area, y - 6, proof)
