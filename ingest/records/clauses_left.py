"""Clauses left: the clauses of a programme with what was read from each flow in; those that ask for more flow out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.phrases import asides, phrases
from ingest.records.applicant_tracks import tracks
from ingest.records.clauses import WHO, Clause, Stance
from ingest.records.exclusions import takes_back
from ingest.records.remainders import left_of, names_bodies_alone
from ingest.records.requirements import is_of_government
from rag.domain import Criterion, Evidence, Unread
from rag.grammar.places import Gazetteer
from rag.trust import is_sure

_LONG = 60
_WORDS = phrases(Path(__file__).with_suffix(".yaml"))


@dataclass(frozen=True, slots=True)
class Read:
    """One clause, its place in a list of choices, and what was read from it."""

    clause: Clause
    choice: tuple[int, int] | None
    criteria: tuple[Criterion, ...]


def clauses_left(read: Sequence[Read], gazetteer: Gazetteer, known: Sequence[str]) -> Iterator[Unread]:
    """The clauses that ask more of applicants than what was read, or shut out what no criterion names, in order."""
    before = ""
    of_statement: dict[Evidence, list[Criterion]] = {}
    for one in read:
        of_statement.setdefault(one.clause.detail.evidence, []).extend(one.criteria)
    for one in read:
        clause, detail = one.clause, one.clause.detail
        if is_of_government(detail.text) or any(not is_sure(c) for c in one.criteria):
            # Of authorities only the place is judged; what was read unsurely is asked after as it is.
            continue
        track = tracks(clause.text, detail, known)[0]
        text = clause.text.removeprefix(f"{track}: ")
        names = " ".join(filter(None, (track, detail.evidence.section.rpartition(" > ")[2])))
        said = one.criteria if clause.stance is Stance.SHUTS_OUT else of_statement[detail.evidence]
        left = left_of(text, said, names, gazetteer)
        if clause.stance is Stance.ASKS and detail.label in WHO and left and not names_bodies_alone(text):
            yield Unread(_without_gloss(text), detail.evidence, track=track, left=left, choice=one.choice)
        elif clause.stance is Stance.SHUTS_OUT:
            before = text
            if left:
                yield Unread(text, detail.evidence, track=track, shuts_out=True, left=left)
            yield from (Unread(aside, detail.evidence, track=track, excepts=text) for aside in _exceptions(text))
        elif clause.stance is Stance.LETS_IN and detail.label == "제외대상" and before:
            yield Unread(text, detail.evidence, track=track, excepts=before)


def _without_gloss(text: str) -> str:
    """A clause without how many are helped, a long one without what brackets at its end explain."""
    count = _WORDS["count"].ends(text)
    text = text[: count.start].rstrip() if count else text
    bare, bracket, _ = text.rpartition("(")
    return bare.strip() if bracket and text.endswith(")") and len(text) > _LONG and bare.strip() else text


def _exceptions(text: str) -> Iterator[str]:
    """What brackets within words that shut out take back: "(다만, 분납 중인 기업은 가능)"."""
    for aside in filter(takes_back, asides(text)):
        but = _WORDS["but"].begins(aside)
        yield aside[but.end if but else 0 :].strip(" ,")
