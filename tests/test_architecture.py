"""The direction of imports, as contracts in pyproject.toml, and a few things that no linter knows."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FORBIDDEN_MODULE_NAMES = {"utils", "misc", "helpers", "manager", "common"}


def test_imports_point_down_only() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def modules() -> Iterator[Path]:
    return (ROOT / "desktop").rglob("*.py")


def test_no_module_is_a_drawer() -> None:
    assert [path for path in modules() if path.stem in FORBIDDEN_MODULE_NAMES] == []


def test_the_domain_imports_nothing_but_itself_and_the_standard_library() -> None:
    for path in (ROOT / "desktop" / "domain").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                first = name.split(".")[0]
                assert name.startswith("desktop.domain") or first in sys.stdlib_module_names, (
                    f"{path.name}: {name}"
                )


def test_the_window_does_not_wait_for_slow_libraries() -> None:
    """Start-up must not load what only signing, reading plans or making reports needs."""
    program = (
        "import sys, desktop.views.application, desktop.views.pages.start\n"
        "slow = {'pyhanko', 'reportlab', 'openpyxl', 'docx', 'pdfplumber', 'cryptography', 'pypdfium2'}\n"
        "print(sorted(slow & {name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def test_the_first_page_brings_no_library_that_it_does_not_use() -> None:
    """Old office PCs wait for every module: spreadsheets, PDF, signatures and plan reading come when somebody uses them."""
    heavy = ("openpyxl", "reportlab", "docx", "pdfplumber", "pypdfium2", "pyhanko", "segno", "cryptography")
    code = f"import sys, desktop.views.application, desktop.views.pages.filling; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
