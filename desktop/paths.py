"""Where things lie on this computer: one frozen value, made once and passed in."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Paths:
    """`resources` is shipped and read-only; `user` holds this person's settings and logs."""

    resources: Path
    user: Path

    @property
    def fonts(self) -> Path:
        return self.resources / "fonts"

    @property
    def icons(self) -> Path:
        return self.resources / "icons"

    @property
    def style(self) -> Path:
        return self.resources / "style"

    @property
    def regions(self) -> Path:
        return self.resources / "regions"

    @property
    def sample(self) -> Path:
        return self.resources / "sample"

    @property
    def help(self) -> Path:
        return self.resources / "help"

    @property
    def log(self) -> Path:
        return self.user / "lantian.log"

    @property
    def settings(self) -> Path:
        return self.user / "settings.ini"


def usual_paths() -> Paths:
    """The paths of an installed program or a checkout; `LANTIAN_HOME` moves the user's folder."""
    resources = Path(__file__).resolve().parent.parent / "resources"
    home = os.environ.get("LANTIAN_HOME")
    if home:
        user = Path(home)
    elif sys.platform == "win32":
        user = Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "LantianJibao"
    else:
        user = Path(os.environ.get("XDG_STATE_HOME", str(Path.home() / ".local" / "state"))) / "lantian"
    return Paths(resources, user)
