"""What was heard: what the asker takes for granted flows in; whether the records bear it out flows out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.answering import figures
from rag.answering.picking import Query
from rag.answering.select import kinds_of
from rag.answering.statements import Statement
from rag.domain import LENT, BenefitKind, Evidence, Match
from rag.grammar.typed import Share
from rag.messages import IS_GUARANTEE, IS_LOAN, RUN_BY
from rag.plan import Ask, Fact, Facts, Outcome, Part, Plan, Polarity, Role, Span
from rag.shelf import Shelf
from rag.text import squash

# What is asked when a figure of this sort is claimed; a claim on anything else is held against every figure told.
_TOLD = (Ask.AMOUNT, Ask.OWN_SHARE, Ask.SELECTED, Ask.BUDGET, Ask.THING, Ask.PERIOD, Ask.WHO_MAY)
_OF_SHARES = frozenset((Ask.AMOUNT, Ask.OWN_SHARE, Ask.THING))
# A figure that stands further down among the statements than this speaks of something else.
_LOOKED_AT = 6
# The words by which a statement on money that is lent is looked up.
_LENT_WORDS = "대출 융자 보증"


def checked(outcomes: Sequence[Outcome], plan: Plan, part: Part, match: Match, shelf: Shelf) -> Iterator[Outcome]:
    """The outcomes on one programme, each marked where figures claimed of it do not stand in its facts.

    Before them, what no outcome bears on is held against the records itself.
    """
    heard = _heard(plan, part)
    marked = [_marked(outcome, heard) for outcome in outcomes]
    if all(not isinstance(outcome, Facts) or outcome.agrees is None for outcome in marked):
        yield from _held_against(plan, part, match, shelf, heard)
    yield from marked


def _heard(plan: Plan, part: Part) -> frozenset[tuple[type, float]]:
    """The figures that the asker has heard: those claimed, and shares beside a sum asked for that were read as nothing.

    A share that was read as the asker's own is its own.
    """
    claimed = frozenset(value for claim in plan.claims for value in figures.values_in(claim.words))
    if not _OF_SHARES & set(part.asks):
        return claimed
    rest = part.words
    for span in plan.spans:
        rest = rest if span.role is Role.ASK else rest.replace(span.words, " ")
    return claimed | {value for value in figures.values_in(rest) if value[0] is Share}


def _marked(outcome: Outcome, claimed: frozenset[tuple[type, float]]) -> Outcome:
    if not isinstance(outcome, Facts) or outcome.ask not in _TOLD or not claimed:
        return outcome
    told = frozenset(value for fact in outcome.facts for value in figures.values_in(f"{fact.label} {fact.text}"))
    comparable = {sort for sort, _ in claimed} & {sort for sort, _ in told}
    if not comparable:
        return outcome
    return replace(outcome, agrees=all(value in told for value in claimed if value[0] in comparable))


def _held_against(
    plan: Plan, part: Part, match: Match, shelf: Shelf, heard: frozenset[tuple[type, float]]
) -> Iterator[Facts]:
    for span in (s for s in plan.spans if s.words in part.words):
        is_claim = span.polarity is Polarity.CLAIM
        # Who calls a loan a grant takes it for one, claimed or not.
        if (
            span.role is Role.KIND
            and (is_claim or span.value == BenefitKind.GRANT)
            and span.polarity is not Polarity.OUT
        ):
            yield from _kind(span, match, shelf)
        elif span.role is Role.BODY and is_claim:
            yield from _body(span, match, shelf)
    if heard:
        ask = next((claim.ask for claim in plan.claims if claim.words in part.words), Ask.AMOUNT)
        yield from _figures(heard, ask, part, match, shelf)


def _figures(
    claimed: frozenset[tuple[type, float]], ask: Ask, part: Part, match: Match, shelf: Shelf
) -> Iterator[Facts]:
    """The statement nearest to the claim that holds a figure of its sort: one that holds the figure itself, if any."""
    sorts = {sort for sort, _ in claimed}
    names = shelf.name_words(match.program)
    query = Query(ask, part.about, part.thing, part.words, part.select.tracks, names)
    near = [scored.statement for scored in shelf.picker.best(match.program, query).scored[:_LOOKED_AT]]
    told = [(s, figures.values_in(s.words)) for s in near]
    bearing = [(s, values) for s, values in told if sorts & {sort for sort, _ in values}]
    if bearing:
        right = next((s for s, values in bearing if claimed <= values), None)
        yield _facts(ask, match, right or bearing[0][0], agrees=right is not None)


def _kind(span: Span, match: Match, shelf: Shelf) -> Iterator[Facts]:
    """Whether the programme gives what it is said to give; money that is lent is no grant."""
    kinds = kinds_of(match.program)
    is_money = span.value in (BenefitKind.GRANT, BenefitKind.LOAN)
    agrees = span.value in kinds or (span.value == BenefitKind.GRANT and BenefitKind.VOUCHER in kinds)
    if agrees or not is_money:
        return
    lent = next((benefit for benefit in match.program.benefits if benefit.kind in kinds & LENT), None)
    words = _LENT_WORDS if lent else span.words
    found = shelf.picker.best(match.program, Query(Ask.AMOUNT, words, words, words)).scored
    if found:
        told = _facts(Ask.AMOUNT, match, found[0].statement, agrees=False)
        if lent:
            # What it really is comes before its figures.
            form = IS_LOAN if lent.kind is BenefitKind.LOAN else IS_GUARANTEE
            told = replace(told, facts=(Fact(Ask.AMOUNT, form, (lent.evidence,)), *told.facts))
        yield told


def _body(span: Span, match: Match, shelf: Shelf) -> Iterator[Facts]:
    """Whether the body that the programme is said to belong to runs it."""
    program = match.program
    named = {squash(one.name) for one in shelf.names.meant(span.words, Role.BODY)}
    own = {squash(body) for body in (program.ministry, program.agency) if body}
    if named and not named & own:
        runs = ", ".join(filter(None, (program.ministry, program.agency)))
        evidence: tuple[Evidence, ...] = (program.evidence,)
        yield Facts(Ask.WHAT, match, (Fact(Ask.WHAT, runs, evidence, label=RUN_BY),), agrees=False)


def _facts(ask: Ask, match: Match, statement: Statement, *, agrees: bool) -> Facts:
    fact = Fact(ask, statement.text, (statement.evidence,), label=statement.full_label)
    return Facts(ask, match, (fact,), agrees=agrees)
