"""Every plan in tests/samples/plans that has its reading beside it (`<name>.json`) is read field by field as that says.

One JSON may belong to several files of the same stem: the forms of one plan must read alike.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import plan_json
from desktop.intake.duties.lexicon import Lexicon
from desktop.intake.plan_reader import read_plan
from tests.intake.plans import SAMPLES

FORMS = (".docx", ".xlsx", ".pdf", ".txt")
FILES = sorted(
    path
    for path in SAMPLES.rglob("*")
    if path.suffix in FORMS and path.with_name(f"{path.stem}.json").exists()
)
MEASURE_FIELDS = ("section", "title", "content", "lead", "support", "implement", "shared", "deadline")
TARGET_FIELDS = ("task_no", "part", "indicator", "comparator", "value", "unit", "deadline", "scope")


def expected_of(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.with_name(f"{path.stem}.json").read_text(encoding="utf-8"))
    return loaded


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_sample_plan_reads_as_written_beside_it(path: Path) -> None:
    expected = expected_of(path)
    found = plan_json(read_plan(path, Lexicon()))
    assert differences(expected, found) == []


def differences(expected: dict[str, Any], found: dict[str, Any]) -> list[str]:
    """What differs in the fields that the expectation states, one line each."""
    told = [
        f"{field}: {expected[field]!r} / {found[field]!r}"
        for field in ("title", "city")
        if field in expected and expected[field] != found[field]
    ]
    wanted = {(i["task_no"], i["part"]): i for i in expected["items"]}
    read = {(i["task_no"], i["part"]): i for i in found["items"]}
    if [*wanted] != [*read]:
        told.append(f"measures: {[*wanted]} / {[*read]}")
    for place in wanted.keys() & read.keys():
        for field in (*MEASURE_FIELDS, "open_ended", "wording", "remark"):
            if field in wanted[place] and wanted[place][field] != read[place][field]:
                told.append(f"{place} {field}: {wanted[place][field]!r} / {read[place][field]!r}")
    if "targets" in expected:
        told += _targets(expected["targets"], found["targets"])
    if "problems" in expected:
        codes = {(p["code"], p["task_no"], p["part"]) for p in found["problems"]}
        told += [f"problem {p} is not told" for p in expected["problems"] if tuple(p) not in codes]
    return told


def _targets(expected: list[dict[str, Any]], found: list[dict[str, Any]]) -> list[str]:
    wanted = [tuple(t[field] for field in TARGET_FIELDS) for t in expected]
    read = [tuple(t[field] for field in TARGET_FIELDS) for t in found]
    missing = [f"target missing: {t}" for t in wanted if t not in read]
    return missing + [f"target too many: {t}" for t in read if t not in wanted]
