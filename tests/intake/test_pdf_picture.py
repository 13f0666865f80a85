"""A page of any PDF as pixels: the right one, and none that takes the program along."""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path

import pypdfium2
import pytest

from desktop.domain.errors import CancelledError, UnreadableError
from desktop.intake.forms.pdf_picture import LONGEST, interpreter, page_picture
from tests.intake.hostile import forms, page, pdf, plain, stream


def document(*sizes: tuple[int, int]) -> bytes:
    made = pypdfium2.PdfDocument.new()
    for width, height in sizes:
        made.new_page(width, height)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def test_each_page_is_drawn_in_its_own_shape() -> None:
    data = document((600, 800), (800, 600))
    first, second, beyond = (page_picture(data, number, "a.pdf") for number in (0, 1, 9))
    assert (first.height, second.width, first.pages) == (LONGEST, LONGEST, 2)
    assert first.width < first.height and second.width > second.height
    assert len(first.pixels) == first.width * first.height * 4
    assert (beyond.width, beyond.height) == (second.width, second.height)


def test_a_large_document_comes_through_whole() -> None:
    """More than a pipe holds, and its page drawn for longer than the first look at the child."""
    strokes = b"".join(b"%d 0 m %d 800 l S " % (n % 600, (n * 7) % 600) for n in range(1_500))
    data = page(stream(strokes + b" " * 3_000_000, b""))
    assert len(data) > 3_000_000 and page_picture(data, 0, "a.pdf").pages == 1


def test_a_page_as_large_as_a_field_is_no_larger_in_memory() -> None:
    found = page_picture(document((14_400, 100)), 0, "a.pdf")
    assert (found.width, found.height) == (LONGEST, 17)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4 nothing more", b"MZ"])
def test_what_cannot_be_read_says_so(data: bytes) -> None:
    with pytest.raises(UnreadableError) as caught:
        page_picture(data, 0, "验收单.pdf")
    assert (caught.value.code, caught.value.facts) == ("page_damaged", {"file": "验收单.pdf"})


# Each form draws the next one ten times: a few lines that stand for a million million strokes.
ENDLESS = page(plain(b"/X Do"), *forms(), resources=b"/XObject<</X 6 0 R>>")


def test_a_page_that_would_take_for_ever_is_given_up_in_time() -> None:
    begun = time.monotonic()
    with pytest.raises(UnreadableError) as caught:
        page_picture(ENDLESS, 0, "a.pdf", seconds=1.5)
    assert caught.value.code == "page_too_much" and time.monotonic() - begun < 60


def test_a_drawing_is_stopped_when_nobody_waits_for_it_any_more() -> None:
    calls = 0

    def stopped(step: str, done: int, total: int) -> None:
        nonlocal calls
        calls += 1
        if calls > 2:
            raise CancelledError

    begun = time.monotonic()
    with pytest.raises(CancelledError):
        page_picture(ENDLESS, 0, "a.pdf", stopped, seconds=600)
    assert time.monotonic() - begun < 60


def test_a_page_without_a_tree_is_no_page() -> None:
    with pytest.raises(UnreadableError):
        page_picture(pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"]), 0, "a.pdf")


def test_the_programs_own_exe_is_not_started_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "蓝天季报.exe"))
    assert interpreter() == sys.executable, "without an interpreter beside it there is nothing else"
    (tmp_path / "pythonw.exe").touch()
    assert interpreter() == str(tmp_path / "pythonw.exe")
    version = tmp_path / "versions" / "0.1.0"
    version.mkdir(parents=True)
    monkeypatch.setattr(sys, "prefix", str(version))
    (version / "pythonw.exe").touch()
    assert interpreter() == str(version / "pythonw.exe"), "the installed version's own"
