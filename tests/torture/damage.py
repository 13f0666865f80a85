"""Ways to damage a document, each a function of a seeded chance: the same number gives the same file on every run."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Callable, Mapping, Sequence

from tests.torture.sources import FORMS, members, rezipped

Chance = random.Random
NUMBERS = (b"0", b"-1", b"1", b"255", b"256", b"65535", b"65536", b"1048577", b"2147483647", b"2147483648",
           b"4294967296", b"99999999999999999999", b"1e308", b"-1e308", b"NaN", b"0.0000001", b"", b"x", b"\xc2\xb2", b"\xe4\xba\x94")  # fmt: skip
WORDS = (
    "（", "）", "(", ")", "〔", "【", "】", "“", "”", "《", "》", "、", "，", "；", "。", "：", ":", "\t", "\n", "\n\n", "\r", " ", "　",
    "\u200b", "\ufeff", "\x00", "\x0b", "\u2028", "\U0002a6d6", "é", "**", "**%", "__", "_", "|", "#", '"', "/", "—", "无", "等", "和", "及",
    "1.", "1、", "999", "（一）", "一、", "十、", "第一章", "①", "⑳", "第", "附件", "序号", "重点任务", "主要内容", "牵头单位", "责任单位：",
    "牵头单位：", "配合单位：", "完成时限：", "牵头", "配合", "落实", "负责", "按职责分工负责", "按职责牵头", "会同", "市生态环境局",
    "各县（市、区）人民政府", "各有关部门", "望溪区", "市", "县", "局", "2025年", "2025、2026年", "到2025年底", "分别", "达到", "不低于", "不超过",
    "35", "92%", "3.5万平方米", "微克/立方米", "：1", "1.5:1", "99999999999999999999", "分别达到1、2、3", "以下均需各县区政府落实，不再列出",
    "排在第一位的为牵头单位", "（征求意见稿）", "行动方案", "目标", "重点任务", "保障措施", "PM2.5", "（商请市发改委提供该数据）", "²", "٣", "\u0378",
)  # fmt: skip
XML_BITS = (
    b"<w:p/>", b"<w:tbl>", b"</w:tbl>", b"<w:tr/>", b"<w:tc>", b"</w:tc>", b'<w:gridSpan w:val="99999"/>', b'<w:vMerge/>',
    b'<w:numPr><w:ilvl w:val="9"/><w:numId w:val="1"/></w:numPr>', b"<w:del>", b"<w:sdt>", b"<w:br/>", b"<!-- -->", b"<![CDATA[x]]>",
    b"&#0;", b"&#55296;", b"&amp;", b"&lol;", b"<?x y?>", b'<!DOCTYPE x [<!ENTITY lol "lol">]>', b"<row/>", b'<row r="1048576"/>', b'<c r="XFD9" t="s"><v>99</v></c>',
    b'<c r="A1" t="inlineStr"><is><t>x</t></is></c>', b'<c t="d"><v>x</v></c>', b'<c t="b"><v>x</v></c>', b'<c t="e"><v>#REF!</v></c>', b'<mergeCell ref="A1:XFD1048576"/>',
    b'<mergeCell ref="A0:"/>', b"<f>A1</f>", b"<v>-1</v>", b' s="999"', b' r="0"', b' r="ZZZZ1"', b' xml:space="preserve"', b"<sheetData>", b"</sheetData>", b'encoding="utf-16"',
    b"<si/>", b"<t/>", b'<dimension ref="A1:XFD1048576"/>', b"\x00", b"\xff\xfe", b"\xed\xa0\x80",
)  # fmt: skip
PDF_BITS = (
    b"<<", b">>", b"[", b"]", b"(", b")", b"<", b">", b"/", b"%", b"obj", b"endobj", b"stream\n", b"endstream", b"xref", b"trailer", b"startxref", b"R", b"1 0 R", b"2 0 R",
    b"null", b"true", b"/Kids [2 0 R]", b"/Parent 2 0 R", b"/Count 100000", b"/Length 1 0 R", b"/Filter /FlateDecode", b"/Filter [/FlateDecode /FlateDecode]",
    b"/Filter /LZWDecode", b"/Filter /ASCII85Decode", b"/Filter /ASCIIHexDecode", b"/Filter /RunLengthDecode", b"/DecodeParms << /Predictor 12 /Columns 99999999 >>",
    b"/W [0 4294967295 500]", b"/Encrypt 1 0 R", b"/Type /ObjStm", b"/Type /XRef", b"/MediaBox [0 0 0 0]", b"/MediaBox [0 0 1e30 1e30]", b"/Rotate 45", b"/ToUnicode 3 0 R",
    b"BT", b"ET", b"Tj", b"TJ", b"T*", b"Tf", b"Td", b"Tm", b"cm", b"q", b"Q", b"re", b"S", b"f", b"l", b"m", b"c", b"h", b"Do", b"BI", b"ID", b"EI", b"BMC", b"EMC", b"gs", b"W n", b"'", b'"',
    b"1 begincidrange <0000> <ffffffff> 0 endcidrange", b"1 beginbfrange <0000> <ffffffff> <0000> endbfrange", b"beginbfchar", b"usecmap", b"\\377", b"#00", b"\r", b"\x00",
)  # fmt: skip


def damaged(number: int, seed: str, sources: Mapping[str, Sequence[bytes]]) -> tuple[str, bytes]:
    """The name and bytes of input `number` of a run."""
    chance = random.Random(f"{seed}-{number}")
    form = FORMS[number % len(FORMS)]
    data = chance.choice(sources[form])
    ways = WAYS[form]
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        data = chance.choice(ways)(data, chance, sources)
    suffix = form if chance.random() < 0.97 else chance.choice((*FORMS, "doc", "et", "md", "bin"))
    return f"{number}.{suffix}", data


Way = Callable[[bytes, Chance, Mapping[str, Sequence[bytes]]], bytes]


def flipped(data: bytes, chance: Chance, _: object = None) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 2, 8, 64)) if data else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut(data: bytes, chance: Chance, _: object = None) -> bytes:
    """A file without its end, its beginning, or a piece of its middle."""
    a, b = sorted((chance.randint(0, len(data)), chance.randint(0, len(data))))
    return chance.choice((data[:a], data[a:], data[:a] + data[b:]))


def repeated(data: bytes, chance: Chance, _: object = None) -> bytes:
    """A stretch many times over."""
    a = chance.randint(0, len(data))
    b = min(len(data), a + chance.choice((1, 4, 30, 300, 3000)))
    times = min(chance.choice((2, 10, 300, 5000)), 400_000 // max(b - a, 1))
    return data[:a] + data[a:b] * times + data[b:]


def blanked(data: bytes, chance: Chance, _: object = None) -> bytes:
    a = chance.randint(0, len(data))
    size = min(len(data) - a, chance.choice((1, 16, 512)))
    return data[:a] + bytes([chance.choice((0, 32, 255))]) * size + data[a + size :]


def spliced(data: bytes, chance: Chance, sources: Mapping[str, Sequence[bytes]]) -> bytes:
    """The head of one file and the tail of another, of the same form or not."""
    form = chance.choice(FORMS)
    other = chance.choice(sources[form])
    at = chance.random()
    return data[: int(len(data) * at)] + other[int(len(other) * at) :]


def renumbered(data: bytes, chance: Chance, _: object = None) -> bytes:
    """Some of its numbers made nasty."""
    places = list(re.finditer(rb"\d+", data))
    for match in sorted(
        chance.sample(places, min(len(places), chance.choice((1, 1, 3, 12)))), key=lambda m: -m.start()
    ):
        data = data[: match.start()] + chance.choice(NUMBERS) + data[match.end() :]
    return data


def _sown(data: bytes, chance: Chance, bits: Sequence[bytes]) -> bytes:
    for _ in range(chance.choice((1, 1, 3, 12))):
        at = chance.randint(0, len(data))
        times = chance.choice((1, 1, 1, 2, 40, 2000))
        data = data[:at] + chance.choice(bits) * times + data[at:]
    return data


def worded(data: bytes, chance: Chance, _: object = None) -> bytes:
    """A text with words of plans at the wrong places, one of them perhaps thousands of times."""
    text = data.decode("utf-8", "replace")
    for _ in range(chance.choice((1, 4, 16))):
        at = chance.randint(0, len(text))
        phrase = "".join(chance.choices(WORDS, k=chance.choice((1, 1, 2, 5))))
        text = text[:at] + phrase * chance.choice((1, 1, 1, 1, 30, 3000)) + text[at:]
    return text.encode("utf-8")


def lost(data: bytes, chance: Chance, _: object = None) -> bytes:
    """A text without one kind of sign, or with its lines in another order."""
    text = data.decode("utf-8", "replace")
    if chance.random() < 0.3:
        lines = text.split("\n")
        chance.shuffle(lines)
        return "\n".join(lines).encode("utf-8")
    sign = chance.choice((*"（）()、，。；：\n\t|1234567890一二三", *set(text[:200])))
    return text.replace(sign, chance.choice(("", "", " ", "（", "\n", sign * 9))).encode("utf-8")


def recoded(data: bytes, chance: Chance, _: object = None) -> bytes:
    """A text in another encoding, or half in one and half in another."""
    text = data.decode("utf-8", "replace")
    at = chance.choice((0, len(text), chance.randint(0, len(text))))
    codecs = ("utf-8", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32", "big5")
    head, tail = (piece.encode(chance.choice(codecs), "replace") for piece in (text[:at], text[at:]))
    odd = chance.choice((b"", b"", b"\x00", b"\xff", b"\x00\xd8", b"\xd8\x00", b"\x81\x30", b"\xef\xbb\xbf"))
    return head + odd + tail


def _in_member(way: Way) -> Way:
    """The damage done to one member of a zip, which gets a right sum again."""

    def done(data: bytes, chance: Chance, sources: Mapping[str, Sequence[bytes]]) -> bytes:
        try:
            parts = members(data)
        except Exception:
            return way(data, chance, sources)
        main = [
            n
            for n in parts
            if re.search(r"document\.xml|sheet\d\.xml|sharedStrings|numbering|styles\.xml|workbook\.xml", n)
        ]
        name = chance.choice(main if main and chance.random() < 0.8 else [*parts, "x"])
        parts[name] = way(parts.get(name, b""), chance, sources)
        return rezipped(parts, chance.random() < 0.2)

    return done


def _members_moved(data: bytes, chance: Chance, _: object = None) -> bytes:
    """A zip with members missing, exchanged, renamed, or with ones that do not belong there."""
    try:
        parts = members(data)
    except Exception:
        return cut(data, chance)
    a, b = chance.choice(list(parts)), chance.choice(list(parts))
    match chance.randrange(5):
        case 0:
            del parts[a]
        case 1:
            parts[a], parts[b] = parts[b], parts[a]
        case 2:
            parts[
                chance.choice(
                    (a.upper(), "../" + a, "/" + a, a + "\u0301", "xl/workbook.xml", "word/document.xml")
                )
            ] = parts.pop(a)
        case 3:
            parts[a] = data
        case _:
            parts[f"{a}x"] = parts[a]
    return rezipped(parts)


def tagged(data: bytes, chance: Chance, _: object = None) -> bytes:
    """XML with a tag lost, an element many times over or deep in itself, or two tags exchanged."""
    tags = list(re.finditer(rb"<[^>]*>", data))
    if len(tags) < 4:
        return data
    match chance.randrange(4):
        case 0:
            for tag in sorted(chance.sample(tags, chance.choice((1, 2))), key=lambda t: -t.start()):
                data = data[: tag.start()] + data[tag.end() :]
        case 1:
            a = chance.randrange(len(tags) - 1)
            b = min(len(tags) - 1, a + chance.choice((1, 2, 5, 40)))
            piece = data[tags[a].start() : tags[b].start()]
            times = min(chance.choice((2, 50, 3000)), 300_000 // max(len(piece), 1))
            data = data[: tags[a].start()] + piece * times + data[tags[a].start() :]
        case 2:
            tag = chance.choice(tags)
            name = re.match(rb"</?([\w:]+)", tag.group())
            depth = chance.choice((3, 100, 240, 3000))
            if name:
                deep = b"<" + name[1] + b">", b"</" + name[1] + b">"
                data = data[: tag.start()] + deep[0] * depth + deep[1] * depth + data[tag.start() :]
        case _:
            a, b = sorted(chance.sample(tags, 2), key=lambda t: t.start())
            data = data[: a.start()] + b.group() + data[a.end() : b.start()] + a.group() + data[b.end() :]
    return data


def _xml_words(data: bytes, chance: Chance, _: object = None) -> bytes:
    """Words of plans in an element's text."""
    places = list(re.finditer(rb"(?<=>)[^<>]{2,}(?=<)", data))
    if not places:
        return data
    place = chance.choice(places)
    text = worded(place.group(), chance).decode().replace("<", "").replace("&", "").replace("\x00", "")
    text = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)
    return data[: place.start()] + text.encode() + data[place.end() :]


