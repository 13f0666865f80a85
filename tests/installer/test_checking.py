"""The parts of the check under Wine that need no Wine: what it would call wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from installer.checking import STEPS
from installer.checking.installation import Installation, Versions, bare, digest, manifest_of
from installer.checking.protocol import Protocol
from installer.checking.stand_ins import HERE, NAMES, strangers
from installer.checking.wine import Wine


def test_a_stand_in_is_found_by_its_name_and_by_its_content() -> None:
    made = {"icuuc.dll": "a" * 64}
    assert strangers({"version/python.exe": "b" * 64}, made) == []
    assert strangers({"version/site/ICUUC.DLL": "b" * 64}, made) == ["version/site/ICUUC.DLL"]
    assert strangers({"version/site/other.dll": "a" * 64}, made) == ["version/site/other.dll"]


def test_every_stand_in_says_that_it_is_for_the_test_alone() -> None:
    sources = sorted((HERE / "shims").glob("*.c"))
    assert len(sources) == len(NAMES) == 3
    assert all(s.read_text(encoding="utf-8").startswith("/* TEST-ONLY, for Wine 8") for s in sources)


def test_what_fails_and_what_breaks_off_are_findings(tmp_path: Path) -> None:
    protocol = Protocol(tmp_path)
    with protocol.step("one"):
        assert protocol.that("right", True)
        assert not protocol.that("not tried", None, "no disk")
        assert not protocol.that("wrong", False, "a|b")
    with protocol.step("two"):
        raise RuntimeError("broke off")
    protocol.write()
    told = json.loads((tmp_path / "check.json").read_text(encoding="utf-8"))
    assert (protocol.failed, told["passed"]) == (2, False)
    assert [f["passed"] for f in told["findings"]] == [True, None, False, False]
    assert "broke off" in told["findings"][-1]["detail"]
    table = (tmp_path / "check.md").read_text(encoding="utf-8")
    assert "**failed**" in table and "not tried" in table and "a\\|b" in table


@pytest.fixture
def installed(tmp_path: Path) -> Installation:
    """A made-up installation in a made-up prefix."""
    root = tmp_path / "drive_c" / "程序"
    version = root / "versions" / "2.0"
    (version / "app" / "__pycache__").mkdir(parents=True)
    (version / "app" / "a.py").write_bytes(b"a")
    (version / "app" / "__pycache__" / "a.pyc").write_bytes(b"compiled")
    (version / "started").write_bytes(b"")
    (root / "lantian.exe").write_bytes(b"exe")
    (root / "uninstall.exe").write_bytes(b"un")
    (root / "current.ini").write_text(
        "[lantian]\ncurrent=2.0\nversion=2.0\nprevious=1.0\nprevious_version=1.0\n", encoding="ascii"
    )
    return Installation(Wine(tmp_path, ":0"), "C:\\程序")


def test_the_tree_is_told_as_the_manifest_tells_it(installed: Installation, tmp_path: Path) -> None:
    assert installed.versions() == Versions("2.0", "2.0", "1.0", "1.0")
    assert (installed.folders(), installed.has_started()) == (["2.0"], True)
    found = installed.files()
    assert set(found) == {"version/app/a.py", "root/lantian.exe", "root/uninstall.exe"}
    files = [{"path": p, "sha256": d, "size": 1} for p, d in found.items()]
    (tmp_path / "x-2.0-manifest.json").write_text(json.dumps({"files": files}), encoding="utf-8")
    assert manifest_of(tmp_path / "x-2.0-setup.exe") == found
    assert found["root/lantian.exe"] == digest(installed.root / "lantian.exe")


def test_names_of_windows_and_linux(tmp_path: Path) -> None:
    wine = Wine(tmp_path, ":0")
    assert wine.linux("C:\\市县\\a b.txt") == tmp_path / "drive_c" / "市县" / "a b.txt"
    assert wine.windows(tmp_path / "drive_c" / "市县" / "a b.txt") == "C:\\市县\\a b.txt"
    assert wine.windows(Path("/home/人")) == "Z:\\home\\人"
    with pytest.raises(ValueError):
        wine.linux("D:\\a")


def test_a_folder_with_a_blank_is_not_quoted_for_nsis() -> None:
    assert bare("/D=", "C:\\市县 单位\\季报") == ["/D=C:\\市县", "单位\\季报"]
    assert " ".join(bare("_?=", "C:\\a  b")) == "_?=C:\\a  b"


def test_the_check_goes_from_the_refusals_to_the_uninstallation() -> None:
    names = [name for name, _ in STEPS]
    assert names[0].startswith("refusing") and names[-1] == "uninstalling with workspaces"
    assert len(set(names)) == len(names)
