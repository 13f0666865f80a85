"""The city's own words for a 通报 are kept by plan and quarter; what was exported stays as it was first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop.domain.bulletin import BulletinSection, ExportedBulletin
from desktop.domain.errors import UnreadableError
from desktop.storage import Store
from desktop.storage.sections import EditedSection

from .samples import LATER, NOW

OWN = EditedSection("总体平稳。", "均达到序时进度。")
PDF = b"%PDF-1.7 one bulletin"


def exported(store: Store, data: bytes = PDF) -> ExportedBulletin:
    file = store.bulletins.put_file(data)
    return ExportedBulletin(
        file, "d" * 64, "AAAA-BBBB-CCCC-DDDD", "p1", "行动方案", "2025Q1", "云政办通报〔2025〕3号", True,
        date(2025, 4, 15), "", "云岭市_通报.pdf", len(data), NOW,
    )  # fmt: skip


def test_sections_are_kept_apart_by_plan_and_quarter(store: Store, again: Callable[[], Store]) -> None:
    kept = store.bulletins.sections("p1", "2025Q1")
    kept.put(BulletinSection.OVERALL, EditedSection("先写的。", ""), NOW)
    kept.put(BulletinSection.OVERALL, OWN, LATER)
    store.bulletins.sections("p1", "2025Q2").put(BulletinSection.MOVED, OWN, NOW)
    found = again().bulletins
    assert found.sections("p1", "2025Q1").all() == {BulletinSection.OVERALL: OWN}
    assert found.sections("p1", "2025Q2").all() == {BulletinSection.MOVED: OWN}
    assert found.sections("p2", "2025Q1").all() == {}
    found.sections("p1", "2025Q1").remove(BulletinSection.OVERALL)
    assert found.sections("p1", "2025Q1").all() == {}
    assert found.sections("p1", "2025Q2").all() == {BulletinSection.MOVED: OWN}


def test_an_exported_file_comes_back_as_it_was_first(store: Store, again: Callable[[], Store]) -> None:
    first = exported(store)
    store.bulletins.put_exported(first)
    store.bulletins.put_exported(replace(first, name="另一个名字.pdf", exported_at=NOW + timedelta(days=1)))
    signed = replace(exported(store, PDF + b" signed"), signer="周敏之", exported_at=LATER)
    store.bulletins.put_exported(signed)
    found = again().bulletins
    assert found.exported() == (first, signed)
    assert found.file(first.file) == PDF


def test_an_altered_file_is_refused(store: Store) -> None:
    kept = exported(store)
    store.bulletins.put_exported(kept)
    path = store.bulletins.path(kept.file)
    path.chmod(0o644)
    path.write_bytes(b"altered")
    with pytest.raises(UnreadableError) as refused:
        store.bulletins.file(kept.file, kept.name)
    assert refused.value.code == "document_altered"