def _xml_sown(data: bytes, chance: Chance, _: object = None) -> bytes:
    return _sown(data, chance, XML_BITS)


def _pdf_sown(data: bytes, chance: Chance, _: object = None) -> bytes:
    return _sown(data, chance, PDF_BITS)


def _in_stream(data: bytes, chance: Chance, sources: Mapping[str, Sequence[bytes]]) -> bytes:
    """The damage done to what a stream of a PDF unfolds to; the stream's length is put right."""
    streams = list(re.finditer(rb"/Length (\d+)(.{0,80}?)>>\s*stream\r?\n(.*?)\s*endstream", data, re.S))
    if not streams:
        return _pdf_sown(data, chance)
    found = chance.choice(streams)
    body = found[3]
    try:
        body = zlib.decompress(body)
    except zlib.error:
        pass
    way = chance.choice((flipped, cut, repeated, renumbered, _pdf_sown))
    body = way(body, chance, sources)
    if b"FlateDecode" in found[2] and b"ASCII85" not in found[2]:
        body = zlib.compress(body)
    head = b"/Length %d%s>>\nstream\n" % (len(body), found[2])
    return data[: found.start()] + head + body + b"\nendstream" + data[found.end() :]


_ANY: tuple[Way, ...] = (flipped, cut, repeated, blanked, spliced)
_PARTS: tuple[Way, ...] = (
    *map(_in_member, (flipped, cut, repeated, recoded)),
    *map(_in_member, (renumbered, _xml_sown)),
    *map(_in_member, (renumbered, _xml_sown)),
    *map(_in_member, (tagged,) * 5),
    *map(_in_member, (_xml_words,) * 6),
)
WAYS: Mapping[str, Sequence[Way]] = {
    "docx": (*_ANY, _members_moved, *_PARTS),
    "xlsx": (*_ANY, _members_moved, *_PARTS),
    "pdf": (*_ANY, renumbered, renumbered, _pdf_sown, _pdf_sown, _in_stream, _in_stream, _in_stream),
    "txt": (*_ANY, worded, worded, worded, lost, recoded, recoded),
}
