"""Pages over a made-up catalogue: so many programmes, and an application of the routes alone, reached by pickles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient
from selectolax.lexbor import LexborHTMLParser

from rag.conditions.judge import judge
from rag.domain import CompanyProfile, Match, Program, Result, SizeClass
from rag.grammar.places import read_regions
from server.pages.month import calendar_routes
from server.pages.program import program_routes
from server.pages.programs import program_list_routes
from tests.rag.many import REGIONS, program_of
from tests.server.fakes import FakeDesk
from tests.server.portal.test_travelling import FarDesks

TODAY = date(2026, 3, 20)
EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
GAZETTEER = read_regions(REGIONS)


@dataclass
class ManyDesk(FakeDesk):
    """A desk of the programmes that a test gives, judged without a company once for a day."""

    known: tuple[Program, ...] = ()
    _judged: dict[date, tuple[Match, ...]] = field(default_factory=dict)

    _ordered: dict[tuple[Any, date], tuple[Match, ...]] = field(default_factory=dict)

    def programs(self) -> tuple[Program, ...]:
        return self.known

    def match(self, profile: CompanyProfile, as_of: date) -> tuple[Match, ...]:
        assert profile == CompanyProfile(), "the whole catalogue is judged for one company"
        if as_of not in self._judged:
            self._judged[as_of] = tuple(judge(one, profile, (), as_of, GAZETTEER) for one in self.known)
        return self._judged[as_of]

    def in_order(self, order: Callable[[Match], Any], as_of: date) -> tuple[Match, ...]:
        if (order, as_of) not in self._ordered:
            self._ordered[order, as_of] = super().in_order(order, as_of)
        return self._ordered[order, as_of]

    def match_one(self, program_id: str, profile: CompanyProfile, as_of: date) -> Match | None:
        one = self.by_id.get(program_id)
        return judge(one, profile, (), as_of, GAZETTEER) if one else None

    @cached_property
    def by_id(self) -> Mapping[str, Program]:
        return {one.id: one for one in self.known}

    def serving(self, region: str, as_of: date) -> Mapping[str, Result] | None:
        return dict.fromkeys(self.by_id, Result.UNKNOWN) if self.knows_place(region) else None

    def admitting(self, size: SizeClass, as_of: date) -> Set[str]:
        return frozenset(self.by_id)


def many(count: int) -> ManyDesk:
    """A desk of so many programmes, all of one document."""
    return ManyDesk(known=tuple(of_guide(program_of(at)) for at in range(count)))


def of_guide(program: Program) -> Program:
    """The programme as the one document of the desk tells it."""

    def told(one: Any) -> Any:
        return replace(one, evidence=replace(one.evidence, source_id="guide"))

    own = ("details", "criteria", "benefits", "periods", "contacts", "steps")
    changed: dict[str, Any] = {name: tuple(map(told, getattr(program, name))) for name in own}
    evidence = replace(program.evidence, source_id="guide")
    return replace(program, source_id="guide", evidence=evidence, **changed)


def site(desk: FakeDesk) -> TestClient:
    """The pages over a desk that only pickled work reaches."""
    app = FastAPI()
    routes: tuple[Callable[[Any, Callable[[], date]], APIRouter], ...] = (
        program_list_routes,
        program_routes,
        calendar_routes,
    )
    for made in routes:
        app.include_router(made(FarDesks(desk), lambda: TODAY))
    return TestClient(app)


def read(html: str) -> LexborHTMLParser:
    """A page, parsed."""
    return LexborHTMLParser(html)


def texts(html: str, selector: str) -> list[str]:
    """The words of what a selector finds on a page, white space made one."""
    return [" ".join(node.text().split()) for node in read(html).css(selector)]


def hrefs(html: str, selector: str) -> list[str]:
    """Where the links that a selector finds on a page lead."""
    return [node.attributes.get("href") or "" for node in read(html).css(selector)]
