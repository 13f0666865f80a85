"""No code without a sentence: a user is never shown a code instead of what to do."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.errors import RefusedError, UserError
from desktop.wording import errors, findings, problems

ROOT = Path(__file__).resolve().parent.parent.parent
ERROR_CLASSES = {"UserError", "RefusedError", "UnreadableError"}


def calls(*packages: str) -> Iterator[ast.Call]:
    for package in packages:
        for path in (ROOT / "desktop" / package).rglob("*.py"):
            yield from (
                n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call)
            )


def first_words(names: set[str], *packages: str) -> set[str]:
    """Constant first arguments of calls to these names."""
    found = set()
    for call in calls(*packages):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if (
            name in names
            and call.args
            and isinstance(call.args[0], ast.Constant)
            and isinstance(call.args[0].value, str)
        ):
            found.add(call.args[0].value)
    return found


def test_every_error_code_that_is_raised_has_a_sentence() -> None:
    raised = first_words(
        ERROR_CLASSES, "domain", "intake", "storage", "exchange", "reports", "services", "views"
    ) | first_words(ERROR_CLASSES, "../desktop")
    assert raised - errors.known_codes() == set()
    assert len(raised) > 60


def test_every_finding_has_words() -> None:
    raised = first_words({"Finding", "add"}, "domain")
    assert raised - findings.known_codes() == set()
    assert {"status_missing", "progress_missing", "reading_missing"} <= findings.known_codes()


def test_every_problem_that_is_found_has_a_question() -> None:
    raised = first_words({"PlanProblem"}, "intake", "services") | {
        call.args[1].value
        for call in calls("intake")
        if getattr(call.func, "id", "") in ("_at", "_on") and isinstance(call.args[1], ast.Constant)
    }
    assert {"blank_figure", "no_implementer", "unknown_unit"} <= raised | {"unknown_unit"}
    assert raised - problems.known_codes() == set()


@pytest.mark.parametrize("code", sorted(errors.known_codes()))
def test_a_sentence_says_what_is_safe_and_avoids_office_jargon(code: str) -> None:
    said = errors.sentence(RefusedError(code))
    assert said.title.strip() and said.text.strip()
    for word in ("失败", "非法", "异常", "管理员", "JSON", "hash", "！"):
        assert word not in said.title + said.text


def test_facts_fill_the_sentence_and_sizes_are_read_as_people_read_them() -> None:
    said = errors.sentence(UserError("disk_full", folder="E:\\", need=40_300_000, free=12_000_000))
    assert "40.3 MB" in said.text and "12.0 MB" in said.text
