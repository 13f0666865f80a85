"""Taking in what needs nobody's decision, and what an officer is told before deciding."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from desktop.domain.errors import RefusedError
from desktop.domain.package import InboxState, PackageKind
from desktop.reports.fonts import Faces
from desktop.services import (
    answering,
    certifying,
    enrolling,
    filling,
    inspecting,
    opening,
    receiving,
    reviewing,
    sending,
    signing,
    surveying,
    writing,
)
from tests.conftest import TEST_ROUNDS
from tests.journeys.offices import COUNTY, PARK, PASS_PHRASE, REGION, Offices, enrol


def plan_packages(offices: Offices, count: int) -> list[Path]:
    """So many plan packages for the county, one after the other."""
    made = [
        sending.distribute(
            offices.city, offices.plan.id, [COUNTY.code], offices.identity, "test", offices.now
        )[0]
        for _ in range(count)
    ]
    return [offices.to_county(item.digest) for item in made]


def test_packages_are_taken_in_the_order_they_were_made(offices: Offices) -> None:
    first, second = plan_packages(offices, 2)
    for path in (second, first):
        receiving.arrive(offices.county, path, "test", offices.now)
    done, faults = receiving.settle(offices.county, "test", offices.now)
    assert [a.kind for a in done] == [PackageKind.PLAN, PackageKind.PLAN]
    assert faults == ()
    assert all(item.state is InboxState.TAKEN for item in offices.county.packages.inbox())


def test_settling_twice_does_nothing_more(offices: Offices) -> None:
    (path,) = plan_packages(offices, 1)
    receiving.arrive(offices.county, path, "test", offices.now)
    assert len(receiving.settle(offices.county, "test", offices.now)[0]) == 1
    assert receiving.settle(offices.county, "test", offices.now) == ((), ())


def test_what_came_before_the_root_was_known_is_taken_in_after_it(
    tmp_path: Path, now: datetime, offices: Offices
) -> None:
    park = opening.create_workspace(tmp_path / "园区", PARK, REGION, "test", now)
    (package,) = sending.distribute(offices.city, offices.plan.id, [PARK.code], offices.identity, "test", now)
    item = receiving.arrive(park, offices.to_county(package.digest), "test", now)
    assert (item.state, item.problem) == (InboxState.REFUSED, "root_not_known")
    assert receiving.settle(park, "test", now) == ((), ())
    invitation = certifying.invite(offices.city, PARK.code, offices.identity, "test", now)
    root = offices.city.keys.trust()
    assert root is not None
    receiving.take_in(park, offices.to_county(invitation.digest), root.fingerprint, "test", now)
    done, _ = receiving.settle(park, "test", now)
    assert [a.kind for a in done] == [PackageKind.PLAN]
    park.close()


def test_an_invitation_waits_for_a_person(tmp_path: Path, now: datetime, offices: Offices) -> None:
    park = opening.create_workspace(tmp_path / "园区", PARK, REGION, "test", now)
    invitation = certifying.invite(offices.city, PARK.code, offices.identity, "test", now)
    item = receiving.arrive(park, offices.to_county(invitation.digest), "test", now)
    receiving.settle(park, "test", now)
    assert park.keys.trust() is None
    seen = receiving.reinspect(park, item.digest, now)
    facts = {fact.subject: fact for fact in seen.facts}
    assert facts["certificate"].ok is None, "it was checked against the very root it brings"
    assert not (facts["signature"].facts or {})["fingerprint"], "only the root's fingerprint is compared"
    said = inspecting.contents(park, seen, now)
    root = offices.city.keys.trust()
    assert root is not None and enrolling.root_fingerprint(said.root) == root.fingerprint
    park.close()


def test_remarks_name_what_was_returned_and_not_changed(offices: Offices, faces: Faces) -> None:
    enrol(offices)
    now = offices.now
    report = offices.reviewed_report()
    signing.sign(offices.county, report.id, PASS_PHRASE, faces, "test", now)
    _, written = sending.submit(offices.county, report.id, offices.stick, "test", now)
    item, _ = receiving.take_in(offices.city, written[-1].path, "", "test", now)
    first = answering.remarks(offices.city, receiving.reinspect(offices.city, item.digest, now))
    assert (first.mended, first.untouched) == ((), ())
    asked = {"m-001": "哪7台", "m-002": "写清楚"}
    answer = answering.send_back(
        offices.city, item.digest, "请改", asked, None, offices.identity, "test", now
    )
    receiving.take_in(offices.county, offices.to_county(answer.digest), "", "test", now)
    second = filling.next_revision(offices.county, offices.county.reports.get(report.id), "test", now)
    row = surveying.overview(offices.county, second).rows[0]
    filling.save_entry(offices.county, second.id, replace(row.entry, progress="城关7台。"), "test", now)
    reviewing.review(offices.county, second.id, "test", now)
    signing.sign(offices.county, second.id, PASS_PHRASE, faces, "test", now)
    _, written = sending.submit(offices.county, second.id, offices.stick, "test", now)
    item, _ = receiving.take_in(offices.city, written[-1].path, "", "test", now)
    seen = answering.remarks(offices.city, receiving.reinspect(offices.city, item.digest, now))
    assert (seen.mended, seen.untouched) == (("1",), ("2",))


def test_changed_pass_phrase_opens_every_key_and_the_old_one_none(offices: Offices) -> None:
    store, now, new = offices.city, offices.now, "另一个更长的口令 2"
    enrolling.change_passphrase(store, PASS_PHRASE, new, TEST_ROUNDS, "test", now)
    with pytest.raises(RefusedError, match="passphrase_wrong"):
        enrolling.signer(store, PASS_PHRASE)
    assert enrolling.signer(store, new).signer.name == "赵国强"
    enrol_after = enrolling.request_certificate(
        offices.county, "王建军", PASS_PHRASE, TEST_ROUNDS, "test", now
    )
    item, _ = receiving.take_in(store, offices.to_city(enrol_after.digest), "", "test", now)
    opened = receiving.reinspect(store, item.digest, now).opened
    compared = enrolling.signing_state(offices.county).fingerprint
    answer = certifying.certify(store, opened, compared, new, "test", now)
    assert answering.answered(store, item.digest) == answer


def test_wrong_or_short_pass_phrase_changes_nothing(offices: Offices) -> None:
    before = [offices.city.keys.get(name) for name in ("root", "issuing", "signer")]
    for old, new, code in (
        (PASS_PHRASE, "short", "passphrase_short"),
        ("wrong one", "long enough", "passphrase_wrong"),
    ):
        with pytest.raises(RefusedError) as refused:
            enrolling.change_passphrase(offices.city, old, new, TEST_ROUNDS, "test", offices.now)
        assert refused.value.code == code
    assert [offices.city.keys.get(name) for name in ("root", "issuing", "signer")] == before


def test_folder_on_a_stick_is_made_and_a_missing_stick_is_said(tmp_path: Path) -> None:
    made = writing.made_folder(tmp_path, "蓝天季报", "第1次报送")
    assert made.is_dir() and writing.made_folder(tmp_path, "蓝天季报", "第1次报送") == made
    with pytest.raises(RefusedError) as refused:
        writing.made_folder(tmp_path / "gone", "x")
    assert refused.value.code == "folder_missing"
