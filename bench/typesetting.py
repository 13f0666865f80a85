"""Setting paper: the city's summary, a county's signed report, and how both grow, each beside its floor.

Every run is a process of its own, which tells its CPU seconds after start-up and its peak memory; the machine may be busy.
"""

from __future__ import annotations

import io
import json
import math
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bench.figure import Figure
from bench.papers import UNITS, document_of, summary_of, text_rows
from desktop.domain.unit import UnitRef

if TYPE_CHECKING:
    from desktop.exchange.unlocking import SigningIdentity

RUNS = 3
MEASURES = 60
GROWTH = (450, 900, 1800, 3600, 7200)
MANY, BOUND = 50_000, 400.0
SIGNATURES = 10
FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
WIDTHS = (92.0, 200.0, 172.0, 172.0)


@dataclass(frozen=True)
class Amount(Figure):
    """A figure that is no time: in `unit`."""

    unit: str = ""

    def line(self) -> str:
        ours, floor = f"{self.ours:9.2f} {self.unit:2}", f"{self.floor:9.2f} {self.unit:2}"
        return f"{self.name:44} {ours} {floor} {self.ours / self.floor:7.2f}  {self.floor_is}"


def figures() -> list[Figure]:
    """The summary of 1,800 rows, its growth, 50,000 rows, and a county's signed report."""
    return [*_summary_figures(), *_growth_figures(), *_report_figures()]


def _summary_figures() -> list[Figure]:
    rows = UNITS * MEASURES
    ours, table, bare = (_runs(kind, rows) for kind in ("summary", "long_table", "bare_canvas"))
    name = f"summary of {rows} rows"
    table_is, bare_is = (
        "reportlab's LongTable, wordWrap CJK (1/4; 2/3)",
        "bare canvas, lines broken before (1.5)",
    )
    return [
        Figure(name, ours[0], table[0], table_is),
        Amount(f"{name}, peak memory", ours[1], table[1], table_is, "MB"),
        Figure(name, ours[0], bare[0], bare_is),
    ]


def _growth_figures() -> list[Figure]:
    runs = [_runs("summary", rows) for rows in GROWTH]
    span = f"{GROWTH[0]} to {GROWTH[-1]} rows"
    many = _run("summary", MANY)
    return [
        Amount(f"exponent of time, {span}", _exponent([run[0] for run in runs]), 1.0, "linear (1.1)"),
        Amount(f"exponent of peak memory, {span}", _exponent([run[1] for run in runs]), 1.0, "linear (1.1)"),
        Amount(f"summary of {MANY} rows, peak memory", many[1], BOUND, "the bound", "MB"),
    ]


def _report_figures() -> list[Figure]:
    report, signed, bare = (_runs(kind, 32) for kind in ("report", "sign", "bare_sign"))
    return [
        Figure("a county's report, 32 measures, set and signed", report[0], 1.0, "one second of CPU"),
        Figure(
            "signing it",
            signed[0] / SIGNATURES,
            bare[0] / SIGNATURES,
            "bare pyHanko, a file of the same size (1.2)",
        ),
    ]


def _exponent(values: list[float]) -> float:
    """The slope of the least-squares line through the logarithms."""
    xs, ys = [math.log(rows) for rows in GROWTH], [math.log(value) for value in values]
    middle, height = statistics.mean(xs), statistics.mean(ys)
    shares = ((x - middle) * (y - height) for x, y in zip(xs, ys, strict=True))
    return sum(shares) / sum((x - middle) ** 2 for x in xs)


def _runs(kind: str, rows: int) -> tuple[float, float]:
    found = [_run(kind, rows) for _ in range(RUNS)]
    return statistics.median(run[0] for run in found), statistics.median(run[1] for run in found)


