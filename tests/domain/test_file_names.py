"""Names out of packages and lists, made fit for a folder."""

from __future__ import annotations

import pytest

from desktop.domain.file_names import LONGEST, plain_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("东川县_2025Q1_第1次报送.jbx", "东川县_2025Q1_第1次报送.jbx"),
        ("照片 1（改）.tar.gz", "照片 1（改）.tar.gz"),
        ("../../etc/passwd", ".._.._etc_passwd"),
        ("..\\..\\启动\\x.pdf", ".._.._启动_x.pdf"),
        ("C:x.pdf", "C_x.pdf"),
        ("CON", "_CON"),
        ("com¹.txt", "_com¹.txt"),
        ("CONOUT$", "_CONOUT$"),
        ("nul.pdf", "_nul.pdf"),
        ("com1.a.pdf", "_com1.a.pdf"),
        ("发票\u202efdp.exe", "发票fdp.exe"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("x.pdf. . ", "x.pdf"),
        ("..", "_"),
        ("", "_"),
        (".pdf", "pdf"),
    ],
)
def test_name_is_plain(text: str, name: str) -> None:
    assert plain_name(text) == name
    assert plain_name(name) == name


def test_long_name_keeps_its_ending() -> None:
    assert plain_name("长" * 300 + ".pdf") == "长" * (LONGEST - 3) + ".pdf"


def test_cutting_leaves_no_blank_at_the_end() -> None:
    assert plain_name("字" * (LONGEST - 1) + " 尾") == "字" * (LONGEST - 1)
