"""python3 dev.py installer: builds dist/lantian-<version>-setup.exe with its manifest, bill of materials and checksums.

--quick        packs fast and larger, for trying
--twice        builds a second time elsewhere and compares every byte
--if-changed   nothing unless what shapes the installer changed since installer/built.json (CI; dev.py asks before all else)
--version N    a twin of the same program under another number
--out FOLDER   instead of dist/
--check        builds it and an older twin, then checks both under Wine (installer/checking)
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import time
from email.parser import HeaderParser
from pathlib import Path
from zipfile import ZipFile

from installer import product, signing
from installer.carried import NSIS, carried_packages, plugin_rows
from installer.compiling import COMPILER, RESOURCES, compile_launchers
from installer.inputs import BuildError, cache_folder, fetch, normal
from installer.keep import read_keep_list
from installer.licences import licence_page, put_licences
from installer.manifest import as_json, build_manifest, digest, file_rows, shipped_manifest
from installer.packing import UNINSTALLER, installed_size, make_uninstaller, pack
from installer.record import RECORD, inputs_digest
from installer.sbom import bill
from installer.staging import Stage, lay_out

TOOLS = ("makensis", COMPILER, RESOURCES, "osslsigncode")
_WORK = product.ROOT / "build" / "installer"


def main(arguments: list[str]) -> int:
    """Exit status: 0 built (and checked), 1 a difference or a failed check, 2 cannot be built here."""
    parser = argparse.ArgumentParser(prog="dev.py installer", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)  # fmt: skip
    for flag in ("--quick", "--twice", "--check"):
        parser.add_argument(flag, action="store_true")
    parser.add_argument("--version", default=product.program_version(), type=product.checked_version)
    parser.add_argument("--out", default=product.ROOT / "dist", type=Path)
    options = parser.parse_args(arguments)
    try:
        setup = build(_WORK, options.version, options.out.resolve(), options.quick)
        if options.twice and not _same_again(setup, options.version, options.quick):
            return 1
        if options.check:
            return _check(setup, options.version)
    except BuildError as error:
        _say(f"not built: {error}")
        return 2
    return 0


def build(work: Path, version: str, out: Path, quick: bool) -> Path:
    """All files of one version in `out`; returns the setup's path. Raises BuildError."""
    begun = time.monotonic()
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        raise BuildError(f"not on this machine: {', '.join(missing)}; dev.py installs them as root on Debian")
    embed, wheels = fetch(cache_folder())
    hashes = {path.name: digest(path.read_bytes()) for path in (embed, *wheels.values())}
    keep = read_keep_list()
    stage = lay_out(work / "stage", version, embed, wheels, hashes, keep)
    stage.packages |= carried_packages()
    put_licences(stage)
    programs = compile_launchers(work, version)
    programs[UNINSTALLER] = make_uninstaller(work, version)
    for name, data in programs.items():
        stage.put(f"root/{name}", data, NSIS if name == UNINSTALLER else "lantian-jibao")
        signing.sign(stage.folder / "root" / name)
    materials = as_json(bill(stage, version, _requires(wheels)))
    stage.put("version/sbom.cdx.json", materials, "lantian-jibao")
    shipped = shipped_manifest(version, file_rows(stage))
    # The one file that the manifest cannot list is itself.
    stage.put("version/manifest.json", as_json(shipped), "lantian-jibao")
    (work / "licence-page.txt").write_text("\ufeff" + licence_page(stage, version), encoding="utf-8")
    setup = out / f"lantian-{version}-setup.exe"
    pack(work, version, setup, quick)
    signing.sign(setup)
    manifest = as_json(build_manifest(shipped, setup, plugin_rows(), wheels))
    made = {setup: setup.read_bytes(), out / f"lantian-{version}-manifest.json": manifest}
    made[out / f"lantian-{version}-sbom.cdx.json"] = materials
    for path, data in made.items():
        if path != setup:
            path.write_bytes(data)
    sums = "".join(f"{digest(data)}  {path.name}\n" for path, data in sorted(made.items()))
    (out / f"lantian-{version}-SHA256SUMS.txt").write_text(sums, encoding="ascii")
    _tell(stage, setup, version, quick, time.monotonic() - begun)
    return setup


def _tell(stage: Stage, setup: Path, version: str, quick: bool, seconds: float) -> None:
    """Sizes against the goals; a full build of the program's own version is recorded."""
    size, installed = setup.stat().st_size, installed_size(stage.folder)
    _say(
        f"{setup}: {size / 1e6:.1f} MB, installed {installed / 1e6:.1f} MB, {len(stage.origin)} files, {seconds:.0f} s"
    )
    if size > product.MOST_SETUP or installed > product.MOST_INSTALLED:
        raise BuildError("larger than the goals in installer/product.py")
    if not quick and version == product.program_version() and not signing.is_configured():
        sha256 = digest(setup.read_bytes())
        record = {
            "inputs": inputs_digest(),
            "version": version,
            "size": size,
            "installed": installed,
            "sha256": sha256,
        }
        RECORD.write_bytes(as_json(record))


def _same_again(setup: Path, version: str, quick: bool) -> bool:
    again = build(
        _WORK.with_name("installer-again"), version, _WORK.with_name("installer-again") / "dist", quick
    )
    names = [path.name for path in sorted(setup.parent.glob(f"lantian-{version}-*"))]
    different = [n for n in names if (setup.parent / n).read_bytes() != (again.parent / n).read_bytes()]
    _say(f"built twice: {'different: ' + ', '.join(different) if different else 'the same bytes'}")
    return not different


def _check(setup: Path, version: str) -> int:
    from installer import checking

    twins = _WORK.with_name("installer-twin")
    older = build(twins, older_version(version), twins / "dist", quick=True)
    return int(checking.main(setup, older, _WORK.with_name("installer-check")))


def older_version(version: str) -> str:
    """The number before, for a twin to upgrade from. Raises ValueError for 0.0.0."""
    major, minor, patch = map(int, version.split("."))
    if patch:
        return f"{major}.{minor}.{patch - 1}"
    if minor:
        return f"{major}.{minor - 1}.9"
    if major:
        return f"{major - 1}.9.9"
    raise ValueError("nothing is older than 0.0.0")


def _requires(wheels: dict[str, Path]) -> dict[str, list[str]]:
    """What each wheel says that it needs, extras left out."""
    found = {}
    for name, path in wheels.items():
        with ZipFile(path) as wheel:
            metadata = next(
                n for n in wheel.namelist() if n.count("/") == 1 and n.endswith(".dist-info/METADATA")
            )
            head = HeaderParser().parsestr(wheel.read(metadata).decode("utf-8"))
        lines = [str(line) for line in head.get_all("Requires-Dist", []) if "extra ==" not in str(line)]
        found[name] = [normal(re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0]) for line in lines]
    return found


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
