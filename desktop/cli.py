"""The headless face: JSON on standard output, sentences for people on standard error.

Exit status: 0 done, 1 refused by a check, 2 unreadable or wrong input, 3 cannot be decided, 4 a fault of ours.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn, TextIO

from desktop.domain.approval import Approval
from desktop.domain.codec import encode
from desktop.domain.errors import CancelledError, RefusedError, UnreadableError, UserError
from desktop.domain.package import Verification
from desktop.domain.plan import DutyRole, PlanDraft, PlanProblem
from desktop.domain.quarter import Quarter
from desktop.domain.report import Report
from desktop.paths import Paths
from desktop.storage import Store
from desktop.wording import errors, problems, steps

DONE, REFUSED, UNREADABLE, UNDECIDED, FAULT = range(5)
HOLDER = "命令行"


def main(arguments: list[str], paths: Paths) -> int:
    """Runs one command; returns the exit status."""
    try:
        options = _parser().parse_args(arguments)
    except _UsageError as error:
        _say(str(error))
        return UNREADABLE
    except SystemExit:
        # After --help.
        return DONE
    try:
        status: int = options.run(options, paths)
        return status
    except _UsageError as error:
        _say(str(error))
        return UNREADABLE
    except UserError as error:
        _say(errors.one_line(error))
        return UNREADABLE if isinstance(error, UnreadableError) else REFUSED
    except (CancelledError, KeyboardInterrupt):
        _say("已停下。做完的留着，没做完的没有写进去。")
        return REFUSED
    except Exception:
        logging.getLogger("lantian").exception("headless command %s", arguments[:2])
        _say(f"程序出了错，已有的内容没有变化。详情记在：{paths.log}")
        return FAULT


class _UsageError(Exception):
    pass


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise _UsageError(f"{self.format_usage().strip()}\n{message}")

    def print_help(self, file: Any = None) -> None:
        """Help is for people: it goes where sentences go, so that standard output holds JSON or nothing."""
        _say(self.format_help())


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="lantian", description="蓝天季报")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser)
    plan = commands.add_parser("plan", help="方案").add_subparsers(
        dest="verb", required=True, parser_class=_Parser
    )
    read = plan.add_parser("read", help="读一个方案文件，不保存")
    read.add_argument("file", type=Path)
    read.set_defaults(run=_plan_read)
    demo = commands.add_parser("demo", help="全流程演示")
    demo.add_argument("out", type=Path)
    demo.add_argument("--plan", type=Path)
    demo.add_argument("--quarter", default="2025Q1")
    demo.add_argument("--region")
    demo.set_defaults(run=_demo)
    verify = commands.add_parser("verify", help="查验一个文件，或核对纸上的码")
    verify.add_argument("file", type=Path, nargs="?")
    verify.add_argument("--trust", type=Path)
    verify.add_argument("--code", help="纸上页脚的核对码，或二维码里的摘要值；要和 --workspace 一起用")
    verify.add_argument("--workspace", type=Path)
    verify.set_defaults(run=_verify)
    receive = commands.add_parser("receive", help="收文件")
    receive.add_argument("files", type=Path, nargs="+")
    receive.add_argument("--confirm", default="", help="已电话核对过的指纹，导入邀请时要")
    receive.set_defaults(run=_receive)
    report = commands.add_parser("report", help="导出 PDF 和 Excel")
    report.add_argument("--pdf", type=Path, required=True)
    report.add_argument("--xlsx", type=Path, required=True)
    report.add_argument("--passphrase-file", type=Path, help="给了口令文件，市里的汇总 PDF 就签名")
    report.set_defaults(run=_report)
    submit = commands.add_parser("submit", help="签发并写出报送文件")
    submit.add_argument("--out", type=Path, required=True)
    submit.add_argument("--passphrase-file", type=Path)
    submit.add_argument("--approval", type=Path, help="代签：签发人已签字的签批单的扫描件")
    submit.add_argument("--approved-on", default="", help="代签：签批单上写的签字日期，如 2025-04-08")
    submit.set_defaults(run=_submit)
    workspaces = commands.add_parser("workspaces", help="这台电脑上打开过的工作区；--remove 把它们删掉")
    workspaces.add_argument("folders", type=Path, nargs="*")
    workspaces.add_argument("--list-to", type=Path, help="把还在的写进这个文件，一行一个，UTF-16；卸载程序用")
    workspaces.add_argument("--remove", action="store_true", help="删掉，找不回来；卸载程序用")
    workspaces.set_defaults(run=_workspaces)
    for command in (receive, report, submit):
        command.add_argument("--workspace", type=Path, required=True)
    for command in (report, submit):
        command.add_argument("--quarter", required=True)
        command.add_argument("--plan")
    return parser


def _now() -> datetime:
    return datetime.now().astimezone()


def _say(text: str) -> None:
    _write(sys.stderr, text)


def _write(stream: TextIO | None, text: str) -> None:
    """UTF-8 whatever the locale; a file name that is no Unicode is written with escapes. No stream, no words."""
    if stream is None:
        # A program without a console on Windows has none.
        return
    stream.flush()
    stream.buffer.write((text + "\n").encode("utf-8", errors="backslashreplace"))
    stream.buffer.flush()


def _print(value: Any) -> None:
    _write(sys.stdout, json.dumps(value, ensure_ascii=False, indent=2))


@contextmanager
def _workspace(options: argparse.Namespace) -> Iterator[Store]:
    from desktop.services.opening import open_workspace

    store = open_workspace(options.workspace, HOLDER, _now())
    try:
        yield store
    finally:
        store.close()


def _plan_read(options: argparse.Namespace, paths: Paths) -> int:
    from desktop.services.opening import region_for_city, shipped_regions
    from desktop.services.planning import read_document, resolve

    try:
        regions = shipped_regions(paths.regions)
        draft = read_document(options.file, regions)
    except UserError as error:
        message = errors.one_line(error)
        problem = {"task_no": "", "part": 0, "code": error.code, "severity": "error", "message": message}
        _print({"title": "", "city": "", "items": [], "targets": [], "problems": [problem]})
        _say(message)
        return UNREADABLE
    region = region_for_city(regions, draft.city)
    _print(plan_json(resolve(draft, region) if region else draft))
    return DONE


def plan_json(draft: PlanDraft) -> dict[str, Any]:
    """A draft in the form that `plan read` prints."""
    return {
        "title": draft.title,
        "city": draft.city,
        "items": [
            {
                "task_no": m.task_no, "part": m.part, "section": m.section, "title": m.title, "content": m.content,
                **{role.value: list(m.names(role)) for role in DutyRole},
                "wording": m.wording, "open_ended": m.open_ended, "deadline": m.deadline, "remark": m.remark,
            }
            for m in draft.measures
        ],
        "targets": [
            {
                "task_no": t.task_no, "part": t.part, "indicator": t.indicator, "comparator": t.comparator.value,
                "value": _number(t.value), "unit": t.unit, "deadline": t.deadline, "scope": t.scope, "text": t.text,
            }
            for t in draft.targets
        ],
        "problems": [_problem_json(p) for p in draft.problems],
    }  # fmt: skip


def _number(value: Any) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _problem_json(problem: PlanProblem) -> dict[str, Any]:
    return {
        "task_no": problem.task_no,
        "part": problem.part,
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problems.message(problem),
    }


def _demo(options: argparse.Namespace, paths: Paths) -> int:
    from desktop.services.demonstrating import demonstrate

    _quarter(options.quarter)

    def progress(step: str, done: int, total: int) -> None:
        _say(f"{steps.STEP.get(step, steps.OTHER)}（{done}/{total}）")

    made = demonstrate(
        options.out, paths, options.plan, options.quarter, options.region, _now(), progress=progress
    )
    _print(made)
    return DONE


def _quarter(text: str) -> str:
    try:
        return str(Quarter.parse(text))
    except ValueError:
        raise UnreadableError("quarter_wrong", quarter=text) from None


def _verify(options: argparse.Namespace, paths: Paths) -> int:
    from desktop.services.verifying import verify

    if options.code is not None and options.file is None and options.workspace is not None:
        return _verify_code(options)
    if options.file is None or options.code is not None or options.workspace is not None:
        raise _UsageError(
            "lantian verify 文件 [--trust 根证书]\nlantian verify --code 核对码 --workspace 文件夹"
        )
    verified = verify(options.file, options.trust, _now())
    found = verified.facts
    said: dict[str, Any] = {
        "kind": found.kind,
        "intact": found.intact,
        "signers": [{"name": s.name, "unit": s.unit, "role": s.role} for s in found.signers],
        "signed_at": list(found.moments),
        "trusted": found.trusted,
        "revocation": found.revocation,
        "whole_file": found.whole_file,
        "problems": list(found.problems),
    }
    if verified.scan:
        # Somebody signed for the issuer: a PDF says so in its reason, a package in full.
        said |= {"scan": verified.scan, "approval": encode(verified.approval), "reason": found.reason}
    _print(said)
    return _verdict(found)


def _verify_code(options: argparse.Namespace) -> int:
    """A code from paper: 0 where a submission here has it, 1 where none has."""
    from desktop.services.recognising import recognise
    from desktop.wording import paper_code

    with _workspace(options) as store:
        found = recognise(store, options.code)
    _print(encode(found))
    for copy in found.copies:
        _say(f"{paper_code.headline(copy)}：{paper_code.state_word(copy)}。{paper_code.advice(copy)}")
    if not found.copies:
        _say("。".join(paper_code.nothing(found)))
    return DONE if found.copies else REFUSED


def _verdict(found: Verification) -> int:
    facts = (found.intact, found.trusted, found.revocation, found.whole_file)
    if False in facts or found.problems:
        return REFUSED
    return DONE if found.holds else UNDECIDED


def _receive(options: argparse.Namespace, paths: Paths) -> int:
    from desktop.services.receiving import take_in

    results, worst = [], DONE
    with _workspace(options) as store:
        for path in options.files:
            line: dict[str, Any] = {"file": str(path)}
            try:
                item, applied = take_in(store, path, options.confirm, HOLDER, _now())
                line |= {
                    "kind": item.kind, "issuer": item.issuer.name, "state": item.state.value,
                    "applied": applied is not None and not applied.again, "problem": item.problem,
                }  # fmt: skip
            except UserError as error:
                line |= {
                    "state": "refused",
                    "applied": False,
                    "problem": error.code,
                    "message": errors.one_line(error),
                }
                _say(f"{path.name}：{errors.one_line(error)}")
                worst = max(worst, UNREADABLE if isinstance(error, UnreadableError) else REFUSED)
            results.append(line)
    _print({"files": results})
    return worst


def _plan_of(store: Store, wanted: str | None) -> str:
    plans = store.plans.all()
    if wanted:
        found = [p.id for p in plans if p.id.startswith(wanted) or p.title == wanted]
    else:
        found = [p.id for p in plans]
    if not found:
        raise RefusedError("plan_missing")
    if len(found) > 1:
        raise RefusedError("plan_ambiguous")
    return found[0]


def _report(options: argparse.Namespace, paths: Paths) -> int:
    from desktop.reports.fonts import load_faces
    from desktop.services.announcing import announced, last_choice
    from desktop.services.enrolling import signer
    from desktop.services.exporting import report_files, write_named
    from desktop.services.summarising import summary, summary_files

    quarter = _quarter(options.quarter)
    if options.pdf.absolute() == options.xlsx.absolute():
        raise UnreadableError("same_file_twice", file=str(options.pdf))
    faces = load_faces(paths.fonts)
    with _workspace(options) as store:
        plan_id = _plan_of(store, options.plan)
        if store.workspace.leads:
            identity = (
                signer(store, _passphrase(options.passphrase_file)) if options.passphrase_file else None
            )
            seen = summary(store, plan_id, quarter, _now())
            files = summary_files(announced(store, seen, last_choice(store)), faces, identity=identity)
            signed, code = bool(files.signer), ""
            pdf, workbook = files.pdf, files.workbook
        else:
            pdf, workbook, report = report_files(store, plan_id, quarter, faces, _now())
            signed, code = bool(report.package), report.code
    paper, sheet = write_named({options.pdf: pdf, options.xlsx: workbook})
    _print(
        {
            "pdf": str(paper.path),
            "xlsx": str(sheet.path),
            "quarter": quarter,
            "plan": plan_id,
            "signed": signed,
            "code": code,
        }
    )
    return DONE


def _submit(options: argparse.Namespace, paths: Paths) -> int:
    from desktop.reports.fonts import load_faces
    from desktop.services.sending import new_folder, submit
    from desktop.services.signing import sign

    quarter = _quarter(options.quarter)
    with _workspace(options) as store:
        folder = new_folder(options.out)
        plan_id = _plan_of(store, options.plan)
        report = store.reports.latest(plan_id, store.workspace.unit.code, quarter)
        if report is None:
            raise RefusedError("report_missing", quarter=quarter)
        if not report.package:
            passphrase, approval = _passphrase(options.passphrase_file), _approval(options, store, report)
            faces = load_faces(paths.fonts)
            report = sign(store, report.id, passphrase, faces, HOLDER, _now(), approval=approval).report
        report, written = submit(store, report.id, folder, HOLDER, _now())
    files = [{"path": str(w.path), "size": w.size, "sha256": w.sha256} for w in written]
    _print(
        {
            "state": report.state.value,
            "revision": report.revision,
            "code": report.code,
            "files": files,
            "people": encode(report.people),
        }
    )
    return DONE


def _workspaces(options: argparse.Namespace, paths: Paths) -> int:
    from desktop.services.opening import is_workspace
    from desktop.services.removing import remove_workspace

    rows, is_kept = [], False
    for folder in options.folders:
        state, reason = "missing", ""
        try:
            if is_workspace(folder):
                state = "here"
                if options.remove:
                    state = "removed" if remove_workspace(folder, HOLDER, _now()) else "emptied"
        except UserError as error:
            state, reason = "kept", errors.one_line(error)
        except OSError as error:
            state, reason = "kept", str(error)
        is_kept = is_kept or state == "kept"
        rows.append({"folder": str(folder), "state": state, "reason": reason})
    if options.list_to:
        listed = "".join(f"{row['folder']}\r\n" for row in rows if row["state"] != "missing")
        options.list_to.write_bytes(listed.encode("utf-16"))
    _print({"workspaces": rows})
    return REFUSED if is_kept else DONE


def _approval(options: argparse.Namespace, store: Store, report: Report) -> Approval | None:
    """What signing for the issuer is recorded by, where it was asked for: scan and day go together."""
    from desktop.services.approving import approval_of, keep_scan

    if options.approval is None and not options.approved_on:
        return None
    try:
        day = date.fromisoformat(options.approved_on)
    except ValueError:
        raise UnreadableError("approval_day_unreadable", day=options.approved_on or "没有写") from None
    if options.approval is None:
        raise RefusedError("scan_missing")
    return approval_of(store, report, keep_scan(store, options.approval), day)


def _passphrase(path: Path | None) -> str:
    if path is None:
        raise RefusedError("passphrase_missing")
    try:
        return path.read_text(encoding="utf-8-sig").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise UnreadableError("file_unreadable", file=str(path), reason="") from None
