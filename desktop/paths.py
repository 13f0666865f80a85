"""Where things lie on this computer: one frozen value, made once and passed in."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Paths:
    """`resources` is shipped and read-only; `user` holds this person's settings and logs.

    `version` is the installed version's folder, None in a checkout.
    """

    resources: Path
    user: Path
    version: Path | None = None

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

    @property
    def program(self) -> Path | None:
        """The folder that setup made; None in a checkout."""
        return None if self.version is None else self.version.parent.parent

    @property
    def licences(self) -> Path | None:
        """The licences of everything that is shipped, in one file; None in a checkout."""
        return None if self.version is None else self.version / "licenses" / "licences.txt"


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
    return Paths(resources, user, _installed(resources.parent.parent))


def _installed(folder: Path) -> Path | None:
    """The folder, if setup laid it: under `versions`, beside the file that names the one that runs."""
    laid = folder.parent.name == "versions" and (folder.parent.parent / "current.ini").is_file()
    return folder if laid else None


def is_proven(paths: Paths) -> bool:
    """Whether this version has started before; in a checkout nothing asks."""
    return paths.version is None or (paths.version / "started").exists()


def note_started(paths: Paths) -> None:
    """Tells the launcher that this version runs: only then the one before it may go. A full disk keeps both."""
    if paths.version is not None:
        with suppress(OSError):
            (paths.version / "started").touch()
