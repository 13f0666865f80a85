"""Workbooks that are none, or mean harm, are refused with a code, before anything in them is believed."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import openpyxl
import pytest

from desktop.domain.errors import CancelledError, UnreadableError
from desktop.intake.workbooks.workbook import read_workbook
from desktop.intake.workbooks.workbook_cells import MAX_FILE, MAX_ROWS
from desktop.reports.bureau_workbook import render_bureau_workbook
from tests.intake.filled import book_of, texts, usual_rows

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "好.xlsx"
    path.write_bytes(render_bureau_workbook(book_of(usual_rows())))
    return path


def refused(path: Path) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        read_workbook(path, usual_rows())
    assert caught.value.facts["file"] == path.name
    return caught.value


def altered(source: Path, changed: dict[str, bytes], name: str = "坏.xlsx") -> Path:
    """The workbook with some of its parts replaced or added."""
    target = source.with_name(name)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part not in changed:
                new.writestr(part, old.read(part))
        for part, data in changed.items():
            new.writestr(part, data)
    return target


def part(source: Path, name: str) -> bytes:
    with zipfile.ZipFile(source) as archive:
        return archive.read(name)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("表.xls", OLE, "workbook_form"),
        ("表.et", OLE, "workbook_form"),
        ("表.xlsx", OLE, "workbook_form"),
        ("表.csv", "序号,任务,进展状态\n1,锅炉,已完成\n".encode("gb18030"), "workbook_form"),
        ("表.ods", b"mimetype", "workbook_form"),
        ("表.pdf", b"%PDF-1.4 cut", "workbook_form"),
        ("表.txt", "序号".encode(), "workbook_form"),
        ("表.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "workbook_encrypted"),
        ("表.xlsx", b"", "workbook_empty"),
        ("表.xlsx", b"PK\x03\x04 cut", "workbook_damaged"),
        ("表.xlsx", "只是文字".encode(), "workbook_damaged"),
    ],
)
def test_other_forms_are_named(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    error = refused(path)
    assert error.code == code
    if code == "workbook_form":
        assert error.facts["form"] == path.suffix


def test_a_missing_file(tmp_path: Path) -> None:
    assert refused(tmp_path / "没有.xlsx").code == "file_missing"


def test_a_file_beyond_bounds_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "大.xlsx"
    with path.open("wb") as file:
        file.truncate(MAX_FILE + 1)
    assert refused(path).code == "workbook_too_large"


def test_macros_of_both_kinds(good: Path) -> None:
    for name in ("xl/vbaProject.bin", "xl/macrosheets/sheet1.xml"):
        assert refused(altered(good, {name: b"<x/>"})).code == "workbook_macros"


def test_a_sheet_that_unfolds_beyond_bounds(good: Path) -> None:
    row = b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + b"x" * (13 << 20) + b"</t></is></c></row>"
    sheet = part(good, "xl/worksheets/sheet1.xml").replace(b"</sheetData>", row + b"</sheetData>")
    path = altered(good, {"xl/worksheets/sheet1.xml": sheet})
    assert path.stat().st_size < 1 << 20
    assert refused(path).code == "workbook_too_large"


def test_styles_that_unfold_beyond_bounds(good: Path) -> None:
    styles = part(good, "xl/styles.xml") + b"<!--" + b"x" * (3 << 20) + b"-->"
    assert refused(altered(good, {"xl/styles.xml": styles})).code == "workbook_too_large"


def test_entities_are_not_expanded(good: Path) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><sst xmlns="x">&a;</sst>'
    assert refused(altered(good, {"xl/sharedStrings.xml": bomb})).code == "workbook_damaged"


def test_too_many_rows_are_refused_not_cut(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for number in range(MAX_ROWS + 1):
        book.active.append([number])
    path = tmp_path / "长.xlsx"
    book.save(path)
    assert refused(path).code == "workbook_too_large"


def test_a_cell_at_the_worlds_end_builds_no_grid(good: Path) -> None:
    far = b'<row r="1048576"><c r="XFD1048576" t="n"><v>1</v></c></row></sheetData>'
    sheet = part(good, "xl/worksheets/sheet1.xml").replace(b"</sheetData>", far)
    sheet = sheet.replace(b"<mergeCells", b'<mergeCells count="9"', 1) if b"<mergeCells>" in sheet else sheet
    found = read_workbook(altered(good, {"xl/worksheets/sheet1.xml": sheet}), usual_rows())
    assert texts(found) == texts(read_workbook(good, usual_rows()))


def test_a_merge_over_the_whole_sheet_builds_no_grid(good: Path) -> None:
    sheet = part(good, "xl/worksheets/sheet1.xml")
    assert b"<mergeCell " in sheet
    wide = sheet.replace(b"<mergeCell ", b'<mergeCell ref="N1:XFD1048576"/><mergeCell ', 1)
    found = read_workbook(altered(good, {"xl/worksheets/sheet1.xml": wide}), usual_rows())
    assert texts(found) == texts(read_workbook(good, usual_rows()))


@pytest.mark.parametrize("value", [b"9" * 5000, b"1e999", b"x"])
def test_numbers_that_are_none(good: Path, value: bytes) -> None:
    """Either the file is refused as damaged or the cell is; nothing else escapes."""
    sheet = part(good, "xl/worksheets/sheet2.xml").replace(b"<v>7</v>", b"<v>" + value + b"</v>")
    path = altered(good, {"xl/worksheets/sheet2.xml": sheet})
    try:
        found = read_workbook(path, usual_rows())
    except UnreadableError as error:
        assert error.code == "workbook_damaged"
    else:
        field = next(f for f in found.fields if f.place.name == "reading:t1")
        assert field.refused == "reading_not_a_number"


def test_a_workbook_without_our_table(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["姓名", "电话", "备注"])
    path = tmp_path / "通讯录.xlsx"
    book.save(path)
    assert refused(path).code == "workbook_no_table"


def test_a_stamp_that_claims_too_much_is_no_stamp(good: Path) -> None:
    rows = b"".join(
        b'<row r="%d"><c r="A%d" t="inlineStr"><is><t>|{%s</t></is></c></row>' % (n, n, b"x" * 9_000)
        for n in range(1, 300)
    )
    sheet = part(good, "xl/worksheets/sheet4.xml")
    start, end = sheet.index(b"<sheetData>"), sheet.index(b"</sheetData>")
    found = read_workbook(
        altered(good, {"xl/worksheets/sheet4.xml": sheet[: start + 11] + rows + sheet[end:]}), usual_rows()
    )
    assert found.stamp is None and [p.code for p in found.problems] == ["stamp_damaged"]


def test_it_can_be_stopped(good: Path) -> None:
    def stop(step: str, done: int, total: int) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        read_workbook(good, usual_rows(), stop)


@pytest.mark.parametrize("seed", range(12))
def test_altered_parts_bring_no_other_error(good: Path, seed: int) -> None:
    """Bytes of the inner XML changed at random: read, or refused with a code; never anything else."""
    draw = random.Random(seed)
    with zipfile.ZipFile(good) as archive:
        names = [n for n in archive.namelist() if n.endswith(".xml")]
    for _ in range(4):
        name = draw.choice(names)
        data = bytearray(part(good, name))
        for _ in range(draw.randint(1, 6)):
            data[draw.randrange(len(data))] = draw.choice(b'<>/="0129aZ \x00\xff')
        try:
            read_workbook(altered(good, {name: bytes(data)}), usual_rows())
        except UnreadableError as error:
            assert error.code.startswith("workbook_")
