"""A program in a process of its own that types until it is killed; each sign is told when its event is done.

Into an entry, a county's letter, its number, or a city's bulletin: the third argument says which.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication, QLineEdit

from desktop.domain.letter import SectionName
from desktop.paths import Paths
from desktop.services import announcing, summarising
from desktop.storage import Store
from desktop.views.application import Program
from desktop.views.dialogs.bulletin_text import BulletinTextDialog
from desktop.views.dialogs.letter import LetterDialog
from desktop.views.pages.filling import FillingPage
from desktop.views.widgets.inputs import AutosaveEdit
from tests.conftest import ROOT
from tests.views.conftest import compose

WORDS = "本季度拆除小锅炉7台，其余5台已签合同；城关4台、陶乐3台。" * 6


def in_entry(program: Program, store: Store) -> AutosaveEdit:
    page = program.window.page if program.window is not None else None
    assert isinstance(page, FillingPage)
    page.go_to("m-002")
    edit: AutosaveEdit = page.frame.editor.progress.edit
    return edit


def in_letter(program: Program, store: Store) -> AutosaveEdit:
    (report,) = store.reports.find()
    assert program.context is not None and program.window is not None
    dialog = LetterDialog(program.context, report, program.window)
    dialog.open()
    dialog.choose(SectionName.SUGGESTIONS)
    return dialog.edit


def in_number(program: Program, store: Store) -> QLineEdit:
    (report,) = store.reports.find()
    assert program.context is not None and program.window is not None
    dialog = LetterDialog(program.context, report, program.window)
    dialog.open()
    return dialog.number


def in_bulletin(program: Program, store: Store) -> AutosaveEdit:
    context = program.context
    assert context is not None and program.window is not None
    seen = summarising.summary(store, context.plan_id, str(context.quarter), context.now())
    document = announcing.announced(store, seen, announcing.Choice())
    dialog = BulletinTextDialog(context, document, program.window)
    dialog.open()
    dialog.edit.selectAll()
    return dialog.edit


PLACES = {"entry": in_entry, "letter": in_letter, "number": in_number, "bulletin": in_bulletin}


def main(folder: Path, user: Path, place: str) -> None:
    app = QApplication(sys.argv[:1])
    program = Program(app, Paths(ROOT / "resources", user))
    program.open_folder(folder)
    assert program.context is not None and program.context.store is not None
    edit = PLACES[place](program, program.context.store)
    edit.setFocus()
    for sign in WORDS:
        compose(edit, sign)
        app.processEvents()
        os.write(1, b".")
    # The pause after which words are saved never comes: nobody looks at events any more.
    sys.stdin.read()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
