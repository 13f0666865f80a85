"""注销证书: at the city the page, its dialog, what is left to do; at the county what it says, and asking anew."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QDialog, QScrollArea, QWidget

from desktop.domain.identity import RevocationReason, SignRole
from desktop.domain.report import People
from desktop.services import certifying, enrolling, filling, receiving, reviewing, revoking, sending
from desktop.services.opening import SAMPLE_PASSPHRASE, Sample, open_workspace
from desktop.storage import Store
from desktop.views.dialogs.revoke import RevokeDialog
from tests.conftest import TEST_ROUNDS
from tests.screens.painting import Painter, settle
from tests.screens.scenes import ACTOR, fill_all


def revoking_scenes(painter: Painter, places: Sample) -> None:
    """`places` are the sample's own: a county that is certified, with a report that its city has not decided on."""
    stick = places.city.parent / "revoking"
    stick.mkdir()
    county = open_workspace(places.county, ACTOR, datetime.now().astimezone())
    city = open_workspace(places.city, ACTOR, datetime.now().astimezone())
    request = _anew(county, stick)
    item, _ = receiving.take_in(city, request, "", ACTOR, datetime.now().astimezone())
    code = county.workspace.unit.code
    city.close()
    _certified(painter, places, item.digest, code, enrolling.signing_state(county).fingerprint, stick, county)
    _revoked(painter, places, code, stick)
    _county(painter, places, stick)


def _anew(county: Store, stick: Path) -> Path:
    """Another person asks in place of the one who signed."""
    now = datetime.now().astimezone()
    item = enrolling.request_certificate(
        county, "周敏之", SAMPLE_PASSPHRASE, TEST_ROUNDS, ACTOR, now, anew=True
    )
    return sending.carry_out(county, [item.digest], stick, ACTOR, now)[0].path


def _certified(
    painter: Painter, places: Sample, digest: str, code: str, compared: str, stick: Path, county: Store
) -> None:
    """The request is answered: the old certificate stands beside the new one, and the offer to revoke it."""
    city = open_workspace(places.city, ACTOR, datetime.now().astimezone())
    now = datetime.now().astimezone()
    opened = receiving.reinspect(city, digest, now).opened
    answer = certifying.certify(city, opened, compared, SAMPLE_PASSPHRASE, ACTOR, now)
    path = sending.carry_out(city, [answer.digest], stick, ACTOR, now)[0].path
    city.close()
    receiving.take_in(county, path, "", ACTOR, now)
    county.close()
    painter.program.show_start()
    painter.program.open_folder(places.county)
    page = painter.go("keys")
    painter.press("keys_replace")
    settle(painter.program)
    scroll = page.findChild(QScrollArea, "keys_scroll")
    scroll.ensureWidgetVisible(page.findChild(QWidget, "keys_keep"))
    painter.paint("revoking_county_anew")
    painter.program.show_start()
    painter.program.open_folder(places.city)
    painter.go("keys")
    painter.paint("revoking_replaced")
    context = painter.program.context
    assert context is not None
    older = revoking.standing(context.open_store, now)[(code, SignRole.ISSUER)][1]
    dialog = RevokeDialog(context, older, True, painter.window)
    dialog.open()
    painter.paint_dialog("revoke_dialog", "revoking_offered")
    painter.press(f"revoke_{code}")
    painter.paint_dialog("revoke_dialog", "revoking_dialog")


def _revoked(painter: Painter, places: Sample, code: str, stick: Path) -> None:
    """Both are revoked; the page says so, and 下发 who has to be told; then the county is."""
    context = painter.program.context
    assert context is not None
    store, now = context.open_store, datetime.now().astimezone() + timedelta(seconds=1)
    present, older = revoking.standing(store, now)[code, SignRole.ISSUER]
    reason = RevocationReason.REPLACED
    revoking.revoke(store, older.fingerprint, reason, SAMPLE_PASSPHRASE, "王敏", now)
    painter.go("keys")
    painter.press(f"revoke_{code}")
    settle(painter.program)
    dialog = next(d for d in painter.window.findChildren(QDialog, "revoke_dialog") if d.isVisible())
    assert isinstance(dialog, RevokeDialog)
    dialog.reasons[RevocationReason.KEY_LOST].click()
    dialog.passphrase.edit.setText(SAMPLE_PASSPHRASE)
    painter.keep(dialog, "revoking_dialog_filled")
    dialog.findChild(type(dialog._answer), "revoke_done").click()
    settle(painter.program)
    painter.paint("revoking_done")
    scroll = painter.go("keys").findChild(QScrollArea, "keys_scroll")
    scroll.verticalScrollBar().setValue(scroll.verticalScrollBar().maximum())
    painter.paint("revoking_list")
    painter.go("distribute")
    painter.paint("revoking_distribute")
    assert present.revoked_at is None
    identity = enrolling.signer(store, SAMPLE_PASSPHRASE)
    later = now + timedelta(seconds=2)
    items = sending.distribute(store, context.plan_id, [code], identity, ACTOR, later)
    for item in items:
        sending.carry_out(store, [item.digest], stick, ACTOR, later)


def _county(painter: Painter, places: Sample, stick: Path) -> None:
    """The county takes the package in: its page, and what is said where it would sign."""
    now = datetime.now().astimezone() + timedelta(seconds=5)
    county = open_workspace(places.county, ACTOR, now)
    newest = max(stick.glob("*任务包*.jbx"), key=lambda path: path.stat().st_mtime)
    receiving.take_in(county, newest, "", ACTOR, now)
    county.close()
    painter.program.show_start()
    painter.program.open_folder(places.county)
    painter.go("keys")
    painter.paint("revoking_county")
    context = painter.program.context
    assert context is not None and context.store is not None
    store = context.store
    report = store.reports.latest(context.plan_id, store.workspace.unit.code, str(context.quarter))
    assert report is not None
    fill_all(painter, store, report, now)
    people = People("孙立诚", "高慧敏", "周敏之", "0000-6268001")
    filling.name_people(store, report.id, people, ACTOR, now)
    reviewing.review(store, report.id, ACTOR, now)
    painter.go("review")
    painter.press("review_primary")
    painter.paint_dialog("sign_dialog", "revoking_sign")
