"""`backup` and `restore` without a window: the same refusals and the same sentences."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import main
from desktop.paths import Paths, usual_paths
from desktop.services import filling, reviewing
from desktop.storage import Store
from desktop.wording import keeping as words
from tests.journeys.offices import COUNTY, PASS_PHRASE, QUARTER, Offices, enrol, open_offices


@dataclass
class Ran:
    status: int
    out: Any
    said: str


@pytest.fixture
def lantian(tmp_path: Path) -> Any:
    def run(*arguments: object) -> Ran:
        out, said = (io.TextIOWrapper(io.BytesIO(), "utf-8") for _ in range(2))
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(said):
            paths = Paths(usual_paths().resources, tmp_path / "home")
            status = main([str(argument) for argument in arguments], paths)
        text = out.buffer.getvalue().decode()
        return Ran(status, json.loads(text) if text else None, said.buffer.getvalue().decode())

    return run


@pytest.fixture
def offices(tmp_path: Path, now: datetime) -> Iterator[Offices]:
    made = open_offices(tmp_path / "单位", now)
    made.fill(made.draft_report())
    made.county.close()
    yield made
    made.city.close()


def test_a_backup_becomes_a_workspace_again(lantian: Any, offices: Offices, tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    made = lantian("backup", stick, "--workspace", offices.county.folder)
    assert made.status == 0, made.said
    path = Path(made.out["path"])
    assert path.parent == stick and path.name.startswith("东川县_备份_") and path.suffix == ".jbk"
    assert made.out["size"] == path.stat().st_size and made.out["altered"] == [] and made.out["cleared"] == 0
    assert "已读回来逐个比对" in made.said and words.KEYS in made.said
    looked = lantian("restore", path, "--look")
    assert looked.status == 0 and looked.out["unit"] == {"code": COUNTY.code, "name": COUNTY.name}
    assert looked.out["plans"] == [offices.plan.title] and looked.out["quarters"] == [QUARTER]
    assert looked.out["last"] is None and [p.name for p in stick.iterdir()] == [path.name]
    folder = tmp_path / "新" / "东川县"
    back = lantian("restore", path, "--to", folder)
    assert back.status == 0 and back.out == {**looked.out, "folder": str(folder)}
    assert words.NOT_BOTH in back.said and words.TAKE_BACK in back.said
    store = Store.open(folder, "test", offices.now)
    assert "workspace_restored" in [record.action for record in store.audit.records(COUNTY.code)]
    assert store.damage() == () and store.audit.verify() is None
    store.close()


def test_what_is_there_is_not_replaced_unasked(lantian: Any, offices: Offices, tmp_path: Path) -> None:
    target = tmp_path / "一季度.jbk"
    target.write_bytes(b"another")
    refused = lantian("backup", target, "--workspace", offices.county.folder)
    assert refused.status == 1 and refused.out is None and str(target) in refused.said
    assert target.read_bytes() == b"another"
    assert lantian("backup", target, "--workspace", offices.county.folder, "--replace").status == 0
    assert lantian("restore", target, "--look").status == 0
    wrong = lantian("backup", tmp_path / "方案.docx", "--workspace", offices.county.folder)
    assert wrong.status == 2 and ".jbk" in wrong.said and not (tmp_path / "方案.docx").exists()


def test_refusals_are_those_of_the_window(lantian: Any, offices: Offices, tmp_path: Path) -> None:
    county = offices.county.folder
    nowhere = lantian("backup", tmp_path / "没有" / "a.jbk", "--workspace", county)
    assert nowhere.status == 1 and nowhere.said and not (tmp_path / "没有").exists()
    good = tmp_path / "a.jbk"
    assert lantian("backup", good, "--workspace", county).status == 0
    half = tmp_path / "half.jbk"
    half.write_bytes(good.read_bytes()[:-500])
    for how in (("--look",), ("--to", tmp_path / "new")):
        damaged = lantian("restore", half, *how)
        assert damaged.status == 2 and words.SENTENCES["backup_damaged"][0] in damaged.said
        assert damaged.out is None and not (tmp_path / "new").exists()
    strange = tmp_path / "b.jbk"
    strange.write_bytes(b"PK\3\4 not ours")
    assert words.SENTENCES["backup_not_ours"][0] in lantian("restore", strange, "--look").said
    assert lantian("restore", tmp_path / "missing.jbk", "--look").status == 2
    taken = lantian("restore", good, "--to", county)
    assert taken.status == 1 and "已经有一个工作区" in taken.said
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_bytes(b"1")
    assert lantian("restore", good, "--to", tmp_path / "full").status == 1
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["file"]


def test_what_a_killed_restore_left_is_named_and_stays(
    lantian: Any, offices: Offices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = lantian("backup", tmp_path, "--workspace", offices.county.folder).out["path"]
    place = tmp_path / "恢复"
    with monkeypatch.context() as patched:
        # A killed program takes nothing away.
        patched.setattr("shutil.rmtree", lambda *_, **__: None)
        patched.setattr(Path, "rename", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        assert lantian("restore", made, "--to", place / "东川县").status == 1
    (left,) = place.iterdir()
    for name in (".别人的.abcdefgh.tmp", "东川县.tmp"):
        (place / name).mkdir()
    (place / ".别人的.abcdefgh.tmp" / "lantian.db").write_bytes(b"SQLite format 3\0" + bytes(200))
    told = lantian("restore", made, "--to", place / "东川县")
    assert told.status == 0 and f"旁边的“{left.name}”是以前没恢复完留下的" in told.said
    assert left.is_dir() and len(list(place.iterdir())) == 4
    left.rename(tmp_path / "elsewhere")
    assert "没恢复完" not in lantian("restore", made, "--to", place / "再一次").said


def test_a_file_altered_inside_is_found_by_looking(lantian: Any, offices: Offices, tmp_path: Path) -> None:
    good = tmp_path / "a.jbk"
    assert lantian("backup", good, "--workspace", offices.county.folder).status == 0
    data = bytearray(good.read_bytes())
    at = data.rindex(b"packages/") - 3000
    data[at] ^= 1
    good.write_bytes(bytes(data))
    assert lantian("restore", good, "--look").status == 2
    assert lantian("restore", good, "--to", tmp_path / "new").status == 2 and not (tmp_path / "new").exists()


def test_the_words_must_go_together(lantian: Any, offices: Offices, tmp_path: Path) -> None:
    file = tmp_path / "a.jbk"
    assert lantian("restore", file).status == 2
    assert lantian("restore", file, "--look", "--to", tmp_path / "new").status == 2
    assert lantian("backup", file).status == 2
    for verb, word in (("backup", "--replace"), ("restore", "--look")):
        helped = lantian(verb, "--help")
        assert helped.status == 0 and helped.out is None and word in helped.said


def test_what_was_restored_is_signed_only_after_somebody_vouched(
    lantian: Any, offices: Offices, tmp_path: Path
) -> None:
    offices.county = Store.open(offices.county.folder, "test", offices.now)
    enrol(offices)
    report = filling.begin(offices.county, offices.plan.id, QUARTER, "test", offices.now)
    reviewing.review(offices.county, report.id, "test", offices.now)
    offices.county.close()
    made = lantian("backup", tmp_path, "--workspace", offices.county.folder).out["path"]
    folder = tmp_path / "新"
    assert lantian("restore", made, "--to", folder).status == 0
    secret = tmp_path / "口令.txt"
    secret.write_text(PASS_PHRASE, encoding="utf-8")
    command = (
        "submit", "--workspace", folder, "--quarter", QUARTER, "--out", tmp_path / "U盘", "--passphrase-file", secret
    )  # fmt: skip
    refused = lantian(*command)
    assert refused.status == 1 and "还没有核对过" in refused.said and "--all-here" in refused.said
    signed = lantian(*command, "--all-here")
    assert signed.status == 0 and signed.out["state"] == "submitted", signed.said
