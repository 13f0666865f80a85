"""填报人、审核人签名: their certificates at the county and in the city's list, each of them signing, the city's inbox."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from desktop.domain.identity import SignRole
from desktop.domain.package import PackageKind
from desktop.domain.report import People, Report
from desktop.services import certifying, cosigning, enrolling, filling, receiving, reviewing, sending, signing
from desktop.services.opening import SAMPLE_PASSPHRASE, Sample, open_workspace
from desktop.storage import Store
from tests.conftest import TEST_ROUNDS
from tests.screens.painting import Painter, settle
from tests.screens.scenes import ACTOR, fill_all

NAMES = {SignRole.PREPARER: "周敏之", SignRole.REVIEWER: "孙立诚"}


def county_co_signs(painter: Painter, places: Sample) -> None:
    """The county: keys asked for and at hand, the wish, the page and its dialog before each; the package at the city."""
    context = painter.program.context
    assert context is not None and context.store is not None and context.faces is not None
    store, now = context.store, context.now()
    page = painter.go("keys")
    enrolling.request_certificate(
        store, NAMES[SignRole.REVIEWER], "示例口令 审核人", TEST_ROUNDS, ACTOR, now, SignRole.REVIEWER
    )
    page.refresh()
    _bottom(painter, page)
    painter.paint("co_signing_keys_asked")
    _enrol(places, store, now)
    page.refresh()
    _bottom(painter, page)
    painter.paint("co_signing_keys")
    report = store.reports.latest(context.plan_id, store.workspace.unit.code, str(context.quarter))
    assert report is not None
    fill_all(painter, store, report, now)
    issuer = enrolling.signing_state(store).person
    people = People(NAMES[SignRole.PREPARER], NAMES[SignRole.REVIEWER], issuer, "0000-6268001")
    filling.name_people(store, report.id, people, ACTOR, now)
    cosigning.set_co_signing(store, True, ACTOR, now)
    painter.go("filling")
    painter.press("send_to_review")
    painter.paint_dialog("people_dialog", "co_signing_people")
    report = reviewing.review(store, report.id, ACTOR, now)
    painter.go("review")
    painter.paint("co_signing_review")
    painter.press("review_primary")
    painter.paint_dialog("co_sign_dialog", "co_signing_preparer")
    for role in NAMES:
        signing.co_sign(store, report.id, _phrase(role), context.faces(), ACTOR, now)
    page = painter.go("review")
    settle(painter.program)
    page.preview.view.go_to(page.preview.view.pages)
    painter.paint("co_signing_review_signed")
    signing.sign(store, report.id, SAMPLE_PASSPHRASE, context.faces(), ACTOR, now)
    painter.go("review")
    painter.paint("co_signing_review_done")
    _at_city(painter, places, store, report, now)


def _phrase(role: SignRole) -> str:
    return f"示例口令 {role.value}"


def _bottom(painter: Painter, page: object) -> None:
    from PySide6.QtWidgets import QScrollArea

    settle(painter.program)
    scroll = page.findChild(QScrollArea, "keys_scroll")  # type: ignore[attr-defined]
    scroll.verticalScrollBar().setValue(scroll.verticalScrollBar().maximum())


def _enrol(places: Sample, store: Store, now: datetime) -> None:
    """Both certificates, by request and answer."""
    stick = places.city.parent / "stick"
    stick.mkdir()
    city = open_workspace(places.city, ACTOR, now)
    for role, person in NAMES.items():
        item = enrolling.request_certificate(store, person, _phrase(role), TEST_ROUNDS, ACTOR, now, role)
        path = sending.carry_out(store, [item.digest], stick, ACTOR, now)[0].path
        taken, _ = receiving.take_in(city, path, "", ACTOR, now)
        opened = receiving.reinspect(city, taken.digest, now).opened
        compared = enrolling.signing_state(store, role).fingerprint
        answer = certifying.certify(city, opened, compared, SAMPLE_PASSPHRASE, ACTOR, now)
        assert answer.kind is PackageKind.CERTIFICATE
        path = sending.carry_out(city, [answer.digest], stick, ACTOR, now)[0].path
        receiving.take_in(store, path, "", ACTOR, now)
    city.close()


def _at_city(painter: Painter, places: Sample, store: Store, report: Report, now: datetime) -> None:
    """The city: who has which role, the package with a fact for each signature, a request for a role."""
    carried: Path = places.city.parent / "carried"
    carried.mkdir()
    _, written = sending.submit(store, report.id, carried, ACTOR, now)
    above = open_workspace(places.city, ACTOR, now)
    item, _ = receiving.take_in(above, written[-1].path, "", ACTOR, now)
    above.close()
    painter.program.show_start()
    painter.program.open_folder(places.city)
    painter.go("keys")
    painter.paint("co_signing_city_keys")
    page = painter.go("inbox")
    page.open_target(item.digest)
    settle(painter.program)
    painter.paint("co_signing_inbox")
