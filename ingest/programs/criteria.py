"""Criteria: the statements on who may apply flow in, conditions that can be judged flow out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.programs.applicant_tracks import known_tracks, tracks
from ingest.programs.bounds import ages
from ingest.programs.certificates import certificates
from ingest.programs.clauses import Clause, clauses
from ingest.programs.conditions import GOVERNMENT, Asked, conditions
from ingest.programs.confidence import ALTERNATIVE, CONFLICT, TOLD_IN_PROSE
from ingest.programs.exclusions import circumstances
from ingest.programs.sizes import shut_out_sizes, sizes
from ingest.programs.stances import WHO, Stance
from ingest.programs.territories import shut_out_places
from rag.domain import Criterion, CriterionField, Detail
from rag.places import Gazetteer

F = CriterionField
# What a preference may be for; where a firm sits or how it applies together is told, not judged.
_LABELLED = WHO | {"제외대상", "우대사항"}
_UNINSURED = re.compile(r"고용\s?보험\S*\s?(?:미가입|가입하지)")
_PREFERRED = frozenset({F.EMPLOYEES, F.AGE})
_MUST_NOT = re.compile(r"없을\s?것|없는\s|없어야|않았을\s?것|않을\s?것|아닐\s?것|아닌\s|않은\s|아니어야|않아야")
# "금형 업종 중소기업이 … 지원한다": running text that says who is helped.
_HELPED = re.compile(r"(?:중소\s?기업|소상공인|중견\s?기업)(?:이|을|를|에|에게|의)\s.{0,80}?(?:지원|모집|돕)")


def criteria(details: Sequence[Detail], gazetteer: Gazetteer, home: tuple[str, ...] = ()) -> tuple[Criterion, ...]:
    """Conditions in the statements on who may apply, each once, with the statement as evidence.

    `home` is the place of the publisher, which "관내" means. Where no statement says who may apply, what running text
    says of it counts, less surely.
    """
    known = known_tracks(details)
    found: list[Criterion] = []
    let_in: list[str] = []
    for clause in clauses(details):
        if clause.stance is Stance.LETS_IN:
            let_in.append(clause.text)
        for criterion in _of_clause(clause, gazetteer, home, known):
            if not _same(criterion, found) and not _repeats(criterion, found):
                found.append(criterion)
    if not any(detail.label in WHO for detail in details) and not any(c.field is F.SIZE for c in found):
        found.extend(c for detail in details for c in _told(detail) if not _same(c, found))
    return tuple(_agreed(tuple(_let_in(found, let_in))))


def _of_clause(
    clause: Clause, gazetteer: Gazetteer, home: tuple[str, ...], known: Sequence[str]
) -> Iterator[Criterion]:
    detail = clause.detail
    for track in tracks(clause.text, detail, known):
        text = clause.text.removeprefix(f"{track}: ")
        for asked, strict in _asked(replace(clause, text=text), gazetteer, home):
            sure = asked.confidence if detail.label in _LABELLED else min(asked.confidence, TOLD_IN_PROSE)
            yield Criterion(
                asked.field,
                text,
                detail.evidence,
                allowed=asked.allowed,
                excluded=asked.excluded,
                minimum=asked.minimum,
                maximum=asked.maximum,
                strict=strict,
                track=track,
                # One of several ways in, of which none alone must be met.
                confidence=min(sure, ALTERNATIVE) if clause.is_alternative and track is None and strict else sure,
            )


def _asked(clause: Clause, gazetteer: Gazetteer, home: tuple[str, ...]) -> Iterator[tuple[Asked, bool]]:
    """What a clause asks, and whether it must be met."""
    text = clause.text
    if clause.stance is Stance.SHUTS_OUT:
        yield from ((asked, True) for asked in _shut_out(text, clause.detail, gazetteer))
    elif clause.stance is Stance.ASKS:
        yield from ((asked, True) for asked in conditions(text, gazetteer, home))
        if _MUST_NOT.search(text) and (kinds := circumstances(text)):
            yield Asked(F.EXCLUSION, excluded=kinds), True
    elif clause.stance is Stance.FAVOURS:
        preferred = (a for a in conditions(text, gazetteer, home) if a.field in _PREFERRED)
        yield from ((asked, False) for asked in preferred)
        if named := certificates(text):
            yield Asked(F.CERTIFICATION, allowed=named), False
    elif clause.stance is Stance.LETS_IN:
        if _UNINSURED.search(text):
            yield Asked(F.INSURANCE, allowed=("미가입",)), False
        yield from ((Asked(F.AGE, minimum=low, maximum=high), False) for low, high in ages(text))


def _shut_out(text: str, detail: Detail, gazetteer: Gazetteer) -> Iterator[Asked]:
    # Of authorities only the place is judged.
    is_of_authorities = detail.label != "제외대상" and GOVERNMENT.search(detail.text)
    if not is_of_authorities and (kinds := circumstances(text)):
        yield Asked(F.EXCLUSION, excluded=kinds)
    if shut := shut_out_sizes(text):
        yield Asked(F.SIZE, excluded=shut)
    if places := shut_out_places(text, gazetteer):
        yield Asked(F.REGION, excluded=places)


def _let_in(found: Sequence[Criterion], let_in: Sequence[str]) -> Iterator[Criterion]:
    """The conditions, those on size with the classes that an exception lets in as well ("중견기업도 신청 가능")."""
    more = tuple(dict.fromkeys(size for text in let_in for size in sizes(text)))
    for criterion in found:
        if criterion.field is F.SIZE and criterion.allowed and criterion.track is None:
            yield replace(criterion, allowed=tuple(dict.fromkeys((*criterion.allowed, *more))))
        else:
            yield criterion


def _agreed(found: Sequence[Criterion]) -> Iterator[Criterion]:
    """The conditions, doubtful where a programme states two bounds of one kind: each may hold for some applicants."""
    for criterion in found:
        rivals = {
            (c.minimum, c.maximum)
            for c in found
            if c.field is criterion.field and c.strict and c.track == criterion.track
        }
        bounded = criterion.minimum is not None or criterion.maximum is not None
        lows, highs = ({bound[side] for bound in rivals} - {None} for side in (0, 1))
        if bounded and criterion.strict and (len(lows) > 1 or len(highs) > 1):
            yield replace(criterion, confidence=min(criterion.confidence, CONFLICT))
        else:
            yield criterion


def _told(detail: Detail) -> Iterator[Criterion]:
    """Size classes that running text names as those who are helped."""
    for sentence in re.split(r"(?<=[다요])\.\s*|\n", detail.text):
        if detail.label == "" and _HELPED.search(sentence) and (named := sizes(sentence)):
            yield Criterion(F.SIZE, sentence, detail.evidence, allowed=named, confidence=TOLD_IN_PROSE)


def _repeats(criterion: Criterion, found: Sequence[Criterion]) -> bool:
    """Whether "(대기업 제외)" only repeats what the size classes before it say."""
    is_bare = re.fullmatch(r"대기업(?:은|을)?\s?제외", criterion.text)
    return bool(is_bare) and any(c.field is F.SIZE and c.allowed and c.evidence == criterion.evidence for c in found)


def _same(criterion: Criterion, found: Sequence[Criterion]) -> bool:
    return any(
        c.field == criterion.field
        and c.strict >= criterion.strict
        and (c.allowed, c.excluded, c.minimum, c.maximum, c.track)
        == (criterion.allowed, criterion.excluded, criterion.minimum, criterion.maximum, criterion.track)
        for c in found
    )
