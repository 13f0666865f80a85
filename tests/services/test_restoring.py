"""恢复: a backup from outside is hostile until it fits; a workspace that is there is never touched."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import sqlite3
import struct
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from desktop.domain import backup
from desktop.domain.errors import CancelledError, RefusedError, UnreadableError, UserError
from desktop.services import keeping, opening, restoring, safeguarding
from desktop.storage import Store, snapshots
from desktop.storage.migrations import MIGRATIONS
from tests.journeys.offices import Offices, open_offices

Files = dict[str, bytes]


@pytest.fixture
def offices(tmp_path: Path, now: datetime) -> Iterator[Offices]:
    made = open_offices(tmp_path, now)
    made.fill(made.draft_report())
    made.county.evidence.add_bytes(b"a photograph", "照片.jpg")
    yield made
    made.city.close()
    made.county.close()


@pytest.fixture
def good(offices: Offices, tmp_path: Path, now: datetime) -> Path:
    return keeping.back_up(offices.county, tmp_path / "good.jbk", "test", now).path


def contents(path: Path) -> tuple[Files, dict[str, object]]:
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    listed: dict[str, object] = json.loads(files.pop("backup.json"))
    return files, listed


def write(path: Path, files: Files, listed: dict[str, object], relist: bool = True) -> Path:
    """A backup of any content, in the very form that this program writes."""
    if relist:
        listed["files"] = [
            {"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in files.items()
        ]
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in (*files.items(), ("backup.json", json.dumps(listed).encode())):
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            with archive.open(info, "w", force_zip64=True) as target:
                target.write(data)
    return path


def refused(path: Path, folder: Path, now: datetime) -> str:
    """The code with which both looking and restoring, or restoring alone, refuse; nothing may be left."""
    with pytest.raises(UnreadableError) as error:
        restoring.restore(path, folder / "new", "test", now)
    assert error.value.facts["file"] == path.name
    assert not (folder / "new").exists() and not list(folder.glob(".new*"))
    return error.value.code


def test_what_the_test_writes_is_taken_when_nothing_is_wrong(
    good: Path, tmp_path: Path, now: datetime
) -> None:
    path = write(tmp_path / "same.jbk", *contents(good))
    assert path.read_bytes()[:200] == good.read_bytes()[:200]
    restoring.restore(path, tmp_path / "new", "test", now)


def test_before_anything_is_written_it_is_said_whose_it_is(
    offices: Offices, good: Path, tmp_path: Path, now: datetime
) -> None:
    seen = restoring.look(good, now)
    assert seen.workspace.unit == offices.county.workspace.unit and seen.made_at == now
    assert seen.plans == (offices.plan.title,) and seen.quarters == ("2025Q1",) and seen.last is None
    assert restoring.check(good).unit == seen.workspace.unit


@pytest.mark.parametrize(
    "name",
    [
        "../lantian.db",
        "/etc/passwd",
        "C:\\windows\\a",
        "evidence/../../a",
        "evidence/ab/" + "0" * 64,
        "packages/" + "A" * 64 + ".jbx",
        "lantian.db-journal",
        "lantian.typed",
        "EVIDENCE/00/" + "0" * 64,
        "evidence/00/" + "0" * 64 + "\n",
    ],
)
def test_a_name_that_is_none_of_ours_is_refused(good: Path, tmp_path: Path, now: datetime, name: str) -> None:
    files, listed = contents(good)
    path = write(tmp_path / "odd.jbk", {**files, name: b"x"}, listed)
    assert refused(path, tmp_path, now) == "backup_damaged"


def _twice(path: Path) -> None:
    with pytest.warns(UserWarning), zipfile.ZipFile(path, "a") as archive:
        info = zipfile.ZipInfo("lantian.db", (1980, 1, 1, 0, 0, 0))
        with archive.open(info, "w", force_zip64=True) as target:
            target.write(b"another")


def _hidden(path: Path) -> None:
    """Bytes between the entries and the directory."""
    data = path.read_bytes()
    at = data.rindex(b"PK\x05\x06")
    size, start = struct.unpack_from("<2I", data, at + 12)
    end = bytearray(data[at:])
    struct.pack_into("<I", end, 16, start + 5)
    path.write_bytes(data[:start] + b"extra" + data[start : start + size] + bytes(end))


def _prefixed(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:37] * 2 + path.read_bytes())


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-4000])


def _flipped(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 1
    path.write_bytes(bytes(data))


def _commented(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = b"hello"


def _many(path: Path) -> None:
    """An end that speaks of more entries than memory has."""
    data = bytearray(path.read_bytes())
    struct.pack_into("<2H", data, len(data) - 22 + 8, 65535, 65535)
    path.write_bytes(bytes(data))


@pytest.mark.parametrize("damage", [_twice, _hidden, _prefixed, _cut, _flipped, _commented, _many])
def test_what_is_not_as_it_was_written_is_refused(
    good: Path, tmp_path: Path, now: datetime, damage: Callable[[Path], None]
) -> None:
    path = shutil.copy(good, tmp_path / "damaged.jbk")
    damage(path)
    assert refused(path, tmp_path, now) in ("backup_damaged", "backup_not_ours")


def test_every_cut_is_refused(good: Path, tmp_path: Path, now: datetime) -> None:
    data, path = good.read_bytes(), tmp_path / "cut.jbk"
    for length in (0, 3, 21, 97, *range(150, len(data), len(data) // 40)):
        path.write_bytes(data[:length])
        with pytest.raises(UnreadableError) as error:
            restoring.look(path, now)
        assert error.value.code in ("backup_damaged", "backup_not_ours")


def test_a_bomb_is_refused_before_it_grows(good: Path, tmp_path: Path, now: datetime) -> None:
    files, listed = contents(good)
    path, name = tmp_path / "bomb.jbk", "evidence/00/" + "0" * 64
    listed["files"] = [{"name": n, "size": len(d), "sha256": "0" * 64} for n, d in files.items()]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo("lantian.db"), files["lantian.db"])
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(info, bytes(50_000_000))
        archive.writestr("backup.json", json.dumps(listed))
    assert path.stat().st_size < 1_000_000
    assert refused(path, tmp_path, now) == "backup_damaged"


def test_entries_that_share_their_bytes_are_refused(good: Path, tmp_path: Path, now: datetime) -> None:
    """The directory names one stored file many times: small outside, endless inside."""
    data = bytearray(good.read_bytes())
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    struct.pack_into("<I", data, second + 42, 0)
    path = tmp_path / "overlap.jbk"
    path.write_bytes(bytes(data))
    assert refused(path, tmp_path, now) == "backup_damaged"


def test_a_list_that_says_otherwise_is_refused(good: Path, tmp_path: Path, now: datetime) -> None:
    files, listed = contents(good)
    changes: tuple[Callable[[dict[str, Any], dict[str, Any]], object], ...] = (
        lambda wrong, shelved: shelved.update(sha256="0" * 64),
        lambda wrong, shelved: shelved.update(size=shelved["size"] + 1),
        lambda wrong, shelved: wrong["files"].append(dict(shelved)),
        lambda wrong, shelved: wrong["files"].clear(),
        lambda wrong, shelved: wrong.update(unit={"code": "1", "name": "别的单位"}),
        lambda wrong, shelved: wrong.update(made_at="yesterday"),
        lambda wrong, shelved: wrong.update(format="1"),
        lambda wrong, shelved: wrong.update(more=[]),
    )
    for change in changes:
        wrong = json.loads(json.dumps(listed))
        change(wrong, next(each for each in wrong["files"] if each["name"] != "lantian.db"))
        path = write(tmp_path / "list.jbk", files, wrong, relist=False)
        assert refused(path, tmp_path, now) == "backup_damaged"


def test_a_later_format_asks_for_a_newer_program(good: Path, tmp_path: Path, now: datetime) -> None:
    files, listed = contents(good)
    path = write(tmp_path / "later.jbk", files, {**listed, "format": backup.FORMAT + 1, "colour": "blue"})
    assert refused(path, tmp_path, now) == "backup_newer"


def altered(good: Path, tmp_path: Path, *statements: str) -> Path:
    """A backup whose database has been changed by somebody who knows how."""
    files, listed = contents(good)
    database = tmp_path / "altered.db"
    database.write_bytes(files["lantian.db"])
    connection = sqlite3.connect(database)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    return write(tmp_path / "altered.jbk", {**files, "lantian.db": database.read_bytes()}, listed)


@pytest.mark.parametrize(
    ("statements", "code"),
    [
        (("CREATE TRIGGER t AFTER INSERT ON audit BEGIN DELETE FROM report; END",), "backup_damaged"),
        (("CREATE VIEW v AS SELECT load_extension('x')",), "backup_damaged"),
        (("ALTER TABLE report ADD COLUMN more TEXT",), "backup_damaged"),
        (("DROP TABLE outbox",), "backup_damaged"),
        (("PRAGMA application_id = 1",), "backup_damaged"),
        (("PRAGMA user_version = 0",), "backup_damaged"),
        ((f"PRAGMA user_version = {len(MIGRATIONS) + 1}",), "backup_newer"),
        ((f"PRAGMA user_version = {len(MIGRATIONS) - 1}",), "backup_damaged"),
        (("UPDATE workspace SET kind = 'emperor'",), "backup_damaged"),
        (("UPDATE workspace SET unit_code = '1'",), "backup_damaged"),
        (("DELETE FROM workspace",), "backup_damaged"),
    ],
)
def test_a_database_that_is_not_ours_is_refused(
    good: Path, tmp_path: Path, now: datetime, statements: tuple[str, ...], code: str
) -> None:
    path = altered(good, tmp_path, *statements)
    with pytest.raises(UnreadableError) as error:
        restoring.look(path, now)
    assert error.value.code == code
    assert refused(path, tmp_path, now) == code


@pytest.mark.parametrize("data", [b"", b"SQLite format 3\x00", b"\x00" * 8192])
def test_what_is_no_database_is_refused(good: Path, tmp_path: Path, now: datetime, data: bytes) -> None:
    files, listed = contents(good)
    path = write(tmp_path / "none.jbk", {**files, "lantian.db": data}, listed)
    assert refused(path, tmp_path, now) == "backup_damaged"


def test_an_older_database_is_upgraded(tmp_path: Path, good: Path, now: datetime) -> None:
    files, listed = contents(good)
    older = tmp_path / "older.db"
    connection = sqlite3.connect(older)
    for migrate in MIGRATIONS[:-1]:
        migrate(connection.execute)
    connection.execute("ATTACH ? AS now", (":memory:",))
    with sqlite3.connect(tmp_path / "newest.db") as newest:
        newest.deserialize(files["lantian.db"])
        row = newest.execute("SELECT * FROM workspace").fetchone()
        region = newest.execute("SELECT * FROM region").fetchall() if _has(newest, "region") else []
    connection.execute(f"INSERT INTO workspace VALUES ({', '.join('?' * len(row))})", row)
    for each in region:
        connection.execute(f"INSERT INTO region VALUES ({', '.join('?' * len(each))})", each)
    connection.execute(f"PRAGMA application_id = {0x4C544A42}")
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) - 1}")
    connection.commit()
    connection.close()
    path = write(tmp_path / "older.jbk", {"lantian.db": older.read_bytes()}, listed)
    folder = restoring.restore(path, tmp_path / "new", "test", now)
    with Store.open(folder, "test", now).transaction():
        pass
    assert [each.name for each in (folder / "backups").iterdir()] == [f"before-version-{len(MIGRATIONS)}.db"]


def _has(connection: sqlite3.Connection, table: str) -> bool:
    return bool(connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone())


def test_a_workspace_that_is_there_is_not_touched(
    offices: Offices, good: Path, tmp_path: Path, now: datetime
) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / ".hidden").write_bytes(b"mine")
    (tmp_path / "empty").mkdir()
    for folder, code in (
        (offices.county.folder, "workspace_exists"),
        (tmp_path / "taken", "workspace_not_empty"),
    ):
        with pytest.raises(RefusedError) as error:
            restoring.restore(good, folder, "test", now)
        assert error.value.code == code
    assert offices.county.damage() == ()
    restoring.restore(good, tmp_path / "empty", "test", now)
    assert (tmp_path / "empty" / "lantian.db").is_file()


def test_stopping_or_a_full_disk_leaves_no_folder(
    good: Path, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(step: str, done: int, total: int) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        restoring.restore(good, tmp_path / "new", "test", now, stop)
    monkeypatch.setattr(restoring.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 1000})())
    with pytest.raises(RefusedError) as error:
        restoring.restore(good, tmp_path / "new", "test", now)
    assert error.value.code == "disk_full" and error.value.facts["free"] == 1000
    assert not (tmp_path / "new").exists() and not list(tmp_path.glob(".new*"))


def test_memory_stays_bounded_whatever_the_size(offices: Offices, tmp_path: Path, now: datetime) -> None:
    import tracemalloc

    offices.county.evidence._shelf.keep(bytes(1 << 20) for _ in range(64))
    tracemalloc.start()
    path = keeping.back_up(offices.county, tmp_path / "large.jbk", "test", now).path
    restoring.restore(path, tmp_path / "new", "test", now)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert path.stat().st_size > 64 << 20 and most < 12 << 20


# A damaged database


def destroy(store: Store) -> Path:
    store.close()
    path = store.folder / "lantian.db"
    data = bytearray(path.read_bytes())
    data[100:3000] = b"\xa5" * 2900
    path.write_bytes(bytes(data))
    return path


def test_the_newest_whole_copy_takes_the_damaged_place(offices: Offices, now: datetime) -> None:
    store = offices.county
    before = store.reports.find()
    safeguarding.keep_snapshot(store, now)
    newer = snapshots.take(store, now.replace(year=now.year + 1))
    (store.folder / "backups" / newer.name).write_bytes(b"damaged too")
    damaged = destroy(store)
    data = damaged.read_bytes()
    with pytest.raises(UserError) as error:
        opening.open_workspace(store.folder, "test", now)
    assert error.value.code in restoring.DAMAGED
    found = restoring.usable_snapshot(store.folder)
    assert found is not None and found.at == now.replace(tzinfo=None)
    put = restoring.put_back(store.folder, found, "test", now)
    assert put.store.reports.find() == before and put.store.damage() == ()
    assert (store.folder / put.aside).read_bytes() == data
    assert put.store.audit.records(put.store.workspace.unit.code)[0].facts["file"] == put.aside
    put.store.close()
    opening.open_workspace(store.folder, "test", now).close()


def test_the_journal_goes_with_the_file_it_belongs_to(offices: Offices, now: datetime) -> None:
    store = offices.county
    found = snapshots.take(store, now)
    damaged = destroy(store)
    journal = damaged.with_name("lantian.db-journal")
    journal.write_bytes(b"pages of the damaged file")
    aside = snapshots.put_back(store.folder, found, now)
    assert aside is not None and not journal.exists()
    assert aside.with_name(f"{aside.name}-journal").read_bytes() == b"pages of the damaged file"


def test_a_copy_never_takes_the_place_of_a_good_database(offices: Offices, now: datetime) -> None:
    found = safeguarding.keep_snapshot(offices.county, now)
    assert found is not None
    with pytest.raises(RefusedError) as error:
        restoring.put_back(offices.county.folder, found, "test", now)
    assert error.value.code == "workspace_in_use"
    offices.county.close()
    with pytest.raises(RefusedError) as error:
        restoring.put_back(offices.county.folder, found, "test", now)
    assert error.value.code == "workspace_not_damaged"
    assert not list(offices.county.folder.glob("lantian.damaged*"))


def test_a_putting_back_that_was_interrupted_can_be_done_again(offices: Offices, now: datetime) -> None:
    found = safeguarding.keep_snapshot(offices.county, now)
    assert found is not None
    destroy(offices.county).rename(offices.county.folder / "lantian.damaged-20250101-000000.db")
    put = restoring.put_back(offices.county.folder, found, "test", now)
    assert put.aside == "" and put.store.damage() == ()
    put.store.close()


def test_without_a_copy_there_is_none_to_offer(offices: Offices) -> None:
    destroy(offices.county)
    assert restoring.usable_snapshot(offices.county.folder) is None


def test_the_reader_takes_a_stream_as_it_comes(good: Path) -> None:
    from desktop.exchange.backup_file import BackupReader

    reader = BackupReader(io.BytesIO(good.read_bytes()))
    reader.check()
