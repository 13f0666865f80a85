"""The sample: two forms of a fictional plan whose units are all known, and sentences that can be filled in."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from docx import Document

from desktop.domain.codec import parse_json
from desktop.domain.report import ProgressStatus
from desktop.domain.unit import Region

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
SAMPLE = RESOURCES / "sample"
PLACEHOLDERS = {"title", "unit", "n", "percent", "month"}
STATUSES = [status.value for status in ProgressStatus]


def known_names() -> set[str]:
    region = parse_json((RESOURCES / "regions" / "sample.json").read_bytes(), Region)
    spelt = {spelling for unit in region.units for spelling in unit.spellings}
    return spelt | {term.term for term in region.terms}


def split_names(text: str) -> list[str]:
    return [name for name in re.split(r"[，、\n](?![^（]*）)", text) if name]


def table_rows() -> list[list[str]]:
    table = Document(str(SAMPLE / "plan_table.docx")).tables[0]
    return [[cell.text for cell in row.cells] for row in table.rows]


def phrases() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SAMPLE / "phrases.json").read_text(encoding="utf-8"))
    return found


def test_table_has_sixteen_tasks_in_eighteen_rows() -> None:
    heading, *rows = table_rows()
    assert heading == ["序号", "重点任务", "主要内容", "牵头单位", "配合单位", "落实单位", "备注"]
    numbers = Counter(row[0] for row in rows)
    assert list(numbers) == [str(number) for number in range(1, 17)]
    assert len(rows) == 18 and numbers["13"] == 3


def test_every_unit_of_the_table_is_known_but_the_joined_pair() -> None:
    cells = [cell for row in table_rows()[1:] for cell in row[3:6]]
    unknown = {name for cell in cells for name in split_names(cell)} - known_names() - {"/"}
    assert unknown == {"住建局农业农村局"}
    assert {"住建局", "农业农村局"} <= known_names()


def test_one_measure_of_the_table_is_for_counties_only() -> None:
    assert [row[0] for row in table_rows()[1:] if "园区" not in row[5]] == ["5"]


def test_every_unit_of_the_prose_is_known() -> None:
    text = (SAMPLE / "plan_prose.txt").read_text(encoding="utf-8")
    duties = re.findall(r"（(市[^（）]*(?:（市、区）[^（）]*)?(?:负责|配合|落实))）", text)
    assert len(duties) == 17
    role = re.compile(r"等?(?:按职责)?(?:牵头|配合|分工负责|负责落实|负责)$")
    names = {role.sub("", name) for duty in duties for name in split_names(duty)}
    assert names - known_names() == {"各有关部门"}


def test_prose_has_fourteen_tasks_two_safeguards_and_the_meant_gaps() -> None:
    text = (SAMPLE / "plan_prose.txt").read_text(encoding="utf-8")
    assert re.findall(r"(?m)^(\d+)\.", text) == [str(number) for number in range(1, 15)]
    assert len(re.findall(r"(?m)^（[一二]）", text.split("四、保障措施")[1])) == 2
    assert text.count("**%") == 1
    unassigned = [line for line in text.splitlines() if line.endswith("等配合）")]
    assert len(unassigned) == 1 and unassigned[0].startswith("5.") and "负责落实" not in unassigned[0]


@pytest.mark.parametrize("status", STATUSES)
def test_progress_sentences_can_be_filled_in(status: str) -> None:
    material = phrases()
    low, high = material["ranges"][status]["n"]
    assert 0 < low <= high
    sentences = material["progress"][status]
    assert len(set(sentences)) >= 6
    for sentence in sentences:
        names = [name for _, name, _, _ in Formatter().parse(sentence) if name is not None]
        assert set(names) <= PLACEHOLDERS and len(set(names)) == len(names)
        filled = sentence.format(title="提高道路保洁质量", unit="望溪区", n=high, percent=50, month=3)
        assert 40 <= len(filled) <= 120 and filled.endswith("。")


@pytest.mark.parametrize("status", STATUSES)
def test_other_sentences_are_there_for_every_status(status: str) -> None:
    material = phrases()
    assert material["problems"][status] and len(material["next_steps"][status]) >= 6
    for group in ("problems", "next_steps"):
        assert all("{" not in text and (not text or text.endswith("。")) for text in material[group][status])


def test_what_must_be_explained_has_something_to_say() -> None:
    material = phrases()
    assert "" not in material["problems"]["behind"]
    assert all(material["explanations"][status] for status in ("behind", "not_started", "not_applicable"))


def test_people_and_telephones_are_plainly_made_up() -> None:
    material = phrases()
    assert len(set(material["people"])) == len(material["people"]) >= 40
    assert all(re.fullmatch(r"[\u4e00-\u9fff]{2,3}", name) for name in material["people"])
    assert material["phone"] == {"prefix": "0000-", "digits": 7}
    assert all(re.fullmatch(r"[\u4e00-\u9fff]+", name) for name in material["evidence"])
