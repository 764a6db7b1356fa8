"""Tools: a name and arguments flow in; a record flows out, or a sentence on what is wrong."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from rag.announced import MOST_TOLD
from rag.domain import CompanyProfile, Question
from rag.errors import JiwonError
from server.asking.ask import Asking
from server.asking.records import ProgramOut
from server.asking.reply import AskResponse
from server.asking.sources import cited
from server.asking.values import Inbound
from server.faces import tool_words as said
from server.faces import tool_works as works
from server.faces.tools_wire import (
    MOST_FACTS,
    MOST_FINDINGS,
    MOST_SOURCES,
    AskArguments,
    AskOut,
    ContactsArguments,
    ContactShort,
    ContactsOut,
    DeadlinesArguments,
    DeadlinesOut,
    FindingShort,
    JudgedShort,
    MatchArguments,
    MatchesOut,
    PeriodShort,
    ProgramsArguments,
    ProgramsOut,
    SourceShort,
    ToolResult,
)
from server.http.faults import faults
from server.http.problems import DETAILS
from server.logs import log
from server.portal.filters import Filters


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool: what it is for, what it takes and gives, and what does it or says why not."""

    name: str
    title: str
    description: str
    takes: type[Inbound]
    gives: type[ToolResult]
    does: Callable[[Any], Awaitable[ToolResult | str]]


class Tools:
    """The tools over desks; `today` says which day it is where an argument does not."""

    def __init__(self, asking: Asking, today: Callable[[], date]) -> None:
        self._asking, self._today = asking, today
        self.all = {
            tool.name: tool
            for tool in (
                Tool("ask", *said.ASK, AskArguments, AskOut, self._ask),
                Tool("match", *said.MATCH, MatchArguments, MatchesOut, self._match),
                Tool("programs", *said.PROGRAMS, ProgramsArguments, ProgramsOut, self._programs),
                Tool("contacts", *said.CONTACTS, ContactsArguments, ContactsOut, self._contacts),
                Tool("deadlines", *said.DEADLINES, DeadlinesArguments, DeadlinesOut, self._deadlines),
            )
        }

    async def call(self, name: str, arguments: Mapping[str, object]) -> ToolResult | str:
        """What a tool gives; a sentence, for whoever called it to read, where it gives nothing."""
        tool = self.all.get(name)
        if tool is None:
            return said.NO_TOOL.format(names=", ".join(self.all))
        try:
            return await tool.does(tool.takes.model_validate(arguments))
        except ValidationError as error:
            return " ".join(faults(error.errors()))
        except JiwonError as error:
            return str(error)
        except Exception:  # noqa: BLE001 - whatever broke, the caller is told in its form and nothing of the inside
            log().exception("tool_failed", tool=name)
            return DETAILS[500]

    async def _ask(self, asked: AskArguments) -> AskOut:
        profile = asked.profile.profile() if asked.profile else CompanyProfile()
        question = Question(asked.question, asked.as_of or self._today(), profile)
        return _answer((await self._asking.answer(question)).response())

    async def _match(self, asked: MatchArguments) -> MatchesOut | str:
        profile, as_of = asked.profile.profile(), asked.as_of or self._today()
        return await self._asking.desks.run(works.fitting, profile, as_of, asked.limit)

    async def _programs(self, asked: ProgramsArguments) -> ProgramsOut | str:
        as_of = asked.as_of or self._today()
        if asked.id:
            return await self._asking.desks.run(works.whole, asked.id, as_of)
        filters = Filters(asked.q, asked.status, asked.region, asked.ministry, asked.kind, asked.size)
        return await self._asking.desks.run(works.listed, filters, as_of, asked.page, asked.per_page)

    async def _contacts(self, asked: ContactsArguments) -> ContactsOut | str:
        as_of = asked.as_of or self._today()
        return await self._asking.desks.run(works.reached, asked.program, asked.region, as_of, asked.limit)

    async def _deadlines(self, asked: DeadlinesArguments) -> DeadlinesOut | str:
        today = self._today()
        return await self._asking.desks.run(works.closing, asked.first, asked.last, asked.region, today, asked.limit)


def _answer(told: AskResponse) -> AskOut:
    named = told.programs[0].name if told.programs else ""
    return AskOut(
        status=told.status,
        answer=told.answer,
        clarifying_question=told.clarifying_question,
        programs=[_judged(program) for program in told.programs[:MOST_FACTS]],
        contacts=[
            ContactShort.model_validate({**contact.model_dump(), "program": named})
            for contact in told.contacts[:MOST_FACTS]
        ],
        sources=[
            SourceShort(
                mark=citation.mark,
                title=citation.document.title,
                publisher=citation.document.publisher,
                published_on=citation.document.published_on,
                place=citation.place,
                quote=works.cut(citation.quote),
                url=citation.document.url,
            )
            for citation in cited(told)[:MOST_SOURCES]
        ],
        as_of=told.as_of,
        generation=told.generation,
    )


def _judged(program: ProgramOut) -> JudgedShort:
    period = program.period.model_dump()
    return JudgedShort(
        id=program.id,
        name=program.name,
        year=program.year,
        ministry=program.ministry,
        agency=program.agency,
        period=PeriodShort.model_validate({**period, "text": works.cut(program.period.text)}),
        verdict=program.verdict,
        findings=[
            FindingShort(criterion=works.cut(f.criterion), result=f.result, reason=f.reason, ask=f.ask)
            for f in program.findings[:MOST_FINDINGS]
        ],
        unread=[works.cut(clause) for clause in program.unread[:MOST_FINDINGS]],
        announcements=[one.text for one in program.announcements[:MOST_TOLD]],
    )
