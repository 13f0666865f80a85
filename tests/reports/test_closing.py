"""版记 on the paper's last page after GB/T 9704-2012 (7.4, 7.5): even, its last rule the type area's edge, blank pages unnumbered."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pdfplumber
import pytest

from desktop.domain.codec import canonical_bytes, verification_code
from desktop.domain.identity import SignRole
from desktop.domain.letter import SectionName
from desktop.domain.report import People, ReportDocument
from desktop.reports.fonts import Faces
from desktop.reports.letter_body import PITCHES, fitted
from desktop.reports.official_letter import SignedBy
from desktop.reports.page import MM
from desktop.reports.rendered import RenderedPdf
from desktop.reports.unit_report import render_unit_report
from tests.reports import samples
from tests.reports.printed import plain
from tests.reports.test_official_letter import WORDS, document

BARE = {"table": False, "readings": False, "evidence": False}
NUMBER = re.compile(r"—(\d+)—")


def of_length(paragraphs: int, count: int = 3, **changed: Any) -> ReportDocument:
    sections = (
        (SectionName.OPENING, "现将情况报告如下。"),
        (SectionName.OVERALL, "\n".join([WORDS] * paragraphs)),
    )
    return document(*sections, count=count, **changed)


def pages_of(rendered: RenderedPdf) -> Iterator[tuple[Any, str, int | None]]:
    """Each page with its words and its number, None where it has none."""
    with pdfplumber.open(io.BytesIO(rendered.pdf)) as opened:
        for page in opened.pages:
            words = plain(page.extract_text())
            turned = "".join(char["text"] for char in page.chars if not char["upright"])
            found = NUMBER.search(words) or NUMBER.search(plain(turned))
            yield page, words, int(found[1]) if found else None


def assert_closed(rendered: RenderedPdf, code: str) -> bool:
    """The rules for the end of a file; returns whether a page was left blank."""
    pages = list(pages_of(rendered))
    last, words, _ = pages[-1]
    assert len(pages) % 2 == 0 and last.width < last.height
    assert [said for _, said, _ in pages if "承办单位" in said] == [words], "only on the last page"
    rules = [line for line in last.lines if line["x1"] - line["x0"] == pytest.approx(156 * MM, abs=0.5)]
    lowest = max(rules, key=lambda line: line["top"])
    assert last.height - lowest["top"] == pytest.approx(35 * MM, abs=0.1), "flush with the type area"
    assert f"核对码{code}" in words.replace(f"核对码{code}", "", 1), "in the proof and at the foot"
    blank = [
        at for at, (_, said, _) in enumerate(pages) if said.startswith(f"核对码{code}") and "SHA" not in said
    ]
    assert blank in ([], [len(pages) - 2])
    numbers = [number for _, _, number in pages]
    counted = len(pages) - 2 * len(blank)
    assert numbers == [*range(1, counted + 1), *([None, None] if blank else [])]
    return bool(blank)


def test_it_stands_on_the_last_even_page_whatever_comes_before(faces: Faces) -> None:
    seen = set()
    for paragraphs in range(1, 24, 2):
        for changed in (BARE, {"readings": False, "evidence": False}, {"table": False, "readings": False}):
            report = of_length(paragraphs, **changed)
            rendered = render_unit_report(report, faces, SignedBy("王建国"))
            code = verification_code(canonical_bytes(report))
            seen.add((bool(changed is BARE), assert_closed(rendered, code)))
    assert seen == {(True, True), (True, False), (False, True), (False, False)}


def test_a_letter_alone_has_it_at_its_own_end_or_on_its_back(faces: Faces) -> None:
    short = render_unit_report(of_length(1, red_head=False, number="", **BARE), faces)
    assert (short.signature_page, short.pages) == (0, 2)
    two = render_unit_report(of_length(4, **BARE), faces)
    assert (two.signature_page, two.pages) == (1, 2), "letter, proof and 版记 on one page"


def test_it_does_not_run_into_what_stands_above(faces: Faces) -> None:
    for paragraphs in range(1, 20):
        report = replace(of_length(paragraphs, **BARE), co_signers=(SignRole.PREPARER, SignRole.REVIEWER))
        rendered = render_unit_report(report, faces)
        assert_closed(rendered, verification_code(canonical_bytes(report)))
        tops = [place.box[3] for place in rendered.co_signatures if place.box]
        assert {place.page for place in rendered.co_signatures} == {rendered.pages - 1} and len(tops) == 2
        if rendered.signature_page == rendered.pages - 1:
            assert rendered.signature_box[1] > max(tops) + 30


def test_without_anything_to_say_there_is_none_and_no_page_for_it(faces: Faces) -> None:
    report = replace(of_length(1, red_head=False, bureau="", **BARE), people=People(issuer="王建国"))
    rendered = render_unit_report(report, faces)
    assert rendered.pages == rendered.signature_page + 1 == 1
    (only,) = pages_of(rendered)
    assert only[2] == 1 and "SHA-256" in only[1] and "印发" not in only[1]


@pytest.mark.parametrize("signed", [None, SignedBy("王建国")])
def test_closer_lines_save_a_page_that_would_be_nearly_empty(faces: Faces, signed: SignedBy | None) -> None:
    """Over letters of every length: closer within bounds and only where it saves a page; 22 lines or at most 23."""
    pitches = set()
    for paragraphs in range(1, 40):
        rendered = render_unit_report(of_length(paragraphs, count=1), faces, signed)
        letter = [page for page, _, _ in pages_of(rendered)][: rendered.signature_page + 1]
        bodies = [
            sorted({round(char["bottom"], 1) for char in page.chars if 15 < char["size"] < 17})
            for page in letter
        ]
        steps = [round(b - a, 2) for body in bodies for a, b in pairwise(body)]
        pitch = min(steps)
        assert any(pitch == pytest.approx(each, abs=0.15) for each in PITCHES)
        assert all(len(body) <= 23 for body in bodies)
        last = plain(letter[-1].extract_text())
        assert last.index("特此报告") > 30, "at least two lines of the body go with the seal"
        pitches.add(pitch < 28.9)
    assert pitches == {True, False}


def test_the_widest_pitch_that_saves_a_page_is_taken() -> None:
    def pages_at(pitch: float) -> int:
        return 2 if pitch < 28.5 else 3

    assert fitted(lambda pitch: pitch, pages_at) == 28.2
    assert fitted(lambda pitch: pitch, lambda pitch: 3) == PITCHES[0] == 29
    assert fitted(lambda pitch: pitch, lambda pitch: 2 if pitch < 28 else 3) == PITCHES[-1] == 27.7


def test_a_report_of_before_letters_is_closed_the_same_way(faces: Faces) -> None:
    report = samples.report(count=2)
    rendered = render_unit_report(replace(report, letter=None), faces)
    last = [words for _, words, _ in pages_of(rendered)][-1]
    assert rendered.pages % 2 == 0 and "填报人：李敏" in last and "SHA-256" in last
