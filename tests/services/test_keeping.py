"""备份: a file that is read back before it counts; whatever stops it, nothing half is left and nothing is lost."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop.domain.backup import MOST_TOGETHER, Snapshot, kept
from desktop.domain.codec import parse_json
from desktop.domain.errors import CancelledError, RefusedError, UserError
from desktop.exchange import backup_file
from desktop.services import clearing, keeping, opening, restoring, safeguarding
from desktop.storage import Store, snapshots
from tests.conftest import ROOT
from tests.journeys.offices import Offices, open_offices


@pytest.fixture
def offices(tmp_path: Path, now: datetime) -> Iterator[Offices]:
    made = open_offices(tmp_path, now)
    made.fill(made.draft_report())
    made.county.evidence.add_bytes(b"\x00\xff" * 900_000, "照片.jpg")
    made.county.evidence.add_bytes(b"", "空.txt")
    yield made
    made.city.close()
    made.county.close()


def shelves(folder: Path) -> dict[str, bytes]:
    """All files beside the database, by name."""
    places = [folder / name for name in ("evidence", "documents", "packages")]
    paths = [path for place in places for path in place.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def rows(folder: Path) -> list[str]:
    """All that the database says, but for the trail of what was done since."""
    import sqlite3

    connection = sqlite3.connect(folder / "lantian.db")
    try:
        return [line for line in connection.iterdump() if '"audit' not in line and '"setting"' not in line]
    finally:
        connection.close()


def test_a_round_trip_brings_everything_back(offices: Offices, tmp_path: Path, now: datetime) -> None:
    store, target = offices.county, tmp_path / "U盘" / "东川县_备份.jbk"
    steps: list[tuple[str, int, int]] = []
    made = keeping.back_up(store, target, "test", now, lambda step, done, of: steps.append((step, done, of)))
    assert made.path == target and made.size == target.stat().st_size and made.altered == ()
    assert {step for step, _, _ in steps} == {"backup", "backup_compare", "done"}
    assert all(0 <= done <= total == 100 for _, done, total in steps)
    assert [path.name for path in target.parent.iterdir() if "备份" in path.name] == [target.name]
    assert not list((store.folder / "backups").iterdir())
    folder = restoring.restore(target, tmp_path / "新" / "东川县", "test", now)
    assert shelves(folder) == shelves(store.folder) and len(shelves(folder)) > 3
    store.close()
    assert rows(folder) == rows(store.folder)
    again = opening.open_workspace(folder, "test", now)
    assert again.workspace == store.workspace and again.audit.verify() is None
    assert again.audit.records(again.workspace.unit.code)[0].action == "workspace_restored"
    again.close()


def test_the_file_is_one_that_every_zip_program_can_read(
    offices: Offices, tmp_path: Path, now: datetime
) -> None:
    target = tmp_path / keeping.backup_name(offices.county, now)
    assert target.name == f"东川县_备份_{now:%Y%m%d_%H%M}.jbk"
    keeping.back_up(offices.county, target, "test", now)
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "lantian.db" and archive.namelist()[-1] == "backup.json"
        listed = parse_json(archive.read("backup.json"), backup_file.BackupList)
    assert listed.unit == offices.county.workspace.unit and listed.schema == offices.county.schema_version


def test_a_file_altered_on_the_shelf_is_kept_as_it_is_and_named(
    offices: Offices, tmp_path: Path, now: datetime
) -> None:
    path = next(offices.county.shelved())
    path.write_bytes(b"altered")
    made = keeping.back_up(offices.county, tmp_path / "a.jbk", "test", now)
    assert made.altered == (path.relative_to(offices.county.folder).as_posix(),)
    folder = restoring.restore(made.path, tmp_path / "new", "test", now)
    assert shelves(folder) == shelves(offices.county.folder)


def test_stopping_leaves_nothing_and_an_older_backup_stays(
    offices: Offices, tmp_path: Path, now: datetime
) -> None:
    target = tmp_path / "a.jbk"
    for stopped_in in ("backup", "backup_compare"):
        target.write_bytes(b"an older backup")

        def stop(step: str, done: int, total: int, at: str = stopped_in) -> None:
            if step == at and done:
                raise CancelledError

        with pytest.raises(CancelledError):
            keeping.back_up(offices.county, target, "test", now, stop)
        assert target.read_bytes() == b"an older backup"
        assert not list(tmp_path.glob("*.tmp")) and not list((offices.county.folder / "backups").iterdir())
    assert keeping.last_kept(offices.county, now.date()).file is None


class Full:
    """A file on a disk that has room for so many bytes, or is pulled out there."""

    def __init__(self, file: object, room: int, number: int) -> None:
        self._file, self._room, self._number = file, room, number

    def __getattr__(self, name: str) -> object:
        return getattr(self._file, name)

    def __enter__(self) -> Full:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, data: bytes) -> int:
        self._room -= len(data)
        if self._room < 0:
            raise OSError(self._number, os.strerror(self._number))
        return self._file.write(data)


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "disk_full"), (errno.EIO, "medium_gone"), (errno.ENODEV, "medium_gone")],
)
def test_a_disk_that_is_full_or_gone_leaves_no_half_file(
    offices: Offices, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    opened, target = Path.open, tmp_path / "a.jbk"

    def on_stick(path: Path, mode: str = "r", *rest: object, **more: object) -> object:
        file = opened(path, mode, *rest, **more)
        return Full(file, 500_000, number) if path.suffix == ".tmp" and mode == "xb" else file

    before = shelves(offices.county.folder)
    monkeypatch.setattr(Path, "open", on_stick)
    with pytest.raises(UserError) as refused:
        keeping.back_up(offices.county, target, "test", now)
    assert refused.value.code == code
    assert not target.exists() and not list(tmp_path.glob("*.tmp"))
    assert shelves(offices.county.folder) == before and offices.county.damage() == ()


def test_room_is_asked_for_beforehand(
    offices: Offices, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 1_000_000})())
    with pytest.raises(RefusedError) as refused:
        keeping.back_up(offices.county, tmp_path / "a.jbk", "test", now)
    assert refused.value.code == "disk_full" and refused.value.facts["free"] == 1_000_000
    assert not (tmp_path / "a.jbk.tmp").exists()


def test_what_reads_back_otherwise_is_no_backup(
    offices: Offices, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = keeping.write_backup

    def bad_stick(file: object, *rest: object) -> object:
        listed = written(file, *rest)
        file.seek(300)
        file.write(b"\x00\x01")
        return listed

    monkeypatch.setattr(keeping, "write_backup", bad_stick)
    with pytest.raises(RefusedError) as refused:
        keeping.back_up(offices.county, tmp_path / "a.jbk", "test", now)
    assert refused.value.code == "read_back_differs" and not (tmp_path / "a.jbk").exists()


_WRITER = """
import sys
from datetime import datetime
from pathlib import Path
from desktop.services import keeping
from desktop.storage import Store

