"""Sections drafted from data and edited by people: laid over each other, saved, given back to the data, looked at anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from desktop.domain.clean_text import clean_text
from desktop.domain.errors import RefusedError
from desktop.domain.letter import TEXT_LIMIT
from desktop.storage import Store
from desktop.storage.sections import EditedSection, KeptSections

Name = TypeVar("Name", bound=StrEnum)


@dataclass(frozen=True)
class SectionDraft(Generic[Name]):
    """One section as it would be printed now. `drafted`: what the data say now; `stale`: they say otherwise than when
    somebody edited it.
    """

    name: Name
    text: str
    drafted: str
    edited: bool = False
    stale: bool = False


@dataclass(frozen=True)
class EditedText(Generic[Name]):
    """Where one text's sections are kept. In the audit trail it is `subject`, and what is done to it begins with `word`."""

    store: Store
    kept: KeptSections[Name]
    word: str
    subject: str

    def laid_over(self, drafted: Mapping[Name, str]) -> tuple[SectionDraft[Name], ...]:
        """The sections of a draft, in its order, with people's words where there are some."""
        edited = self.kept.all()
        return tuple(_laid(name, text, edited.get(name)) for name, text in drafted.items())

    def save(self, held: SectionDraft[Name], text: str, actor: str, now: datetime) -> SectionDraft[Name]:
        """Keeps a section in people's own words; the words of the data give it back to the data. Unchanged, it writes
        nothing. Raises RefusedError(`letter_too_long`, count, most).
        """
        text = clean_text(text)
        if len(text) > TEXT_LIMIT:
            raise RefusedError("letter_too_long", count=len(text), most=TEXT_LIMIT)
        if text == held.text:
            return held
        if text == held.drafted:
            return self.restore(held, actor, now)
        kept = self.kept.all().get(held.name)
        # What it was first written against, until somebody says that they looked at what the data say now.
        written = EditedSection(text, kept.drafted if kept else held.drafted)
        with self.store.transaction():
            self.kept.put(held.name, written, now)
            self._record(actor, now, "saved", {f"{held.name}_from": held.text, f"{held.name}_to": text})
        return replace(held, text=text, edited=True, stale=written.drafted != held.drafted)

    def restore(self, held: SectionDraft[Name], actor: str, now: datetime) -> SectionDraft[Name]:
        """Gives a section back to the data; one that nobody edited stays as it is."""
        if not held.edited:
            return held
        facts = {f"{held.name}_from": held.text, f"{held.name}_to": held.drafted}
        with self.store.transaction():
            self.kept.remove(held.name)
            self._record(actor, now, "restored", facts)
        return SectionDraft(held.name, held.drafted, held.drafted)

    def confirm(self, held: SectionDraft[Name], actor: str, now: datetime) -> SectionDraft[Name]:
        """Says that an edited section was looked at beside what the data say now."""
        if not held.stale:
            return held
        with self.store.transaction():
            self.kept.put(held.name, EditedSection(held.text, held.drafted), now)
            self._record(actor, now, "confirmed", {"section": held.name.value})
        return replace(held, stale=False)

    def _record(self, actor: str, now: datetime, done: str, facts: dict[str, str]) -> None:
        self.store.audit.append(now, actor, f"{self.word}_{done}", self.subject, facts)


def _laid(name: Name, drafted: str, own: EditedSection | None) -> SectionDraft[Name]:
    if own is None:
        return SectionDraft(name, drafted, drafted)
    return SectionDraft(name, own.text, drafted, True, own.drafted != drafted)
