"""How programmes stand for a company, over the bundled corpus: what can be applied for, with verdict and reason."""

from __future__ import annotations

import pickle
from datetime import date

import pytest

from rag.advisor import Advisor
from rag.domain import CompanyProfile, PeriodStatus, SizeClass, Verdict
from rag.generation import OpenGeneration
from server.alerts.records import Kind
from server.alerts.standings import facts
from server.alerts.telling import news
from server.alerts.wording import body_of, html, plain, subject
from server.desks.desk import OpenDesk

FACTORY = CompanyProfile("경기도 화성시", "자동차 부품 제조", 32, SizeClass.SMALL, 2015, True, ("AI 도입",))
DAY = date(2026, 3, 20)


@pytest.fixture(scope="module")
def desk(corpus_index: OpenGeneration, adviser: Advisor) -> OpenDesk:
    """A desk of the bundled corpus."""
    return OpenDesk(corpus_index, adviser)


def test_what_can_be_applied_for_comes_with_verdict_reason_and_what_is_open(desk: OpenDesk) -> None:
    found = facts(desk, FACTORY, DAY, ())
    assert len(found) >= 3
    assert len({fact.key for fact in found}) == len(found)
    for fact in found:
        assert fact.fits
        assert fact.verdict in (Verdict.ELIGIBLE, Verdict.POSSIBLE)
        assert fact.status not in (PeriodStatus.CLOSED, PeriodStatus.CANCELLED)
        assert fact.standing
        assert fact.verdict is Verdict.ELIGIBLE or fact.reason or fact.ask or fact.status
    assert any(fact.reason for fact in found)
    assert any(fact.ask for fact in found)
    assert pickle.loads(pickle.dumps(found)) == found


def test_what_was_told_is_seen_again_after_it_closed(desk: OpenDesk) -> None:
    closing = [fact for fact in facts(desk, FACTORY, DAY, ()) if fact.status is PeriodStatus.OPEN]
    later = facts(desk, FACTORY, date(2026, 12, 31), [fact.key for fact in closing])
    known = {fact.key: fact for fact in later}
    assert set(known) >= {fact.key for fact in closing}
    assert any(not known[fact.key].fits for fact in closing)


def test_told_once_the_same_generation_tells_nothing_more_that_day(desk: OpenDesk) -> None:
    found = facts(desk, FACTORY, DAY, ())
    items, notes = news(found, ())
    assert {item.kind for item in items} == {Kind.NEW}
    assert news(facts(desk, FACTORY, DAY, [note.program for note in notes]), notes) == ((), ())
    body = body_of(items, DAY, "https://jiwon.example", is_first=True)
    assert subject(body).startswith("[지원사업 알림] 회사에 맞는 사업 ")
    for text in (
        plain(body, "https://jiwon.example", "https://stop"),
        html(body, "https://jiwon.example", "https://stop"),
    ):
        assert all(event.name in text for event in body.events if "&" not in event.name)
        assert "https://stop" in text
