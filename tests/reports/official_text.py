"""Official-like Chinese of any length, the same for the same seed, and where the words stand that must not be split."""

from __future__ import annotations

import random

KEPT = (
    "PM2.5",
    "NOx",
    "VOCs",
    "SO₂",
    "O₃",
    "CO₂",
    "65蒸吨/小时",
    "25微克/立方米",
    "50毫克/立方米",
    "150μg/m³",
    "35.2%",
    "1.5℃",
    "0.5‰",
    "10%—20%",
    "1—3月",
    "2024—2025年",
    "21.6万吨",
    "138万元",
    "3个百分点",
    "≥12台",
    "≤31",
    "12家",
    "第三轮",
    "第一季度",
    "2025年",
    "Excel",
    "GB/T",
    "LNG",
)
LONG = (
    "https://example.org/air/2025/q1?unit=qinghe&page=3",
    "www.example.org/reports/vehicles",
    "office@qinghe.example.org",
    "Thermomechanical-desulphurisation",
)
WORDS = (
    "淘汰老旧货车",
    "锅炉",
    "集中供热管网向城东片区延伸",
    "巡查",
    "在建工地",
    "的",
    "生态环境部门会同有关单位",
    "达到序时进度",
    "清洁取暖",
    "县",
    "第一批",
    "第三轮整治",
    "按照方案要求",
    "企业",
)
MARKS = (
    "，",
    "。",
    "；",
    "：",
    "、",
    "！",
    "？",
    "”，",
    "）。",
    "》、",
    "……",
    "——",
    "）；",
    "」",
    "”。",
    "）”，",
    ",",
    ".",
    "’，",
)
OPENS = ("（", "“", "《", "「", "——“", "（《", "“《", "‘", "：“", "，《", "〔")
NUMBERS = ("柏政发〔2025〕12号", "宁环函〔2024〕7号", "（2023—2025年）")


def paragraph(seed: int, length: int) -> tuple[str, list[tuple[int, int]]]:
    """A paragraph, and from where to where each word stands that is one to every reader."""
    chance = random.Random(seed)
    text, spans = "", []

    def add(word: str) -> None:
        nonlocal text
        # Two figures or words that touch are one to every reader.
        if text and not (
            text[-1] in "，。；：、！？”）》」’—…（“《「‘〔" or "\u4e00" <= text[-1] <= "\u9fff"
        ):
            text += "和"
        elif text[-1:] in ("第", "—"):
            text += "共"
        spans.append((len(text), len(text) + len(word)))
        text += word

    while len(text) < length:
        if chance.random() < 0.2:
            text += chance.choice(OPENS)
        turn = chance.random()
        if turn < 0.4:
            add(chance.choice(KEPT))
            text += chance.choice(("", "的"))
            if text[-1] in "0123456789":
                text += "的"
        elif turn < 0.43:
            add(chance.choice(LONG))
            text += "上"
        elif turn < 0.46:
            text += chance.choice(NUMBERS)
        text += chance.choice(WORDS)
        if chance.random() < 0.45:
            text += chance.choice(MARKS)
    return text, spans
