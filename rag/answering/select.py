"""Selecting: a part of a plan flows in; the programmes it speaks of flow out, judged for the company and the day."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from itertools import filterfalse

from rag.answering import figures
from rag.answering.statements import SO_CALLED, label_weight, statements_of
from rag.conditions.company import is_for_authorities
from rag.conditions.elsewhere import is_shut_out
from rag.conditions.judge import judge
from rag.domain import (
    LENT,
    BenefitKind,
    CompanyProfile,
    CriterionField,
    Finding,
    Match,
    Period,
    PeriodStatus,
    Program,
    Result,
    SizeClass,
    TrackMatch,
    Verdict,
)
from rag.plan import SIZES, Ask, Constraint, Field, Op, Part, Plan, Polarity, Role, Shape
from rag.reading.ways import LISTS
from rag.remembered import remembered
from rag.shelf import Shelf
from rag.text import squash
from rag.tracks import tracks_of
from rag.wordlists import word_lists

OPEN = (PeriodStatus.OPEN, PeriodStatus.ALWAYS)
OVER = (PeriodStatus.CLOSED, PeriodStatus.CANCELLED)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks and for which day: what judging needs of a plan, and what has been judged for it so far.

    The readings of one question mostly have one asker, and each of them looks at the same programmes.
    """

    company: CompanyProfile
    told: tuple[str, ...]
    as_of: date
    _judged: dict[tuple[str, str | None], tuple[Program, Match]] = field(
        init=False, default_factory=dict, compare=False, repr=False
    )
    _admitted: dict[tuple[int, ...], tuple[Program, ...]] = field(
        init=False, default_factory=dict, compare=False, repr=False
    )

    def admitted(self, years: tuple[int, ...], among: Callable[[], Iterable[Program]]) -> tuple[Program, ...]:
        """The programmes that `among` tells for the years, once."""
        if years not in self._admitted:
            self._admitted[years] = tuple(among())
        return self._admitted[years]

    def judging(self, program: Program, track: str | None, judge: Callable[[], Match]) -> Match:
        """What `judge` makes of a programme, once."""
        known = self._judged.get((program.id, track))
        if known is not None and known[0] is program:
            return known[1]
        match = judge()
        self._judged[(program.id, track)] = (program, match)
        return match


def judged(shelf: Shelf, asker: Asker, program: Program, tracks: Sequence[str] = ()) -> Match:
    """A programme judged for the asker; where one of its tracks is named, for that track."""
    track = tracks[0] if len(tracks) == 1 else None
    return asker.judging(
        program, track, lambda: judge(program, asker.company, asker.told, asker.as_of, shelf.gazetteer, track)
    )


def for_track(match: Match, track: TrackMatch) -> Match:
    """A programme judged, told of one of its tracks."""
    return replace(
        match,
        findings=track.findings,
        verdict=track.verdict,
        period=track.period,
        status=track.status,
        track=track.name,
    )


def named(shelf: Shelf, plan: Plan, part: Part, asker: Asker) -> tuple[Match, ...]:
    """The programmes that a part names, in the order named, in the edition asked for; those set aside left out."""
    years = years_of(part)
    out = set_aside(part)
    found = []
    for name in part.select.programs:
        if name in out and len(part.select.programs) > 1:
            continue
        for program in shelf.editions(name, asker.as_of, years, places_of(part, asker)):
            own = [track for track in part.select.tracks if track in {t.name for t in tracks_of(program)}]
            found.append(judged(shelf, asker, program, own))
    return (*found, *named_by_kind(shelf, plan, part, found, asker))


def named_by_kind(shelf: Shelf, plan: Plan, part: Part, found: Sequence[Match], asker: Asker) -> Iterable[Match]:
    """Where a part names none or sets several side by side: the programme that alone gives what is named ("바우처")."""
    if found and part.shape not in (Shape.COMPARE, Shape.LIST):
        return
    for span in plan.spans:
        if span.role is not Role.KIND or span.polarity is not Polarity.SAID or span.words not in part.words:
            continue
        giving = [p for p in shelf.current(asker.as_of, years_of(part)) if span.value in kinds_of(p)]
        if len(giving) == 1 and giving[0].id not in {match.program.id for match in found}:
            yield judged(shelf, asker, giving[0])


