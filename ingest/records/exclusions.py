"""Exclusions: a clause on who is left out flows in, the circumstances that shut a company out flow out."""

from __future__ import annotations

import re

# Circumstance → the words by which officials name it; the order is that in which they are asked.
_KINDS = (
    ("휴·폐업", r"휴\s*[·ㆍ,.]?\s*폐업|휴업|폐업(?!\s?후)"),
    (
        "세금 체납",
        r"(?:세|세금|조세|공과금)\S*\s?(?:등)?(?:을|를|이|의)?\s*(?:\S+\s)?(?:체납|미납|밀린|못\s?낸|내지\s?(?:않|못)|납부하지)|납세\s?의무|체납",
    ),
    ("임금 체불", r"체불|임금\S*\s(?:지급하지|주지)"),
    (
        "신용 불량",
        r"채무\s*불이행|신용\s*불량|신용\s?유의|신용\s?관리\s?대상|신용도?\s?판단|금융\s*연체|연체\s*(?:중|정보|기록|상태)"
        r"|대출금?\S*\s연체|파산|회생\s*절차|법정\s?관리|화의|워크아웃|압류|금융\s?거래\S*\s?(?:불가|불능|정지|제한)",
    ),
    (
        "참여제한",
        r"(?:참여|참가|신청|지원|수혜)(?:이|가|을|를)?\s*제한(?:된|되어|되|을\s?받|를\s?받|\s?중|\s?조치|\s?처분|\s?기간|\s?대상|\s?제재|\s?등|을\s?적용|$)"
        r"|참여\s?제한|(?:수행|참여)\s?배제|제재|부정\s*수급|부정(?:한)?\s*(?:방법|사용)|환수|의무\s*불이행",
    ),
    (
        "중복 수혜",
        r"중복(?!\s?신청)|기\s?지원|기\s?수혜|기\s?선정|이미\s*(?:지원|선정|수혜)"
        r"|(?:같은|동일|유사|다른|(?<![가-힣])이\s|(?<![가-힣])본\s)\S*\s?(?:\S+\s+){0,2}\S*(?:사업|과제|내용|목적|설비|건|품목|제품|훈련|바우처|지원)\S*\s*(?:\S+\s*){0,3}"
        r"(?:지원|수혜|선정|참여|수행|쓰고|이용|받)"
        r"|(?:지원|지원금|보조금|보조|혜택|훈련비|돈|융자|자금|국비|국고)(?:을|를|금을)?\s*(?:이미\s*|현재\s*)?(?:지원\s?)?받(?:은|았|고|는(?!\s?것)|음)",
    ),
    ("유흥업", r"유흥|사치\s?업|사치[·,\s]|향락|사행|주점|도박"),
    ("부동산업", r"부동산\s*(?:업|임대|매매|중개|개발|관련|관리|공급)|부동산(?=\s*[,·ㆍ및])"),
    ("금융업", r"금융\s*[·ㆍ,및]*\s*보험\s*(?:업|관련)?|금융\s?업|보험\s?업"),
    (
        "위법",
        r"(?:법령|법률|관계법|[가-힣]{1,15}법|관련\s?법규|법규)[」』]?(?:\s?등)?(?:을|를)?\s*(?:\S+\s){0,3}위반|산업\s?재해\s*다발|중대\s*재해|불법",
    ),
)
_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)
TAKES_BACK = re.compile(r"제외하|가능(?:합니다|함|하|$)|단서|예외|유예|분납|않음|않는다|신청\s?할\s?수\s?있|해당\s?없")
# Dues that are no tax, and what another word makes of a name of a circumstance.
_NO_TAX = re.compile(r"(?:보험료|기술료|임대료|사용료|과태료|부담금|대금)(?:을|를)?\s*(?:체납|미납)")
_CHEATED = re.compile(r"부정|거짓|허위")


def circumstances(text: str) -> tuple[str, ...]:
    """What the words name that shuts a company out, in one fixed order; none where they name nothing known."""
    told = re.sub(r"\(([^()]*)\)", lambda aside: " " if TAKES_BACK.search(aside[1]) else f" {aside[1]} ", text)
    told = re.split(r"(?:^|[\s,])(?:다만|단)[\s,]", told)[0] if TAKES_BACK.search(text) else told
    told = _NO_TAX.sub(" ", told)
    found = [kind for kind, pattern in _PATTERNS if pattern.search(told)]
    if "부도" in told and "휴·폐업" not in found and "신용 불량" not in found:
        found.append("신용 불량")
    if "위법" in found and "제한" not in told:
        # The sanction is that of the law broken.
        found = [kind for kind in found if kind != "참여제한"]
    if "참여제한" in found and (_CHEATED.search(told) or "제한" in told) and "중복" not in told:
        # "이 사업에서 참여제한 조치를 받은": what was received is the sanction, not support.
        found = [kind for kind in found if kind != "중복 수혜"]
    return tuple(found)
