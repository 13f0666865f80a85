"""Names in an archive: as their maker wrote them, bounded, and nothing unpacked."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import UnreadableError
from desktop.intake.forms.archive_names import MOST_NAMES, archive_names
from tests.pictures import zip_of


def test_names_and_sizes_are_told_in_order() -> None:
    found = archive_names(zip_of(("现场照片/1号.jpg", b"x" * 9000), ("台账.xlsx", b"y")), "a.zip")
    assert [(e.name, e.size) for e in found.entries] == [("现场照片/1号.jpg", 9000), ("台账.xlsx", 1)]
    assert (found.count, found.size) == (2, 9001)


def test_names_of_chinese_windows_are_read_as_gbk() -> None:
    (entry,) = archive_names(zip_of(("监测报告.pdf", b"x"), gbk=True), "a.zip").entries
    assert entry.name.startswith("监测报告.pdf")


def test_a_name_said_once_more_in_unicode_wins() -> None:
    import zlib

    raw = b"????.pdf"
    extra = b"\x01" + struct.pack("<I", zlib.crc32(raw)) + "监测.pdf".encode()
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        info = zipfile.ZipInfo("????.pdf")
        info.extra = struct.pack("<HH", 0x7075, len(extra)) + extra
        archive.writestr(info, b"x")
    assert archive_names(held.getvalue(), "a.zip").entries[0].name == "监测.pdf"


def test_signs_that_would_mislead_are_shown_as_such() -> None:
    (entry,) = archive_names(zip_of(("照片\u202egpj.exe", b"x")), "a.zip").entries
    assert "\u202e" not in entry.name and entry.name.endswith(".exe")


def test_a_locked_entry_is_told() -> None:
    data = bytearray(zip_of(("a.txt", b"x")))
    data[data.find(b"PK\x01\x02") + 8] |= 1
    assert archive_names(bytes(data), "a.zip").entries[0].locked


def test_more_names_than_anyone_reads_are_counted_only() -> None:
    found = archive_names(zip_of(*((f"{n}.txt", b"") for n in range(MOST_NAMES + 5))), "a.zip")
    assert (len(found.entries), found.count) == (MOST_NAMES, MOST_NAMES + 5)


def test_an_empty_archive_has_no_names() -> None:
    assert archive_names(zip_of(), "a.zip").entries == ()


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", b"no archive at all", zip_of(("a", b"b"))[:-30]],
    # The bytes of an archive hold the time at which it was made: they are no name that two processes share.
    ids=["empty", "head", "words", "cut"],
)
def test_what_is_no_archive_says_so(data: bytes) -> None:
    with pytest.raises(UnreadableError) as caught:
        archive_names(data, "材料.zip")
    assert (caught.value.code, caught.value.facts) == ("archive_damaged", {"file": "材料.zip"})


@given(st.data())
def test_a_changed_archive_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    changed = bytearray(zip_of(("一.txt", b"x" * 50), ("二/三.jpg", b"y")))
    for _ in range(data.draw(st.integers(1, 8))):
        changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = archive_names(bytes(changed), "a.zip")
    except UnreadableError as error:
        assert error.code == "archive_damaged"
    else:
        assert len(found.entries) <= MOST_NAMES and all(entry.name.isprintable() for entry in found.entries)