def places_of(part: Part, asker: Asker) -> tuple[str, ...]:
    """The places that a part speaks of, else where the company is."""
    return part.at or tuple(filter(None, (asker.company.region,)))


def years_of(part: Part) -> list[int]:
    """The years that a part asks about."""
    return [int(c.value) for c in part.where if c.field is Field.YEAR and c.op is Op.IN and c.value.isdigit()]


def passing(
    shelf: Shelf, part: Part, asker: Asker, among: Container[str] | None = None, *, admitting: bool = False
) -> tuple[Match, ...]:
    """All programmes of the day that pass the constraints of a part, in the order of the corpus; `among` only those of
    these ids, `admitting` none that the place of the company shuts out.
    """
    out = set_aside(part)
    found = []
    years = years_of(part)
    for program in _admitting(shelf, asker, years) if admitting else shelf.current(asker.as_of, years):
        if program.name in out or (years and program.year and program.year not in years):
            continue
        if among is not None and program.id not in among:
            continue
        match = judged(shelf, asker, program)
        if _passes(part.where, match, asker, shelf):
            found.append(_timely(match, part.where, asker, shelf))
    return tuple(found)


def _admitting(shelf: Shelf, asker: Asker, years: Sequence[int]) -> tuple[Program, ...]:
    """All programmes of the day but those that the place of the company alone shuts out."""
    programs = shelf.current(asker.as_of, years)
    if asker.told:
        return programs
    shut_out = partial(is_shut_out, company=asker.company, as_of=asker.as_of, gazetteer=shelf.gazetteer)
    return asker.admitted(tuple(years), lambda: filterfalse(shut_out, programs))


_TIMES = (Field.STATUS, Field.OPENS, Field.CLOSES)


def _timely(match: Match, where: Sequence[Constraint], asker: Asker, shelf: Shelf) -> Match:
    """The programme told for a track that a constraint on time is true of, where it is not of the one told."""
    timed = [c for c in where if c.field in _TIMES and c.op is Op.IN]
    of_tracks = (replace(for_track(match, track), tracks=()) for track in match.tracks if timed)
    timely = {own.track: own for own in of_tracks if _passes(timed, own, asker, shelf)}
    if not timely or match.track in timely:
        return match
    return replace(next(iter(timely.values())), tracks=match.tracks)


def _passes(where: Sequence[Constraint], match: Match, asker: Asker, shelf: Shelf) -> bool:
    """Whether a programme passes all constraints; of values wanted of one field any one suffices."""
    wanted: dict[Field, list[bool]] = {}
    for constraint in where:
        passes = holds(constraint, match, asker, shelf)
        if constraint.op is Op.IN:
            wanted.setdefault(constraint.field, []).append(passes)
        elif not passes:
            return False
    return all(any(passes) for passes in wanted.values())


def set_aside(part: Part) -> frozenset[str]:
    """The names of the programmes that a part sets aside."""
    return frozenset(c.value for c in part.where if c.field is Field.PROGRAM and c.op is Op.OUT)


def holds(constraint: Constraint, match: Match, asker: Asker, shelf: Shelf) -> bool:
    """Whether a programme passes a constraint. What a record does not state does not pass what asks for it."""
    test = _TESTS.get(constraint.field)
    if test is None:
        return True
    if constraint.field is Field.SIZE and constraint.op is Op.OUT:
        return not _is_only_for(constraint, match)
    passes = test(constraint, match, asker, shelf)
    return not passes if constraint.op is Op.OUT else passes


