from __future__ import annotations

from desktop.domain.missing_signs import MissingSign
from desktop.wording.paper import lacking, lacking_all


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
