"""Windows tells by its own numbers what errno cannot."""

from __future__ import annotations

import errno

import pytest

from desktop.domain.file_faults import file_fault, is_held


def windows_error(number: int, code: int = errno.EACCES) -> OSError:
    error = OSError(code, "told by Windows")
    error.winerror = number  # type: ignore[attr-defined, unused-ignore]
    return error


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (5, "no_permission"),
        (19, "read_only"),
        (32, "in_use"),
        (112, "full"),
        (1167, "gone"),
        (206, "name_too_long"),
    ],
)
def test_windows_own_number_goes_before_errno(number: int, word: str) -> None:
    assert file_fault(windows_error(number)) == word


@pytest.mark.parametrize(
    ("code", "word"),
    [
        (errno.ENOSPC, "full"), (errno.EROFS, "read_only"), (errno.EACCES, "no_permission"), (errno.EISDIR, "is_a_folder"),
        (errno.ENODEV, "gone"), (errno.EIO, "io_error"), (errno.EINVAL, "io_error"),
    ],
)  # fmt: skip
def test_errno_where_windows_says_nothing(code: int, word: str) -> None:
    assert file_fault(OSError(code, "told by the C library")) == word
    assert file_fault(windows_error(0, code)) == word


@pytest.mark.parametrize(("letters", "word"), [(259, "missing"), (260, "name_too_long")])
def test_a_path_longer_than_windows_takes_is_not_called_missing(letters: int, word: str) -> None:
    error = windows_error(3, errno.ENOENT)
    error.filename = "C:\\" + "深" * (letters - 3)
    assert file_fault(error) == word


def test_an_error_without_any_number_is_the_disks() -> None:
    assert file_fault(OSError("no number")) == "io_error"


def test_only_windows_files_are_held_for_a_moment() -> None:
    assert is_held(windows_error(32)) and is_held(windows_error(5))
    assert not is_held(windows_error(19)) and not is_held(PermissionError(errno.EACCES, "Unix"))
