"""通报: facts become scores, figures become trends, and what is chosen is remembered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from desktop.domain.bulletin import USUAL_PARTS, BulletinPart
from desktop.domain.codec import canonical_bytes, encode, parse_json
from desktop.domain.errors import RefusedError
from desktop.domain.quarter import Quarter
from desktop.domain.report import ReportState
from desktop.domain.scoring import Ranking, ScoringRules
from desktop.domain.summary import SummaryDocument
from desktop.services import summarising
from desktop.services.announcing import Choice, announced, keep_choice, last_choice
from desktop.storage import Store
from tests.conftest import SAMPLE_NOW as NOW

THIS = Quarter.of(NOW.date()).previous
LAST = str(THIS.previous)
READY, WAITING, MISSING, RETURNED = "999002", "999081", "999021", "999000-P2"
ALL = Choice(tuple(BulletinPart))


@pytest.fixture
def city(sample_city: Store) -> Store:
    return sample_city


def seen(city: Store, quarter: str = str(THIS)) -> SummaryDocument:
    return summarising.summary(city, city.plans.all()[0].id, quarter, NOW)


def ranking(city: Store, document: SummaryDocument, choice: Choice = ALL) -> Ranking:
    made = announced(city, document, choice)
    assert made.bulletin is not None and made.bulletin.ranking is not None
    return made.bulletin.ranking


def test_who_was_not_accepted_has_no_score_and_no_place(city: Store) -> None:
    scores = {score.unit_code: score for score in ranking(city, seen(city)).scores}
    for code in (WAITING, MISSING, RETURNED):
        assert scores[code].points is scores[code].rank is scores[code].conduct is None
    assert scores[READY].points == 10 and scores[READY].rank == 1


def test_days_and_returns_of_the_summary_are_what_costs_points(city: Store) -> None:
    document = seen(city, LAST)
    first = document.units[0]
    returned = next(unit for unit in seen(city).units if unit.unit.code == RETURNED).returns
    assert len(returned) == 1 and returned[0].again_on is None and returned[0].reason
    again = replace(returned[0], entries=2, late_days=1)
    units = (replace(first, late_days=3, returns=(again,)), *document.units[1:])
    scores = {s.unit_code: s for s in ranking(city, replace(document, units=units)).scores}
    said = {d.code: (d.count, d.points) for d in scores[first.unit.code].deductions}
    assert said == {
        "late_days": (3, Decimal("1.5")),
        "late_again": (1, Decimal("0.5")),
        "returned": (2, Decimal("0.2")),
    }
    assert scores[first.unit.code].rank == len(units)


def test_the_city_s_own_rules_are_kept_beside_the_scores(city: Store) -> None:
    rules = ScoringRules(Decimal(40), Decimal(20), Decimal(20), Decimal(20))
    found = ranking(city, seen(city), replace(ALL, rules=rules))
    assert found.rules == rules and found.scores[0].points == 100


def test_counties_and_parks_may_have_their_own_places(city: Store) -> None:
    scores = ranking(city, seen(city, LAST), replace(ALL, apart=True)).scores
    groups = [score.group for score in scores]
    assert groups == sorted(groups) and set(groups) == {"county", "park"}
    assert next(score.rank for score in scores if score.group == "park") == 1


def test_what_is_not_printed_is_not_in_the_data(city: Store) -> None:
    bulletin = announced(city, seen(city), Choice((BulletinPart.MATRIX, BulletinPart.LETTER))).bulletin
    assert bulletin is not None and bulletin.ranking is None and bulletin.trends == ()
    assert bulletin.parts == (BulletinPart.LETTER, BulletinPart.MATRIX), "in the order of printing"


def test_figures_of_the_quarter_before_stand_before_this_one_s(city: Store) -> None:
    document = announced(city, seen(city), ALL)
    assert document.bulletin is not None and document.bulletin.trends
    values = {
        (target.key, cell.unit_code): cell.entry.reading(target.key)
        for row in document.rows
        for target in row.targets
        for cell in row.cells
        if cell.entry is not None
    }
    before = seen(city, LAST)
    earlier = {
        (target.key, cell.unit_code): cell.entry.reading(target.key)
        for row in before.rows
        for target in row.targets
        for cell in row.cells
        if cell.entry is not None
    }
    two = [trend for trend in document.bulletin.trends if trend.quarters == (LAST, str(THIS))]
    assert two, "the sample has figures of both quarters"
    for trend in two:
        for unit in trend.units:
            if unit.unit_code == document.issuer.code:
                continue
            place = trend.target.key, unit.unit_code
            assert unit.values[-1] == values.get(place)
            assert unit.values[0] in (None, earlier.get(place))
    assert any(unit.values[0] is not None for trend in two for unit in trend.units)
    assert not any(trend.sums for trend in document.bulletin.trends)


def test_a_cell_knows_its_status_of_the_quarter_before(city: Store) -> None:
    last = summarising.last_statuses(city, city.plans.all()[0].id, str(THIS))
    cells = [(row.measure_key, cell) for row in seen(city).rows for cell in row.cells if cell.entry]
    assert cells and all(cell.previous is last.get((cell.unit_code, key)) for key, cell in cells)
    assert any(cell.previous is not None for _, cell in cells)


def test_a_bulletin_survives_being_written(city: Store) -> None:
    document = announced(city, seen(city), replace(ALL, number="云政办通报〔2025〕3号"))
    assert parse_json(canonical_bytes(document), SummaryDocument) == document


def test_an_altered_report_is_not_scored(city: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    report = next(r for r in city.reports.find(quarter=str(THIS)) if r.state is ReportState.ACCEPTED)
    monkeypatch.setattr(city.reports, "document", lambda report_id, name: b"{}")
    assert report.digest
    with pytest.raises(RefusedError) as refused:
        announced(city, seen(city), ALL)
    assert refused.value.code == "document_altered"
    assert announced(city, seen(city), Choice()).bulletin is not None


def test_a_choice_is_remembered_but_not_its_number(city: Store) -> None:
    assert last_choice(city) == Choice() and Choice().parts == USUAL_PARTS
    choice = Choice(
        (BulletinPart.UNITS, BulletinPart.RANKING), "3号", "各县", ScoringRules(error=Decimal("0.2")), True
    )
    keep_choice(city, choice)
    assert last_choice(city) == replace(choice, number="")


@pytest.mark.parametrize(
    "kept",
    [
        None,
        7,
        {},
        {"parts": ["song"]},
        {"parts": []},
        {"addressee": "长" * 400},
        {"rules": {**encode(ScoringRules()), "timely": "-1"}},
    ],
)
def test_odd_settings_are_as_good_as_none(city: Store, kept: Any) -> None:
    city.settings.put("bulletin", kept)
    assert last_choice(city) == Choice()


def test_spaces_and_lines_in_the_head_of_a_letter_are_made_even(city: Store) -> None:
    bulletin = announced(city, seen(city), Choice(number=" 云政办\n3号 ", addressee="各县 ")).bulletin
    assert bulletin is not None and (bulletin.number, bulletin.addressee) == ("云政办 3号", "各县")


def test_days_are_counted_from_a_return_s_own_deadline(city: Store) -> None:
    plan = city.plans.all()[0]
    back = next(r for r in city.reports.find(quarter=str(THIS)) if r.state is ReportState.RETURNED)
    assert back.due is not None
    late = datetime.combine(back.due, NOW.timetz()).replace(tzinfo=NOW.tzinfo)
    later = late.replace(year=late.year + 1)
    line = next(
        u for u in summarising.summary(city, plan.id, str(THIS), later).units if u.unit.code == back.unit_code
    )
    assert line.returns[0].late_days == (date(later.year, later.month, later.day) - back.due).days
