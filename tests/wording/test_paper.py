from __future__ import annotations

from desktop.domain.missing_signs import MissingSign
from desktop.domain.paper_faces import FaceLack, FaceRole, FaceUse
from desktop.wording.paper import faces_used, lacking, lacking_all

R = FaceRole


def test_signs_are_named_with_their_place_and_what_to_do() -> None:
    places = (MissingSign("䶮", "19-2", "progress"), MissingSign("䶮", "", "people"))
    assert lacking(places) == "有2处的字打不出来，纸上会印成〓"
    assert lacking_all(places).startswith("第19-2条进展情况里的“䶮”，填报人、审核人、签发人或电话里的“䶮”。")
    assert lacking_all(places).endswith("换一个常用字或写法，再送审核。")


def test_of_many_the_first_are_named_and_the_others_counted() -> None:
    places = [MissingSign("䶮", str(n), "progress") for n in range(1, 8)]
    assert "，另有3处。" in lacking_all(places)


def test_without_any_nothing_is_said() -> None:
    assert (lacking(()), lacking_all(())) == ("", "")


def test_faces_are_said_with_whose_they_are() -> None:
    uses = (
        FaceUse(R.TITLE, "方正小标宋", True),
        FaceUse(R.BODY, "仿宋", True, None, ("思源宋体",)),
        FaceUse(R.TABLE, "思源宋体", False, FaceLack.ABSENT),
        FaceUse(R.NOTE, "思源宋体", False),
    )
    assert faces_used(uses) == (
        "标题用方正小标宋（本机），正文用仿宋（本机），表格和页码、小字用思源宋体（随程序）。"
        "本机未装宋体，表格和页码改用思源宋体。个别生僻字用思源宋体补。"
    )


def test_what_is_missing_forbidden_or_broken_is_told_apart() -> None:
    uses = (
        FaceUse(R.TITLE, "思源宋体粗体", False, FaceLack.FORBIDDEN),
        FaceUse(R.HEADING, "思源黑体中等", False, FaceLack.ABSENT),
        FaceUse(R.BODY, "思源宋体", False, FaceLack.ABSENT),
        FaceUse(R.TABLE, "思源宋体", False, FaceLack.DAMAGED),
    )
    said = faces_used(uses)
    assert said.startswith(
        "标题用思源宋体粗体（随程序），一级标题用思源黑体中等（随程序），正文、表格和页码用"
    )
    assert "。本机未装黑体、仿宋，改用上述字体。" in said
    assert "。本机的小标宋体不许嵌入文件，标题改用思源宋体粗体。" in said
    assert said.endswith("。本机的宋体读不出来，表格和页码改用思源宋体。")
