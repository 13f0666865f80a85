"""The main job, done inside by the installed program; what it wrote is judged outside."""

from __future__ import annotations

import json
from typing import Any

from installer.checking import judges
from installer.checking.trial import Trial

JOB_SECONDS = 400.0


def do_main_job(trial: Trial) -> None:
    """The `demo` verb of the installed program: plan in, assignments, filling, signing, packages, acceptance, summary."""
    protocol = trial.protocol
    out = trial.documents / "演示（全流程）"
    done = trial.wine.run(trial.here.commands, "demo", out, seconds=JOB_SECONDS)
    protocol.facts["main_job_seconds"] = done.seconds
    protocol.that("the whole job ends with 0", done.status == 0, f"exit {done.status}: {done.err[-500:]}")
    protocol.that("no traceback", "Traceback" not in done.err + trial.here.program_log(), done.err[-500:])
    trial.places["demo"] = out
    made = json.loads((out / "demo.json").read_text(encoding="utf-8"))
    accepted = made["city"]["accepted"]
    protocol.that(
        "every unit's report was accepted",
        accepted == len(made["units"]) > 0,
        f"{accepted} of {len(made['units'])}",
    )
    said = json.loads(done.out)
    protocol.that("standard output is the same JSON, in UTF-8", said == made)


def judge_results(trial: Trial) -> None:
    """Every paper, workbook and package, by tools of Linux."""
    out = trial.places["demo"]
    made: dict[str, Any] = json.loads((out / "demo.json").read_text(encoding="utf-8"))
    root = out / made["trust"]["root"]
    papers = [out / made["city"]["summary_pdf"], *(out / unit["report_pdf"] for unit in made["units"])]
    books = [out / made["city"]["summary_xlsx"], *(out / unit["report_xlsx"] for unit in made["units"])]
    packages = [out / unit["package"] for unit in made["units"]]
    for path in papers:
        trial.protocol.that(f"pdfsig: {path.name}", *judges.pdf_signed(path))
        trial.protocol.that(f"qpdf: {path.name}", *judges.pdf_sound(path))
    for path in books[:2]:
        trial.protocol.that(f"LibreOffice: {path.name}", *judges.converts(path, "pdf"))
    for path in packages:
        trial.protocol.that(f"openssl: {path.name}", *judges.seal_holds(path, root))
    for path in (papers[1], packages[0]):
        trial.protocol.that(f"our own verify: {path.name}", *judges.verified(path, root))


def draw_page(trial: Trial) -> None:
    """Somebody else's PDF is drawn by a process of its own, which Windows starts from the version's folder."""
    paper = next((trial.places["demo"] / "exchange" / "up").rglob("*.pdf"))
    width, height, pages, colours = map(int, trial.script("material.py", "page", paper, seconds=90).split())
    is_page = 1000 < width < height <= 2400 and pages > 1 and colours > 50
    trial.protocol.that(
        "a page of a PDF is drawn by the child process", is_page, (width, height, pages, colours)
    )
