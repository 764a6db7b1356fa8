"""Only whoever is signed in as staff acts, with the token of the page; what is done and what fails is noted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rag.errors import JiwonError
from server.clock import now
from server.store.keyring import Scope
from tests.server.staff_room.staffing import staffed
from ui.rooms.visitor import SignedAnew, SignedOut, Visitor


def test_a_consultant_or_a_stranger_neither_looks_nor_acts(tmp_path: Path) -> None:
    here = staffed(tmp_path)
    _, key = here.keys.ring.create((Scope.CONSULT,), "상담 담당", None, None, now())
    begun = here.signing.begin(key)
    assert begun
    for visitor in (Visitor(begun[1], here.visitor.csrf), Visitor(""), Visitor("made up", here.visitor.csrf)):
        with pytest.raises(SignedOut):
            here.staff.looking(visitor)
        with pytest.raises(SignedOut), here.staff.acting(visitor, "publish g1"):
            raise AssertionError
    assert here.deeds() == []


def test_a_page_of_another_session_looks_but_does_nothing(tmp_path: Path) -> None:
    here = staffed(tmp_path)
    other = replace(here.visitor, csrf="other")
    here.staff.looking(other)
    with pytest.raises(SignedAnew) as told, here.staff.acting(other, "publish g1"):
        raise AssertionError
    assert told.value.csrf == here.visitor.csrf and here.deeds() == []


def test_what_is_done_what_is_refused_and_what_breaks_is_noted(tmp_path: Path) -> None:
    here = staffed(tmp_path)
    with here.staff.acting(here.visitor, "publish g1", "확인함") as holder:
        assert holder.person
    for error in (JiwonError("no"), RuntimeError()):
        with pytest.raises(type(error)), here.staff.acting(here.visitor, "publish g2"):
            raise error
    assert here.deeds() == [
        ("/desk publish g2", "broken"),
        ("/desk publish g2", "refused"),
        ("/desk publish g1", "done"),
    ]
    assert here.staff.audit.last(3)[-1].reason == "확인함"
