"""A program in a process of its own that types into an entry until it is killed; each sign is told when its event is done."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.paths import Paths
from desktop.views.application import Program
from desktop.views.pages.filling import FillingPage
from tests.conftest import ROOT
from tests.views.conftest import compose

WORDS = "本季度拆除小锅炉7台，其余5台已签合同；城关4台、陶乐3台。" * 6


def main(folder: Path, user: Path) -> None:
    app = QApplication(sys.argv[:1])
    program = Program(app, Paths(ROOT / "resources", user))
    program.open_folder(folder)
    page = program.window.page if program.window is not None else None
    assert isinstance(page, FillingPage)
    page.go_to("m-002")
    edit = page.frame.editor.progress.edit
    edit.setFocus()
    for sign in WORDS:
        compose(edit, sign)
        app.processEvents()
        os.write(1, b".")
    # The pause after which words are saved never comes: nobody looks at events any more.
    sys.stdin.read()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
