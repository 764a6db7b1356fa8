"""Scheduled: a setting says when; at those times every source is collected from and a candidate is staged.

It is done by `jiwon` itself in a process of its own: what collecting and reading take of memory goes with it, and no
fault of theirs ends the server. A run that is not over when the next is due is not begun a second time.
"""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

from rag.errors import JiwonError, SettingsError
from rag.settings import Settings
from server.clock import SEOUL
from server.logs import log
from server.staff.collecting import names
from server.store.locks import ServerLock

Run = Callable[[Sequence[str]], tuple[int, str]]
"""Runs `jiwon` with these arguments; returns its exit code and what it said went wrong."""
STAGE = ("sync", "--stage")
MOST_S = 6 * 3600.0
"""Seconds after which one command is ended."""
STOPPED = "서버가 끝났습니다."
LATE_S = 3600
"""Seconds by which a run may be late, because the machine slept or was busy, and is still begun."""
NO_CRON = "JIWON_COLLECT_AT: '{text}'은(는) 때가 아닙니다({why}). '30 5 * * *'처럼 적어 주세요."
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun")
_COMMAND = "import sys; from server.cli import main; sys.argv = ['jiwon', *sys.argv[1:]]; main()"


@asynccontextmanager
async def scheduled(settings: Settings, run: Run | None = None, lock: ServerLock | None = None) -> AsyncIterator[None]:
    """Collect and stage at the times of `collect_at` meanwhile; nothing where none is set.

    Of several servers only the one that has the `lock` does, which it has from its first time on for as long as it
    lives. Raises SettingsError.
    """
    if not settings.collect_at:
        yield
        return
    from apscheduler.schedulers.background import BackgroundScheduler  # type: ignore[import-untyped]

    commands = Commands()
    scheduler = BackgroundScheduler(timezone=SEOUL)
    scheduler.add_job(
        collect_all,
        _trigger(settings.collect_at),
        args=(settings, run or commands.run, lock),
        max_instances=1,
        coalesce=True,
        misfire_grace_time=LATE_S,
    )
    scheduler.start()
    try:
        yield
    finally:
        commands.stop()
        scheduler.shutdown(wait=False)
        if lock:
            lock.close()


def collect_all(settings: Settings, run: Run, lock: ServerLock | None = None) -> None:
    """Every source one after the other, then a candidate of what came; what fails is logged and keeps nothing back."""
    try:
        if lock and not lock.take():
            log().info("scheduled_elsewhere")
            return
        for name in names(settings):
            _logged(run, ("collect", name))
        _logged(run, STAGE)
    except JiwonError as error:
        log().error("not_collected", reason=str(error))


def _logged(run: Run, command: Sequence[str]) -> None:
    told = " ".join(command)
    try:
        code, reason = run(command)
    except (OSError, subprocess.SubprocessError) as error:
        code, reason = -1, type(error).__name__
    if code:
        log().error("scheduled_failed", command=told, code=code, reason=reason)
    else:
        log().info("scheduled_done", command=told)


class Commands:
    """Runs `jiwon` as a process of its own with our environment, one at a time, until it is stopped."""

    def __init__(self, most_s: float = MOST_S) -> None:
        self._most_s = most_s
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._is_over = False

    def run(self, command: Sequence[str]) -> tuple[int, str]:
        """The exit code of a command and what it said last on stderr; -1 once stopped."""
        with self._lock:
            if self._is_over:
                return -1, STOPPED
            process = self._process = subprocess.Popen(
                [sys.executable, "-c", _COMMAND, *command],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
            )
        try:
            _, told = process.communicate(timeout=self._most_s)
        except subprocess.TimeoutExpired:
            process.kill()
            _, told = process.communicate()
        lines = told.strip().splitlines()
        return process.returncode, lines[-1] if lines else ""

    def stop(self) -> None:
        """End the one that runs, for what it has kept is whole, and begin no other."""
        with self._lock:
            self._is_over = True
            if self._process is not None and self._process.poll() is None:
                self._process.terminate()


def next_time(text: str, after: datetime) -> datetime:
    """The first time of a crontab line after a moment. Raises SettingsError."""
    found: datetime = _trigger(text).get_next_fire_time(None, after)
    return found


def _trigger(text: str):  # type: ignore[no-untyped-def]  # the library has no types
    """The trigger of a crontab line in Korean time; 0 and 7 are Sunday there, and Monday in the library."""
    from apscheduler.triggers.cron import CronTrigger  # type: ignore[import-untyped]

    *others, weekday = text.lower().split()
    named = re.sub(r"(?<![/\w])[0-7](?!\w)", lambda found: _DAYS[int(found[0])], weekday)
    try:
        return CronTrigger.from_crontab(" ".join((*others, named)), timezone=SEOUL)
    except ValueError as error:
        raise SettingsError(NO_CRON.format(text=text, why=error)) from None
