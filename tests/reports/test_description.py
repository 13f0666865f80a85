"""What a file says of itself: XMP and Info agree, colours have a profile, other programs find no fault."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pdfplumber
import pytest
from defusedxml.ElementTree import fromstring
from pdfminer.pdftypes import resolve1
from PIL import ImageCms

from desktop.domain.report import PlanRef
from desktop.domain.unit import UnitRef
from desktop.reports.approval_sheet import render_approval_sheet
from desktop.reports.city_summary import render_city_summary
from desktop.reports.colour_profile import srgb_profile
from desktop.reports.description import Description
from desktop.reports.fonts import Faces
from desktop.reports.unit_report import render_unit_report
from tests.reports import samples
from tests.reports.bulletins import bulletin
from tests.reports.printed import fonts_of

Make = Callable[[Faces], bytes]
KINDS: dict[str, Make] = {
    "report": lambda faces: render_unit_report(samples.report(count=3), faces).pdf,
    "bulletin": lambda faces: render_city_summary(bulletin(), faces).pdf,
    "summary": lambda faces: render_city_summary(samples.summary(3, 3), faces).pdf,
    "approval": lambda faces: render_approval_sheet(samples.report(count=3), faces).pdf,
}
NAMES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}


@pytest.fixture(scope="module", params=KINDS)
def pdf(request: pytest.FixtureRequest, faces: Faces) -> bytes:
    return KINDS[request.param](faces)


def catalogue_of(pdf: bytes) -> tuple[dict[str, Any], dict[str, str]]:
    """The catalogue and the Info dictionary."""
    with pdfplumber.open(BytesIO(pdf)) as opened:
        return resolve1(opened.doc.catalog), opened.metadata


def said(packet: ElementTree.Element, path: str) -> str:
    found = packet.findall(f".//{path}", NAMES)
    assert len(found) == 1, path
    return "".join(found[0].itertext())


def test_xmp_and_info_agree(pdf: bytes) -> None:
    catalogue, info = catalogue_of(pdf)
    stream = resolve1(catalogue["Metadata"])
    assert (stream["Type"].name, stream["Subtype"].name) == ("Metadata", "XML")
    assert "Filter" not in stream.attrs, "other programs look for it as it is"
    packet = fromstring(stream.get_data())
    assert said(packet, "dc:title") == info["Title"] != ""
    assert said(packet, "dc:creator") == info["Author"] != ""
    assert said(packet, "dc:description") == info["Subject"] == samples.PLAN.title
    assert said(packet, "xmp:CreatorTool") == info["Creator"] == "蓝天季报"
    assert said(packet, "pdf:Producer") == info["Producer"] == "蓝天季报"
    assert said(packet, "dc:language") == "zh-CN"
    assert info["CreationDate"] == info["ModDate"]
    for name in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"):
        moment = said(packet, name)
        assert moment.endswith("T00:00:00+08:00")
        assert info["ModDate"] == f"D:{moment[:10].replace('-', '')}000000+08'00'"


def test_no_conformance_is_claimed(pdf: bytes) -> None:
    assert b"pdfaid" not in pdf and b"pdfuaid" not in pdf


def test_the_catalogue_names_language_title_and_colours(pdf: bytes) -> None:
    catalogue, _ = catalogue_of(pdf)
    assert resolve1(catalogue["Lang"]) == b"zh-CN"
    assert resolve1(catalogue["ViewerPreferences"])["DisplayDocTitle"] is True
    (intent,) = map(resolve1, resolve1(catalogue["OutputIntents"]))
    assert (intent["Type"].name, intent["S"].name) == ("OutputIntent", "GTS_PDFA1")
    profile = resolve1(intent["DestOutputProfile"])
    assert profile["N"] == 3 and profile.get_data() == srgb_profile()
    read = ImageCms.ImageCmsProfile(BytesIO(profile.get_data())).profile
    assert read.profile_description == intent["OutputConditionIdentifier"].decode("ascii")


def test_qpdf_and_poppler_find_no_fault(pdf: bytes, tmp_path: Path) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(pdf)
    checked = subprocess.run(["qpdf", "--check", str(path)], check=False, capture_output=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    shown = subprocess.run(["pdfinfo", "-meta", str(path)], check=True, capture_output=True)
    assert shown.stderr == b""
    assert shown.stdout.strip() == resolve1(catalogue_of(pdf)[0]["Metadata"]).get_data().strip()
    assert set(fonts_of(pdf, tmp_path)) == {("yes", "yes", "yes")}


def test_names_of_any_signs_agree_too(faces: Faces) -> None:
    """Marks of XML, signs that it may not hold, and characters beyond the first plane."""
    odd = '甲<乙>&"丙"\u0001\u0085\ufffe\uffff\U00020bb7县]]>'
    document = replace(
        samples.report(count=1), unit=UnitRef("u", odd), plan=PlanRef("p", 1, f"{odd}\n方案", "ab" * 32)
    )
    for pdf in (render_approval_sheet(document, faces).pdf, render_unit_report(document, faces).pdf):
        catalogue, info = catalogue_of(pdf)
        packet = fromstring(resolve1(catalogue["Metadata"]).get_data())
        assert said(packet, "dc:creator") == info["Author"] == '甲<乙>&"丙"\U00020bb7县]]>'
        assert said(packet, "dc:description") == info["Subject"] == f"{info['Author']} 方案"


def test_the_packet_depends_on_nothing_but_the_document() -> None:
    description = Description("题", "甲县", "方案", date(2026, 1, 5))
    assert description.packet() == description.packet()
    assert b"2026-01-05T00:00:00+08:00" in description.packet()
