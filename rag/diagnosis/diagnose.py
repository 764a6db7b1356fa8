"""Diagnosing: a case and a day flow in; everything its report will tell flows out, step by step."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from rag.diagnosis.advice import advise
from rag.diagnosis.asking import asks_of
from rag.diagnosis.combining import combinations
from rag.diagnosis.contacts import contacts_for
from rag.diagnosis.courses import courses
from rag.diagnosis.doubts import doubts
from rag.diagnosis.level import judge_level
from rag.diagnosis.matching import match_case
from rag.diagnosis.needs import wishes_of
from rag.diagnosis.offices import branches_and_centres
from rag.diagnosis.peers import compared
from rag.diagnosis.proposals import proposals
from rag.diagnosis.ranking import best_needs, near_misses, recommended, suits
from rag.diagnosis.records import Case, Diagnosis, Recommendation
from rag.diagnosis.roadmap import roadmap
from rag.domain import Match, ReviewItem
from rag.shelf import Shelf


def diagnose(
    case: Case,
    shelf: Shelf,
    as_of: date,
    generation: str,
    review: Iterable[ReviewItem] = (),
    planned: Collection[str] = (),
) -> Diagnosis:
    """Case → Diagnosis. The same case on the same day and generation gives the same diagnosis.

    `review` is what reading the documents found; where they contradict each other on a programme, that is told with it.
    `planned` are the ids of programmes that are to pay for something planned: they are told of in any case.
    """
    programs = shelf.current(as_of)
    taught = courses(programs)
    level = judge_level(case, {each: course.detail.evidence for each, course in taught.items()})
    scores = suits(case, programs, shelf.cards)
    wanted = best_needs(case, scores)
    matches = tuple(match_case(p, case, as_of, shelf, wanted.get(p.id, "")) for p in programs)
    wishes, found = wishes_of(case), tuple(review)
    fitting = recommended(matches, scores, as_of)

    def advised(some: Sequence[Match]) -> tuple[Recommendation, ...]:
        return tuple(
            advise(
                m,
                case,
                contacts_for(m, case, wishes, shelf.gazetteer, as_of),
                doubts(m.program, found, shelf.source, as_of),
                as_of,
            )
            for m in some
        )

    chosen = advised(fitting)
    missed = near_misses(matches, scores, case, fitting, as_of)
    branches, centres = branches_and_centres(case, programs, shelf.gazetteer, as_of)
    judged = (*(r.match for r in chosen), *(n.match for n in missed))
    told = tuple(dict.fromkeys(match.program for match in judged))
    findings = tuple(finding for match in judged for finding in match.findings)
    asks = asks_of(case, level, findings, shelf.gazetteer, as_of, has_branch=bool(branches))
    return Diagnosis(
        case=case,
        as_of=as_of,
        generation=generation,
        level=level,
        recommendations=chosen,
        near_misses=missed,
        roadmap=roadmap(case, level.level, taught, matches, as_of),
        combinations=combinations(programs, {program.name for program in told}, shelf),
        proposals=proposals(case, level.level, taught, programs),
        branches=branches,
        centres=centres,
        asks=tuple(ask.text for ask in asks),
        asked=tuple(ask.field for ask in asks),
        planned=advised([m for m in matches if m.program.id in planned and m not in fitting]),
        compared=compared(case, shelf.statistics, shelf.gazetteer, as_of),
    )
