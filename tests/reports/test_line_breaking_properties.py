"""What holds for every text at every width: nothing is lost, nothing is too wide, the same again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.reports.line_breaking import NoSqueeze, break_lines

SIGNS = "中文字测第一PMVOCx2.5%0123/-:@&?=，。、；：！？“”‘’（）《》〔〕—…～℃‰₂ \u3000\"'(),.吨年月小时"
TEXTS = st.text(st.sampled_from(SIGNS), max_size=120) | st.text(
    st.characters(blacklist_categories=["Cc", "Cs", "Cf"]), max_size=60
)
WIDTHS = st.floats(900, 40_000)


class Advances(dict[str, float]):
    """Half an em for what is narrow in every face, an em for the others."""

    def __missing__(self, char: str) -> float:
        return 500.0 if char < "\u2000" else 1000.0


class Squeezes(dict[str, float]):
    """Every full-width mark has a blank half."""

    def __missing__(self, marks: str) -> float:
        return (
            500.0 if all(mark >= "\u3000" for mark in marks) and marks[0] in "，。、；：）》〕（《〔" else 0.0
        )


@given(TEXTS, WIDTHS, st.sampled_from([0.0, 2000.0]), st.booleans())
def test_nothing_is_lost_and_nothing_is_too_wide(
    text: str, limit: float, indent: float, squeezed: bool
) -> None:
    advances = Advances()
    squeezes = Squeezes() if squeezed else NoSqueeze()
    indent = indent if limit > 4000 else 0.0
    lines = break_lines(text, limit, advances, indent, squeezes)
    assert _solid("".join(line.text for line in lines)) == _solid(text)
    for number, line in enumerate(lines):
        room = limit - (indent if number == 0 or lines[number - 1].last else 0.0)
        assert line.width <= room + 0.01 or len(line.text) == 1
        assert line.text == line.text.strip(" \u3000")
        natural = sum(advances[char] for char in line.text)
        assert line.width <= natural + 0.01
        if not squeezed:
            assert abs(line.width - natural) < 0.01
    assert sum(line.last for line in lines) == text.count("\n") + 1
    assert lines == break_lines(text, limit, advances, indent, squeezes)


@given(TEXTS)
def test_a_wide_line_holds_a_paragraph_as_it_is(text: str) -> None:
    lines = break_lines(text, 10**9, Advances())
    assert [line.text for line in lines] == [part.strip(" \u3000") for part in text.split("\n")]


def _solid(text: str) -> str:
    return text.replace(" ", "").replace("\u3000", "").replace("\n", "")
