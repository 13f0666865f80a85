"""What the build's tools put of their own into what they make: NSIS into setup and uninstaller, mingw into every exe."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from installer.authenticode import facts, read_signatures
from installer.compiling import COMPILER
from installer.inputs import BuildError
from installer.manifest import digest
from installer.product import HERE
from installer.staging import Package

NSIS = "nsis"
PLUGINS = ("System.dll", "nsDialogs.dll", "nsExec.dll")
"""Libraries that lie in setup or uninstaller and are unpacked while those run."""
_PLUGIN_FOLDER = Path("/usr/share/nsis/Plugins/amd64-unicode")


def carried_packages() -> dict[str, Package]:
    """NSIS, the start-up code of MinGW-w64 and the support routines of GCC, in the versions of this machine. Raises BuildError."""
    nsis = _found(r"v(\d+\.\d+)", ["makensis", "-VERSION"])
    compiler = _found(r"(\d+)", [COMPILER, "-dumpversion"])
    macros = '#include <_mingw.h>\n"is" __MINGW64_VERSION_MAJOR __MINGW64_VERSION_MINOR\n'
    mingw = _found(r'"is" (\d+ \d+)', [COMPILER, "-E", "-P", "-"], macros).replace(" ", ".")
    rows = (
        (NSIS, nsis, "Zlib AND CPL-1.0", "code of setup and uninstall.exe", (NSIS,)),
        ("mingw-w64", mingw, "ZPL-2.1", "start-up code of the launchers and of uninstall.exe", ("mingw-w64",)),
        ("gcc-runtime", compiler, "GPL-3.0-or-later WITH GCC-exception-3.1", "support routines in the same", ("gcc-runtime", "GPL-3.0")),
    )  # fmt: skip
    return {
        name: Package(
            name, version, licence, f"pkg:generic/{name}@{version}", why=why,
            licences={f"{text}.txt": (HERE / "licences" / f"{text}.txt").read_bytes() for text in texts},
        )
        for name, version, licence, why, texts in rows
    }  # fmt: skip


def plugin_rows() -> list[dict[str, object]]:
    """Each of PLUGINS as the manifest lists a file. Raises BuildError."""
    rows: list[dict[str, object]] = []
    for name in PLUGINS:
        path = _PLUGIN_FOLDER / name
        if not path.is_file():
            raise BuildError(f"NSIS' {name} is not where Debian puts it: {_PLUGIN_FOLDER}")
        data = path.read_bytes()
        rows.append(
            {"path": f"setup/{name}", "size": len(data), "sha256": digest(data), "package": NSIS, "authenticode": facts(read_signatures(path))}
        )  # fmt: skip
    return rows


def _found(pattern: str, command: list[str], given: str = "") -> str:
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    found = re.search(pattern, done.stdout)
    if found is None:
        raise BuildError(f"{command[0]} does not tell its version: {done.stdout[-200:]}{done.stderr[-200:]}")
    return found[1]
