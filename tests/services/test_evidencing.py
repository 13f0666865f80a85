"""Evidence is kept once, weighed once, and what cannot be taken is refused with its own reason; nothing is lost."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.errors import RefusedError, UnreadableError
from desktop.domain.report import Entry, Evidence
from desktop.exchange.container import MAX_BYTES, MAX_ENTRIES
from desktop.reports.fonts import Faces
from desktop.services import evidencing, filling, reviewing, signing
from desktop.services.evidencing import FILES_LIMIT, PACKAGE_LIMIT, Load, keep_evidence, load_of
from desktop.wording import errors
from tests.journeys.offices import PASS_PHRASE, Offices, enrol
from tests.pictures import kept_as


def file(number: int, size: int, name: str = "") -> Evidence:
    return Evidence(f"{number:064x}", name or f"{number}.pdf", size)


def load(*files: Evidence, rows: int = 1) -> Load:
    return Load({e.digest: e for e in files}, rows)


def test_each_content_weighs_once_whoever_names_it() -> None:
    entries = [
        Entry("m-1", evidence=(file(1, 1_000_000), file(2, 2_000_000))),
        Entry("m-2", evidence=(file(1, 1_000_000, "又名.pdf"),)),
        Entry("m-3"),
    ]
    whole, empty = load_of(entries), load_of([Entry("m-1"), Entry("m-2"), Entry("m-3")])
    assert whole.size - empty.size == 3_000_000 and len(whole.files) == 2


def test_the_estimate_covers_what_a_real_package_weighs(
    offices: Offices, faces: Faces, tmp_path: Path
) -> None:
    enrol(offices)
    report = offices.draft_report()
    offices.fill(report, "一共写了很多字，" * 200)
    proof = keep_evidence(offices.county, kept_as(tmp_path, "验收单.pdf", b"x" * 500_000))
    entry = replace(offices.county.reports.entries(report.id)["m-001"], evidence=(proof,))
    filling.save_entry(offices.county, report.id, entry, "test", offices.now)
    reviewing.review(offices.county, report.id, "test", offices.now)
    signed = signing.sign(offices.county, report.id, PASS_PHRASE, faces, "test", offices.now)
    real = len(offices.county.packages.file(signed.package.digest))
    estimate = load_of(offices.county.reports.entries(report.id).values()).size
    assert real <= estimate <= real + 500_000


def test_the_bounds_are_those_of_the_package() -> None:
    assert PACKAGE_LIMIT <= MAX_BYTES and FILES_LIMIT < MAX_ENTRIES
    assert not load(file(1, 100_000_000)).near and load(file(1, 170_000_000)).near
    assert load(*(file(n, 1) for n in range(450))).near


def refused(*arguments: object) -> RefusedError:
    with pytest.raises(RefusedError) as caught:
        keep_evidence(*arguments)
    return caught.value


def test_where_there_is_no_room_the_largest_are_named_and_nothing_is_kept(
    offices: Offices, tmp_path: Path
) -> None:
    full = load(file(1, 120_000_000, "航拍.zip"), file(2, 79_000_000, "监测.pdf"), file(3, 10, "小.txt"))
    source = kept_as(tmp_path, "再来一份.pdf", b"x" * 2_000_000)
    error = refused(offices.county, source, full)
    assert error.code == "evidence_no_room"
    said = errors.one_line(error)
    assert (
        "再来一份.pdf" in said
        and "“航拍.zip”（120.0 MB）、“监测.pdf”（79.0 MB）" in said
        and "200 MB" in said
    )
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    assert not offices.county.evidence.path(digest).exists()


def test_a_file_that_the_report_has_already_needs_no_room(offices: Offices, tmp_path: Path) -> None:
    source = kept_as(tmp_path, "同一份.pdf", b"x" * 2_000_000)
    first = keep_evidence(offices.county, source)
    full = load(first, file(2, 199_000_000))
    assert keep_evidence(offices.county, source, full) == first


def test_more_files_than_a_package_holds_are_refused(offices: Offices, tmp_path: Path) -> None:
    many = load(*(file(number, 1) for number in range(FILES_LIMIT)))
    error = refused(offices.county, kept_as(tmp_path, "多.pdf", b"x"), many)
    assert (error.code, error.facts["count"]) == ("evidence_too_many", FILES_LIMIT)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("程序.exe", "evidence_form"), ("现场.mp4", "evidence_form"), ("验收单.lnk", "evidence_shortcut"),
        ("网页.url", "evidence_shortcut"), ("IMG_0001.HEIC", "evidence_phone_photo"), ("图.webp", "evidence_phone_photo"),
        ("没有后缀", "evidence_no_ending"), (".pdf", "evidence_no_ending"),
    ],
)  # fmt: skip
def test_what_is_no_evidence_is_told_why(offices: Offices, tmp_path: Path, name: str, code: str) -> None:
    error = refused(offices.county, kept_as(tmp_path, name, b"MZ"))
    assert error.code == code
    said = errors.sentence(error)
    assert name in said.title and "没有添加" in said.text and said.code == code


def test_an_empty_file_and_a_folder_are_refused(offices: Offices, tmp_path: Path) -> None:
    assert refused(offices.county, kept_as(tmp_path, "空.pdf", b"")).code == "evidence_empty"
    folder = tmp_path / "照片.zip"
    folder.mkdir()
    assert refused(offices.county, folder).code == "evidence_folder"


def test_a_file_that_is_gone_says_so(offices: Offices, tmp_path: Path) -> None:
    for carried in (None, load(file(1, PACKAGE_LIMIT))):
        with pytest.raises((UnreadableError, RefusedError)) as caught:
            keep_evidence(offices.county, tmp_path / "走了.pdf", carried)
        assert caught.value.code == "evidence_missing"


def test_a_file_of_more_than_thirty_megabytes_is_refused(offices: Offices, tmp_path: Path) -> None:
    path = tmp_path / "大.zip"
    with path.open("wb") as out:
        out.truncate(30_000_001)
    error = refused(offices.county, path)
    assert error.code == "evidence_too_large" and "30.0 MB" in errors.one_line(error)


def test_odd_names_are_told_without_hidden_signs_and_not_too_long(offices: Offices, tmp_path: Path) -> None:
    turned = keep_evidence(offices.county, kept_as(tmp_path, "验收\u202e单\u200b.pdf", b"1"))
    assert turned.name == "验收单.pdf"
    long = keep_evidence(offices.county, kept_as(tmp_path, "长" * 70 + ".pdf", b"2"))
    assert long.name == "长" * 70 + ".pdf"
    usual = keep_evidence(offices.county, kept_as(tmp_path, "2025年 一季度（终）.PDF", b"3"))
    assert usual.name == "2025年 一季度（终）.PDF"


def test_a_report_that_grew_by_other_ways_is_not_signed(offices: Offices, faces: Faces) -> None:
    enrol(offices)
    report = offices.draft_report()
    offices.fill(report)
    entry = offices.county.reports.entries(report.id)["m-001"]
    heavy = replace(entry, evidence=tuple(file(n, 60_000_000) for n in range(4)))
    filling.save_entry(offices.county, report.id, heavy, "test", offices.now)
    reviewing.review(offices.county, report.id, "test", offices.now)
    with pytest.raises(RefusedError) as caught:
        signing.sign(offices.county, report.id, PASS_PHRASE, faces, "test", offices.now)
    assert caught.value.code == "report_overweight" and "0.pdf" in errors.one_line(caught.value)


def test_a_picture_out_of_the_clipboard_is_bounded_too(offices: Offices) -> None:
    kept = evidencing.keep_picture(offices.county, b"png", "截图.png", load())
    assert (kept.name, kept.media_type) == ("截图.png", "image/png")
    assert offices.county.evidence.read(kept.digest) == b"png"
    with pytest.raises(RefusedError) as caught:
        evidencing.keep_picture(offices.county, b"png", "截图.png", load(file(1, PACKAGE_LIMIT)))
    assert caught.value.code == "evidence_no_room"


def test_a_copy_that_is_open_elsewhere_is_shown_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows nobody writes to a file that another program has open."""
    evidence = Evidence("ab" * 32, "验收单.docx", 4, "")
    first = evidencing.copy_of(b"word", evidence, tmp_path)

    def locked(self: Path, data: bytes) -> int:
        raise PermissionError(13, "used by another process", str(self))

    monkeypatch.setattr(Path, "write_bytes", locked)
    assert evidencing.copy_of(b"word", evidence, tmp_path) == first and first.read_bytes() == b"word"
    with pytest.raises(RefusedError) as error:
        evidencing.copy_of(b"changed", evidence, tmp_path)
    assert error.value.code == "folder_not_writable"
