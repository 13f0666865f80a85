"""佐证材料: the zone with its weight, near its bound, and each form as it is looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtGui import QColor, QFont, QImage, QPainter

from desktop.domain.report import Evidence, Report
from desktop.services import filling, surveying
from desktop.views.pictures import png_of
from tests.pictures import kept_as, zip_of
from tests.screens.painting import Painter, settle

ACTOR = "示例"
_TEXT = "2025年4月2日 大气监测站 现场核查记录\n\n1. 1号锅炉已拆除，烟囱已封堵。\n2. 2号锅炉正在拆除，预计4月20日前完成。\n"


def photograph() -> bytes:
    """Something like a picture of a building site, wide enough to be fitted in."""
    image = QImage(1600, 1100, QImage.Format.Format_RGB32)
    image.fill(QColor("#B9C7D3"))
    painter = QPainter(image)
    painter.fillRect(0, 760, 1600, 340, QColor("#8A7F70"))
    painter.fillRect(240, 330, 420, 430, QColor("#C9B59A"))
    painter.fillRect(760, 180, 130, 580, QColor("#9A6A58"))
    font = QFont()
    font.setPixelSize(54)
    painter.setFont(font)
    painter.setPen(QColor("white"))
    painter.drawText(60, 1050, "2025-04-02 09:31　2号锅炉房拆除现场")
    painter.end()
    return png_of(image)


def county_evidence(painter: Painter) -> None:
    """An entry with files of every form, each looked at; then one that nears the bound."""
    context = painter.program.context
    store, now = context.store, datetime.now().astimezone()
    report = filling.begin(store, context.plan_id, str(context.quarter), ACTOR, now)
    rows = surveying.overview(store, report).rows
    first, second, third = rows[0], rows[1], rows[2]
    page = painter.go("filling")
    page.go_to(first.measure.key)
    zone = page.frame.editor.evidence
    signed = next(data for r in store.reports.find() if (data := store.reports.document(r.id, "report.pdf")))
    files = _files(Path(painter.program.paths.user) / "evidence", signed)
    zone.take(list(files))
    settle(painter.program)
    page.go_to(second.measure.key)
    zone.take([kept_as(files[0].parent / "又", "现场照片（同一张）.png", files[0].read_bytes())])
    settle(painter.program)
    page.frame.editor.ensureWidgetVisible(zone)
    painter.paint("county_evidence_same")
    page.go_to(first.measure.key)
    page.frame.editor.ensureWidgetVisible(zone)
    zone.files.chips[0].setFocus()
    painter.paint("county_evidence_zone")
    for chip, name in zip(list(zone.files.chips), ("picture", "pdf", "zip", "text", "other"), strict=True):
        chip.opened.emit()
        painter.paint_dialog("evidence_dialog", f"county_evidence_{name}")
    _altered(painter, zone.files.chips[1].objectName().removeprefix("file_"))
    _near(painter, report, third.measure.key, now)
    zone.take([files[0].parent, kept_as(files[0].parent, "IMG_2031.HEIC", b"x"), *files[1:2]])
    settle(painter.program)
    page.frame.editor.ensureWidgetVisible(zone)
    painter.paint("county_evidence_refused")
    painter.go("review")
    painter.paint("county_evidence_review")
    for row in (first, second, third):
        filling.save_entry(store, report.id, row.entry, ACTOR, now)


def _files(folder: Path, pdf: bytes) -> tuple[Path, ...]:
    archive = zip_of(("现场照片/锅炉房东侧.jpg", b"x" * 90_000), ("现场照片/锅炉房西侧.jpg", b"y" * 120_000), ("看图软件/setup.exe", b"MZ"))  # fmt: skip
    return (
        kept_as(folder, "2号锅炉房拆除现场照片.png", photograph()),
        kept_as(folder, "季报签发件.pdf", pdf),
        kept_as(folder, "其他材料.zip", archive),
        kept_as(folder, "核查记录.txt", _TEXT.encode("gb18030")),
        kept_as(folder, "拆除验收台账（含各乡镇、街道上报的明细和汇总）.xlsx", b"PK" + bytes(300_000)),
    )


def _altered(painter: Painter, digest: str) -> None:
    """A kept file that another program has written into."""
    store = painter.program.context.store
    path = store.evidence.path(digest)
    data = path.read_bytes()
    path.write_bytes(data[:-1] + b"?")
    painter.window.page.frame.editor.evidence.opened.emit(digest)
    painter.paint_dialog("evidence_dialog", "county_evidence_altered")
    path.write_bytes(data)


def _near(painter: Painter, report: Report, key: str, now: datetime) -> None:
    store = painter.program.context.store
    entry = store.reports.entry(report.id, key)
    heavy = tuple(
        Evidence(f"{number:064x}", f"航拍影像第{number + 1}段.zip", 27_600_000) for number in range(7)
    )
    row = next(r for r in surveying.overview(store, report).rows if r.measure.key == key)
    filling.save_entry(store, report.id, replace(entry or row.entry, evidence=heavy), ACTOR, now)
    page = painter.go("filling")
    page.refresh()
    page.go_to(key)
    page.frame.editor.ensureWidgetVisible(page.frame.editor.evidence)
    painter.paint("county_evidence_near")
