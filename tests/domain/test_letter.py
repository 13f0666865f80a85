"""The letter in the document: old digests stay, what no letter may hold, numbers as the standard writes them, requests."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.codec import canonical_bytes, digest_of, parse_json
from desktop.domain.letter import (
    SECTION_WORDS,
    Letter,
    LetterSection,
    SectionName,
    asking_words,
    even_number,
    letter_fault,
)
from desktop.domain.report import ReportDocument

# As a program from before there were letters froze it.
OLD = (
    b'{"people":{"issuer":"W","phone":"","preparer":"L","reviewer":"M"},"plan":{"digest":"ab","id":"plan-1",'
    b'"title":"T","version":2},"prepared_on":"2025-04-09","quarter":"2025Q1","revision":1,"rows":[{"content":"",'
    b'"deadline":"","entry":{"evidence":[],"explanation":"","measure_key":"m1","next_steps":"","problems":"P",'
    b'"progress":"D","readings":[{"note":"","target_key":"t1","value":"7"}],"status":"behind"},"lead":["A"],'
    b'"measure_key":"m1","part":0,"previous":[],"remark":"","section":"S","support":[],"targets":[],'
    b'"task_no":"2","title":"B"}],"schema":1,"superior":{"code":"c","name":"C"},"unit":{"code":"u","name":"U"}}'
)
OLD_DIGEST = "93799ddb82efa00132527e6b6dbf9f33b3493bcd244544e933b9d376aeccf61c"
LETTER = Letter(
    "清禾县人民政府", "云川市人民政府", "清禾县生态环境局", "清政报〔2025〕12号", True, True, True, True,
    (LetterSection(SectionName.OVERALL, "一切正常。"), LetterSection(SectionName.NEXT, "按月调度。\n年底完成。")),
)  # fmt: skip


def test_a_document_from_before_letters_keeps_its_bytes_and_digest() -> None:
    document = parse_json(OLD, ReportDocument)
    assert document.letter is None
    assert canonical_bytes(document) == OLD
    assert digest_of(canonical_bytes(document)) == OLD_DIGEST


def test_a_letter_is_in_the_document_and_reads_back_the_same() -> None:
    document = replace(parse_json(OLD, ReportDocument), letter=LETTER)
    data = canonical_bytes(document)
    assert parse_json(data, ReportDocument) == document
    assert digest_of(data) != OLD_DIGEST
    assert not letter_fault(LETTER)
    assert (
        LETTER.text(SectionName.NEXT) == "按月调度。\n年底完成。" and LETTER.text(SectionName.FIGURES) == ""
    )


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"issuer": ""}, "issuer"),
        ({"addressee": "　"}, "addressee"),
        ({"issuer": "县" * 201}, "issuer"),
        ({"number": "1" * 41}, "number"),
        ({"bureau": "甲局\n乙局"}, "bureau"),
        ({"addressee": "云川市\u202e人民政府"}, "addressee"),
        ({"number": "清政报\x00"}, "number"),
        ({"sections": (LetterSection(SectionName.NEXT, "字" * 20_001),)}, "next"),
        ({"sections": (LetterSection(SectionName.NEXT, "\x1b[31m"),)}, "next"),
        ({"sections": (LetterSection(SectionName.NEXT, " \n "),)}, "next"),
        ({"sections": (LetterSection(SectionName.NEXT, "甲"), LetterSection(SectionName.NEXT, "乙"))}, "sections"),
        ({"sections": (LetterSection(SectionName.NEXT, "甲"), LetterSection(SectionName.OVERALL, "乙"))}, "sections"),
    ],
)  # fmt: skip
def test_what_no_letter_may_hold_is_named(changed: dict[str, object], field: str) -> None:
    assert letter_fault(replace(LETTER, **changed)) == field


def test_every_section_has_a_heading() -> None:
    assert list(SECTION_WORDS) == list(SectionName)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("柏政报[2025]12号", "柏政报〔2025〕12号"),
        ("柏政报（2025） 第012号", "柏政报〔2025〕12号"),
        ("柏政报【2025】7", "柏政报〔2025〕7号"),
        ("柏政报〔２０２５〕７号", "柏政报〔2025〕7号"),
        ("柏政报〔2025〕12号", "柏政报〔2025〕12号"),
        ("", ""),
        ("待编", "待编"),
    ],
)
def test_a_number_is_written_as_the_standard_has_it(typed: str, written: str) -> None:
    assert even_number(typed) == written
    assert even_number(written) == written


@pytest.mark.parametrize(
    "text",
    [
        "请批准。", "请予支持。", "恳请市政府协调资金。", "妥否，请批示。", "当否，请批复", "请求追加预算。", "望批复。",
        "请市里解决用地。", "特请示如上", "请给予帮助。",
    ],
)  # fmt: skip
def test_what_asks_is_noticed(text: str) -> None:
    assert asking_words(text)


@pytest.mark.parametrize(
    "text",
    [
        "已申请专项资金300万元。", "邀请市级专家现场指导。", "聘请第三方检测。", "企业申请验收12家。", "有望解决用地问题。",
        "商请市发改委提供数据。", "加强请销假管理。", "按计划推进。",
    ],
)  # fmt: skip
def test_what_tells_is_left_alone(text: str) -> None:
    assert asking_words(text) == ()
