"""What a file says of itself: Info dictionary and XMP of the same facts, and the colours that its figures mean.

XMP after ISO 16684-1, in the form that ISO 32000-1 (14.3.2) asks for. Every date is the document's day, never the
clock's, so that the same document gives the same bytes. No conformance to PDF/A is claimed.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc

from desktop.reports.colour_profile import NAME, srgb_profile
from desktop.reports.fonts import printable

LANGUAGE = "zh-CN"
PROGRAM = "蓝天季报"
_UNSPEAKABLE = str.maketrans({"\n": " ", "\ufffe": None, "\uffff": None})
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
  xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:xmp="http://ns.adobe.com/xap/1.0/"
  xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{program}</xmp:CreatorTool>
<xmp:CreateDate>{moment}</xmp:CreateDate>
<xmp:ModifyDate>{moment}</xmp:ModifyDate>
<xmp:MetadataDate>{moment}</xmp:MetadataDate>
<pdf:Producer>{program}</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>
"""


@dataclass(frozen=True)
class Description:
    """Title, whose paper it is, what it is about, and its day."""

    title: str
    author: str
    subject: str
    day: date

    def write(self, document: Any) -> None:
        """Into a reportlab document's Info dictionary and catalogue: Info, Metadata, OutputIntents, and that the title is
        what a window shows.
        """
        title, author, subject = self._said
        info, catalogue = document.info, document.Catalog
        info.title, info.author, info.subject = title, author, subject
        info.creator = info.producer = PROGRAM
        info._dateFormatter = lambda *_: f"D:{self.day:%Y%m%d}000000+08'00'"
        catalogue.Lang = pdfdoc.PDFString(LANGUAGE)
        catalogue.ViewerPreferences = pdfdoc.PDFDictionary({"DisplayDocTitle": "true"})
        catalogue.Metadata = _Stream({"Type": "/Metadata", "Subtype": "/XML"}, self.packet())
        catalogue.OutputIntents = pdfdoc.PDFArray([_output_intent(document)])
        # reportlab knows no output intents: what it is told to write is a list of names.
        catalogue.__NoDefault__ = [*catalogue.__NoDefault__, "OutputIntents"]

    def packet(self) -> bytes:
        """The XMP packet, read-only: what is signed is not to be edited."""
        title, author, subject = map(escape, self._said)
        moment = f"{self.day:%Y-%m-%d}T00:00:00+08:00"
        return _PACKET.format(
            title=title, author=author, subject=subject, language=LANGUAGE, program=PROGRAM, moment=moment
        ).encode("utf-8")

    @property
    def _said(self) -> tuple[str, str, str]:
        """Title, author and subject on one line each, of signs that XML may hold."""
        title, author, subject = (
            printable(text).translate(_UNSPEAKABLE).strip()
            for text in (self.title, self.author, self.subject)
        )
        return title, author, subject


def _output_intent(document: Any) -> Any:
    """The colours are sRGB's, by its profile inside the file (ISO 32000-1, 14.11.5)."""
    profile = _Stream(
        {"N": 3, "Alternate": "/DeviceRGB", "Filter": "/FlateDecode"}, zlib.compress(srgb_profile(), 9)
    )
    return pdfdoc.PDFDictionary(
        {
            "Type": "/OutputIntent",
            "S": "/GTS_PDFA1",
            "OutputConditionIdentifier": pdfdoc.PDFString(NAME),
            "Info": pdfdoc.PDFString(NAME),
            "DestOutputProfile": document.Reference(profile),
        }
    )


class _Stream(pdfdoc.PDFObject):  # type: ignore[misc]
    """A stream written as it is: reportlab's own would always be packed."""

    __RefOnly__ = 1

    def __init__(self, facts: dict[str, Any], content: bytes) -> None:
        self.facts, self.content = facts, content

    def format(self, document: Any) -> bytes:
        head: bytes = pdfdoc.format(
            pdfdoc.PDFDictionary({**self.facts, "Length": len(self.content)}), document
        )
        return head + b"\nstream\n" + self.content + b"\nendstream\n"
