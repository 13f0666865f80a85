"""Putting a file in its place while a virus scanner looks at it."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from desktop.storage import files
from tests.domain.test_file_faults import windows_error


def refuse_times(times: int, error: OSError, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first renames fail."""
    left, rename = [error] * times, Path.replace

    def replace(new: Path, target: Path) -> Path:
        if left:
            raise left.pop()
        return rename(new, target)

    monkeypatch.setattr(Path, "replace", replace)


def test_a_file_held_for_a_moment_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new, target = tmp_path / "new", tmp_path / "target"
    new.write_bytes(b"new")
    target.write_bytes(b"old")
    refuse_times(3, windows_error(32), monkeypatch)
    monkeypatch.setattr(files, "_PAUSE", 0.0)
    files.put_in_place(new, target)
    assert target.read_bytes() == b"new" and not new.exists()


def test_a_file_held_for_long_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new = tmp_path / "new"
    new.write_bytes(b"new")
    refuse_times(1000, windows_error(32), monkeypatch)
    monkeypatch.setattr(files, "_PATIENCE", 0.01)
    monkeypatch.setattr(files, "_PAUSE", 0.001)
    with pytest.raises(OSError):
        files.put_in_place(new, tmp_path / "target")
    assert new.exists()


def test_what_is_not_held_is_refused_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new = tmp_path / "new"
    new.write_bytes(b"new")
    refuse_times(1, PermissionError(errno.EACCES, "Unix"), monkeypatch)
    with pytest.raises(PermissionError):
        files.put_in_place(new, tmp_path / "target")
