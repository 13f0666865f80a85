"""A measure from words that were left out: number, title, units; and no word of them lost."""

from __future__ import annotations

import pytest

from desktop.domain.plan import DutyRole
from desktop.services import planning
from desktop.services.drafting_structure import bare
from desktop.services.drafting_text import measure_in
from tests.journeys.offices import COUNTY, OFFICE, REGION

LEXICON = planning.lexicon_of((REGION,))


def test_a_whole_task_is_read_with_its_units() -> None:
    found = measure_in("12.治理扬尘。工地全部围挡。（生态环境局牵头，各县区政府落实）", REGION, LEXICON)
    assert (found.task_no, found.title, found.content) == ("12", "治理扬尘", "工地全部围挡。")
    assert found.codes(DutyRole.LEAD) == (OFFICE.code,) and found.implementers == (COUNTY.code,)


def test_a_table_row_as_it_is_shown_is_read_by_its_labels() -> None:
    found = measure_in("2　清扫道路\n每天两遍。\n牵头单位：生态环境局\n落实单位：各县区政府", REGION, LEXICON)
    assert (found.task_no, found.title, found.content) == ("2", "清扫道路", "每天两遍。")
    assert found.names(DutyRole.LEAD) == ("生态环境局",) and found.implementers == (COUNTY.code,)


@pytest.mark.parametrize(
    "text",
    [
        "各级各部门要高度重视，主要负责同志亲自抓，每月调度。\n本方案自印发之日起施行。",
        "有关数据另行通报（见附件2）。",
        "到2025年3.5万户完成改造",
        "（一）提高站位。\u2028各级要负责到底。",
    ],
)
def test_no_word_is_lost_where_nothing_is_clear(text: str) -> None:
    found = measure_in(text, REGION, LEXICON)
    said = bare(f"{found.task_no}{found.title}{found.content}{''.join(d.name for d in found.duties)}")
    assert found.title
    assert all(said.count(sign) >= bare(text).count(sign) for sign in set(bare(text)) - set("。，.（）"))