def _kind(constraint: Constraint, match: Match, asker: Asker, shelf: Shelf) -> bool:
    kinds = kinds_of(match.program)
    if constraint.value == BenefitKind.GRANT:
        # Money that is not paid back: a grant or a voucher, unless the programme lends.
        return not kinds & LENT and bool({BenefitKind.GRANT, BenefitKind.VOUCHER} & kinds)
    # Who wants no loan wants no guarantee of one.
    return bool(kinds & LENT) if constraint.value == BenefitKind.LOAN else constraint.value in kinds


@remembered
def kinds_of(program: Program) -> frozenset[BenefitKind]:
    """The kinds of support that a programme gives; one that lends gives no grants by the way."""
    kinds = frozenset(benefit.kind for benefit in program.benefits)
    return kinds & LENT if is_loan(program) else kinds - LENT


def main_kind(program: Program) -> BenefitKind | None:
    """The kind of support that a programme is known by: a loan or a voucher is just that, else what it states first."""
    kinds = [benefit.kind for benefit in program.benefits]
    if is_loan(program):
        return BenefitKind.LOAN if BenefitKind.LOAN in kinds else BenefitKind.GUARANTEE
    return BenefitKind.VOUCHER if BenefitKind.VOUCHER in kinds else next(iter(kinds), None)


def sort_of(program: Program) -> str:
    """The sort of help that a programme is: money lent, money or things given, or learning and advice."""
    kind = main_kind(program)
    if kind in LENT:
        return "lent"
    return "learning" if kind in (BenefitKind.TRAINING, BenefitKind.CONSULTING) else "given"


def is_joint(program: Program) -> bool:
    """Whether one may only apply together with others."""
    return any(criterion.field is CriterionField.CONSORTIUM and criterion.strict for criterion in program.criteria)


def unsettled(match: Match) -> tuple[Finding, ...]:
    """The conditions of a programme that what is known of the asker does not settle."""
    return tuple(f for f in match.findings if f.criterion.strict and f.result is Result.UNKNOWN)


def is_loan(program: Program) -> bool:
    """Whether a programme mainly lends: more of its benefits are loans, or guarantees of one, than anything else."""
    kinds = [benefit.kind for benefit in program.benefits]
    return sum(kind in LENT for kind in kinds) * 2 > len(kinds)


def _status(constraint: Constraint, match: Match, asker: Asker, shelf: Shelf) -> bool:
    statuses = {match.status, *(track.status for track in match.tracks)}
    match constraint.value:
        case "open":
            return bool(statuses & set(OPEN))
        case "always":
            return PeriodStatus.ALWAYS in statuses
        case "closed":
            return match.status in OVER
        case "upcoming":
            return PeriodStatus.UPCOMING in statuses
    return True


def settled(part: Part, asker: Asker, shelf: Shelf) -> Part:
    """The part with each bound on a sum as one on the figure that it tells programmes apart by.

    What is given to one applicant is meant, unless that tells none of them from another and the whole budgets do.
    """
    bounds = [c for c in part.where if c.field is Field.CEILING]
    if Ask.AMOUNT in part.asks or not bounds:
        return part
    rest = replace(part, where=tuple(c for c in part.where if c not in bounds))
    among = [match.program for match in passing(shelf, rest, asker)]

    def divides(bound: Constraint, figures: Iterable[int | None]) -> bool:
        return len({_reaches(bound, figure) for figure in figures if figure is not None}) > 1

    is_budget = all(
        not divides(bound, map(ceiling, among)) and divides(bound, (program.budget for program in among))
        for bound in bounds
    )
    meant = (replace(c, field=Field.BUDGET) if is_budget and c in bounds else c for c in part.where)
    return replace(part, where=tuple(meant))


def periods_of(match: Match) -> Iterable[tuple[date | None, date | None]]:
    """First and last day of every period of a programme, or of the one track that it is told for."""
    return ((period.opens_on, period.closes_on) for period in _own_periods(match))


def _own_periods(match: Match) -> Iterable[Period]:
    is_whole = bool(match.tracks) or match.track is None
    return (period for period in match.program.periods if is_whole or period.track in (None, match.track))


