"""What this person's computer remembers between two starts; nothing of a workspace."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QSplitter

from desktop.views.theme import LOOKS, SCALES

_MOST_RECENT = 8


@dataclass(frozen=True)
class RecentWorkspace:
    """A workspace that was opened here: its folder, whose it is, and on which day; empty where not known."""

    folder: Path
    unit: str = ""
    opened: date | None = None


class Preferences:
    """Typed access to one ini file; what cannot be read counts as not set."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._store = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def look(self) -> str:
        """外观: light, dark or system."""
        name = self.word("theme", LOOKS[0])
        return name if name in LOOKS else LOOKS[0]

    @look.setter
    def look(self, name: str) -> None:
        self.set_word("theme", name)

    @property
    def scale(self) -> float:
        """显示大小: 1.0, 1.15, 1.3 or 1.5."""
        text = self.word("scale", "1.0")
        return next((scale for scale in SCALES if str(scale) == text), SCALES[0])

    @scale.setter
    def scale(self, scale: float) -> None:
        self.set_word("scale", str(scale))

    @property
    def recent(self) -> tuple[Path, ...]:
        """Workspaces that were opened, the last one first."""
        found = self._store.value("recent", [])
        names = [found] if isinstance(found, str) else found if isinstance(found, list) else []
        return tuple(Path(name) for name in names if name)

    @property
    def recent_workspaces(self) -> tuple[RecentWorkspace, ...]:
        """The same with what is known of each."""
        notes = self._notes()
        return tuple(_recent(path, notes.get(str(path), [])) for path in self.recent)

    def remember_workspace(self, folder: Path, unit: str = "", opened: date | None = None) -> None:
        self._keep([folder, *(path for path in self.recent if path != folder)])
        notes = self._notes() | {str(folder): [unit, opened.isoformat() if opened else ""]}
        kept = {str(path): notes[str(path)] for path in self.recent if str(path) in notes}
        self.set_word("recent_notes", json.dumps(kept, ensure_ascii=False))

    def forget_workspace(self, folder: Path) -> None:
        self._keep([path for path in self.recent if path != folder])

    def word(self, key: str, default: str = "") -> str:
        return str(self._store.value(key, default))

    def set_word(self, key: str, value: str) -> None:
        self._store.setValue(key, value)

    def keep_splitter(self, key: str, splitter: QSplitter) -> None:
        """Give a splitter the place it had last, and remember where it is put."""
        state = self._store.value(f"splitter/{key}")
        if isinstance(state, QByteArray):
            splitter.restoreState(state)
        splitter.splitterMoved.connect(lambda: self._store.setValue(f"splitter/{key}", splitter.saveState()))

    def _notes(self) -> dict[str, list[str]]:
        try:
            notes = json.loads(self.word("recent_notes", "{}"))
        except ValueError:
            return {}
        return notes if isinstance(notes, dict) else {}

    def _keep(self, folders: list[Path]) -> None:
        self._store.setValue("recent", [str(path) for path in folders[:_MOST_RECENT]])


def _recent(folder: Path, note: list[str]) -> RecentWorkspace:
    try:
        unit, day = note
        return RecentWorkspace(folder, str(unit), date.fromisoformat(day) if day else None)
    except (ValueError, TypeError):
        return RecentWorkspace(folder)
