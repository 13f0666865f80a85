"""Small files made to cost a reader its time or memory, by name; each builder writes one and gives its path."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import openpyxl

from tests.intake.plans import word_table

ROWS = [["任务", "措施", "责任单位"], ["治车", "淘汰旧车。", "市公安局"]]
_SHEET = "xl/worksheets/sheet1.xml"
_BODY = "word/document.xml"
_W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_S = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
_LAUGHS = b"<!DOCTYPE x [<!ENTITY a0 'ha'>%s]>" % b"".join(
    b"<!ENTITY a%d '%s'>" % (at, b"&a%d;" % (at - 1) * 10) for at in range(1, 10)
)


def rezipped(source: bytes, changed: Mapping[str, bytes]) -> bytes:
    """An office document with some members replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changed:
                new.writestr(name, old.read(name))
        for name, data in changed.items():
            new.writestr(name, data)
    return out.getvalue()


def word(folder: Path, **changed: bytes) -> bytes:
    """A sound Word plan, with `body` in place of its text, or `head` in front of its root."""
    source = word_table(folder / "sound.docx", "临河市清单", ROWS).read_bytes()
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        text = archive.read(_BODY)
    if "body" in changed:
        text = b"<w:document %s><w:body>%s</w:body></w:document>" % (_W, changed["body"])
    if "head" in changed:
        text = text.replace(b"<w:document", changed["head"] + b"<w:document", 1)
    return rezipped(source, {_BODY: text})


def book(folder: Path, changed: Mapping[str, bytes]) -> bytes:
    """A sound workbook with members replaced."""
    made = openpyxl.Workbook()
    for row in ROWS:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return rezipped(out.getvalue(), changed)


def rows(inner: bytes) -> Mapping[str, bytes]:
    return {_SHEET: _S + b"<sheetData>" + inner + b"</sheetData></worksheet>"}


def row(*texts: str) -> bytes:
    """A row of inline strings."""
    return b"<row>%s</row>" % b"".join(
        b'<c t="inlineStr"><is><t>%s</t></is></c>' % text.encode() for text in texts
    )


PLAN = b"".join(row(*texts) for texts in ROWS)


def paragraph(text: str) -> bytes:
    return b"<w:p><w:r><w:t>%s</w:t></w:r></w:p>" % text.encode()


def nested(inner: bytes, levels: int) -> bytes:
    """Tables in tables; in each, rows below the first repeat its cell by a merge."""
    more = b"<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc/></w:tr>" * 3000
    for _ in range(levels):
        inner = b"<w:tbl><w:tr><w:tc>%s</w:tc><w:tc>%s</w:tc></w:tr>%s</w:tbl>" % (
            inner,
            paragraph("乙"),
            more,
        )
    return inner


def pdf(objects: Sequence[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, item in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, item)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(out)


def stream(data: bytes, entries: bytes = b"/Filter/FlateDecode") -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data)


def page(content: bytes, *more: bytes, resources: bytes = b"/Font<</F 5 0 R>>") -> bytes:
    """A PDF of one page; its content is object 4, its font 5."""
    kids = (b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>")
    box = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<%s>>>>" % resources
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    return pdf([*kids, box, content, *(more or (font,))])


def plain(text: bytes) -> bytes:
    return stream(zlib.compress(text, 9))


def face(widths: bytes, unicode_map: bytes) -> Sequence[bytes]:
    """A composite font from object 5 on."""
    below = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor<</Type/FontDescriptor/FontName/X>>%s>>"
    above = (
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>"
    )
    return above, below % widths, plain(unicode_map)


def forms() -> Iterable[bytes]:
    """Forms that each draw the next one ten times."""
    yield b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    for at in range(6, 18):
        entries = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % (at + 1)
        yield stream(b"/X Do " * 10, entries)
    yield stream(b"0 0 m 9 9 l S", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<<>>")


def deep_tree(depth: int) -> bytes:
    nodes = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (at + 3) for at in range(depth)]
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", *nodes, b"<</Type/Page/MediaBox[0 0 9 9]>>"])


def many_pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (at + 3) for at in range(count))
    top = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", top, *[b"<</Type/Page/MediaBox[0 0 9 9]>>"] * count])


