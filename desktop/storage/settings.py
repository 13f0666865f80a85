"""Settings of a workspace: JSON values under names."""

from __future__ import annotations

import json
from typing import Any

from desktop.storage.database import Database
from desktop.storage.tables import SETTING


class Settings:
    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, key: str, default: Any = None) -> Any:
        """The value under a name, or `default`."""
        row = self._database.row(SETTING, key=key)
        return default if row is None else json.loads(row["value"])

    def put(self, key: str, value: Any) -> None:
        """Keeps a JSON value. Raises TypeError or ValueError on what JSON cannot say."""
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
        self._database.put(SETTING, {"key": key, "value": text}, "key")
