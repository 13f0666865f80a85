"""The process ends in the middle of a word: the next start finds every sign that was typed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QWidget

from desktop.domain.letter import SectionName
from desktop.paths import Paths
from desktop.services import filling
from desktop.storage import Store
from desktop.views.application import Program
from desktop.views.pages.filling import FillingPage
from tests.conftest import ROOT
from tests.journeys.offices import Offices, open_offices
from tests.journeys.typist import WORDS


@pytest.fixture
def county(tmp_path: Path, now: datetime) -> Iterator[Path]:
    """A county's folder with an open quarter, held by nobody."""
    made: Offices = open_offices(tmp_path, now)
    made.city.close()
    made.county.close()
    yield made.county.folder


@pytest.fixture
def city(county: Path) -> Path:
    """Its city's."""
    return next(path.parent for path in county.parent.glob("*/lantian.db") if path.parent != county)


def type_and_die(folder: Path, user: Path, signs: int, place: str = "entry") -> None:
    """Kills the process as soon as so many signs were typed."""
    command = [sys.executable, "-m", "tests.journeys.typist", str(folder), str(user), place]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        told = 0
        while told < signs:
            read = os.read(process.stdout.fileno(), 1)
            assert read == b".", "the typist ended by itself"
            told += 1
        process.kill()


@pytest.mark.parametrize("signs", [1, 23, len(WORDS)])
def test_every_sign_is_there_again(
    qapp: QApplication, county: Path, tmp_path: Path, now: datetime, signs: int
) -> None:
    type_and_die(county, tmp_path / "user", signs)
    program = Program(qapp, Paths(ROOT / "resources", tmp_path / "user"))
    try:
        assert program.open_folder(county)
        page = program.window.page
        assert isinstance(page, FillingPage)
        typed = page.frame.editor.progress.edit
        assert page.frame.editor.key == "m-002", "where the person was"
        assert typed.toPlainText().startswith(WORDS[:signs]) and WORDS.startswith(typed.toPlainText())
        banner = page.frame.rescued
        assert banner.findChild(QLabel, "banner_title").text() == "程序上次没有正常关闭"
        assert banner.findChild(QLabel, "banner_text").text().endswith("一个字都没丢。已回到第2条。")
        assert isinstance(page.focusWidget(), QPlainTextEdit)
        shown = typed.toPlainText()
        page.go_to("m-001")
    finally:
        program.close()
    store = Store.open(county, "test", now)
    (report,) = store.reports.find()
    entry = store.reports.entry(report.id, "m-002")
    store.close()
    assert entry is not None and entry.progress == shown, "and the store has it now"


@pytest.mark.parametrize("signs", [1, len(WORDS)])
def test_every_sign_of_the_letter_is_there_again(
    qapp: QApplication, county: Path, tmp_path: Path, now: datetime, signs: int
) -> None:
    store = Store.open(county, "test", now)
    filling.begin(store, store.plans.all()[0].id, "2025Q1", "test", now)
    store.close()
    type_and_die(county, tmp_path / "user", signs, "letter")
    program = Program(qapp, Paths(ROOT / "resources", tmp_path / "user"))
    try:
        assert program.open_folder(county)
        page = program.window.page
        assert isinstance(page, FillingPage)
        told = page.frame.rescued.findChild(QLabel, "banner_text").text()
        assert (
            told.endswith("写的是报告正文的“意见建议”，到“审核签发”里点“正文…”接着写。")
            and "找回来了" in told
        )
    finally:
        program.close()
    store = Store.open(county, "test", now)
    (report,) = store.reports.find()
    kept = store.letters.sections(report.id).all()[SectionName.SUGGESTIONS].text
    store.close()
    assert kept.startswith(WORDS[:signs]) and WORDS.startswith(kept)


def test_every_sign_of_the_letter_s_number_is_there_again(
    qapp: QApplication, county: Path, tmp_path: Path, now: datetime
) -> None:
    store = Store.open(county, "test", now)
    filling.begin(store, store.plans.all()[0].id, "2025Q1", "test", now)
    store.close()
    type_and_die(county, tmp_path / "user", 12, "number")
    program = Program(qapp, Paths(ROOT / "resources", tmp_path / "user"))
    try:
        assert program.open_folder(county)
        told = program.window.page.frame.rescued.findChild(QLabel, "banner_text").text()
        assert "写的是报告正文的“发文字号”" in told and "找回来了" in told
    finally:
        program.close()
    store = Store.open(county, "test", now)
    (report,) = store.reports.find()
    kept = store.letters.number(report.id)
    store.close()
    assert kept.startswith(WORDS[:12]) and WORDS.startswith(kept)


def test_every_sign_of_the_bulletin_is_there_again(
    qapp: QApplication, city: Path, tmp_path: Path, now: datetime
) -> None:
    type_and_die(city, tmp_path / "user", 23, "bulletin")
    program = Program(qapp, Paths(ROOT / "resources", tmp_path / "user"))
    try:
        assert program.open_folder(city)
        program.window.go_to("desk")
        banner = program.window.page.findChild(QWidget, "export_banner")
        assert banner.findChild(QLabel, "banner_title").text() == "程序上次没有正常关闭"
        assert "通报正文的“季报报送情况”" in banner.findChild(QLabel, "banner_text").text()
    finally:
        program.close()
    store = Store.open(city, "test", now)
    kept = store.bulletins.sections(store.plans.all()[0].id, "2025Q1").all()
    store.close()
    (section,) = kept.values()
    assert section.text.startswith(WORDS[:23]) and WORDS.startswith(section.text)


def test_after_an_ordinary_end_nothing_is_said(qapp: QApplication, county: Path, tmp_path: Path) -> None:
    for _ in range(2):
        program = Program(qapp, Paths(ROOT / "resources", tmp_path / "user"))
        try:
            assert program.open_folder(county)
            page = program.window.page
            assert isinstance(page, FillingPage) and page.frame.rescued.isHidden()
            page.go_to("m-002")
        finally:
            program.close()
