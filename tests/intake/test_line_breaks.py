"""A line's or page's end anywhere inside a sentence or bracket changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

from desktop.domain.plan import PlanDraft
from desktop.intake.forms.text_blocks import decoded
from tests.intake.plans import SAMPLES, figures, read, read_lines, roles

FACE = Path(__file__).parents[2] / "resources" / "fonts" / "NotoSansSC-Regular.ttf"
NAMES = (
    "linhe_prose",
    "dongchuan_prose",
    "prose/beichen_heating",
    "prose/lanzhou_waste",
    "prose/qiyang_trucks",
    "prose/huaian_grain",
)
TEXTS = {
    name: decoded(name, (SAMPLES / f"{name}.txt").read_bytes()).replace("**", "").replace("_", "")
    for name in NAMES
}
# A heading without a stop above a text without a mark cannot be told from a heading cut in two.
names = st.sampled_from(NAMES)


def body_of(text: str) -> int:
    """Where the first numbered line of the plan itself begins, behind notice and title."""
    return max(
        text.find("\n一、总"), text.find("\n一、主要目标"), text.find("\n一、攻坚"), text.find("\n一、年度")
    )


def inside(text: str) -> list[int]:
    """Every place inside a sentence or a bracket, numbers and marks at its head included."""
    return [
        at
        for at in range(body_of(text) + 1, len(text) - 1)
        if text[at - 1] not in "。！？\n\u3000" and text[at] not in "\n\u3000"
        and not (text[at - 1] == "." and text[at - 2] > "\u4e00")
    ]  # fmt: skip


def headings_cut(text: str, places: set[int]) -> int:
    """How many numbered titles that stand before their text on one line are cut; with most of a rank cut,
    nothing is left that tells them from titles above their text."""
    return sum(1 for line in {text.rfind("\n", 0, at) for at in places if "。" not in text[text.rfind("\n", 0, at) : at]} if "。" in text[line + 1 : line + 60])  # fmt: skip


PLACES = {name: inside(text) for name, text in TEXTS.items()}


def shape(draft: PlanDraft) -> list[object]:
    return [
        [
            (m.task_no, m.part, m.section, m.title, m.content, roles(m), m.deadline, m.open_ended)
            for m in draft.measures
        ],
        figures(draft),
    ]


WHOLE: dict[str, list[object]] = {}


def whole(name: str) -> list[object]:
    if name not in WHOLE:
        with TemporaryDirectory() as folder:
            WHOLE[name] = shape(read_lines(Path(folder), TEXTS[name]))
    return WHOLE[name]


def read_back(text: str) -> list[object]:
    with TemporaryDirectory() as folder:
        return shape(read_lines(Path(folder), text))


@settings(max_examples=80, deadline=None, derandomize=True)
@given(
    names,
    st.lists(st.integers(0, 10_000), min_size=1, max_size=8, unique=True),
    st.sampled_from(["\n", "\n\n", "\n— 3 —\n", "\n\n- 12 -\n\f"]),
)
def test_breaks_inside_sentences(name: str, choice: list[int], mark: str) -> None:
    text = TEXTS[name]
    places = {PLACES[name][n % len(PLACES[name])] for n in choice}
    assume(headings_cut(text, places) <= 1)
    for at in sorted(places, reverse=True):
        text = text[:at] + mark + text[at:]
    assert read_back(text) == whole(name)


def _cut_by_signs(line: str, width: int) -> Iterator[str]:
    yield from (line[at : at + width] for at in range(0, max(len(line), 1), width))


def _cut_by_columns(line: str, width: int) -> Iterator[str]:
    """Latin letters and digits take half of a Chinese sign's room."""
    piece, room = "", width * 2
    for sign in line:
        wide = 1 if sign < "\u0100" else 2
        if room < wide:
            yield piece
            piece, room = "", width * 2
        piece, room = piece + sign, room - wide
    yield piece


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    names,
    st.integers(20, 60),
    st.sampled_from([_cut_by_signs, _cut_by_columns]),
    st.sampled_from(["", "　　"]),
)
@example("linhe_prose", 35, _cut_by_signs, "")
@example("prose/qiyang_trucks", 35, _cut_by_signs, "　　")
def test_lines_of_one_width(name: str, width: int, cut: type, indent: str) -> None:
    lines = (line.lstrip("\u3000") for line in TEXTS[name].split("\n"))
    wrapped = "\n".join("\n".join(cut(indent + line if line else "", width)) for line in lines)
    assert read_back(wrapped) == whole(name)


def print_pdf(path: Path, text: str, width: int, rows: int, head: str) -> None:
    """A text on pages of so many rows of so many signs, with a running head and page numbers."""
    pdfmetrics.registerFont(TTFont("sample", str(FACE)))
    lines = [
        p for line in text.split("\n") if line.strip() for p in _cut_by_columns("　　" + line.strip(), width)
    ]
    page = canvas.Canvas(str(path), pagesize=A4)
    for number, first in enumerate(range(0, len(lines), rows), 1):
        page.setFont("sample", 12)
        page.drawCentredString(300, 800, head)
        page.drawCentredString(300, 30, f"— {number} —")
        for row, line in enumerate(lines[first : first + rows]):
            page.drawString(60 + 24 * line.startswith("　　"), 770 - row * 20, line.removeprefix("　　"))
        page.showPage()
    page.save()


@settings(max_examples=6, deadline=None, derandomize=True)
@given(names, st.integers(22, 40), st.integers(12, 34))
def test_lines_and_pages_of_a_pdf(name: str, width: int, rows: int) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plan.pdf"
        print_pdf(path, TEXTS[name], width, rows, "市政府公报 第四期")
        assert shape(read(path)) == whole(name)


def test_running_heads_in_mid_sentence(tmp_path: Path) -> None:
    text = TEXTS["linhe_prose"]
    for word in ("质量负", "两个产业", "依法淘汰限"):
        at = text.index(word) + len(word)
        text = f"{text[:at]}\n— 3 —\n\n临河市蓝天文件\n{text[at:]}"
    assert shape(read_lines(tmp_path, text)) == whole("linhe_prose")


@pytest.mark.parametrize(
    ("heading", "pieces"),
    [
        ("（一）推动产业绿色升级", "（一）推动产\n业绿色\n升级"),
        ("（一）推动产业绿色升级", "（一\n）推\n动产业绿色升\n级"),
        ("6．发展清洁能源", "6\n．发展清洁能源"),
        ("三、保障措施", "三\n、保障\n措施"),
    ],
)
def test_a_heading_in_pieces(tmp_path: Path, heading: str, pieces: str) -> None:
    text = TEXTS["linhe_prose"].replace(heading, pieces)
    assert shape(read_lines(tmp_path, text)) == whole("linhe_prose")


def test_a_number_of_two_figures_cut_in_two(tmp_path: Path) -> None:
    tasks = [f"{n}.做好第{n}类工作。逐项登记，按月调度。（市甲局牵头，市乙局配合）" for n in range(1, 15)]
    text = "清河市扬尘治理行动方案\n\n一、重点任务\n" + "\n".join(tasks)
    cut = text.replace("13.", "1\n3.").replace("12.", "12\n.")
    assert shape(read_lines(tmp_path, cut)) == shape(read_lines(tmp_path, text))
