"""What was being typed when the program ended without being closed: noted at every keystroke, put back at the next start."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from desktop.domain.bulletin import BulletinPart, BulletinSection
from desktop.domain.errors import UserError
from desktop.domain.history import TEXTS
from desktop.domain.letter import SectionName
from desktop.domain.report import Entry, Reading, Report
from desktop.domain.unsaved import Unsaved
from desktop.services.filling import save_entry
from desktop.services.sectioning import SectionDraft
from desktop.storage import Store
from desktop.storage.sections import KeptSections

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)", re.ASCII)
"""A figure as it is noted: one that could be read, written out. What Decimal takes besides (1e9, NaN) nobody typed."""


LETTER, BULLETIN = "letter", "bulletin"
"""What `Unsaved.field` is where a section of a text is written."""
NUMBER = "number"
"""What `Unsaved.target` is where the 发文字号 of a letter is written, which is no section."""


@dataclass(frozen=True)
class Rescued:
    """Where the person was. `restored`: words that no commit had were put back; `words`: those that could not be, because
    the report is locked or, `unreadable`, because they are no number.

    In a letter there is no measure, and `target` is the section or `NUMBER`. `saved_at`: the newest commit's time.
    """

    report: Report
    measure_key: str
    field: str
    target: str
    restored: bool
    saved_at: datetime | None
    words: str = ""
    unreadable: bool = False


@dataclass(frozen=True)
class RescuedSection:
    """A section of a 通报: whether its words were put back, else the `words` themselves where nothing could take them."""

    plan_id: str
    quarter: str
    name: BulletinSection
    restored: bool
    words: str = ""


def note(
    store: Store, report_id: str, stored: Entry, field: str = "", target: str = "", text: str = ""
) -> None:
    """Notes what stands in a field before it is saved; without a field only where the person is. Waits for no disk.

    What stands in other fields of the report stays noted until the store has it: a figure that is no number never has.
    """
    made = Unsaved(report_id, stored.measure_key, field, target, _held(stored, field, target), text)
    others = (each for each in store.unsaved.held if each.field and each.beside(made))
    store.unsaved.put(*(each for each in others if not _stored(store, each, stored)), made)


def _stored(store: Store, noted: Unsaved, shown: Entry) -> bool:
    entry = shown
    if noted.measure_key != shown.measure_key:
        entry = store.reports.entry(noted.report_id, noted.measure_key) or Entry(noted.measure_key)
    return noted.text == _held(entry, noted.field, noted.target)


def note_section(store: Store, kind: str, place: str, held: SectionDraft[Any], text: str) -> None:
    """Notes what stands in a section of a `LETTER` or `BULLETIN` before it is saved. `place`: the report's id, or the
    bulletin's plan and quarter as `bulletin_place` writes them.
    """
    store.unsaved.put(Unsaved(place, "", kind, held.name.value, held.text if held.edited else "", text))


def note_number(store: Store, report_id: str, kept: str, text: str) -> None:
    """The same for the 发文字号 of a letter; `kept`: the one that the store has."""
    store.unsaved.put(Unsaved(report_id, "", LETTER, NUMBER, kept, text))


def bulletin_place(plan_id: str, quarter: str) -> str:
    return f"{plan_id}/{quarter}"


def forget(store: Store) -> None:
    """All is saved, and the person has left the entries, or the text."""
    store.unsaved.clear()


def rescue(store: Store, actor: str, now: datetime) -> Rescued | None:
    """Puts back what was noted and never saved; None when the program was closed as it should be.

    A note is older than the database where that has other words than the typing began with: then it is not put back.
    """
    found = [made for each in store.unsaved.all() if (made := _put_back(store, each, actor, now)) is not None]
    # Only now: until they are stored, the words stand nowhere else.
    store.unsaved.clear()
    if not found:
        return None
    lost = [each for each in found if each.words]
    return replace(
        found[-1],
        restored=any(each.restored for each in found),
        words="\n".join(each.words for each in lost),
        unreadable=bool(lost) and all(each.unreadable for each in lost),
    )


def rescue_section(store: Store, actor: str, now: datetime) -> RescuedSection | None:
    """The same for a section of a 通报, which no report holds."""
    noted = store.unsaved.get()
    found = None
    if noted is not None and noted.field == BULLETIN:
        plan_id, _, quarter = noted.report_id.partition("/")
        found = _put_back_section(store, noted, plan_id, quarter, actor, now)
    store.unsaved.clear()
    return found


def _put_back(store: Store, noted: Unsaved, actor: str, now: datetime) -> Rescued | None:
    try:
        report = store.reports.get(noted.report_id)
    except KeyError:
        return None
    newest = store.audit.records(limit=1)
    made = Rescued(
        report, noted.measure_key, noted.field, noted.target, False, newest[0].at if newest else None
    )
    if noted.field == LETTER:
        return _put_back_letter(store, noted, made, actor, now)
    stored = store.reports.entry(report.id, noted.measure_key) or Entry(noted.measure_key)
    if _held(stored, noted.field, noted.target) != noted.base:
        return made
    if noted.field == "reading" and noted.text and not _NUMBER.fullmatch(noted.text):
        return replace(made, words=noted.text, unreadable=True)
    entry = _with(stored, noted)
    if entry == stored:
        return made
    try:
        save_entry(store, report.id, entry, actor, now)
    except UserError:
        # Locked meanwhile, or no longer the unit's measure: the entry stays as it was, the words are handed back.
        return replace(made, words=noted.text)
    return replace(made, restored=True)


def _put_back_letter(
    store: Store, noted: Unsaved, made: Rescued, actor: str, now: datetime
) -> Rescued | None:
    # Drafting is for whoever writes a letter: a start without one does not wait for it.
    from desktop.services import composing

    if noted.target == NUMBER:
        before = store.letters.number(made.report.id)
        try:
            now_kept = before
            if before == noted.base:
                now_kept = composing.save_number(store, made.report.id, noted.text, actor, now)
        except UserError:
            return replace(made, words=noted.text)
        return replace(made, restored=now_kept != before)
    try:
        name = SectionName(noted.target)
    except ValueError:
        return None
    if _own(store.letters.sections(made.report.id), name) != noted.base:
        return made
    try:
        if composing.compose(store, made.report).section(name).text == noted.text:
            return made
        composing.save_section(store, made.report.id, name, noted.text, actor, now)
    except UserError:
        return replace(made, words=noted.text)
    return replace(made, restored=True)


def _put_back_section(
    store: Store, noted: Unsaved, plan_id: str, quarter: str, actor: str, now: datetime
) -> RescuedSection | None:
    from desktop.services import announcing, announcing_text, summarising

    try:
        made = RescuedSection(plan_id, quarter, BulletinSection(noted.target), False)
        if _own(store.bulletins.sections(plan_id, quarter), made.name) != noted.base:
            return made
        # Every part, so that the section is among them, whichever were chosen then.
        choice = replace(announcing.last_choice(store), parts=tuple(BulletinPart))
        seen = summarising.summary(store, plan_id, quarter, now)
        document = announcing.announced(store, seen, choice)
        announcing_text.save_section(store, document, made.name, noted.text, actor, now)
    except (KeyError, ValueError):
        return None
    except UserError:
        return replace(made, words=noted.text)
    return replace(made, restored=True)


def _own(kept: KeptSections[Any], name: StrEnum) -> str:
    """A section in people's own words, empty where nobody edited it."""
    edited = kept.all().get(name)
    return edited.text if edited else ""


def _with(stored: Entry, noted: Unsaved) -> Entry:
    if noted.field in TEXTS:
        texts: dict[str, Any] = {noted.field: noted.text}
        return replace(stored, **texts)
    if noted.field != "reading":
        return stored
    value = Decimal(noted.text) if noted.text else None
    others = tuple(r for r in stored.readings if r.target_key != noted.target)
    return replace(stored, readings=others if value is None else (*others, Reading(noted.target, value)))


def _held(entry: Entry, field: str, target: str) -> str:
    if field in TEXTS:
        return str(getattr(entry, field))
    value = entry.reading(target) if field == "reading" else None
    return "" if value is None else f"{value:f}"
