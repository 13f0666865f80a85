"""Damaged, foreign and hostile files are refused with a code, quickly, and nothing else escapes."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import openpyxl
import pytest
from reportlab.pdfgen.canvas import Canvas

from desktop.domain.errors import UnreadableError
from desktop.intake.duties.lexicon import Lexicon
from desktop.intake.plan_reader import read_plan
from tests.domain.test_file_faults import windows_error
from tests.intake.plans import SAMPLES, word_table

ROWS = [["任务", "措施", "责任单位"], ["治车", "淘汰旧车。", "市公安局"]]


def refused(path: Path) -> UnreadableError:
    with pytest.raises(UnreadableError) as caught:
        read_plan(path, Lexicon())
    assert caught.value.facts["file"] == path.name
    return caught.value


def rezipped(source: Path, target: Path, changed: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changed:
                new.writestr(name, old.read(name))
        for name, data in changed.items():
            new.writestr(name, data)
    return target


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("plan.txt", b"", "plan_empty"),
        ("plan.txt", b"\xef\xbb\xbf \r\n", "plan_empty"),
        ("plan.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "plan_old_form"),
        ("plan.wps", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "plan_old_form"),
        ("plan.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "plan_encrypted"),
        ("plan.docx", b"{\\rtf1 text}", "plan_old_form"),
        ("plan.docx", "只是文字".encode(), "plan_damaged"),
        ("plan.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "plan_form_unknown"),
        ("plan.txt", bytes(random.Random(1).randbytes(4000)), "plan_damaged"),
        ("plan.txt", "今天天气很好。".encode(), "plan_no_measures"),
        ("plan.pdf", b"%PDF-1.4 cut", "plan_damaged"),
    ],
)  # fmt: skip
def test_wrong_files(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert refused(path).code == code


def test_a_missing_file(tmp_path: Path) -> None:
    assert refused(tmp_path / "plan.docx").code == "file_missing"


def test_a_cut_word_file(tmp_path: Path) -> None:
    whole = word_table(tmp_path / "plan.docx", "临河市清单", ROWS).read_bytes()
    path = tmp_path / "cut.docx"
    path.write_bytes(whole[: len(whole) // 2])
    assert refused(path).code == "plan_damaged"


def test_a_zip_bomb(tmp_path: Path) -> None:
    source = word_table(tmp_path / "plan.docx", "临河市清单", ROWS)
    path = rezipped(source, tmp_path / "bomb.docx", {"word/media/image1.png": b"\0" * (60 << 20)})
    assert path.stat().st_size < 1 << 20
    assert refused(path).code == "plan_too_large"


def test_xml_entities_and_macros(tmp_path: Path) -> None:
    source = word_table(tmp_path / "plan.docx", "临河市清单", ROWS)
    with zipfile.ZipFile(source) as archive:
        body = archive.read("word/document.xml")
    entity = body.replace(b"<w:document", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document', 1)
    assert (
        refused(rezipped(source, tmp_path / "entity.docx", {"word/document.xml": entity})).code
        == "plan_damaged"
    )
    macros = rezipped(source, tmp_path / "plan.docm", {"word/vbaProject.bin": b"x"})
    assert refused(macros).code == "plan_macros"


def test_a_huge_merge_and_a_far_cell_cost_nothing(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["任务", "措施", "责任单位"], ["治车", "淘汰旧车。", "市公安局"]):
        book.active.append(row)
    book.active["XFD1048576"] = "远"
    book.save(tmp_path / "plan.xlsx")
    with zipfile.ZipFile(tmp_path / "plan.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    merged = sheet.replace(
        b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="D3:XFD1048576"/></mergeCells>'
    )
    path = rezipped(tmp_path / "plan.xlsx", tmp_path / "merged.xlsx", {"xl/worksheets/sheet1.xml": merged})
    assert [m.title for m in read_plan(path, Lexicon()).measures] == ["治车"]


def test_a_pdf_without_text_and_one_with_a_pass_phrase(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "scan.pdf"))
    canvas.rect(10, 10, 200, 200)
    canvas.save()
    assert refused(tmp_path / "scan.pdf").code == "plan_image_only"
    locked = Canvas(str(tmp_path / "locked.pdf"), encrypt="secret")
    locked.drawString(20, 20, "plan")
    locked.save()
    assert refused(tmp_path / "locked.pdf").code == "plan_encrypted"


def test_random_damage_raises_nothing_else(tmp_path: Path) -> None:
    chance = random.Random(7)
    sources = [word_table(tmp_path / "plan.docx", "临河市清单", ROWS), SAMPLES / "linhe_prose.txt"]
    for round_ in range(60):
        source = sources[round_ % 2]
        data = bytearray(source.read_bytes())
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path = tmp_path / f"damaged{source.suffix}"
        path.write_bytes(bytes(data[: chance.randint(1, len(data))]))
        try:
            read_plan(path, Lexicon())
        except UnreadableError as error:
            assert error.facts["file"] == path.name


def test_a_workbook_of_a_thousand_sheets(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for _ in range(200):
        book.create_sheet()
    path = tmp_path / "many.xlsx"
    book.save(path)
    assert refused(path).code == "plan_too_large"


def test_a_file_that_word_has_open_is_not_said_to_be_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.docx"
    path.write_bytes(b"held")

    def refuse(_: Path) -> bytes:
        raise windows_error(32)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    error = refused(path)
    assert (error.code, error.facts["reason"]) == ("file_unreadable", "in_use")
