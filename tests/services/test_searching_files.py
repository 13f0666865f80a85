"""Files that wait in the city's inbox are found by what was verified of them; of the others only their name counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop.domain.identity import SignRole
from desktop.domain.needle import needles
from desktop.domain.package import InboxItem, InboxState
from desktop.domain.unit import UnitRef
from desktop.reports.fonts import Faces
from desktop.services import answering, enrolling, receiving, searching, sending, signing
from desktop.services.searching_files import MOST_FILES, FileHit, search_files
from desktop.storage import Store
from tests.conftest import TEST_ROUNDS
from tests.journeys.offices import COUNTY, PASS_PHRASE, QUARTER, Offices, enrol, open_offices


@pytest.fixture
def offices(tmp_path: Path, now: datetime) -> Iterator[Offices]:
    made = open_offices(tmp_path, now)
    enrol(made)
    yield made
    made.city.close()
    made.county.close()


def arrived(offices: Offices, faces: Faces) -> str:
    """The county's submission, waiting at the city."""
    report = offices.reviewed_report()
    signing.sign(offices.county, report.id, PASS_PHRASE, faces, "test", offices.now)
    _, written = sending.submit(offices.county, report.id, offices.stick, "test", offices.now)
    return receiving.take_in(offices.city, written[-1].path, "", "test", offices.now)[0].digest


def found(store: Store, typed: str) -> list[FileHit]:
    return list(searching.search(store, typed).files)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ("东川", "unit"),
        ("东川县人民", "unit"),
        ("一季度", "quarter"),
        ("2025q1", "quarter"),
        ("云河市蓝天行动", "plan"),
        ("第1次报送.jbx", "file_name"),
    ],
)
def test_a_file_that_waits_is_found_until_it_is_decided(
    offices: Offices, faces: Faces, typed: str, field: str
) -> None:
    digest = arrived(offices, faces)
    (hit,) = found(offices.city, typed)
    assert (hit.item.digest, hit.unit, hit.plan, hit.claimed) == (
        digest, COUNTY.short_name, offices.plan.title, False
    )  # fmt: skip
    match = next(match for match in hit.matches if match.field == field)
    assert [match.text[start:end].lower() for start, end in match.spans] == [typed]
    assert found(offices.city, f"{typed} 东川 蓝天 {QUARTER}") and not found(offices.city, f"{typed} 北塬")
    # What the document inside says is looked at in the inbox.
    assert not found(offices.city, "拆除7台")
    answering.accept(offices.city, digest, offices.identity, "", "test", offices.now)
    assert not found(offices.city, typed)


def test_what_a_refused_file_says_of_itself_is_no_answer(offices: Offices, faces: Faces) -> None:
    digest = arrived(offices, faces)
    city = offices.city
    item = city.packages.inbox_item(digest)
    assert item is not None
    strange = replace(
        item, state=InboxState.REFUSED, problem="signature_wrong", file_name="年底\u202e前必读\n.jbx",
        issuer=UnitRef(COUNTY.code, "省里的紧急通知"),
    )  # fmt: skip
    city.packages.put_inbox(strange)
    for typed in ("东川", "省里", "一季度", "蓝天"):
        assert not found(city, typed)
    (hit,) = found(city, "必读")
    assert (hit.unit, hit.plan, hit.quarter) == ("", "", "") and hit.file_name == "年底前必读\n.jbx"
    # A name that its own paper gives a unit is never shown: the region's own is.
    city.packages.put_inbox(replace(strange, state=InboxState.WAITING))
    assert not found(city, "省里") and [h.unit for h in found(city, "东川")] == [COUNTY.short_name]


def test_who_asks_for_a_certificate_is_only_said_to_be_who_he_says(offices: Offices) -> None:
    request = enrolling.request_certificate(
        offices.county, "李四", PASS_PHRASE, TEST_ROUNDS, "test", offices.now, SignRole.PREPARER
    )
    receiving.take_in(offices.city, offices.to_city(request.digest), "", "test", offices.now)
    (hit,) = found(offices.city, "东川县")
    assert hit.claimed and (hit.quarter, hit.plan) == ("", "")
    assert not found(offices.city, "李四")


def test_a_unit_s_own_inbox_is_not_searched(offices: Offices) -> None:
    assert offices.county.packages.inbox() and not found(offices.county, "jbx")


def test_many_are_bounded_the_newest_first(offices: Offices) -> None:
    city, now = offices.city, offices.now
    for number in range(MOST_FILES + 5):
        at = now + timedelta(minutes=number)
        city.packages.put_inbox(
            InboxItem(
                f"{number:064x}", "submission", COUNTY.ref, f"{offices.plan.id}/{QUARTER}", number + 1,
                InboxState.WAITING, at, quarter=QUARTER, revision=1, file_name=f"{number}.jbx",
            )
        )  # fmt: skip
    result = searching.search(city, "东川县")
    assert len(result.files) == MOST_FILES and result.more and result.count == 0
    assert result.files[0].file_name == f"{MOST_FILES + 4}.jbx"
    assert len(search_files(city, needles("7.jbx"))) == 5 and search_files(city, ()) == ()
