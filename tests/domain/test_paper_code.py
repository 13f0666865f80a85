"""Codes as people type them: evened, read as what they look like, or told what is wrong."""

from __future__ import annotations

import pytest

from desktop.domain.codec import digest_of, verification_code
from desktop.domain.errors import UnreadableError
from desktop.domain.paper_code import differences, read_typed

CODE, DIGEST = "ERJD-SZ2R-P3MI-OM7M", digest_of(b"report")


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        "erjd-sz2r-p3mi-om7m",
        "ERJDSZ2RP3MIOM7M",
        " ERJD SZ2R\tP3MI\nOM7M ",
        "ＥＲＪＤ－ＳＺ２Ｒ－Ｐ３ＭＩ－ＯＭ７Ｍ",
        "ERJD—SZ2R–P3MI−OM7M",
        "ERJD·SZ2R、P3MI。OM7M".replace("。", "."),
        "核对码 ERJD-SZ2R-P3MI-OM7M",
        "核对码：ERJD-SZ2R-P3MI-OM7M",
    ],
)
def test_case_width_spaces_and_hyphens_do_not_matter(typed: str) -> None:
    read = read_typed(typed)
    assert (read.candidates, read.full, read.mended) == ((CODE,), False, ())


def test_zero_and_eight_are_the_letters_they_look_like() -> None:
    read = read_typed("ERJD-SZ2R-P3M8-0M7M")
    assert read.candidates == ("ERJD-SZ2R-P3MB-OM7M",)
    assert read.mended == (("0", "O"), ("8", "B"))


def test_a_one_may_be_either_letter() -> None:
    read = read_typed("ERJD-SZ2R-P3M1-OM71")
    assert set(read.candidates) == {f"ERJD-SZ2R-P3M{a}-OM7{b}" for a in "IL" for b in "IL"}
    assert read.mended == (("1", "I / L"),)


@pytest.mark.parametrize("typed", [DIGEST, DIGEST.upper(), f"SHA-256：{DIGEST}", " ".join(DIGEST)])
def test_the_full_digest_is_read_as_such(typed: str) -> None:
    read = read_typed(typed)
    assert (read.candidates, read.full) == ((DIGEST,), True)


def test_letters_that_no_digest_has_are_the_digits_they_look_like() -> None:
    read = read_typed(DIGEST.replace("0", "O").replace("1", "l"))
    assert read.candidates == (DIGEST,)


@pytest.mark.parametrize(
    ("typed", "code", "facts"),
    [
        ("", "paper_code_empty", {}),
        (" - ", "paper_code_empty", {}),
        ("核对码：", "paper_code_empty", {}),
        ("ERJD-SZ2R-P3MI-OM7", "paper_code_length", {"length": 15, "wanted": 16}),
        ("ERJD-SZ2R-P3MI-OM7MA", "paper_code_length", {"length": 17, "wanted": 16}),
        ("ERJD-SZ9R-P3MI-OM7M", "paper_code_sign", {"sign": "9", "place": 7}),
        ("ERJD-SZ2R-P3MI-OM7好", "paper_code_sign", {"sign": "好", "place": 16}),
        ("1111-1111-1111-1111", "paper_code_sign", {"sign": "1", "place": 1}),
        (DIGEST[:-1], "paper_digest_length", {"length": 63, "wanted": 64}),
        ("Z" + DIGEST[1:], "paper_digest_sign", {"sign": "Z", "place": 1}),
        ("A" * 100_000, "paper_digest_length", {"length": 100_000, "wanted": 64}),
    ],
)
def test_what_is_wrong_is_told(typed: str, code: str, facts: dict[str, object]) -> None:
    with pytest.raises(UnreadableError) as refused:
        read_typed(typed)
    assert (refused.value.code, refused.value.facts) == (code, facts)


def test_every_printed_code_reads_as_itself() -> None:
    for number in range(500):
        code = verification_code(str(number).encode())
        assert read_typed(code).candidates == (code,)


def test_places_that_differ_are_counted_without_hyphens() -> None:
    assert differences(CODE, CODE) == ()
    assert differences(CODE, "ERJD-SZ2R-P3MI-OM7N") == (16,)
    assert differences(CODE, "REJD-SZ2R-P3MI-OM7M") == (1, 2)
