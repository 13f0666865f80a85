"""The windows of the sample city and county, page after page, painted into files."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSize, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from desktop.domain.unit import Region
from desktop.paths import Paths, usual_paths
from desktop.services import opening, planning
from desktop.services.opening import sample_places
from desktop.services.sampling import make_sample
from desktop.views.application import Program
from desktop.views.main_window import MainWindow
from tests.conftest import TEST_ROUNDS

# What an office monitor of 1366 × 768 leaves to the program, in its own pixels.
SCREEN = QSize(1366, 696)


def make_sample_in(scratch: Path) -> None:
    """The sample, and a third workspace of its city with a plan half checked."""
    now = datetime.now().astimezone()
    paths = Paths(usual_paths().resources, scratch)
    make_sample(scratch / "sample", paths, TEST_ROUNDS, now)
    regions = opening.shipped_regions(paths.regions)
    region = next(r for r in regions if r.code == opening.SAMPLE_REGION)
    draft = planning.resolve(planning.read_document(paths.sample / "plan_prose.txt", regions), region)
    store = opening.create_workspace(scratch / "importing", region.city, region, "示例", now)
    planning.keep_draft(store, "", draft, now)
    store.close()
    _empty(scratch / "new", region, now)


def _empty(folder: Path, region: Region, now: datetime) -> None:
    opening.create_workspace(folder / "city", region.city, region, "示例", now).close()
    opening.create_workspace(folder / "county", region.reporting[0], region, "示例", now).close()


class Painter:
    """Shows a window at the size that a scale leaves, lets it settle, and keeps its picture."""

    def __init__(self, folder: Path, scale: str) -> None:
        self.folder = folder
        self.scale = float(scale)
        self.suffix = f"{round(self.scale * 100)}"

    def paint(self, program: Program, name: str) -> None:
        window = program.window
        assert window is not None
        window.resize(QSize(round(SCREEN.width() / self.scale), round(SCREEN.height() / self.scale)))
        settle(program)
        self.keep(window, name)

    def keep(self, widget: QWidget, name: str) -> None:
        widget.grab().save(str(self.folder / f"{name}_{self.suffix}.png"))


def settle(program: Program) -> None:
    """Until no job runs and what was posted is done."""
    for _ in range(3):
        program.runner.wait_idle()
        loop = QEventLoop()
        QTimer.singleShot(60, loop.quit)
        loop.exec()


def main(folder: Path, scratch: Path, scale: str) -> int:
    app = QApplication(sys.argv[:1])
    paths = Paths(usual_paths().resources, scratch)
    program = Program(app, paths, rounds=TEST_ROUNDS)
    painter = Painter(folder, scale)
    program.show_start()
    painter.paint(program, "start")
    places = sample_places(scratch / "sample")
    for role, workspace in (
        ("city", places.city),
        ("county", places.county),
        ("importing", scratch / "importing"),
        ("new_city", scratch / "new" / "city"),
        ("new_county", scratch / "new" / "county"),
    ):
        program.open_folder(workspace)
        window = program.window
        assert isinstance(window, MainWindow)
        for key in window.keys:
            if role == "importing" and key != "plan":
                continue
            window.go_to(key)
            painter.paint(program, f"{role}_{key}")
    program.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]))
