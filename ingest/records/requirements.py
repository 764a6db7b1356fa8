"""Requirements: a clause on who may apply flows in; what it asks, field by field, and what shuts out, flow out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from ingest.confidence import ALTERNATIVE, SUBCLASS, SURE
from ingest.phrases import asides, phrases
from ingest.records.clauses import widened
from ingest.values.firms import ages, employees, is_of_small_firms, sizes
from ingest.values.territories import allowed_places, outside
from rag.domain import CriterionField
from rag.grammar.places import Gazetteer
from rag.wordlists import word_lists

WORDS = word_lists(Path(__file__).with_name("applicants.yaml"))
LAW = re.compile(r"[「『][^「『」』]*[」』](?:\s?제\d+조\S*)?")
_WORDS = phrases(Path(__file__).with_suffix(".yaml"))
_NAMES = phrases(Path(__file__).with_name("certificates.yaml"))
_SHUTS = phrases(Path(__file__).with_name("exclusions.yaml"))
# The lists with Korean names are the certificates, and the circumstances that shut a company out.
_CERTIFICATES = tuple(name for name in _NAMES if not name[0].isascii() and not name.startswith("no_"))
_CIRCUMSTANCES = tuple(name for name in _SHUTS if not name[0].isascii())
_TWO = 2
_LONGEST_HEAD = 45


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
