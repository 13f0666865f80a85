"""Renders every page at 1366 × 696, and at 125 % and 150 %, each in its own process, because Qt scales once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SCALES = ("1", "1.25", "1.5")


def main(folder: Path) -> int:
    from tests.screens.gallery import make_sample_in

    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        made = Path(scratch) / "made"
        made.mkdir()
        make_sample_in(made)
        for scale in SCALES:
            # Painting changes the workspaces, and each scale begins with the same.
            own = Path(scratch) / scale
            shutil.copytree(made, own)
            environment = {
                **os.environ,
                "QT_SCALE_FACTOR": scale,
                "QT_QPA_PLATFORM": "offscreen",
                "LANTIAN_HOME": str(own),
            }
            command = [sys.executable, "-m", "tests.screens.gallery", str(folder), str(own), scale]
            status = subprocess.run(command, env=environment, check=False).returncode
            if status:
                return status
    pictures = sorted(folder.glob("*.png"))
    sys.stdout.write(f"{len(pictures)} pictures in {folder}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "screens")))
