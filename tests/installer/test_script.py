"""The setup's script: what it says, what it never does, and that makensis takes it where it is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from installer import packing
from installer.authenticode import read_signatures
from installer.carried import PLUGINS
from installer.inputs import BuildError
from installer.packing import file_lines, make_uninstaller, pack
from installer.product import HERE
from installer.sbom import file_version
from installer.signing import sign

SCRIPT = HERE / "script"
ALL = {path.name: path.read_text("utf-8") for path in sorted(SCRIPT.iterdir())}
CODE = "\n".join(text for name, text in ALL.items() if name != "sentences.nsh")
SENTENCES = dict(re.findall(r'^!define (SAY_\w+) "(.*)"$', ALL["sentences.nsh"], re.M))


def test_every_sentence_is_used_and_every_used_one_is_there() -> None:
    used = set(re.findall(r"\$\{(SAY_\w+)\}", CODE))
    assert used == SENTENCES.keys()


def test_what_people_read_stands_among_the_sentences() -> None:
    chinese = [line for line in CODE.splitlines() if re.search(r"[\u4e00-\u9fff]", line) and not line.lstrip().startswith(";")]  # fmt: skip
    for line in chinese:
        assert re.search(r"交换文件|安装程序|卸载程序|示例", line), line


def test_sentences_are_in_the_words_of_the_program() -> None:
    for name, sentence in SENTENCES.items():
        assert not re.search(r"[,;!?](?![\w ])|  |请您请|成功安装|失败", sentence), name
        assert re.search(r"[\u4e00-\u9fff]", sentence), name
    for name in ("SAY_WINDOWS_TOO_OLD", "SAY_DOWNGRADE", "SAY_NO_SPACE", "SAY_GIVEN_UP"):
        assert "什么都没有改动" in SENTENCES[name], name
    assert not [
        name for name, sentence in SENTENCES.items() if "杀毒" in sentence or "关闭防火墙" in sentence
    ]


def test_nothing_needs_an_administrator() -> None:
    assert "RequestExecutionLevel user" in CODE
    writes = re.findall(r"^\s*(?:Write|Delete)Reg\w+ (?:/ifempty )?(\w+)", CODE, re.M)
    assert writes and set(writes) == {"HKCU"}
    assert "SetShellVarContext all" not in CODE


def test_only_folders_of_our_own_are_removed_whole() -> None:
    removed = re.findall(r'RMDir /r "([^"]+)"', CODE)
    parts = [r"${folder}\app", r"${folder}\site", r"${folder}\licenses"]
    assert sorted(removed) == sorted([*parts, "${USER_FOLDER}\\示例", r"${USER_FOLDER}\opened"])
    macro = ALL["common.nsh"].partition("!macro REMOVE_VERSION")[2].partition("!macroend")[0]
    assert macro.index("Rename") < macro.index("RMDir") < macro.rindex("manifest.json"), (
        "asked first, removed last"
    )


def test_every_exit_code_is_its_own() -> None:
    codes = dict(re.findall(r"^!define (EXIT_\w+) (\d+)$", ALL["common.nsh"], re.M))
    assert len(set(codes.values())) == len(codes) == 8 and all(int(code) >= 10 for code in codes.values())
    assert all(CODE.count(f"${{{name}}}") for name in codes)
    described = (HERE / "README.md").read_text("utf-8")
    assert all(f"| {code} |" in described for code in codes.values())


def test_what_the_old_version_needs_is_changed_by_one_rename() -> None:
    """current.ini names what runs: written beside, flushed, then moved over the old one; nothing else writes it."""
    switching = ALL["switching.nsh"]
    assert switching.count(r'FileOpen $2 "$INSTDIR\current.ini.new" w') == 1 and "WriteINIStr" not in CODE
    put = switching.partition("Function PutInPlace")[2].partition("FunctionEnd")[0]
    assert put.index("FlushFile") < put.index("MoveOver") and "MoveFileExW" in switching
    section = ALL["setup.nsi"].partition('Section "-program"')[2]
    order = [section.index(word) for word in ("FolderFault", "CloseProgram", "ReadInstalled", "files.nsh", "PrepareVersion", "PutPrograms", "SwitchOver", "Register", "RemoveOthers")]  # fmt: skip
    assert order == sorted(order)


def test_a_version_is_on_the_disk_before_it_is_tried_and_counts() -> None:
    preparing = ALL["preparing.nsh"].partition("Function PrepareVersion")[2].partition("FunctionEnd")[0]
    order = [preparing.index(word) for word in ("compile.py", "flush.py", "FlushInterpreter", "probe.py")]
    assert order == sorted(order)
    assert "FlushFileBuffers" in ALL["preparing.nsh"] and "RegFlushKey" in ALL["registering.nsh"]


def test_everything_that_setup_lays_beside_the_versions_goes_with_the_uninstaller() -> None:
    """And nothing of it makes the folder a stranger's for the next setup."""
    programs = re.findall(r'StrCpy \$0 "([\w.-]+\.exe)"', ALL["switching.nsh"])
    assert sorted(programs) == ["lantian-cli.exe", "lantian.exe", "uninstall.exe"]
    known = re.findall(r'\$\{Case\} "([^"]+)"', ALL["deciding.nsh"])
    for name in (
        "current.ini",
        "current.ini.new",
        *(p + end for p in programs for end in ("", ".new", ".old")),
    ):
        assert f'Delete "$INSTDIR\\{name}"' in ALL["uninstaller.nsi"], name
        assert name in known, name
    undone = ALL["switching.nsh"].partition("Function UndoInstallation")[2]
    for name in programs:
        assert undone.count(f"\\{name}.new") == undone.count(f'\\{name}"') == 1, name


