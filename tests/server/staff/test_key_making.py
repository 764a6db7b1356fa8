"""A key tells whose it is and of which organisation in words that a document can hold, or it is not made."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.errors import JiwonError
from server.staff.key_making import LONGEST_PERSON, NO_ORGANISATION, NO_PERSON, make_key
from server.store.engine import open_database
from server.store.keyring import Keyring, Scope

NOW = "2026-03-20T10:00:00+09:00"
WRONG = ["", " ", "\n", "가" * (LONGEST_PERSON + 1), "가\x00나", "가\ud800"]


@pytest.fixture
def ring(tmp_path: Path) -> Keyring:
    return Keyring(open_database("", tmp_path))


@pytest.mark.parametrize(
    ("told", "kept"),
    [(None, None), (" 지역 인력개발 기관\u00a0\n경기지부 ", "지역 인력개발 기관 경기지부"), ("가" * 100, "가" * 100)],
)
def test_an_organisation_is_kept_in_one_line_where_it_is_told(
    ring: Keyring, told: str | None, kept: str | None
) -> None:
    record, _ = make_key(ring, [Scope.CONSULT], "상담 담당", None, None, NOW, told)
    assert record.organisation == kept and ring.all() == (record,)


@pytest.mark.parametrize("wrong", WRONG)
def test_a_name_that_no_document_could_hold_is_refused_and_makes_no_key(ring: Keyring, wrong: str) -> None:
    with pytest.raises(JiwonError, match=NO_ORGANISATION):
        make_key(ring, [Scope.CONSULT], "상담 담당", None, None, NOW, wrong)
    with pytest.raises(JiwonError, match=NO_PERSON):
        make_key(ring, [Scope.CONSULT], wrong, None, None, NOW)
    assert ring.all() == ()
