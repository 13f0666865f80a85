"""Pictures from outside: turned as they were taken, page by page, and none that is too much."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from desktop.domain.errors import UnreadableError
from desktop.intake.forms.pdf_picture import PagePicture
from desktop.views.pictures import LONGEST, page_image, picture_page, png_of
from tests.pictures import huge_png, pages_tiff, picture, turned_jpeg

pytestmark = pytest.mark.usefixtures("qapp", "no_qt_warnings")


@pytest.mark.parametrize("form", ["png", "jpeg", "bmp"])
def test_a_picture_is_told_by_its_bytes(qapp: QApplication, form: str) -> None:
    page = picture_page(picture(form), 0, "其实是别的.tif")
    assert (page.image.width(), page.image.height(), page.pages) == (60, 40, 1)
    assert page.image.pixelColor(2, 2).lightness() > 240 and page.image.pixelColor(55, 35).blue() > 100


def test_a_picture_stands_as_the_camera_was_held() -> None:
    page = picture_page(turned_jpeg(60, 40), 0, "照片.jpg")
    assert (page.image.width(), page.image.height()) == (40, 60)
    # What was at the upper left is at the upper right after a quarter turn.
    assert page.image.pixelColor(36, 4).lightness() > 240 and page.image.pixelColor(4, 4).lightness() < 200


def test_a_tiff_has_its_pages_in_order() -> None:
    data = pages_tiff(0, 128, 255)
    pages = [picture_page(data, number, "扫描.tif") for number in (0, 1, 2, 9)]
    assert [p.image.pixelColor(1, 1).red() for p in pages] == [0, 128, 255, 255]
    assert {p.pages for p in pages} == {3} and pages[-1].number == 2


def test_a_large_picture_is_made_smaller_while_it_is_read() -> None:
    page = picture_page(picture("jpeg", 6000, 200), 0, "全景.jpg")
    assert page.image.width() == LONGEST and (page.size.width(), page.size.height()) == (6000, 200)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (huge_png(60_000, 60_000), "picture_too_much"),
        (picture("jpeg")[:-2] + b"\xff\xda" * 500 + b"\xff\xd9", "picture_too_much"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", "picture_damaged"),
        (b"GIF89a" + bytes(20), "picture_damaged"),
        (b"\x89PNG\r\n\x1a\n", "picture_damaged"),
        (b"II*\0" + bytes(30), "picture_damaged"),
        (b"", "picture_damaged"),
    ],
)
def test_what_is_no_picture_or_too_much_of_one_says_so(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        picture_page(data, 0, "照片.png")
    assert (caught.value.code, caught.value.facts) == (code, {"file": "照片.png"})


def test_pages_of_a_pdf_become_images_of_their_own() -> None:
    drawn = PagePicture(2, 1, bytes([255, 0, 0, 0, 0, 0, 255, 0]), 3)
    page = page_image(drawn, 7)
    assert [page.image.pixelColor(x, 0).name() for x in (0, 1)] == ["#0000ff", "#ff0000"]
    assert (page.number, page.pages) == (2, 3)


def test_an_image_is_kept_as_png() -> None:
    image = QImage(5, 4, QImage.Format.Format_ARGB32)
    image.fill(QColor("#0F6E4F"))
    again = QImage.fromData(png_of(image))
    assert again.size() == image.size() and again.pixelColor(1, 1).name() == "#0f6e4f"