def test_what_a_version_holds_is_what_is_removed_of_it() -> None:
    laid = set(
        re.findall(r'"(\w+\.py)"', (HERE / "staging.py").read_text("utf-8").partition("_put_fonts(stage)")[2])
    )
    macro = ALL["common.nsh"].partition("!macro REMOVE_VERSION")[2].partition("!macroend")[0]
    assert {"compile.py", "flush.py", "probe.py"} <= laid and all(
        rf"${{folder}}\{name}" in macro for name in laid
    )


def test_the_plugins_that_are_listed_are_those_that_are_called() -> None:
    called = set(re.findall(r"\b(System|ns\w+)::", CODE))
    assert {f"{name}.dll" for name in called} == set(PLUGINS)


def test_files_are_listed_in_order_whatever_the_disk_says() -> None:
    lines = file_lines(["b/x.py", "a.txt", "b/a.py", "manifest.json", "a/c/d.py"])
    assert lines == file_lines(["manifest.json", "a/c/d.py", "b/a.py", "a.txt", "b/x.py"])
    assert lines.splitlines() == [
        'SetOutPath "$INSTDIR\\versions\\$Name"',
        'File "${WORK}/stage/version/manifest.json"',
        'File "${WORK}/stage/version/a.txt"',
        'SetOutPath "$INSTDIR\\versions\\$Name\\a\\c"',
        'File "${WORK}/stage/version/a/c/d.py"',
        'SetOutPath "$INSTDIR\\versions\\$Name\\b"',
        'File "${WORK}/stage/version/b/a.py"',
        'File "${WORK}/stage/version/b/x.py"',
    ]


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """As little as the script can be built from."""
    for name in (
        "version/python.exe",
        "version/app/desktop/a.py",
        "root/lantian.exe",
        "root/lantian-cli.exe",
        "root/uninstall.exe",
    ):
        path = tmp_path / "stage" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    picture = bytes.fromhex(
        "28000000010000000200000001002000000000000800000000000000000000000000000000000000"
    ) + bytes(8)
    icon = bytes.fromhex("000001000100010100000100200030000000160000") + b"\0" + picture
    (tmp_path / "app.ico").write_bytes(icon)
    pixel = b"BM" + (58).to_bytes(4, "little") + bytes(4) + (54).to_bytes(4, "little")
    pixel += bytes.fromhex(
        "28000000010000000100000001001800000000000400000000000000000000000000000000000000"
    ) + bytes(4)
    (tmp_path / "banner.bmp").write_bytes(pixel)
    (tmp_path / "licence-page.txt").write_text("\ufeff许可", "utf-8")
    return tmp_path


