"""Drives: how they are called, and that looking for them works where the tests run."""

from __future__ import annotations

import pytest

from desktop.views.drives import mounted_drives, named


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
