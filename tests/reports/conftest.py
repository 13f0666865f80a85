from __future__ import annotations

from pathlib import Path

import pytest

from desktop.reports.fonts import Faces, load_faces

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"


@pytest.fixture(scope="session")
def faces(tmp_path_factory: pytest.TempPathFactory) -> Faces:
    """The shipped faces, whatever this PC has installed."""
    return load_faces(FONTS, installed=tmp_path_factory.mktemp("no-fonts"))
