"""What is said of signs that cannot be printed, and of the faces that a paper is set in."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.missing_signs import MissingSign
from desktop.domain.paper_faces import FaceLack, FaceRole, FaceUse
from desktop.wording.terms import FIELD, spoken

_AROUND = {
    "plan": "方案原文",
    "letter": "正文",
    "reason": "退回原因",
    "people": "填报人、审核人、签发人或电话",
    "names": "单位或方案名称",
}
_MOST = 4
_ROLES = {
    FaceRole.TITLE: "标题",
    FaceRole.HEADING: "一级标题",
    FaceRole.SUBHEADING: "二级标题和签发人姓名",
    FaceRole.BODY: "正文",
    FaceRole.TABLE: "表格和页码",
    FaceRole.STRONG: "表头",
    FaceRole.NOTE: "小字",
}
_MEANT = {
    FaceRole.TITLE: "小标宋体",
    FaceRole.HEADING: "黑体",
    FaceRole.SUBHEADING: "楷体",
    FaceRole.BODY: "仿宋",
    FaceRole.TABLE: "宋体",
}
_LACKS = {
    FaceLack.ABSENT: "本机未装{faces}",
    FaceLack.FORBIDDEN: "本机的{faces}不许嵌入文件",
    FaceLack.DAMAGED: "本机的{faces}读不出来",
}


def lacking(places: Sequence[MissingSign]) -> str:
    """That there are such signs, and how many places of them; empty for none."""
    return f"有{len(places)}处的字打不出来，纸上会印成〓" if places else ""


def lacking_all(places: Sequence[MissingSign], advice: str = "换一个常用字或写法，再送审核。") -> str:
    """The first places, what is safe, and what to do (`advice`); empty for none."""
    if not places:
        return ""
    listed = "，".join(_place(place) for place in places[:_MOST])
    more = f"，另有{len(places) - _MOST}处" if len(places) > _MOST else ""
    return f"{listed}{more}。电子数据里还是原字。{advice}"


def _place(place: MissingSign) -> str:
    """第3条进展情况的“𠮷”."""
    field = _AROUND.get(place.field) or FIELD[place.field]
    where = f"{place.unit}{spoken(place.label)}{field}" if place.label else f"{place.unit}{field}"
    return f"{where}里的“{place.sign}”"


def faces_used(uses: Sequence[FaceUse]) -> str:
    """Which face each kind of text is set in, this PC's or the program's, and which were not to be had."""
    by_face: dict[tuple[str, bool], list[str]] = {}
    for use in uses:
        by_face.setdefault((use.face, use.installed), []).append(_ROLES[use.role])
    listed = (
        f"{'、'.join(roles)}用{face}（{'本机' if installed else '随程序'}）"
        for (face, installed), roles in by_face.items()
    )
    sentences = ["，".join(listed), *(_lacking(lack, uses) for lack in FaceLack)]
    # What a face has not is drawn by the next; a role's own face says nothing new.
    others = dict.fromkeys(name for use in uses for name in use.others)
    if others:
        sentences.append(f"个别生僻字用{'、'.join(others)}补")
    return "".join(f"{sentence}。" for sentence in sentences if sentence)


def faces_in_brief(uses: Sequence[FaceUse]) -> str:
    """Where room is short: that the program's own faces stand for some that are not to be had; empty where none does."""
    lacking = [_MEANT[use.role] for use in uses if use.lack is not None and use.role in _MEANT]
    return f"{'、'.join(lacking)}用的是随程序的字体。" if lacking else ""


def faces_lacking(uses: Sequence[FaceUse]) -> str:
    """Which of the faces that official papers have were not to be had, and what stands for them; empty where none lacks."""
    sentences = []
    for lack in FaceLack:
        if found := _lacked(lack, uses):
            said = _LACKS[lack].format(faces="、".join(_MEANT[use.role] for use in found))
            sentences.append(f"{said}，改用{'、'.join(dict.fromkeys(use.face for use in found))}。")
    return "".join(sentences)


def _lacked(lack: FaceLack, uses: Sequence[FaceUse]) -> list[FaceUse]:
    return [use for use in uses if use.lack is lack and use.role in _MEANT]


def _lacking(lack: FaceLack, uses: Sequence[FaceUse]) -> str:
    """本机未装小标宋体，标题改用思源宋体粗体; of several only that those named above stand for them."""
    found = _lacked(lack, uses)
    if not found:
        return ""
    said = _LACKS[lack].format(faces="、".join(_MEANT[use.role] for use in found))
    if len(found) == 1:
        return f"{said}，{_ROLES[found[0].role]}改用{found[0].face}"
    return f"{said}，改用上述字体"
