"""The windows that are open inside, what stands in them, and words given to them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from installer.checking.wine import Wine

_LOOK = "C:\\windows\\look.exe"
_OWN = ("Shell_TrayWnd", "Progman", "__wine_", "#32769")


@dataclass(frozen=True)
class Window:
    """A visible top window, with its place on the screen."""

    handle: str
    process: int
    kind: str
    title: str
    left: int
    top: int
    width: int
    height: int


def open_windows(wine: Wine) -> list[Window]:
    """What a person sees, without Wine's own desktop."""
    found = []
    for line in wine.run(_LOOK, "list", seconds=30).out.splitlines():
        handle, process, kind, title, *place = line.split("\t")
        if not kind.startswith(_OWN):
            found.append(Window(handle, int(process), kind, title, *map(int, place)))
    return found


def wait_for(wine: Wine, wanted: Callable[[Window], bool], seconds: float) -> Window | None:
    """The first window that is wanted; None when none came in time."""
    until = time.monotonic() + seconds
    while True:
        found = next((w for w in open_windows(wine) if wanted(w)), None)
        if found is not None or time.monotonic() > until:
            return found
        time.sleep(0.3)


def of_program(window: Window) -> bool:
    """A window of Qt's, which the program's are and setup's are not."""
    return window.kind.startswith("Qt") and window.width > 300


def is_message(window: Window) -> bool:
    """A message box or another of Windows' own dialogs."""
    return window.kind == "#32770"


def words(wine: Wine, window: Window) -> str:
    """What stands in its controls; Qt's windows have none."""
    return wine.run(_LOOK, "texts", window.handle, seconds=30).out


def close(wine: Wine, window: Window) -> None:
    wine.run(_LOOK, "close", window.handle, seconds=30)


def front(wine: Wine, window: Window) -> None:
    wine.run(_LOOK, "front", window.handle, seconds=30)


def type_words(wine: Wine, text: str) -> None:
    """Into what has the focus, sign by sign, as an input method gives them."""
    wine.run(_LOOK, "type", text, seconds=30 + len(text) / 10)


def double_click(wine: Wine, file: Path) -> bool:
    """Opens a file with the program that its type belongs to; whether there is one."""
    return wine.run(_LOOK, "open", file, seconds=30).status == 0