store = Store.open(Path(sys.argv[1]), "writer", datetime.now().astimezone())

def told(step, done, total):
    sys.stdout.write(f"{step} {done}\\n")
    sys.stdout.flush()
    if f"{step}" == sys.argv[3] and done:
        sys.stdin.read()

keeping.back_up(store, Path(sys.argv[2]), "writer", datetime.now().astimezone(), told)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.parametrize("step", ["backup", "backup_compare"])
def test_a_kill_in_the_middle_leaves_no_file_of_that_name(
    offices: Offices, tmp_path: Path, now: datetime, step: str
) -> None:
    store, target = offices.county, tmp_path / "a.jbk"
    store.close()
    (tmp_path / "writer.py").write_text(_WRITER, encoding="utf-8")
    writer = subprocess.Popen(
        [sys.executable, str(tmp_path / "writer.py"), str(store.folder), str(target), step],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert writer.stdout is not None
    for line in writer.stdout:
        if line.startswith(f"{step} ") and not line.endswith(" 0\n"):
            break
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    assert not target.exists()
    again = Store.open(store.folder, "test", now)
    assert again.damage() == ()
    assert (tmp_path / "a.jbk.tmp").exists()
    # The next one goes elsewhere, and takes away what the killed one left.
    target = tmp_path / "b.jbk"
    assert keeping.back_up(again, target, "test", now).cleared == 1
    assert not list(tmp_path.glob("*.tmp"))
    assert keeping.back_up(again, target, "test", now).cleared == 0
    restoring.check(target)
    assert safeguarding.keep_snapshot(again, now) is not None
    # What the killed program left goes with the next copy.
    assert [path.name for path in (store.folder / "backups").iterdir()] == [f"auto-{now:%Y%m%d-%H%M%S}.db"]
    again.close()


def killed(store: Store, target: Path, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a backup leaves whose program ends before it can take anything away."""
    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", lambda path, missing_ok=False: None)

        def stop(step: str, done: int, total: int) -> None:
            if done:
                raise CancelledError

        with pytest.raises(CancelledError):
            keeping.back_up(store, target, "test", now, stop)
    left = target.with_name(f"{target.name}.tmp")
    # Where unlinking only seemed to work the note went as well; a killed program does neither.
    clearing.note_draft(store, left, store.folder / "backups" / "auto-file.tmp.db")
    return left


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"PK\x03\x04 another zip that somebody keeps", b"SQLite format 3\0", b"\0" * 500]
)
def test_only_what_begins_as_the_noted_backup_is_taken_away(
    offices: Offices, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    store = offices.county
    left = killed(store, tmp_path / "a.jbk", now, monkeypatch)
    half = left.read_bytes()
    ours = half.startswith(content)
    left.write_bytes(content)
    assert keeping.back_up(store, tmp_path / "b.jbk", "test", now).cleared == int(ours)
    assert left.exists() is not ours
    # Never again, whatever comes to lie there later.
    left.write_bytes(half)
    assert keeping.back_up(store, tmp_path / "b.jbk", "test", now).cleared == 0
    assert left.read_bytes() == half


def test_somebody_s_file_of_the_draft_s_name_stays_as_it_is(
    offices: Offices, tmp_path: Path, now: datetime
) -> None:
    other = tmp_path / "a.jbk.tmp"
    other.write_bytes(b"somebody's")

    def stop(step: str, done: int, total: int) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        keeping.back_up(offices.county, tmp_path / "a.jbk", "test", now, stop)
    keeping.back_up(offices.county, tmp_path / "a.jbk", "test", now)
    restoring.check(tmp_path / "a.jbk")
    assert other.read_bytes() == b"somebody's"
    assert sorted(path.name for path in tmp_path.glob("*.jbk*")) == ["a.jbk", "a.jbk.tmp"]


def test_what_lies_on_a_stick_that_is_away_waits_for_it(
    offices: Offices, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, stick = offices.county, tmp_path / "stick"
    stick.mkdir()
    left = killed(store, stick / "a.jbk", now, monkeypatch)
    stick.rename(tmp_path / "in a pocket")
    made = keeping.back_up(store, tmp_path / "b.jbk", "test", now)
    assert made.cleared == 0
    (tmp_path / "in a pocket").rename(stick)
    # A workspace made of that backup knows of no half file: it is not its own.
    folder = restoring.restore(made.path, tmp_path / "new", "test", now)
    other = Store.open(folder, "test", now)
    assert keeping.back_up(other, tmp_path / "c.jbk", "test", now).cleared == 0
    other.close()
    assert left.exists()
    assert keeping.back_up(store, tmp_path / "b.jbk", "test", now).cleared == 1 and not left.exists()


# Automatic copies


def at(text: str) -> Snapshot:
    moment = datetime.fromisoformat(text)
    return Snapshot(f"auto-{moment:%Y%m%d-%H%M%S}.db", moment, 1000)


def test_ten_and_one_for_each_month_are_kept() -> None:
    days = [at(f"2025-{month:02}-{day:02}T08:00") for month in range(1, 13) for day in (3, 20)]
    days += [at(f"2024-{month:02}-28T08:00") for month in range(1, 13)]
    stays = kept(days)
    assert {each.name for each in days if each.at.year == 2025 and each.at.month > 7} <= stays
    assert {each.name for each in days if each.at.year == 2025 and each.at.day == 20} <= stays
    assert not any(name.startswith(("auto-2024", "auto-20250103")) for name in stays)
    assert len(stays) == 10 + 7


def test_the_oldest_go_where_they_weigh_too_much() -> None:
    heavy = [
        Snapshot(f"auto-2025010{day}-080000.db", datetime(2025, 1, day), MOST_TOGETHER * 2 // 5)
        for day in range(1, 6)
    ]
    assert kept(heavy) == {heavy[-1].name, heavy[-2].name}
    single = [Snapshot("a", datetime(2025, 1, 2), MOST_TOGETHER * 3), Snapshot("b", datetime(2025, 1, 1), 5)]
    assert kept(single) == {"a", "b"}


def test_a_copy_a_day_is_made_and_older_ones_go(offices: Offices, now: datetime) -> None:
    store = offices.county
    assert safeguarding.keep_daily(store, now) is not None and safeguarding.keep_daily(store, now) is None
    for minute in range(1, 15):
        safeguarding.keep_snapshot(store, now + timedelta(days=1, seconds=minute))
    found = snapshots.snapshots(store.folder)
    assert len(found) in (10, 11) and found[0].at > found[-1].at
    assert keeping.last_kept(store, now.date()).automatic == found[0].at
    (store.folder / "backups" / "auto-99999999-999999.db").write_bytes(b"no date")
    (store.folder / "backups" / "mine.db").write_bytes(b"another's")
    safeguarding.keep_snapshot(store, now + timedelta(days=1, minutes=1))
    assert (store.folder / "backups" / "mine.db").exists()


def test_a_copy_that_cannot_be_made_stops_nothing(
    offices: Offices, now: datetime, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(snapshots.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 1})())
    assert safeguarding.keep_snapshot(offices.county, now) is None
    assert "disk_full" in caplog.text and snapshots.snapshots(offices.county.folder) == ()


def test_a_quarter_that_ended_since_asks_for_a_file(offices: Offices, tmp_path: Path, now: datetime) -> None:
    store, today = offices.county, now.date()
    assert not keeping.last_kept(store, today).overdue
    assert keeping.last_kept(store, today + timedelta(days=95)).overdue
    keeping.back_up(store, tmp_path / "a.jbk", "test", now)
    last = keeping.last_kept(store, today)
    assert last.file == now and not last.overdue
    assert keeping.last_kept(store, today + timedelta(days=95)).overdue
