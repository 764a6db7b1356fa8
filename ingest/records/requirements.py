"""Requirements: clauses on who may apply flow in; what each asks, what shuts out and what is left unread flow out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from ingest.confidence import ALTERNATIVE, SUBCLASS, SURE
from ingest.phrases import asides, phrases
from ingest.records.clauses import WHO, Clause, Stance, tracks, widened
from ingest.values.firms import ages, allowed_places, employees, is_of_small_firms, outside, sizes
from rag.domain import Criterion, CriterionField, Evidence, Unread
from rag.grammar.places import Gazetteer
from rag.text import Word, squash, tagged
from rag.trust import is_sure
from rag.wordlists import word_lists

WORDS = word_lists(Path(__file__).with_name("morphemes.yaml"))
LAW = re.compile(r"[「『][^「『」』]*[」』](?:\s?제\d+조\S*)?")
_WORDS = phrases(Path(__file__).with_suffix(".yaml"))
_NAMES = phrases(Path(__file__).with_name("certificates.yaml"))
_SHUTS = phrases(Path(__file__).with_name("exclusions.yaml"))
# The lists with Korean names are the certificates, and the circumstances that shut a company out.
_CERTIFICATES = tuple(name for name in _NAMES if not name[0].isascii() and not name.startswith("no_"))
_CIRCUMSTANCES = tuple(name for name in _SHUTS if not name[0].isascii())
_TWO = 2
_LONGEST_HEAD = 45
_LONG = 60
_SAYING = frozenset(("NNG", "NNP", "NNB", "NR", "XR", "SL", "SN", "VV", "VA", "XPN"))
# Where one statement in a clause ends and the next begins.
_ENDS = frozenset(("EC", "ETM", "SP"))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a clause asks in one field; `option` numbers from 1 the ways in that one clause tells, 0 for one alone."""

    field: CriterionField
    allowed: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    confidence: float = SURE
    option: int = 0


def conditions(clause: str, gazetteer: Gazetteer, home: tuple[str, ...]) -> Iterator[Asked]:
    """Everything the clause asks of an applicant; `home` is the place meant by "관내"."""
    text = widened(LAW.sub(" ", clause))
    places, shut = allowed_places(text, gazetteer, home), outside(text, gazetteer)
    if shut:
        yield Asked(CriterionField.REGION, excluded=shut)
    is_of_firms = _WORDS["firms"].is_in(text)
    if is_of_government(text) and not is_of_firms and not _WORDS["others"].is_in(text):
        yield Asked(CriterionField.APPLICANT, allowed=("광역 지방정부",))
        return
    alone = _WORDS["alone"].first(text)
    if alone and not is_of_firms:
        bodies = tuple(hit.words for hit in _WORDS["body"].all(alone.words))
        yield Asked(CriterionField.APPLICANT, allowed=bodies)
    if places and not _WORDS["resident"].is_in(text):
        yield Asked(CriterionField.REGION, allowed=places)
    by_trade = tuple(_bounds_by_trade(text))
    yield from by_trade
    yield from _of_size(text, is_bounded=bool(by_trade))
    sure = ALTERNATIVE if _WORDS["either"].is_in(text) else SURE
    for low, high in ages(text):
        yield Asked(CriterionField.AGE, minimum=low, maximum=high, confidence=sure)
    is_joint = _WORDS["together"].is_in(text)
    if is_joint and not _WORDS["may_join"].is_in(text):
        yield Asked(CriterionField.CONSORTIUM, allowed=("컨소시엄",))
    if not by_trade and not is_joint:
        # "제조업, 건설업: 10인 미만" bounds one trade, and asks for none.
        yield from _of_trade(_without_trades_before(text))
    if _WORDS["insured"].is_in(text) and not _WORDS["uninsured"].is_in(text):
        yield Asked(CriterionField.INSURANCE, allowed=("가입",))
    named = certificates(text)
    if named and not is_one_way_in(text):
        yield Asked(CriterionField.CERTIFICATION, allowed=named)


def is_of_government(text: str) -> bool:
    """Whether a statement speaks of authorities, of which only the place is judged."""
    return _WORDS["government"].is_in(text) or _WORDS["governments"].begins(text) is not None


def certificates(text: str) -> tuple[str, ...]:
    """The certificates that the words name, names of laws and of places of business left out."""
    told = _NAMES["seats"].without(LAW.sub(" ", text))
    return tuple(kind for kind in _CERTIFICATES if _NAMES[kind].is_in(told))


def is_one_way_in(text: str) -> bool:
    """Whether a certified firm is only one of several kinds that may apply ("중소기업, 사회적기업 등")."""
    return " 등" in text or _NAMES["one_way"].is_in(LAW.sub(" ", text))


