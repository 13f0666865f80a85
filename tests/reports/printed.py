"""What other programs read in a PDF."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path
from typing import Any

import pdfplumber

from desktop.reports.line_breaking import CLOSERS


def text_of(pdf: bytes, folder: Path, *options: str) -> str:
    path = folder / "document.pdf"
    path.write_bytes(pdf)
    command = ["pdftotext", "-enc", "UTF-8", *options, str(path), "-"]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode("utf-8")


def fonts_of(pdf: bytes, folder: Path) -> list[tuple[str, ...]]:
    """Per font: embedded, subset, with a map to Unicode."""
    path = folder / "document.pdf"
    path.write_bytes(pdf)
    listed = subprocess.run(["pdffonts", str(path)], check=True, capture_output=True).stdout.decode()
    return [tuple(re.findall(r"\b(yes|no)\b", line)) for line in listed.splitlines()[2:]]


def plain(text: str) -> str:
    return re.sub(r"\s", "", text)


def crossed(rule: dict[str, Any], char: dict[str, Any]) -> bool:
    """Whether a rule runs through a sign; the blank half of a mark that is squeezed at a line's end may reach over it."""
    beside = rule["top"] < char["top"] and char["bottom"] < rule["bottom"]
    ink = (char["x0"] + char["x1"]) / 2 if char["text"] in CLOSERS else char["x1"] - 0.5
    return bool(beside and char["x0"] + 0.5 < rule["x0"] < ink)


def table_rows(pdf: bytes, head: str) -> list[list[str]]:
    """Rows of the tables whose first head is `head`, put together again over page breaks."""
    rows: list[list[str]] = []
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            for table in page.extract_tables():
                if plain(table[0][0] or "") != head:
                    continue
                for cells in table[1:]:
                    texts = [plain(cell or "") for cell in cells]
                    if texts[0].endswith("（续）"):
                        texts[0] = ""
                        rows[-1] = [a + b for a, b in zip(rows[-1], texts, strict=True)]
                    elif any(texts[1:]):
                        rows.append(texts)
    return rows
