"""Keys are made, shown once, listed without themselves and revoked; a switch is told why, and all of it is noted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from server.clock import now
from server.store.audit import Audit
from server.store.engine import open_database
from server.store.keyring import Keyring
from server.store.switches import Face, Switches

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[3]


def jiwon(data_dir: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command, over a folder of its own."""
    return subprocess.run(
        [sys.executable, "-c", "from server.cli import main; main()", *arguments],
        cwd=ROOT,
        env={**os.environ, "JIWON_DATA_DIR": str(data_dir)},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_key_is_shown_once_listed_without_itself_and_revoked(tmp_path: Path) -> None:
    made = jiwon(
        tmp_path, *("keys", "create", "--scope", "ask", "--scope", "staff", "--person", "자료 담당", "--json"),
        *("--organisation", "지역 인력개발 기관", "--rate", "60/minute;1000/day", "--expires", "2099-12-31"),
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    told = json.loads(made.stdout)
    ring = Keyring(open_database("", tmp_path))
    found = ring.found(told["key"], now())
    assert found and (found.scopes, found.rate) == ("ask staff", "60/minute;1000/day")
    # It holds through its last day in Korea.
    assert ring.found(told["key"], "2099-12-31T23:59:59+09:00")
    assert not ring.found(told["key"], "2100-01-01T00:00:00+09:00")

    listed = jiwon(tmp_path, "keys", "list", "--json")
    assert [line["organisation"] for line in json.loads(listed.stdout)] == ["지역 인력개발 기관"]
    assert told["id"] in listed.stdout and told["key"] not in listed.stdout and found.digest not in listed.stdout
    table = jiwon(tmp_path, "keys", "list").stdout
    assert "자료 담당" in table and "소속" in table and "지역 인력개발" in table

    assert jiwon(tmp_path, "keys", "revoke", told["id"]).returncode == 0
    assert ring.found(told["key"], now()) is None
    again = jiwon(tmp_path, "keys", "revoke", told["id"])
    assert (again.returncode, again.stdout, len(again.stderr.splitlines())) == (1, "", 1)
    assert [deed.action.split()[:2] for deed in Audit(open_database("", tmp_path)).last(9)] == [
        ["keys", "revoke"],
        ["keys", "create"],
    ]


def test_what_is_wrong_with_a_key_is_one_sentence_and_makes_none(tmp_path: Path) -> None:
    for arguments, status in (
        (("--scope", "everything", "--person", "자료 담당"), 2),
        (("--scope", "ask", "--person", " "), 1),
        (("--scope", "ask", "--person", "자료 담당", "--organisation", " "), 1),
        (("--scope", "ask", "--person", "자료 담당", "--rate", "often"), 1),
        (("--scope", "ask", "--person", "자료 담당", "--rate", ";".join(["60/minute"] * 5)), 1),
        (("--scope", "ask"), 2),
    ):
        done = jiwon(tmp_path, "keys", "create", *arguments)
        assert (done.returncode, len(done.stderr.strip().splitlines())) == (status, 1), done.stderr
    assert Keyring(open_database("", tmp_path)).all() == ()


def test_a_switch_tells_why_and_is_noted(tmp_path: Path) -> None:
    assert jiwon(tmp_path, "switch", "chat", "off").returncode == 1
    assert jiwon(tmp_path, "switch", "chat", "off", "--reason", "점검", "--person", "담" * 101).returncode == 1
    done = jiwon(tmp_path, "switch", "chat", "off", "--reason", "점검하고 있습니다.", "--person", "운영 담당")
    assert done.returncode == 0, done.stderr
    database = open_database("", tmp_path)
    assert Switches(database).off() == {Face.CHAT: "점검하고 있습니다."}
    (deed,) = Audit(database).last(9)
    assert deed.person == "운영 담당" and deed.action.startswith("switch chat off")
    assert jiwon(tmp_path, "switch", "chat", "on").returncode == 0
    assert Switches(database).off() == {}
    assert jiwon(tmp_path, "switch", "kettle", "on").returncode == 2
