"""Names and numbers of what is installed, said once for the script, the launcher and the records."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "installer"
LOCK = HERE / "windows.lock"

NAME = "蓝天季报"
IDENTITY = "LantianJibao"
PUBLISHER = "lantian-jibao contributors"
# Qt 6.11 is made for Windows 10 1809; before 1703 its Qt6Core.dll does not load at all.
LEAST_WINDOWS_BUILD = 17763
# The goals of issue 6, in bytes.
MOST_SETUP = 90_000_000
MOST_INSTALLED = 260_000_000

_VERSION = re.compile(r"\d{1,5}\.\d{1,5}\.\d{1,5}")


def program_version(root: Path = ROOT) -> str:
    """`__version__` of the program, read and not imported."""
    text = (root / "desktop" / "__init__.py").read_text(encoding="utf-8")
    return checked_version(re.findall(r'^__version__ = "(.*)"$', text, re.MULTILINE)[0])


def checked_version(version: str) -> str:
    """Three numbers with points, which Windows, setup and the launcher can all compare. Raises ValueError."""
    if not _VERSION.fullmatch(version):
        raise ValueError(f"not a version of three numbers: {version}")
    return version


def four_numbers(version: str) -> str:
    """The form of Windows' version resources."""
    return version + ".0"


def tracked(folder: str) -> list[str]:
    """Files of a folder that git knows, as paths from the checkout: what somebody left lying there is not shipped.

    Without git (an exported tree), all files but compiled and hidden ones.
    """
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--", folder]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if done.returncode == 0 and done.stdout:
        return sorted(
            name for name in done.stdout.decode("utf-8").split("\0") if name and (ROOT / name).is_file()
        )
    found = (path for path in (ROOT / folder).rglob("*") if path.is_file() and not path.name.startswith("."))
    return sorted(path.relative_to(ROOT).as_posix() for path in found if "__pycache__" not in path.parts)
