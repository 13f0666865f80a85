"""Files of the right superior that do not fit what is here, keys that were asked for twice, answers out of order."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from desktop.domain.errors import RefusedError, UserError
from desktop.domain.identity import SignRole
from desktop.domain.package import OutboxItem, PackageKind
from desktop.domain.report import ReportState
from desktop.domain.unit import UnitRef
from desktop.exchange import certificates, enrolment, plan_package
from desktop.exchange.keyring import open_key
from desktop.exchange.profile import name_of
from desktop.reports.fonts import Faces
from desktop.services import answering, certifying, enrolling, opening, planning, receiving, sending, signing
from desktop.services.posting import post
from desktop.storage import Store
from tests.conftest import TEST_ROUNDS
from tests.journeys.offices import CITY, COUNTY, PARK, PASS_PHRASE, REGION, Offices, enrol


def refused(store: Store, path: Path, now: datetime, confirmed: str = "") -> str:
    """The code of the refusal, after seeing that plans, keys and reports stay as they were."""

    def books() -> object:
        plans = [store.plans.versions(ref.id) for ref in store.plans.all()]
        return plans, store.keys.get("signer"), store.keys.trust(), store.reports.find(), store.units.region()

    before = books()
    with pytest.raises(UserError) as error:
        receiving.take_in(store, path, confirmed, "test", now)
    assert books() == before and store.audit.verify() is None
    return error.value.code


def requested(offices: Offices, store: Store, person: str = "王建军") -> str:
    """The digest of a request at the city."""
    item = enrolling.request_certificate(store, person, PASS_PHRASE, TEST_ROUNDS, "test", offices.now)
    path = sending.carry_out(store, [item.digest], offices.stick, "test", offices.now)[0].path
    return receiving.take_in(offices.city, path, "", "test", offices.now)[0].digest


def certified(offices: Offices, digest: str, store: Store) -> OutboxItem:
    opened = receiving.reinspect(offices.city, digest, offices.now).opened
    compared = enrolling.signing_state(store).fingerprint
    return certifying.certify(offices.city, opened, compared, PASS_PHRASE, "test", offices.now)


def test_plan_version_with_another_content_is_refused(offices: Offices) -> None:
    """A city that went on from an old backup may give one version number out twice."""
    other = replace(offices.plan, title="另一个方案")
    trust = offices.city.keys.trust()
    assert trust is not None
    files = plan_package.write_plan(
        plan_package.PlanPayload(
            other, REGION, offices.city.plans.calendars(other.id), CITY.ref, trust.root, trust.chain, trust.crls, 1
        )
    )  # fmt: skip
    with offices.city.transaction():
        item = post(
            offices.city, PackageKind.PLAN, COUNTY.ref, sending.plan_stream(other.id), files, offices.identity,
            offices.now, plan_digest=other.digest,
        )  # fmt: skip
    assert refused(offices.county, offices.to_county(item.digest), offices.now) == "plan_conflict"


def test_certificate_that_names_another_person_is_refused(offices: Offices) -> None:
    digest = requested(offices, offices.county)
    opened = receiving.reinspect(offices.city, digest, offices.now).opened
    record = offices.county.keys.get("signer")
    assert record is not None
    key, _ = open_key(record.key_blob, PASS_PHRASE)
    name = name_of(COUNTY.ref, "李四", SignRole.ISSUER)
    csr = (
        x509.CertificateSigningRequestBuilder()
        .subject_name(name)
        .sign(key, SHA256())
        .public_bytes(Encoding.PEM)
    )
    issuing, trust = offices.city.keys.get("issuing"), offices.city.keys.trust()
    assert issuing is not None and trust is not None
    pem = certificates.issue_certificate(
        csr, COUNTY.ref, issuing.key_blob, issuing.certificate, PASS_PHRASE, offices.now
    )
    files = enrolment.write_certificate(
        enrolment.CertificatePayload(COUNTY.ref, pem, trust.chain, trust.crls, 1, trust.root)
    )
    with offices.city.transaction():
        item = post(
            offices.city, PackageKind.CERTIFICATE, COUNTY.ref, enrolling.ENROLMENT_STREAM, files, offices.identity,
            offices.now, in_reply_to=opened.digest,
        )  # fmt: skip
    assert refused(offices.county, offices.to_county(item.digest), offices.now) == "certificate_of_another"


def test_certifying_twice_gives_the_same_certificate(offices: Offices) -> None:
    digest = requested(offices, offices.county)
    first = certified(offices, digest, offices.county)
    assert certified(offices, digest, offices.county) == first
    assert [i.kind for i in offices.city.packages.outbox()].count(PackageKind.CERTIFICATE) == 1


def test_request_under_a_name_that_is_not_the_units_is_refused(tmp_path: Path, offices: Offices) -> None:
    """The certificate prints the name; a county must not be able to choose the city's."""
    impostor = replace(COUNTY, name="云河市人民政府")
    units = tuple(impostor if u.code == COUNTY.code else u for u in REGION.units)
    store = opening.create_workspace(
        tmp_path / "冒名", impostor, replace(REGION, units=units), "test", offices.now
    )
    trust = offices.county.keys.trust()
    assert trust is not None
    with store.transaction():
        store.keys.put_trust(trust)
    digest = requested(offices, store)
    with pytest.raises(RefusedError) as error:
        certified(offices, digest, store)
    assert error.value.code == "request_name_differs"
    assert (
        offices.city.packages.last_sent(COUNTY.code, enrolling.ENROLMENT_STREAM).kind
        is PackageKind.INVITATION
    )
    store.close()


