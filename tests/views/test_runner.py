"""Slow work: results on the screen's thread, progress, cancel, no thread left behind."""

from __future__ import annotations

import gc
import threading
import time

import pytest
from PySide6.QtCore import QObject
from shiboken6 import delete

from desktop.domain.errors import CancelledError, RefusedError
from desktop.domain.progress import Progress
from desktop.jobs.runner import JobRunner


def never(value: object) -> None:
    pytest.fail(f"must not be called: {value!r}")


def test_result_comes_back_on_this_thread(runner: JobRunner) -> None:
    seen: list[object] = []
    runner.run(
        lambda progress: threading.current_thread(),
        lambda worker: seen.extend((worker, threading.current_thread())),
        never,
    )
    assert runner.busy
    assert runner.wait_idle()
    assert seen[0] is not threading.current_thread()
    assert seen[1] is threading.current_thread()
    assert not runner.busy


def test_error_goes_to_failed(runner: JobRunner) -> None:
    errors: list[Exception] = []

    def work(progress: Progress) -> None:
        raise RefusedError("disk_full", needed=40)

    runner.run(work, never, errors.append)
    assert runner.wait_idle()
    assert [str(error) for error in errors] == ["disk_full(needed=40)"]


def test_jobs_run_one_after_the_other_on_one_thread(runner: JobRunner) -> None:
    threads: list[threading.Thread] = []
    order: list[int] = []
    for number in range(5):
        runner.run(
            lambda progress, n=number: (threads.append(threading.current_thread()), n)[1], order.append, never
        )
    assert runner.wait_idle()
    assert order == [0, 1, 2, 3, 4]
    assert len(set(threads)) == 1


def test_a_reading_does_not_wait_behind_a_long_job(runner: JobRunner) -> None:
    go_on = threading.Event()
    ended: list[str] = []
    runner.run(lambda progress: go_on.wait(10), lambda result: ended.append("job"), never)

    def read(number: int) -> None:
        ended.append(f"reading {number}")
        if number == 2:
            go_on.set()

    # The job goes on only once both readings have been answered.
    for number in (1, 2):
        runner.read(lambda progress, n=number: n, read, never)
    assert runner.busy and runner.wait_idle()
    assert ended == ["reading 1", "reading 2", "job"]


def test_closing_waits_for_both_threads() -> None:
    runner = JobRunner()
    begun, threads = threading.Barrier(3), []

    def work(progress: Progress) -> None:
        threads.append(threading.current_thread())
        begun.wait(10)

    runner.run(work, never, never)
    runner.read(work, never, never)
    begun.wait(10)
    runner.close()
    assert len(set(threads)) == 2 and not any(thread.is_alive() for thread in threads)
    for start in (runner.run, runner.read):
        with pytest.raises(RuntimeError):
            start(work, never, never)
    assert not runner.busy


def test_progress_arrives_in_order(runner: JobRunner) -> None:
    told: list[tuple[str, int, int]] = []

    def work(progress: Progress) -> None:
        progress("写入", 1, 3)
        progress("读回比对", 3, 3)

    job = runner.run(work, lambda result: None, never)
    job.progressed.connect(lambda *step: told.append(step))
    assert runner.wait_idle()
    assert told == [("写入", 1, 3), ("读回比对", 3, 3)]


def test_many_reports_are_thinned_but_the_last_arrives(runner: JobRunner) -> None:
    told: list[int] = []

    def work(progress: Progress) -> None:
        for done in range(1, 10_001):
            progress("写入", done, 10_000)

    job = runner.run(work, lambda result: None, never)
    job.progressed.connect(lambda step, done, total: told.append(done))
    assert runner.wait_idle()
    assert told[0] == 1
    assert told[-1] == 10_000
    assert len(told) < 5_000


def test_cancel_reaches_the_next_step(runner: JobRunner) -> None:
    started, go_on = threading.Event(), threading.Event()
    errors: list[Exception] = []

    def work(progress: Progress) -> None:
        started.set()
        assert go_on.wait(10)
        progress("写入", 1, 2)

    job = runner.run(work, never, errors.append)
    assert started.wait(10)
    job.cancel()
    go_on.set()
    assert runner.wait_idle()
    assert isinstance(errors[0], CancelledError)
    assert job.cancelled
    assert not job.running


