"""`report`: a unit's report, or the city's 通报 of a quarter, as PDF and workbook."""

from __future__ import annotations

import argparse
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from desktop.cli.speaking import (
    DONE,
    HOLDER,
    UsageError,
    now,
    passphrase_in,
    plan_of,
    print_json,
    quarter_of,
    say,
    workspace,
)
from desktop.domain.bulletin import ADDRESSEE_LENGTH, BULLETIN_HEADINGS, NUMBER_LENGTH, BulletinPart
from desktop.domain.codec import canonical_bytes, encode, verification_code
from desktop.domain.errors import UnreadableError
from desktop.paths import Paths
from desktop.storage import Store
from desktop.wording import paper

if TYPE_CHECKING:
    from desktop.reports.fonts import Faces
    from desktop.services.announcing import Choice
    from desktop.services.exporting import ReportFiles
    from desktop.services.summarising import SummaryFiles

_CHOICES = ("part", "number", "addressee", "apart")


def add_bulletin_options(command: argparse.ArgumentParser) -> None:
    """What is printed of a 通报; without any of them, what was chosen for the last one."""
    command.add_argument(
        "--part", action="append", choices=[part.value for part in BulletinPart],
        help="市里的通报印哪一部分，可以写几次；不写就照上一次导出时选的",
    )  # fmt: skip
    command.add_argument("--number", help="通报的发文字号；不写就不印红头")
    command.add_argument("--addressee", help="通报的主送机关；写空的就照各单位的类别写")
    command.add_argument("--apart", action=argparse.BooleanOptionalAction, help="评分时县和园区分开排名次")


def report(options: argparse.Namespace, paths: Paths) -> int:
    """Writes both files; a unit's signed report is the very bytes that were signed."""
    from desktop.reports.fonts import load_faces

    quarter = quarter_of(options.quarter)
    if options.pdf.absolute() == options.xlsx.absolute():
        raise UnreadableError("same_file_twice", file=str(options.pdf))
    faces = load_faces(paths.fonts)
    with workspace(options) as store:
        plan_id = plan_of(store, options.plan)
        write = _bulletin if store.workspace.leads else _own_report
        said = write(options, store, plan_id, quarter, faces)
    print_json({"quarter": quarter, "plan": plan_id, **said})
    return DONE


def _own_report(
    options: argparse.Namespace, store: Store, plan_id: str, quarter: str, faces: Faces
) -> dict[str, Any]:
    from desktop.services.exporting import report_files, write_named

    if any(getattr(options, name) is not None for name in _CHOICES):
        raise UsageError("--part、--number、--addressee、--apart只用于市里的通报")
    files = report_files(store, plan_id, quarter, faces, now())
    paper_file, sheet = write_named({options.pdf: files.pdf, options.xlsx: files.workbook})
    _tell(files)
    return {
        "pdf": str(paper_file.path),
        "xlsx": str(sheet.path),
        "signed": bool(files.report.package),
        "code": files.report.code,
        "faces": encode(files.faces),
        "missing": encode(files.places),
    }


def _tell(files: ReportFiles | SummaryFiles) -> None:
    """Which signs cannot be printed, and in which faces the paper is set."""
    if files.places:
        say(f"{paper.lacking(files.places)}：{paper.lacking_all(files.places, '')}")
    if files.faces:
        say(f"字体：{paper.faces_used(files.faces)}")


def _bulletin(
    options: argparse.Namespace, store: Store, plan_id: str, quarter: str, faces: Faces
) -> dict[str, Any]:
    from desktop.services.announcing import announced, last_choice
    from desktop.services.announcing_text import stale_sections
    from desktop.services.enrolling import signer
    from desktop.services.exporting import export_summary
    from desktop.services.summarising import summary, summary_files

    choice = _chosen(options, last_choice(store))
    file = options.passphrase_file
    identity = signer(store, passphrase_in(file)) if file else None
    document = announced(store, summary(store, plan_id, quarter, now()), choice)
    files = summary_files(document, faces, identity=identity)
    stale = stale_sections(store, document)
    written, sheet = export_summary(store, document, files, options.pdf, options.xlsx, HOLDER, now())
    if stale:
        say(f"正文改过、之后数据有变化：{'、'.join(BULLETIN_HEADINGS[name] for name in stale)}。")
    _tell(files)
    return {
        "pdf": str(written.path),
        "xlsx": str(sheet.path),
        "signed": bool(files.signer),
        "code": verification_code(canonical_bytes(document)),
        "parts": encode(choice.parts),
        "stale": encode(stale),
        "faces": encode(files.faces),
        "missing": encode(files.places),
    }


def _chosen(options: argparse.Namespace, last: Choice) -> Choice:
    """The last choice with what the arguments say otherwise. Raises UsageError on what no bulletin can have."""
    parts = last.parts if options.part is None else tuple(BulletinPart(each) for each in options.part)
    choice = replace(
        last,
        parts=parts,
        number=" ".join((options.number or "").split()),
        addressee=last.addressee if options.addressee is None else options.addressee.strip(),
        apart=last.apart if options.apart is None else options.apart,
    )
    if len(choice.number) > NUMBER_LENGTH or len(choice.addressee) > ADDRESSEE_LENGTH:
        raise UsageError(f"发文字号最长{NUMBER_LENGTH}个字，主送机关最长{ADDRESSEE_LENGTH}个字")
    if not set(choice.parts) - {BulletinPart.REQUESTS}:
        raise UsageError("通报至少印一部分，“下一步要求”是正文里的一节")
    return choice
