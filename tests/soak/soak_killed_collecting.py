"""From collecting to publishing, killed at any moment while a server is asked: each time it heals, and nothing doubles.

A portal on loopback posts one more notice each round. Run by itself: `pytest tests/soak/soak_killed_collecting.py -s`;
`SOAK_KILLS` says how often.
"""

from __future__ import annotations

import csv
import json
import os
import random
import signal
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ingest.scripted.portal import BIZINFO, KEY, Portal, sample, serving
from rag import generation
from tests.soak.soak_killed_sync import ROOT, ready, settings
from tests.soak.soak_killed_sync import serving as served

KILLS = int(os.environ.get("SOAK_KILLS", "100"))
SEED = 20260401
NAME = "모의 스마트공방 {number}호 지원사업"
# What staff or a schedule do one after the other: collect, build a candidate, check it, serve it.
ALL = """
import subprocess, sys, json
def jiwon(*told):
    start = [sys.executable, "-c", "from server.cli import main; main()"]
    done = subprocess.run([*start, *told], capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr or done.stdout)
    return done.stdout
jiwon("collect", "bizinfo")
report = json.loads(jiwon("sync", "--stage", "--json"))
if report["changed"]:
    jiwon("check", report["generation"])
    jiwon("publish", report["generation"], "--force", "--reason", "시험")
"""


def row(number: int, sample_row: dict[str, Any]) -> dict[str, Any]:
    """One more notice."""
    id_ = f"PBLN_{number:015}"
    return {
        **{name: None if name.endswith("lpthNm") else value for name, value in sample_row.items()},
        "pblancId": id_,
        "pblancNm": f"2026년 {NAME.format(number=number)} 모집 공고",
        "pblancUrl": f"/sii/siia/selectSIIA200Detail.do?pblancId={id_}",
        "fileNm": None,
        "printFileNm": None,
    }


def begun(environment: dict[str, str]) -> subprocess.Popen[str]:
    # A process group of its own: whatever it has started goes with it.
    return subprocess.Popen(
        [sys.executable, "-c", ALL],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def finished(environment: dict[str, str]) -> float:
    """How long a whole round takes, in seconds."""
    began = time.monotonic()
    work = begun(environment)
    _, wrong = work.communicate(timeout=600)
    assert work.returncode == 0, wrong
    return time.monotonic() - began


def collected(corpus: Path) -> Counter[str]:
    """How often each notice stands in the manifest of what was collected."""
    with (corpus / "collected" / "bizinfo" / "manifest.csv").open(encoding="utf-8-sig", newline="") as file:
        return Counter(line["source_url"].rpartition("=")[2] for line in csv.DictReader(file))


def listed(address: str) -> list[str]:
    """The names of all programmes that are served."""
    found: list[str] = []
    while True:
        query = urllib.parse.urlencode({"page": len(found) // 100 + 1, "per_page": 100})
        with urllib.request.urlopen(f"{address}/v1/programs?{query}", timeout=30) as reply:
            told = json.load(reply)
        found += [one["name"] for one in told["programs"]]
        if len(found) >= told["total"]:
            return found


@pytest.mark.timeout(7200)
def test_from_collecting_to_publishing_a_kill_at_any_moment_heals(tmp_path: Path) -> None:
    rows, _ = sample()
    portal = Portal([row(1, rows[0])], [])
    chance, killed = random.Random(SEED), 0
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    with serving(portal):
        told = f"bizinfo: {{kind: bizinfo, address: '{portal.url}{BIZINFO}', gap_s: 0, attachments: 0}}"
        (corpus / "sources.yaml").write_text(told, "utf-8")
        environment = settings(tmp_path, BIZINFO_KEY=KEY, OUTBOUND_ALLOW="127.0.0.1/32")
        whole = finished(environment)
        with served(tmp_path) as address:
            ready(address, 120)
            for number in range(2, KILLS + 2):
                portal.bizinfo.append(row(number, rows[0]))
                work = begun(environment)
                try:
                    work.communicate(timeout=chance.uniform(0, whole))
                except subprocess.TimeoutExpired:
                    os.killpg(work.pid, signal.SIGKILL)
                    work.communicate()
                    killed += 1
                standing = generation.serving(tmp_path / "data")
                assert standing and not standing.why, standing
                assert ready(address, 0)
            finished(environment)
            last = generation.current(tmp_path / "data")
            end = time.monotonic() + 60
            while last and ready(address, 0) != last.id:
                assert time.monotonic() < end, "the server did not follow"
                time.sleep(0.5)
            names = listed(address)
    wanted = {f"PBLN_{number:015}" for number in range(1, KILLS + 2)}
    found = collected(corpus)
    print(f"\nkilled {killed} of {KILLS} times between collecting and publishing; {len(found)} notices, none twice")
    assert set(found) == wanted and set(found.values()) == {1}
    assert Counter(names) == Counter(NAME.format(number=number) for number in range(1, KILLS + 2))
    assert killed > KILLS // 3
