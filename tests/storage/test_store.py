"""Making, opening and refusing workspaces."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.domain.errors import RefusedError, UnreadableError, UserError
from desktop.storage import Store

from .samples import CITY_WORKSPACE, COUNTY_WORKSPACE, ENTRY, NOW, REGION, REPORT

Again = Callable[[], Store]


def refusal(folder: Path) -> UserError:
    with pytest.raises(UserError) as caught:
        Store.open(folder, "李某", NOW)
    assert caught.value.facts["folder"] == str(folder)
    return caught.value


def closed_database(store: Store) -> Path:
    store.close()
    return store.folder / "lantian.db"


def test_a_new_workspace_knows_whose_it_is(store: Store, again: Again) -> None:
    assert store.workspace == COUNTY_WORKSPACE
    assert store.units.region() == REGION
    reopened = again()
    assert reopened.workspace == COUNTY_WORKSPACE
    assert reopened.units.region() == REGION


def test_a_city_has_no_superior(city: Store) -> None:
    assert city.workspace == CITY_WORKSPACE


def test_the_pragmas_that_were_measured_are_in_force(store: Store) -> None:
    found = {
        name: store._database.pragma(name)
        for name in (
            "journal_mode",
            "synchronous",
            "locking_mode",
            "trusted_schema",
            "cell_size_check",
            "foreign_keys",
        )
    }
    assert found == {
        "journal_mode": "persist",
        "synchronous": 2,
        "locking_mode": "exclusive",
        "trusted_schema": 0,
        "cell_size_check": 1,
        "foreign_keys": 1,
    }


def test_a_sound_workspace_has_no_damage(store: Store) -> None:
    assert store.damage() == ()


def test_creating_leaves_nothing_but_the_workspace(store: Store) -> None:
    names = {path.name for path in store.folder.iterdir()}
    assert names == {"lantian.db", "lantian.db-journal", "lantian.lock"}
    store.close()
    assert not (store.folder / "lantian.lock").exists()
    store.close()


def test_creating_over_a_workspace_is_refused(store: Store) -> None:
    with pytest.raises(RefusedError) as caught:
        Store.create(store.folder, CITY_WORKSPACE, REGION, "李某", NOW)
    assert caught.value.code == "workspace_exists"


def test_creating_among_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "照片.jpg").write_bytes(b"x")
    with pytest.raises(RefusedError) as caught:
        Store.create(tmp_path, CITY_WORKSPACE, REGION, "李某", NOW)
    assert caught.value.code == "workspace_not_empty"
    assert [path.name for path in tmp_path.iterdir()] == ["照片.jpg"]


def test_an_interrupted_creation_can_be_repeated(tmp_path: Path) -> None:
    (tmp_path / "lantian.new").write_bytes(b"half")
    (tmp_path / "lantian.new-journal").write_bytes(b"half")
    (tmp_path / "desktop.ini").write_text("[.ShellClassInfo]")
    store = Store.create(tmp_path, CITY_WORKSPACE, REGION, "李某", NOW)
    assert store.workspace == CITY_WORKSPACE
    store.close()
    assert not list(tmp_path.glob("lantian.new*"))


def test_creating_where_a_file_stands_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(RefusedError) as caught:
        Store.create(tmp_path / "file" / "ws", CITY_WORKSPACE, REGION, "李某", NOW)
    assert (caught.value.code, caught.value.facts["reason"]) == ("folder_not_writable", "not_a_folder")


def test_a_missing_folder_and_an_empty_one_are_missing(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nowhere").code == "workspace_missing"
    assert refusal(tmp_path).code == "workspace_missing"
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_database_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "lantian.db").write_text("这不是数据库" * 300, encoding="utf-8")
    assert refusal(tmp_path).code == "workspace_damaged"


def test_an_empty_file_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "lantian.db").touch()
    assert refusal(tmp_path).code == "workspace_damaged"


def test_a_damaged_header_is_damage(store: Store) -> None:
    path = closed_database(store)
    with path.open("rb+") as file:
        file.write(b"\x00" * 32)
    error = refusal(store.folder)
    assert isinstance(error, UnreadableError)
    assert error.code == "workspace_damaged"


def test_a_damaged_page_is_noticed_on_opening(store: Store) -> None:
    store.reports.put(REPORT)
    path = closed_database(store)
    with sqlite3.connect(path) as raw:
        page_size = raw.execute("PRAGMA page_size").fetchone()[0]
        page = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'report'").fetchone()[0]
    raw.close()
    with path.open("rb+") as file:
        file.seek((page - 1) * page_size)
        file.write(b"\xff" * 200)
    assert refusal(store.folder).code == "workspace_damaged"


def test_another_programs_database_is_not_ours(tmp_path: Path) -> None:
    raw = sqlite3.connect(tmp_path / "lantian.db")
    raw.execute("CREATE TABLE photo (id INTEGER)")
    raw.close()
    before = (tmp_path / "lantian.db").read_bytes()
    assert refusal(tmp_path).code == "workspace_not_ours"
    assert (tmp_path / "lantian.db").read_bytes() == before


def test_a_newer_file_is_refused_and_left_alone(store: Store) -> None:
    path = closed_database(store)
    raw = sqlite3.connect(path)
    raw.execute("PRAGMA user_version = 99")
    raw.close()
    before = path.read_bytes()
    error = refusal(store.folder)
    assert (error.code, error.facts["version"]) == ("workspace_newer", 99)
    assert path.read_bytes() == before


def test_a_workspace_is_opened_once_in_one_process(store: Store) -> None:
    error = refusal(store.folder)
    assert (error.code, error.facts["holder"]) == ("workspace_in_use", "张某")
    assert error.facts["since"] == "2025-04-01T09:30+08:00"
    # The attempt must not have loosened the first one's hold (POSIX drops a process's locks on close).
    assert in_second_process(store.folder) == "workspace_in_use"
    store.settings.put("still", "here")
    store.close()
    Store.open(store.folder, "李某", NOW).close()


def in_second_process(folder: Path) -> str:
    script = (
        "import sys\nfrom datetime import datetime\nfrom pathlib import Path\n"
        "from desktop.domain.errors import UserError\nfrom desktop.storage import Store\n"
        "try:\n    Store.open(Path(sys.argv[1]), 'second', datetime(2025, 4, 1))\n"
        "except UserError as error:\n    sys.stdout.write(error.code)\n"
    )
    root = Path(__file__).resolve().parents[2]
    ran = subprocess.run(
        [sys.executable, "-c", script, str(folder)], capture_output=True, text=True, cwd=root, timeout=60
    )
    assert ran.stderr == ""
    return ran.stdout


def test_of_those_that_start_together_exactly_one_gets_in(store: Store) -> None:
    store.close()
    start = threading.Barrier(3)
    opened: list[Store] = []
    refused: list[str] = []

    def open_it() -> None:
        start.wait(10)
        try:
            opened.append(Store.open(store.folder, "李某", NOW))
        except UserError as error:
            refused.append(error.code)

    threads = [threading.Thread(target=open_it) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for each in opened:
        each.close()
    assert (len(opened), refused) == (1, ["workspace_in_use"] * 2)


def test_a_second_process_is_refused_until_the_first_closes(store: Store) -> None:
    # Taken at once on opening, before anything was written.
    assert in_second_process(store.folder) == "workspace_in_use"
    store.close()
    assert in_second_process(store.folder) == ""


def test_a_note_without_sense_does_not_hide_the_refusal(store: Store) -> None:
    (store.folder / "lantian.lock").write_bytes(b"\xff\xfe\xff")
    error = refusal(store.folder)
    assert (error.code, error.facts["holder"], error.facts["since"]) == ("workspace_in_use", "", "")


def test_a_note_left_by_a_crash_holds_nobody(store: Store) -> None:
    store.close()
    (store.folder / "lantian.lock").write_text("张某\n2025-04-01T09:30+08:00\n", encoding="utf-8")
    Store.open(store.folder, "李某", NOW).close()


@pytest.fixture
def without_root() -> Iterator[Path]:
    """A folder that anybody may reach, as a user whom permissions bind."""
    if sys.platform == "win32":
        pytest.skip("POSIX permissions")
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    was = os.geteuid()
    if was == 0:
        os.seteuid(65534)
    yield folder
    if was == 0:
        os.seteuid(0)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o777)
    shutil.rmtree(folder)


def test_a_write_protected_file_is_refused(without_root: Path) -> None:
    folder = without_root / "ws"
    Store.create(folder, CITY_WORKSPACE, REGION, "李某", NOW).close()
    (folder / "lantian.db").chmod(0o444)
    error = refusal(folder)
    assert (error.code, error.facts["reason"]) == ("folder_not_writable", "read_only")


def test_a_write_protected_folder_is_refused(without_root: Path) -> None:
    folder = without_root / "ws"
    Store.create(folder, CITY_WORKSPACE, REGION, "李某", NOW).close()
    folder.chmod(0o555)
    error = refusal(folder)
    assert (error.code, error.facts["reason"]) == ("folder_not_writable", "no_permission")
    with pytest.raises(RefusedError) as caught:
        Store.create(folder / "new", CITY_WORKSPACE, REGION, "李某", NOW)
    assert (caught.value.code, caught.value.facts["reason"]) == ("folder_not_writable", "no_permission")


def test_two_workspaces_live_side_by_side(store: Store, city: Store) -> None:
    store.settings.put("who", "county")
    with city.transaction():
        city.settings.put("who", "city")
        store.settings.put("other", 1)
    assert store.settings.get("who") == "county"
    assert city.settings.get("who") == "city"
    assert city.settings.get("other") is None


def test_a_store_may_be_handed_to_another_thread(store: Store) -> None:
    faults: list[BaseException] = []

    def work() -> None:
        try:
            store.reports.put(REPORT)
            store.reports.put_entry(REPORT.id, ENTRY, NOW)
        except BaseException as error:
            faults.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert faults == []
    assert store.reports.entries(REPORT.id) == {ENTRY.measure_key: ENTRY}


def test_two_threads_transactions_do_not_mix(store: Store) -> None:
    """What one thread undoes must not take along what another wrote meanwhile."""
    entered, wrote = threading.Event(), threading.Event()

    def other() -> None:
        entered.wait(10)
        store.settings.put("other", 1)
        wrote.set()

    thread = threading.Thread(target=other)
    thread.start()
    with pytest.raises(ZeroDivisionError), store.transaction():
        entered.set()
        store.settings.put("mine", 1)
        assert not wrote.is_set()
        raise ZeroDivisionError
    thread.join(10)
    assert (store.settings.get("mine"), store.settings.get("other")) == (None, 1)


def test_a_backup_is_a_workspace_of_the_same_content(store: Store, tmp_path: Path) -> None:
    store.reports.put(REPORT)
    target = tmp_path / "copy" / "lantian.db"
    store.back_up(target)
    store.back_up(target)
    assert [path.name for path in target.parent.iterdir()] == ["lantian.db"]
    copy = Store.open(target.parent, "张某", NOW)
    assert copy.workspace == COUNTY_WORKSPACE
    assert copy.reports.get(REPORT.id) == REPORT
    copy.close()


def test_leftovers_of_interrupted_writes_go_on_opening(store: Store, again: Again) -> None:
    digest = store.packages.put_file(b"package")
    leftover = store.folder / "packages" / "tmpabc.tmp"
    leftover.write_bytes(b"half")
    reopened = again()
    assert not leftover.exists()
    assert reopened.packages.file(digest) == b"package"
