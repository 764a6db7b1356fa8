"""Criteria: a programme and a condition that staff give flow in, the programme with that condition flows out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from ingest.corrections.changes import Condition
from ingest.corrections.striking import struck, without
from ingest.corrections.voice import Voice, short
from rag.conditions.tree import grown, unread_of
from rag.domain import Criterion, CriterionField, Detail, Evidence, Program
from rag.grammar.places import Gazetteer

_NAMES = {
    CriterionField.APPLICANT: "신청 주체",
    CriterionField.SIZE: "기업 규모",
    CriterionField.EMPLOYEES: "상시근로자",
    CriterionField.INDUSTRY: "업종",
    CriterionField.REGION: "지역",
    CriterionField.AGE: "업력",
    CriterionField.INSURANCE: "고용보험",
    CriterionField.CONSORTIUM: "신청 형태",
    CriterionField.CERTIFICATION: "인증·확인",
    CriterionField.EXCLUSION: "제외 대상",
}
_UNITS = {CriterionField.EMPLOYEES: "명", CriterionField.AGE: "년"}


def told(condition: Condition, program: Program) -> str:
    """What the documents say of the condition."""
    return "" if condition.add else short(_words(c) for c in program.criteria if _is_meant(condition, c))


def placed(condition: Condition, gazetteer: Gazetteer) -> Condition | str:
    """The condition with its places as the gazetteer names them; the word that names none."""
    if condition.field is not CriterionField.REGION:
        return condition
    places: dict[str, str] = {}
    for word in (*condition.allowed, *condition.excluded):
        found = gazetteer.served(word) or gazetteer.bare(word)
        if len(found) != 1 or (" " in word and " " not in found[0]):
            return word
        places[word] = found[0]
    return replace(
        condition,
        allowed=tuple(places[word] for word in condition.allowed),
        excluded=tuple(places[word] for word in condition.excluded),
    )


def corrected(condition: Condition, program: Program, voice: Voice) -> Program | str:
    """The programme with the condition set, added or removed; a sentence where there is none to remove."""
    gone = [] if condition.add else [c for c in program.criteria if _is_meant(condition, c)]
    if condition.remove and not gone:
        return voice.missing(program, f"지원요건 '{_NAMES[condition.field]}'")
    new = _criterion(condition, program, voice)

    def is_refuted(clause: str) -> bool:
        return any(_is_told(criterion, clause) for criterion in gone)

    kept = [_retold(c, is_refuted) for c in program.criteria if c not in gone]

    def still(evidence: Evidence, words: str) -> Sequence[str]:
        return tuple(_words(c) for c in kept if c.evidence == evidence and not _is_told(c, words))

    details = without(program.details, {c.evidence for c in gone}, is_refuted, still)
    label = "제외대상" if condition.field is CriterionField.EXCLUSION else "지원대상"
    held = (*kept, *([] if condition.remove else [new]))
    return replace(
        program,
        criteria=held,
        condition=grown(held, [clause for clause in unread_of(program) if not is_refuted(clause.text)]),
        details=(Detail(label, new.text, new.evidence), *details),
    )


def _criterion(condition: Condition, program: Program, voice: Voice) -> Criterion:
    """The condition as a record; of one removed, the words that say so."""
    bare = Criterion(
        condition.field,
        "",
        program.evidence,
        allowed=condition.allowed,
        excluded=condition.excluded,
        minimum=condition.minimum,
        maximum=condition.maximum,
        strict=condition.strict,
        track=condition.track,
    )
    head = f"{condition.track}: " if condition.track else ""
    words = head + (f"{_NAMES[condition.field]} 조건 없음" if condition.remove else _words(bare))
    return replace(bare, text=words, evidence=voice.evidence(program, words))


def _is_meant(condition: Condition, criterion: Criterion) -> bool:
    return criterion.field is condition.field and condition.track in (None, criterion.track)


def _retold(criterion: Criterion, is_refuted: Callable[[str], bool]) -> Criterion:
    """The condition in words of its own where those of its document also say what is refuted."""
    if not is_refuted(criterion.text):
        return criterion
    text = struck(criterion.text, is_refuted)
    return replace(criterion, text=text if _is_told(criterion, text) else _words(criterion))


def _is_told(criterion: Criterion, words: str) -> bool:
    """Whether the words speak of the bounds or the categories of the condition."""
    low, high = criterion.minimum, criterion.maximum
    numbers = {*([low, low - 1] if low is not None else []), *([high, high + 1] if high is not None else [])}
    found = {int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", words)[:50]}
    return bool(numbers & found) or any(word in words for word in (*criterion.allowed, *criterion.excluded))


def _words(criterion: Criterion) -> str:
    """A condition in words: "상시근로자 5명 이상 300명 이하", "기업 규모: 중소기업 (우대)"."""
    eased = "" if criterion.strict else " (우대)"
    if unit := _UNITS.get(criterion.field):
        low, high = criterion.minimum, criterion.maximum
        bounds = (f"{low}{unit} 이상" if low is not None else "", f"{high}{unit} 이하" if high is not None else "")
        return f"{_NAMES[criterion.field]} {' '.join(filter(None, bounds))}{eased}"
    shut_out = " 제외" if criterion.excluded and criterion.field is not CriterionField.EXCLUSION else ""
    return f"{_NAMES[criterion.field]}: {', '.join(criterion.allowed or criterion.excluded)}{shut_out}{eased}"
