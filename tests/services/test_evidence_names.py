"""Evidence out of a package: its name is only a text until it is made a file's, and only documents are opened."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.errors import RefusedError
from desktop.services import evidencing, writing
from tests.journeys.offices import Offices


@pytest.mark.parametrize(
    "name", ["../../../x.pdf", "..\\..\\x.pdf", "NUL.pdf", "a\nb.pdf", "长" * 400 + ".pdf"]
)
def test_copy_stays_in_its_folder(offices: Offices, tmp_path: Path, name: str) -> None:
    kept = replace(offices.county.evidence.add_bytes(b"%PDF-", "x.pdf"), name=name)
    copy = evidencing.copy_of(b"%PDF-", kept, tmp_path / "看")
    assert copy.read_bytes() == b"%PDF-" and copy.suffix == ".pdf"
    assert copy.parent.parent == tmp_path / "看" and "\\" not in copy.name


@pytest.mark.parametrize("name", ["清单.exe", "发票\u202efdp.lnk", "x.pdf.bat", "没有后缀", "x.pdf .cmd"])
def test_program_is_not_handed_to_the_system(offices: Offices, tmp_path: Path, name: str) -> None:
    """The city opens what counties attach by a double click: that must never start anything."""
    kept = replace(offices.county.evidence.add_bytes(b"MZ", "x.pdf"), name=name)
    with pytest.raises(RefusedError) as refused:
        evidencing.copy_of(b"MZ", kept, tmp_path / "看")
    assert refused.value.code == "evidence_form"
    assert not (tmp_path / "看").exists()


def test_unit_whose_name_holds_a_slash_can_be_written_to(offices: Offices) -> None:
    written = writing.write_files({"甲县/乙县_任务包_1.jbx": b"x"}, offices.stick)
    assert written[0].path == offices.stick / "甲县_乙县_任务包_1.jbx"
