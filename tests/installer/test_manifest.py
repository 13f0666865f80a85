"""Authenticode rules, the bill of materials, licences and the record, on a small made-up tree."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from installer import product
from installer.__main__ import older_version
from installer.authenticode import Signature, facts, require_interpreter, require_unaltered
from installer.carried import NSIS, PLUGINS, carried_packages, plugin_rows
from installer.compiling import COMPILER
from installer.inputs import BuildError
from installer.keep import read_keep_list
from installer.licences import ALL, licence_page, put_licences
from installer.manifest import as_json, digest
from installer.record import _inputs, foreign_imports, inputs_digest
from installer.sbom import _INSIDE, bill, file_version, licences
from installer.signing import command_for, is_configured
from installer.staging import Package, Stage, font_version

ROOT_NAME = "Microsoft Identity Verification Root Certificate Authority 2020"


def signed(signer: str, right: bool = True, root: str = ROOT_NAME) -> tuple[Signature, ...]:
    return (Signature(signer, f"/O={signer}", "/CN=i", "2025-02-04T16:34:09+00:00", right, root),)


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    made = Stage(tmp_path / "stage")
    keep = read_keep_list().packages
    for name in ("lantian-jibao", "cpython", "pypdfium2", "pyside6-essentials", "shiboken6", "pyhanko"):
        licence = keep[name].licence if name in keep else "PSF-2.0"
        kind = "pypi" if name in keep else "generic"
        made.packages[name] = Package(
            name, "1.2.3", licence, f"pkg:{kind}/{name}@1.2.3", "ab" * 32, "why", {"LICENSE": name.encode()}
        )
    version = "FileVersion\0\0" + "6.11.3.0\0"
    for _, path, carrier, _ in _INSIDE:
        made.put(path, b"MZ" + version.encode("utf-16-le"), carrier)
    return made


FOUNDATION = "Python Software Foundation"


def test_an_interpreter_signed_as_it_must_be_passes() -> None:
    require_interpreter(
        {"python.exe": signed(FOUNDATION), "vcruntime140.dll": signed("Microsoft Corporation", root="")}
    )


@pytest.mark.parametrize(
    ("name", "signatures"),
    [
        ("python.exe", ()),
        ("python313.dll", signed("Somebody Else")),
        ("python313.dll", signed(FOUNDATION, right=False)),
        ("_ssl.pyd", signed(FOUNDATION, root="")),
        ("_ssl.pyd", signed("Microsoft Corporation")),
        ("vcruntime140.dll", signed(FOUNDATION)),
        ("vcruntime140.dll", signed("Microsoft Corporation", right=False)),
    ],
)
def test_an_interpreter_that_is_not_stops_the_build(name: str, signatures: tuple[Signature, ...]) -> None:
    with pytest.raises(BuildError, match=re.escape(name)):
        require_interpreter({"python.exe": signed(FOUNDATION), name: signatures})


def test_a_file_changed_after_signing_stops_the_build_whoever_signed_it(tmp_path: Path) -> None:
    require_unaltered({tmp_path / "a.dll": (), tmp_path / "b.dll": signed("The QT Company Oy")})
    with pytest.raises(BuildError, match=r"b\.dll"):
        require_unaltered({tmp_path / "b.dll": signed("The QT Company Oy", right=False)})


def test_an_unsigned_file_is_called_so() -> None:
    assert facts(()) == {"signer": "unsigned"}
    assert facts(signed(FOUNDATION))["signer"] == FOUNDATION


def test_the_bill_of_materials_keeps_cyclonedx_rules(stage: Stage) -> None:
    made = bill(stage, "1.2.3", {"pyhanko": ["cpython", "unknown"], "pyside6-essentials": ["shiboken6"]})
    read = json.loads(as_json(made))
    assert (read["bomFormat"], read["specVersion"], read["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", read["serialNumber"])
    components = [read["metadata"]["component"], *read["components"]]
    refs = [component["bom-ref"] for component in components]
    assert len(set(refs)) == len(refs) == 6 + len(_INSIDE)
    for component in components:
        assert component["type"] in {"application", "library", "platform", "data", "framework"}
        assert component["name"] and component["version"] and component["licenses"]
        assert re.fullmatch(r"pkg:(pypi|generic)/[a-z0-9.-]+(@[\w.]+)?", component["purl"])
        for licence in component["licenses"]:
            assert set(licence) in ({"license"}, {"expression"})
        for found in component.get("hashes", []):
            assert found["alg"] == "SHA-256" and re.fullmatch(r"[0-9a-f]{64}", found["content"])
    for dependency in read["dependencies"]:
        assert {dependency["ref"], *dependency["dependsOn"]} <= set(refs)
    assert len({d["ref"] for d in read["dependencies"]}) == len(read["dependencies"])
    assert bill(stage, "1.2.3", {})["serialNumber"] == made["serialNumber"], "no chance, no clock"


def test_the_libraries_inside_packages_are_named_with_their_version(stage: Stage) -> None:
    found = {c["name"]: c["version"] for c in bill(stage, "1.2.3", {})["components"]}  # type: ignore[attr-defined]
    assert found["qt"] == found["sqlite"] == "6.11.3.0"
    assert file_version(b"MZ nothing") == ""
    (stage.folder / "version/libffi-8.dll").write_bytes(b"MZ no version")
    (libffi,) = [c for c in bill(stage, "1.2.3", {})["components"] if c["name"] == "libffi"]  # type: ignore[attr-defined]
    assert "version" not in libffi and libffi["purl"] == "pkg:generic/libffi"
    assert font_version((product.ROOT / "resources/fonts/NotoSansSC-Regular.ttf").read_bytes()).startswith(
        "2."
    )
    assert licences("MIT") == [{"license": {"id": "MIT"}}]
    assert licences("Apache-2.0 AND MIT") == [{"expression": "Apache-2.0 AND MIT"}]


def test_licences_are_shipped_one_by_one_and_as_one_file(stage: Stage) -> None:
    put_licences(stage)
    whole = (stage.folder / "version" / ALL).read_bytes().decode("utf-8-sig")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in whole and "versions\\<版本>\\site\\PySide6" in whole
    assert (stage.folder / "version/licenses/shiboken6/GPL-3.0.txt").is_file()
    page = licence_page(stage, "1.2.3")
    assert all(name in page for name in stage.packages if name != "lantian-jibao")


@pytest.mark.skipif(
    shutil.which("makensis") is None or shutil.which(COMPILER) is None, reason="a tool is not installed"
)
def test_what_the_tools_put_into_their_output_is_a_package_with_its_licence(stage: Stage) -> None:
    stage.packages |= carried_packages()
    stage.put("root/uninstall.exe", b"MZ", NSIS)
    put_licences(stage)
    names = {c["name"] for c in bill(stage, "1.2.3", {})["components"]}  # type: ignore[attr-defined]
    assert {"nsis", "mingw-w64", "gcc-runtime"} <= names
    whole = (stage.folder / "version" / ALL).read_bytes().decode("utf-8-sig")
    for text in ("The zlib License", "Common Public License version 1.0", "GCC RUNTIME LIBRARY EXCEPTION", "the mingw-w64 project"):  # fmt: skip
        assert text in whole, text
    assert [row["path"] for row in plugin_rows()] == [f"setup/{name}" for name in PLUGINS]


def test_a_package_without_a_licence_text_stops_the_build(stage: Stage) -> None:
    stage.packages["pyhanko"].licences = {}
    with pytest.raises(BuildError, match="pyhanko"):
        put_licences(stage)


def test_a_file_comes_from_one_package_only(stage: Stage) -> None:
    with pytest.raises(BuildError, match="pyhanko"):
        stage.put("version/sqlite3.dll", b"", "pyhanko")
    with pytest.raises(BuildError, match="nothing is known"):
        stage.put("version/new.dll", b"", "unknown")


def test_the_record_counts_what_shapes_the_installer() -> None:
    imports = foreign_imports()
    assert {"PySide6.QtWidgets", "peewee", "openpyxl"} <= set(imports)
    assert not [name for name in imports if name.split(".")[0] in ("desktop", "os", "json", "__future__")]
    named = set(_inputs())
    assert {
        "installer/script/setup.nsi",
        "installer/launcher/flush.py",
        "installer/licences/nsis.txt",
    } <= named
    assert not [
        name for name in named if name.endswith((".md", "built.json")) and name.startswith("installer/")
    ]
    assert inputs_digest() == inputs_digest() and re.fullmatch(r"[0-9a-f]{64}", inputs_digest())


def test_versions_are_three_numbers_and_have_one_before_them() -> None:
    assert product.checked_version(product.program_version())
    for wrong in ("1.0", "1.0.0rc1", "v1.0.0", "1.0.0.0", ""):
        with pytest.raises(ValueError, match="three numbers"):
            product.checked_version(wrong)
    assert [older_version(v) for v in ("0.1.1", "0.1.0", "2.0.0")] == ["0.1.0", "0.0.9", "1.9.9"]
    assert product.four_numbers("0.1.0") == "0.1.0.0"


def test_nothing_is_signed_without_a_certificate(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("LANTIAN_SIGN_COMMAND", "LANTIAN_SIGN_PKCS12"):
        monkeypatch.delenv(name, raising=False)
    assert not is_configured()
    file, out = tmp_path / "a.exe", tmp_path / "a.exe.signed"
    assert command_for(file, out, {"LANTIAN_SIGN_COMMAND": "sign 'with this'"}) == [
        "sign",
        "with this",
        str(file),
    ]
    given = {"LANTIAN_SIGN_PKCS12": "c.p12", "LANTIAN_SIGN_PASSFILE": "p.txt", "LANTIAN_SIGN_TSA": "http://t"}
    command = command_for(file, out, given)
    assert command[0] == "osslsigncode" and command[-4:] == ["-in", str(file), "-out", str(out)]
    assert "-readpass" in command and "-pass" not in command


def test_digests_are_sha256() -> None:
    assert digest(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
