"""What somebody did is kept as told, newest first, for as long as is wanted."""

from __future__ import annotations

from pathlib import Path

from server.store.audit import Audit, Deed
from server.store.engine import open_database


def deed(at: str, action: str) -> Deed:
    return Deed(at, "시험 담당", "0123456789ab", action, "200", "r" * 64)


def test_deeds_are_told_newest_first_and_forgotten_by_their_moment(database_url: str, tmp_path: Path) -> None:
    audit = Audit(open_database(database_url, tmp_path))
    days = [f"2026-03-{day:02d}T10:00:00+09:00" for day in (9, 10, 11)]
    for moment in days:
        audit.note(deed(moment, f"GET /v1/diagnoses/{moment}"))
    assert [one.at for one in audit.last(2)] == [days[2], days[1]]
    audit.forget(days[1])
    assert audit.last(9) == (
        deed(days[2], f"GET /v1/diagnoses/{days[2]}"),
        deed(days[1], f"GET /v1/diagnoses/{days[1]}"),
    )


def test_a_deed_at_an_odd_address_is_kept(database_url: str, tmp_path: Path) -> None:
    audit = Audit(open_database(database_url, tmp_path))
    audit.note(deed("2026-03-20T10:00:00+09:00", "GET /v1/diagnoses/\0'\"%s:x" + "가" * 160))
    (kept,) = audit.last(9)
    assert kept.action.startswith("GET /v1/diagnoses/") and kept.action.endswith("'\"%s:x" + "가" * 160)
