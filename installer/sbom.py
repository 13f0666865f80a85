"""The bill of materials, CycloneDX 1.6 as JSON: the program, every package, and the libraries inside packages."""

from __future__ import annotations

import hashlib
import re
import uuid

from installer.product import IDENTITY, NAME, PUBLISHER
from installer.staging import Package, Stage

_OWN = "lantian-jibao"
# Libraries that packages carry inside: the file that tells the version, the package, the licence.
_INSIDE = (
    ("qt", "version/site/PySide6/Qt6Core.dll", "pyside6-essentials", "LGPL-3.0-only"),
    ("pdfium", "version/site/pypdfium2_raw/pdfium.dll", "pypdfium2", "BSD-3-Clause"),
    ("sqlite", "version/sqlite3.dll", "cpython", "blessing"),
    ("openssl", "version/libcrypto-3.dll", "cpython", "Apache-2.0"),
    ("libffi", "version/libffi-8.dll", "cpython", "MIT"),
    ("microsoft-visual-c-runtime", "version/vcruntime140.dll", "cpython", ""),
    ("microsoft-visual-c-runtime-of-qt", "version/site/PySide6/msvcp140.dll", "pyside6-essentials", ""),
)
_RUNTIME_LICENCE = "Microsoft Visual C++ Redistributable"
_FILE_VERSION = re.compile("FileVersion".encode("utf-16-le") + rb"(?:\0\0)+((?:[^\0]\0)+)")


def bill(stage: Stage, version: str, requires: dict[str, list[str]]) -> dict[str, object]:
    """`requires`: the packages that a package needs, by name. No times in it: the same build, the same bill."""
    libraries = {key: p for key, p in stage.packages.items() if key != _OWN}
    inside = [_inside(stage, *row) for row in _INSIDE]
    program = _component(stage.packages[_OWN], "application") | {"name": NAME, "publisher": PUBLISHER}
    components = [_component(libraries[key], _kind(key)) for key in sorted(libraries)]
    tree = {key: sorted(set(requires.get(key, [])) & libraries.keys()) for key in libraries}
    dependencies = [{"ref": program["bom-ref"], "dependsOn": sorted(p.purl for p in libraries.values())}]
    for key in sorted(tree):
        carried = [str(found["bom-ref"]) for found, row in zip(inside, _INSIDE, strict=True) if row[2] == key]
        needed = [libraries[name].purl for name in tree[key]]
        dependencies.append({"ref": libraries[key].purl, "dependsOn": sorted([*needed, *carried])})
    content = repr((version, sorted((p.purl, p.sha256) for p in libraries.values())))
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, IDENTITY + content)}",
        "version": 1,
        "metadata": {"component": program},
        "components": [*components, *inside],
        "dependencies": dependencies,
    }


def _component(package: Package, kind: str) -> dict[str, object]:
    made: dict[str, object] = {
        "type": kind,
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
        "purl": package.purl,
        "licenses": licences(package.licence),
        "description": package.why,
    }
    if package.sha256:
        made["hashes"] = [{"alg": "SHA-256", "content": package.sha256}]
    return made


def _inside(stage: Stage, name: str, path: str, carrier: str, licence: str) -> dict[str, object]:
    data = (stage.folder / path).read_bytes()
    # A library that does not tell its version is named without one.
    version = file_version(data)
    purl = f"pkg:generic/{name}@{version}" if version else f"pkg:generic/{name}"
    return {
        "type": "library",
        "bom-ref": purl,
        "name": name,
        **({"version": version} if version else {}),
        "purl": purl,
        "licenses": licences(licence) if licence else [{"license": {"name": _RUNTIME_LICENCE}}],
        "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(data).hexdigest()}],
        "description": f"inside {carrier}: {path.rpartition('/')[2]}",
    }


def licences(expression: str) -> list[dict[str, object]]:
    """One SPDX identifier, or an expression, in the form that each has."""
    if " " in expression:
        return [{"expression": expression}]
    return [{"license": {"id": expression}}]


def file_version(data: bytes) -> str:
    """`FileVersion` of a PE file's version resource; empty where there is none."""
    found = _FILE_VERSION.search(data)
    return found[1].decode("utf-16-le").strip() if found else ""


def _kind(key: str) -> str:
    if key.startswith("noto"):
        return "data"
    return "platform" if key == "cpython" else "library"
