"""What the parts of the check share."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from installer.checking import looking
from installer.checking.installation import Installation
from installer.checking.looking import Window
from installer.checking.protocol import Protocol
from installer.checking.wine import Running, Wine

INSIDE = Path(__file__).resolve().parent / "inside"
# Generous: the machine may have other work.
START_SECONDS = 120.0
CLOSE_SECONDS = 90.0


@dataclass
class Trial:
    """A Windows, what is installed on it, and where findings go. `older`: a setup of the same code with a lower number."""

    wine: Wine
    here: Installation
    protocol: Protocol
    setup: Path
    older: Path
    stand_ins: dict[str, str]
    places: dict[str, Path] = field(default_factory=dict)

    @property
    def documents(self) -> Path:
        """Where the person keeps files; a Chinese name with a blank."""
        place = self.wine.home / "Documents" / "季报 资料"
        place.mkdir(parents=True, exist_ok=True)
        return place

    def picture(self, name: str) -> None:
        self.wine.picture(self.protocol.picture(name))

    def script(self, name: str, *arguments: object, seconds: float) -> str:
        """Runs one of inside/ by the installed interpreter; returns what it said. Raises RuntimeError unless it ended well."""
        done = self.wine.run(self.here.python, "-X", "utf8", INSIDE / name, *arguments, seconds=seconds)
        if done.status != 0:
            raise RuntimeError(f"{name}: exit {done.status}: {done.err[-800:]}")
        return done.out

    def open(self, *arguments: object) -> tuple[Running, Window | None, float]:
        """Starts the program alone, in a window; the window, None if none came, and after how many seconds it was there."""
        if not self.close_program():
            raise RuntimeError(f"still open: {looking.open_windows(self.wine)}")
        begun = time.monotonic()
        running = self.wine.start(self.here.program, *arguments)
        window = looking.wait_for(self.wine, looking.of_program, START_SECONDS)
        return running, window, round(time.monotonic() - begun, 1)

    @contextmanager
    def program(self, *arguments: object) -> Iterator[Window]:
        """The program with its window before all others; closed by its cross afterwards. Raises RuntimeError when none comes."""
        running, window, _ = self.open(*arguments)
        if window is None:
            running.kill()
            raise RuntimeError(f"no window: {running.wait(1).err[-500:]}")
        looking.front(self.wine, window)
        time.sleep(2)
        try:
            yield window
        finally:
            self.close_program()
            # An upgraded program's first process has ended before; any other ends now.
            running.wait(CLOSE_SECONDS)

    def close_program(self) -> bool:
        """A click on the cross of each of the program's windows; whether all were gone in time."""
        until = time.monotonic() + CLOSE_SECONDS
        while windows := [w for w in looking.open_windows(self.wine) if looking.of_program(w)]:
            if time.monotonic() > until:
                return False
            looking.close(self.wine, windows[0])
            time.sleep(1)
        return True