def test_altered_request_is_not_certified(offices: Offices) -> None:
    digest = requested(offices, offices.county)
    opened = receiving.reinspect(offices.city, digest, offices.now).opened
    broken = replace(opened, verification=replace(opened.verification, intact=False))
    compared = enrolling.signing_state(offices.county).fingerprint
    with pytest.raises(RefusedError) as error:
        certifying.certify(offices.city, broken, compared, PASS_PHRASE, "test", offices.now)
    assert error.value.code == "package_not_intact"


def test_unit_with_a_new_computer_can_ask_again(tmp_path: Path, offices: Offices) -> None:
    """Its numbers start at one again: another file under a number that was answered must not shut it out."""
    enrol(offices)
    fresh = opening.create_workspace(tmp_path / "新电脑", COUNTY, REGION, "test", offices.now)
    root = offices.city.keys.trust()
    assert root is not None
    invitation = certifying.invite(offices.city, COUNTY.code, offices.identity, "test", offices.now)
    path = offices.to_county(invitation.digest)
    receiving.take_in(fresh, path, root.fingerprint, "test", offices.now)
    answer = certified(offices, requested(offices, fresh, "张新人"), fresh)
    receiving.take_in(fresh, offices.to_county(answer.digest), "", "test", offices.now)
    assert enrolling.signing_state(fresh).state == "ready"
    fresh.close()


def test_expired_certificate_does_not_sign_and_can_be_asked_for_anew(offices: Offices, faces: Faces) -> None:
    enrol(offices)
    report = offices.reviewed_report()
    later = offices.now + timedelta(days=800)
    with pytest.raises(RefusedError) as error:
        signing.sign(offices.county, report.id, PASS_PHRASE, faces, "test", later)
    assert error.value.code == "certificate_expired"
    assert offices.county.reports.get(report.id).state is ReportState.REVIEWED
    asked = (offices.county, "王建军", PASS_PHRASE, TEST_ROUNDS, "test")
    with pytest.raises(RefusedError) as error:
        enrolling.request_certificate(*asked, offices.now)
    assert error.value.code == "certificate_exists"
    assert enrolling.request_certificate(*asked, later).kind is PackageKind.REQUEST


def test_invitation_of_a_second_city_is_refused(tmp_path: Path, offices: Offices) -> None:
    """A second city of the same code: all it can do is bring a root that is not the one that was compared."""
    other = opening.create_workspace(tmp_path / "另一个市", CITY, REGION, "test", offices.now)
    certifying.found_authority(other, "冒名者", PASS_PHRASE, TEST_ROUNDS, "test", offices.now)
    identity, trust = enrolling.signer(other, PASS_PHRASE), other.keys.trust()
    assert trust is not None
    invitation = certifying.invite(other, COUNTY.code, identity, "test", offices.now)
    path = sending.carry_out(other, [invitation.digest], offices.stick, "test", offices.now)[0].path
    assert refused(offices.county, path, offices.now, trust.fingerprint) == "chain_incomplete"
    other.close()


