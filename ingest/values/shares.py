"""Shares: a statement on who pays flows in, the percentages of the giver and of the applicant flow out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from ingest.values.sums import PERCENT, proportions

_FUNDS = (
    r"국비|국고|도비|시비|군비|구비|시군비|지방비|정부(?:\s?(?:지원|출연)(?:금|연구개발비)?)?"
    r"|시\s?보조|도\s?보조|보조금?|지원금"
)
_APPLICANT = (
    r"자부담|(?<![가-힣])자담|자기\s?부담|자체\s?부담|본인\s?부담"
    r"|(?:기업|업체|민간|기관|사업주|사업자|신청인|신청자|참여자|참가자|수혜자|회사|사업장|농가)"
    r"(?:\s?자)?\s?(?:부담|분담)|(?:부담|분담)금|분담률|부담률"
)
_GIVER = re.compile(rf"{_FUNDS}|(?:지원|보조)\s?(?:율|률|비율|한도|금액|범위|조건)|(?:지원|보조)\s?\(\s*$|할인")
# "구입비의 50%": a share of the cost, of the giver unless another party is named before it.
_OF_COST = re.compile(r"(?:비|비용|(?<!원)료|돈|금|금액|대금|단가|가액|가격|이자)의\s?(?:최대\s?)?$")
# "지원금의 50%는 선급금": a share of a share says how it is paid out or made up.
_OF_SHARE = re.compile(r"(?:부담|분담|지원|보조)금의\s*$")
_TAKER = re.compile(
    rf"{_APPLICANT}|(?<![가-힣])(?:민간|기업|업체|기관)(?=\s*[:：]?\s*$)|(?:협력|참여|신청|수혜|도입|참가)\s?(?:기업|업체)(?=\s*[:：]?\s*$)"
)
# What stands behind a percentage and says whose it is: "나머지 20%와 부가세는 자부담", "10%는 기업이 부담".
_LEFT_TO_TAKER = re.compile(
    rf"(?!\s*\)?\s*(?:이내|이하|이상)?\s*[:：/,·+(])[^%.:(]{{0,40}}?(?:{_APPLICANT}|(?:기업|업체|사업주|사업자|신청인|신청자|회사|참여자|참가자|본인)\s?(?:이|가|에서|측이)?\s?(?:현금\S{{0,2}}\s?)?(?:전액\s?)?(?:부담|납부|냅|낸|내야))"
)
_GIVEN = re.compile(
    r"[^%.]{0,30}?(?:지원|지급|보조|보전|드립|돕|돌려|대\s?(?:준|줌|줍|드))|\s*\)?\s*(?:이내|이하|까지|한도|범위|내외|국비)|\s*\)?\s*$"
)
# "총사업비의 70% 지원, …": what the giver does stands right behind its share.
_GIVEN_RIGHT = re.compile(
    r"\s*(?:이내|이하|한도)?\s*\)?\s*(?:을|를|까지)?\s?(?:지원|보조|지급)(?:하|함|한|되|됨|되며|\s*[,(·/;)]|\s*$)"
)
_BORNE = re.compile(r"\s*(?:이상|이내)?\s?(?:을|를|씩)?\s?(?:직접\s?|현금\s?)?부담")
_GOVERNS = re.compile(rf"(?:{_FUNDS}|정부|국가|[시도군구]|지자체)\s?(?:에서|이|가)?\s*$")
_REST = re.compile(r"나머지|잔여|잔액")
# The thing whose share it is is no cost of the project: scores, people, rates of interest, parts of a share.
_OTHER = re.compile(
    r"금리|이자율|이차\s?보전|연체|가산|가점|배점|점수|평가|심사|비중|지분|주식|여성|장애인|청년|근로자|인력|인원|매출|수출|원료|출석|수료"
    r"|증가|감소|향상|절감|상승|개선율|달성|만족|성장|점유|효율|할증|최저임금|고용|인건비|선금|선급|착수금|중도금|잔금|지체|위약|세율|부가세|부가가치세"
    r"|→|(?<![가-힣])[전후]\s?$|현금|현물|매칭|발급|사용|출연|경쟁률|인하|직전|전년|작년|지난해|평균|선정률|탈락|중복|(?:부담|분담)금?의\s*$|지원금의\s*$|보조금의\s*$"
)
_OTHER_AFTER = re.compile(
    r"\s?(?:이상|초과|미만)?\s?(?:을|를|이|가|은|는)?\s?(?:의\s)?(?:매칭|늘|줄|높|낮|증가|감소|향상|절감|달성|고용|출석|수료|소유|보유|가산|할증|감점|환수|반납|(?:현금|현물)(?!\s?(?:으로\s?)?부담)|초과)"
)
_PARTY = rf"(?:{_FUNDS}|{_APPLICANT}|정부지원|민간|기업|기관|업체)"
# "도비 12, 시군비 28, 자부담 60%", "정부 75 : 민간 25": each party with its figure, and all make a whole.
_LISTED = re.compile(
    rf"(?<![가-힣]){_PARTY}\s?[:：]?\s?\d{{1,3}}(?:\.\d{{1,2}})?\s?%?(?:\s?[,·/+:：]\s?{_PARTY}\s?[:：]?\s?\d{{1,3}}(?:\.\d{{1,2}})?\s?%?){{1,3}}(?![\d.])"
)
_BARE = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,2})?(?![\d.])")
_CLAUSE = re.compile(r"(?<=[다요음함됨임])\.\s|[;\n]")


class _Party(Enum):
    GIVER = auto()
    TAKER = auto()


@dataclass(frozen=True, slots=True)
class Shares:
    """Percent of the cost: `rate` is what is given, `own` what the applicant pays; `None` where not stated."""

    rate: float | None = None
    own: float | None = None


def shares(text: str, heading: str = "", *, is_giving: bool = True) -> Shares:
    """The shares that a statement tells; `heading` is the label or name of the column that it stands under.

    `is_giving` says that the statement is known to speak of what is given: otherwise only a percentage whose party is
    named counts. Of several shares of one party the first is the general one.
    """
    given: list[float] = []
    own: list[float] = []
    for clause in _CLAUSE.split(text):
        for share, party in _told(clause, heading, is_giving=is_giving):
            (given if party is _Party.GIVER else own).append(share)
    if not own and len(given) > 1 and sum(given) == 100:
        # "도비 30%, 시비 70%" divides the budget between givers.
        return Shares()
    if own and len(given) > 1 and abs(sum(given) + own[0] - 100) < 0.01:
        return Shares(sum(given), own[0])
    return Shares(given[0] if given else None, own[0] if own else None)


def _told(clause: str, heading: str, *, is_giving: bool) -> Iterator[tuple[float, _Party]]:
    """Each percentage of a clause that belongs to one of the two parties."""
    marks = {m.start(): (m.end(), float(m[1] or m[2])) for m in PERCENT.finditer(clause)}
    for _, share, name in proportions(clause):
        yield share, _Party.TAKER if _TAKER.search(name) else _Party.GIVER
    for listed in _LISTED.finditer(clause):
        bare = list(_BARE.finditer(clause, listed.start(), listed.end()))
        whole = sum(float(m[0]) for m in bare)
        if whole in (10, 100):
            marks |= {m.start(): (m.end(), float(m[0]) * 100 / whole) for m in bare}
    placed = [(start, *marks[start]) for start in sorted(marks)]
    for index, (start, end, share) in enumerate(placed):
        since = placed[index - 1][1] if index else 0
        until = placed[index + 1][0] if index + 1 < len(placed) else len(clause)
        is_last = index + 1 == len(placed)
        party = _party(clause[since:start], clause[end:until], heading, is_giving=is_giving, is_last=is_last)
        if party and share <= 100:
            yield share, party


def _party(before: str, after: str, heading: str, *, is_giving: bool, is_last: bool) -> _Party | None:
    """Whose share a percentage is, by the nearest word that tells; `is_last` says that no other one follows."""
    # What was given so far ends where a new clause begins: "60%를 보조하고 40%는 업체 부담".
    near = re.split(r"(?:보조|지원|지급|보전)\S{0,2}고\s", before[-30:])[-1]
    if _OTHER_AFTER.match(after):
        return None
    taker, giver, other = (_last(pattern, near) for pattern in (_TAKER, _GIVER, _OTHER))
    of_cost = _OF_COST.search(near)
    if (other > max(taker, giver) and not of_cost) or _OF_SHARE.search(near):
        return None
    is_named = re.search(_FUNDS, near) is not None
    left = _LEFT_TO_TAKER.match(after)
    # Who is named right before the next percentage bears that one: "80% 지원, 자부담 20%".
    is_left = left is not None and (is_last or left.end() < len(after.rstrip(" :：(")))
    if is_left and not _GIVEN_RIGHT.match(after) and (not is_named or _REST.search(near)):
        return _Party.TAKER
    if _BORNE.match(after) and not _GOVERNS.search(near):
        return _Party.TAKER
    if taker > giver:
        return _Party.TAKER
    if giver >= 0 or of_cost:
        return _Party.TAKER if _TAKER.search(heading) and not is_named else _Party.GIVER
    if _TAKER.search(heading):
        return _Party.TAKER
    if _GIVER.search(heading):
        return _Party.GIVER
    return _Party.GIVER if is_giving and _GIVEN.match(after) else None


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.end() for match in pattern.finditer(text)), default=-1)