Builder = Callable[[Path], bytes]
MB = 1 << 20
# Name of the file: how it is made, and the code it is refused with (empty: it is harmless and read).
FILES: Mapping[str, tuple[Builder, str]] = {
    "laughs.docx": (lambda f: word(f, head=_LAUGHS), "plan_damaged"),
    "laughs_wide.docx": (
        lambda f: rezipped(word(f), {_BODY: ("\ufeff" + (_LAUGHS + b"<x/>").decode()).encode("utf-16-le")}),
        "plan_damaged",
    ),
    "laughs_utf7.docx": (
        lambda f: rezipped(word(f), {"word/styles.xml": b'<?xml version="1.0" encoding="utf-7"?>+ADw-x+AD4-'}),
        "plan_damaged",
    ),
    "pictures.docx": (lambda f: rezipped(word(f), {"word/media/a.png": b"\0" * (60 * MB)}), "plan_too_large"),
    "hidden.docx": (lambda f: rezipped(word(f), {"word/a.bin": b"<w:p/>" * (4 * MB)}), "plan_too_large"),
    "paragraphs.docx": (lambda f: word(f, body=b"<w:p/>" * 2_500_000), "plan_too_large"),
    "attributes.docx": (lambda f: word(f, body=b'<w:p a="" b="" c="" d=""/>' * 600_000), "plan_too_large"),
    "many_lines.docx": (lambda f: word(f, body=paragraph("甲") * 100_000), "plan_too_large"),
    "one_line.docx": (lambda f: word(f, body=paragraph("工作，" * MB)), "plan_too_large"),
    "tables_in_tables.docx": (
        lambda f: word(f, body=b"<w:tbl><w:tr><w:tc>" * 10_000 + b"</w:tc></w:tr></w:tbl>" * 10_000),
        "plan_damaged",
    ),
    "merged_in_merged.docx": (lambda f: word(f, body=nested(paragraph("甲" * 50), 5)), "plan_too_large"),
    "macros.docx": (lambda f: rezipped(word(f), {"word/vbaProject.bin": b"x"}), "plan_macros"),
    "macros.xlsx": (lambda f: book(f, {"xl/vbaProject.bin": b"x"}), "plan_macros"),
    "zips.docx": (lambda f: rezipped(b"PK\x05\x06" + b"\0" * 18, {"a.docx": word(f)}), "plan_form_unknown"),
    "unfolding.xlsx": (lambda f: book(f, rows(b" " * (300 * MB))), "plan_too_large"),
    "strings.xlsx": (
        lambda f: book(f, {"xl/sharedStrings.xml": b"<sst>%s</sst>" % (b"<si><t>a</t></si>" * 900_000)}),
        "plan_too_large",
    ),
    "one_string.xlsx": (lambda f: book(f, rows(PLAN + row("甲" * 4 * MB))), "plan_too_large"),
    "cells.xlsx": (lambda f: book(f, rows(b"<row>%s</row>" % (b"<c/>" * 1_400_000))), "plan_too_large"),
    "rows.xlsx": (lambda f: book(f, rows(PLAN + b"<row/>" * 1_048_000)), ""),
    "far_row.xlsx": (
        lambda f: book(f, rows(PLAN + b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
        "",
    ),
    "dimension.xlsx": (
        lambda f: book(
            f, {_SHEET: rows(PLAN)[_SHEET].replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')}
        ),
        "",
    ),
    "merges.xlsx": (
        lambda f: book(
            f,
            {
                _SHEET: rows(PLAN)[_SHEET].replace(
                    b"</worksheet>",
                    b"<mergeCells>%s</mergeCells></worksheet>" % (b'<mergeCell ref="A9:C9"/>' * 500_000),
                )
            },
        ),
        "plan_too_large",
    ),
    "unfolding.pdf": (lambda f: page(plain(b" " * (300 * MB))), "plan_too_large"),
    "twice.pdf": (
        lambda f: page(
            stream(zlib.compress(zlib.compress(b" " * (300 * MB), 9), 9), b"/Filter[/FlateDecode/Fl#61teDecode]")
        ),
        "plan_too_large",
    ),
    "spaces.pdf": (
        lambda f: page(stream(zlib.compress(b" " * (20 * MB), 9), b"/Filter[/FlateDecode/ASCII85Decode]")),
        "plan_too_large",
    ),
    "columns.pdf": (
        lambda f: page(
            stream(
                zlib.compress(b"\2" * 100),
                b"/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 2000000000>>",
            )
        ),
        "plan_too_large",
    ),
    "signs.pdf": (lambda f: page(plain(b"BT /F 9 Tf 9 9 Td " + b"(abcdefgh)Tj " * 200_000)), "plan_too_large"),
    "strokes.pdf": (lambda f: page(plain(b"1 1 m 9 9 l S " * 300_000)), "plan_too_large"),
    "grid.pdf": (
        lambda f: page(
            plain(
                b"".join(b"%d 0 m %d 800 l S 0 %d m 600 %d l S " % (at, at, at, at) for at in range(0, 600, 1))
                + b"BT /F 9 Tf 9 9 Td (a)Tj ET"
            )
        ),
        "plan_empty",
    ),
    "forms.pdf": (
        lambda f: page(stream(b"/X Do", b""), *forms(), resources=b"/Font<</F 5 0 R>>/XObject<</X 6 0 R>>"),
        "plan_too_large",
    ),
    "widths.pdf": (
        lambda f: page(plain(b"BT /F 9 Tf (ab)Tj"), *face(b"/W[0 4294967295 500]", b"")),
        "plan_too_large",
    ),
    "ranges.pdf": (
        lambda f: page(
            plain(b"BT /F 9 Tf (ab)Tj"),
            *face(b"", b"begincmap 1 beginbfrange <00000000> <ffffffff> <0000> endbfrange endcmap"),
        ),
        "plan_too_large",
    ),
    "pages.pdf": (lambda f: many_pages(100_000), "plan_too_large"),
    "circle.pdf": (
        lambda f: pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>"]),
        "plan_image_only",
    ),
    "deep.pdf": (lambda f: deep_tree(20_000), "plan_damaged"),
    "brackets.pdf": (lambda f: page(plain(b"[" * 3_000_000)), "plan_too_large"),
    "huge.txt": (lambda f: b"a" * (100 * MB), "plan_too_large"),
    "line.txt": (lambda f: "一、重点任务".encode() + b"a" * (20 * MB), "plan_too_large"),
    "lines.txt": (lambda f: b"1.\n" * (2 * MB), "plan_too_large"),
    "brackets.txt": (lambda f: "（".encode() * MB, "plan_too_large"),
    "nothing.txt": (lambda f: b"\0" * MB, "plan_empty"),
    "halves.txt": (lambda f: b"\xff\xfe" + b"\x00\xd8" * MB, "plan_damaged"),
}  # fmt: skip
