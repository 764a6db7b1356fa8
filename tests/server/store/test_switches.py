"""What is switched off is told with its reason until it is on again."""

from __future__ import annotations

from pathlib import Path

from server.command.cli_keys import LONGEST_REASON
from server.staff.key_making import LONGEST_PERSON
from server.store.engine import open_database
from server.store.switches import Face, Switches

NOW = "2026-03-20T10:00:00+09:00"


def test_what_is_off_is_told_until_it_is_on(database_url: str, tmp_path: Path) -> None:
    switches = Switches(open_database(database_url, tmp_path))
    assert switches.off() == {}
    switches.turn_off(Face.API, "점검", "시험 담당", NOW)
    switches.turn_off(Face.API, "더 오래 점검", "시험 담당", NOW)
    assert switches.off() == {Face.API: "더 오래 점검"}
    switches.turn_on(Face.CHAT)
    switches.turn_on(Face.API)
    assert switches.off() == {}


def test_the_longest_reason_that_the_command_lets_through_is_kept(database_url: str, tmp_path: Path) -> None:
    switches = Switches(open_database(database_url, tmp_path))
    switches.turn_off(Face.CHAT, "가" * LONGEST_REASON, "나" * LONGEST_PERSON, NOW)
    assert switches.off() == {Face.CHAT: "가" * LONGEST_REASON}
