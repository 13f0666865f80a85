"""Texts out of Word, Excel and web pages: what shows stays, what does not show goes, twice is as once."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.clean_text import clean_text, tidied
from desktop.domain.html_text import text_of

# What pasted texts are made of, beside any sign at all.
PIECES = st.sampled_from(
    ["\t", "\r\n", "\n", "\v", "\x07", " ", "\u00a0", "\u3000", "\u200b", "\u00ad", "\u202e", "\uf0b7", "\uf06c", "·",
     "l\t", "Ø\t", "o\t", "1.\t", "一、", "（二）\t", "关停", "7台", "\uf0b3", "\ue863", "\ufffc", "•", "n", "\ud800"]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.characters(), max_size=25).map("".join)


def test_what_does_not_show_is_taken_out() -> None:
    assert (
        tidied("\ufeff 甲\u202e\u00a0乙 \r\n\r\n\r\n\r\n\u3000\u3000丙\x07\u2028丁\t戊\n")
        == "甲 乙\n\n\u3000\u3000丙\n丁 戊"
    )
    assert tidied("张䶮𠮷😀") == "张䶮𠮷😀"


@given(st.text(max_size=120))
def test_tidying_twice_is_tidying_once(text: str) -> None:
    assert tidied(tidied(text)) == tidied(text)


@given(TEXTS)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)


def seen(text: str) -> list[str]:
    """The signs that show, but private ones and the marks of lists, which are put otherwise."""
    marks = set("·•‧∙●○◦▪▫■□◆◇➢➤✓✔√≥≤±×÷°μ☑→䶮")
    return [
        sign
        for sign in text
        if unicodedata.category(sign)[0] not in "CZ"
        and sign not in marks
        and sign not in "\u3164\u115f\u1160\ufffc"
    ]


@given(TEXTS.map(lambda text: text.replace("l\t", "l").replace("n\t", "n")))
def test_no_sign_that_shows_is_lost(text: str) -> None:
    # The letters that stand for bullets are what this takes away on purpose, and only with a tab behind.
    plain = "".join(sign for sign in text if sign not in "lnuovwqØü§²")
    assert seen(clean_text(plain)) == seen(plain)


@given(TEXTS)
def test_clean_text_has_nothing_odd_in_it(text: str) -> None:
    cleaned = clean_text(text)
    assert not any(unicodedata.category(sign) in ("Cc", "Cf", "Cs") for sign in cleaned if sign != "\n")
    assert all(sign in " \u3000" for sign in cleaned if unicodedata.category(sign) == "Zs")
    assert all(line == line.rstrip() for line in cleaned.split("\n")) and "\n\n\n" not in cleaned
    cleaned.encode("utf-8")


@pytest.mark.parametrize(
    ("pasted", "clean"),
    [
        ("关停\u00a07\u00ad台\u200b\r\n第二行 \x07", "关停 7台\n第二行"),
        ("\r\n甲\r\n\r\n\r\n\r\n乙\r\n", "甲\n\n乙"),
        ("锅炉\t3\t台\t\r\n道路\t\t公里\r\n", "锅炉　3　台\n道路　公里"),
        ("·\t关停锅炉\r\no\t清扫道路\r\n\uf06c\t检查工地\r\nl\t巡查\r\nØ\t整改", "• 关停锅炉\n• 清扫道路\n• 检查工地\n• 巡查\n• 整改"),
        ("1.\t关停\n一、\t清扫\n（二）\t检查\n3）\t巡查", "1. 关停\n一、清扫\n（二）检查\n3）巡查"),
        ("\u3000\u3000本季度关停7台。 \n \t\u3000\u3000其余已签合同。", "\u3000\u3000本季度关停7台。\n\u3000\u3000其余已签合同。"),
        ("降幅\uf0b35%，刘\ue863同志", "降幅≥5%，刘䶮同志"),
        ("n\t甲\t乙", "n　甲　乙"),
        ("软换行\v第二行\f第三行", "软换行\n第二行\n第三行"),
        ("VOCs 65蒸吨/小时 m³", "VOCs 65蒸吨/小时 m³"),
    ],
)  # fmt: skip
def test_pasted_text(pasted: str, clean: str) -> None:
    assert clean_text(pasted) == clean


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>甲<b>乙</b></p><p>丙&nbsp;丁</p>", "甲乙\n丙 丁"),
        ("<html><head><style>p {color:red}</style><title>标题</title></head><body><!--StartFragment-->甲<br>乙<!--EndFragment-->页脚</body></html>", "甲\n乙"),
        ("<table><tr><td><p>锅炉</p></td><td><p>3</p></td></tr>\n<tr><td>道路</td><td>5</td></tr></table>", "锅炉　3\n道路　5"),
        ("<ul><li>甲</li><li>乙</li></ul><ol><li>丙</li><li>丁</li></ol>", "• 甲\n• 乙\n1. 丙\n2. 丁"),
        ("<p class=MsoListParagraph><span style='font-family:Wingdings'><span style='mso-list:Ignore'>l<span>&nbsp;&nbsp;</span></span></span>关停锅炉</p>", "• 关停锅炉"),
        ("<p>甲<![CDATA[x]]>乙<![if !supportLists]>丙<![endif]><!DOCTYPE x>丁</p><!-- 没有完", "甲乙丙丁"),
        ("<p>PM2.5 < 35，&#x4e2d;&#99999999999;文</p>", "PM2.5 < 35，中文"),
        (f"<p>照片<img src='data:image/png;base64,{'A' * 5000}'>在后</p>", "照片在后"),
        ("<p>一\n  二</p>\n\n<script>alert(1)</script><div>三</div>", "一 二\n三"),
    ],
)  # fmt: skip
def test_html_reads_as_it_is_shown(html: str, text: str) -> None:
    assert clean_text(text_of(html)) == text


ODD = [
    "<!",
    "<!--",
    "-->",
    "<![",
    "]]>",
    "<?",
    "<",
    ">",
    "&#",
    "9" * 5000,
    "x",
    ";",
    "=",
    "<a ",
    "<li>",
    "</",
    "<script>",
]


@given(
    st.text(alphabet="<>/!-&;[]'\" \nptdrulio甲", max_size=200)
    | st.lists(st.sampled_from(ODD) | st.characters(), max_size=30).map("".join)
)
def test_no_html_is_too_odd(html: str) -> None:
    assert isinstance(clean_text(text_of(html)), str)


@pytest.mark.parametrize("piece", ["<", "<!", "<!--", "<![", "<a ", "<a b='", "</p", "<?", "&#"])
def test_a_pile_of_beginnings_takes_no_longer_than_its_length(piece: str) -> None:
    # A million of them took minutes, in which the window waits; now the whole is looked at a few times.
    assert "甲" not in text_of(piece * 100_000 + "<!--甲")