def test_a_job_cancelled_before_it_starts_never_works(runner: JobRunner) -> None:
    go_on = threading.Event()
    errors: list[Exception] = []
    runner.run(lambda progress: go_on.wait(10), lambda result: None, never)
    waiting = runner.run(never, never, errors.append)
    waiting.cancel()
    go_on.set()
    assert runner.wait_idle()
    assert isinstance(errors[0], CancelledError)


def test_nothing_is_called_on_an_owner_that_is_gone(runner: JobRunner) -> None:
    go_on = threading.Event()
    page = QObject()
    runner.run(lambda progress: go_on.wait(10), never, never, owner=page)
    delete(page)
    go_on.set()
    assert runner.wait_idle()


def test_close_stops_the_work_and_ends_the_thread(theme_app: object) -> None:
    runner = JobRunner()
    started = threading.Event()
    worker: list[threading.Thread] = []

    def work(progress: Progress) -> None:
        worker.append(threading.current_thread())
        started.set()
        while True:
            progress("写入", 1, 2)

    runner.run(work, never, never)
    assert started.wait(10)
    runner.close()
    assert not worker[0].is_alive()
    assert not runner.busy
    with pytest.raises(RuntimeError):
        runner.run(lambda progress: None, never, never)


def test_waiting_ends_when_the_work_does_not(runner: JobRunner) -> None:
    go_on = threading.Event()
    runner.run(lambda progress: go_on.wait(10), lambda result: None, never)
    assert runner.wait_idle(timeout_ms=1) is False
    go_on.set()
    assert runner.wait_idle()


def test_an_error_while_showing_the_result_still_ends_the_job(runner: JobRunner, qtbot) -> None:
    def broken(result: object) -> None:
        raise ValueError("page")

    with qtbot.capture_exceptions() as caught:
        runner.run(lambda progress: 1, broken, never)
        assert runner.wait_idle()
    assert [kind for kind, _, _ in caught] == [ValueError]


class Held:
    """In a cycle, as a page is with the functions that its buttons call; notes the thread on which it goes."""

    def __init__(self, gone: list[int]) -> None:
        self.me, self.gone = self, gone

    def __del__(self) -> None:
        self.gone.append(threading.get_ident())


def test_garbage_is_collected_on_the_screens_thread_though_a_job_allocates(runner: JobRunner) -> None:
    gone: list[int] = []
    kept: list[object] = []
    made = threading.Event()

    def work(progress: Progress) -> None:
        assert made.wait(10)
        for n in range(30_000):
            kept.append([n])
            if n % 3_000 == 0:
                time.sleep(0.1)

    runner.run(work, lambda made: None, never)
    for _ in range(50):
        Held(gone)
    made.set()
    assert runner.wait_idle()
    assert set(gone) == {threading.get_ident()} and len(gone) == 50


@pytest.mark.parametrize("lane", ["run", "read"])
def test_what_a_job_holds_is_let_go_on_the_screens_thread(runner: JobRunner, lane: str) -> None:
    gone: list[int] = []

    class Page:
        def __del__(self) -> None:
            gone.append(threading.get_ident())

    def start(fails: bool) -> None:
        page = Page()

        def work(progress: Progress) -> Page:
            if fails:
                raise RefusedError("disk_full", needed=40)
            return page

        getattr(runner, lane)(work, lambda made: None, lambda error: None)

    for turn in range(400):
        start(turn % 2 == 0)
        assert runner.wait_idle()
    gc.collect()
    assert len(gone) == 400 and set(gone) == {threading.get_ident()}


def test_collecting_is_automatic_again_after_the_last_window(theme_app: object) -> None:
    before = gc.isenabled()
    gc.enable()
    made = JobRunner()
    assert not gc.isenabled()
    made.close()
    assert gc.isenabled()
    if not before:
        gc.disable()
