"""A reading is stopped at its own bounds, wherever it is, and at a user's word."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from reportlab.pdfgen.canvas import Canvas

from desktop.domain.errors import CancelledError, UnreadableError
from desktop.domain.progress import Progress, silent
from desktop.intake.duties.lexicon import Lexicon
from desktop.intake.forms import limits
from desktop.intake.forms.limits import limited
from desktop.intake.plan_reader import read_plan


def test_a_step_that_never_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "STEP_SECONDS", 0.2)

    def work(progress: Progress) -> None:
        while True:
            try:
                progress_never_called = 1
                assert progress_never_called
            except Exception:
                continue

    with pytest.raises(UnreadableError) as caught:
        limited("a.pdf", work, silent)
    assert (caught.value.code, caught.value.facts) == ("plan_too_large", {"file": "a.pdf"})


def test_steps_that_end_have_the_time_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "STEP_SECONDS", 0.3)
    monkeypatch.setattr(limits, "ALL_SECONDS", 1.0)
    steps = []

    def work(progress: Progress) -> None:
        while True:
            progress("reading", len(steps), 0)
            steps.append(time.process_time())

    with pytest.raises(UnreadableError):
        limited("a.pdf", work, silent)
    assert steps[-1] - steps[0] > 0.5


def test_objects_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "OBJECTS", 200_000)
    kept: list[object] = []

    def work(progress: Progress) -> None:
        while True:
            kept.append(object())

    with pytest.raises(UnreadableError):
        limited("a.pdf", work, silent)
    assert len(kept) > 150_000


def test_nothing_arrives_after_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reading that ends just as its time is up gives its result, or is refused; nothing comes later."""
    monkeypatch.setattr(limits, "STEP_SECONDS", 0.05)
    monkeypatch.setattr(limits, "_LOOK_SECONDS", 0.0005)

    def work(progress: Progress) -> int:
        begun = time.process_time()
        while time.process_time() - begun < 0.05:
            pass
        return 1

    for _ in range(30):
        try:
            assert limited("a.pdf", work, silent) == 1
        except UnreadableError as error:
            assert error.code == "plan_too_large"


def long_word(path: Path) -> None:
    document = docx.Document()
    for at in range(600):
        document.add_paragraph(f"{at}. 治理扬尘。（市住建局牵头）")
    document.save(str(path))


def long_sheets(path: Path) -> None:
    book = openpyxl.Workbook()
    for at in range(12):
        book.create_sheet(f"表{at}").append(["任务", "措施", "责任单位"])
    book.save(path)


def long_pages(path: Path) -> None:
    canvas = Canvas(str(path))
    for at in range(12):
        canvas.drawString(50, 700, f"page {at}")
        canvas.showPage()
    canvas.save()


def long_text(path: Path) -> None:
    path.write_text("\n".join(f"{at}. 治理扬尘。（市住建局牵头）" for at in range(3000)), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "make"),
    [("a.docx", long_word), ("a.xlsx", long_sheets), ("a.pdf", long_pages), ("a.txt", long_text)],
)
def test_a_long_reading_stops_at_the_next_step(
    tmp_path: Path, name: str, make: Callable[[Path], None]
) -> None:
    """Asked to stop at any step, it stops there: no step is told of afterwards."""
    make(tmp_path / name)
    told: list[tuple[str, int, int]] = []

    def count(step: str, done: int, total: int) -> None:
        told.append((step, done, total))

    try:
        read_plan(tmp_path / name, Lexicon(), count)
    except UnreadableError as error:
        assert error.code in ("plan_no_measures", "plan_empty")
    whole = list(told)
    assert len([step for step, _, _ in whole if step == "reading"]) > 8
    for last in (0, len(whole) // 2, len(whole) - 1):
        told.clear()

        def stop(step: str, done: int, total: int, last: int = last) -> None:
            told.append((step, done, total))
            if len(told) > last:
                raise CancelledError

        with pytest.raises(CancelledError):
            read_plan(tmp_path / name, Lexicon(), stop)
        assert told == whole[: last + 1]
