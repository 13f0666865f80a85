"""Removing a workspace takes what the program put there and nothing else."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from desktop.domain.errors import RefusedError, UnreadableError
from desktop.services.opening import create_workspace, open_workspace
from desktop.services.removing import remove_workspace
from desktop.storage import Store, snapshots
from desktop.storage.store import DATABASE_NAME
from tests.journeys.offices import CITY, REGION

DIGEST = "ab" * 32
OURS = (
    f"evidence/ab/{DIGEST}", "evidence/x1.tmp", f"documents/ab/{DIGEST}", f"packages/{DIGEST}.jbx",
    "backups/before-version-9.db", "backups/auto-20251129-143201.db",
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, now: datetime) -> Path:
    made = tmp_path / "蓝天季报" / "市级"
    create_workspace(made, CITY, REGION, "test", now).close()
    for name in (*OURS, "lantian.typed", "lantian.restoring"):
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_bytes(b"x")
    return made


def test_nothing_is_left_of_a_workspace(folder: Path, now: datetime) -> None:
    assert remove_workspace(folder, "test", now)
    assert not folder.exists() and folder.parent.is_dir()


def test_a_damaged_database_that_was_put_aside_goes_too(folder: Path, now: datetime) -> None:
    store = Store.open(folder, "test", now)
    copy = snapshots.take(store, now)
    store.close()
    (folder / f"{DATABASE_NAME}-journal").write_bytes(b"of the damaged one")
    (folder / DATABASE_NAME).write_bytes(b"no database any more")
    aside = snapshots.put_back(folder, copy, now)
    assert aside is not None and aside.with_name(f"{aside.name}-journal").is_file()
    assert remove_workspace(folder, "test", now) and not folder.exists()


def test_other_files_in_the_folder_stay(folder: Path, now: datetime) -> None:
    mine = [
        "通知.docx",
        "lantian.damaged.db",
        "documents/工作总结.docx",
        "backups/备份.db",
        "packages/发来的.jbx",
        f"evidence/{DIGEST}",
    ]
    for name in mine:
        (folder / name).write_bytes(b"mine")
    assert not remove_workspace(folder, "test", now)
    left = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    assert sorted(left) == sorted(mine)


def test_a_file_that_cannot_go_leaves_a_workspace_that_opens(
    folder: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlink = Path.unlink

    def held(path: Path, missing_ok: bool = False) -> None:
        if path.suffix == ".jbx":
            raise PermissionError(13, "held")
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", held)
    with pytest.raises(RefusedError) as refused:
        remove_workspace(folder, "test", now)
    assert refused.value.code == "folder_not_writable"
    monkeypatch.undo()
    open_workspace(folder, "test", now).close()


def test_one_that_is_open_stays_whole(folder: Path, now: datetime) -> None:
    held = open_workspace(folder, "李某", now)
    with pytest.raises(RefusedError) as refused:
        remove_workspace(folder, "test", now)
    assert refused.value.code == "workspace_in_use" and (folder / OURS[0]).is_file()
    held.close()


def test_what_is_no_workspace_is_not_touched(tmp_path: Path, now: datetime) -> None:
    (tmp_path / "evidence").mkdir()
    with pytest.raises(UnreadableError):
        remove_workspace(tmp_path, "test", now)
    (tmp_path / "lantian.db").write_bytes(b"SQLite format 3\0" + bytes(4096))
    with pytest.raises(UnreadableError):
        remove_workspace(tmp_path, "test", now)
    assert (tmp_path / "evidence").is_dir() and (tmp_path / "lantian.db").is_file()
