"""States of the pages that are reached by doing something: chosen, filled, signed, returned, asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton

from desktop.domain.report import People, ProgressStatus, Report
from desktop.services import (
    answering,
    commenting,
    demonstrating,
    enrolling,
    filling,
    receiving,
    reviewing,
    sending,
    signing,
    surveying,
)
from desktop.services.inventing import Inventor, load_phrases
from desktop.services.opening import SAMPLE_PASSPHRASE, open_workspace
from desktop.storage import Store
from tests.screens.bulletin import bulletin_scenes
from tests.screens.painting import Painter

ACTOR = "示例"


def importing_scenes(painter: Painter) -> None:
    """Checking a draft: its dialogs, its menu, text in no measure, words that are marked, the document where it folds."""
    page = painter.go("plan")
    painter.press("card_edit")
    painter.paint_dialog("measure_editor", "importing_measure_editor")
    painter.press("card_split")
    painter.paint_dialog("measure_splitter", "importing_measure_splitter")
    card = page.findChild(QAbstractButton, "add_implement")
    if card is not None:
        card.click()
        painter.paint_dialog("unit_picker", "importing_unit_picker")
    page.review.acts.add_target()
    painter.paint_dialog("target_editor", "importing_target_editor")
    menu = page.review.acts.menu(page)
    menu.popup(page.mapToGlobal(page.rect().center()))
    painter.keep(menu, "importing_menu")
    menu.close()
    page.review.desk.select("goals")
    painter.paint("importing_goals")
    page.review.desk.select("m-003")
    page.review.acts.run("release")
    question = next(p for p in page.review.desk.asked if p.code == "text_left_out")
    page.review.desk.shown.emit(int(question.facts["first"]))
    painter.paint("importing_left_out")
    page.review.source.text.mark(int(question.facts["first"]), int(question.facts["last"]))
    painter.paint("importing_marked")
    if painter.window.compact:
        page.review.desk.undo()
        painter.paint("importing_plan_source")


def city_scenes(painter: Painter) -> None:
    """Returning a submission, the list where it folds, the pass phrase, the summary that was written."""
    page = painter.go("inbox")
    if painter.window.compact:
        painter.press("open_list")
        painter.paint("city_inbox_list")
        painter.press("open_list")
    painter.press("inbox_hand_back")
    painter.paint_dialog("hand_back_dialog", "city_inbox_hand_back")
    page.findChild(QAbstractButton, "decide_return").click()
    painter.paint("city_inbox_return")
    page.findChild(QAbstractButton, "decide_accept").click()
    painter.paint_modal("passphrase_dialog", "city_passphrase", lambda: painter.press("decide"))
    painter.go("distribute")
    painter.press("open_quarter")
    painter.paint_dialog("quarter_dates", "city_quarter_dates")
    painter.go("desk")
    if painter.window.narrow:
        painter.press("unfold_waiting")
        painter.paint("city_desk_unfolded")
        painter.press("fold_aside")
    painter.press("tab_city")
    painter.paint("city_desk_city")
    painter.press("tab_contrast")
    painter.paint("city_desk_contrast")
    painter.paint_modal("scores_dialog", "city_scores", lambda: painter.press("score_rules"))
    painter.window.page.contrast.choose(painter.window.page.contrast.heat.lines.heat.units[0])
    painter.paint("city_desk_contrast_chosen")
    painter.press("tab_units")
    bulletin_scenes(painter)


def county_scenes(painter: Painter, city: Path) -> None:
    """One quarter's way: findings, all filled, names, review, signature, stick, return, next revision."""
    context = painter.program.context
    assert context is not None and context.store is not None
    store, now = context.store, context.now()
    report = store.reports.latest(context.plan_id, store.workspace.unit.code, str(context.quarter))
    assert report is not None
    _behind(store, report, now)
    painter.go("filling")
    painter.window.page.go_to(surveying.overview(store, report).rows[0].measure.key)
    painter.paint("county_filling_findings")
    if painter.window.compact:
        painter.press("open_list")
        painter.paint("county_filling_list")
        painter.press("open_list")
    if painter.window.narrow:
        painter.window.page.findChild(QAbstractButton, "strip_hints").click()
        painter.paint("county_filling_hints")
        painter.window.page.findChild(QAbstractButton, "strip_hints").click()
    fill_all(painter, store, report, now)
    painter.go("filling")
    painter.paint("county_filling_full")
    painter.press("send_to_review")
    painter.paint_dialog("people_dialog", "county_people")
    _name(store, report, now)
    painter.go("review")
    painter.paint("county_review_full")
    _remark(painter, store, report, now)
    reviewing.review(store, report.id, ACTOR, now)
    painter.go("review")
    painter.paint("county_review_passed")
    painter.press("review_primary")
    painter.paint_dialog("sign_dialog", "county_sign")
    assert context.faces is not None
    signing.sign(store, report.id, SAMPLE_PASSPHRASE, context.faces(), ACTOR, now)
    painter.go("export")
    painter.paint("county_export_ready")
    painter.press("export_write")
    painter.paint("county_export_written")
    painter.press("export_withdraw")
    painter.paint_dialog("withdraw_dialog", "county_withdraw")
    _return(store, city, report, now)
    painter.program.context.tell_changed()
    painter.go("filling")
    painter.paint("county_filling_returned")
    painter.press("notice_action")
    painter.paint("county_filling_second")
    painter.go("review")
    painter.paint("county_review_second")
    painter.go("export")
    painter.paint("county_export_returned")
    painter.go("inbox")
    painter.paint("county_inbox_returned")


