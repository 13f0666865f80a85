"""Composing a report's letter: what the data say, what people made of it, what a unit keeps for all its letters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from desktop.domain.clean_text import clean_text
from desktop.domain.codec import decode, encode
from desktop.domain.letter import (
    NAME_LIMIT,
    Letter,
    LetterSettings,
    SectionName,
    even_number,
)
from desktop.domain.quarter import Quarter
from desktop.domain.report import Report, ReportRow
from desktop.reports.account_drafting import Basis, draft, sections_of
from desktop.reports.report_text import annexes_by
from desktop.services.closing import refuse_locked
from desktop.services.sectioning import EditedText, SectionDraft
from desktop.services.surveying import FillingOverview, overview, previous_report, report_rows
from desktop.storage import Store

_SETTING = "letter"
_NAMES = ("issuer", "addressee", "bureau")


@dataclass(frozen=True)
class LetterDraft:
    """The letter of a draft: its number, every section in order, whether or not it has text."""

    number: str
    sections: tuple[SectionDraft[SectionName], ...]

    def section(self, name: SectionName) -> SectionDraft[SectionName]:
        return next(each for each in self.sections if each.name is name)


def settings_of(store: Store) -> LetterSettings:
    """What the unit keeps for all its letters; the usual until somebody sets it."""
    kept = store.settings.get(_SETTING)
    return LetterSettings() if kept is None else decode(LetterSettings, kept)


def set_settings(store: Store, settings: LetterSettings, actor: str, now: datetime) -> LetterSettings:
    """Keeps issuer, addressee, bureau, head and annexes; the same again writes nothing."""
    issuer, addressee, bureau = (_line(getattr(settings, name)) for name in _NAMES)
    settings = replace(settings, issuer=issuer, addressee=addressee, bureau=bureau)
    before = settings_of(store)
    if before == settings:
        return settings
    old, new = encode(before), encode(settings)
    facts: dict[str, str] = {}
    for name in (name for name in new if old[name] != new[name]):
        facts |= {f"{name}_from": str(old[name]), name: str(new[name])}
    with store.transaction():
        store.settings.put(_SETTING, new)
        store.audit.append(now, actor, "letter_settings_set", store.workspace.unit.code, facts)
    return settings


def compose(store: Store, report: Report) -> LetterDraft:
    """The letter as it stands: sections drafted from the data, or as somebody edited them."""
    seen = overview(store, report)
    return _composed(store, seen, report_rows(seen))


def stale_count(store: Store, report: Report) -> int:
    """How many edited sections say otherwise than the data do now; a report that nobody edited is not drafted for it."""
    if not store.letters.sections(report.id).all():
        return 0
    return sum(each.stale for each in compose(store, report).sections)


def written(store: Store, report_id: str) -> object:
    """All that people wrote into a letter and its settings, to tell whether it is still the same."""
    return settings_of(store), store.letters.number(report_id), store.letters.sections(report_id).all()


def letter_of(store: Store, seen: FillingOverview, rows: tuple[ReportRow, ...]) -> Letter:
    """The letter that a document holds: names in full, only sections that have text."""
    settings, superior = settings_of(store), store.workspace.superior
    made = _composed(store, seen, rows)
    issuer = settings.issuer or _line(store.workspace.unit.name)
    addressee = settings.addressee or _line(superior.name if superior else "")
    sections = sections_of({each.name: each.text for each in made.sections})
    return Letter(
        issuer, addressee, settings.bureau, made.number, settings.red_head, settings.table, settings.readings,
        settings.evidence, sections,
    )  # fmt: skip


def save_section(
    store: Store, report_id: str, name: SectionName, text: str, actor: str, now: datetime
) -> SectionDraft[SectionName]:
    """Keeps a section in people's own words, as `EditedText.save`.

    Raises RefusedError: as `closing.refuse_locked`, and `letter_too_long`(count, most).
    """
    held = _open_section(store, report_id, name, now)
    return _edited(store, report_id).save(held, text, actor, now)


def restore_section(
    store: Store, report_id: str, name: SectionName, actor: str, now: datetime
) -> SectionDraft[SectionName]:
    """Gives a section back to the data. Raises RefusedError as `closing.refuse_locked`."""
    held = _open_section(store, report_id, name, now)
    return _edited(store, report_id).restore(held, actor, now)


def confirm_section(
    store: Store, report_id: str, name: SectionName, actor: str, now: datetime
) -> SectionDraft[SectionName]:
    """Says that an edited section was looked at beside what the data say now. Raises RefusedError as `refuse_locked`."""
    held = _open_section(store, report_id, name, now)
    return _edited(store, report_id).confirm(held, actor, now)


def save_number(store: Store, report_id: str, number: str, actor: str, now: datetime) -> str:
    """Keeps 发文字号 as the standard writes it, and returns it. Raises RefusedError as `closing.refuse_locked`."""
    report = store.reports.get(report_id)
    refuse_locked(store, report, now)
    number, before = even_number(clean_text(number)), store.letters.number(report_id)
    if number != before:
        with store.transaction():
            store.letters.put_number(report_id, number)
            facts = {"number_from": before, "number": number}
            store.audit.append(now, actor, "letter_numbered", _subject(report_id), facts)
    return number


def _edited(store: Store, report_id: str) -> EditedText[SectionName]:
    return EditedText(store, store.letters.sections(report_id), "letter", _subject(report_id))


def _open_section(
    store: Store, report_id: str, name: SectionName, now: datetime
) -> SectionDraft[SectionName]:
    """A section that may be written. Raises RefusedError as `closing.refuse_locked`."""
    report = store.reports.get(report_id)
    refuse_locked(store, report, now)
    return compose(store, report).section(name)


def _composed(store: Store, seen: FillingOverview, rows: tuple[ReportRow, ...]) -> LetterDraft:
    report_id = seen.report.id
    sections = _edited(store, report_id).laid_over(draft(_basis(store, seen, rows)))
    return LetterDraft(store.letters.number(report_id), sections)


def _basis(store: Store, seen: FillingOverview, rows: tuple[ReportRow, ...]) -> Basis:
    quarter = Quarter.parse(seen.quarter)
    before = {row.measure.key: row.previous for row in seen.rows if row.previous is not None}
    earlier = previous_report(store, seen.report) if before else None
    standings = {key: standing for row in seen.rows for key, standing in row.standings.items()}
    return Basis(
        store.workspace.unit.name, seen.plan.title, quarter, rows, annexes_by(settings_of(store), rows, quarter), before,
        Quarter.parse(earlier.quarter) if earlier else None, standings,
    )  # fmt: skip


def _subject(report_id: str) -> str:
    return f"{report_id}/letter"


def _line(text: str) -> str:
    """A name in one line that shows all it holds."""
    return " ".join(clean_text(text).split())[:NAME_LIMIT]
