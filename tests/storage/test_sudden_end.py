"""A program that is killed while it writes has kept every write that it acknowledged."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.storage import Store

from .samples import NOW, REPORT

_WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
from desktop.storage import Store
from tests_samples import ENTRY, NOW, REPORT

store = Store.open(Path(sys.argv[1]), "writer", NOW)
number = int(sys.argv[2])
while True:
    with store.transaction():
        store.reports.put_entry(REPORT.id, replace(ENTRY, progress=f"progress {number} " + "x" * 3000), NOW)
        store.audit.append(NOW, "writer", "entry_saved", REPORT.id, {"number": str(number)})
    kept = store.evidence.add_bytes(b"evidence %d" % number * 1000, "a.pdf")
    sys.stdout.write(f"{number} {kept.digest}\\n")
    sys.stdout.flush()
    number += 1
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_every_acknowledged_write_outlives_a_kill(store: Store, tmp_path: Path) -> None:
    store.reports.put(REPORT)
    store.close()
    (tmp_path / "tests_samples.py").write_bytes(Path(__file__).with_name("samples.py").read_bytes())
    (tmp_path / "writer.py").write_text(_WRITER, encoding="utf-8")
    root = str(Path(__file__).resolve().parents[2])
    start = 0
    for acknowledged in (1, 7, 20):
        writer = subprocess.Popen(
            [sys.executable, str(tmp_path / "writer.py"), str(store.folder), str(start)],
            stdout=subprocess.PIPE,
            text=True,
            env={"PYTHONPATH": root},
        )
        assert writer.stdout is not None
        lines = [writer.stdout.readline() for _ in range(acknowledged)]
        writer.send_signal(signal.SIGKILL)
        lines += writer.stdout.readlines()
        writer.wait()
        said = [line.split() for line in lines if line.endswith("\n")]
        last = int(said[-1][0])

        opened = Store.open(store.folder, "reader", NOW)
        entry = opened.reports.entry(REPORT.id, "m1")
        records = opened.audit.records(REPORT.id)
        assert entry is not None
        written = int(entry.progress.split()[1])
        # At most the one write that was not yet acknowledged may be there besides.
        assert last <= written <= last + 1
        assert [int(r.facts["number"]) for r in records] == list(range(written, -1, -1))
        assert opened.audit.verify() is None
        assert opened.damage() == ()
        for number, digest in said:
            assert opened.evidence.read(digest) == b"evidence %d" % int(number) * 1000
        opened.close()
        start = written + 1
