"""built.json: what the committed sources last gave. CI builds when what shapes the installer has changed since.

What is copied as it is does not count byte by byte: the program's own modules and resources, whose tests are not this
folder's. What counts is which foreign modules they import, which resources there are, the version, and all of installer/.

`python -m installer.record` ends with 0 when the record holds, with 1 when a build is due.
"""

from __future__ import annotations

import ast
import hashlib
import json
import sys
from pathlib import Path

from installer.product import HERE, ROOT, program_version, tracked

RECORD = HERE / "built.json"
# What is taken of this is a module; and modules whose library is not shipped.
_PACKAGES = {"PySide6"}
LEFT_OUT = {"multiprocessing", "winsound"}
_DRAWN = "app.svg"
_NO_INPUTS = {"built.json", "README.md", "ON-WINDOWS.md"}


def inputs_digest() -> str:
    """One SHA-256 over everything that shapes the installer, the same on every machine."""
    total = hashlib.sha256()
    for name, data in sorted(_inputs().items()):
        total.update(f"{name} {hashlib.sha256(data).hexdigest()}\n".encode())
    return total.hexdigest()


def _inputs() -> dict[str, bytes]:
    found = {"version": program_version().encode(), "imports": "\n".join(foreign_imports()).encode()}
    for name in (*tracked("installer"), *tracked("resources"), "LICENSE", "pyproject.toml", "dev.py"):
        if "/checking/" in name or name.rpartition("/")[2] in _NO_INPUTS:
            continue
        is_copied = name.startswith("resources/") and not name.endswith(f"/{_DRAWN}")
        found[name] = b"" if is_copied else (ROOT / name).read_bytes()
    return found


def foreign_imports(root: Path = ROOT / "desktop") -> list[str]:
    """Every module from outside that the program names, wherever in its files, with what it takes from packages of Qt.

    Of the standard library only what keep.toml leaves out is named, for then it would be missed.
    """
    found: set[str] = set()
    for path in root.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                found.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                taken = (
                    [f"{node.module}.{alias.name}" for alias in node.names]
                    if node.module in _PACKAGES
                    else []
                )
                found.update(taken or [node.module])
    own = {*sys.stdlib_module_names, "desktop"} - LEFT_OUT
    return sorted(name for name in found if name.split(".")[0] not in own)


def read_record() -> dict[str, object]:
    """The committed record; empty when there is none."""
    if not RECORD.is_file():
        return {}
    data = json.loads(RECORD.read_text(encoding="utf-8"))
    assert isinstance(data, dict)
    return data


if __name__ == "__main__":
    holds = read_record().get("inputs") == inputs_digest()
    sys.stderr.write("what shapes the installer is as recorded; not built\n" if holds else "a build is due\n")
    sys.exit(0 if holds else 1)
