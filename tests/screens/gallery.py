"""The windows of the sample city and county, page after page, painted into files."""

from __future__ import annotations

import shutil
import sys
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop.domain.unit import Region
from desktop.paths import Paths, usual_paths
from desktop.services import opening, planning
from desktop.services.opening import sample_places
from desktop.services.sampling import make_sample
from desktop.views.application import Program
from tests.conftest import TEST_ROUNDS
from tests.screens.amending import carry_to_county, city_amends, county_follows, keep_amendment
from tests.screens.delegating import delegating_scenes
from tests.screens.evidencing import county_evidence
from tests.screens.painting import OneFolder, Painter
from tests.screens.ruling import city_rules, county_is_warned
from tests.screens.scenes import city_scenes, county_scenes, importing_scenes


def make_sample_in(scratch: Path) -> None:
    """The sample, once more for 县内分工, once more with its plan being amended, and a third workspace of its city with a plan half checked."""
    now = datetime.now().astimezone()
    paths = Paths(usual_paths().resources, scratch)
    make_sample(scratch / "sample", paths, TEST_ROUNDS, now)
    for copy in ("amended", "divided"):
        shutil.copytree(scratch / "sample", scratch / copy)
    keep_amendment(sample_places(scratch / "amended"), now)
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


def main(folder: Path, scratch: Path, scale: str) -> int:
    app = QApplication(sys.argv[:1])
    paths = Paths(usual_paths().resources, scratch)
    program = Program(app, paths, OneFolder(scratch / "out"), rounds=TEST_ROUNDS)
    painter = Painter(program, folder, scale)
    program.show_start()
    painter.paint("start")
    places = sample_places(scratch / "sample")
    for role, workspace in (
        ("importing", scratch / "importing"),
        ("new_city", scratch / "new" / "city"),
        ("new_county", scratch / "new" / "county"),
        ("city", places.city),
        ("county", places.county),
    ):
        # By way of the start page, which lets the workspace before go.
        program.show_start()
        program.open_folder(workspace)
        for key in painter.window.keys if role != "importing" else ("plan",):
            painter.go(key)
            painter.paint(f"{role}_{key}")
        if role == "importing":
            importing_scenes(painter)
        elif role == "city":
            city_scenes(painter)
            city_rules(painter)
        elif role == "county":
            county_is_warned(painter)
            county_evidence(painter)
            county_scenes(painter, places.city)
    program.show_start()
    program.open_folder(sample_places(scratch / "divided").county)
    delegating_scenes(painter)
    amended = sample_places(scratch / "amended")
    program.show_start()
    program.open_folder(amended.city)
    city_amends(painter)
    program.show_start()
    carry_to_county(amended, datetime.now().astimezone())
    program.open_folder(amended.county)
    county_follows(painter)
    program.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]))
