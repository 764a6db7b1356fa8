"""Alerts over a desk whose programmes a test changes, with a mail server, a webhook and a clock of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rag.diagnosis.fitting import Fitting
from rag.domain import CompanyProfile, Contact, Finding, Match, Period, PeriodKind, Program, Result, Verdict
from rag.periods import best_period
from rag.settings import Settings
from server.alerts.opening import Alerts, Round, open_alerts, run
from server.alerts.subscribing import Made
from server.asking.request import ProfileIn
from server.desks.service import Service
from server.store.engine import Database, open_database
from server.store.subscriptions import Channel
from tests.server.alerts.receiving import Clock, Hook, Post, mail_server, webhook
from tests.server.fakes import PROGRAM, SIZE, WHERE, WHOM, FakeDesk

PROFILE = ProfileIn.model_validate({"region": "경기도 화성시", "size": "중소기업", "needs": ["설비를 바꾸는 비용"]})
FIRST = date(2026, 3, 20)


def program(name: str, closes: date | None = date(2026, 4, 20), **given: Any) -> Program:
    """A programme that may be applied for from 2 March to a day; without one it is not known."""
    periods = (Period(PeriodKind.FIXED, "접수기간", WHERE, date(2026, 3, 2), closes),) if closes else ()
    return replace(PROGRAM, **{"id": name, "name": name, "periods": periods, **given})


@dataclass
class NewsDesk(FakeDesk):
    """A desk of programmes that a test sets; `verdicts` by name where one is not possible."""

    told: list[Program] = field(default_factory=list)
    verdicts: dict[str, Verdict | None] = field(default_factory=dict)

    def fit(self, profile: CompanyProfile, as_of: date) -> Fitting:
        """Every programme as its periods have it on the day."""
        return Fitting(tuple(self._match(one, as_of) for one in self.told), 0)

    def _match(self, one: Program, as_of: date) -> Match:
        period, status = best_period(one.periods, one, as_of)
        met = Finding(SIZE, Result.MET, "중소기업이라 조건에 맞습니다.")
        asked = Finding(SIZE, Result.UNKNOWN, "설립한 해를 알아야 합니다.", "설립한 해는 언제인가요?")
        return Match(one, (met, asked), self.verdicts.get(one.name, Verdict.POSSIBLE), period, status)


@dataclass
class World:
    """Alerts and everything around them."""

    alerts: Alerts
    desk: NewsDesk
    post: Post
    hook: Hook
    hook_url: str
    clock: Clock
    database: Database
    folder: Path
    settings: Settings

    def subscribe(self, channel: Channel = Channel.EMAIL, address: str | None = "who@example.kr") -> Made:
        """A new one; of a webhook the address is ours."""
        where = {Channel.EMAIL: address, Channel.WEBHOOK: self.hook_url, Channel.FEED: None}[channel]
        return self.alerts.subscribing.subscribe(PROFILE, channel, where)

    def confirmed(self, address: str = "who@example.kr") -> str:
        """The token of a new one by mail, confirmed; the confirmation mail is not among those accepted."""
        self.subscribe(address=address)
        token = self.mailed_token()
        self.post.accepted.clear()
        self.alerts.subscribing.confirm(token)
        return token

    def mailed_token(self) -> str:
        """The token in the last mail."""
        text = words(self.post.accepted[-1])
        return text.partition("/alerts/")[2].partition("/confirm")[0]

    def run(self) -> Round:
        """One round of alerts."""
        return run(self.alerts)

    def rows(self, table: str) -> list[tuple[Any, ...]]:
        """Whatever a table holds."""
        with closing(sqlite3.connect(self.folder / "jiwon.sqlite")) as database:
            return database.execute(f"SELECT * FROM {table}").fetchall()


def words(mail: Any) -> str:
    """The plain words of a mail."""
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def phoned(one: Program, number: str) -> Program:
    """The programme with another number to call."""
    return replace(one, contacts=(Contact("가나다센터", WHOM, phones=(number,)),))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Everything, on 20 March 2026 at nine."""
    post, hook, clock = Post(), Hook(), Clock()
    (tmp_path / "CURRENT").write_text("g1\n", "utf-8")
    desk = NewsDesk(told=[program("바우처")])
    with mail_server(post) as smtp, webhook(hook) as url:
        settings = Settings(
            data_dir=tmp_path,
            smtp_url=smtp,
            smtp_from="alerts@jiwon.example",
            public_url="https://jiwon.example",
            outbound_allow="127.0.0.1/32",
        )
        database = open_database("", tmp_path)
        service = Service(tmp_path, lambda: desk)
        alerts = open_alerts(settings, database, service, clock)
        yield World(alerts, desk, post, hook, url, clock, database, tmp_path, settings)
        service.close()
        database.close()