@pytest.mark.skipif(shutil.which("makensis") is None, reason="makensis is not installed")
def test_makensis_takes_the_script_and_gives_the_same_bytes_twice(work: Path, tmp_path: Path) -> None:
    pack(work, "1.2.3", tmp_path / "one" / "a-setup.exe", quick=True)
    pack(work, "1.2.3", tmp_path / "two" / "a-setup.exe", quick=True)
    made = (tmp_path / "one" / "a-setup.exe").read_bytes()
    assert made == (tmp_path / "two" / "a-setup.exe").read_bytes()
    assert made[:2] == b"MZ" and b'requestedExecutionLevel level="asInvoker"' in made


@pytest.mark.skipif(shutil.which("makensis") is None, reason="makensis is not installed")
def test_a_fault_in_the_script_stops_the_build(work: Path, tmp_path: Path) -> None:
    (work / "banner.bmp").unlink()
    with pytest.raises(BuildError, match="makensis"):
        pack(work, "1.2.3", tmp_path / "a-setup.exe", quick=True)


@pytest.mark.skipif(shutil.which("makensis") is None, reason="makensis is not installed")
def test_the_uninstaller_is_made_by_the_build_and_carries_its_number(work: Path) -> None:
    made = make_uninstaller(work, "1.2.3")
    assert made == make_uninstaller(work, "1.2.3") != make_uninstaller(work, "1.2.4")
    assert made[:2] == b"MZ" and file_version(made) == "1.2.3" and str(work).encode() not in made
    assert b'requestedExecutionLevel level="asInvoker"' in made


def test_a_configured_command_signs_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log, script, file = tmp_path / "signed.log", tmp_path / "sign it.sh", tmp_path / "uninstall.exe"
    script.write_text(f'echo "$1" >> "{log}"\n', "ascii")
    file.write_bytes(b"MZ")
    monkeypatch.setenv("LANTIAN_SIGN_COMMAND", f"sh '{script}'")
    sign(file)
    assert log.read_text("utf-8").splitlines() == [str(file)]


@pytest.mark.skipif(
    not all(shutil.which(tool) for tool in ("makensis", "osslsigncode", "openssl")),
    reason="a tool is not installed",
)
def test_a_certificate_signs_by_osslsigncode(
    work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(*command: object) -> None:
        subprocess.run([str(word) for word in command], cwd=tmp_path, check=True, capture_output=True)

    run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "k.pem", "-out", "c.pem", "-days", "9",
        "-subj", "/O=A County/CN=A County", "-addext", "extendedKeyUsage=codeSigning")  # fmt: skip
    (tmp_path / "pass.txt").write_text("a pass phrase", "ascii")
    run(
        "openssl",
        "pkcs12",
        "-export",
        "-inkey",
        "k.pem",
        "-in",
        "c.pem",
        "-out",
        "c.p12",
        "-passout",
        "file:pass.txt",
    )
    pack(work, "1.2.3", tmp_path / "a-setup.exe", quick=True)
    (tmp_path / "uninstall.exe").write_bytes(make_uninstaller(work, "1.2.3"))
    assert read_signatures(tmp_path / "a-setup.exe") == read_signatures(tmp_path / "uninstall.exe") == ()
    monkeypatch.setenv("LANTIAN_SIGN_PKCS12", str(tmp_path / "c.p12"))
    monkeypatch.setenv("LANTIAN_SIGN_PASSFILE", str(tmp_path / "pass.txt"))
    for name in ("a-setup.exe", "uninstall.exe"):
        sign(tmp_path / name)
        (signature,) = read_signatures(tmp_path / name)
        assert (signature.signer, signature.digest_matches, signature.root) == ("A County", True, "")
    altered = bytearray((tmp_path / "a-setup.exe").read_bytes())
    altered[len(altered) // 2] ^= 1
    (tmp_path / "b-setup.exe").write_bytes(altered)
    assert not read_signatures(tmp_path / "b-setup.exe")[0].digest_matches


def test_sizes_count_whole_clusters_and_what_is_compiled(work: Path) -> None:
    files = [path for path in (work / "stage").rglob("*") if path.is_file()]
    assert packing.installed_size(work / "stage") == 4096 * (len(files) + 1)
