"""The headless face: JSON on standard output, sentences on standard error, exit status by meaning."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from desktop.domain.codec import digest_of
from desktop.domain.identity import RevocationReason, SignRole
from desktop.reports.fonts import Faces
from desktop.services import cosigning, filling, reviewing, revoking, signing
from tests.conftest import ROOT
from tests.journeys.offices import COUNTY, PASS_PHRASE, Offices, enrol
from tests.reports.printed import text_of


@dataclass
class Ran:
    status: int
    out: Any
    said: str


@pytest.fixture
def lantian(tmp_path: Path) -> Any:
    def run(*arguments: object) -> Ran:
        command = [sys.executable, "-m", "desktop", *(str(a) for a in arguments)]
        environment = {**os.environ, "LANTIAN_HOME": str(tmp_path / "home")}
        done = subprocess.run(command, cwd=ROOT, capture_output=True, env=environment, check=False)
        out = done.stdout.decode("utf-8")
        return Ran(done.returncode, json.loads(out) if out else None, done.stderr.decode("utf-8"))

    return run


@pytest.fixture
def offices(offices: Offices) -> Offices:
    enrol(offices)
    return offices


def test_plan_read_prints_what_the_issue_promises(lantian: Any) -> None:
    ran = lantian("plan", "read", ROOT / "resources/sample/plan_table.docx")
    assert ran.status == 0 and ran.said == ""
    assert set(ran.out) == {"title", "city", "items", "targets", "problems"}
    assert set(ran.out["items"][0]) == {
        "task_no", "part", "section", "title", "content", "lead", "support", "implement", "shared", "wording",
        "open_ended", "deadline", "remark",
    }  # fmt: skip
    assert set(ran.out["targets"][0]) == {
        "task_no", "part", "indicator", "comparator", "value", "unit", "deadline", "scope", "text",
    }  # fmt: skip
    assert set(ran.out["problems"][0]) == {"task_no", "part", "code", "severity", "message"}
    assert {i["part"] for i in ran.out["items"] if i["task_no"] == "13"} == {1, 2, 3}


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("方案.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "plan_old_form"),
        ("方案.docx", b"PK\x03\x04 cut off", "plan_damaged"),
        ("方案.txt", b"", "plan_empty"),
        ("方案.txt", "今天天气很好。".encode(), "plan_no_measures"),
    ],
)
def test_plan_read_of_what_is_no_plan(
    lantian: Any, tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    (tmp_path / name).write_bytes(content)
    ran = lantian("plan", "read", tmp_path / name)
    assert (ran.status, ran.out["items"], [p["code"] for p in ran.out["problems"]]) == (2, [], [code])
    assert "Traceback" not in ran.said and len(ran.out["problems"][0]["message"]) > 10


def test_missing_file_and_wrong_words(lantian: Any, tmp_path: Path) -> None:
    assert lantian("plan", "read", tmp_path / "没有.docx").status == 2
    assert lantian("verify", tmp_path / "没有.jbx").status == 2
    ran = lantian("no-such-command")
    assert ran.status == 2 and "Traceback" not in ran.said


def test_report_submit_verify_receive(lantian: Any, offices: Offices, tmp_path: Path) -> None:
    offices.reviewed_report()
    county, city = offices.county.folder, offices.city.folder
    root = offices.city.keys.trust()
    assert root is not None
    (tmp_path / "root.pem").write_bytes(root.root)
    offices.county.close()
    offices.city.close()
    (tmp_path / "wrong.txt").write_text("wrong one\n", encoding="utf-8")
    (tmp_path / "pass.txt").write_text(PASS_PHRASE + "\n", encoding="utf-8")
    common = ("--workspace", county, "--quarter", "2025Q1")

    ran = lantian("report", *common, "--pdf", tmp_path / "r.pdf", "--xlsx", tmp_path / "r.xlsx")
    assert (
        ran.status == 0
        and ran.out["signed"] is False
        and (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")
    )
    assert "字体：标题用" in ran.said and {use["role"] for use in ran.out["faces"]} >= {
        "title",
        "body",
        "table",
    }
    assert ran.out["missing"] == []
    assert lantian("submit", *common, "--out", tmp_path / "盘").status == 1
    ran = lantian("submit", *common, "--out", tmp_path / "盘", "--passphrase-file", tmp_path / "wrong.txt")
    assert ran.status == 1 and "口令不对" in ran.said
    ran = lantian("submit", *common, "--out", tmp_path / "盘", "--passphrase-file", tmp_path / "pass.txt")
    assert ran.status == 0 and ran.out["state"] == "submitted" and len(ran.out["files"]) == 3
    package = next(Path(f["path"]) for f in ran.out["files"] if f["path"].endswith(".jbx"))
    paper = next(Path(f["path"]) for f in ran.out["files"] if f["path"].endswith(".pdf"))

    for file, kind in ((package, "submission"), (paper, "pdf")):
        ran = lantian("verify", file, "--trust", tmp_path / "root.pem")
        assert ran.status == 0 and ran.out["kind"] == kind
        assert ran.out["signers"] == [{"name": "王建军", "unit": COUNTY.name, "role": "issuer"}]
        ran = lantian("verify", file)
        assert ran.status == 3 and ran.out["trusted"] is None
        data = bytearray(file.read_bytes())
        data[len(data) // 2] ^= 1
        (tmp_path / f"flipped{file.suffix}").write_bytes(data)
        assert (
            lantian("verify", tmp_path / f"flipped{file.suffix}", "--trust", tmp_path / "root.pem").status
            == 1
        )

    (tmp_path / "other.jbx").write_bytes(b"not a package")
    ran = lantian("receive", package, tmp_path / "other.jbx", "--workspace", city)
    assert ran.status == 2
    assert [line["state"] for line in ran.out["files"]] == ["waiting", "refused"]


def test_verifying_by_a_workspace_knows_what_was_revoked_since(
    lantian: Any, offices: Offices, tmp_path: Path, faces: Faces
) -> None:
    report = offices.reviewed_report()
    signing.sign(offices.county, report.id, PASS_PHRASE, faces, "test", offices.now)
    pdf, trust = offices.county.reports.document(report.id, "report.pdf"), offices.city.keys.trust()
    assert pdf is not None and trust is not None
    (tmp_path / "r.pdf").write_bytes(pdf)
    (tmp_path / "root.pem").write_bytes(trust.root)
    held = revoking.standing(offices.city, offices.now)[(COUNTY.code, SignRole.ISSUER)][0]
    reason = RevocationReason.REPLACED
    revoking.revoke(offices.city, held.fingerprint, reason, PASS_PHRASE, "test", offices.now)
    city, county = offices.city.folder, offices.county.folder
    offices.city.close()
    offices.county.close()
    # The list inside and the county's own are those of the signing; the city's is newer.
    for more in (("--trust", tmp_path / "root.pem"), ("--workspace", county)):
        ran = lantian("verify", tmp_path / "r.pdf", *more)
        assert (ran.status, ran.out["revocation"]) == (0, True)
    ran = lantian("verify", tmp_path / "r.pdf", "--workspace", city)
    assert (ran.status, ran.out["trusted"], ran.out["revocation"]) == (1, True, False)
    assert ran.out["problems"] == ["certificate_revoked"]
    both = ("--trust", tmp_path / "root.pem", "--workspace", city)
    assert lantian("verify", tmp_path / "r.pdf", *both).status == 2


def test_a_workspace_that_is_open_elsewhere_or_missing(
    lantian: Any, offices: Offices, tmp_path: Path
) -> None:
    arguments = ("--quarter", "2025Q1", "--pdf", tmp_path / "r.pdf", "--xlsx", tmp_path / "r.xlsx")
    ran = lantian("report", "--workspace", offices.county.folder, *arguments)
    assert ran.status == 1 and "打开着" in ran.said
    assert lantian("report", "--workspace", tmp_path / "nowhere", *arguments).status == 2


def test_signed_report_is_given_out_as_it_was_signed(
    lantian: Any, offices: Offices, tmp_path: Path, faces: Faces
) -> None:
    report = offices.reviewed_report()
    signing.sign(offices.county, report.id, PASS_PHRASE, faces, "test", offices.now)
    signed = offices.county.reports.document(report.id, "report.pdf")
    offices.county.close()
    ran = lantian(
        "report", "--workspace", offices.county.folder, "--quarter", "2025Q1", "--pdf", tmp_path / "r.pdf",
        "--xlsx", tmp_path / "r.xlsx",
    )  # fmt: skip
    assert ran.status == 0 and ran.out["signed"] is True
    assert (tmp_path / "r.pdf").read_bytes() == signed
    assert "字体：标题用" in ran.said and ran.out["faces"], "as they were kept at signing"


def test_signs_that_a_draft_cannot_print_are_named(lantian: Any, offices: Offices, tmp_path: Path) -> None:
    report = offices.draft_report()
    offices.fill(report)
    entry = offices.county.reports.entry(report.id, "m-001")
    assert entry is not None
    filling.save_entry(
        offices.county, report.id, replace(entry, progress="联系人张\U000f0001。"), "test", offices.now
    )
    offices.county.close()
    ran = lantian(
        "report", "--workspace", offices.county.folder, "--quarter", "2025Q1", "--pdf", tmp_path / "r.pdf",
        "--xlsx", tmp_path / "r.xlsx",
    )  # fmt: skip
    assert ran.status == 0 and "第1条进展情况里的“\U000f0001”" in ran.said
    assert [place["sign"] for place in ran.out["missing"]] == ["\U000f0001"]


def test_a_code_from_paper_is_looked_up_in_a_workspace(
    lantian: Any, offices: Offices, tmp_path: Path
) -> None:
    report, county = offices.reviewed_report(), offices.county.folder
    offices.county.close()
    ran = lantian("verify", "--code", report.code.lower().replace("-", " "), "--workspace", county)
    assert ran.status == 0 and "审核通过，待签发" in ran.said
    (copy,) = ran.out["copies"]
    assert (copy["unit_name"], copy["quarter"], copy["revision"]) == (COUNTY.name, "2025Q1", 1)
    assert (copy["state"], copy["digest"]) == ("reviewed", report.digest)
    assert lantian("verify", "--code", report.digest, "--workspace", county).out["copies"] == [copy]

    ran = lantian("verify", "--code", "AAAA-BBBB-CCCC-DDDD", "--workspace", county)
    assert ran.status == 1 and ran.out["copies"] == [] and "没有哪一份是这个码" in ran.said
    ran = lantian("verify", "--code", "AAAA-BBBB-CCC9-DDDD", "--workspace", county)
    assert ran.status == 2 and "“9”不会出现" in ran.said
    for wrong in (("--code", report.code), ("--workspace", county), ()):
        ran = lantian("verify", *wrong)
        assert ran.status == 2 and "--code" in ran.said


def test_signing_for_the_issuer_and_verifying_that_it_was_so(
    lantian: Any, offices: Offices, tmp_path: Path
) -> None:
    report = offices.draft_report()
    offices.fill(report)
    people = replace(offices.county.reports.get(report.id).people, issuer="赵国强")
    filling.name_people(offices.county, report.id, people, "test", offices.now)
    reviewing.review(offices.county, report.id, "test", offices.now)
    root = offices.city.keys.trust()
    assert root is not None
    (tmp_path / "root.pem").write_bytes(root.root)
    offices.county.close()
    (tmp_path / "pass.txt").write_text(PASS_PHRASE, encoding="utf-8")
    scan, day = tmp_path / "签批单.pdf", offices.now.date().isoformat()
    scan.write_bytes(b"%PDF-1.4 signed by hand")
    submit = (
        "submit", "--workspace", offices.county.folder, "--quarter", "2025Q1", "--out", tmp_path / "盘",
        "--passphrase-file", tmp_path / "pass.txt",
    )  # fmt: skip
    ran = lantian(*submit)
    assert ran.status == 1 and "可以由王建军代签" in ran.said
    assert lantian(*submit, "--approval", scan).status == 2, "not without the day"
    assert lantian(*submit, "--approved-on", day).status == 1, "not without the scan"
    ran = lantian(*submit, "--approval", scan, "--approved-on", day)
    assert ran.status == 0 and ran.out["people"]["issuer"] == "赵国强"
    package = next(Path(f["path"]) for f in ran.out["files"] if f["path"].endswith(".jbx"))
    ran = lantian("verify", package, "--trust", tmp_path / "root.pem")
    assert ran.status == 0 and ran.out["signers"][0]["name"] == "王建军"
    told = ran.out["approval"]
    assert (told["issuer"], told["signer"], told["signed_on"]) == ("赵国强", "王建军", day)
    assert told["scan"]["digest"] == ran.out["scan"] == digest_of(scan.read_bytes())
    ran = lantian("verify", package.with_suffix(".pdf"), "--trust", tmp_path / "root.pem")
    assert ran.status == 0 and ran.out["scan"] == digest_of(scan.read_bytes())
    assert "赵国强" in ran.out["reason"] and "王建军代签" in ran.out["reason"]


def test_workspaces_are_listed_and_removed_for_the_uninstaller(
    lantian: Any, offices: Offices, tmp_path: Path
) -> None:
    city, gone = offices.city.folder, tmp_path / "不在"
    offices.city.close()
    listed = lantian("workspaces", city, gone)
    assert listed.status == 0 and [row["state"] for row in listed.out["workspaces"]] == ["here", "missing"]
    lantian("workspaces", "--list-to", tmp_path / "列表.txt", city, gone)
    assert (tmp_path / "列表.txt").read_bytes().decode("utf-16") == f"{city}\r\n"
    removed = lantian("workspaces", "--remove", city, offices.county.folder, gone)
    assert removed.status == 1, "the county's is open"
    assert [row["state"] for row in removed.out["workspaces"]] == ["removed", "kept", "missing"]
    assert not city.exists() and (offices.county.folder / "lantian.db").is_file()
    assert lantian("workspaces").out == {"workspaces": []}


def test_the_city_says_which_parts_of_its_bulletin_it_wants(
    lantian: Any, offices: Offices, tmp_path: Path
) -> None:
    city, county = offices.city.folder, offices.county.folder
    offices.city.close()
    offices.county.close()
    files = ("--quarter", "2025Q1", "--pdf", tmp_path / "t.pdf", "--xlsx", tmp_path / "t.xlsx")
    parts = ("--part", "units", "--part", "letter", "--part", "ranking", "--apart")
    number = "云政办通报〔2025〕3号"
    ran = lantian("report", "--workspace", city, *files, *parts, "--number", number)
    assert ran.status == 0, ran.said
    assert "字体：标题用" in ran.said and ran.out["faces"]
    assert (ran.out["parts"], ran.out["stale"], ran.out["missing"]) == (
        ["units", "letter", "ranking"],
        [],
        [],
    )
    printed = text_of((tmp_path / "t.pdf").read_bytes(), tmp_path)
    assert number in printed and ran.out["code"] in printed and "下一步要求" not in printed

    known = lantian("verify", "--code", ran.out["code"], "--workspace", city)
    assert known.status == 0 and "2025年第一季度　通报：" in known.said and "t.pdf" in known.said
    (bulletin,) = known.out["bulletins"]
    assert bulletin["files"][0]["number"] == number and bulletin["later"] is None
    by_file = lantian("verify", "--code", digest_of((tmp_path / "t.pdf").read_bytes()), "--workspace", city)
    assert by_file.out["bulletins"] == [bulletin]

    for wrong in (("--part", "cover"), ("--part", "requests"), ("--number", "号" * 41)):
        assert lantian("report", "--workspace", city, *files, *wrong).status == 2
    ran = lantian("report", "--workspace", county, *files, "--part", "letter")
    assert ran.status == 2 and "只用于市里的通报" in ran.said


def test_preparer_and_reviewer_sign_before_the_issuer(lantian: Any, offices: Offices, tmp_path: Path) -> None:
    own = {SignRole.PREPARER: "填报人自己的口令", SignRole.REVIEWER: "审核人自己的口令"}
    enrol(offices, "李敏", SignRole.PREPARER, own[SignRole.PREPARER])
    enrol(offices, "马晓东", SignRole.REVIEWER, own[SignRole.REVIEWER])
    cosigning.set_co_signing(offices.county, True, "test", offices.now)
    offices.reviewed_report()
    county = offices.county.folder
    offices.county.close()
    common = ("--workspace", county, "--quarter", "2025Q1")
    for role, words in (*own.items(), (SignRole.ISSUER, PASS_PHRASE)):
        (tmp_path / f"{role}.txt").write_text(f"{words}\n", encoding="utf-8")

    submit = ("submit", *common, "--out", tmp_path / "盘", "--passphrase-file", tmp_path / "issuer.txt")
    assert lantian(*submit).status == 1, "the others have not signed"
    assert lantian("co-sign", *common).status == 1, "no pass phrase"
    wrong = lantian("co-sign", *common, "--passphrase-file", tmp_path / "reviewer.txt")
    assert wrong.status == 1 and "口令不对" in wrong.said, "it is the preparer's turn"
    ran = lantian("co-sign", *common, "--passphrase-file", tmp_path / "preparer.txt")
    assert ran.status == 0 and "填报人李敏签了名，接着由审核人签名。" in ran.said
    assert (ran.out["next"], [each["person"] for each in ran.out["signatures"]]) == ("reviewer", ["李敏"])
    ran = lantian("co-sign", *common, "--passphrase-file", tmp_path / "reviewer.txt")
    assert ran.status == 0 and ran.out["next"] is None and "可以签发了" in ran.said
    assert lantian("co-sign", *common, "--passphrase-file", tmp_path / "reviewer.txt").status == 1
    assert lantian(*submit).status == 0
    log = (tmp_path / "home").rglob("*.log")
    assert not any(word in path.read_text("utf-8") for path in log for word in own.values())