def _without_trades_before(text: str) -> str:
    """The text without the trades that are told before a colon: "제조업의 경우: …"."""
    head, colon, rest = text.replace("：", ":").partition(":")
    is_of_trades = head.rstrip().removesuffix("의 경우").endswith("업") and len(head) <= _LONGEST_HEAD
    return rest if colon and is_of_trades else text


def _bounds_by_trade(text: str) -> Iterator[Asked]:
    """A bound on the people of some trades, another for all others: "제조업은 10인 미만, 그 밖의 업종은 5인 미만"."""
    bounds = tuple(employees(text))
    if len(bounds) != _TWO:
        return
    for some, others in pairwise(_WORDS["bound_end"].parts(text)):
        words = dict.fromkeys(hit.words for hit in _WORDS["trade"].all(some))
        trades = tuple(w for w in words if not w.endswith(WORDS["no_trades"]) and len(w) > 1)
        if trades and any(word in others for word in WORDS["other_trades"]):
            for option, (low, high) in enumerate(bounds, 1):
                yield Asked(CriterionField.EMPLOYEES, minimum=low, maximum=high, option=option)
            yield Asked(CriterionField.INDUSTRY, allowed=trades, option=1)
            return


def _of_size(text: str, *, is_bounded: bool) -> Iterator[Asked]:
    """Size classes, and a number of people unless trades are bounded each by its own."""
    named, bounds = sizes(text), () if is_bounded else tuple(employees(text))
    # "소상공인, 300인 미만 사업장" lists two ways in; the wider one, the number, decides.
    two_ways = bounds and named == ("소상공인",) and _WORDS["micro_or"].is_in(text)
    if named and not two_ways:
        # 소기업 is smaller than what a profile calls 중소기업: such a firm may or may not be one.
        yield Asked(CriterionField.SIZE, allowed=named, confidence=SUBCLASS if is_of_small_firms(text) else SURE)
    sure = ALTERNATIVE if _WORDS["either"].is_in(text) else SURE
    for low, high in bounds:
        yield Asked(CriterionField.EMPLOYEES, minimum=low, maximum=high, confidence=sure)


def _of_trade(text: str) -> Iterator[Asked]:
    if _WORDS["maker"].is_in(text):
        hits = (*_WORDS["joined"].all(text), *_WORDS["trades"].all(text))
        named = (trade.words for hit in hits if (trade := _WORDS["trade"].begins(hit.words)))
        others = [name for name in named if not name.endswith(("제조업", "기업", "창업", "사업"))]
        listed = _WORDS["joined"].is_in(text) or _WORDS["joined_makers"].is_in(text)
        yield Asked(CriterionField.INDUSTRY, allowed=("제조업", *dict.fromkeys(others)) if listed else ("제조업",))
    elif _WORDS["ai_firm"].is_in(text) and not _WORDS["demand"].is_in(text):
        yield Asked(CriterionField.INDUSTRY, allowed=("AI",))


def takes_back(text: str) -> bool:
    """Whether words let someone in after all: "(다만, 분납 중인 기업은 가능)"."""
    return _SHUTS["takes_back"].is_in(text)


def circumstances(text: str) -> tuple[str, ...]:
    """What the words name that shuts a company out, in one fixed order; none where they name nothing known."""
    told = text
    for aside in filter(takes_back, asides(text)):
        told = told.replace(f"({aside})", " ")
    told = _SHUTS["but"].parts(told)[0] if takes_back(text) else told
    found = [kind for kind in _CIRCUMSTANCES if _SHUTS[kind].is_in(told)]
    is_limited = _SHUTS["limited"].is_in(told)
    if _SHUTS["bankrupt"].is_in(told) and not {"휴·폐업", "신용 불량"} & set(found):
        found.append("신용 불량")
    if "위법" in found and not is_limited:
        # The sanction is that of the law broken.
        found = [kind for kind in found if kind != "참여제한"]
    is_sanction = _SHUTS["cheated"].is_in(told) or is_limited
    if "참여제한" in found and is_sanction and not _SHUTS["double"].is_in(told):
        # "이 사업에서 참여제한 조치를 받은": what was received is the sanction, not support.
        found = [kind for kind in found if kind != "중복 수혜"]
    return tuple(found)


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


def left_of(text: str, criteria: Sequence[Criterion], names: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """The words of a clause that no criterion accounts for and that tell no wish; () where all of it is read.

    `criteria` are those of the whole statement; `names` are words that name parts of the programme.
    """
    words = _morphemes(text)
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
    forms = {word.form for word in _morphemes(text)}
    return bool(forms & set(WORDS["bodies"])) and not forms & set(WORDS["firms"])


def _morphemes(text: str) -> tuple[Word, ...]:
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
