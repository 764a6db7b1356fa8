"""A key is shown once, opens what it was made for while it holds, and nothing in the database can be used as one."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.store.engine import open_database
from server.store.keyring import PREFIX, Keyring, Scope

NOW = "2026-03-20T10:00:00+09:00"


@pytest.fixture
def ring(database_url: str, tmp_path: Path) -> Keyring:
    return Keyring(open_database(database_url, tmp_path))


def test_a_key_opens_what_it_was_made_for(ring: Keyring) -> None:
    record, key = ring.create((Scope.ASK, Scope.STAFF), "시험 담당", "60/minute", None, NOW)
    assert key.startswith(PREFIX)
    assert ring.found(key, NOW) == record
    assert (record.scopes, record.person, record.rate) == ("ask staff", "시험 담당", "60/minute")


def test_a_key_tells_the_organisation_of_its_holder_and_another_key_of_the_same_person_another(ring: Keyring) -> None:
    made = [ring.create((Scope.CONSULT,), "상담 담당", None, None, NOW, told) for told in ("기관 가", "기관 나", None)]
    assert [record.organisation for record, _ in made] == ["기관 가", "기관 나", None]
    assert [ring.found(key, NOW) for _, key in made] == [record for record, _ in made]
    assert [ring.held(record.id, NOW) for record, _ in made] == [record for record, _ in made]


def test_the_database_holds_no_key(tmp_path: Path) -> None:
    ring = Keyring(open_database("", tmp_path))
    _, key = ring.create((Scope.ASK,), "시험 담당", None, None, NOW)
    secret = key.removeprefix(PREFIX).partition("_")[2]
    assert secret.encode() not in (tmp_path / "jiwon.sqlite").read_bytes()
    (record,) = ring.all()
    assert ring.found(f"{PREFIX}{record.id}_{record.digest}", NOW) is None


@pytest.mark.parametrize("wrong", ["", "x", "jw_", "jw_1_2", "jw_{id}_", "jw_{id}_wrong", "{key}x", "{key} "])
def test_nothing_else_opens(ring: Keyring, wrong: str) -> None:
    record, key = ring.create((Scope.ASK,), "시험 담당", None, None, NOW)
    assert ring.found(wrong.format(id=record.id, key=key), NOW) is None


def test_a_key_opens_nothing_once_it_has_expired_or_was_revoked(ring: Keyring) -> None:
    _, short = ring.create((Scope.ASK,), "시험 담당", None, "2026-03-21T00:00:00+09:00", NOW)
    assert ring.found(short, "2026-03-20T23:59:59+09:00")
    assert ring.found(short, "2026-03-21T00:00:00+09:00") is None
    record, key = ring.create((Scope.ASK,), "시험 담당", None, None, NOW)
    assert ring.revoke(record.id, NOW)
    assert ring.found(key, NOW) is None
    assert not ring.revoke(record.id, NOW)
    assert not ring.revoke("none", NOW)
