"""The worker process: Huey's consumer with our sweep in the place of its scheduler."""

import os
import signal
import threading
from multiprocessing import connection, parent_process
from typing import Any

import click
import structlog
from flask.cli import with_appcontext
from huey.consumer import Consumer, Scheduler

from core.db import db, insist_on_connection
from core.jobs.dispatching import dispatcher
from core.jobs.sweeping import sweep

SWEEP_SECONDS = 5
log = structlog.get_logger()


class Sweeper(Scheduler):
    """A process beside the workers that drives the sweep; Huey starts it again should it die."""

    process_name = "Sweeper"

    def initialize(self) -> None:
        super().initialize()
        _begin_process(self.stop_flag)

    def loop(self, now: Any = None) -> None:
        try:
            sweep()
        except Exception as error:
            log.error("sweep failed", exc_info=error)
        self.stop_flag.wait(SWEEP_SECONDS)


class WorkerConsumer(Consumer):
    """Huey's consumer; both signals that end it let the jobs at hand finish for a moment first."""

    scheduler_class = Sweeper

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._signal_actions[signal.SIGINT] = (False, True)


def _begin_process(stop_flag: Any) -> None:
    """In a new worker process: connections of its own, and an end when the process that started it is gone."""
    db.engine.dispose(close=False)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with_parent, args=(parent.sentinel, stop_flag), daemon=True).start()


def _end_with_parent(sentinel: int, stop_flag: Any) -> None:
    connection.wait([sentinel])
    stop_flag.set()
    threading.Event().wait(30)  # the job at hand may finish; its lease brings it back if not
    os._exit(1)


@click.command("worker")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="How many jobs are carried out at the same time.")
@with_appcontext
def worker(workers: int) -> None:
    """Carry out background jobs: mail, text extraction, the timetable."""
    insist_on_connection(db.engine)
    current = dispatcher()
    assert current.carry_out
    consumer = WorkerConsumer(
        current.huey,
        workers=workers,
        worker_type="process",
        periodic=False,
        max_delay=1.0,
        health_check_interval=5,
        shutdown_timeout=4,
        graceful_signal="TERM",
    )
    current.huey.on_startup("process")(lambda: _begin_process(consumer.stop_flag))
    log.info("worker started", workers=workers, process=os.getpid())
    consumer.run()
    log.info("worker ended", process=os.getpid())