def test_answer_to_somebody_elses_report_is_refused(offices: Offices, faces: Faces, tmp_path: Path) -> None:
    enrol(offices)
    report = offices.reviewed_report()
    signing.sign(offices.county, report.id, PASS_PHRASE, faces, "test", offices.now)
    _, written = sending.submit(offices.county, report.id, offices.stick, "test", offices.now)
    item, _ = receiving.take_in(offices.city, written[-1].path, "", "test", offices.now)
    receipt = answering.accept(offices.city, item.digest, offices.identity, "", "test", offices.now)
    path = offices.to_county(receipt.digest)
    park = opening.create_workspace(tmp_path / "园区", PARK, REGION, "test", offices.now)
    root = offices.city.keys.trust()
    assert root is not None
    invitation = certifying.invite(offices.city, PARK.code, offices.identity, "test", offices.now)
    receiving.take_in(park, offices.to_county(invitation.digest), root.fingerprint, "test", offices.now)
    assert refused(park, path, offices.now) == "not_for_us"
    park.close()


def test_return_after_acceptance_and_then_a_new_revision(offices: Offices, faces: Faces) -> None:
    """Whatever order the two answers come in, the county ends with the return."""
    from desktop.services import filling, reviewing

    enrol(offices)
    now, city, county = offices.now, offices.city, offices.county
    report = offices.reviewed_report()
    signing.sign(county, report.id, PASS_PHRASE, faces, "test", now)
    _, written = sending.submit(county, report.id, offices.stick, "test", now)
    item, _ = receiving.take_in(city, written[-1].path, "", "test", now)
    receipt = answering.accept(city, item.digest, offices.identity, "", "test", now)
    back = answering.send_back(city, item.digest, "还要改", {}, None, offices.identity, "test", now)
    assert back.sequence == receipt.sequence + 1
    with pytest.raises(RefusedError) as error:
        answering.accept(city, item.digest, offices.identity, "", "test", now)
    assert error.value.code == "already_returned"
    receiving.take_in(county, offices.to_county(back.digest), "", "test", now)
    assert refused(county, offices.to_county(receipt.digest), now) == "sequence_old"
    second = filling.next_revision(county, county.reports.get(report.id), "test", now)
    reviewing.review(county, second.id, "test", now)
    signing.sign(county, second.id, PASS_PHRASE, faces, "test", now)
    _, written = sending.submit(county, second.id, offices.stick, "test", now)
    item, _ = receiving.take_in(city, written[-1].path, "", "test", now)
    answering.accept(city, item.digest, offices.identity, "", "test", now)
    assert [r.state for r in city.reports.find()] == [ReportState.RETURNED, ReportState.ACCEPTED]


def test_plan_that_changed_after_the_review_is_still_accepted(offices: Offices, faces: Faces) -> None:
    """What was frozen keeps the version that it was frozen with; the city knows all its versions."""
    enrol(offices)
    report = offices.reviewed_report()
    planning.assign(offices.city, offices.plan.id, {"m-002": (PARK.code,)}, "test", offices.now)
    (package,) = sending.distribute(
        offices.city, offices.plan.id, [COUNTY.code], offices.identity, "test", offices.now
    )
    receiving.take_in(offices.county, offices.to_county(package.digest), "", "test", offices.now)
    signing.sign(offices.county, report.id, PASS_PHRASE, faces, "test", offices.now)
    _, written = sending.submit(offices.county, report.id, offices.stick, "test", offices.now)
    item, _ = receiving.take_in(offices.city, written[-1].path, "", "test", offices.now)
    answering.accept(offices.city, item.digest, offices.identity, "", "test", offices.now)
    (held,) = offices.city.reports.find()
    assert (held.plan_version, held.state) == (1, ReportState.ACCEPTED)


def test_unit_ref_is_what_the_city_calls_the_unit(offices: Offices) -> None:
    enrol(offices)
    key = offices.county.keys.get("signer")
    assert key is not None
    facts = certificates.certificate_facts(key.certificate)
    assert UnitRef(facts.unit_code, facts.unit) == COUNTY.ref
