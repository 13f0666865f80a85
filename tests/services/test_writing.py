"""Writing outside: whole files only, read back, nothing overwritten, and what is said when the medium fails."""

from __future__ import annotations

import errno
import os
import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from desktop.domain.errors import CancelledError, RefusedError
from desktop.services import writing


def test_files_are_written_and_compared(tmp_path: Path) -> None:
    written = writing.write_files({"一.pdf": b"one", "二.jbx": b"two"}, tmp_path)
    assert [(w.path.name, w.size, w.path.read_bytes()) for w in written] == [
        ("一.pdf", 3, b"one"),
        ("二.jbx", 3, b"two"),
    ]
    assert list(tmp_path.glob("*.tmp")) == []


def test_an_equal_file_stays_and_another_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "一.pdf").write_bytes(b"mine")
    first = writing.write_files({"一.pdf": b"one"}, tmp_path)[0]
    again = writing.write_files({"一.pdf": b"one"}, tmp_path)[0]
    assert first.path == again.path == tmp_path / "一（2）.pdf"
    assert (tmp_path / "一.pdf").read_bytes() == b"mine"


def test_too_little_room_is_said_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(1, 1, 10))
    with pytest.raises(RefusedError) as refused:
        writing.write_files({"一.pdf": b"x" * 100}, tmp_path)
    assert (refused.value.code, refused.value.facts["need"]) == ("disk_full", 100)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "disk_full"), (errno.EIO, "medium_gone"), (errno.EACCES, "folder_not_writable")],
)
def test_a_fault_in_mid_writing_leaves_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def fail(_: int) -> None:
        raise OSError(number, "fault")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(RefusedError) as refused:
        writing.write_files({"一.pdf": b"one"}, tmp_path)
    assert refused.value.code == code
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="folder_missing"):
        writing.write_files({"一.pdf": b"one"}, tmp_path / "没有")


def test_stopping_between_files_leaves_whole_files_only(tmp_path: Path) -> None:
    def stop(step: str, done: int, total: int) -> None:
        if done == 1:
            raise CancelledError

    with pytest.raises(CancelledError):
        writing.write_files({"一.pdf": b"one", "二.pdf": b"two"}, tmp_path, stop)
    assert [p.name for p in tmp_path.iterdir()] == ["一.pdf"]


def test_a_stick_pulled_in_mid_writing_is_said_whatever_the_system_calls_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()

    def pull(_: int) -> None:
        shutil.move(stick, tmp_path / "pocket")
        raise OSError(errno.EBADF, "as Windows' C library says")

    monkeypatch.setattr(os, "fsync", pull)
    with pytest.raises(RefusedError) as refused:
        writing.write_files({"一.pdf": b"one"}, stick)
    assert refused.value.code == "medium_gone"
