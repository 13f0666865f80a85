"""A package that is double-clicked while the program runs, and the mark that a version has started."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.paths import Paths, note_started
from desktop.views.handing import Receiver, channel, hand_over
from tests.conftest import ROOT


@pytest.fixture
def taken() -> list[Path]:
    return []


@pytest.fixture
def receiver(theme_app: QApplication, tmp_path: Path, taken: list[Path]) -> Iterator[Receiver]:
    made = Receiver(tmp_path, taken.append)
    yield made
    made.close()
    made.deleteLater()


def test_a_later_start_hands_its_package_over(
    receiver: Receiver, tmp_path: Path, taken: list[Path], qtbot: QtBot
) -> None:
    package = tmp_path / "利通区 2025年1季度.JBX"
    say = (
        "from desktop.views.handing import hand_over; print(hand_over(Path(sys.argv[1]), Path(sys.argv[2])))"
    )
    command = [
        sys.executable,
        "-c",
        f"import sys; from pathlib import Path; {say}",
        str(tmp_path),
        str(package),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as later:
        qtbot.waitUntil(lambda: later.poll() is not None, timeout=30_000)
        assert later.stdout is not None
        assert later.stdout.read() == "True\n" and taken == [package]


def test_without_a_running_program_nobody_takes_it(theme_app: QApplication, tmp_path: Path) -> None:
    assert not hand_over(tmp_path, tmp_path / "a.jbx")


def test_only_the_first_program_listens_and_the_next_after_it(
    receiver: Receiver, theme_app: QApplication, tmp_path: Path, taken: list[Path]
) -> None:
    second = Receiver(tmp_path, taken.append)
    assert receiver.listens and not second.listens
    receiver.close()
    third = Receiver(tmp_path, taken.append)
    assert third.listens
    third.close()


@pytest.mark.parametrize(
    "line", [b"C:\\Windows\\notepad.exe\n", b"a.jbx\n", b"/tmp/a.txt\n", b"/tmp/\xff\xfe.jbx\n"]
)
def test_what_no_double_click_can_name_is_not_taken(
    receiver: Receiver, tmp_path: Path, taken: list[Path], line: bytes, qtbot: QtBot
) -> None:
    socket = QLocalSocket()
    socket.connectToServer(channel(tmp_path))
    assert socket.waitForConnected(1000)
    socket.write(line)
    socket.flush()
    qtbot.waitUntil(lambda: socket.state() == QLocalSocket.LocalSocketState.UnconnectedState)
    assert taken == [] and receiver.listens


def test_each_user_folder_has_its_own_channel(tmp_path: Path) -> None:
    assert channel(tmp_path / "甲") != channel(tmp_path / "乙") == channel(tmp_path / "乙")


def test_an_installed_version_says_that_it_started(tmp_path: Path) -> None:
    version = tmp_path / "versions" / "0.1.0"
    version.mkdir(parents=True)
    note_started(Paths(version / "app" / "resources", tmp_path / "user", version))
    assert (version / "started").is_file()
    note_started(Paths(tmp_path, tmp_path / "user"))
    note_started(Paths(tmp_path, tmp_path / "user", tmp_path / "gone"))
