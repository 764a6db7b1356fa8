"""Staff see what nobody could answer and what people thought of the last days; nobody else does."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from rag.domain import AnswerStatus
from server.desks.service import Service
from server.staff_room.questions_office import OTHERWISE, QuestionsDesk
from server.staff_room.usage_office import UsageDesk
from server.store.memory import Feedback, Memory
from server.store.usage import Usage
from tests.server.fakes import FakeDesk
from tests.server.staff_room.staffing import Staffed, staffed
from tests.server.store.test_usage import kept
from ui.rooms.visitor import SignedOut, Visitor

DAY = date(2026, 3, 20)


@pytest.fixture
def here(tmp_path: Path) -> Staffed:
    here = staffed(tmp_path)
    memory = Memory(here.database)
    asked = (
        ("1", "2026-03-20", "양봉 지원", "not_found", 200),
        ("2", "2026-03-14", "양봉 지원", "not_found", 400),
        ("3", "2026-03-13", "양봉 지원", "not_found", 400),
        ("4", "2026-03-20", "어디로 전화하나요", "clarify", 900),
    )
    for told in asked:
        memory.keep(kept(*told)).result(30)
    memory.close()
    for id_, useful, reason in (("a", True, None), ("b", False, "너무 김"), ("c", False, None)):
        memory.judge(Feedback(id_, "1", "2026-03-20T09:00:00+09:00", useful, reason, None))
    return here


def test_questions_of_the_last_days_are_counted_today_included(here: Staffed) -> None:
    desk = QuestionsDesk(Usage(here.database), 30, here.staff, lambda: DAY)
    (week,) = desk.missed(here.visitor, 7, ["not_found", "made up"])
    assert (week.times, week.last, week.ends) == (2, "2026-03-20", ("자료에 없음",))
    assert desk.missed(here.visitor, 30, ["not_found"])[0].times == 3
    assert desk.missed(here.visitor, 30, ["clarify"])[0].ends == ("되물음",)
    opinions = desk.opinions(here.visitor, 7, False)
    assert (opinions.useful, opinions.useless) == (1, 2)
    assert dict(opinions.reasons) == {"너무 김": 1, OTHERWISE: 1}
    assert {line.reason for line in opinions.lines} == {"너무 김", ""}
    for look in (lambda v: desk.missed(v, 7, []), lambda v: desk.opinions(v, 7, None)):
        with pytest.raises(SignedOut):
            look(Visitor(""))


def test_figures_tell_each_day_and_what_is_served(here: Staffed, tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text("g1\n", "utf-8")
    service = Service(tmp_path, FakeDesk)
    desk = UsageDesk(Usage(here.database), service, tmp_path, here.staff, lambda: DAY)
    assert desk.view(here.visitor, 7).served is None
    service.check()
    view = desk.view(here.visitor, 7)
    assert (view.days[0], view.days[-1], len(view.days)) == (date(2026, 3, 14), DAY, 7)
    assert view.ends[DAY] == {AnswerStatus.NOT_FOUND: 1, AnswerStatus.CLARIFY: 1}
    assert view.waits[DAY].middle == 0.9 and view.whole and (view.whole.middle, view.whole.count) == (0.4, 3)
    assert view.opinions == {DAY: (1, 2)}
    assert view.served and view.served.id == "g1" and view.served.age_days > 0 and view.idle == 1
    with pytest.raises(SignedOut):
        desk.view(Visitor(""), 7)
    service.close()
