"""Runs inside, by the installed interpreter: workspaces to try the installed program on.

sample FOLDER               the program's own sample (a city and a county, this quarter half filled)
county FOLDER REGION UNIT   a new workspace of one unit, which nothing has come to yet
deep FOLDER                 what is said of a workspace there, how long a path may be on this computer, what a workspace adds
page PDF                    its first page drawn as evidence is, by a process of its own; tells width, height, pages
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from desktop.intake.forms.pdf_picture import page_picture
from desktop.paths import usual_paths
from desktop.services import opening, sampling
from desktop.storage.files import DEEPEST_INSIDE, longest_path

# Keys of the sample are thrown away: what protects real ones would only take time.
ROUNDS = 1000


def main(kind: str, folder: Path, *rest: str) -> int:
    paths, now = usual_paths(), datetime.now().astimezone()
    if kind == "sample":
        sampling.make_sample(folder, paths, ROUNDS, now)
        return 0
    if kind == "deep":
        sys.stdout.write(
            f"{opening.check_folder(folder).problem or 'fits'} {longest_path()} {DEEPEST_INSIDE}"
        )
        return 0
    if kind == "page":
        drawn = page_picture(folder.read_bytes(), 0, folder.name)
        sys.stdout.write(f"{drawn.width} {drawn.height} {drawn.pages} {len(set(drawn.pixels))}")
        return 0
    region = next(r for r in opening.shipped_regions(paths.regions) if r.code == rest[0])
    unit = region.find(rest[1])
    assert unit is not None
    opening.create_workspace(folder, unit, region, "check", now).close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:]))
