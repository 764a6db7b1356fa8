"""Listing: a request for all programmes of one kind flows in, those that answer flow out, a line each."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rag.compose.draft import Draft, Statement, listed
from rag.compose.judge import judge
from rag.compose.rows import OPEN, row
from rag.domain import AnswerStatus, Detail, Match, PeriodStatus, Verdict
from rag.knowledge import Knowledge
from rag.periods import period_status
from rag.understand import Intent, Request

_ALL = re.compile(
    r"전부|모두|목록|리스트|뭐뭐|종류|사업들|which|list|추려|골라|찾아|다\s*(?:알려|말해|보여|불러|적어)|있으면\s*다"
    r"|쭉|쫙|싹|죄다|몽땅|나열|통틀어|읊어|정리해|(?:빼지|빼먹지|빠뜨리지|빠짐)|[꺼거것건]만\s|(?:사업|지원)만\s"
    r"|(?:사업|지원)[은이]?\s*(?:몇\s*개|뭐|뭔|무엇|어떤)",
    re.IGNORECASE,
)
_ALWAYS = re.compile(
    r"연중|상시(?!\s*(?:근로|종업|고용|인원|직원|\d))|수시|(?:일|1)\s*년\s*내내|아무\s*때나|언제든|날짜\s*(?:안|상관|없)|any\s*time|all\s*year",
    re.IGNORECASE,
)
_EITHER = re.compile(
    r"(?:접수|모집|신청|열려|열린|받는|받고|가능)[^.?!]{0,10}(?:거나|또는|혹은|[이]?랑|하고|[와과]|도|,)\s*[^.?!]{0,6}(?:상시|연중|수시)"
    r"|(?:상시|연중|수시)[^.?!]{0,10}(?:거나|또는|혹은|[이]?랑|하고|[와과]|도|,)\s*[^.?!]{0,8}(?:접수|모집|신청|열려|열린)"
)
_FREE = re.compile(
    r"(?:내는\s*돈|자부담|부담|비용|내\s*돈)[^?.]{0,10}(?:없|0\s*원|한\s*푼|안\s*드)|무료|공짜|한\s*푼도|for\s+free",
    re.IGNORECASE,
)
_SAYS_FREE = re.compile(r"부담\s*(?:이|은)?\s*없|무료|전액\s*(?:지원|국비)")
_SITE = re.compile(r"[\w-]+(?:\.[\w-]+)*\.(?:kr|com|net|org)\b", re.ASCII)


def list_programs(request: Request, knowledge: Knowledge) -> Draft | None:
    """All programmes of a ministry, open on the day or all year, free of charge, or applied for at one address."""
    if request.programs or request.profile.needs:
        return None
    wanted = request.has(Intent.LIST) or request.only_open or bool(_ALL.search(request.text))
    ministries = {p.ministry for p in knowledge.programs}
    named = [o for o in request.organisations if o in ministries]
    sites = _SITE.findall(request.text)
    # "접수 중이거나 상시": what is open all year is open, so that being open is all that is asked.
    always = bool(_ALWAYS.search(request.text)) and not (request.only_open and _EITHER.search(request.text))
    free = bool(_FREE.search(request.text))
    is_listing = wanted or (request.has(Intent.FIT) and bool(named or sites or always))
    if not is_listing or not (named or sites or always or free or request.only_open):
        return None
    matches = [judge(p, request, knowledge) for p in knowledge.current(request.question.as_of)]
    evidence: dict[str, Detail] = {}
    if named:
        matches = [m for m in matches if m.program.ministry in named]
    if request.only_open:
        matches = [m for m in matches if m.status in OPEN]
    if always:
        matches = [m for m in matches if _is_always(m, request)]
    if free:
        evidence |= _saying(matches, lambda text: bool(_SAYS_FREE.search(text)))
    if sites:
        evidence |= _saying(matches, lambda text: any(site in text for site in sites))
    if free or sites:
        matches = [m for m in matches if m.program.id in evidence]
    matches = [m for m in matches if m.verdict is not Verdict.INELIGIBLE]
    if not matches:
        return None
    statements = [Statement(f"{_what(named, sites, always=always, free=free)}은 {len(matches)}개입니다.")]
    for match in matches:
        statements.append(row(match, request))
        if match.program.id in evidence:
            told = listed(evidence[match.program.id])
            statements.append(Statement(f"  {told.text}", told.evidence))
    return Draft(
        AnswerStatus.ANSWERED, tuple(statements), tuple(matches), follow_ups=("우리 회사에 맞는 사업은 무엇인가요?",)
    )


def _is_always(match: Match, request: Request) -> bool:
    """Whether some track of the programme takes applications all the year."""
    as_of = request.question.as_of
    return any(period_status(p, match.program, as_of) is PeriodStatus.ALWAYS for p in match.program.periods)


def _saying(matches: Sequence[Match], says: Callable[[str], bool]) -> dict[str, Detail]:
    """The first detail of each programme, by its id, that says so."""
    found = ((m.program.id, next((d for d in m.program.details if says(d.text)), None)) for m in matches)
    return {id_: detail for id_, detail in found if detail}


def _what(named: Sequence[str], sites: Sequence[str], *, always: bool, free: bool) -> str:
    parts = [
        f"{', '.join(named)} 소관" if named else "",
        f"{', '.join(sites)}에서 신청하는" if sites else "",
        "연중 신청할 수 있는" if always else "",
        "기업 부담이 없다고 적힌 지원이 있는" if free else "",
    ]
    return f"{' '.join(filter(None, parts)) or '지금 신청할 수 있는'} 사업"
