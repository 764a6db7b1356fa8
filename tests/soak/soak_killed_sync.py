"""`jiwon sync` is killed at 100 random moments while a server is asked: it answers each time, from a whole generation.

Takes some ten minutes; run by itself: `pytest tests/soak/soak_killed_sync.py`.
"""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rag import generation

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("SOAK_KILLS", "100"))
SEED = 20260301
NOTICE = """# 모의 {name} 지원사업

- 지원대상: 중소기업
- 지원내용: {name} 비용을 최대 {sum}천만원까지
- 신청기간: 2026. 3. 2. ~ 2026. 3. 31.
- 문의처: 모의 진흥원 02-000-{number:04}
"""
NAMES = ("간판", "냉장고", "도자기", "염색")


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-c", "from server.cli import main; main()", *arguments]


def settings(folder: Path, **more: str) -> dict[str, str]:
    own = {"DATA_DIR": str(folder / "data"), "CORPUS_DIR": str(folder / "corpus"), "EMBEDDER": "kiwi", **more}
    clean = {key: value for key, value in os.environ.items() if not key.startswith("JIWON_")}
    return {**clean, **{f"JIWON_{key}": value for key, value in own.items()}}


def write(folder: Path, edition: int) -> None:
    """The corpus, of which one notice says something new in each edition."""
    (folder / "corpus").mkdir(exist_ok=True)
    rows = [f"n{number},n{number}.md,{name} 공고,모의 진흥원,2026-02," for number, name in enumerate(NAMES)]
    table = "\n".join(("id,file,title,publisher,published_on,source_url", *rows))
    (folder / "corpus" / "manifest.csv").write_text(table, "utf-8")
    for number, name in enumerate(NAMES):
        told = NOTICE.format(name=name, sum=(edition if number == edition % len(NAMES) else 1) % 9 + 1, number=edition)
        (folder / "corpus" / f"n{number}.md").write_text(told, "utf-8")


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    server = subprocess.Popen(command("serve"), cwd=ROOT, env=settings(folder, PORT=port), stderr=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(60)


def ready(address: str, seconds: float) -> str:
    """The generation that answers, waited for at most so long."""
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=30) as reply:
                told: dict[str, str] = json.load(reply)
                return told["generation"]
        except (OSError, urllib.error.URLError):
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


@pytest.mark.timeout(7200)
def test_a_sync_killed_at_any_moment_leaves_a_whole_generation_served(tmp_path: Path) -> None:
    write(tmp_path, 0)
    began = time.monotonic()
    subprocess.run(command("sync"), cwd=ROOT, env=settings(tmp_path), check=True, capture_output=True)
    whole = time.monotonic() - began
    chance = random.Random(SEED)
    finished = 0
    with serving(tmp_path) as address:
        ready(address, 120)
        for edition in range(1, KILLS + 1):
            write(tmp_path, edition)
            # A process group of its own: the children that read files go with it.
            syncing = subprocess.Popen(
                command("sync"),
                cwd=ROOT,
                env=settings(tmp_path),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            try:
                syncing.wait(chance.uniform(0, whole))
                finished += 1
            except subprocess.TimeoutExpired:
                os.killpg(syncing.pid, signal.SIGKILL)
                syncing.wait()
            standing = generation.serving(tmp_path / "data")
            assert standing and not standing.why, standing
            assert generation.stock(tmp_path / "data").damaged == ()
            assert ready(address, 0)
        assert finished < KILLS
        subprocess.run(command("sync"), cwd=ROOT, env=settings(tmp_path), check=True, capture_output=True)
        last = generation.current(tmp_path / "data")
        end = time.monotonic() + 60
        while last and ready(address, 0) != last.id:
            assert time.monotonic() < end, "the server did not follow"
            time.sleep(0.5)
