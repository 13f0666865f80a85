"""What is shipped, file by file: size, SHA-256, package, and what its Authenticode signature says."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from installer.authenticode import (
    ENDINGS,
    facts,
    read_all,
    read_signatures,
    require_interpreter,
    require_unaltered,
)
from installer.inputs import CPYTHON_VERSION, EMBED_FILE, EMBED_NAME, EMBED_SHA256, EMBED_VERSION
from installer.product import IDENTITY
from installer.staging import Stage

SCHEMA = 1
CHECKED = (
    "Every file's digest was compared with the one in its signature. Where `root` is named, signature, chain and time "
    "stamp were verified to that root, pinned in installer/roots, as of the stamped time. Not checked: revocation, and "
    "the chain where `root` is empty."
)


def file_rows(stage: Stage) -> list[dict[str, object]]:
    """One row per file, sorted by path. Raises BuildError where a signature is wrong or CPython's is missing."""
    programs = [stage.folder / path for path in sorted(stage.origin) if path.endswith(ENDINGS)]
    signatures = read_all(programs)
    require_unaltered(signatures)
    require_interpreter(
        {p.name: s for p, s in signatures.items() if stage.origin[_path(stage, p)] == "cpython"}
    )
    rows = []
    for path in sorted(stage.origin):
        data = (stage.folder / path).read_bytes()
        row: dict[str, object] = {
            "path": path,
            "size": len(data),
            "sha256": digest(data),
            "package": stage.origin[path],
        }
        if path.endswith(ENDINGS):
            row["authenticode"] = facts(signatures[stage.folder / path])
        rows.append(row)
    return rows


def shipped_manifest(version: str, rows: list[dict[str, object]]) -> dict[str, object]:
    """The manifest as it lies in the installed version's folder."""
    return {
        "schema": SCHEMA, "product": IDENTITY, "version": version, "python": CPYTHON_VERSION,
        "authenticode": CHECKED, "files": rows,
    }  # fmt: skip


def build_manifest(
    shipped: dict[str, object], setup: Path, carried: list[dict[str, object]], wheels: dict[str, Path]
) -> dict[str, object]:
    """The same with the setup itself, the libraries that it carries for its own work, and what it was made from."""
    inputs = [{"name": EMBED_NAME, "version": EMBED_VERSION, "file": EMBED_FILE, "sha256": EMBED_SHA256}]
    for name in sorted(wheels):
        data = wheels[name].read_bytes()
        inputs.append(
            {
                "name": name,
                "version": wheels[name].name.split("-")[1],
                "file": wheels[name].name,
                "sha256": digest(data),
            }
        )
    made = {"file": setup.name, "size": setup.stat().st_size, "sha256": digest(setup.read_bytes())}
    told = {**made, "authenticode": facts(read_signatures(setup)), "carries": carried}
    return {**shipped, "setup": told, "inputs": inputs}


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def as_json(value: object) -> bytes:
    """JSON to read and to compare: sorted keys, two blanks, a last line end."""
    return (json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _path(stage: Stage, path: Path) -> str:
    return path.relative_to(stage.folder).as_posix()
