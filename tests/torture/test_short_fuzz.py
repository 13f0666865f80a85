"""The fuzz run's short form: hundreds of damaged documents, each a draft or a refusal; the long form is `dev.py fuzz`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.torture.damage import damaged
from tests.torture.running import ALLOWED, run
from tests.torture.sources import FORMS, sources

COUNT = 300


@pytest.mark.skipif(sys.platform != "linux", reason="memory and time are held by means of Linux")
def test_damaged_documents_are_read_or_refused(tmp_path: Path) -> None:
    tally = run(COUNT, "short", tmp_path, readers=1)
    assert tally.wrong == []
    assert sum(tally.counts.values()) == COUNT
    # Damage that nothing gets through, or that changes nothing, would try nothing.
    assert all(tally.counts[kind] > COUNT // 8 for kind in ALLOWED)


def test_the_same_number_is_the_same_file_on_every_run() -> None:
    first, again = sources(), sources()
    assert first == again and set(first) == set(FORMS)
    assert [damaged(at, "x", first) for at in range(40)] == [damaged(at, "x", again) for at in range(40)]
    assert damaged(1, "x", first) != damaged(1, "y", first)
