"""From a document to a draft: the one way in."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

from desktop.domain.errors import UnreadableError
from desktop.domain.plan import Measure, PlanDraft
from desktop.domain.progress import Progress, silent
from desktop.intake.duties.legends import spelled_out
from desktop.intake.duties.lexicon import Lexicon
from desktop.intake.duties.parts import Part, with_standing
from desktop.intake.duties.responsibility import first_leads
from desktop.intake.figures.targets import plan_targets
from desktop.intake.findings import find_problems
from desktop.intake.forms.limits import limited
from desktop.intake.forms.opening import read_document
from desktop.intake.prose.heading import find_city, find_title
from desktop.intake.prose.joining import paragraphs
from desktop.intake.prose.outline import Paragraph
from desktop.intake.prose.prose_plan import read_prose, standing_rules
from desktop.intake.stream.blocks import Document
from desktop.intake.tables.table_sequence import read_tables


def read_plan(path: Path, lexicon: Lexicon, progress: Progress = silent) -> PlanDraft:
    """A plan document as a draft with its problems; nothing is stored.

    Raises UnreadableError: file_missing, plan_empty, plan_too_large, plan_old_form, plan_encrypted,
    plan_macros, plan_damaged, plan_form_unknown, plan_image_only, plan_no_measures; CancelledError.
    """
    return limited(path.name, lambda steps: _read(path, lexicon, steps), progress)


def _read(path: Path, lexicon: Lexicon, progress: Progress) -> PlanDraft:
    document = spelled_out(read_document(path, progress))
    progress("recognising", 0, 3)
    prose = paragraphs(document.lines, document.hard_lines, lexicon)
    parts = _parts(document, prose, lexicon)
    if not parts:
        raise UnreadableError("plan_no_measures", file=path.name)
    progress("recognising", 1, 3)
    first_task = min(part.source[0] for part in parts)
    title, mark = find_title(document, prose, first_task, path.name)
    city = find_city(title, "\n".join(block.text for block in document.blocks), lexicon)
    measures = _measures(parts)
    targets = plan_targets(prose, parts, measures, city, lexicon, document)
    progress("recognising", 2, 3)
    problems = find_problems(parts, measures, targets, prose, mark, title, lexicon)
    return PlanDraft(title, city, measures, targets, problems, document.blocks, path.name)


def _parts(document: Document, prose: list[Paragraph], lexicon: Lexicon) -> list[Part]:
    """The measures of the document's tables, or of its prose where that holds more."""
    first = any(first_leads(paragraph.text) for paragraph in prose)
    tables = read_tables(document.tables, prose, lexicon, first)
    in_prose = read_prose(prose, lexicon, first)
    in_tables = tables.parts
    parts = in_tables if len(in_tables) >= len(in_prose) or _bear(in_tables) > _bear(in_prose) else in_prose
    return with_standing(parts, [*standing_rules(prose, lexicon), *tables.standing])


def _bear(parts: list[Part]) -> int:
    return sum(1 for part in parts if part.duties.duties)


def _measures(parts: list[Part]) -> tuple[Measure, ...]:
    """Measures with keys and parts counted from 1 within each task."""
    counts: Counter[str] = Counter()
    found = []
    for at, part in enumerate(parts, 1):
        counts[part.task_no] += 1
        measure = Measure(
            key=f"m-{at:03d}",
            task_no=part.task_no,
            part=counts[part.task_no],
            section=part.section,
            title=part.title,
            content=part.content,
            duties=part.duties.duties,
            wording=part.duties.wording,
            open_ended=part.duties.open_ended,
            deadline=part.deadline,
            remark=part.remark,
            source=part.source,
        )
        found.append(replace(measure))
    return tuple(found)
