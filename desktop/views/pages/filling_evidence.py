"""佐证材料 on the filling page: files are copied in by a job, named by the entry when they are safe."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import RefusedError, UserError
from desktop.domain.progress import Progress
from desktop.domain.report import Evidence
from desktop.services import evidencing
from desktop.views.context import Context
from desktop.views.errors import show_in_banner
from desktop.views.files import EVERYTHING, EVIDENCE
from desktop.views.pages.filling_editor import EntryEditor
from desktop.views.widgets.notices import Banner


class EvidenceKeeper(QObject):
    """Listens to the editor's evidence zone; what cannot be taken is said in `trouble`.

    `kept(measure key, Evidence)` when a file is safe in the workspace.
    """

    kept = Signal(str, object)

    def __init__(self, context: Context, editor: EntryEditor, trouble: Banner) -> None:
        super().__init__(editor)
        self._context, self._editor, self._trouble = context, editor, trouble
        editor.filesGiven.connect(self.attach)
        editor.filesRefused.connect(self._refuse)
        editor.filesWanted.connect(self._choose)
        editor.fileRemoved.connect(editor.take_evidence)
        editor.fileOpened.connect(self._open)

    def attach(self, paths: list[Path]) -> None:
        """Copy files in one after the other; each is named by the entry that was shown when it was given."""
        store, key = self._context.store, self._editor.key
        assert store is not None

        def work(progress: Progress) -> list[Evidence | UserError]:
            done: list[Evidence | UserError] = []
            for number, path in enumerate(paths):
                progress(path.name, number, len(paths))
                try:
                    done.append(evidencing.keep_evidence(store, path))
                except UserError as error:
                    done.append(error)
            return done

        self._context.runner.run(
            work, lambda done: self._attached(key, done), self._context.show_error, owner=self
        )

    def _attached(self, key: str, done: list[Evidence | UserError]) -> None:
        self._trouble.hide()
        for result in done:
            if isinstance(result, UserError):
                show_in_banner(self._trouble, result)
            else:
                self.kept.emit(key, result)

    def _choose(self) -> None:
        paths = self._context.files.open_files("选择佐证材料", (EVIDENCE, EVERYTHING))
        if paths:
            self._editor.evidence.take(list(paths))

    def _refuse(self, paths: list[Path]) -> None:
        show_in_banner(self._trouble, RefusedError("evidence_form", file="、".join(p.name for p in paths)))

    def _open(self, digest: str) -> None:
        """Show a copy, so that the kept file cannot be changed by accident."""
        store, evidence = self._context.store, self._editor.evidence_of(digest)
        if store is None or evidence is None:
            return
        try:
            copy = evidencing.evidence_copy(store, evidence, self._context.paths.user / "opened")
        except UserError as error:
            show_in_banner(self._trouble, error)
            return
        self._context.files.show(copy)
