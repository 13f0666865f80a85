"""Words that are looked for: width and case made even, every sign as itself, places that are true."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.needle import LONGEST, MOST, excerpt, joined_spans, needle, needles


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("pm2.5", "ＰＭ２．５浓度"),
        ("ＰＭ2.5", "Pm2.5"),
        ("VOCs", "ｖｏｃｓ治理"),
        ("（一期）", "锅炉(一期)改造"),
        ("μg/m3", "35µg/m³"),
        ("锅", "燃煤锅炉"),
    ],
)
def test_width_and_case_make_no_difference(typed: str, text: str) -> None:
    (word,) = needles(typed)
    assert word.within(text)


@pytest.mark.parametrize("sign", list("%_'\"\\*?[]^-.$|(){}"))
def test_every_sign_stands_for_itself_alone(sign: str) -> None:
    assert needle(sign).within(f"甲{sign}乙")
    assert not needle(f"甲{sign}乙").within("甲丙乙")
    assert not needle(sign).within("甲丙乙")


def test_words_stand_apart_by_blanks_of_any_width_and_count_once() -> None:
    assert {word.word for word in needles("  锅炉　VOCs voCS\t锅炉 ")} == {"锅炉", "vocs"}
    assert needles("　 ") == ()
    assert len(needles(" ".join(str(n) for n in range(30)))) == MOST
    assert len(needles("甲" * 500)[0].word) == LONGEST


def test_a_broken_half_of_a_sign_is_left_out() -> None:
    assert [word.word for word in needles("锅\ud83d炉")] == ["锅炉"]


@given(st.text(max_size=60), st.data())
def test_a_piece_of_a_text_is_found_where_it_stands_however_it_is_written(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    piece = text[start:end]
    for typed in (piece, "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in piece)):
        for word in needles(typed):
            assert word.within(text)
            for begin, stop in word.spans(text):
                assert needle(text[begin:stop]).word == word.word


def test_spans_that_touch_become_one() -> None:
    assert joined_spans([(4, 6), (0, 2), (1, 3), (6, 7)]) == ((0, 3), (4, 7))


def test_an_excerpt_is_one_line_around_the_first_find() -> None:
    text = "甲" * 50 + "锅炉\n房" + "乙" * 300
    shown, spans = excerpt(text, needle("锅炉").spans(text))
    assert shown.startswith("…") and shown.endswith("…") and "\n" not in shown and len(shown) <= 92
    assert [shown[start:end] for start, end in spans] == ["锅炉"]
    assert excerpt("锅炉改造", ((0, 2),)) == ("锅炉改造", ((0, 2),))


@given(st.text(min_size=1, max_size=300), st.data())
def test_an_excerpt_shows_what_was_found(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, min(start + 20, len(text))))
    shown, spans = excerpt(text, ((start, end),))
    ((first, last),) = spans
    assert shown[first:last] == "".join(" " if c.isspace() else c for c in text[start:end])
