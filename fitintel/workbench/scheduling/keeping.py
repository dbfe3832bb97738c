"""keep(): look again and again until it is told to stop. What is due stands in the store, never in this process."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from fitintel.core.errors import FitintelError, ServiceMissing, UsageError
from fitintel.workbench.scheduling.looking import Batch, Clock, Wishes, look, now_utc

if TYPE_CHECKING:
    from types import FrameType

    from fitintel.workbench.door.schedules import ScheduleDoor

EVERY = 60
"""s from one look to the next"""
Tell = Callable[[Batch], None]
"""Called with each batch that was made."""
Trouble = Callable[[FitintelError], None]
"""Called with what stopped a look; the next one comes all the same."""


def keep(
    bench: ScheduleDoor, wishes: Wishes, *, every: float = EVERY, tell: Tell, trouble: Trouble,
    stop: threading.Event | None = None, clock: Clock = now_utc,
) -> None:  # fmt: skip
    """Look every `every` s until `stop` is set, then finish the batch under way.

    A look that takes longer is not run twice at once, and looks that were missed (a machine asleep) are one look.
    Raises ServiceMissing without APScheduler. What no person can act on stops the schedule and is raised.
    """
    if every < 1:
        raise UsageError("The schedule looks at most once a second", next="say --every 60")
    try:
        from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
        from apscheduler.schedulers.background import BackgroundScheduler
    except ModuleNotFoundError as error:
        raise ServiceMissing(
            "APScheduler is not installed", next="pip install 'fitintel[scale]', or fitintel schedule print --cron"
        ) from error
    stopped = stop or threading.Event()
    broken: list[BaseException] = []

    def once() -> None:
        try:
            for batch in look(bench, wishes, clock=clock, stopping=stopped.is_set):
                tell(batch)
        except FitintelError as error:
            trouble(error)

    def on_error(event: JobExecutionEvent) -> None:
        broken.append(event.exception)
        stopped.set()

    scheduler = BackgroundScheduler(timezone="UTC")
    scheduler.add_listener(on_error, EVENT_JOB_ERROR)
    scheduler.add_job(once, "interval", seconds=every, next_run_time=datetime.now().astimezone(), coalesce=True,
                      max_instances=1, misfire_grace_time=None)  # fmt: skip
    scheduler.start()
    try:
        while not stopped.wait(3600):
            pass
    finally:
        stopped.set()
        scheduler.shutdown(wait=True)
    if broken:
        raise broken[0]


@contextmanager
def told_to_stop() -> Iterator[threading.Event]:
    """An event that the first Ctrl-C or SIGTERM sets; a second one interrupts at once. For the main thread."""
    event = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        if event.is_set():
            raise KeyboardInterrupt
        event.set()

    before: dict[int, Any] = {each: signal.signal(each, stop) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield event
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
