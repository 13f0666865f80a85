"""佐证材料 on the filling page: files are copied in by a job, named by the entry when they are safe, weighed, looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from desktop.domain.errors import CancelledError, UserError
from desktop.domain.progress import Progress
from desktop.domain.report import Entry, Evidence
from desktop.services import evidencing
from desktop.services.evidencing import Load
from desktop.storage import Store
from desktop.views.context import Context
from desktop.views.dialogs.evidence import show_evidence
from desktop.views.errors import sentence_of, show_in_banner
from desktop.views.files import EVERYTHING, EVIDENCE
from desktop.views.pages.filling_editor import EntryEditor
from desktop.views.pages.filling_quarter import OpenQuarter
from desktop.views.pictures import png_of
from desktop.views.widgets.notices import Banner
from desktop.wording import evidence as words
from desktop.wording.terms import spoken

_Keep = Callable[[Load], Evidence]


@dataclass
class _Given:
    """What became of files that were given: kept ones, and why others were not. `total` of them were given."""

    total: int
    kept: list[Evidence] = field(default_factory=list)
    refused: list[UserError] = field(default_factory=list)
    stopped: bool = False


class EvidenceKeeper(QObject):
    """Listens to the editor's evidence zone; what cannot be taken is said in `trouble`, the rest in the zone.

    Files belong to the entry of the `quarter` that is shown when they are given.
    `kept(report id, measure key, Evidence)` when one is safe in the workspace.
    """

    kept = Signal(str, str, object)

    def __init__(self, context: Context, editor: EntryEditor, trouble: Banner, quarter: OpenQuarter) -> None:
        super().__init__(editor)
        self._context, self._editor, self._trouble, self._quarter = context, editor, trouble, quarter
        self._noted = ""
        self._pictures: set[str] = set()
        zone = editor.evidence
        editor.filesGiven.connect(self.attach)
        editor.filesWanted.connect(self._choose)
        editor.fileRemoved.connect(editor.take_evidence)
        editor.fileOpened.connect(self._open)
        zone.imagePasted.connect(self.attach_picture)
        zone.filesShown.connect(self.show_weight)

    def attach(self, paths: list[Path]) -> None:
        """Copy files in one after the other; each is named by the entry that was shown when it was given."""
        store = self._store
        self._give([(p.name, lambda load, p=p: evidencing.keep_evidence(store, p, load)) for p in paths])

    def attach_picture(self, image: QImage) -> None:
        """Keep a picture out of the clipboard under the moment's name."""
        store, name, owned = self._store, self._picture_name(), image.copy()
        self._give([(name, lambda load: evidencing.keep_picture(store, png_of(owned), name, load))])

    def show_weight(self) -> None:
        """What this entry's files and the whole package weigh; reads nothing."""
        entry, load = self._editor.entry, evidencing.load_of(self._entries())
        own = entry.evidence if entry else ()
        size = sum(e.size for e in own)
        said = words.weight(len(own), size, load.size, evidencing.PACKAGE_LIMIT, load.near)
        # While there is nothing to weigh, nothing is said.
        self._editor.evidence.show_weight(said if load.files else "", load.near)
        if self._noted != self._editor.key:
            self._note("")

    @property
    def _store(self) -> Store:
        return self._context.open_store

    def _entries(self) -> list[Entry]:
        """All entries of the report, the one on the screen as it stands in the fields."""
        shown = self._editor.entry
        return [
            shown if shown is not None and row.measure.key == shown.measure_key else row.entry
            for row in self._quarter.rows
        ]

    @property
    def _report_id(self) -> str:
        report = self._quarter.report
        return report.id if report else ""

    def _give(self, files: list[tuple[str, _Keep]]) -> None:
        report_id, key, load = self._report_id, self._editor.key, evidencing.load_of(self._entries())
        self._trouble.hide()
        self._note("")

        def work(progress: Progress) -> _Given:
            given, carried = _Given(len(files)), load
            try:
                for number, (name, keep) in enumerate(files):
                    progress(name, number, len(files))
                    try:
                        given.kept.append(keep(carried))
                        carried = carried.with_file(given.kept[-1])
                    except UserError as error:
                        given.refused.append(error)
            except CancelledError:
                given.stopped = True
            return given

        job = self._context.runner.run(
            work, lambda given: self._given(report_id, key, given), self._context.show_error, owner=self
        )
        self._editor.evidence.bar.watch(job, "正在放进来")

    def _given(self, report_id: str, key: str, given: _Given) -> None:
        said = [words.stopped(len(given.kept), given.total)] if given.stopped else []
        for evidence in given.kept:
            said += self._same(key, evidence) if report_id == self._report_id else []
            self.kept.emit(report_id, key, evidence)
        if len(given.refused) == 1:
            show_in_banner(self._trouble, given.refused[0])
        elif given.refused:
            told = [(s.title, s.text) for s in map(sentence_of, given.refused)]
            self._trouble.say("bad", *words.not_taken(told))
            self._trouble.show()
        self.show_weight()
        self._note("\n".join(said))

    def _same(self, key: str, evidence: Evidence) -> list[str]:
        """A quiet word where the same content is used already."""
        rows = {row.measure.key: row for row in self._quarter.rows}
        entries = {entry.measure_key: entry for entry in self._entries()}
        own = (
            next((e for e in entries[key].evidence if e.digest == evidence.digest), None)
            if key in entries
            else None
        )
        where = "" if key == self._editor.key or key not in rows else f"{spoken(rows[key].label)}："
        if own is not None:
            same = own.name == evidence.name
            return [
                where + (words.already(own.name) if same else words.same_file(evidence.name, (), own.name))
            ]
        others = [
            rows[k].label
            for k, entry in entries.items()
            if any(e.digest == evidence.digest for e in entry.evidence)
        ]
        return [where + words.same_file(evidence.name, others, "")] if others else []

    def _note(self, text: str) -> None:
        self._noted = self._editor.key
        self._editor.evidence.say(text)

    def _picture_name(self) -> str:
        """截图_20250404_1432.png, with a number behind where there was one in that minute."""
        stem = f"截图_{self._context.now():%Y%m%d_%H%M}"
        entry = self._editor.entry
        # Those that are still being kept are named by no entry yet.
        taken = self._pictures | ({e.name for e in entry.evidence} if entry else set())
        names = (f"{stem}.png", *(f"{stem}_{number}.png" for number in range(2, len(taken) + 3)))
        name = next(name for name in names if name not in taken)
        self._pictures.add(name)
        return name

    def _choose(self) -> None:
        paths = self._context.files.open_files("选择佐证材料", (EVIDENCE, EVERYTHING))
        if paths:
            self._editor.evidence.take(list(paths))

    def _open(self, digest: str) -> None:
        entry = self._editor.entry
        if entry is not None:
            show_evidence(self._context, entry.evidence, digest, self._editor)
