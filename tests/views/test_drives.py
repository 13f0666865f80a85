"""Drives: how they are called, and that looking for them works where the tests run."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.views.drives import Drive, done_word, mounted_drives, named


@pytest.mark.parametrize(
    ("given", "root", "shown"),
    [
        ("报送U盘", "E:/", "报送U盘 (E:)"),
        ("", "F:/", "磁盘 (F:)"),
        ("KINGSTON", "/media/li/KINGSTON", "KINGSTON"),
        ("", "/media/li/KINGSTON", "KINGSTON"),
    ],
)
def test_a_drive_is_called_as_people_call_it(given: str, root: str, shown: str) -> None:
    assert named(given, root) == shown


def test_looking_for_drives_never_offers_the_system_s_own() -> None:
    assert all(str(drive.root) != "/" and drive.name for drive in mounted_drives())


def test_only_what_can_be_pulled_out_is_said_to_be(tmp_path: Path) -> None:
    stick = Drive(tmp_path / "stick", "报送U盘 (E:)", "FAT32", 1, True)
    disc = Drive(tmp_path / "disc", "数据 (D:)", "NTFS", 1, False)

    def drives() -> tuple[Drive, ...]:
        return stick, disc

    assert done_word(tmp_path / "stick" / "蓝天季报", drives) == "已写入并核对，可以安全拔出"
    assert done_word(tmp_path / "disc", drives) == done_word(tmp_path, drives) == "已写入并核对"
