"""The whole program as a process of its own: it says that it started, and a later start hands its package over and ends."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tests.conftest import ROOT

_SECONDS = 60.0


def laid(folder: Path) -> Path:
    """The program as setup lays it, as far as Linux can run it: `desktop` and `resources` in a version's folder."""
    app = folder / "versions" / "0.1.0" / "app"
    app.mkdir(parents=True)
    (folder / "current.ini").write_text("[lantian]\ncurrent=0.1.0\nversion=0.1.0\n", "ascii")
    shutil.copytree(ROOT / "desktop", app / "desktop", ignore=shutil.ignore_patterns("__pycache__"))
    (app / "resources").symlink_to(ROOT / "resources")
    return app


def test_a_start_is_noted_and_the_next_one_hands_over(tmp_path: Path) -> None:
    app, home = laid(tmp_path / "程序"), tmp_path / "home"
    environment = {**os.environ, "LANTIAN_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "desktop"]
    with subprocess.Popen(command, cwd=app, env=environment, stderr=subprocess.DEVNULL) as first:
        try:
            started = app.parent / "started"
            until = time.monotonic() + _SECONDS
            while not started.exists() and time.monotonic() < until and first.poll() is None:
                time.sleep(0.05)
            assert started.exists(), "the launcher would take this version for one that does not start"
            package = tmp_path / "任务包.jbx"
            package.write_bytes(b"not a package; the first program says so")
            second = subprocess.run(
                [*command, str(package)], cwd=app, env=environment, timeout=_SECONDS, check=False
            )
            assert second.returncode == 0 and first.poll() is None
        finally:
            first.kill()
    log = (home / "lantian.log").read_text("utf-8")
    assert log.count("started") == 1, "the second one never opened a window"


def test_several_packages_opened_at_once_start_one_program(tmp_path: Path) -> None:
    app, home = laid(tmp_path / "程序"), tmp_path / "home"
    environment = {**os.environ, "LANTIAN_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    packages = [tmp_path / f"{name}.jbx" for name in ("甲", "乙", "丙")]
    for package in packages:
        package.write_bytes(b"not a package")
    started = [
        subprocess.Popen([sys.executable, "-m", "desktop", str(package)], cwd=app, env=environment)
        for package in packages
    ]
    try:
        until = time.monotonic() + 2 * _SECONDS
        while sum(process.poll() is None for process in started) > 1 and time.monotonic() < until:
            time.sleep(0.1)
        assert sorted(process.poll() is None for process in started) == [False, False, True]
        assert {process.poll() for process in started} == {0, None}
        assert (app.parent / "started").exists(), (
            "the start page comes first in a version that has not started yet"
        )
    finally:
        for process in started:
            process.kill()
            process.wait()
    assert (home / "lantian.log").read_text("utf-8").count("started") == 1


def test_what_keeps_a_version_from_starting_is_an_exit_status_and_stands_in_the_log(tmp_path: Path) -> None:
    app, home = laid(tmp_path), tmp_path / "home"
    (app / "desktop" / "views" / "theme.py").unlink()
    environment = {**os.environ, "LANTIAN_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", "desktop"],
        cwd=app,
        env=environment,
        capture_output=True,
        timeout=_SECONDS,
        check=False,
    )
    assert done.returncode == 1 and not (app.parent / "started").exists()
    assert "desktop.views.theme" in (home / "lantian.log").read_text("utf-8")
