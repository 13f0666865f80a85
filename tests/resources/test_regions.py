"""The region files: exact, free of collisions, and complete for the plans they were made for."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from desktop.domain.codec import encode, parse_json
from desktop.domain.unit import Region, UnitKind

ROOT = Path(__file__).resolve().parents[2]
REGIONS = ROOT / "resources" / "regions"
SEEDS = ROOT.parent / "shared" / "seeds"
NAMES = ("wuzhong", "shizuishan", "sample")
EQUALS = {"各有关部门"}
JOINED_OR_MISSPELT = {"生态环境局住建局", "各县（市、区）民政府"}


def region(name: str) -> Region:
    return parse_json((REGIONS / f"{name}.json").read_bytes(), Region)


def meanings(found: Region) -> dict[str, tuple[str, ...]]:
    """Every spelling and term of a region with the unit codes it stands for."""
    spelt = {spelling: (unit.code,) for unit in found.units for spelling in unit.spellings}
    return spelt | {term.term: term.unit_codes for term in found.terms}


def split_names(text: str) -> list[str]:
    """Names of a list; 、 inside brackets is part of a name."""
    parts = re.split(r"[，、\n](?![^（]*）)", text)
    return [part.strip() for part in parts if part.strip()]


@pytest.mark.parametrize("name", NAMES)
def test_file_is_the_exact_encoding_of_its_region(name: str) -> None:
    text = (REGIONS / f"{name}.json").read_text(encoding="utf-8")
    assert text == json.dumps(encode(region(name)), ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize("name", NAMES)
def test_no_spelling_or_term_stands_for_two_things(name: str) -> None:
    found = region(name)
    written = [spelling for unit in found.units for spelling in unit.spellings]
    written += [term.term for term in found.terms]
    assert [spelling for spelling, times in Counter(written).items() if times > 1] == []
    assert all(spelling == spelling.strip() != "" for spelling in written)


@pytest.mark.parametrize("name", NAMES)
def test_codes_are_unique_and_terms_name_known_units(name: str) -> None:
    found = region(name)
    codes = [unit.code for unit in found.units]
    assert len(set(codes)) == len(codes)
    assert all(code.isascii() for code in codes)
    assert found.units[0] == found.city and found.city.kind is UnitKind.CITY
    assert all(term.unit_codes and set(term.unit_codes) <= set(codes) for term in found.terms)


@pytest.mark.parametrize("name", NAMES)
def test_no_reporting_unit_begins_with_the_name_of_another(name: str) -> None:
    """青铜峡市 beside 青铜峡工业园区: a reader that takes the longest beginning must not err."""
    units = region(name).reporting
    for one in units:
        for other in units:
            if one is not other:
                assert not any(a.startswith(b) for a in one.spellings for b in other.spellings)


@pytest.mark.parametrize(
    ("name", "counties", "parks"), [("wuzhong", 5, 5), ("shizuishan", 3, 3), ("sample", 3, 2)]
)
def test_reporting_units_are_all_there(name: str, counties: int, parks: int) -> None:
    found = region(name)
    assert len(found.of_kind(UnitKind.COUNTY)) == counties
    assert len(found.of_kind(UnitKind.PARK)) == parks


@pytest.mark.parametrize(
    ("name", "spelling", "code"),
    [
        ("wuzhong", "发改委", "640300-D01"),
        ("wuzhong", "吴忠市市场监督管理局", "640300-D06"),
        ("wuzhong", "市场监管局", "640300-D06"),
        ("wuzhong", "青铜峡市", "640381"),
        ("wuzhong", "青铜峡工业园区管委会", "640300-P3"),
        ("wuzhong", "盐池县", "640323"),
        ("shizuishan", "审批局", "640200-D04"),
        ("shizuishan", "市住房和城乡建设局", "640200-D07"),
        ("shizuishan", "国网宁夏电力石嘴山分公司", "640200-C01"),
    ],
)
def test_spelling_finds_its_unit(name: str, spelling: str, code: str) -> None:
    assert meanings(region(name))[spelling] == (code,)


def test_wuzhong_knows_every_name_of_its_plan() -> None:
    source = SEEDS / "wuzhong.docx"
    if not source.exists():
        pytest.skip("the real plans are not beside this repository")
    docx = pytest.importorskip("docx")
    rows = docx.Document(str(source)).tables[0].rows[1:]
    cells = [cell.text for row in rows for cell in row.cells[3:6]]
    names = {name for cell in cells for name in split_names(cell)} - {"/"}
    assert len(names) > 15
    assert names - meanings(region("wuzhong")).keys() <= JOINED_OR_MISSPELT


def test_shizuishan_knows_every_name_of_its_plan() -> None:
    source = SEEDS / "shizuishan.txt"
    if not source.exists():
        pytest.skip("the real plans are not beside this repository")
    joined = re.sub(r"\n\s*", "", source.read_text(encoding="utf-8"))
    duties = re.findall(r"（(市[^（）]*(?:牵头|负责|配合|落实))）", joined)
    assert len(duties) == 39
    role = re.compile(r"(?:等?(?:按职责)?(?:牵头|配合落实|配合|分工负责|负责落实|负责))$")
    names = {role.sub("", name) for duty in duties for name in split_names(duty)}
    assert names - meanings(region("shizuishan")).keys() <= EQUALS


def test_the_misspelt_term_of_wuzhong_is_not_a_term() -> None:
    assert "各县（市、区）民政府" not in meanings(region("wuzhong"))
