"""Removing a workspace takes what the program put there and nothing else."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from desktop.domain.errors import RefusedError, UnreadableError
from desktop.services.opening import create_workspace, open_workspace
from desktop.services.removing import remove_workspace
from tests.journeys.offices import CITY, REGION


@pytest.fixture
def folder(tmp_path: Path, now: datetime) -> Path:
    made = tmp_path / "蓝天季报" / "市级"
    create_workspace(made, CITY, REGION, "test", now).close()
    for name in (
        "evidence/ab/abcd",
        "documents/x",
        "packages/1.jbx",
        "backups/before-version-9.db",
        "lantian.typed",
    ):
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_bytes(b"x")
    return made


def test_nothing_is_left_of_a_workspace(folder: Path, now: datetime) -> None:
    assert remove_workspace(folder, "test", now)
    assert not folder.exists() and folder.parent.is_dir()


def test_other_files_in_the_folder_stay(folder: Path, now: datetime) -> None:
    (folder / "通知.docx").write_bytes(b"mine")
    assert not remove_workspace(folder, "test", now)
    assert [path.name for path in folder.iterdir()] == ["通知.docx"]


def test_one_that_is_open_stays_whole(folder: Path, now: datetime) -> None:
    held = open_workspace(folder, "李某", now)
    with pytest.raises(RefusedError) as refused:
        remove_workspace(folder, "test", now)
    assert refused.value.code == "workspace_in_use" and (folder / "evidence" / "ab" / "abcd").is_file()
    held.close()


def test_what_is_no_workspace_is_not_touched(tmp_path: Path, now: datetime) -> None:
    (tmp_path / "evidence").mkdir()
    with pytest.raises(UnreadableError):
        remove_workspace(tmp_path, "test", now)
    (tmp_path / "lantian.db").write_bytes(b"SQLite format 3\0" + bytes(4096))
    with pytest.raises(UnreadableError):
        remove_workspace(tmp_path, "test", now)
    assert (tmp_path / "evidence").is_dir() and (tmp_path / "lantian.db").is_file()
