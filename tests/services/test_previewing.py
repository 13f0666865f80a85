"""What a file is and where it is used, told without opening more of it than is shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.errors import UnreadableError
from desktop.domain.report import Entry, Evidence
from desktop.services import evidencing, filling, previewing, reviewing
from desktop.services.previewing import Form, Use, show
from desktop.wording import evidence as words
from tests.journeys.offices import Offices
from tests.pictures import kept_as, zip_of


def named(name: str, size: int = 1) -> Evidence:
    return Evidence("0" * 64, name, size)


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.JPG", Form.PICTURE), ("a.tif", Form.PICTURE), ("a.pdf", Form.PDF), ("a.docx", Form.OTHER), ("a.ofd", Form.OTHER)],
)  # fmt: skip
def test_forms_are_told_by_the_ending(name: str, form: Form) -> None:
    assert show(named(name), b"x").form is form


@pytest.mark.parametrize(
    ("data", "encoding"),
    [("监测报告".encode(), "UTF-8"), ("监测报告".encode("gb18030"), "GB18030"), ("监测报告\n".encode("utf-16"), "UTF-16")],
)  # fmt: skip
def test_a_text_is_shown_with_its_encoding(data: bytes, encoding: str) -> None:
    shown = show(named("说明.txt"), data)
    assert (shown.form, shown.text.strip(), shown.encoding, shown.cut) == (
        Form.TEXT,
        "监测报告",
        encoding,
        False,
    )


def test_a_long_text_is_shown_to_a_bound() -> None:
    shown = show(named("日志.txt"), "监测报告，".encode() * 200_000)
    assert shown.cut and len(shown.text) < 400_000 and shown.text.startswith("监测报告")
    assert (
        words.caption(named("日志.txt", 3_000_000), shown.encoding, True)
        == "3.0 MB　编码 UTF-8　只显示开头一部分"
    )


def test_a_line_without_an_end_is_broken_where_it_would_hold_up_the_window() -> None:
    shown = show(named("日志.txt"), b"x" * 5000 + b"\nend")
    assert [len(line) for line in shown.text.split("\n")] == [2000, 2000, 1000, 3]
    assert show(named("日志.txt"), b"x" * 2000).text == "x" * 2000


def test_what_is_no_text_and_no_archive_says_so() -> None:
    for name, data, code in (
        ("说明.txt", bytes(range(1, 32)) * 40, "text_unreadable"),
        ("材料.zip", b"no zip", "archive_damaged"),
        ("空.pdf", b"", "evidence_empty"),
    ):
        shown = show(named(name), data)
        assert shown.form is Form.OTHER and shown.trouble is not None and shown.trouble.code == code


def test_programs_in_an_archive_are_pointed_out() -> None:
    shown = show(named("材料.zip"), zip_of(("照片.jpg", b"x"), ("工具/看图.EXE", b"MZ"), ("a.js", b"")))
    assert shown.archive is not None and shown.archive.count == 3
    assert shown.programs == ("工具/看图.EXE", "a.js")
    assert words.programs(shown.programs)[0] == "压缩包里有程序：“看图.EXE”、“a.js”"


def test_a_file_tells_which_entries_use_it(offices: Offices, tmp_path: Path) -> None:
    store, report = offices.county, offices.draft_report()
    proof = evidencing.keep_evidence(store, kept_as(tmp_path, "验收单.pdf", b"x"))
    for key, name in (("m-001", "验收单.pdf"), ("m-002", "同一份.pdf")):
        entry = Entry(key, progress="写了。", evidence=(replace(proof, name=name),))
        filling.save_entry(store, report.id, entry, "test", offices.now)
    uses = previewing.kept_here(store).uses(proof.digest)
    assert set(uses) == {
        Use("东川县", "2025Q1", 1, "1", "验收单.pdf"), Use("东川县", "2025Q1", 1, "2", "同一份.pdf"),
    }  # fmt: skip
    assert words.used_in(uses, "验收单.pdf") == "用在东川县2025年第一季度 第1条、第2条；也叫“同一份.pdf”"
    assert previewing.uses(store, "f" * 64) == () and words.used_in((), "x.pdf") == "还没有存到条目里"


def test_where_a_file_was_used_before_is_counted_behind_the_newest() -> None:
    uses = [Use("东川县", quarter, revision, "3", "a.pdf") for quarter, revision in (("2025Q2", 2), ("2025Q2", 1), ("2025Q1", 1))]  # fmt: skip
    assert words.used_in(uses, "a.pdf") == "用在东川县2025年第二季度（第2次报送） 第3条；另有2次报送也用了它"


def test_a_packages_files_are_read_out_of_it_and_verified(offices: Offices) -> None:
    report = offices.draft_report()
    kept = offices.county.evidence.add_bytes(b"proof", "验收单.pdf")
    filling.save_entry(
        offices.county, report.id, Entry("m-001", progress="写了。", evidence=(kept,)), "test", offices.now
    )
    document = reviewing.document_of(offices.county, offices.county.reports.get(report.id), offices.now)
    shelf = previewing.in_package(document, {f"evidence/{kept.digest}": b"proof"})
    assert shelf.read(kept) == b"proof"
    assert [(use.label, use.name) for use in shelf.uses(kept.digest)] == [("1", "验收单.pdf")]
    for files in ({}, {f"evidence/{kept.digest}": b"other"}):
        with pytest.raises(UnreadableError) as caught:
            previewing.in_package(document, files).read(kept)
        assert caught.value.code == "evidence_altered"
