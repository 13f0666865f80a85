"""The canonical zip: what goes in comes out, and nothing else is taken."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest

from desktop.domain.errors import RefusedError, UnreadableError
from desktop.exchange import container
from desktop.exchange.container import MANIFEST_NAME, MIMETYPE, SIGNATURE_NAME, pack, unpack

FILES = {
    "data/package.json": b"{}",
    "data/evidence/" + "ab" * 32: bytes(range(256)),
    "data/empty.json": b"",
    MANIFEST_NAME: b"<xml/>",
    SIGNATURE_NAME: b"signature",
}


def code_of(data: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        unpack(data)
    return caught.value.code


def test_round_trip_whatever_the_order() -> None:
    data = pack(FILES)
    assert unpack(data) == FILES
    assert pack(dict(reversed(FILES.items()))) == data


def test_any_zip_program_reads_it_with_mimetype_first() -> None:
    with zipfile.ZipFile(io.BytesIO(pack(FILES))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["mimetype", *sorted(FILES)]
        assert {name: archive.read(name) for name in FILES} == FILES
        assert all(i.compress_type == zipfile.ZIP_STORED and not i.extra for i in archive.infolist())
    # Where file(1) and other ASiC readers look for it.
    assert pack(FILES)[38 : 38 + len(MIMETYPE)] == MIMETYPE


@pytest.mark.parametrize(
    "name",
    [
        "mimetype",
        "data/../x",
        "data/A",
        "data/名.json",
        "data/a/b/c",
        "other/x",
        "/data/x",
        "data/",
        "META-INF/x",
    ],
)
def test_names_outside_the_profile_cannot_be_written(name: str) -> None:
    with pytest.raises(ValueError, match="no place"):
        pack({name: b""})


def test_another_kind_of_file_is_not_ours() -> None:
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w") as archive:
        archive.writestr("data/package.json", "{}")
    assert code_of(plain.getvalue()) == "package_not_ours"
    assert code_of(b"") == "package_not_ours"
    assert code_of(b"%PDF-1.7") == "package_not_ours"


def test_the_same_files_zipped_by_another_program_are_refused() -> None:
    """Its entries are all there, but dates and order are not ours: something may hide in the difference."""
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        for name, content in (("mimetype", MIMETYPE), *FILES.items()):
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content)
    assert code_of(other.getvalue()) == "package_not_ours"


def test_altered_structure_is_damage() -> None:
    data = pack(FILES)
    assert code_of(data + b"\0") == "package_damaged"
    assert code_of(data[:-1]) == "package_damaged"
    assert code_of(data[: len(data) // 2]) == "package_damaged"
    assert code_of(data.replace(b"data/empty.json", b"data/EMPTY.json")) == "package_damaged"
    comment = data[:-2] + b"\x01\x00" + b"x"
    assert code_of(comment) == "package_damaged"
    swapped = data.replace(zlib.crc32(FILES["data/package.json"]).to_bytes(4, "little"), b"\0\0\0\0")
    assert code_of(swapped) == "package_damaged"


def test_an_entry_that_stands_twice_is_damage() -> None:
    data = pack(FILES)
    start = data.index(b"PK\x03\x04", 10)
    end = data.index(b"PK\x03\x04", start + 4)
    assert code_of(data[:end] + data[start:]) == "package_damaged"


def test_limits_on_reading_and_writing(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RefusedError, match="package_too_large"):
        pack({SIGNATURE_NAME: bytes(container.MAX_SIGNATURE + 1)})
    with pytest.raises(RefusedError, match="package_too_large"):
        pack({MANIFEST_NAME: bytes(container.MAX_MANIFEST + 1)})
    many = {f"data/evidence/{n:064x}": b"" for n in range(container.MAX_ENTRIES)}
    with pytest.raises(RefusedError, match="package_too_many_files"):
        pack(many)
    with monkeypatch.context() as patched:
        patched.setattr(container, "MAX_SIGNATURE", 2**20)
        patched.setattr(container, "MAX_ENTRIES", 2**20)
        large, crowded = pack({SIGNATURE_NAME: bytes(2**17)}), pack(many)
    assert code_of(large) == "package_too_large"
    assert code_of(crowded) == "package_too_large"
    monkeypatch.setattr(container, "MAX_BYTES", 1000)
    assert code_of(pack({}) + bytes(500 * 512 + 1000)) == "package_too_large"
    with pytest.raises(RefusedError, match="package_too_large"):
        pack({"data/x": bytes(1001)})
