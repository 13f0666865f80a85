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
from tests.screens.checking_paper import paper_code_scenes
from tests.screens.co_signing import county_co_signs
from tests.screens.delegating import delegating_scenes
from tests.screens.evidencing import county_evidence
from tests.screens.filling import carrying_scenes, late_scene, rescued_scene
from tests.screens.first_day import first_day_scenes
from tests.screens.keeping import keeping_scenes
from tests.screens.lettering import county_writes
from tests.screens.noticing import city_looks
from tests.screens.painting import OneFolder, Painter
from tests.screens.revoking import revoking_scenes
from tests.screens.ruling import city_rules, county_is_warned
from tests.screens.scenes import city_scenes, county_scenes, importing_scenes
from tests.screens.searching import add_plan, searching_city, searching_county
from tests.screens.signing_for import county_signs_for


def make_sample_in(scratch: Path) -> None:
    """The sample and its copies (县内分工, 代签, 三人签名, a second plan, an amendment, a letter, a first day), and a third workspace of its city with a plan half checked."""
    now = datetime.now().astimezone()
    paths = Paths(usual_paths().resources, scratch)
    make_sample(scratch / "sample", paths, TEST_ROUNDS, now)
    for copy in (
        "amended",
        "divided",
        "approved",
        "co_signed",
        "several",
        "lettered",
        "first_day",
        "revoked",
    ):
        shutil.copytree(scratch / "sample", scratch / copy)
    keep_amendment(sample_places(scratch / "amended"), now)
    add_plan(sample_places(scratch / "several"), paths, now)
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
            city_looks(painter)
            city_scenes(painter)
            paper_code_scenes(painter, "inbox")
            city_rules(painter)
        elif role == "county":
            carrying_scenes(painter)
            rescued_scene(painter, places.county)
            late_scene(painter)
            county_is_warned(painter)
            county_evidence(painter)
            county_scenes(painter, places.city)
            paper_code_scenes(painter, "export")
    program.show_start()
    program.open_folder(sample_places(scratch / "divided").county)
    delegating_scenes(painter)
    approved = sample_places(scratch / "approved")
    program.show_start()
    program.open_folder(approved.county)
    county_signs_for(painter, approved)
    program.show_start()
    program.open_folder(sample_places(scratch / "lettered").county)
    county_writes(painter)
    co_signed = sample_places(scratch / "co_signed")
    program.show_start()
    program.open_folder(co_signed.county)
    county_co_signs(painter, co_signed)
    several = sample_places(scratch / "several")
    for workspace, scenes in ((several.county, searching_county), (several.city, searching_city)):
        program.show_start()
        program.open_folder(workspace)
        scenes(painter)
    amended = sample_places(scratch / "amended")
    program.show_start()
    program.open_folder(amended.city)
    city_amends(painter)
    program.show_start()
    carry_to_county(amended, datetime.now().astimezone())
    program.open_folder(amended.county)
    county_follows(painter)
    keeping_scenes(painter, sample_places(scratch / "divided"), scratch)
    first_day_scenes(painter, sample_places(scratch / "first_day"), scratch / "first")
    revoking_scenes(painter, sample_places(scratch / "revoked"))
    program.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]))
