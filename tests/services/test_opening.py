"""Before there is a workspace: which unit it is for, where it could lie, what a file from above says."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from desktop.domain.errors import RefusedError, UnreadableError
from desktop.domain.package import PackageKind
from desktop.domain.unit import UnitKind
from desktop.services import certifying, opening, sending
from desktop.services.receiving import glance
from desktop.storage import files
from desktop.storage.store import FOLDERS
from tests.conftest import ROOT
from tests.journeys.offices import CITY, COUNTY, REGION, enrol, open_offices

REGIONS = (REGION,)


def test_a_known_unit_is_found_by_any_of_its_spellings() -> None:
    for spelling in ("东川县人民政府", " 东川县 "):
        assert opening.named_unit(REGIONS, spelling, UnitKind.COUNTY) == (REGION, COUNTY)
    assert opening.named_unit(REGIONS, "东川县", UnitKind.PARK) is None
    assert opening.named_unit(REGIONS, " ", UnitKind.COUNTY) is None


@pytest.mark.parametrize("written", ["南坪县", "南坪县人民政府"])
def test_a_county_on_no_list_gets_both_names_and_one_code(written: str) -> None:
    made = opening.new_unit(written, UnitKind.COUNTY)
    assert (made.name, made.short_name) == ("南坪县人民政府", "南坪县")
    assert made.code == opening.new_unit("南坪县", UnitKind.COUNTY).code


@pytest.mark.parametrize("written", ["南坪工业园区", "南坪工业园区管委会", "南坪工业园区管理委员会"])
def test_a_park_on_no_list_gets_both_names(written: str) -> None:
    made = opening.new_unit(written, UnitKind.PARK)
    assert (made.name, made.short_name) == ("南坪工业园区管理委员会", "南坪工业园区")


def test_a_nameless_unit_is_refused() -> None:
    with pytest.raises(RefusedError) as refused:
        opening.new_unit(" 人民政府", UnitKind.COUNTY)
    assert refused.value.code == "name_missing"


def test_a_unit_on_no_list_joins_the_region_of_its_city(tmp_path: Path, now: datetime) -> None:
    unit = opening.new_unit("南坪县", UnitKind.COUNTY)
    store = opening.create_workspace(tmp_path / "县", unit, REGION, "test", now)
    assert store.units.region().find(unit.code) == unit
    assert store.workspace.superior == CITY.ref
    store.close()


def test_folders_are_looked_at_and_nothing_is_written(tmp_path: Path, now: datetime) -> None:
    new = tmp_path / "甲" / "乙"
    assert opening.check_folder(new).problem == ""
    assert opening.check_folder(new).free > 0
    assert not (tmp_path / "甲").exists()
    (tmp_path / "文件.txt").write_text("有东西", encoding="utf-8")
    assert opening.check_folder(tmp_path).problem == "workspace_not_empty"
    assert opening.check_folder(tmp_path / "文件.txt" / "里面").problem == "folder_not_writable"
    inside = tmp_path / "程序" / "versions" / "季报"
    assert opening.check_folder(inside, tmp_path / "程序").problem == "folder_of_program"
    assert opening.check_folder(Path("不是全路径")).problem == "folder_missing"
    opening.create_workspace(new, CITY, REGION, "test", now).close()
    assert opening.check_folder(new).problem == "workspace_exists"


def test_a_folder_too_deep_for_what_lies_in_a_workspace_is_told(tmp_path: Path, now: datetime) -> None:
    """Windows takes 259 letters; what lies deepest must fit, not only the folder."""
    folder = tmp_path / "深"
    store = opening.create_workspace(folder, CITY, REGION, "test", now)
    store.evidence.add_bytes(b"deep", "甲.pdf")
    store.close()
    deepest = max(len(str(path)) - len(str(folder)) for path in folder.rglob("*"))
    shelves = (f"/{name}/00/{'a' * 64}" for name in FOLDERS)
    assert 70 < deepest <= max(map(len, shelves)) <= files.DEEPEST_INSIDE
    other = tmp_path / "另一个"
    fits = len(str(other)) + files.DEEPEST_INSIDE
    assert opening.check_folder(other, longest=fits).problem == ""
    assert opening.check_folder(other, longest=fits - 1).problem == "folder_too_deep"
    assert files.longest_path() >= 259


def test_an_invitation_and_a_plan_package_say_for_whom_they_are(tmp_path: Path, now: datetime) -> None:
    offices = open_offices(tmp_path, now)
    invitation = certifying.invite(offices.city, COUNTY.code, offices.identity, "test", now)
    (package,) = sending.distribute(
        offices.city, offices.plan.id, [COUNTY.code], offices.identity, "test", now
    )
    for item, kind in ((invitation, PackageKind.INVITATION), (package, PackageKind.PLAN)):
        seen = glance(offices.to_county(item.digest), now)
        assert (seen.kind, seen.unit, seen.region.code) == (kind, COUNTY, REGION.code)
    enrol(offices)
    request = next(i for i in offices.county.packages.outbox() if i.kind is PackageKind.REQUEST)
    with pytest.raises(RefusedError) as refused:
        glance(offices.to_city(request.digest), now)
    assert refused.value.code == "wrong_direction"
    offices.city.close()
    offices.county.close()


def test_what_is_no_package_is_said_to_be_none(tmp_path: Path, now: datetime) -> None:
    (tmp_path / "邀请.jbx").write_bytes(b"no package")
    with pytest.raises(UnreadableError):
        glance(tmp_path / "邀请.jbx", now)


def test_every_shipped_region_has_counties_that_are_found() -> None:
    regions = opening.shipped_regions(ROOT / "resources" / "regions")
    found = opening.named_unit(regions, "盐池县", UnitKind.COUNTY)
    assert found is not None and found[0].name == "吴忠市"
