"""The long form: `python3 dev.py fuzz [COUNT [SEED]]`, 20,000 inputs unless told otherwise. Unix only."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from tests.torture.running import ALLOWED, run
from tests.torture.sources import ROOT


def main(arguments: list[str]) -> int:
    count = int(arguments[0]) if arguments else 20_000
    seed = arguments[1] if len(arguments) > 1 else "1"
    folder = ROOT / "fuzz" / seed
    folder.mkdir(parents=True, exist_ok=True)
    begun = time.monotonic()
    done = 0

    def tell(line: dict[str, object]) -> None:
        nonlocal done
        done += 1
        if line["kind"] not in ALLOWED:
            sys.stdout.write(
                f"{line['name']}: {line['kind']}, {line['seconds']} s, {line['memory']} MB\n{line['detail']}\n"
            )
        elif done % 500 == 0:
            sys.stdout.write(f"{done} of {count}, {time.monotonic() - begun:.0f} s\n")
        sys.stdout.flush()

    tally = run(count, seed, folder, max(1, min(4, os.cpu_count() or 1)), tell)
    for code, times in sorted(tally.codes.items()):
        sys.stdout.write(f"{times:7} {code}\n")
    seconds, name = tally.slowest
    sys.stdout.write(f"{sum(tally.counts.values())} inputs: {dict(tally.counts)}\n")
    sys.stdout.write(
        f"slowest {seconds} s ({name}), most memory {tally.memory} MB, {time.monotonic() - begun:.0f} s in all\n"
    )
    sys.stdout.write(f"wrong: {len(tally.wrong)}; their files are in {Path(os.path.relpath(folder))}\n")
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
