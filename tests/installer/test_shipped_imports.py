"""What the program imports is on the keep list: told from the modules that Linux loads, the same ones but for endings."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from installer.keep import matches, read_keep_list
from installer.record import LEFT_OUT, foreign_imports
from tests.conftest import ROOT

# Loads every module of the program and every foreign module that it names, and tells which files they came from.
_LOAD = """
import importlib, json, pkgutil, sys
import desktop
for found in pkgutil.walk_packages(desktop.__path__, "desktop."):
    if not found.name.endswith("__main__"):
        importlib.import_module(found.name)
for name in json.loads(sys.argv[1]):
    importlib.import_module(name)
files = [getattr(m, "__file__", None) or "" for m in list(sys.modules.values())]
print(json.dumps(sorted({f.partition("site-packages")[2][1:] for f in files if "site-packages" in f})))
"""
# Of the development environment alone.
_OURS = ("_distutils_hack/",)


def test_every_module_that_is_loaded_is_shipped() -> None:
    command = [sys.executable, "-c", _LOAD, json.dumps(foreign_imports())]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    loaded = [file.replace(os.sep, "/") for file in json.loads(done.stdout)]
    keep = read_keep_list()
    kept = [pattern for package in keep.packages.values() for pattern in package.keep]
    dropped = [*keep.drop, *(pattern for package in keep.packages.values() for pattern in package.drop)]
    python = [f for f in loaded if f.endswith(".py") and not f.startswith(_OURS)]
    assert len(python) > 400
    assert [f for f in python if not any(matches(p, f) for p in kept)] == []
    assert [f for f in python if any(matches(p, f) for p in dropped)] == []
    binaries = [f.split(".")[0] for f in loaded if not f.endswith(".py")]
    shipped = [p.removesuffix(".pyd").removesuffix(".*") for p in kept if p.endswith(".pyd")]
    wide = [p.removesuffix("**") for p in kept if p.endswith("/**")]
    assert binaries and [b for b in binaries if b not in shipped and not b.startswith(tuple(wide))] == []


def test_nothing_is_asked_of_the_standard_library_that_is_not_shipped() -> None:
    assert not [name for name in foreign_imports() if name.split(".")[0] in LEFT_OUT]
    assert {f"_{name}.pyd" for name in ("multiprocessing",)} | {"winsound.pyd"} <= set(
        read_keep_list().python.leave
    )


def test_qt_modules_that_the_program_names_have_their_libraries() -> None:
    keep = read_keep_list().packages["pyside6-essentials"].keep
    named = [name.partition(".")[2] for name in foreign_imports() if name.startswith("PySide6.")]
    assert "QtWidgets" in named and "QtNetwork" in named
    for module in named:
        assert f"PySide6/{module}.pyd" in keep and f"PySide6/{module.replace('Qt', 'Qt6', 1)}.dll" in keep
