from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.errors import RefusedError, UnreadableError, UserError
from desktop.domain.report import Evidence
from desktop.storage import Store

Again = Callable[[], Store]


def files(store: Store) -> list[Path]:
    return [path for path in (store.folder / "evidence").rglob("*") if path.is_file()]


def test_evidence_is_a_file_named_by_its_digest(store: Store, again: Again, tmp_path: Path) -> None:
    data = os.urandom(3_000_000)
    source = tmp_path / "验收单 一.PDF"
    source.write_bytes(data)
    kept = store.evidence.add(source)
    digest = hashlib.sha256(data).hexdigest()
    assert kept == Evidence(digest, "验收单 一.PDF", 3_000_000, "application/pdf")
    assert store.evidence.path(digest) == store.folder / "evidence" / digest[:2] / digest
    source.unlink()
    assert again().evidence.read(digest) == data


def test_the_same_content_is_kept_once(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.ofd").write_bytes(b"same")
    first = store.evidence.add(tmp_path / "a.ofd")
    second = store.evidence.add_bytes(b"same", "b")
    assert (first.digest, first.media_type) == (second.digest, "application/ofd")
    assert second == Evidence(first.digest, "b", 4, "application/octet-stream")
    assert files(store) == [store.evidence.path(first.digest)]


def test_an_empty_file_is_evidence_too(store: Store, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    assert store.evidence.read(store.evidence.add(tmp_path / "empty.txt").digest) == b""


def test_a_missing_source_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as caught:
        store.evidence.add(tmp_path / "无.pdf")
    assert (caught.value.code, caught.value.facts) == ("evidence_missing", {"file": "无.pdf"})
    with pytest.raises(UserError):
        store.evidence.add(tmp_path)
    assert files(store) == []


def test_a_source_over_the_limit_is_refused(store: Store, tmp_path: Path) -> None:
    source = tmp_path / "large.zip"
    source.write_bytes(b"x" * 11)
    with pytest.raises(RefusedError) as caught:
        store.evidence.add(source, max_size=10)
    assert caught.value.code == "evidence_too_large"
    assert caught.value.facts == {"file": "large.zip", "size": 11, "limit": 10}
    assert store.evidence.add(source, max_size=11).size == 11


def test_a_source_that_grows_is_bounded_all_the_same(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "growing.zip"
    source.write_bytes(b"x" * 10)
    opened: Any = Path.open

    def grown(self: Path, *args: Any, **kwargs: Any) -> Any:
        if self == source:
            monkeypatch.undo()
            source.write_bytes(b"x" * 5_000_000)
        return opened(self, *args, **kwargs)

    monkeypatch.setattr(Path, "open", grown)
    with pytest.raises(RefusedError) as caught:
        store.evidence.add(source, max_size=1_000)
    assert caught.value.code == "evidence_too_large"
    assert files(store) == []


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "disk_full"), (errno.EROFS, "folder_not_writable")]
)
def test_a_disk_that_refuses_is_said_so_and_nothing_stays(
    store: Store, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def refuse(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", refuse)
        with pytest.raises(RefusedError) as caught:
            store.evidence.add_bytes(b"data", "a.pdf")
    assert caught.value.code == code
    assert files(store) == []


def test_an_altered_file_is_refused_and_mended_by_adding_it_again(store: Store) -> None:
    kept = store.evidence.add_bytes(b"data", "a.pdf")
    path = store.evidence.path(kept.digest)
    path.write_bytes(b"dbta")
    with pytest.raises(UnreadableError) as caught:
        store.evidence.read(kept.digest)
    assert (caught.value.code, caught.value.facts["reason"]) == ("evidence_altered", "altered")
    store.evidence.add_bytes(b"data", "a.pdf")
    assert store.evidence.read(kept.digest) == b"data"
    path.unlink()
    with pytest.raises(UnreadableError) as caught:
        store.evidence.read(kept.digest)
    assert caught.value.facts["reason"] == "missing"


@pytest.mark.parametrize("digest", ["", "../../lantian.db", "AB" * 32, "ab" * 31, "ab" * 32 + "\n"])
def test_only_a_digest_becomes_a_path(store: Store, digest: str) -> None:
    with pytest.raises(ValueError):
        store.evidence.path(digest)
    with pytest.raises(ValueError):
        store.packages.file(digest)
