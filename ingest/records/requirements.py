"""Conditions: a clause on who may apply flows in, what it asks of an applicant, field by field, flows out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from ingest.confidence import ALTERNATIVE, SUBCLASS, SURE
from ingest.records.certificates import certificates, is_one_way_in
from ingest.records.clauses import widened
from ingest.values.firms import ages, employees
from ingest.values.size_words import SMALL_FIRM, sizes
from ingest.values.territories import allowed_places, outside
from rag.domain import CriterionField
from rag.grammar.places import Gazetteer
from rag.wordlists import word_lists

WORDS = word_lists(Path(__file__).with_name("applicants.yaml"))
LAW = re.compile(r"[「『][^」』]*[」』](?:\s?제\d+조\S*)?")
GOVERNMENT = re.compile(
    r"(?:광역\s*)?(?:지방\s*정부|지방\s?자치\s?단체|자치\s?단체|지자체)|^(?:전국\s?)?시·도(?:만|$|\s)"
)
_FIRMS = re.compile(r"기업|업체|사업자|사업장|소상공인|법인|창업|대학|연구|컨소시엄")
_MANUFACTURER = re.compile(
    r"제조\s*(?:전문\s*)?(?:기업|업체)|제조[·ㆍ,/]\s?[가-힣]{2}\s?(?:중소\s?)?(?:기업|업체)|제조\s*중소|국내\s*제조|제조업(?!이?\s?아니|은\s|의\s?경우|\S*\s?(?:혁신|지원|육성))|업태\S*\s\W?제조"
)
_TRADES = re.compile(r"(?<![가-힣])([가-힣]{1,10}업)(?=[,·ㆍ/\s을를의에인)]|$|및|또는|과|와)")
_JOINED = re.compile(r"([가-힣]{2,10}업)\s?(?:[,·ㆍ/]|및|또는|과|와|이나)\s?(?=[가-힣]{2,10}업)")
_OF_TRADES = re.compile(r"^[^:：]{0,40}업(?:의 경우)?\s*[:：]")
_AI_FIRM = re.compile(
    r"(?:AI|인공지능)\s*(?:\((?:AI|인공지능)\)\s*)?(?:(?:분야|관련|솔루션|기술)\S?\s*){0,2}(?:개발|공급|전문|중소|벤처|창업)?\s*(?:기업|스타트업)|로봇\(?관련\)?\s*기업"
)
_TOGETHER = re.compile(r"컨소시엄|협업체|협의체")
_MAY_JOIN = re.compile(
    r"단독\s?(?:또는|이나|및|[·/,])|컨소시엄\s?(?:구성|신청|참여)?(?:도|이)?\s?(?:가능|할\s수\s있)|컨소시엄\S*\s?(?:수정|협약서|변경)"
    r"|한\s컨소시엄에만|(?:아닙니다|않아도|없이)|필수는?\s?아니"
)
_INSURED = re.compile(
    r"(?:고용\s?보험(?:\s?(?:및|과|[,·ㆍ])\s?산재\s?보험)?|4대\s?(?:사회)?\s?보험)(?:\([^)]*\))?(?:에|을|를)?\s*(?:의무\s?)?(?:모두\s?)?(?:가입(?!자|서|증|\s?여부)|피보험)"
)
# "50인 미만 또는 매출액 100억원 미만": either bound lets in.
_EITHER = re.compile(
    r"(?:이하|미만|이상|이내|초과)(?:인|이)?\s*(?:이거나|또는|혹은|거나)\s+(?!예비)(?!\d+\s?(?:인|명)\s)\S"
)
_ALONE = re.compile(
    r"((?:대학교?|협회|협동조합|조합|단체|연구기관|공공기관|상인회)(?:\s?(?:[,·ㆍ/]|및|또는|과|와)\s?(?:대학교?|협회|협동조합|조합|단체|연구기관|공공기관|상인회))*)(?:만|에\s?(?:한함|한하여|한정))(?:\s|$)"
)
_UNINSURED = re.compile(r"미가입|가입하지")
_RESIDENT = re.compile(r"주민등록|거주|주소지를\s둔\s사람|대학\s?졸업")


_TWO = 2


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
    if GOVERNMENT.search(text) and not _FIRMS.search(text):
        yield Asked(CriterionField.APPLICANT, allowed=("광역 지방정부",))
        return
    alone = _ALONE.search(text)
    if alone and not re.search(r"기업|업체|사업자|사업장|소상공인|법인|창업", text):
        yield Asked(CriterionField.APPLICANT, allowed=tuple(re.split(r"\s?(?:[,·ㆍ/]|및|또는|과|와)\s?", alone[1])))
    if places and not _RESIDENT.search(text):
        yield Asked(CriterionField.REGION, allowed=places)
    by_trade = tuple(_bounds_by_trade(text))
    yield from by_trade
    yield from _of_size(text, is_bounded=bool(by_trade))
    sure = ALTERNATIVE if _EITHER.search(text) else SURE
    for low, high in ages(text):
        yield Asked(CriterionField.AGE, minimum=low, maximum=high, confidence=sure)
    together = _TOGETHER.search(text) and not _MAY_JOIN.search(text)
    if together:
        yield Asked(CriterionField.CONSORTIUM, allowed=("컨소시엄",))
    if not by_trade:
        # "제조업, 건설업: 10인 미만" bounds one trade, and asks for none.
        yield from _of_trade(_OF_TRADES.sub("", text), is_joint=_TOGETHER.search(text) is not None)
    if _INSURED.search(text) and not _UNINSURED.search(text):
        yield Asked(CriterionField.INSURANCE, allowed=("가입",))
    named = certificates(text)
    if named and not is_one_way_in(text):
        yield Asked(CriterionField.CERTIFICATION, allowed=named)


def _bounds_by_trade(text: str) -> Iterator[Asked]:
    """A bound on the people of some trades, another for all others: "제조업은 10인 미만, 그 밖의 업종은 5인 미만"."""
    bounds = tuple(employees(text))
    if len(bounds) != _TWO:
        return
    for some, others in pairwise(re.split(r"[,;/]\s", text)):
        words = dict.fromkeys(word.rstrip("은는의") for word in re.split(r"[\s·ㆍ/(]+", some))
        trades = tuple(w for w in words if w.endswith("업") and not w.endswith(WORDS["no_trades"]) and len(w) > 1)
        if trades and any(word in others for word in WORDS["other_trades"]):
            for option, (low, high) in enumerate(bounds, 1):
                yield Asked(CriterionField.EMPLOYEES, minimum=low, maximum=high, option=option)
            yield Asked(CriterionField.INDUSTRY, allowed=trades, option=1)
            return


def _of_size(text: str, *, is_bounded: bool) -> Iterator[Asked]:
    """Size classes, and a number of people unless trades are bounded each by its own."""
    named, bounds = sizes(text), () if is_bounded else tuple(employees(text))
    # "소상공인, 300인 미만 사업장" lists two ways in; the wider one, the number, decides.
    two_ways = bounds and named == ("소상공인",) and re.search(r"소상공인\s*(?:[,·/]|및|또는|이나)", text)
    if named and not two_ways:
        # 소기업 is smaller than what a profile calls 중소기업: such a firm may or may not be one.
        yield Asked(CriterionField.SIZE, allowed=named, confidence=SUBCLASS if SMALL_FIRM.search(text) else SURE)
    sure = ALTERNATIVE if _EITHER.search(text) else SURE
    for low, high in bounds:
        yield Asked(CriterionField.EMPLOYEES, minimum=low, maximum=high, confidence=sure)


def _of_trade(text: str, *, is_joint: bool) -> Iterator[Asked]:
    if is_joint:
        return
    if _MANUFACTURER.search(text):
        others = [
            name
            for name in (*_JOINED.findall(text), *_TRADES.findall(text))
            if not name.endswith(("제조업", "기업", "창업", "사업"))
        ]
        listed = _JOINED.search(text) or re.search(r"[가-힣]업\s?(?:[,·ㆍ/]|및|또는|과|와|이나)\s?\S{0,8}제조", text)
        yield Asked(CriterionField.INDUSTRY, allowed=("제조업", *dict.fromkeys(others)) if listed else ("제조업",))
    elif _AI_FIRM.search(text) and "수요" not in text:
        yield Asked(CriterionField.INDUSTRY, allowed=("AI",))
