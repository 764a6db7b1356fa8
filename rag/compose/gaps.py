"""Gaps: a request flows in; what it asks for that no document says flows out as plain statements of not knowing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rag.compose.draft import PHONE, Statement, listed
from rag.domain import Program
from rag.knowledge import Knowledge
from rag.korean import topic
from rag.text import squash
from rag.understand import Intent, Request


@dataclass(frozen=True, slots=True)
class Facet:
    """Something a question may ask for by name: how it is asked for, and the words that speak of it."""

    name: str
    asked: re.Pattern[str]
    known: re.Pattern[str]


_FACETS = tuple(
    Facet(name, re.compile(asked, re.IGNORECASE), re.compile(known, re.IGNORECASE))
    for name, asked, known in (
        (
            "기업 자부담 비율",
            r"자부담|본인\s*부담|부담(?:해야|하게|하나|합니까|하는)|(?:기업|회사|우리|저희)[이가는은]?\s[^?.]{0,14}(?:부담|내야)|보태|떠안|(?:대야|대는|내야)\s*(?:하는|할)|우리\s*몫|돈[은이]?\s*(?:안\s*)?들|부담\s*(?:률|율|비율|금)|분담|우리\s*(?:회사\s*)?돈|(?:기업이|회사가|우리가)\s*(?:내|부담)|내는\s*(?:돈|비용)"
            r"|돈\s*들|비용|공짜|무료|몇\s*(?:프로|퍼센트|%)[^?]{0,12}(?:내|부담)",
            r"부담|분담|국비|비용|무료",
        ),
        ("보조율(지원 비율)", r"보조율|지원율|지원\s*비율", r"\d\s*%|비율"),
        ("금리", r"금리|이자", r"금리|이자|%p"),
        ("제출서류", r"서류|구비", r"서류|신청서"),
        (
            "선정 결과 발표일",
            r"(?:선정|결과|평가|합격|뽑[혔히힌]|붙었)[^?]{0,10}(?:발표|언제|나오|날짜|알려)|발표\s*(?:일|날)",
            r"확정|발표|최종\s*선정|결과\s*안내",
        ),
        ("경쟁률이나 선정률", r"경쟁률|선정률|합격률|선정\s*확률", r"경쟁률|선정률|합격률"),
        ("계좌번호", r"계좌|입금|송금|통장|이체", r"계좌"),
        ("수수료", r"수수료|자문료|컨설팅\s*비", r"수수료|자문료|컨설팅\s*비"),
        ("팩스 번호", r"팩스|fax", r"팩스|fax"),
        ("이메일 주소", r"이메일|메일|e-?mail", r"[\w.-]+@[\w-]+\.\w{2,}"),
        (
            "선정 결과(선정된 곳)",
            r"(?:선정|뽑[힌혔힘히]|붙은|됐|되었|당첨|결정|확정)[^?]{0,14}(?:어디|어느|누구|누가|이름|명단|목록|리스트)"
            r"|(?:어디|어느|누가|명단|이름)[^?]{0,14}(?:선정|뽑[힌혔힘히]|붙었|됐어|됐나|되었|결정\s*났|결정됐|확정됐)",
            r"선정된\s*\d|선정\s*결과\s*:",
        ),
        (
            "사례 기업의 이름",
            r"[A-Z]사[가는]?[^?]{0,8}(?:어느|어디|무슨|이름|누구)|만든\s*(?:회사|곳)\s*이름",
            r"㈜|주식회사",
        ),
        (
            "예산이 얼마나 남았는지",
            r"얼마나[^?]{0,4}소진|소진[^?]{0,6}(?:됐|되었|현황|률)|남은\s*(?:예산|돈|금액)|잔액|잔여\s*예산",
            r"소진율|예산\s*잔액|남은\s*예산",
        ),
        ("다른 나라의 제도", r"독일|일본|미국|중국|유럽|외국\s*(?:중소|기업|정부)", r"독일|일본|미국|중국|유럽|외국"),
        ("통계", r"통계", r"통계"),
        (
            "방문 주소",
            r"(?:사무실|센터|방문|찾아가|위치|본부|지사|건물)[^?]{0,12}(?:주소|위치|어디에\s*있|몇\s*층)|위치[가는은]?\s*(?:어디|어딘|알려)|장소\s*(?:좀|가|는|를|알려)",
            r"[가-힣]+(?:로|길)\s*\d+",
        ),
    )
)
_HOW_MANY = re.compile(r"몇\s*(시간|회|번|년|점|박|평|대|학점|층)(?=[이을은만까동간이나짜]|\s|\?|$)")
_NUMERALS = ("두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열")
_SAME_UNIT = {"번": "번|회|차례", "회": "회|번|차례", "평": "평|㎡"}
# A compound that names a figure, asked for as such.
_HOW_MUCH = re.compile(
    r"(?<![가-힣])([가-힣]{1,8}(?:료|수당|점수|배점|경쟁률|횟수|환급금|비|등록금|보증금|수료율|증가율|기숙사|숙소))"
    r"(?:은|는|이|가|도|를|을|랑|이랑|하고|과|와)?\s*(?:\S{1,6}\s)?(?:얼마|몇|있|주|나오|어떻게|받|기숙사|%)"
)
# A round or a quarter asked about by its number.
_ROUND = re.compile(r"(?<![\d.])(?:[2-9]차(?=\s?(?:공고|모집|접수|신청))|[1-4]/?4?\s?분기)")
# "6개 업종이 뭔지", "16개 테마 다 불러": which the counted things are.
_WHICH = re.compile(
    r"(\d{1,2}|두|세|네|다섯|여섯|일곱|여덟|아홉|열)\s*(?:개|대)\s*(?:중분류\s*|세부\s*)?([가-힣]{2,6}?)(?:이|가|은|는|을|를)?\s*(?:뭔지|뭐|무엇|나열|다\s*(?:불러|알려|말해)|모두|어디|각각|이름|목록)"
)
_ONES_SHARE = re.compile(r"(?:한\s*곳|업체|기업|회사|개소|컨소시엄|과제)\s*당|한\s*(?:업체|회사|과제)에")
# A named support scheme: a modifier run together with the kind of thing it is.
_SCHEME = re.compile(
    r"([가-힣A-Za-z0-9]{2,}?(?:지원금|바우처|카드|공제|장려금|보증|급여|펀드|연금|인증제|사관학교|패키지|청약|수당|특례보증))"
)
# What a town gives from its own budget.
_MUNICIPAL = re.compile(
    r"([가-힣]{2,4}[시군구])청?(?:이|에서|가|은|는)?\s*(?:자체|따로|별도|독자|[시군구]\s*예산|[시군구]비|[^?.]{0,24}(?:[시군구]\s*보조금))"
)
_ANY_SCHEME = re.compile(
    r"^(?:정부|나라|국가|기업|교육|훈련|정책|AI|인공지능|무슨|어떤|이런|저런|통합|우리|저희|지원)+\s?", re.IGNORECASE
)
_OFFICE = re.compile(r"([가-힣A-Za-z]{2,}(?:테크노파크|캠퍼스|지사|지점|지부|협회|은행|진흥원|상공회의소))")


def named_gaps(
    program: Program, request: Request, others: Sequence[Program] = (), *, is_told: bool = False
) -> tuple[list[Statement], bool]:
    """What the question asks for by name: the statements that speak of it, or that none does.

    `others` are further editions of the programme: what one of them says of another year is told too. `is_told` says
    that who was selected is told already. The second value says whether something asked for is missing.
    """
    lines: list[Statement] = []
    missing: list[str] = []
    for facet in _FACETS:
        if facet.asked.search(request.text) and not (is_told and facet.name.startswith("선정 결과")):
            said = [
                d
                for d in program.details
                if facet.known.search(f"{d.label} {d.text}")
                and not PHONE.search(d.text)
                and not _is_of_other_year(d.text, request)
            ]
            said = said or [d for other in others for d in other.details if _tells_year(d.text, facet.known, request)]
            lines.extend(listed(d) for d in said[:4])
            if not said and not _is_typed(facet.name, program):
                missing.append(facet.name)
    ceilings = [b for b in program.benefits if b.ceiling is not None]
    if _ONES_SHARE.search(request.text) and request.has(Intent.AMOUNT) and not ceilings:
        missing.append("한 곳당 지원 금액")
    missing.extend(_quantities(program, request))
    missing.extend(_offices(program, request))
    gaps = [_unknown(program, name) for name in missing]
    return [*gaps, *lines], bool(missing)


def _quantities(program: Program, request: Request) -> list[str]:
    """Figures that the question asks for ("몇 시간", "수강료는 얼마") and no statement of the programme gives."""
    said = squash(" ".join(f"{d.label} {d.text}" for d in program.details))
    # "몇 번으로 걸까요" asks for a phone, not how often.
    is_call = request.has(Intent.CONTACT)
    counted = [m[1] for m in _HOW_MANY.finditer(request.text) if not (is_call and m[1] == "번")]
    lacking = [f"몇 {unit}인지" for unit in counted if not re.search(rf"\d(?:{_SAME_UNIT.get(unit, unit)})", said)]
    sums = [m[1] for m in _HOW_MUCH.finditer(request.text)]
    rounds = [m[0] for m in _ROUND.finditer(request.text) if squash(m[0]) not in said]
    lists = [m[2] for m in _WHICH.finditer(request.text) if not _enumerates(program, _count(m[1]), m[2])]
    nouns = [noun for noun in sums if squash(noun) not in said]
    town = _MUNICIPAL.search(request.text)
    own = [f"{town[1]} 자체 지원"] if town and squash(f"{town[1]} 자체") not in said else []
    return list(dict.fromkeys((*lacking, *nouns, *rounds, *(f"{noun}의 이름" for noun in lists), *own)))


def _count(word: str) -> int:
    """The number that digits or a native numeral tell."""
    return int(word) if word.isdigit() else 2 + _NUMERALS.index(word)


def _enumerates(program: Program, count: int, noun: str) -> bool:
    """Whether the statements that name the noun list as many things as it is said to have."""
    groups = Counter((d.label, d.evidence.section) for d in program.details)
    for detail in program.details:
        head = f"{detail.evidence.section.rpartition(' > ')[2]} {detail.label}"
        is_told = squash(noun) in squash(detail.text)
        if is_told and len(re.findall(r"[,·、/]|\d\)|[①-⑳]", detail.text)) >= count - 1:
            return True
        is_group = noun in head or f"{noun}:" in detail.text
        if is_group and groups[detail.label, detail.evidence.section] >= count:
            return True
    return False


def _is_of_other_year(text: str, request: Request) -> bool:
    """Whether a statement speaks of another year than the one asked about."""
    told = {int(year) for year in re.findall(r"(?<!\d)(20\d\d)\s*년", text)}
    return bool(request.years and told and not told & set(request.years))


def _tells_year(text: str, known: re.Pattern[str], request: Request) -> bool:
    """Whether a statement answers for a year asked about, as that of a later edition on the one before."""
    return bool(known.search(text)) and any(f"{year}년" in text for year in request.years)


def unheld(request: Request, knowledge: Knowledge) -> list[str]:
    """What the question asks for by name that no passage of any document speaks of."""
    asked = [facet for facet in _FACETS if facet.asked.search(request.text)]
    return [facet.name for facet in asked if not knowledge.speaks_of(facet.known)]


def year_gaps(request: Request, knowledge: Knowledge) -> list[Statement]:
    """That the year asked about is in no document, where it is not."""
    held = {p.year for p in knowledge.programs if p.name in request.programs}
    asked = [year for year in request.years if year not in held]
    if not asked or any(year in held for year in request.years):
        return []
    known = ", ".join(f"{year}년" for year in sorted(y for y in held if y))
    return [
        Statement(
            f"{', '.join(f'{year}년' for year in asked)} 자료는 등록된 문서에서 확인되지 않습니다. "
            f"아래는 {known} 문서의 내용이며, 올해 또는 다음 해의 내용은 다를 수 있습니다."
        )
    ]


def unknown_scheme(request: Request, knowledge: Knowledge) -> str | None:
    """The support scheme that the question names and no document does, e.g. a deduction or card of another law."""
    municipal = _MUNICIPAL.search(request.text)
    if municipal and not knowledge.holds(f"{municipal[1]} 자체"):
        return f"{municipal[1]} 자체 지원"
    for match in _SCHEME.finditer(request.text):
        name = _ANY_SCHEME.sub("", match[1]).strip()
        kind = re.search(
            r"(?:지원금|바우처|카드|공제|장려금|보증|급여|펀드|연금|인증제|사관학교|패키지|청약|수당)$", name
        )
        if kind and len(squash(name)) >= len(kind[0]) + 2 and not knowledge.holds(name):
            return name
    return None


def _is_typed(name: str, program: Program) -> bool:
    """Whether a record, rather than a statement, answers the facet."""
    if "비율" in name:
        return any(b.rate is not None or b.own_share is not None for b in program.benefits)
    return "이메일" in name and any(c.emails for c in program.contacts)


def _offices(program: Program, request: Request) -> Sequence[str]:
    """Offices that the question names and the programme's document does not."""
    if not request.has(Intent.CONTACT):
        return ()
    said = squash(" ".join([*(d.text for d in program.details), *(c.organisation for c in program.contacts)]))
    named = [m[1] for m in _OFFICE.finditer(request.text)]
    return [f"{office} 번호" for office in named if squash(office) not in said]


def _unknown(program: Program, name: str) -> Statement:
    return Statement(f"**{program.name}**의 {topic(name)} 문서에서 확인되지 않습니다.", (program.evidence,))
