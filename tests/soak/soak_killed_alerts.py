"""`jiwon alerts` is killed at random moments: no message is lost, and none is accepted under two ids.

Whoever was to hear hears, by mail and by webhook, of every programme there was; what came twice came under one id.
Run by itself: `pytest tests/soak/soak_killed_alerts.py`; `SOAK_KILLS` says how often.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from rag.domain import Program
from rag.settings import Settings
from server.alerts import wording
from server.alerts.opening import Alerts, open_alerts, run
from server.clock import moment
from server.desks.service import Service
from server.store.engine import open_database
from server.store.subscriptions import Channel
from tests.server.alerts.conftest import PROFILE, NewsDesk, program, words
from tests.server.alerts.receiving import Hook, Post, mail_server, webhook

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("SOAK_KILLS", "100"))
SEED = 20260322
SUBSCRIBERS = 6
"""Of each channel."""
AFTER = 3
"""Rounds after the last kill: one for what was left behind, one for what gathered meanwhile, one to see no more."""
# One round by a process of its own, each on a later day.
ROUND = """
import sys
from pathlib import Path
from tests.soak.soak_killed_alerts import one_round
print("begun", flush=True)
one_round(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
"""


def programs(round_: int) -> list[Program]:
    """One more programme each round that is killed, open for long."""
    closes = moment().date() + timedelta(days=3000)
    return [replace(program(f"사업{n:04}", closes), year=closes.year) for n in range(min(round_, KILLS) + 1)]


def opened(folder: Path, smtp: str, round_: int) -> Alerts:
    """Alerts of the day of a round."""
    desk = NewsDesk(told=programs(round_))
    settings = Settings(
        data_dir=folder,
        smtp_url=smtp,
        smtp_from="alerts@jiwon.example",
        public_url="https://jiwon.example",
        outbound_allow="127.0.0.1/32",
    )
    began = moment()
    return open_alerts(
        settings,
        open_database("", folder),
        Service(folder, lambda: desk),
        lambda: began + timedelta(days=round_) + (moment() - began),
    )


def one_round(folder: Path, smtp: str, round_: int) -> None:
    """What `jiwon alerts` does; a message tells all there is, however much has gathered."""
    wording.MOST = 10_000
    run(opened(folder, smtp, round_))


@pytest.mark.timeout(3600)
def test_alerts_killed_at_any_moment_lose_nothing_and_say_nothing_twice(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text("g1\n", "utf-8")
    post, hook, chance = Post(), Hook(), random.Random(SEED)
    with mail_server(post) as smtp, webhook(hook) as url:
        alerts = opened(tmp_path, smtp, 0)
        for number in range(SUBSCRIBERS):
            alerts.subscribing.subscribe(PROFILE, Channel.EMAIL, f"who{number}@example.kr")
            token = words(post.accepted[-1]).partition("/alerts/")[2].partition("/confirm")[0]
            alerts.subscribing.confirm(token)
            alerts.subscribing.subscribe(PROFILE, Channel.WEBHOOK, f"{url}?who={number}")
        post.accepted.clear()
        hook.calls.clear()
        # Whoever is killed between acceptance and its mark is killed here.
        hook.wait_s = 0.03
        killed, whole, whose = 0, _seconds(tmp_path, smtp), dict[str, str]()
        for round_ in range(1, KILLS + 1):
            killed += _killed(tmp_path, smtp, round_, chance.uniform(0, whole))
            whose |= _letters(tmp_path)  # those of long ago are forgotten
        for round_ in range(KILLS + 1, KILLS + AFTER + 1):
            one_round(tmp_path, smtp, round_)
            whose |= _letters(tmp_path)
    assert killed > KILLS // 3
    _check(post, hook, tmp_path, whose)


def _letters(folder: Path) -> dict[str, str]:
    """To which subscription each letter in the outbox goes."""
    with closing(sqlite3.connect(folder / "jiwon.sqlite")) as database:
        return dict(database.execute("SELECT id, subscription FROM outbox").fetchall())


def _begun(folder: Path, smtp: str, round_: int) -> subprocess.Popen[bytes]:
    """One round by a process of its own, all of it loaded."""
    process = subprocess.Popen(
        [sys.executable, "-c", ROUND, str(folder), smtp, str(round_)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout is not None
    process.stdout.readline()
    return process


def _seconds(folder: Path, smtp: str) -> float:
    """How long a round takes that nobody kills."""
    with _begun(folder, smtp, 0) as process:
        began = time.monotonic()
        assert process.wait(120) == 0
        return time.monotonic() - began


def _killed(folder: Path, smtp: str, round_: int, after_s: float) -> bool:
    """One round, killed after so long; whether it was before its end."""
    with _begun(folder, smtp, round_) as process:
        time.sleep(after_s)
        is_running = process.poll() is None
        if is_running:
            os.kill(process.pid, signal.SIGKILL)
        process.wait(30)
        return is_running


def _check(post: Post, hook: Hook, folder: Path, whose: Mapping[str, str]) -> None:
    """Everybody heard of every programme, of each under one id."""
    with closing(sqlite3.connect(folder / "jiwon.sqlite")) as database:
        states = dict(database.execute("SELECT state, count(*) FROM outbox GROUP BY state").fetchall())
    heard: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for mail in post.accepted:
        for line in words(mail).splitlines():
            if line.startswith("- 사업"):
                heard[str(mail["To"])][line[2:8]].add(str(mail["Message-ID"]))
    for headers, body in hook.calls:
        letter = headers["X-Jiwon-Delivery"]
        for event in json.loads(body)["events"]:
            heard[whose[letter]][event["name"]].add(letter)
    ids = [*(str(mail["Message-ID"]) for mail in post.accepted), *(call[0]["X-Jiwon-Delivery"] for call in hook.calls)]
    print(f"\n{len(ids)} messages accepted, {len(ids) - len(set(ids))} of them again under the same id; {states}")
    assert set(states) == {"sent"}
    assert len(heard) == 2 * SUBSCRIBERS
    for told in heard.values():
        assert set(told) == {one.name for one in programs(KILLS)}, "something was never told"
        assert all(len(under) == 1 for under in told.values()), "something was told under two ids"
