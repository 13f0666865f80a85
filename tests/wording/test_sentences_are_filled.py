"""Every sentence is shown with the facts that those who raise it really give: no empty quotation marks, no holes."""

from __future__ import annotations

import ast
import errno
import re
from pathlib import Path

import pytest

from desktop.domain.errors import RefusedError, UnreadableError, UserError
from desktop.services.writing import as_user_error
from desktop.wording import errors
from tests.wording.test_every_code_has_words import ERROR_CLASSES, calls

HOLES = re.compile(r"“”|「」|（）|\(\)|[{}]|只剩，|要。|第次|还有条|还有处|让重新|向核实|是发给的")
LAYERS = ("domain", "intake", "storage", "exchange", "reports", "services")


def given() -> list[tuple[str, frozenset[str]]]:
    """Code and names of facts of every call that raises with a constant code and no `**`."""
    found = set()
    for call in calls(*LAYERS):
        name = getattr(call.func, "id", "")
        constant = bool(call.args) and isinstance(call.args[0], ast.Constant)
        if name in ERROR_CLASSES and constant and all(k.arg for k in call.keywords):
            found.add((call.args[0].value, frozenset(k.arg for k in call.keywords if k.arg)))
    return sorted(found, key=lambda pair: (pair[0], sorted(pair[1])))


@pytest.mark.parametrize(
    ("code", "names"), given(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_facts_that_are_given_fill_the_sentence(code: str, names: frozenset[str]) -> None:
    said = errors.sentence(UserError(code, **dict.fromkeys(names, 3)))
    assert not HOLES.search(said.title + said.text), (said, names)


@pytest.mark.parametrize("code", ["package_altered", "evidence_altered", "document_altered"])
def test_altered_files_are_named(code: str) -> None:
    said = errors.one_line(UnreadableError(code, file="report.pdf", path="/x", reason="altered"))
    assert "report.pdf" in said and "这一步没有做成" not in said


def test_workspace_held_by_nobody_known() -> None:
    said = errors.one_line(RefusedError("workspace_in_use", folder="E:\\a", holder="", since=""))
    assert not HOLES.search(said) and "（起）" not in said and "E:\\a" in said


def test_full_disk_without_figures() -> None:
    said = errors.one_line(RefusedError("disk_full", folder="E:\\a"))
    assert not HOLES.search(said) and "E:\\a" in said


@pytest.mark.parametrize(
    "reason",
    [
        "read_only", "no_permission", "missing", "not_a_folder", "is_a_folder", "io_error", "in_use", "gone",
        "name_too_long",
    ],
)  # fmt: skip
def test_reasons_are_told_in_chinese(reason: str) -> None:
    for code in ("folder_not_writable", "file_unreadable", "evidence_unreadable"):
        said = errors.one_line(RefusedError(code, folder="", file="", reason=reason))
        assert reason not in said


def test_writing_out_says_why_in_chinese(tmp_path: Path) -> None:
    for number in (errno.EACCES, errno.EROFS, errno.EINVAL, errno.ENAMETOOLONG):
        error = as_user_error(OSError(number, "english words"), tmp_path, 10)
        assert "english" not in errors.one_line(error)


def test_a_folder_does_not_read_on_behind_a_sentence() -> None:
    said = errors.sentence(RefusedError("workspace_missing", folder="D:\\蓝天季报"))
    assert said.text.endswith("。位置：D:\\蓝天季报")
    assert "位置" not in errors.sentence(RefusedError("workspace_missing", folder="")).text


def test_a_quarter_is_said_as_people_say_it() -> None:
    said = errors.sentence(RefusedError("answer_without_report", quarter="2025Q1", revision=2))
    assert "2025年第一季度第2次报送" in said.text
    assert "“去年”" in errors.sentence(UnreadableError("quarter_wrong", quarter="去年")).title
