"""Outside judges on Linux for what the installed program wrote inside: pdfsig, qpdf, LibreOffice, openssl, our own verify."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
_MANIFEST, _SIGNATURE = "META-INF/ASiCManifest001.xml", "META-INF/signature001.p7s"


def pdf_signed(path: Path) -> tuple[bool, str]:
    """Every signature valid and the last over the whole file, says pdfsig."""
    said = _run(["pdfsig", "-nocert", path]).stdout
    count, valid = said.count("Signature #"), said.count("Signature is Valid")
    return 0 < count == valid and "Total document signed" in said, f"{valid} of {count} valid"


def pdf_sound(path: Path) -> tuple[bool, str]:
    """qpdf finds no fault."""
    done = _run(["qpdf", "--check", path])
    return done.returncode == 0, (done.stdout + done.stderr).strip().splitlines()[-1]


def converts(path: Path, ending: str) -> tuple[bool, str]:
    """LibreOffice opens it and writes it in another form (`pdf`, `csv`)."""
    with tempfile.TemporaryDirectory() as folder:
        _run(
            ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", ending, "--outdir", folder, path],
        )  # fmt: skip
        made = Path(folder) / f"{path.stem}.{ending}"
        size = made.stat().st_size if made.exists() else 0
    return size > 1000, f"{size} bytes of {ending}"


def seal_holds(package: Path, root: Path) -> tuple[bool, str]:
    """openssl finds the package's CMS right under this root, and wrong once a byte of what it signs is another."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with zipfile.ZipFile(package) as archive:
            for part in (_MANIFEST, _SIGNATURE):
                (folder / Path(part).name).write_bytes(archive.read(part))
        manifest = folder / Path(_MANIFEST).name
        command = [
            "openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", folder / Path(_SIGNATURE).name, "-content", manifest,
            "-CAfile", root, "-purpose", "any", "-out", "/dev/null",
        ]  # fmt: skip
        whole = _run(command)
        manifest.write_bytes(manifest.read_bytes().replace(b"sha256", b"sha257", 1))
        altered = _run(command)
    return whole.returncode == 0 and altered.returncode != 0, whole.stderr.strip().splitlines()[-1]


def verified(path: Path, root: Path) -> tuple[bool, str]:
    """Our own `verify`, run by the checkout on Linux, finds nothing wrong and the signer trusted."""
    done = _run([sys.executable, "-m", "desktop", "verify", path, "--trust", root])
    return done.returncode == 0, done.stderr.strip() or f"exit {done.returncode}"


def _run(command: list[object]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command], cwd=ROOT, capture_output=True, text=True, timeout=180, check=False
    )
