"""The only wiring: arguments → paths → log → store → window or command."""

from __future__ import annotations

import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

from desktop.paths import Paths, usual_paths


def main(arguments: list[str] | None = None) -> int:
    """Runs the headless command that the arguments name, or the window; returns the exit status."""
    given = sys.argv[1:] if arguments is None else arguments
    paths = usual_paths()
    _log_to(paths)
    if given and not given[0].startswith("--workspace") and not _is_package(given[0]):
        from desktop.cli import main as command

        return command(_with_folders(given, paths), paths)
    try:
        from desktop.views.running import run_window

        return run_window(paths, *_window_arguments(given))
    except Exception:
        # An installed program has no console: what keeps it from starting stands in the log, or nowhere.
        logging.getLogger("lantian").exception("the window did not start")
        raise


def _with_folders(given: list[str], paths: Paths) -> list[str]:
    """`workspaces` without folders means those that were opened on this computer, which only the windows note."""
    rest = given[1:]
    if "--list-to" in rest:
        at = rest.index("--list-to")
        del rest[at : at + 2]
    if given[0] != "workspaces" or any(not word.startswith("-") for word in rest):
        return given
    from desktop.views.preferences import Preferences

    return [*given, *(str(folder) for folder in Preferences(paths.settings).recent)]


def _is_package(argument: str) -> bool:
    """A double click on a package passes its path."""
    return argument.lower().endswith(".jbx")


def _window_arguments(given: list[str]) -> tuple[Path | None, Path | None]:
    """The workspace to open and the package to look at, if they were named."""
    workspace = package = None
    rest = list(given)
    while rest:
        word = rest.pop(0)
        if word == "--workspace" and rest:
            workspace = Path(rest.pop(0))
        elif word.startswith("--workspace="):
            workspace = Path(word.partition("=")[2])
        elif _is_package(word):
            package = Path(word)
    return workspace, package


def _log_to(paths: Paths) -> None:
    """Warnings and faults go to a file of at most 1 MB, with one older one; never to the user."""
    logger = logging.getLogger("lantian")
    logger.setLevel(logging.INFO)
    try:
        paths.user.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            paths.log, maxBytes=1_000_000, backupCount=1, encoding="utf-8"
        )
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger.handlers = [handler]
    logger.propagate = False


if __name__ == "__main__":
    sys.exit(main())
