"""Runs inside, by the installed interpreter: the first page without a screen, as a picture; tells title and time."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
begun = time.monotonic()

from PySide6.QtGui import QFontDatabase  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from desktop.paths import usual_paths  # noqa: E402
from desktop.views.application import Program  # noqa: E402


def _add_face(path: str) -> int:
    """The offscreen plug-in opens faces by narrow names, which this interpreter's code page cannot spell for every person; a
    window's plug-in, and the program's own exe with its UTF-8 manifest, can."""
    return QFontDatabase.addApplicationFontFromData(Path(path).read_bytes())


QFontDatabase.addApplicationFont = staticmethod(_add_face)  # type: ignore[method-assign]


def main(picture: str) -> int:
    app = QApplication(sys.argv[:1])
    program = Program(app, usual_paths())
    program.begin(None)
    for _ in range(20):
        app.processEvents()
    seconds = round(time.monotonic() - begun, 2)
    window = program.window
    assert window is not None
    saved = window.grab().save(picture)
    said = {"title": window.windowTitle(), "seconds": seconds, "saved": saved}
    sys.stdout.buffer.write(json.dumps(said, ensure_ascii=False).encode("utf-8"))
    program.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
