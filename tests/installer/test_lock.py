"""The Windows lock is the common lock's versions, and the keep list knows every package of it."""

from __future__ import annotations

import re
import tomllib

import pytest

from installer.inputs import BuildError, normal, read_lock
from installer.keep import KeepList, Kept, choose, matches, read_keep_list
from tests.conftest import ROOT

COMMON = {normal(n): v for n, v in re.findall(r"^([\w.-]+)==([^\s;\\]+)", (ROOT / "requirements.lock").read_text("utf-8"), re.M)}  # fmt: skip


@pytest.fixture(scope="module")
def keep() -> KeepList:
    return read_keep_list()


def test_every_version_is_the_common_locks() -> None:
    pins = read_lock()
    assert {name: pin.version for name, pin in pins.items()} == {name: COMMON[name] for name in pins}
    assert all(pin.hashes for pin in pins.values())


def test_what_the_program_needs_is_locked_and_what_developers_need_is_not() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    pins = read_lock().keys()
    needed = {normal(re.split(r"[^\w.-]", line)[0]) for line in project["dependencies"]}
    developers = {normal(re.split(r"[^\w.-]", line)[0]) for line in project["optional-dependencies"]["dev"]}
    assert needed <= pins and not developers & pins


def test_the_lock_names_no_index() -> None:
    text = (ROOT / "installer" / "windows.lock").read_text("utf-8")
    assert "://" not in text and "--index" not in text


def test_keep_list_and_lock_speak_of_the_same_packages(keep: KeepList) -> None:
    assert keep.packages.keys() == read_lock().keys()
    for name, kept in {**keep.packages, "python": keep.python}.items():
        assert len(kept.why) > 5 and kept.licence, name
    assert not [
        name for name, kept in keep.packages.items() if "GPL" in kept.licence.replace("LGPL-3.0-only", "")
    ]


def test_the_interpreter_has_both_its_faces(keep: KeepList) -> None:
    assert {"python.exe", "pythonw.exe", "python3.dll", "python313.dll", "python313.zip"} <= set(
        keep.python.keep
    )


@pytest.mark.parametrize(
    ("pattern", "file", "expected"),
    [
        ("a/*.py", "a/b.py", True),
        ("a/*.py", "a/b/c.py", False),
        ("a/**", "a/b/c.py", True),
        ("**/tests/**", "x/tests/y.py", True),
        ("**/tests/**", "tests/y.py", True),
        ("**/tests/**", "x/mytests/y.py", False),
        ("_cffi_backend.*.pyd", "_cffi_backend.cp313-win_amd64.pyd", True),
        ("PIL/*.py", "PIL/x.pyd", False),
        ("a.b", "axb", False),
    ],
)
def test_patterns(pattern: str, file: str, expected: bool) -> None:
    assert matches(pattern, file) is expected


def test_a_pattern_that_matches_nothing_stops_the_build() -> None:
    files = ["a/x.py", "a/tests/y.py", "a/z.c"]
    kept = Kept("MIT", "for trying", ("a/**",))
    assert choose("a", files, kept, ("**/tests/**", "**/*.c")) == ["a/x.py"]
    with pytest.raises(BuildError):
        choose("a", files, Kept("MIT", "for trying", ("a/**", "b/**")))
