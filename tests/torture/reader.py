"""One process that reads damaged files, a line of JSON for each; started by `tests.torture.running`, Linux only.

Each input is given five seconds of computation; the most memory that the process ever held is told with each result.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
import time
import traceback
from pathlib import Path
from types import FrameType

from desktop.domain.codec import canonical_bytes
from desktop.domain.errors import UnreadableError
from desktop.intake.duties.lexicon import Lexicon
from desktop.intake.plan_reader import read_plan
from tests.torture.damage import damaged
from tests.torture.sources import sources

SECONDS = 5
MEMORY_MB = 300
# Far above what is allowed: only saves the computer.
_CEILING = 1536 << 20
LEXICON = Lexicon(("望溪区人民政府", "市生态环境局", "市住建局"), ("各县（市、区）人民政府",), ("云岭",))


class TooSlowError(BaseException):
    """No library's `except Exception` takes it."""


def memory_mb() -> int:
    """The most memory that this process ever held."""
    return int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) >> 10


def outcome(path: Path) -> tuple[str, str]:
    """What became of a file: `read`, `refused`, or what must not be, with where it happened."""
    try:
        draft = read_plan(path, LEXICON)
        # What is read must be fit to be kept.
        canonical_bytes(draft)
    except UnreadableError as error:
        sound = error.facts.get("file") == path.name
        return ("refused", error.code) if sound else ("crash", f"no file name in {error}")
    except TooSlowError:
        return "slow", traceback.format_exc(limit=-6)
    except Exception:
        return "crash", traceback.format_exc(limit=-6)
    return "read", str(len(draft.measures))


def _say(line: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def main(seed: str, start: int, stop: int, step: int, folder: Path) -> None:
    """Reads the inputs `start`, `start + step` … below `stop`; what went wrong stays in the folder."""

    def ring(signal_number: int, frame: FrameType | None) -> None:
        raise TooSlowError

    signal.signal(signal.SIGPROF, ring)
    resource.setrlimit(resource.RLIMIT_DATA, (_CEILING, _CEILING))
    sound = sources()
    for number in range(start, stop, step):
        name, data = damaged(number, seed, sound)
        path = folder / name
        path.write_bytes(data)
        _say({"begun": number})
        begun = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            kind, detail = outcome(path)
        except TooSlowError:
            kind, detail = "slow", "at the end"
        signal.setitimer(signal.ITIMER_PROF, 0)
        seconds, memory = time.process_time() - begun, memory_mb()
        if kind in ("read", "refused") and seconds > SECONDS:
            kind = "slow"
        if kind in ("read", "refused") and memory > MEMORY_MB:
            kind = "big"
        if kind in ("read", "refused"):
            path.unlink()
        line = {
            "number": number,
            "name": name,
            "kind": kind,
            "detail": detail,
            "seconds": round(seconds, 3),
            "memory": memory,
        }
        _say(line)
        if kind == "big":
            return


if __name__ == "__main__":
    main(sys.argv[1], *(int(word) for word in sys.argv[2:5]), Path(sys.argv[5]))
