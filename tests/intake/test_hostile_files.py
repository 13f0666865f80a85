"""Files that would cost time or memory are refused, or read where harmless, in a process held to 300 MB and few seconds."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.intake.hostile import FILES

MEMORY_MB = 300
# A reader that hangs is ended by the system: no test waits for it.
PROGRAM = """
import json, resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
from desktop.domain.errors import UnreadableError
from desktop.intake.duties.lexicon import Lexicon
from desktop.intake.plan_reader import read_plan
path = Path(sys.argv[1])
try:
    code = "" if read_plan(path, Lexicon()).measures else "nothing"
except UnreadableError as error:
    assert error.facts["file"] == path.name
    code = error.code
# Not ru_maxrss: what the process that started this one held counts in there.
held = Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({"code": code, "memory": int(held) >> 10, "seconds": used.ru_utime + used.ru_stime}))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="a process's memory is read from /proc")
@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file(name: str, tmp_path: Path) -> None:
    build, code = FILES[name]
    path = tmp_path / name
    path.write_bytes(build(tmp_path))
    read = subprocess.run(
        [sys.executable, "-c", PROGRAM, path], cwd=ROOT, capture_output=True, check=False, text=True
    )
    assert read.returncode == 0, read.stderr[-2000:]
    told = json.loads(read.stdout)
    assert told["code"] == code, told
    assert told["memory"] < MEMORY_MB, told
