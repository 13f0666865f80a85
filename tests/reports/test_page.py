"""Places on the page after GB/T 9704-2012, measured in what is drawn."""

from __future__ import annotations

import pypdfium2
import pytest
from PIL import Image

from desktop.reports.fonts import Faces
from desktop.reports.unit_report import render_unit_report
from tests.reports import samples

DOTS = 300


def ink(picture: Image.Image, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Edges of what is black within a box, all in mm."""
    place = tuple(round(side * DOTS / 25.4) for side in box)
    found = picture.crop(place).point(lambda value: 255 if value < 128 else 0).getbbox()
    assert found is not None
    left, top = place[:2]
    return tuple((a + b) * 25.4 / DOTS for a, b in zip(found, (left, top, left, top), strict=True))


@pytest.fixture(scope="module")
def pictures(faces: Faces) -> list[Image.Image]:
    pdf = pypdfium2.PdfDocument(render_unit_report(samples.report(), faces).pdf)
    return [page.render(scale=DOTS / 72).to_pil().convert("L") for page in list(pdf)[:6]]


def test_the_dashes_of_the_page_number_stand_seven_millimetres_below(pictures: list[Image.Image]) -> None:
    """7.5: 一字线上距版心下边缘7 mm; one character of 14 points within the type area's outer side, which is 26 mm wide.

    The left edge of a landscape page is the lower one of portrait pages, its lower edge their right one.
    """
    shapes = set()
    for number, picture in enumerate(pictures, 1):
        wide, odd = picture.width > picture.height, number % 2 == 1
        shapes.add((wide, odd))
        if wide:
            left, top, _, bottom = ink(picture, (18, 20, 34, 190))
            dash = ink(picture, (18, top, 34, top + 1))
            distance, outer = 35 - (dash[0] + dash[2]) / 2, 210 - bottom if odd else top
        else:
            left, _, right, _ = ink(picture, (25, 264, 186, 278))
            dash = ink(picture, (left, 264, left + 1, 278))
            distance, outer = (dash[1] + dash[3]) / 2 - 262, 210 - right if odd else left
        assert distance == pytest.approx(7, abs=0.3), number
        assert outer == pytest.approx(26 + 14 / 72 * 25.4, abs=0.7), number
    assert {(False, True), (True, False), (True, True)} <= shapes
