"""What changed between two texts: nothing is lost on either side, whatever was changed where."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from desktop.views.icons import Icons
from desktop.views.models.diff import Run, diff_runs
from desktop.views.widgets.diff_label import DiffLabel

_TEXT = st.text("甲乙丙12。\n", max_size=30)


@given(_TEXT, _TEXT)
def test_both_texts_can_be_read_out_of_the_runs(before: str, after: str) -> None:
    runs = diff_runs(before, after)
    assert "".join(r.text for r in runs if r.kind != "new") == before
    assert "".join(r.text for r in runs if r.kind != "gone") == after
    assert all(r.text for r in runs), "no empty run"
    assert all(a.kind != b.kind for a, b in itertools.pairwise(runs)), "neighbours are of two kinds"


@given(_TEXT, _TEXT, _TEXT, _TEXT)
def test_what_stands_at_both_ends_stays(start: str, end: str, gone: str, new: str) -> None:
    start, end = f"开头{start}" * 3, f"{end}结尾" * 3
    runs = diff_runs(start + gone + end, start + new + end)
    assert runs[0].kind == "same" and runs[0].text.startswith(start[:2])
    assert runs[-1].kind == "same" and runs[-1].text.endswith(end[-2:])


def test_one_word_in_a_long_text_is_one_word() -> None:
    long = "本季度按计划推进，其余已签合同。" * 400
    runs = diff_runs(f"{long}关停9台{long}", f"{long}关停7台{long}")
    assert runs == (Run("same", f"{long}关停"), Run("gone", "9"), Run("new", "7"), Run("same", f"台{long}"))


def test_the_end_of_a_line_is_not_marked(shown, icons: Icons) -> None:
    label = shown(DiffLabel(icons))
    label.set_runs((Run("same", "第一段。"), Run("new", "\n总的看，\n"), Run("gone", "\n")))
    text = label.text()
    assert "<br><u" in text and "总的看，</u><br>" in text and "<s" not in text
    assert label.accessibleName().startswith("第一段。；增加：\n总的看，")
