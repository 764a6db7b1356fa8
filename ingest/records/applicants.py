"""Criteria: the statements on who may apply flow in, conditions that can be judged flow out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.confidence import CONFLICT, TOLD_IN_PROSE
from ingest.labels.details import without_wholes
from ingest.labels.fields import SPELLINGS
from ingest.phrases import phrases, sentences
from ingest.records.clauses import WHO, Clause, Stance, clauses, known_tracks, tracks
from ingest.records.requirements import (
    Asked,
    Read,
    certificates,
    circumstances,
    clauses_left,
    conditions,
    is_of_government,
)
from ingest.values.firms import ages, allowed_places, shut_out_places, shut_out_sizes, sizes
from rag.domain import Criterion, CriterionField, Detail, SizeClass, Unread
from rag.grammar.places import Gazetteer

F = CriterionField
# What a preference may be for; where a firm sits or how it applies together is told, not judged.
_LABELLED = WHO | {"제외대상", "우대사항"}
_PREFERRED = frozenset({F.EMPLOYEES, F.AGE})
# Classes above the small ones: whoever admits these admits the small ones they are named with.
_UPPER = frozenset({SizeClass.MEDIUM.value, SizeClass.LARGE.value})
_TELLING = frozenset({"", "개요", "목적", "지원내용"})
# Lists of choices within one clause are counted from here, those over several statements from 1.
_OWN_LISTS = 1000
_FAR, _FARTHER = 80, 120
# Where a programme tells in what form it is carried out, beside whom it is for.
_FORM = ("추진체계", "지원규모")
_WORDS = phrases(Path(__file__).with_suffix(".yaml"))


@dataclass(frozen=True, slots=True)
class Applicants:
    """Who may apply: the conditions that were read, and the clauses that ask more than they do."""

    criteria: tuple[Criterion, ...]
    unread: tuple[Unread, ...]


def criteria(details: Sequence[Detail], gazetteer: Gazetteer, home: tuple[str, ...] = ()) -> tuple[Criterion, ...]:
    """The conditions of `applicants` alone."""
    return applicants(details, gazetteer, home).criteria


def applicants(details: Sequence[Detail], gazetteer: Gazetteer, home: tuple[str, ...] = ()) -> Applicants:
    """Conditions in the statements on who may apply, each once, with the statement as evidence.

    `home` is the place of the publisher, which "관내" means. Where no statement says who may apply, what running text
    says of it counts, less surely.
    """
    details = without_wholes(details)
    known = known_tracks(details)
    found: list[Criterion] = []
    let_in: list[str] = []
    read: list[Read] = []
    for clause, choice in _numbered(clauses(details)):
        if clause.stance is Stance.LETS_IN:
            let_in.append(clause.text)
        own = [
            c if c.choice else replace(c, choice=choice) for c in _of_clause(clause, gazetteer, home, known, len(read))
        ]
        found += [c for c in dict.fromkeys(own) if not (_same(c, found) or _repeats(c, found) or _restates(c, found))]
        read.append(Read(clause, choice, tuple(own)))
    if not any(detail.label in WHO for detail in details) and not any(c.field is F.SIZE for c in found):
        found.extend(c for detail in details for c in _told(detail) if not _same(c, found))
    if not any(c.field is F.REGION for c in found):
        found.extend(c for detail in details for c in _told_place(detail, gazetteer))
    if joint := _carried_out_together(details, found):
        found.append(joint)
    unread = dict.fromkeys(clauses_left(read, gazetteer, known))
    told = [text for detail in details if detail.label in _TELLING for text in _jointly_helped(detail.text)]
    return Applicants(tuple(_agreed(tuple(_widened(tuple(_let_in(found, let_in)), told)))), tuple(unread))


def _numbered(found: Iterable[Clause]) -> Iterator[tuple[Clause, tuple[int, int] | None]]:
    """Every clause, those of a list of choices with the number of the list and of the statement in it."""
    lists, place, quote = 0, 0, ""
    for clause in found:
        if not clause.is_alternative:
            place = 0
            yield clause, None
            continue
        lists += place == 0
        if place == 0 or clause.detail.evidence.quote != quote:
            place, quote = place + 1, clause.detail.evidence.quote
        yield clause, (lists, place)


def _carried_out_together(details: Sequence[Detail], found: Sequence[Criterion]) -> Criterion | None:
    """That a consortium carries the programme out, where it is told beside the conditions and not among them."""
    if any(c.field in (F.CONSORTIUM, F.APPLICANT) for c in found):
        return None
    said = next((d for d in details if d.label in _FORM and "컨소시엄" in d.text), None)
    return Criterion(F.CONSORTIUM, said.text, said.evidence, allowed=("컨소시엄",)) if said else None


def _of_clause(
    clause: Clause, gazetteer: Gazetteer, home: tuple[str, ...], known: Sequence[str], number: int
) -> Iterator[Criterion]:
    """What a clause asks, for each track that it speaks of; `number` tells its list of choices from those of others."""
    detail = clause.detail
    for track in tracks(clause.text, detail, known):
        text = clause.text.removeprefix(f"{track}: ")
        for said, strict in _asked(replace(clause, text=text), gazetteer, home):
            sure = said.confidence if detail.label in _LABELLED else min(said.confidence, TOLD_IN_PROSE)
            yield Criterion(
                said.field,
                text,
                detail.evidence,
                allowed=said.allowed,
                excluded=said.excluded,
                minimum=said.minimum,
                maximum=said.maximum,
                strict=strict,
                track=track,
                confidence=sure,
                choice=(_OWN_LISTS + number, said.option) if said.option else None,
            )


def _asked(clause: Clause, gazetteer: Gazetteer, home: tuple[str, ...]) -> Iterator[tuple[Asked, bool]]:
    """What a clause asks, and whether it must be met."""
    text = clause.text
    if clause.stance is Stance.SHUTS_OUT:
        yield from ((asked, True) for asked in _shut_out(text, clause.detail, gazetteer))
    elif clause.stance is Stance.ASKS:
        yield from ((asked, True) for asked in conditions(text, gazetteer, home))
        if _WORDS["must_not"].is_in(text) and (kinds := circumstances(text)):
            yield Asked(F.EXCLUSION, excluded=kinds), True
    elif clause.stance is Stance.FAVOURS:
        preferred = (a for a in conditions(text, gazetteer, home) if a.field in _PREFERRED)
        yield from ((asked, False) for asked in preferred)
        if named := certificates(text):
            yield Asked(F.CERTIFICATION, allowed=named), False
    elif clause.stance is Stance.LETS_IN:
        if _WORDS["uninsured"].is_in(text):
            yield Asked(F.INSURANCE, allowed=("미가입",)), False
        yield from ((Asked(F.AGE, minimum=low, maximum=high), False) for low, high in ages(text))


def _shut_out(text: str, detail: Detail, gazetteer: Gazetteer) -> Iterator[Asked]:
    # Of authorities only the place is judged.
    is_of_authorities = detail.label != "제외대상" and is_of_government(detail.text)
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


def _widened(found: Sequence[Criterion], told: Sequence[str]) -> Iterator[Criterion]:
    """The conditions, a size that another statement states more widely as that one has it.

    "지원대상: 중소기업" beside "수출하는 중소·중견기업" files the programme under the smaller class and shuts no one
    out; a narrower statement ("소상공인") stays beside the wider one, and both must be met. `told` are the sentences of
    running text that name both classes as helped: they widen too, less surely.
    """
    stated = [c for c in found if c.field is F.SIZE and c.strict and c.allowed]
    prose = [set(named) for text in told if (named := sizes(text))]
    for criterion in found:
        own = set(criterion.allowed)
        if criterion.field is not F.SIZE or not own or own & _UPPER:
            yield criterion
            continue
        wider = _wider(own, [set(c.allowed) for c in stated if c.track == criterion.track])
        sure = criterion.confidence
        if not wider and (wider := _wider(own, prose)):
            sure = min(sure, TOLD_IN_PROSE)
        more = tuple(size.value for size in SizeClass if size.value in wider - own)
        yield replace(criterion, allowed=(*criterion.allowed, *more), confidence=sure) if more else criterion


def _wider(own: set[str], others: Sequence[set[str]]) -> set[str]:
    """The first of the other sets of classes that holds this one and a class above it."""
    return next((other for other in others if own <= other and other & _UPPER), set())


def _jointly_helped(text: str) -> Iterator[str]:
    """The sentences that name medium-sized firms beside small ones as those who are helped."""
    for sentence in sentences(text):
        if _is_of_helped(sentence) and SizeClass.MEDIUM in sizes(sentence):
            yield sentence


def _agreed(found: Sequence[Criterion]) -> Iterator[Criterion]:
    """The conditions, doubtful where a programme states two bounds of one kind: each may hold for some applicants.

    So are two places of which neither lies in the other: no one sits in both, and one of them is written wrongly.
    """
    seats = [c for c in found if c.field is F.REGION and c.strict and c.allowed and not c.choice]
    for criterion in found:
        if criterion in seats and any(_apart(criterion, c) for c in seats if c.track == criterion.track):
            yield replace(criterion, confidence=min(criterion.confidence, CONFLICT))
            continue
        rivals = {
            (c.minimum, c.maximum)
            for c in found
            if c.field is criterion.field and c.strict and (c.track, c.choice) == (criterion.track, criterion.choice)
        }
        bounded = criterion.minimum is not None or criterion.maximum is not None
        lows, highs = ({bound[side] for bound in rivals} - {None} for side in (0, 1))
        if bounded and criterion.strict and (len(lows) > 1 or len(highs) > 1):
            yield replace(criterion, confidence=min(criterion.confidence, CONFLICT))
        else:
            yield criterion


def _apart(one: Criterion, other: Criterion) -> bool:
    """Whether no place of the one lies in, or holds, a place of the other."""
    return not any(
        f"{a} ".startswith(f"{b} ") or f"{b} ".startswith(f"{a} ") for a in one.allowed for b in other.allowed
    )


def _told(detail: Detail) -> Iterator[Criterion]:
    """Size classes that running text names as those who are helped."""
    for sentence in sentences(detail.text):
        if detail.label == "" and _is_of_helped(sentence) and (named := sizes(sentence)):
            yield Criterion(F.SIZE, sentence, detail.evidence, allowed=named, confidence=TOLD_IN_PROSE)


def _is_of_helped(sentence: str) -> bool:
    """Whether running text says who is helped: "금형 업종 중소기업이 … 지원한다"."""
    helped = _WORDS["helped"].first(sentence)
    return helped is not None and _WORDS["helps"].is_in(sentence[helped.end : helped.end + _FAR])


def _told_place(detail: Detail, gazetteer: Gazetteer) -> Iterator[Criterion]:
    """Where running text, under no label, says that those who are helped must be."""
    if detail.label in SPELLINGS and detail.label not in _TELLING:
        return
    for sentence in sentences(detail.text):
        if _is_of_placed(sentence) and (places := allowed_places(sentence, gazetteer, ())):
            yield Criterion(F.REGION, sentence, detail.evidence, allowed=places, confidence=TOLD_IN_PROSE)


def _is_of_placed(sentence: str) -> bool:
    """Whether running text says where those sit who are helped: "가람시에 있는 공장의 … 비용을 보조하는 사업"."""
    placed = _WORDS["placed"].first(sentence)
    return placed is not None and _WORDS["gives"].is_in(sentence[placed.end : placed.end + _FARTHER])


def _repeats(criterion: Criterion, found: Sequence[Criterion]) -> bool:
    """Whether "(대기업 제외)" only repeats what the size classes before it say."""
    is_bare = _WORDS["no_large"].is_all(criterion.text)
    return is_bare and any(c.field is F.SIZE and c.allowed and c.evidence == criterion.evidence for c in found)


def _restates(criterion: Criterion, found: Sequence[Criterion]) -> bool:
    """Whether a place shut out is the one asked for: "공장만 충북에 있는 기업은 제외" of a seat in 충북."""
    return bool(criterion.excluded) and any(
        c.field is F.REGION is criterion.field and set(criterion.excluded) <= set(c.allowed) for c in found
    )


def _same(criterion: Criterion, found: Sequence[Criterion]) -> bool:
    return any(
        c.field == criterion.field
        and c.strict >= criterion.strict
        and (c.allowed, c.excluded, c.minimum, c.maximum, c.track)
        == (criterion.allowed, criterion.excluded, criterion.minimum, criterion.maximum, criterion.track)
        and (c.choice is None or criterion.choice is not None)
        for c in found
    )
