"""通报正文: each section of the city's letter, drafted from the summary or in the officer's own words."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.bulletin import BULLETIN_HEADINGS, BulletinSection
from desktop.domain.summary import SummaryDocument
from desktop.services import announcing_text, rescuing
from desktop.services.announcing_text import Section
from desktop.views.context import Context
from desktop.views.dialogs.sections import SectionDesk, SectionsDialog
from desktop.wording import letter as words


class _BulletinDesk(SectionDesk[BulletinSection]):
    headings = BULLETIN_HEADINGS

    def __init__(self, context: Context, document: SummaryDocument) -> None:
        assert context.store is not None
        self._context, self._store, self._document = context, context.store, document

    def sections(self) -> tuple[Section, ...]:
        return announcing_text.compose(self._store, self._document)

    def save(self, name: BulletinSection, text: str) -> Section:
        context = self._context
        return announcing_text.save_section(
            self._store, self._document, name, text, context.actor, context.now()
        )

    def restore(self, name: BulletinSection) -> Section:
        context = self._context
        return announcing_text.restore_section(
            self._store, self._document, name, context.actor, context.now()
        )

    def confirm(self, name: BulletinSection) -> Section:
        context = self._context
        return announcing_text.confirm_section(
            self._store, self._document, name, context.actor, context.now()
        )

    def note(self, held: Section, text: str) -> None:
        place = rescuing.bulletin_place(self._document.plan.id, self._document.quarter)
        rescuing.note_section(self._store, rescuing.BULLETIN, place, held, text)

    def explained(self, held: Section) -> str:
        return words.explained(held.edited, held.stale, held.text, until="导出")


class BulletinTextDialog(SectionsDialog[BulletinSection]):
    """`document`: the summary as the bulletin that was chosen, with its ranking if it has one."""

    def __init__(self, context: Context, document: SummaryDocument, parent: QWidget) -> None:
        desk = _BulletinDesk(context, document)
        super().__init__(context, desk, "bulletin_text", BulletinSection.REPORTING, parent)
        self.setWindowTitle("通报正文")
