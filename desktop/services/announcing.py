"""通报: what the city wants printed of a quarter's summary, scores and figures over the quarters put into it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from desktop.domain.bulletin import ADDRESSEE_LENGTH, NUMBER_LENGTH, USUAL_PARTS, Bulletin, BulletinPart
from desktop.domain.checks import missing_fields
from desktop.domain.codec import decode, encode
from desktop.domain.plan import Plan
from desktop.domain.progress import Progress, silent
from desktop.domain.quarter import Quarter
from desktop.domain.report import Report, ReportState
from desktop.domain.schedule import Past
from desktop.domain.scoring import USUAL_SCORING, Conduct, Ranking, ScoringRules, ranking_of
from desktop.domain.summary import SummaryDocument, UnitSummary
from desktop.domain.trends import TargetTrend, trend_of
from desktop.services import citywide
from desktop.services.announcing_text import worded
from desktop.services.answering import findings_of
from desktop.services.checking import yardstick_of
from desktop.services.reviewing import frozen_document
from desktop.storage import Store

_KEPT = "bulletin"


@dataclass(frozen=True)
class Choice:
    """What is printed, and by which rules units are scored; `number` and `addressee` as in Bulletin.

    `apart`: each kind of unit has its own places, since a park reports on other work than a county.
    """

    parts: tuple[BulletinPart, ...] = USUAL_PARTS
    number: str = ""
    addressee: str = ""
    rules: ScoringRules = USUAL_SCORING
    apart: bool = False

    @property
    def fits(self) -> bool:
        """Whether its words have room in a letter's head, and there is something to print."""
        return (
            bool(self.parts) and len(self.number) <= NUMBER_LENGTH and len(self.addressee) <= ADDRESSEE_LENGTH
        )


def last_choice(store: Store) -> Choice:
    """What was chosen for the last bulletin of this workspace, without its number: that is another each time."""
    kept = store.settings.get(_KEPT)
    if not isinstance(kept, Mapping):
        return Choice()
    given: dict[str, Any] = {}
    kinds = {"parts": tuple[BulletinPart, ...], "addressee": str, "rules": ScoringRules, "apart": bool}
    for name, kind in kinds.items():
        try:
            given[name] = decode(kind, kept[name])
        except (KeyError, ValueError):
            continue
    found = Choice(**given)
    return found if found.fits else Choice()


def keep_choice(store: Store, choice: Choice) -> None:
    """Remembers a choice for the next bulletin."""
    wanted = {
        "parts": choice.parts,
        "addressee": choice.addressee,
        "rules": choice.rules,
        "apart": choice.apart,
    }
    store.settings.put(_KEPT, {name: encode(value) for name, value in wanted.items()})


def announced(
    store: Store, document: SummaryDocument, choice: Choice, progress: Progress = silent
) -> SummaryDocument:
    """The summary as the bulletin that was chosen, its letter in the city's words; what is not printed is not put in.

    Raises UnreadableError(`document_altered`, file, path, reason) on an accepted report that was altered.
    """
    wanted = choice.parts
    ranking = scored(store, document, choice, progress) if BulletinPart.RANKING in wanted else None
    trends = _trends(store, document) if BulletinPart.TRENDS in wanted else ()
    parts = tuple(part for part in BulletinPart if part in wanted)
    bulletin = Bulletin(
        parts, " ".join(choice.number.split()), " ".join(choice.addressee.split()), ranking, trends
    )
    return worded(store, replace(document, bulletin=bulletin))


def scored(store: Store, document: SummaryDocument, choice: Choice, progress: Progress = silent) -> Ranking:
    """The units' scores in the quarter by the rules chosen, from what was accepted of them."""
    accepted = {
        report.unit_code: report
        for report in store.reports.find(plan_id=document.plan.id, quarter=document.quarter)
        if report.state is ReportState.ACCEPTED
    }
    conducts = {}
    for number, unit in enumerate(document.units):
        progress("score", number, len(document.units))
        if (report := accepted.get(unit.unit.code)) is not None:
            conducts[unit.unit.code] = _conduct(store, unit, report)
    kinds = {unit.unit.code: unit.kind for unit in document.units} if choice.apart else None
    return ranking_of((unit.unit.code for unit in document.units), conducts, choice.rules, kinds)


def _conduct(store: Store, unit: UnitSummary, report: Report) -> Conduct:
    said = frozen_document(store, report)[0]
    unfilled = {row.measure_key for row in said.rows if missing_fields(row.entry, row.targets)}
    # What is missing in an entry is counted once, as not filled.
    open_findings = [
        found for row, found in findings_of(store, said) if found.hinders and row.measure_key not in unfilled
    ]
    people = (said.people.preparer, said.people.reviewer, said.people.issuer)
    return Conduct(
        late_days=unit.late_days or 0,
        late_again=sum(each.late_days for each in unit.returns),
        returned=sum(each.entries for each in unit.returns),
        findings=len(open_findings),
        unfilled=len(unfilled),
        names_missing=sum(not name.strip() for name in people),
        signed_for=int(store.reports.approval(report.id) is not None),
    )


def _trends(store: Store, document: SummaryDocument) -> tuple[TargetTrend, ...]:
    plan = store.plans.get(document.plan.id)
    found = [*_city_trends(store, document), *_unit_trends(document, _past(store, plan, document))]
    return tuple(trend for trend in found if trend is not None)


def _unit_trends(
    document: SummaryDocument, past: Mapping[str, Mapping[str, tuple[Past, ...]]]
) -> Iterable[TargetTrend | None]:
    city = {line.target.key for line in document.city}
    for row in document.rows:
        for target in row.targets:
            if target.key in city:
                continue
            now = {
                cell.unit_code: cell.entry.reading(target.key) if cell.entry else None
                for cell in row.cells
                if target.concerns(cell.unit_code)
            }
            own = {code: past.get(code, {}).get(target.key, ()) for code in now}
            yield trend_of(row.label, row.title, target, document.quarter, now, own)


def _past(
    store: Store, plan: Plan, document: SummaryDocument
) -> Mapping[str, Mapping[str, tuple[Past, ...]]]:
    """Figures of earlier quarters, as accepted, by unit and target."""
    earlier: dict[str, list[Report]] = {}
    for report in store.reports.find(plan_id=plan.id):
        if report.state is ReportState.ACCEPTED and report.quarter < document.quarter:
            earlier.setdefault(report.unit_code, []).append(report)
    return {code: yardstick_of(store, plan, document.quarter, own).past for code, own in earlier.items()}


def _city_trends(store: Store, document: SummaryDocument) -> Iterable[TargetTrend | None]:
    code, quarter = document.issuer.code, str(Quarter.parse(document.quarter))
    rows = citywide.overview(store, document.plan.id, quarter).rows if document.city else ()
    for row in rows:
        target = row.target
        past = tuple(
            Past(point.quarter, point.value, target.accumulation, target.unit)
            for point in row.history
            if point.value is not None and point.quarter < quarter
        )
        now = {code: row.line.value}
        yield trend_of(row.line.label, row.line.title, target, quarter, now, {code: past})
