"""Every code that a bureau's workbook or a proposal can bring has words, without holes."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from desktop.domain.workbook import RefusedRow, SheetProblem
from desktop.wording import colleagues

ROOT = Path(__file__).resolve().parent.parent.parent
FACTS = {
    "given": "七台", "likely": "7台", "unit": "台", "length": "40000", "limit": "32767", "cells": "H5、H9",
    "text": "关停小锅炉",
}  # fmt: skip
CODE = re.compile(r"(?:cell|status|reading|row|text)_[a-z_]+")


def constants(*paths: str) -> set[str]:
    found = set()
    for path in paths:
        tree = ast.parse((ROOT / "desktop" / path).read_text(encoding="utf-8"))
        found |= {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
    return found


def test_every_reason_has_words() -> None:
    used = constants(
        "intake/workbooks/workbook.py",
        "intake/workbooks/workbook_values.py",
        "intake/workbooks/workbook_rows.py",
        "services/weighing.py",
    )
    codes = {text for text in used if CODE.fullmatch(text)}
    assert codes == colleagues.known_reasons()


def test_every_problem_has_words() -> None:
    used = constants("intake/workbooks/workbook.py")
    codes = {text for text in used if re.fullmatch(r"(?:stamp|column)_[a-z]+", text)}
    assert codes == colleagues.known_problems()


@pytest.mark.parametrize("code", sorted(colleagues.known_reasons()))
def test_reasons_are_whole_sentences(code: str) -> None:
    said = colleagues.reason(code, FACTS)
    assert said.endswith("。") and not re.search("“”|[{}]|：。|是。", said)


def test_words_of_fields_rows_problems_and_proposals() -> None:
    assert colleagues.reason("status_unknown", {"given": "好"}).startswith("“好”")
    assert colleagues.row_reason(RefusedRow("填报 H5", "row_unknown", "")) == "看不出是哪一条措施。"
    missing = SheetProblem("column_missing", {"sheet": "填报", "fields": "problems、note"})
    assert colleagues.problem(missing) == "“填报”里少了这几列：存在问题、指标说明。其他列照常读。"
    for how in ("same_lead", "known", "derived"):
        assert "市发改委" in colleagues.proposal_reason(how, "市发改委")
    assert colleagues.reason("", {}) == ""
