"""Staff make keys that open what was chosen for as long as was told, and revoke them; each is noted."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from rag.errors import JiwonError
from server.clock import moment, now
from server.staff_room.keys_office import NO_DAY, NO_KEY, PAST, KeysOffice
from server.store.keyring import Scope
from tests.server.staff_room.staffing import Staffed, staffed


@pytest.fixture
def here(tmp_path: Path) -> Staffed:
    return staffed(tmp_path)


@pytest.fixture
def office(here: Staffed) -> KeysOffice:
    return KeysOffice(here.keys.ring, here.staff)


def test_a_key_opens_what_was_chosen_until_it_is_revoked(here: Staffed, office: KeysOffice) -> None:
    day = (moment().date() + timedelta(days=3)).isoformat()
    key = office.create(here.visitor, " 지역 상담 창구 ", " 지역 인력개발 기관 ", ["ask", "consult"], "60/minute", day)
    holder = here.keys.holder(key)
    assert holder and holder.scopes == {Scope.ASK, Scope.CONSULT} and holder.rate == "60/minute"
    assert holder.organisation == "지역 인력개발 기관"
    (line,) = office.all(here.visitor)
    assert line.organisation == "지역 인력개발 기관"
    assert (line.person, line.opens, line.rate, line.holds) == ("지역 상담 창구", "묻기, 기업 진단", "60/minute", True)
    assert line.state == f"{day}까지" and key not in str(line)
    office.revoke(here.visitor, line.id)
    assert here.keys.holder(key) is None and not office.all(here.visitor)[0].holds
    assert [action.rpartition(" for ")[0] or action for action, _ in here.deeds()] == [
        f"/desk keys revoke {line.id}",
        "/desk keys create ask consult",
    ]


@pytest.mark.parametrize(
    ("person", "organisation", "scopes", "rate", "day", "wrong"),
    [
        ("", "", ["ask"], "", "", "누구의 열쇠인지"),
        ("가", "나" * 101, ["ask"], "", "", "소속"),
        ("가", "", [], "", "", "하나는 골라"),
        ("가", "", ["ask"], "", "내일", NO_DAY),
        ("가", "", ["ask"], "", "2020-01-01", PAST),
        ("가", "", ["ask"], "가끔", "", "가끔"),
    ],
)
def test_what_is_wrong_is_said_and_no_key_is_made(
    here: Staffed,
    office: KeysOffice,
    person: str,
    organisation: str,
    scopes: list[str],
    rate: str,
    day: str,
    wrong: str,
) -> None:
    with pytest.raises(JiwonError, match=wrong):
        office.create(here.visitor, person, organisation, scopes, rate, day)
    assert office.all(here.visitor) == () and here.deeds()[0][1] == "refused"


def test_an_organisation_that_is_left_empty_is_none(here: Staffed, office: KeysOffice) -> None:
    key = office.create(here.visitor, "상담 담당", " ", ["consult"], "", "")
    holder = here.keys.holder(key)
    assert holder and holder.organisation == "" and office.all(here.visitor)[0].organisation == ""
    (record,) = here.keys.ring.all()
    assert record.organisation is None


def test_what_opens_nothing_already_is_not_revoked(here: Staffed, office: KeysOffice) -> None:
    key, _ = here.keys.ring.create((Scope.ASK,), "가", None, now(), now())
    office.revoke(here.visitor, key.id)
    with pytest.raises(JiwonError, match=NO_KEY):
        office.revoke(here.visitor, key.id)
