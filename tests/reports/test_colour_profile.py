"""The profile of sRGB beside littleCMS's own, and beside the standard's formulas."""

from __future__ import annotations

import io
import itertools
import struct

import pytest
from PIL import Image, ImageCms

from desktop.reports.colour_profile import D50, NAME, linear, srgb_profile

GRID = tuple(itertools.product(range(0, 256, 15), repeat=3))


def ours() -> ImageCms.ImageCmsProfile:
    return ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))


def test_littlecms_reads_a_display_profile_of_version_2() -> None:
    profile = ours().profile
    assert (profile.device_class, profile.xcolor_space, profile.connection_space) == ("mntr", "RGB ", "XYZ ")
    assert (profile.version, profile.profile_description) == (2.4, NAME)
    assert profile.is_matrix_shaper
    assert profile.media_white_point[0] == pytest.approx(D50, abs=1e-4)


def test_its_colorants_are_those_of_littlecms_own_srgb() -> None:
    profile, theirs = ours().profile, ImageCms.createProfile("sRGB")
    for name in ("red_colorant", "green_colorant", "blue_colorant"):
        assert getattr(profile, name)[0] == pytest.approx(getattr(theirs, name)[0], abs=3e-5)
    columns = [getattr(profile, name)[0] for name in ("red_colorant", "green_colorant", "blue_colorant")]
    assert [sum(part) for part in zip(*columns, strict=True)] == pytest.approx(D50, abs=5e-5)


def test_colours_come_out_as_they_went_in() -> None:
    """From ours to littleCMS's own sRGB and back: nothing moves by more than a step of 255."""
    theirs = ImageCms.createProfile("sRGB")
    image = Image.new("RGB", (len(GRID), 1))
    image.putdata(GRID)
    for one, other in ((ours(), theirs), (theirs, ours())):
        turned = ImageCms.profileToProfile(image, one, other, renderingIntent=1)
        assert turned is not None
        pairs = zip(image.tobytes(), turned.tobytes(), strict=True)
        assert max(abs(before - after) for before, after in pairs) <= 1


def test_grey_has_the_light_of_the_standard() -> None:
    """Y of a grey is the tone curve of IEC 61966-2-1, to less than a thousandth."""
    image = Image.new("RGB", (256, 1))
    image.putdata([(value, value, value) for value in range(256)])
    lab = ImageCms.profileToProfile(
        image, ours(), ImageCms.createProfile("LAB"), renderingIntent=1, outputMode="LAB"
    )
    assert lab is not None
    for value, lightness in enumerate(lab.tobytes()[::3]):
        light = linear(value / 255)
        wanted = 116 * light ** (1 / 3) - 16 if light > (6 / 29) ** 3 else light * (29 / 3) ** 3
        assert lightness * 100 / 255 == pytest.approx(wanted, abs=0.3)


def test_its_tags_lie_within_it_at_multiples_of_four() -> None:
    data = srgb_profile()
    size, count = struct.unpack(">I", data[:4])[0], struct.unpack(">I", data[128:132])[0]
    assert size == len(data) and data[36:40] == b"acsp"
    tags = [struct.unpack(">4s2I", data[132 + 12 * at : 144 + 12 * at]) for at in range(count)]
    assert {name for name, _, _ in tags} >= {b"desc", b"cprt", b"wtpt", b"rXYZ", b"rTRC"}
    for _, start, length in tags:
        assert start % 4 == 0 and 132 + 12 * count <= start and start + length <= size
