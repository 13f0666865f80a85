"""A quarter of a million signs at widths from 3 to 40 em: no forbidden mark at a line's start or end, nothing split or too wide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pytest

from desktop.reports.fonts import Faces, Typeface
from desktop.reports.line_breaking import NO_END, NO_START, Line, break_lines, squeezed
from tests.reports.official_text import paragraph

SEEDS, LENGTH = 420, 600
WIDTHS = (3, 4, 5, 6, 7.5, 9, 11.5, 15, 20, 28, 40)


def holds(text: str, place: int) -> tuple[int, int]:
    """From where to where the signs round a place hold together, by the marks alone, whatever the program does."""

    def glued(at: int) -> bool:
        before, after = text[at - 1], text[at]
        ascii_run = not (_wide(before) or _wide(after))
        return after in NO_START or before in NO_END or ascii_run

    first = last = place
    while first > 0 and glued(first):
        first -= 1
    while last < len(text) and glued(last):
        last += 1
    return max(first - 1, 0), last


def _wide(char: str) -> bool:
    return "\u2e80" <= char <= "\uff60" or char in "“”‘’—…"


def ink_width(text: str, face: Typeface) -> float:
    """From the line's edge to the last ink: what two marks share counts once, the last one's blank half not."""
    whole = sum(face.advances[char] for char in text) - squeezed(text, face.squeezes)
    return whole - face.squeezes[text[-1]]


def violations(
    text: str, spans: list[tuple[int, int]], lines: tuple[Line, ...], ems: float, face: Typeface
) -> Counter[str]:
    limit = ems * 1000
    found: Counter[str] = Counter(lines=len(lines))

    def fits(first: int, last: int) -> bool:
        return sum(face.advances[char] for char in text[first:last]) <= limit

    borders, at = [], 0
    for line in lines:
        found["overflow"] += line.width > limit + 0.1 or ink_width(line.text, face) > limit + 0.1
        at += len(line.text)
        borders.append(at)
    assert borders.pop() == len(text)
    for border in borders:
        bad = (text[border] in NO_START, text[border - 1] in NO_END)
        if any(bad) and fits(*holds(text, border)):
            found["start"] += bad[0]
            found["end"] += bad[1]
    inside = set(borders)
    for first, last in spans:
        parted = [border for border in range(first + 1, last) if border in inside]
        if parted:
            left, right = holds(text, first)[0], holds(text, last)[1]
            found["split"] += fits(min(left, first), max(right, last))
    return found


@pytest.fixture(scope="module")
def corpus() -> list[tuple[str, list[tuple[int, int]]]]:
    made = [paragraph(seed, LENGTH) for seed in range(SEEDS)]
    assert sum(len(text) for text, _ in made) > 250_000
    return made


@pytest.mark.parametrize("ems", WIDTHS)
def test_no_violation_at_any_width(
    corpus: list[tuple[str, list[tuple[int, int]]]], faces: Faces, ems: float
) -> None:
    face, total = faces.table, Counter[str]()
    for text, spans in corpus:
        lines = break_lines(text, ems * 1000, face.advances, squeezes=face.squeezes)
        assert "".join(line.text for line in lines) == text
        total += violations(text, spans, lines, ems, face)
    assert total["lines"] > 250_000 / 45
    assert {name: count for name, count in total.items() if name != "lines"} == {}, total


def test_lines_are_filled_and_those_that_are_not_stay_ragged(faces: Faces) -> None:
    """No rivers: what a line lacks is spread only up to the most that words in a line can bear."""
    text, _ = paragraph(3, 8000)
    lines = break_lines(text, 28_000, faces.body.advances, squeezes=faces.body.squeezes)
    assert sum(line.width for line in lines[:-1]) / (len(lines) - 1) > 0.93 * 28_000


class Counted(Mapping[str, float]):
    """Tells how often it was asked."""

    def __init__(self, inner: Mapping[str, float]) -> None:
        self.inner, self.asked = inner, 0

    def __getitem__(self, key: str) -> float:
        self.asked += 1
        return self.inner[key]

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self.inner)

    def __len__(self) -> int:
        return len(self.inner)


@pytest.mark.parametrize("ems", [3, 15])
def test_the_work_grows_with_the_text_alone(faces: Faces, ems: float) -> None:
    """Each sign's width is asked for once, a mark's squeeze a few times, whatever the length and the width."""
    for length in (2_000, 20_000):
        text, _ = paragraph(5, length)
        advances, squeezes = Counted(faces.table.advances), Counted(faces.table.squeezes)
        break_lines(text, ems * 1000, advances, squeezes=squeezes)
        assert advances.asked == len(text)
        assert squeezes.asked < len(text)
