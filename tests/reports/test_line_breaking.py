from __future__ import annotations

import random

import pytest

from desktop.reports.fonts import Faces
from desktop.reports.line_breaking import NO_END, NO_START, Line, break_lines

KEPT = (
    "PM2.5",
    "NOx",
    "VOCs",
    "65蒸吨/小时",
    "50毫克/立方米",
    "35.2%",
    "21.6万吨",
    "150μg/m³",
    "2025年",
    "≥12台",
    "1—3月",
    "3个百分点",
    "SO2",
    "0.5‰",
)
WORDS = (
    "淘汰老旧货车",
    "锅炉",
    "改造",
    "巡查",
    "在建工地",
    "的",
    "生态环境部门会同有关单位",
    "达到序时进度",
    "清洁取暖",
    "县",
)
MARKS = ("，", "。", "；", "：", "、", "！", "”，", "）。", "》、", "……", "——", "％", "）；", "」")
OPENS = ("（", "“", "《", "「", "——“", "（《")


def corpus(seed: int, length: int) -> tuple[str, list[tuple[int, int]]]:
    """A paragraph and where in it the words stand that must not be split."""
    chance = random.Random(seed)
    text, spans = "", []
    while len(text) < length:
        if chance.random() < 0.2:
            text += chance.choice(OPENS)
        if chance.random() < 0.4:
            word = chance.choice(KEPT)
            # Two figures or words that touch are one to every reader.
            if text and (text[-1].isascii() or text[-1] in "μ³‰％") and text[-1] not in "（":
                text += "和"
            spans.append((len(text), len(text) + len(word)))
            text += word + chance.choice(("", "的", "")) * (word[-1].isascii())
        text += chance.choice(WORDS)
        if chance.random() < 0.45:
            text += chance.choice(MARKS)
    return text, spans


def joined(lines: tuple[Line, ...]) -> str:
    return "".join(line.text for line in lines)


@pytest.mark.parametrize("ems", [7.5, 8, 11.5, 15, 28])
def test_no_violation_in_a_large_corpus(faces: Faces, ems: float) -> None:
    advances = faces.table.advances
    starts = ends = overflow = split = lines_seen = 0
    for seed in range(60):
        text, spans = corpus(seed, 600)
        lines = break_lines(text, ems * 1000, advances)
        assert joined(lines) == text
        lines_seen += len(lines)
        starts += sum(line.text[0] in NO_START for line in lines[1:])
        ends += sum(line.text[-1] in NO_END for line in lines[:-1])
        overflow += sum(sum(advances[c] for c in line.text) > ems * 1000 + 0.1 for line in lines)
        borders, at = set(), 0
        for line in lines[:-1]:
            at += len(line.text)
            borders.add(at)
        for first, last in spans:
            around = text[max(first - 3, 0) : last + 3]
            fits = sum(advances[c] for c in around) <= ems * 1000
            split += fits and any(first < border < last for border in borders)
    assert lines_seen > 1000
    assert (starts, ends, overflow, split) == (0, 0, 0, 0)


def test_lines_are_well_filled(faces: Faces) -> None:
    text, _ = corpus(3, 4000)
    lines = break_lines(text, 28_000, faces.body.advances)
    assert sum(line.width for line in lines[:-1]) / (len(lines) - 1) > 0.93 * 28_000


def test_newline_begins_a_paragraph_and_indent_narrows_its_first_line(faces: Faces) -> None:
    lines = break_lines("一二三四五六\n七八", 5000, faces.body.advances, indent=2000)
    assert [(line.text, line.last) for line in lines] == [("一二三", False), ("四五六", True), ("七八", True)]


def test_empty_text_is_one_empty_line(faces: Faces) -> None:
    assert [line.text for line in break_lines("", 5000, faces.body.advances)] == [""]


@pytest.mark.parametrize(
    "text",
    [
        "A" * 3000,
        "https://example.org/" + "path/" * 200 + "?q=1&r=2",
        "。" * 500,
        "（" * 300,
        "12345" * 400,
        "字 " * 900,
    ],
)
def test_what_no_line_can_hold_is_split_without_loss_or_overflow(faces: Faces, text: str) -> None:
    advances = faces.table.advances
    lines = break_lines(text, 7000, advances)
    assert joined(lines).replace(" ", "") == text.replace(" ", "")
    assert max(sum(advances[c] for c in line.text) for line in lines) <= 7000.1


def test_straight_quotes_open_and_close(faces: Faces) -> None:
    text = '甲乙丙丁"戊己庚"辛壬癸' * 20
    for ems in range(5, 12):
        for line in break_lines(text, ems * 1000, faces.table.advances):
            assert not line.text.endswith('丁"') and not line.text.startswith('"辛')


def test_a_mark_behind_a_space_is_not_driven_to_the_next_line(faces: Faces) -> None:
    text = "甲乙丙丁 ，戊己庚 。"
    for limit in range(2300, 9000, 100):
        for line in break_lines(text, limit, faces.table.advances)[1:]:
            assert line.text[0] not in "，。", limit


def test_marks_that_meet_share_their_blank_and_one_at_the_end_gives_it_up(faces: Faces) -> None:
    face = faces.table
    together = break_lines("（甲）。”乙", 9000, face.advances, squeezes=face.squeezes)
    assert [line.width for line in together] == [5000.0], "six signs, two of three marks halved"
    hung = break_lines("甲乙丙，丁戊", 3500, face.advances, squeezes=face.squeezes)
    assert [(line.text, line.width) for line in hung] == [("甲乙丙，", 3500.0), ("丁戊", 2000.0)]
    without = break_lines("甲乙丙，丁戊", 3400, face.advances, squeezes=face.squeezes)
    assert [line.text for line in without] == ["甲乙", "丙，丁", "戊"]


def test_what_is_no_full_width_mark_in_its_face_keeps_its_width(faces: Faces) -> None:
    assert faces.table.squeezes["。”"] == 500 and faces.table.squeezes["。"] == 500
    assert faces.table.squeezes["甲"] == 0 and faces.table.squeezes["（"] == 0
    assert faces.table.squeezes["（《"] == 500


@pytest.mark.parametrize("text", ["第一季度", "第十二批", "第三阶段"])
def test_ordinals_stay_whole(faces: Faces, text: str) -> None:
    for limit in range(5000, 12_000, 500):
        lines = break_lines(f"按照方案要求{text}完成改造", limit, faces.table.advances)
        assert any(text in line.text for line in lines), limit
