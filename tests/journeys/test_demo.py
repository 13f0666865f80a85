"""The demonstration on the sample and on the real plans, judged by programs that know nothing of us."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.errors import RefusedError, UnreadableError
from desktop.paths import Paths
from desktop.services.demonstrating import demonstrate
from tests.conftest import ROOT, TEST_ROUNDS

SEEDS = ROOT.parent / "shared" / "seeds"
PLANS = {
    "sample": (None, {"county": (3, 18), "park": (2, 17)}, 0),
    "sample_prose": (
        ROOT / "resources" / "sample" / "plan_prose.txt",
        {"county": (3, 16), "park": (2, 16)},
        1,
    ),
    "wuzhong_text": (SEEDS / "wuzhong.txt", {"county": (5, 32), "park": (5, 26)}, 0),
    "wuzhong_word": (SEEDS / "wuzhong.docx", {"county": (5, 32), "park": (5, 26)}, 0),
    "shizuishan_text": (SEEDS / "shizuishan.txt", {"county": (3, 38), "park": (3, 38)}, 1),
    "shizuishan_word": (SEEDS / "shizuishan.docx", {"county": (3, 38), "park": (3, 38)}, 1),
}


def output(*command: object) -> str:
    return subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False).stdout


def need(tool: str) -> None:
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not on this computer")


@pytest.fixture(scope="module", params=sorted(PLANS))
def shown(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path, dict[str, Any]]:
    """Which plan, where, and what demo.json says."""
    plan, _, _ = PLANS[request.param]
    if plan is not None and not plan.exists():
        pytest.skip(f"{plan.name} is not on this computer")
    out = tmp_path_factory.mktemp(request.param) / "演示 一"
    paths = Paths(ROOT / "resources", out.parent / "user")
    demonstrate(out, paths, plan, "2025Q1", None, datetime.now().astimezone(), rounds=TEST_ROUNDS)
    return request.param, out, json.loads((out / "demo.json").read_text(encoding="utf-8"))


def test_every_unit_reports_on_every_assignment(shown: tuple[str, Path, dict[str, Any]]) -> None:
    name, out, made = shown
    _, wanted, unassigned = PLANS[name]
    found: dict[str, set[int]] = {}
    for unit in made["units"]:
        found.setdefault(unit["kind"], set()).add(unit["assignments"])
    counts = {kind: sum(u["kind"] == kind for u in made["units"]) for kind in found}
    assert {kind: (counts[kind], *sorted(found[kind])) for kind in found} == wanted
    assert made["plan"]["unassigned"] == unassigned
    # None of these plans names a unit in its overall targets: no row at the head is counted anywhere.
    assert [each["goals"] for each in (made["plan"], *made["units"])] == [0] * (1 + len(made["units"]))
    assert made["city"] | {"accepted": len(made["units"]), "returned": 0} == made["city"]
    named = [made["city"]["summary_pdf"], made["city"]["summary_xlsx"], *made["trust"].values()]
    named += [unit[key] for unit in made["units"] for key in ("report_pdf", "report_xlsx", "package")]
    assert [path for path in named if not (out / path).is_file()] == []


def test_pdfsig_accepts_every_report_and_refuses_a_flipped_byte(
    shown: tuple[str, Path, dict[str, Any]], tmp_path: Path
) -> None:
    need("pdfsig")
    _, out, made = shown
    for path in [made["city"]["summary_pdf"], *(u["report_pdf"] for u in made["units"])]:
        said = output("pdfsig", "-nocert", out / path)
        assert "Signature is Valid" in said and "Total document signed" in said, said
    data = bytearray((out / made["units"][0]["report_pdf"]).read_bytes())
    data[data.index(b"/Type")] ^= 1
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(data)
    assert "Signature is Valid" not in output("pdfsig", "-nocert", broken)


def test_every_font_is_embedded(shown: tuple[str, Path, dict[str, Any]]) -> None:
    need("pdffonts")
    _, out, made = shown
    for path in [made["city"]["summary_pdf"], *(u["report_pdf"] for u in made["units"])]:
        lines = output("pdffonts", out / path).splitlines()[2:]
        assert lines and all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in lines), lines


def test_openssl_accepts_every_package_against_the_exported_root(
    shown: tuple[str, Path, dict[str, Any]], tmp_path: Path
) -> None:
    need("openssl")
    _, out, made = shown
    root = out / made["trust"]["root"]
    packages = [out / u["package"] for u in made["units"]] + sorted((out / "exchange" / "down").glob("*.jbx"))
    for number, package in enumerate(packages):
        folder = tmp_path / str(number)
        with zipfile.ZipFile(package) as archive:
            archive.extractall(folder)
        manifest, signature = folder / "META-INF/ASiCManifest001.xml", folder / "META-INF/signature001.p7s"
        command = [
            "openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", signature, "-content", manifest,
            "-CAfile", root, "-purpose", "any", "-out", "/dev/null",
        ]  # fmt: skip
        assert subprocess.run(command, capture_output=True, check=False).returncode == 0, package.name
        manifest.write_bytes(manifest.read_bytes().replace(b"sha256", b"sha257", 1))
        assert subprocess.run(command, capture_output=True, check=False).returncode != 0


def test_a_row_of_overall_targets_is_counted_apart(tmp_path: Path, now: datetime) -> None:
    plan = (ROOT / "resources" / "sample" / "plan_prose.txt").read_text(encoding="utf-8")
    ours = "望溪区优良天数比例达到80%以上。"
    assert "全市优良天数比例" in plan
    document = tmp_path / "方案.txt"
    document.write_text(plan.replace("全市优良天数比例", f"{ours}全市优良天数比例", 1), encoding="utf-8")
    paths = Paths(ROOT / "resources", tmp_path / "user")
    made = demonstrate(tmp_path / "out", paths, document, "2025Q1", None, now, rounds=TEST_ROUNDS)
    _, wanted, unassigned = PLANS["sample_prose"]
    assert made["plan"]["goals"] == 1 and made["plan"]["unassigned"] == unassigned
    assert made["plan"]["measures"] == 17
    rows = {unit["code"]: (unit["assignments"], unit["goals"]) for unit in made["units"]}
    assert rows.pop("999002") == (wanted["county"][1], 1)
    assert {goals for _, goals in rows.values()} == {0}
    assert {count for count, _ in rows.values()} == {wanted["county"][1], wanted["park"][1]}


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path: Path, paths: Paths, now: datetime) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(RefusedError) as refused:
        demonstrate(tmp_path, paths, None, "2025Q1", None, now, rounds=TEST_ROUNDS)
    assert refused.value.code == "workspace_not_empty"
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


def test_an_unknown_region_is_said(tmp_path: Path, paths: Paths, now: datetime) -> None:
    with pytest.raises(UnreadableError) as refused:
        demonstrate(tmp_path / "out", paths, None, "2025Q1", "没有这个市", now, rounds=TEST_ROUNDS)
    assert refused.value.code == "city_unknown"
    assert not (tmp_path / "out").exists()
