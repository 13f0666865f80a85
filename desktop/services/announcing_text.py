"""The letter of a 通报 in the city's own words: drafted from the summary, edited by section, kept by plan and quarter."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from desktop.domain.bulletin import Bulletin, BulletinPart, BulletinSection
from desktop.domain.summary import SummaryDocument
from desktop.reports.bulletin_text import draft, sections_of
from desktop.services.sectioning import EditedText, SectionDraft
from desktop.storage import Store

Section = SectionDraft[BulletinSection]


def compose(store: Store, document: SummaryDocument) -> tuple[Section, ...]:
    """The sections that were chosen as they would be printed now, whether or not they have text.

    `document`: what `announcing.announced` made of a summary, so that the draft knows its ranking.
    """
    return _edited(store, document).laid_over(draft(document))


def worded(store: Store, document: SummaryDocument) -> SummaryDocument:
    """A bulletin with its letter's words in it; one without a letter as it is."""
    bulletin = document.bulletin
    if bulletin is None or BulletinPart.LETTER not in bulletin.parts:
        return document
    sections = sections_of({each.name: each.text for each in compose(store, document)})
    return replace(document, bulletin=replace(bulletin, sections=sections))


def stale_sections(store: Store, document: SummaryDocument) -> tuple[BulletinSection, ...]:
    """Edited sections of a letter that will be printed, which say otherwise than the data do now."""
    bulletin = document.bulletin or Bulletin()
    if BulletinPart.LETTER not in bulletin.parts or not _edited(store, document).kept.all():
        return ()
    return tuple(each.name for each in compose(store, document) if each.stale)


def save_section(
    store: Store, document: SummaryDocument, name: BulletinSection, text: str, actor: str, now: datetime
) -> Section:
    """Keeps a section in the city's own words, as `EditedText.save`. Raises RefusedError(`letter_too_long`, count, most)."""
    return _edited(store, document).save(_section(store, document, name), text, actor, now)


def restore_section(
    store: Store, document: SummaryDocument, name: BulletinSection, actor: str, now: datetime
) -> Section:
    """Gives a section back to the data."""
    return _edited(store, document).restore(_section(store, document, name), actor, now)


def confirm_section(
    store: Store, document: SummaryDocument, name: BulletinSection, actor: str, now: datetime
) -> Section:
    """Says that an edited section was looked at beside what the data say now."""
    return _edited(store, document).confirm(_section(store, document, name), actor, now)


def _edited(store: Store, document: SummaryDocument) -> EditedText[BulletinSection]:
    plan, quarter = document.plan.id, document.quarter
    kept = store.bulletins.sections(plan, quarter)
    return EditedText(store, kept, "bulletin", f"{plan}/{quarter}/bulletin")


def _section(store: Store, document: SummaryDocument, name: BulletinSection) -> Section:
    """Raises KeyError on a section that was not chosen."""
    found = next((each for each in compose(store, document) if each.name is name), None)
    if found is None:
        raise KeyError(name)
    return found
