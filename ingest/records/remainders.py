"""Remainders: the clauses of a programme with what was read from each flow in; those that ask for more flow out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ingest.phrases import asides, phrases
from ingest.records.applicant_tracks import tracks
from ingest.records.clauses import WHO, Clause, Stance
from ingest.records.requirements import LAW, WORDS, is_of_government, takes_back
from rag.domain import Criterion, CriterionField, Evidence, Unread
from rag.grammar.places import Gazetteer
from rag.text import Word, squash, tagged
from rag.trust import is_sure

_EDGES = phrases(Path(__file__).with_suffix(".yaml"))
_LONG = 60
_SAYING = frozenset(("NNG", "NNP", "NNB", "NR", "XR", "SL", "SN", "VV", "VA", "XPN"))
# Where one statement in a clause ends and the next begins.
_ENDS = frozenset(("EC", "ETM", "SP"))


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
    count = _EDGES["count"].ends(text)
    text = text[: count.start].rstrip() if count else text
    bare, bracket, _ = text.rpartition("(")
    return bare.strip() if bracket and text.endswith(")") and len(text) > _LONG and bare.strip() else text


def _exceptions(text: str) -> Iterator[str]:
    """What brackets within words that shut out take back: "(다만, 분납 중인 기업은 가능)"."""
    for aside in filter(takes_back, asides(text)):
        but = _EDGES["but"].begins(aside)
        yield aside[but.end if but else 0 :].strip(" ,")


def left_of(text: str, criteria: Sequence[Criterion], names: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """The words of a clause that no criterion accounts for and that tell no wish; () where all of it is read.

    `criteria` are those of the whole statement; `names` are words that name parts of the programme.
    """
    words = _words(text)
    whole = (CriterionField.CONSORTIUM, CriterionField.EXCLUSION)
    # The first accounts for whoever makes it up, the second is asked after as a whole.
    if any(c.field in whole for c in criteria) or not _demands(words) or _speaks_of_matters(words):
        return ()
    asked = list(_beyond_wishes(words))
    places = [(mention.start, mention.end) for mention in gazetteer.spans(_plain(text))]
    if _lists_kinds(asked, criteria):
        return ()
    explained = _explained(criteria) | {word.form.lower() for word in tagged(names)}
    is_placed = any(c.field is CriterionField.REGION for c in criteria)
    left = (
        word.form.lower()
        for word in asked
        if word.tag in _SAYING
        and word.form.lower() not in explained
        and not any(word.form in name for c in criteria for name in (*c.allowed, *c.excluded))
        and not (is_placed and (word.tag == "SN" or _is_place(word.form, gazetteer)))
        and not any(start <= word.start < end for start, end in places if is_placed)
    )
    return tuple(dict.fromkeys(left))


def names_bodies_alone(text: str) -> bool:
    """Whether a clause names bodies that are no firms, and no firm: another way in, which asks nothing of firms."""
    forms = {word.form for word in _words(text)}
    return bool(forms & set(WORDS["bodies"])) and not forms & set(WORDS["firms"])


def _words(text: str) -> tuple[Word, ...]:
    return tagged(_plain(text))


def _plain(text: str) -> str:
    """The text without the names of laws."""
    return LAW.sub(" ", text).replace("ㆍ", "·")


def _demands(words: Sequence[Word]) -> bool:
    """Whether a clause asks for something: a noun phrase always does, a sentence by its words."""
    is_sentence = any(word.tag == "EF" for word in words[-3:])
    return not is_sentence or any(word.form in WORDS["demanding"] or word.tag == "VCP" for word in words)


def _speaks_of_matters(words: Sequence[Word]) -> bool:
    """Whether what a clause is about is a cost or a content, and no applicant is named."""
    nouns = {word.form for word in words if word.tag.startswith("N")}
    topics = [words[at - 1].form for at, word in enumerate(words) if at and word.tag == "JX"]
    is_about = any(topic in WORDS["matters"] for topic in topics) or (
        bool(words) and words[-1].form in WORDS["matters"]
    )
    return is_about and not nouns & set(WORDS["firms"])


def _lists_kinds(words: Sequence[Word], criteria: Sequence[Criterion]) -> bool:
    """Whether a clause only lists kinds of applicant, one of them by its size: the others let further ones in."""
    is_sized = any(c.field is CriterionField.SIZE for c in criteria)
    is_list = any(word.tag in ("SP", "JC") or word.form in WORDS["joining"] for word in words)
    return is_sized and is_list and not any(word.tag in ("ETM", "EC", "SN") for word in words)


def _beyond_wishes(words: Sequence[Word]) -> Iterator[Word]:
    """The words of a clause, those of the statements that end in a wish or a trouble left out."""
    statement: list[Word] = []
    is_wish = False
    for word in words:
        statement.append(word)
        is_wish |= word.form in WORDS["purposes"]
        # A comma may go on listing what is wished for; a figure before it is a condition of its own.
        if word.tag in _ENDS and not (word.tag == "SP" and not any(w.tag == "SN" for w in statement)):
            yield from statement if not is_wish else ()
            statement, is_wish = [], False
    yield from statement if not is_wish else ()


def _explained(criteria: Sequence[Criterion]) -> frozenset[str]:
    """Every word that the criteria, or any clause on applicants, account for."""
    known = set(_known("neutral") | _known("judged"))
    for criterion in criteria:
        known |= _known(criterion.field.value)
        for bound in (criterion.minimum, criterion.maximum):
            known |= {str(bound + step) for step in (-1, 0, 1)} if bound is not None else set()
        named = (*criterion.allowed, *criterion.excluded)
        known |= {word.form.lower() for name in named for word in tagged(name)} | {name.lower() for name in named}
    return frozenset(known)


@cache
def _known(name: str) -> frozenset[str]:
    """The words of a list, and the morphemes that Kiwi makes of them."""
    words = WORDS.get(name, ())
    return frozenset(words) | {word.form.lower() for said in words for word in tagged(said)}


def _is_place(form: str, gazetteer: Gazetteer) -> bool:
    return bool(gazetteer.province(form) or gazetteer.bare(form) or gazetteer.served(squash(form)))
