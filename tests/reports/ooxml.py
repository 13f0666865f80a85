"""What Excel and WPS would have to repair in a workbook, after ECMA-376 and Excel's own limits; no other program is asked."""

from __future__ import annotations

import io
import posixpath
import re
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from collections.abc import Iterator

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# The order in which the parts of a worksheet must stand (CT_Worksheet is a sequence).
_ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr",
    "sheetProtection", "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate",
    "customSheetViews", "mergeCells", "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks",
    "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "customProperties",
    "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing", "legacyDrawingHF", "picture",
    "oleObjects", "controls", "webPublishItems", "tableParts", "extLst",
)  # fmt: skip
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_NAME = re.compile(r"[^\W\d][\w.\\]*")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384


def faults(data: bytes) -> list[str]:
    """Every fault that was found, in words; none in a good workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        parts = {name: archive.read(name) for name in names}
    found = [f"{name} stands twice" for name, count in Counter(names).items() if count > 1]
    trees: dict[str, ET.Element] = {}
    for name, content in parts.items():
        if not name.endswith((".xml", ".rels", ".vml")):
            continue
        try:
            trees[name] = ET.fromstring(content)
        except ET.ParseError as error:
            found.append(f"{name}: {error}")
    found += _content_types(trees, parts)
    found += _relationships(trees, parts)
    if "xl/workbook.xml" in trees:
        found += _workbook(trees)
    return found


def _content_types(trees: dict[str, ET.Element], parts: dict[str, bytes]) -> Iterator[str]:
    types = trees["[Content_Types].xml"]
    extensions = {e.get("Extension", "").lower() for e in types.iter(f"{_TYPES}Default")}
    overrides = [e.get("PartName", "") for e in types.iter(f"{_TYPES}Override")]
    for name, count in Counter(overrides).items():
        if count > 1:
            yield f"content type of {name} is given twice"
        if name.lstrip("/") not in parts:
            yield f"content type of {name}, which is not there"
    for name in parts:
        known = f"/{name}" in overrides or name.rpartition(".")[2].lower() in extensions
        if name != "[Content_Types].xml" and not known:
            yield f"{name} has no content type"


def _relationships(trees: dict[str, ET.Element], parts: dict[str, bytes]) -> Iterator[str]:
    reached = {"[Content_Types].xml"}
    for name, tree in trees.items():
        if not name.endswith(".rels"):
            continue
        reached.add(name)
        folder = posixpath.dirname(posixpath.dirname(name))
        ids = [e.get("Id") for e in tree.iter(f"{_PACKAGE}Relationship")]
        if len(set(ids)) != len(ids):
            yield f"{name}: an id stands twice"
        for each in tree.iter(f"{_PACKAGE}Relationship"):
            target = each.get("Target", "")
            if each.get("TargetMode") == "External":
                yield f"{name}: leads out of the file to {target}"
                continue
            place = (
                target.lstrip("/")
                if target.startswith("/")
                else posixpath.normpath(posixpath.join(folder, target))
            )
            reached.add(place)
            if place not in parts:
                yield f"{name}: {target} is not there"
        source = posixpath.join(folder, posixpath.basename(name).removesuffix(".rels"))
        if source in trees:
            used = {v for e in trees[source].iter() for k, v in e.attrib.items() if k.startswith(_R)}
            yield from (f"{source}: no relationship {missing}" for missing in sorted(used - set(ids)))
    yield from (f"{name} is reached by no relationship" for name in parts if name not in reached)


def _workbook(trees: dict[str, ET.Element]) -> Iterator[str]:
    book, styles = trees["xl/workbook.xml"], trees["xl/styles.xml"]
    sheets = [e.get("name", "") for e in book.iter(f"{_MAIN}sheet")]
    for name in sheets:
        if not 0 < len(name) <= 31 or re.search(r"[\[\]:*?/\\]", name) or name[0] == "'" or name[-1] == "'":
            yield f"sheet name {name!r}"
    if len({name.lower() for name in sheets}) != len(sheets):
        yield "two sheets have one name"
    yield from _styles(styles)
    tables = [tree for name, tree in trees.items() if name.startswith("xl/tables/")]
    yield from _names(book, tables, sheets)
    formats = len(_children(styles, "cellXfs"))
    strings = trees.get("xl/sharedStrings.xml")
    texts = 0 if strings is None else len(strings.findall(f"{_MAIN}si"))
    bold = len(_children(styles, "dxfs"))
    for name in sorted(trees):
        if name.startswith("xl/worksheets/sheet"):
            yield from (f"{name}: {fault}" for fault in _sheet(trees[name], formats, texts, bold))
            yield from (f"{name}: {fault}" for fault in _tables_of(name, trees))


def _children(styles: ET.Element, name: str) -> list[ET.Element]:
    found = styles.find(f"{_MAIN}{name}")
    return [] if found is None else list(found)


def _styles(styles: ET.Element) -> Iterator[str]:
    sizes = {name: len(_children(styles, name)) for name in ("fonts", "fills", "borders", "cellStyleXfs")}
    custom = {e.get("numFmtId") for e in _children(styles, "numFmts")}
    for name in (*sizes, "cellXfs", "dxfs", "numFmts"):
        holder = styles.find(f"{_MAIN}{name}")
        if holder is not None and holder.get("count") not in (None, str(len(holder))):
            yield f"styles: count of {name}"
    for each in _children(styles, "cellXfs"):
        at = {"fontId": "fonts", "fillId": "fills", "borderId": "borders", "xfId": "cellStyleXfs"}
        for attribute, holder_name in at.items():
            if int(each.get(attribute, "0")) >= sizes[holder_name]:
                yield f"styles: {attribute} {each.get(attribute)} is out of range"
        number = each.get("numFmtId", "0")
        if int(number) >= 164 and number not in custom:
            yield f"styles: number format {number} is not defined"
    if len(_children(styles, "cellXfs")) > 64_000:
        yield "styles: more than Excel takes"


def _names(book: ET.Element, tables: list[ET.Element], sheets: list[str]) -> Iterator[str]:
    seen: Counter[tuple[str, str]] = Counter()
    for each in book.iter(f"{_MAIN}definedName"):
        name, text = each.get("name", ""), each.text or ""
        seen[name.lower(), each.get("localSheetId", "")] += 1
        if not _NAME.fullmatch(name) or len(name) > 255 or _CELL.fullmatch(name.upper()):
            yield f"defined name {name!r}"
        if not any(text.startswith((f"'{sheet}'!$", f"{sheet}!$")) for sheet in sheets):
            yield f"defined name {name!r} leads to {text!r}"
    for table in tables:
        name = table.get("displayName", "")
        seen[name.lower(), ""] += 1
        if not _NAME.fullmatch(name) or _CELL.fullmatch(name.upper()):
            yield f"table name {name!r}"
    yield from (f"the name {name!r} stands twice" for (name, _), count in seen.items() if count > 1)
    ids = [table.get("id") for table in tables]
    if len(set(ids)) != len(ids):
        yield "two tables have one id"


def _sheet(sheet: ET.Element, formats: int, texts: int, bold: int) -> Iterator[str]:
    order = [_ORDER.index(e.tag.removeprefix(_MAIN)) for e in sheet]
    if order != sorted(order):
        yield "the parts of the sheet do not stand in their order"
    yield from _cells(sheet, formats, texts)
    yield from _sizes(sheet)
    merged = [_box(e.get("ref", "")) for e in sheet.iter(f"{_MAIN}mergeCell")]
    for at, first in enumerate(merged):
        if any(_overlap(first, other) for other in merged[at + 1 :]):
            yield "merged cells overlap"
    own = sheet.find(f"{_MAIN}autoFilter")
    if own is not None and any(_overlap(_box(own.get("ref", "")), box) for box in merged):
        yield "cells are merged within the filter"
    priorities = []
    for rule in sheet.iter(f"{_MAIN}cfRule"):
        priorities.append(rule.get("priority"))
        if int(rule.get("dxfId", "0")) >= bold:
            yield f"a conditional format's style {rule.get('dxfId')} is out of range"
    if len(set(priorities)) != len(priorities):
        yield "two conditional formats have one priority"
    yield from _validations(sheet)
    for part in ("oddHeader", "oddFooter"):
        text = sheet.findtext(f"{_MAIN}headerFooter/{_MAIN}{part}") or ""
        if len(text) > 255:
            yield f"{part} has {len(text)} characters"


def _cells(sheet: ET.Element, formats: int, texts: int) -> Iterator[str]:
    last_row, boxes = 0, []
    for row in sheet.iter(f"{_MAIN}row"):
        number, last_column = int(row.get("r", "0")), 0
        if not last_row < number <= _LAST_ROW:
            yield f"row {number} after {last_row}"
        last_row = number
        for cell in row:
            place = cell.get("r", "")
            column, at, *_ = _box(place)
            if at != number or not last_column < column <= _LAST_COLUMN:
                yield f"cell {place} in row {number}"
            last_column = column
            boxes.append((column, at))
            if int(cell.get("s", "0")) >= formats:
                yield f"{place}: style {cell.get('s')} is out of range"
            yield from (f"{place}: {fault}" for fault in _content(cell, texts))
    dimension = sheet.find(f"{_MAIN}dimension")
    if dimension is not None and boxes:
        left, top, right, bottom = _box(dimension.get("ref", ""))
        if not all(left <= x <= right and top <= y <= bottom for x, y in boxes):
            yield f"dimension {dimension.get('ref')} does not hold all cells"


def _content(cell: ET.Element, texts: int) -> Iterator[str]:
    kind, value = cell.get("t", "n"), cell.findtext(f"{_MAIN}v")
    if cell.find(f"{_MAIN}f") is not None:
        yield "a formula"
    if kind == "inlineStr":
        text = "".join(cell.itertext())
        if len(text.encode("utf-16-le")) // 2 > 32_767 + 6 * text.count("_x005F_"):
            yield f"{len(text)} characters"
        if re.search("_x[0-9A-Fa-f]{4}_", text.replace("_x005F_", "\0")) and not text.count("_x000D_"):
            yield "a text that reads as an escape"
    elif kind == "s" and not 0 <= int(value or "-1") < texts:
        yield f"shared text {value} is not there"
    elif kind in ("b", "e", "str"):
        yield f"a cell of kind {kind}"
    elif kind == "n" and value is not None:
        if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?(E[+-]?[0-9]+)?", value, re.IGNORECASE):
            yield f"no number: {value}"
        elif abs(float(value)) > 9.99e307:
            yield f"a number beyond Excel's: {value}"
    elif kind == "d":
        yield "a date that only newer programs read"


def _sizes(sheet: ET.Element) -> Iterator[str]:
    last = 0
    for column in sheet.iter(f"{_MAIN}col"):
        first, end = int(column.get("min", "0")), int(column.get("max", "0"))
        if not last < first <= end <= _LAST_COLUMN:
            yield f"columns {first} to {end} after {last}"
        last = end
        if not 0 <= float(column.get("width", "0")) <= 255:
            yield f"column width {column.get('width')}"
    for row in sheet.iter(f"{_MAIN}row"):
        if not 0 <= float(row.get("ht", "0")) <= 409.5:
            yield f"row height {row.get('ht')}"


def _validations(sheet: ET.Element) -> Iterator[str]:
    holder = sheet.find(f"{_MAIN}dataValidations")
    if holder is None:
        return
    if holder.get("count") not in (None, str(len(holder))):
        yield "count of the data validations"
    for each in holder:
        formula = each.findtext(f"{_MAIN}formula1") or ""
        # The quotation marks around a list are none of its 255 characters.
        if len(formula.strip('"')) > 255:
            yield f"a list of {len(formula)} characters"
        for name, most in (("errorTitle", 32), ("error", 255), ("promptTitle", 32), ("prompt", 255)):
            if len(each.get(name, "")) > most:
                yield f"{name} of a data validation is too long"


def _tables_of(name: str, trees: dict[str, ET.Element]) -> Iterator[str]:
    links = trees.get(f"xl/worksheets/_rels/{posixpath.basename(name)}.rels")
    if links is None:
        return
    heads = {
        cell.get("r", ""): "".join(cell.itertext())
        for row in trees[name].iter(f"{_MAIN}row")
        for cell in row
        if cell.get("t") == "inlineStr"
    }
    for link in links:
        table = trees.get(
            posixpath.normpath(posixpath.join("xl/worksheets", link.get("Target", ""))).lstrip("/")
        )
        table = trees.get(link.get("Target", "").lstrip("/")) if table is None else table
        if table is None or not table.tag.endswith("}table"):
            continue
        left, top, right, bottom = _box(table.get("ref", ""))
        columns = [e.get("name", "") for e in table.iter(f"{_MAIN}tableColumn")]
        if bottom <= top:
            yield "a table without rows"
        if len({c.lower() for c in columns}) != len(columns) or len(columns) != right - left + 1:
            yield "the columns of a table"
        if [heads.get(f"{_letters(left + i)}{top}") for i in range(len(columns))] != columns:
            yield "the headings of a table are not those of its cells"
        if trees[name].find(f"{_MAIN}autoFilter") is not None:
            yield "a table and a filter of the sheet"


def _box(ref: str) -> tuple[int, int, int, int]:
    """left, top, right, bottom, counted from 1; zeros for what is no reference."""
    first, _, last = ref.partition(":")
    corners = [_CELL.fullmatch(each) for each in (first, last or first)]
    if None in corners:
        return 0, 0, 0, 0
    (x, y), (x2, y2) = ((_number(m[1]), int(m[2])) for m in corners if m)
    return x, y, x2, y2


def _number(letters: str) -> int:
    number = 0
    for sign in letters:
        number = number * 26 + ord(sign) - 64
    return number


def _letters(number: int) -> str:
    found = ""
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(65 + rest) + found
    return found


def _overlap(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