def _behind(store: Store, report: Report, now: datetime) -> None:
    row = surveying.overview(store, report).rows[0]
    entry = replace(row.entry, status=ProgressStatus.BEHIND, problems="", next_steps="")
    filling.save_entry(store, report.id, entry, ACTOR, now)


def fill_all(painter: Painter, store: Store, report: Report, now: datetime) -> None:
    inventor = Inventor(load_phrases(painter.program.paths.sample))
    unit = store.units.region().find(store.workspace.unit.code)
    assert unit is not None
    demonstrating.fill(store, report.id, unit, inventor, now)


def _name(store: Store, report: Report, now: datetime) -> None:
    issuer = enrolling.signing_state(store).person
    people = People("周敏之", "孙立诚", issuer, "0000-6268001")
    filling.name_people(store, report.id, people, ACTOR, now)


def _remark(painter: Painter, store: Store, report: Report, now: datetime) -> None:
    """The reviewer gives two entries back; the preparer sees and settles it."""
    rows = surveying.overview(store, report).rows
    painter.window.page.changes.remarked.emit(rows[1].measure.key)
    painter.paint_dialog("comment_dialog", "county_comment")
    words = ("台数要和验收单一致，请把验收单附上。", "“持续推进”太笼统，写清这个季度做了几次、谁做的。")
    made = [
        commenting.comment(store, report.id, row.measure.key, text, "孙立诚", now)
        for row, text in zip(rows[:2], words, strict=True)
    ]
    painter.go("review")
    painter.paint("county_review_remarked")
    painter.go("filling")
    painter.window.page.go_to(rows[0].measure.key)
    painter.paint("county_filling_remarked")
    painter.window.page.frame.editor.history.click()
    painter.paint_dialog("history_dialog", "county_history")
    for each in made:
        commenting.settle(store, each.id, "周敏之", now)
    painter.go("review")
    painter.window.page.trail.click()
    painter.paint_dialog("history_dialog", "county_report_history")


def _return(store: Store, city: Path, report: Report, now: datetime) -> None:
    """The city takes the submission in and sends it back with reasons."""
    place = city.parent / "carried"
    place.mkdir(exist_ok=True)
    _, written = sending.submit(store, report.id, place, ACTOR, now)
    above = open_workspace(city, ACTOR, now)
    item, _ = receiving.take_in(above, written[-1].path, "", ACTOR, now)
    row = surveying.overview(store, report).rows[3]
    words = "数字和上季对不上，请核对后在进展里说明。"
    identity = enrolling.signer(above, SAMPLE_PASSPHRASE)
    answer = answering.send_back(
        above, item.digest, "第4条请核对数字。", {row.measure.key: words}, None, identity, ACTOR, now
    )
    carried = sending.carry_out(above, [answer.digest], place, ACTOR, now)
    above.close()
    receiving.take_in(store, carried[0].path, "", ACTOR, now)
