"""A break anywhere inside a sentence or bracket changes nothing."""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from desktop.domain.plan import PlanDraft
from tests.intake.plans import SAMPLES, figures, read, read_lines, roles

TEXT = (SAMPLES / "linhe_prose.txt").read_text(encoding="utf-8")
START = TEXT.index("二、重点任务")
# A break at a sentence's end is a paragraph's end, and one within a number is no line break but damage.
PLACES = [
    at
    for at in range(START + 8, len(TEXT) - 1)
    if TEXT[at - 1] not in "。\n：:" and TEXT[at] not in "\n。" and not re.match(r"[\d.．、（]", TEXT[at])
    and not re.search(r"\n[（(]?[\d一二三四五六七八九十]*[）).．、]?.{0,5}$", TEXT[:at])
]  # fmt: skip


def shape(draft: PlanDraft) -> list[object]:
    return [
        [(m.task_no, m.part, m.section, m.title, m.content, roles(m), m.deadline) for m in draft.measures],
        figures(draft),
    ]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(PLACES), min_size=1, max_size=6, unique=True), st.sampled_from(["\n", "\n\n"])
)
def test_random_breaks(places: list[int], mark: str) -> None:
    text = TEXT
    # A heading in three pieces cannot be told from a heading with lines below it.
    lines = [TEXT.count("\n", 0, at) for at in places]
    rows = TEXT.split("\n")
    assume(not any(lines.count(line) > 1 and len(rows[line]) < 50 for line in lines))
    for at in sorted(places, reverse=True):
        text = text[:at] + mark + text[at:]
    with TemporaryDirectory() as folder:
        broken = read_lines(Path(folder), text)
    assert shape(broken) == shape(read(SAMPLES / "linhe_prose.txt"))


def test_page_numbers_and_running_heads_in_mid_sentence(tmp_path: Path) -> None:
    head = "临河市蓝天文件"
    text = TEXT
    for word in ("质量负", "两个产业", "依法淘汰限"):
        at = text.index(word) + len(word)
        text = f"{text[:at]}\n— 3 —\n\n{head}\n{text[at:]}"
    assert shape(read_lines(tmp_path, text)) == shape(read(SAMPLES / "linhe_prose.txt"))


def test_lines_wrapped_by_hand(tmp_path: Path) -> None:
    wrapped = "\n".join(
        "\n".join(line[at : at + 34] for at in range(0, max(len(line), 1), 34)) for line in TEXT.split("\n")
    )
    assert shape(read_lines(tmp_path, wrapped)) == shape(read(SAMPLES / "linhe_prose.txt"))
