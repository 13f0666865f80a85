"""The headless face with bad input: the promised exit status, JSON alone on standard output, a Chinese sentence, no traceback."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from desktop import cli
from desktop.cli import receiving
from desktop.paths import Paths


class Ran:
    def __init__(self, status: int, out: bytes, said: str) -> None:
        self.status, self.said = status, said
        self.out: Any = json.loads(out.decode("utf-8")) if out else None


@pytest.fixture
def lantian(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs a command in this process on streams that can write ASCII only."""

    def run(*arguments: object) -> Ran:
        out, said = io.BytesIO(), io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out, "ascii", write_through=True))
        monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(said, "ascii", write_through=True))
        status = cli.main([str(a) for a in arguments], paths)
        ran = Ran(status, out.getvalue(), said.getvalue().decode("utf-8"))
        assert "Traceback" not in ran.said and "Errno" not in ran.said
        return ran

    return run


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Something that is no folder and no package."""
    path = tmp_path / "文件.txt"
    path.write_text("x", encoding="utf-8")
    return path


def test_help_is_no_json_and_goes_beside_it(lantian: Any) -> None:
    for arguments in (["--help"], ["plan", "--help"], ["demo", "-h"]):
        ran = lantian(*arguments)
        assert (ran.status, ran.out) == (0, None)
        assert "lantian" in ran.said


def test_plan_read_of_a_folder(lantian: Any, tmp_path: Path) -> None:
    ran = lantian("plan", "read", tmp_path)
    assert (ran.status, ran.out["items"], len(ran.out["problems"])) == (2, [], 1)


def test_demo_where_a_file_stands(lantian: Any, file: Path) -> None:
    for place in (file, file / "下面"):
        ran = lantian("demo", place)
        assert (ran.status, ran.out) == (1, None)
        assert str(file) in ran.said


def test_demo_into_a_folder_in_use(lantian: Any, file: Path) -> None:
    ran = lantian("demo", file.parent)
    assert ran.status == 1 and "不是空的" in ran.said
    assert [p.name for p in file.parent.iterdir() if p != file] in ([], ["user"])


@pytest.mark.parametrize(
    "options", [("--region", "没有的市"), ("--quarter", "2025Q5"), ("--quarter", "二〇二五")]
)
def test_demo_with_wrong_words_makes_nothing(lantian: Any, tmp_path: Path, options: tuple[str, str]) -> None:
    ran = lantian("demo", tmp_path / "演示", *options)
    assert ran.status == 2 and options[1] in ran.said
    assert not (tmp_path / "演示").exists()


def test_verify_of_garbage_and_against_garbage(lantian: Any, file: Path, tmp_path: Path) -> None:
    assert lantian("verify", file).status == 2
    assert lantian("verify", tmp_path).status == 2
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\nnothing\n%%EOF\n")
    ran = lantian("verify", tmp_path / "a.pdf")
    assert (ran.status, ran.out["problems"]) == (1, ["pdf_not_signed"])
    for root in (file, tmp_path / "没有.pem", tmp_path):
        assert lantian("verify", tmp_path / "a.pdf", "--trust", root).status == 2


def test_receive_and_report_without_a_workspace(lantian: Any, file: Path, tmp_path: Path) -> None:
    for place in (file, tmp_path / "没有"):
        ran = lantian("receive", file, "--workspace", place)
        assert (ran.status, ran.out) == (2, None) and "没有工作区" in ran.said


def test_quarter_that_is_none(lantian: Any, tmp_path: Path) -> None:
    for quarter in ("2025", "2025Q0", "２０２５Q1", "0000Q1"):
        ran = lantian("submit", "--workspace", tmp_path, "--quarter", quarter, "--out", tmp_path)
        assert ran.status == 2 and quarter in ran.said


def test_one_name_for_paper_and_workbook(lantian: Any, tmp_path: Path) -> None:
    same = tmp_path / "a.pdf"
    ran = lantian("report", "--workspace", tmp_path, "--quarter", "2025Q1", "--pdf", same, "--xlsx", same)
    assert ran.status == 2 and not same.exists()


def test_stopping_it_leaves_no_traceback(
    lantian: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(receiving, "workspace", stopped)
    ran = lantian("receive", tmp_path / "a.jbx", "--workspace", tmp_path)
    assert ran.status == 1 and ran.out is None
