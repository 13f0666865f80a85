"""A reading's own bounds: what no look at a file beforehand can tell is stopped while it runs, inside a library too."""

from __future__ import annotations

import ctypes
import sys
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from desktop.domain.errors import UnreadableError
from desktop.domain.progress import Progress

T = TypeVar("T")

# Seconds of computation by the whole program, so that a computer that is busy or asleep refuses nothing.
STEP_SECONDS = 10.0
ALL_SECONDS = 120.0
# Small objects of Python, about 70 bytes each: some 80 MB. A page of a full table takes 0.2 million.
OBJECTS = 1_200_000
_LOOK_SECONDS = 0.05
# A library may swallow the exception; but the reading's end must not be met by a second one.
_AGAIN_SECONDS = 1.0


class _SpentError(BaseException):
    """Raised in the reading thread; no `except Exception` of a library takes it."""


def limited(name: str, work: Callable[[Progress], T], progress: Progress) -> T:
    """`work(progress)`, stopped when a step takes 10 s, the whole 120 s, or its objects fill the memory.

    A step ends with each call of progress. Raises UnreadableError(plan_too_large).
    """
    watch = _Watch(threading.get_ident())

    def steps(step: str, done: int, total: int) -> None:
        watch.step()
        progress(step, done, total)

    try:
        watch.start()
        try:
            return work(steps)
        finally:
            watch.end()
    except _SpentError:
        watch.end()
        raise UnreadableError("plan_too_large", file=name) from None


class _Watch(threading.Thread):
    """Looks twenty times a second at what the reading thread has used.

    The reading thread takes no lock: an exception that arrives between taking one and entering its
    block would leave it taken for ever.
    """

    def __init__(self, reader: int) -> None:
        super().__init__(daemon=True, name="reading limits")
        self._reader = ctypes.c_ulong(reader)
        self._begun = self._step = time.process_time()
        self._objects = sys.getallocatedblocks() + OBJECTS
        self._reading, self._raising = True, False

    def step(self) -> None:
        self._step = time.process_time()

    def run(self) -> None:
        while self._reading:
            time.sleep(_LOOK_SECONDS)
            if self._spent():
                self._raising = True
                if self._reading:
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(self._reader, ctypes.py_object(_SpentError))
                self._raising = False
                time.sleep(_AGAIN_SECONDS)

    def end(self) -> None:
        """After this nothing arrives any more; what is still on its way arrives in here."""
        self._reading = False
        while self._raising:
            time.sleep(0)
        # A raised exception is met at the end of a loop's round. (Taking it back instead would leave
        # CPython 3.11 looking for it for ever, and hanging under a profiler.)
        for _ in range(3):
            pass

    def _spent(self) -> bool:
        now = time.process_time()
        return (
            now - self._step > STEP_SECONDS
            or now - self._begun > ALL_SECONDS
            or sys.getallocatedblocks() > self._objects
        )