def _closes(constraint: Constraint, match: Match, asker: Asker, shelf: Shelf) -> bool:
    first, last = _bounds(constraint, asker)
    return any(closes and first <= closes <= last for _, closes in periods_of(match))


def _opens(constraint: Constraint, match: Match, asker: Asker, shelf: Shelf) -> bool:
    first, last = _bounds(constraint, asker)
    opened = any(opens and first <= opens <= last for opens, _ in periods_of(match))
    expected = any(
        p.expected_from and p.expected_to and p.expected_from <= last and p.expected_to >= first
        for p in _own_periods(match)
    )
    return opened or expected


def _bounds(constraint: Constraint, asker: Asker) -> tuple[date, date]:
    first, _, last = constraint.value.partition("/")
    return (date.fromisoformat(first) if first else asker.as_of, date.fromisoformat(last) if last else date.max)


def _ministry(constraint: Constraint, match: Match, asker: Asker, shelf: Shelf) -> bool:
    wanted = squash(constraint.value)
    program = match.program
    bodies = (program.ministry, program.agency, *(contact.organisation for contact in program.contacts))
    exact = wanted in (squash(program.ministry), squash(program.agency))
    return exact or any(wanted in squash(body) for body in bodies)


def _applicant(constraint: Constraint, match: Match, asker: Asker, shelf: Shelf) -> bool:
    if constraint.value == "government":
        return any(map(is_for_authorities, match.program.criteria))
    together = is_joint(match.program)
    return together if constraint.value == "consortium" else not together


def _own_money(constraint: Constraint, match: Match, asker: Asker, shelf: Shelf) -> bool:
    share = own_share(shelf, match.program)
    if share is None:
        return False
    return share == 0 if constraint.value == "none" else share <= 50


def own_share(shelf: Shelf, program: Program) -> float | None:
    """What the company itself pays, in percent; 0 where the documents say that it pays nothing, `None` if unstated."""
    stated = [benefit.own_share for benefit in program.benefits if benefit.own_share is not None]
    if stated:
        return min(stated)
    if any(figures.says_free(statement.words) for statement in shelf.picker.of(program)):
        return 0.0
    rates = [benefit.rate for benefit in program.benefits if benefit.rate is not None and benefit.rate <= figures.WHOLE]
    return figures.WHOLE - max(rates) if rates else None


def _ceiling(constraint: Constraint, match: Match, asker: Asker, shelf: Shelf) -> bool:
    return _reaches(constraint, ceiling(match.program))


def _budget(constraint: Constraint, match: Match, asker: Asker, shelf: Shelf) -> bool:
    return _reaches(constraint, match.program.budget)


def _reaches(constraint: Constraint, told: int | None) -> bool:
    """Whether a sum is on the right side of the one wanted, both in KRW; one that is not stated is not."""
    if told is None or not constraint.value.lstrip("-").isdigit():
        return False
    return told >= int(constraint.value) if constraint.op is not Op.AT_MOST else told <= int(constraint.value)


def ceiling(program: Program) -> int | None:
    """The most a programme gives to one applicant, in KRW; `None` where no record states one.

    A sum a person or a month is no such sum: how many one gets is not told.
    """
    return max((benefit.whole for benefit in program.benefits if benefit.whole), default=None)


def _is_only_for(constraint: Constraint, match: Match) -> bool:
    """Whether a programme admits firms of one size alone, which is what setting that size aside is about."""
    stated = {value for c in match.program.criteria if c.field == "size" and c.strict for value in c.allowed}
    return bool(stated) and stated <= {SIZES.get(constraint.value)}


def _size(constraint: Constraint, match: Match, asker: Asker, shelf: Shelf) -> bool:
    size = SIZES.get(constraint.value)
    return size is None or admits_size(match.program, size, asker.as_of, shelf)


