"""Judging: a programme, a company, what it tells and a day flow in; the match, part by part, flows out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rag.conditions.circumstances import Told, heard, heeding, held_against, tells_of, with_told
from rag.conditions.company import Asker, judged
from rag.conditions.tree import asked_of, grown
from rag.conditions.words import WORDS, speaks_of
from rag.domain import (
    CompanyProfile,
    Condition,
    Contact,
    Criterion,
    CriterionField,
    Finding,
    Match,
    Period,
    Program,
    Result,
    TrackMatch,
    Unread,
    Verdict,
    Way,
)
from rag.grammar.places import Gazetteer
from rag.patching import on_day
from rag.periods import BEST_FIRST, best_period
from rag.tracks import Track, members_of, tracks_of

_VERDICTS = (Verdict.ELIGIBLE, Verdict.POSSIBLE, None, Verdict.INELIGIBLE)
# The strictest finding decides: of several ways in the mildest.
_STRICT = (Result.MET, Result.UNKNOWN, Result.UNMET)


def judge(
    program: Program,
    company: CompanyProfile,
    told: Sequence[str],
    as_of: date,
    gazetteer: Gazetteer,
    track: str | None = None,
) -> Match:
    """The programme against the company on the day; `told` are circumstances in the asker's own words.

    Each track is judged for itself; the match is that of the `track` or group of tracks named (by any spelling), else
    of the best one where they differ.
    """
    program = on_day(program, as_of)
    circumstances = heard(told)
    asker = Asker(with_told(company, circumstances), as_of, gazetteer)
    is_known = bool(circumstances) or company != CompanyProfile(needs=company.needs)
    condition = program.condition or grown(program.criteria)
    parts = tracks_of(program)
    hearing = _Hearing(asker, circumstances)
    if not parts:
        findings = _findings(program, condition, None, hearing)
        period, status = best_period(program.periods, program, as_of)
        return Match(program, findings, _verdict(findings, is_known=is_known), period, status)
    if not (track and members_of(program, track)):
        hearing = replace(hearing, opened=_opened(program, condition, parts, hearing))
    matches = tuple(_of_track(program, part, condition, hearing, is_known=is_known) for part in parts)
    chosen, name = _chosen(program, matches, track)
    return Match(program, chosen.findings, chosen.verdict, chosen.period, chosen.status, name, matches)


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """What findings say together: a strict one unmet shuts out, one unknown leaves it possible, as does having none."""
    results = [f.result for f in findings if f.criterion.strict]
    if Result.UNMET in results:
        return Verdict.INELIGIBLE
    return Verdict.ELIGIBLE if results and Result.UNKNOWN not in results else Verdict.POSSIBLE


def deciding(findings: Iterable[Finding], result: Result) -> tuple[Finding, ...]:
    """The findings of a result that count: the strict ones."""
    return tuple(f for f in findings if f.result is result and f.criterion.strict)


@dataclass(frozen=True, slots=True)
class _Hearing:
    """Who asks and what it tells; by the fields `opened` another track is open, and no exception is asked after."""

    asker: Asker
    told: tuple[Told, ...]
    opened: frozenset[CriterionField] = frozenset()


def _opened(
    program: Program, condition: Condition, parts: Sequence[Track], hearing: _Hearing
) -> frozenset[CriterionField]:
    """The fields by which some track is open as it stands."""
    plain = replace(hearing, opened=frozenset(CriterionField))
    found = (finding for part in parts for finding in _findings(program, condition, part.name, plain))
    return frozenset(f.criterion.field for f in found if f.track and f.result is Result.MET)


def _of_track(program: Program, part: Track, condition: Condition, hearing: _Hearing, *, is_known: bool) -> TrackMatch:
    findings = _findings(program, condition, part.name, hearing)
    period, status = best_period(part.periods or _shared_periods(program), program, hearing.asker.as_of)
    contacts = part.contacts or _shared_contacts(program)
    return TrackMatch(part.name, _verdict(findings, is_known=is_known), period, status, findings, contacts)


def _shared_periods(program: Program) -> tuple[Period, ...]:
    """When one may apply for any part: the periods that are told of none, those of a round ("2차") among them."""
    names = {name.name for name in program.tracks}
    return tuple(p for p in program.periods if p.track is None or (p.round and p.track not in names))


def _shared_contacts(program: Program) -> tuple[Contact, ...]:
    """Whom to ask of any part: the contacts that are told of none."""
    names = {name.name for name in program.tracks}
    return tuple(c for c in program.contacts if c.track not in names)


def _chosen(program: Program, matches: Sequence[TrackMatch], track: str | None) -> tuple[TrackMatch, str | None]:
    """The match of the track asked about, or of the best of the group asked about, with its name.

    Without one the best of all, which is named where they differ; where all come to the same, what each asks is told
    together.
    """
    meant = members_of(program, track) if track else ()
    among = [match for match in matches if match.name in meant] or list(matches)
    best = min(among, key=lambda m: (_VERDICTS.index(m.verdict), BEST_FIRST.index(m.status)))
    if len(among) == 1 or any(
        (m.verdict, m.period, m.status) != (best.verdict, best.period, best.status) for m in among
    ):
        return best, best.name
    findings = dict.fromkeys(finding for match in among for finding in match.findings)
    return replace(best, findings=tuple(findings)), track if meant else None


def _verdict(findings: Sequence[Finding], *, is_known: bool) -> Verdict | None:
    return verdict_of(findings) if is_known else None


def _findings(program: Program, condition: Condition, track: str | None, hearing: _Hearing) -> tuple[Finding, ...]:
    """What a track asks, condition by condition, then what is preferred."""
    asked = (replace(f, track=one.track) for one in asked_of(condition, track) if (f := _held(one, hearing)))
    preferred = (
        replace(heeding(judged(c, hearing.asker), hearing.told), track=c.track)
        for c in program.criteria
        if not c.strict and (track is None or c.track in (None, track)) and not _is_exception(c)
    )
    return (*asked, *preferred)


def _is_exception(criterion: Criterion) -> bool:
    """Whether a preference only tells whom a bound does not hold for."""
    is_bound = criterion.field in (CriterionField.AGE, CriterionField.EMPLOYEES)
    return is_bound and speaks_of(criterion.text, WORDS["exception"])


def _held(condition: Condition, hearing: _Hearing) -> Finding | None:
    """The one finding on a condition, whatever it is made of; `None` for one that asks nothing."""
    if condition.way is Way.UNLESS:
        return _unless(condition, hearing)
    found = [
        *(heeding(judged(c, hearing.asker), hearing.told) for c in condition.criteria),
        *(_on_clause(u, hearing) for u in condition.unread),
        *(f for part in condition.parts if (f := _held(part, hearing))),
    ]
    if not found:
        return None
    return _any(found) if condition.way is Way.ANY else max(found, key=lambda f: _STRICT.index(f.result))


def _on_clause(clause: Unread, hearing: _Hearing) -> Finding:
    """A clause that was not read is unknown, with the question that settles it."""
    criterion = Criterion(CriterionField.OTHER, clause.text, clause.evidence, track=clause.track)
    finding = judged(criterion, hearing.asker)
    if clause.shuts_out:
        finding = replace(finding, reason=f"'{clause.text}'에 해당하면 신청할 수 없습니다.")
    return held_against(clause, finding, hearing.told, hearing.asker.company.industry or "")


def _any(found: Sequence[Finding]) -> Finding:
    """Of several ways in the mildest; where none is met, all of them are told."""
    best = min(found, key=lambda f: _STRICT.index(f.result))
    if best.result is Result.MET or len(found) == 1:
        return best
    texts = tuple(dict.fromkeys(f.criterion.text for f in found))
    listed = " / ".join(texts)
    criterion = replace(best.criterion, text=listed)
    if best.result is Result.UNMET:
        reason = (
            f"'{listed}'만 됩니다." if len(texts) == 1 else f"다음 가운데 하나여야 하는데 맞는 것이 없습니다: {listed}"
        )
        return replace(best, criterion=criterion, reason=reason)
    reason = f"대상은 '{listed}'입니다." if len(texts) == 1 else f"다음 가운데 하나여야 합니다: {listed}"
    return replace(best, criterion=criterion, reason=reason, ask=f"이 가운데 해당하는 것이 있나요? {listed}")


def _unless(condition: Condition, hearing: _Hearing) -> Finding | None:
    """What a condition asks; where it is not met its exceptions decide, and are asked after where nothing is told."""
    rule = _held(condition.parts[0], hearing) if condition.parts else None
    if rule is None or rule.result is Result.MET:
        return rule
    open_ = []
    for exception in condition.parts[1:]:
        case, result = _case(exception, hearing)
        if result is Result.MET:
            return replace(rule, result=result, ask=None, reason=f"예외에 해당합니다: {case}.")
        if result is Result.UNKNOWN:
            open_.append(case)
    if not open_ or rule.result is Result.UNKNOWN or rule.criterion.field in hearing.opened:
        return rule
    cases = ", ".join(open_)
    reason = f"{rule.reason} 다만 예외가 있습니다: {cases}."
    return replace(rule, result=Result.UNKNOWN, reason=reason, ask=f"예외에 해당하나요? {cases}")


def _case(exception: Condition, hearing: _Hearing) -> tuple[str, Result]:
    """The case that an exception is about, and whether the company is one."""
    if exception.unread:
        case = exception.unread[0].text
        return case, Result.MET if tells_of(case, hearing.told) else Result.UNKNOWN
    criterion = next(iter(exception.criteria), None)
    if criterion is None:
        return "", Result.UNMET
    case = criterion.text.rpartition(": ")[2].rstrip(". ")
    within = judged(criterion, hearing.asker).result
    if within is Result.MET and tells_of(case, hearing.told):
        return case, Result.MET
    return case, Result.UNMET if within is Result.UNMET else Result.UNKNOWN
