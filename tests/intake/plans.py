"""Small plans in our own words, written to files in the form that a test asks for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import docx
import openpyxl

from desktop.domain.plan import DutyRole, Measure, PlanDraft
from desktop.intake.duties.lexicon import Lexicon
from desktop.intake.plan_reader import read_plan

SAMPLES = Path(__file__).parents[1] / "samples" / "plans"
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
NOTHING = Lexicon()


def read(path: Path, lexicon: Lexicon = NOTHING) -> PlanDraft:
    return read_plan(path, lexicon)


def read_lines(tmp_path: Path, text: str, name: str = "plan.txt") -> PlanDraft:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read(path)


def word_table(path: Path, title: str, rows: Sequence[Sequence[str]]) -> Path:
    document = docx.Document()
    document.add_paragraph(title)
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(str(path))
    return path


def sheet(path: Path, rows: Sequence[Sequence[object] | Sequence[str]], merges: Sequence[str] = ()) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    for merge in merges:
        book.active.merge_cells(merge)
    book.save(path)
    return path


def pasted(rows: Sequence[Sequence[str]]) -> str:
    """A table as text programs paste it: each cell on a line behind a tab, rows apart by an empty line."""
    return "\n\n".join("\n".join(f"\t{cell}" for cell in row) for row in rows)


def roles(measure: Measure) -> tuple[tuple[str, ...], ...]:
    """Names that lead, support, implement, share."""
    return tuple(measure.names(role) for role in DutyRole)


def codes(draft: PlanDraft) -> list[tuple[str, str, int]]:
    return [(p.code, p.task_no, p.part) for p in draft.problems]


def figures(draft: PlanDraft) -> list[tuple[str, str, str, str, str, str]]:
    """Targets as (task, indicator, comparator and value, unit, deadline, scope)."""
    return [
        (t.task_no, t.indicator, f"{t.comparator.value}{t.value}", t.unit, t.deadline, t.scope)
        for t in draft.targets
    ]
