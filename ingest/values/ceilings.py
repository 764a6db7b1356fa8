"""Ceilings: a statement on what is given flows in, the sums that bound it, with what each is for, flow out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.values.sums import AMOUNT, amounts

_ONE = r"기업|업체|개社|社|법인|개인|회사|사업장|사업자|사업주|개사|개소|점포|매장|과제|컨소시엄|팀|농가|곳"
# Whom one sum is for: "업체당", "1개 기업 연간", "한 기업이 받는".
_PER = re.compile(
    rf"[가-힣](?<!해)(?<!타)(?<!정)당(?![초해])|(?:{_ONE}|인|명)\s당(?=\s)|(?:^|[\s(])(?:한|1\s?개?)\s?(?:{_ONE}|사(?=\s))|(?:{_ONE})\s?(?:별|마다|한\s곳)|각\s?(?:{_ONE})|(?:{_ONE})\s?한\s?곳"
)
_UP_TO = re.compile(
    r"(?:최대|최고|많아야|많으면|한도(?:액|금액)?(?:은|는)?|상한(?:액)?(?:은|는)?|[가-힣](?<!해)당)\s*[:：]?\s*\(?\s*"
    r"(?:(?:연간|연|월|총|국비|시비|도비|보조금|지원금|현금)\s*){0,2}(?:최대)?\s*(?:\([가-힣·\s]{1,10}\)\s*)?$"
)
_AT_MOST = re.compile(
    r"\s*\)?\s*(?:\([^()]{0,20}\)\s*)?(?:이내|내외|이하|한도|까지|[을를은]\s?(?:한도|넘|초과)|(?:의\s)?범위)"
)
_NOT_AT_MOST = re.compile(r"\s*이하의?\s?(?:기업|업체|사업자|소상공인|중소|자|인\s)")
_GIVES = re.compile(r"지원|지급|보조|보전|융자|대출|추천|드립|받|주는|준다|줍")
_GIVEN_WHOLE = re.compile(r"\s*(?:내외|정액)?(?:을|를)?\s*(?:지원|지급)(?:\s|$|[함.,(])")
# The name of a column or a label that says that the sums below it are for one applicant.
_HEADED = re.compile(
    r"한도|지원\s?(?:금|액|단가)|지원(?!사업|대상)[가-힣]{0,8}비(?:\s|$|\()|보조금|장려금|바우처\s?(?:금액|한도)?$|사업화\s?자금|최대|상한|단가|얼마"
)
# The word that a sum stands behind: what it measures is not what is given.
_TOLD_BEFORE = (
    r"\s*(?:은|는|이|가|을|를|도|으로|로|만)?\s*[:：(]?\s*"
    r"(?:(?:총|약|금|전체|모두|합계|연간|연|월|국비|시비|도비|최소|최대|올해|\d{4}년)\s*){0,3}$"
)
_MEASURES_OTHER = re.compile(
    r"(?:예산(?:액)?|총\s?사업비|재원|매출(?:액)?|수출(?:액|실적)?|자본(?:금)?|자산(?:총액)?|부채|거래(?:액|실적)?|투자(?:금|액)?|투자\s?유치(?:액)?"
    r"|과태료|과징금|벌금|상금|위약금|(?:부담|분담|출연|예치|자부담)금?|자부담"
    r"|융자\s?(?:추천\s?)?규모|추천\s?규모|공급\s?규모|지원\s?규모|사업\s?규모|규모|잔액|소득|급여|임금|연봉)"
    + _TOLD_BEFORE
)
# A cost of the applicant is another thing too, unless it is what is paid: "보험료 최대 1백만원 지원".
_COST = re.compile(
    r"(?:사업비|보증금|참가(?:비|료)|참여비|회비|수수료|진단비|연회비|이자|보험료|관리비|임대료|월세)" + _TOLD_BEFORE
)
_PAID = re.compile(r"\s*\)?\s*(?:이내|까지|한도|범위)?\s?(?:내|에서)?\s?(?:을|를)?\s*(?:지원|지급|보전|돌려)")
_NOT_NOW = re.compile(r"작년|지난해|전년|내년|다음\s?해|차년도|실적|평균|누적|당초|기존|종전|변경\s?전")
_WAS = re.compile(r"[^.\n]{0,12}?(?:이었|였|했|[줬졌]|(?:주|받)았)")
_THRESHOLD = re.compile(
    r"\s*\)?\s*(?:이상|초과|미만|상당)|\s*(?:을|를)?\s*(?:[가-힣]+에?\s)?(?:납부|예치|부담|환수|반환|추징|징수|벌금)|\s?(?:이하|이내)?\s?의\s?(?:벌금|과태료|과징금)"
)
_WHOLE = re.compile(r"(?:총|전체|합계|모두)\s*$")
# "'26년 총 645억원": what a year has for all.
_YEARS_WHOLE = re.compile(r"\d\d년도?\s*(?:총|전체|합계)\s*$")
_RANGE = re.compile(r"\s?[~∼～〜]\s?(?:최대\s?)?\d")
_RANGE_BEFORE = re.compile(r"\d[\d,.]*\s?[천백십]?[조억만]?\s?원\s?[~∼～〜]\s?$")
_EXCEPTION = re.compile(r"\W*(?:다만|단)[,\s]")
# What one sum is for, where that is less than all that an applicant gets: a person, a month, an hour, a time.
_HEAD = re.compile(
    r"(?:(?<![가-힣])[가-힣]{2,5}\s)?(?:(?:1|한)\s?(?:인|명|사람)|(?<![가-힣])인|명|인력|사람)\s?당|1인\s(?=최대|월|연)"
)
_TIME = re.compile(
    r"(?:매월|매달|월간|월|주당|시간당|일당|1일|하루|회당|1회|건당|연간|매년|연)\s*(?:최대|최고|각)?\s*\(?\s*(?:최대|최고)?\s*$"
)
_NAMES_TIME = re.compile(r"매월|매달|월간|월(?=별|\s|\)|$)|주당|시간당|일당|1일|하루|회당|1회|건당")
_YEARLY = frozenset({"연", "연간", "매년"})
_SENTENCE = re.compile(r"(?<=[다요음함됨임])\.\s|[\n;]")
# Words on whom a sum is for reach over a comma, not over the end of a statement.
_WIDE_END = re.compile(r"\s/\s|[.;]\s")
_CLAUSE_END = re.compile(r",\s|\s/\s|이며|하고|하며|하되|[.;]\s")


@dataclass(frozen=True, slots=True)
class Ceiling:
    """A sum in KRW, and `per` what one such sum is for ("1인당 월"); "" where it is all that an applicant gets."""

    krw: int
    per: str = ""

    @property
    def is_part(self) -> bool:
        """Whether an applicant may get several such sums a year: a sum a year is the whole of one."""
        return self.per not in ("", *_YEARLY)


def ceilings(text: str, heading: str = "", *, is_giving: bool = True) -> tuple[Ceiling, ...]:
    """What one applicant gets at most: the general ceiling first, then each higher one for special cases.

    `heading` is the label or name of the column that the statement stands under. `is_giving` says that the statement
    is known to speak of what is given: otherwise only a sum that the words tie to one applicant counts.
    """
    found: list[Ceiling] = []
    for sentence in _SENTENCE.split(text):
        end = 0
        # "다만 …": an exception to the ceiling told before it.
        gives = is_giving or bool(found and _EXCEPTION.match(sentence))
        for match in AMOUNT.finditer(sentence):
            before, after = sentence[end : match.start()], sentence[match.end() :]
            if _RANGE.match(after):
                # "1백만원~5백만원": the upper end is the ceiling.
                continue
            end = match.end()
            before = _RANGE_BEFORE.sub("", before)
            sums = amounts(match[0])
            if sums and _is_ceiling(sentence[: match.start()], before, after, heading, is_giving=gives):
                found.append(Ceiling(max(sums), _per(sentence[: match.start()], before, heading)))
    return _general_first(found)


def _per(said: str, before: str, heading: str) -> str:
    """What one sum is for, by the words before it in the sentence or by the name of its column."""
    # A firm that is named behind a person takes the sum to itself.
    near = re.split(rf"(?:{_ONE})\s?(?:당|별|마다)", _WIDE_END.split(said)[-1])
    heads = list(_HEAD.finditer(near[-1])) or ([] if len(near) > 1 else list(_HEAD.finditer(heading)))
    time = _TIME.search(_RANGE_BEFORE.sub("", before)) or _NAMES_TIME.search(heading)
    words = (heads[-1][0].strip() if heads else "", re.split(r"[\s(]|최", time[0])[0] if time else "")
    return " ".join(filter(None, words))


def _is_ceiling(said: str, before: str, after: str, heading: str, *, is_giving: bool) -> bool:
    clause = _CLAUSE_END.split(before)[-1]
    if _MEASURES_OTHER.search(before) or (_COST.search(before) and not _PAID.match(after)):
        return False
    if _NOT_NOW.search(clause) or _WAS.match(after) or _THRESHOLD.match(after):
        return False
    is_bound = bool(_UP_TO.search(before) or (_AT_MOST.match(after) and not _NOT_AT_MOST.match(after)))
    is_one = bool(_PER.search(clause) or _PER.search(heading) or _PER.search(said[-40:]))
    if _YEARS_WHOLE.search(before):
        return False
    if _WHOLE.search(before) and not is_one and not _HEADED.search(heading):
        return False
    if not is_giving:
        return bool(_PER.search(said[-60:])) and is_bound and bool(_GIVES.search(said + after))
    # "50만원 지원": a sum that is all of the statement.
    is_all = not said.strip(" -·○◦☞") and _GIVEN_WHOLE.match(after) is not None
    return (
        is_bound or is_all or bool(_HEADED.search(heading)) or bool(_PER.search(clause) and _GIVES.search(after[:15]))
    )


def _general_first(found: Sequence[Ceiling]) -> tuple[Ceiling, ...]:
    """The first sum, and after it every one that is higher than all before; a part of a sum gives way to a whole."""
    wholes = [one for one in found if not one.is_part] or found
    kept: list[Ceiling] = []
    for one in wholes:
        if not kept or one.krw > kept[-1].krw:
            kept.append(one)
    return tuple(kept)
