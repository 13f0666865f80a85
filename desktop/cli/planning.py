"""`plan read`: what is read in a plan's file; `demo`: the whole job on a sample."""

from __future__ import annotations

import argparse
from typing import Any

from desktop.cli.speaking import DONE, UNREADABLE, now, print_json, quarter_of, say
from desktop.domain.errors import UserError
from desktop.domain.plan import DutyRole, PlanDraft, PlanProblem
from desktop.paths import Paths
from desktop.wording import errors, problems, steps


def read(options: argparse.Namespace, paths: Paths) -> int:
    from desktop.services.opening import region_for_city, shipped_regions
    from desktop.services.planning import read_document, resolve

    try:
        regions = shipped_regions(paths.regions)
        draft = read_document(options.file, regions)
    except UserError as error:
        message = errors.one_line(error)
        problem = {"task_no": "", "part": 0, "code": error.code, "severity": "error", "message": message}
        print_json({"title": "", "city": "", "items": [], "targets": [], "problems": [problem]})
        say(message)
        return UNREADABLE
    region = region_for_city(regions, draft.city)
    print_json(plan_json(resolve(draft, region) if region else draft))
    return DONE


def plan_json(draft: PlanDraft) -> dict[str, Any]:
    """A draft in the form that `plan read` prints."""
    return {
        "title": draft.title,
        "city": draft.city,
        "items": [
            {
                "task_no": m.task_no, "part": m.part, "section": m.section, "title": m.title, "content": m.content,
                **{role.value: list(m.names(role)) for role in DutyRole},
                "wording": m.wording, "open_ended": m.open_ended, "deadline": m.deadline, "remark": m.remark,
            }
            for m in draft.measures
        ],
        "targets": [
            {
                "task_no": t.task_no, "part": t.part, "indicator": t.indicator, "comparator": t.comparator.value,
                "value": _number(t.value), "unit": t.unit, "deadline": t.deadline, "scope": t.scope, "text": t.text,
            }
            for t in draft.targets
        ],
        "problems": [_problem_json(p) for p in draft.problems],
    }  # fmt: skip


def _number(value: Any) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _problem_json(problem: PlanProblem) -> dict[str, Any]:
    return {
        "task_no": problem.task_no,
        "part": problem.part,
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problems.message(problem),
    }


def demo(options: argparse.Namespace, paths: Paths) -> int:
    from desktop.services.demonstrating import demonstrate

    quarter_of(options.quarter)

    def progress(step: str, done: int, total: int) -> None:
        say(f"{steps.STEP.get(step, steps.OTHER)}（{done}/{total}）")

    made = demonstrate(
        options.out, paths, options.plan, options.quarter, options.region, now(), progress=progress
    )
    print_json(made)
    return DONE