def _run(kind: str, rows: int) -> tuple[float, float]:
    """CPU seconds of the work, and the process's peak memory in MB."""
    command = [sys.executable, "-m", "bench.typesetting", kind, str(rows)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    told = json.loads(done.stdout)
    return told["seconds"], told["peak"]


def _set_summary(rows: int) -> Callable[[], object]:
    from desktop.reports.city_summary import render_city_summary
    from desktop.reports.fonts import load_faces

    document, faces = summary_of(rows), load_faces(FONTS, installed=FONTS)
    return lambda: render_city_summary(document, faces)


def _register() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    pdfmetrics.registerFont(TTFont("serif", str(FONTS / "NotoSerifSC-Regular.ttf")))


def _long_table(rows: int) -> Callable[[], object]:
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, TableStyle

    texts = text_rows(rows)

    def work() -> None:
        _register()
        style = ParagraphStyle("cell", fontName="serif", fontSize=10.5, leading=15, wordWrap="CJK")
        head = [("单位", "本季度进展情况", "存在问题", "下一步措施")]
        cells = [
            [Paragraph(text, style) for text in (f"第{n % UNITS}县", *row)] for n, row in enumerate(texts)
        ]
        table = LongTable([*head, *cells], colWidths=WIDTHS, repeatRows=1)
        table.setStyle(
            TableStyle(
                [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("FONTNAME", (0, 0), (-1, 0), "serif")]
            )
        )
        SimpleDocTemplate(io.BytesIO(), pagesize=landscape(A4), leftMargin=90, rightMargin=90).build([table])

    return work


def _bare_canvas(rows: int) -> Callable[[], object]:
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.pdfgen.canvas import Canvas

    from desktop.reports.fonts import load_faces
    from desktop.reports.page import Style

    style = Style(load_faces(FONTS, installed=FONTS).table, 10.5, 15)
    broken = [
        [[line.text for line in style.lines(text, width - 7)] for text, width in zip((f"第{n % UNITS}县", *row), WIDTHS, strict=True)]
        for n, row in enumerate(text_rows(rows))
    ]  # fmt: skip

    def work() -> None:
        _register()
        canvas = Canvas(io.BytesIO(), pagesize=landscape(A4), pageCompression=1)
        y = 0.0
        for cells in broken:
            height = max(map(len, cells)) * 15 + 8
            if y < 90 + height:
                if y:
                    canvas.showPage()
                y = 500.0
                canvas.setFont("serif", 10.5)
            x = 95.0
            for lines, width in zip(cells, WIDTHS, strict=True):
                for at, line in enumerate(lines):
                    canvas.drawString(x, y - 15 * at, line)
                x += width
            y -= height
        canvas.save()

    return work


def _identity(now: datetime) -> SigningIdentity:
    """A county's key under a city's root, as the program makes them."""
    from desktop.exchange.certificates import create_authority, create_request, issue_certificate
    from desktop.exchange.unlocking import unlock

    city, county = UnitRef("yc", "云川市人民政府"), UnitRef("qh", "清禾县人民政府")
    authority = create_authority(city, "陈芳", "bench", 1000, now)
    blob, request = create_request(county, "王建国", "bench", 1000, now)
    certificate = issue_certificate(request, county, authority.issuing_key, authority.issuing, "bench", now)
    return unlock(blob, certificate, authority.issuing, authority.crls, "bench")


def _sign(count: int) -> Callable[[], object]:
    """Our signature alone, with data and lists inside, on a report that is set already."""
    from desktop.domain.codec import canonical_bytes
    from desktop.exchange.signing import sign_pdf
    from desktop.reports.fonts import load_faces
    from desktop.reports.unit_report import render_unit_report

    now, document = datetime.now(UTC), document_of(count)
    rendered, identity = render_unit_report(document, load_faces(FONTS, installed=FONTS)), _identity(now)
    data, places = canonical_bytes(document), rendered.signature_places

    def work() -> None:
        for _ in range(SIGNATURES):
            sign_pdf(rendered.pdf, identity, data, "签发", places, now)

    # The first loads what signing needs: start-up, on either side.
    sign_pdf(rendered.pdf, identity, data, "签发", places, now)
    return work


def _bare_sign(count: int) -> Callable[[], object]:
    """pyHanko with nothing of ours in the way: the same file, key and kind of signature."""
    from asn1crypto import keys, x509
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    from desktop.reports.fonts import load_faces
    from desktop.reports.unit_report import render_unit_report

    pdf = render_unit_report(document_of(count), load_faces(FONTS, installed=FONTS)).pdf
    identity = _identity(datetime.now(UTC))
    key = identity._key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    store = SimpleCertificateStore()
    store.register_multiple(x509.Certificate.load(c.public_bytes(Encoding.DER)) for c in identity.chain)
    own = x509.Certificate.load(identity.certificate.public_bytes(Encoding.DER))
    signer = signers.SimpleSigner(own, keys.PrivateKeyInfo.load(key), store)
    how = signers.PdfSignatureMetadata(
        "Issuer", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, certify=True,
        docmdp_permissions=MDPPerm.FILL_FORMS,
    )  # fmt: skip

    def once() -> None:
        signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), how, signer)

    def work() -> None:
        for _ in range(SIGNATURES):
            once()

    once()
    return work


def _report(count: int) -> Callable[[], object]:
    from desktop.domain.codec import canonical_bytes
    from desktop.exchange.signing import sign_pdf
    from desktop.reports.fonts import load_faces
    from desktop.reports.official_letter import SignedBy
    from desktop.reports.unit_report import render_unit_report

    now, document, faces = datetime.now(UTC), document_of(count), load_faces(FONTS, installed=FONTS)
    identity = _identity(now)

    def work() -> None:
        rendered = render_unit_report(document, faces, SignedBy("王建国"))
        sign_pdf(rendered.pdf, identity, canonical_bytes(document), "签发", rendered.signature_places, now)

    return work


KINDS: dict[str, Callable[[int], Callable[[], object]]] = {
    "summary": _set_summary,
    "long_table": _long_table,
    "bare_canvas": _bare_canvas,
    "report": _report,
    "sign": _sign,
    "bare_sign": _bare_sign,
}


def main(kind: str, rows: str) -> None:
    """One run, told as JSON."""
    work = KINDS[kind](int(rows))
    begun = time.process_time()
    work()
    seconds = time.process_time() - begun
    peak = _peak()
    print(json.dumps({"seconds": seconds, "peak": peak}))


def _peak() -> float:
    """This process's peak memory in MB. What getrusage tells of a child begins with its parent's."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