def admits_size(program: Program, size: SizeClass, as_of: date, shelf: Shelf) -> bool:
    """Whether a programme is open to firms of a size: to the greater ones only where it says so."""
    if size in (SizeClass.MEDIUM, SizeClass.LARGE):
        criteria = (c for c in program.criteria if c.field is CriterionField.SIZE and c.strict)
        return size.value in {value for criterion in criteria for value in criterion.allowed}
    known = _sizes_admitted(program)
    if (size, as_of) not in known:
        if len(known) >= _DAYS_KEPT:
            known.clear()
        told = judge(program, CompanyProfile(size=size), (), as_of, shelf.gazetteer)
        known[size, as_of] = told.verdict is not Verdict.INELIGIBLE
    return known[size, as_of]


# Any day may be asked about.
_DAYS_KEPT = 32


@remembered
def _sizes_admitted(_: Program) -> dict[tuple[SizeClass, date], bool]:
    """Whether a programme admits firms of a size on a day, as far as that was asked."""
    return {}


def _region(constraint: Constraint, match: Match, asker: Asker, shelf: Shelf) -> bool:
    """Whether a programme is for firms of the place, or of places within it, alone; without a place of any."""
    criteria = (c for c in match.program.criteria if c.field is CriterionField.REGION and c.strict)
    allowed = [place for criterion in criteria for place in criterion.allowed]
    if not constraint.value:
        return bool(allowed)
    lies = (shelf.gazetteer.inside(place, constraint.value, asker.as_of) for place in allowed)
    return any(place == constraint.value for place in allowed) or any(result is Result.MET for result in lies)


def _document(constraint: Constraint, match: Match, asker: Asker, shelf: Shelf) -> bool:
    return match.program.source_id == constraint.value


def _program(constraint: Constraint, match: Match, asker: Asker, shelf: Shelf) -> bool:
    return match.program.name == constraint.value


def _verdict(constraint: Constraint, match: Match, asker: Asker, shelf: Shelf) -> bool:
    return match.verdict == constraint.value


def _track(constraint: Constraint, match: Match, asker: Asker, shelf: Shelf) -> bool:
    return any(track.name == constraint.value for track in match.tracks) and len(match.tracks) == 1


_Test = Callable[[Constraint, Match, Asker, Shelf], bool]


def _reached(constraint: Constraint, match: Match, asker: Asker, shelf: Shelf) -> bool:
    """Whether a contact has that way, or a statement on contacts holds an address of its sort."""
    if any(getattr(contact, constraint.value, ()) for contact in match.program.contacts):
        return True
    holds = figures.ADDRESSED.get(constraint.value, _never)
    return any(holds(s.text) for s in statements_of(match.program) if label_weight(Ask.CONTACT, s.label))


def _never(_: str) -> bool:
    return False


def _applied(constraint: Constraint, match: Match, asker: Asker, shelf: Shelf) -> bool:
    """Whether what a programme states of applying speaks of that way, or holds an address of its sort."""
    told = [s.text for s in statements_of(match.program) if label_weight(Ask.HOW, s.label) >= SO_CALLED]
    words = word_lists(LISTS)[constraint.value]
    holds = figures.ADDRESSED.get(constraint.value, _never)
    return any(any(word in text for word in words) or holds(text) for text in told)


_TESTS: dict[Field, _Test] = {
    Field.REACHED: _reached,
    Field.VERDICT: _verdict,
    Field.APPLIED: _applied,
    Field.KIND: _kind,
    Field.STATUS: _status,
    Field.CLOSES: _closes,
    Field.OPENS: _opens,
    Field.MINISTRY: _ministry,
    Field.AGENCY: _ministry,
    Field.BODY: _ministry,
    Field.APPLICANT: _applicant,
    Field.OWN_MONEY: _own_money,
    Field.CEILING: _ceiling,
    Field.BUDGET: _budget,
    Field.REGION: _region,
    Field.SIZE: _size,
    Field.DOCUMENT: _document,
    Field.PROGRAM: _program,
    Field.TRACK: _track,
}
