"""Gaps: a request flows in; what it asks for that no document says flows out as plain statements of not knowing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from rag.compose.asked import Asked, asked_in
from rag.compose.draft import PHONE, Statement, listed
from rag.compose.facets import FACETS
from rag.compose.stated import unstated
from rag.domain import Program
from rag.knowledge import Knowledge
from rag.korean import topic
from rag.text import squash
from rag.understand import Intent, Request

_QUOTED = 30
_NUMERALS = ("두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열")
# A round or a quarter asked about by its number.
_ROUND = re.compile(r"(?<![\d.])(?:[2-9]차(?=\s?(?:공고|모집|접수|신청))|[1-4]/?4?\s?분기)")
# "6개 업종이 뭔지", "16개 테마 다 불러": which the counted things are.
_WHICH = re.compile(
    r"(\d{1,2}|두|세|네|다섯|여섯|일곱|여덟|아홉|열)\s*(?:개|대)\s*(?:중분류\s*|세부\s*)?([가-힣]{2,6}?)(?:이|가|은|는|을|를)?\s*(?:뭔지|뭐|무엇|나열|다\s*(?:불러|알려|말해)|모두|어디|각각|이름|목록)"
)
_ONES_SHARE = re.compile(r"(?:한\s*곳|업체|기업|회사|개소|컨소시엄|과제|하나|개)\s*당|한\s*(?:업체|회사|과제)에")
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
    program: Program, request: Request, knowledge: Knowledge, *, is_told: bool = False
) -> tuple[list[Statement], bool]:
    """What the question asks for by name: the statements that speak of it, or that none does.

    What a further edition of the programme says of another year is told too. `is_told` says that who was selected is
    told already. The second value says whether something asked for is missing.
    """
    others = [p for p in knowledge.programs if p.name == program.name and p is not program]
    lines: list[Statement] = []
    missing: list[str] = []
    for facet in FACETS:
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
    gaps = [_unknown(program, name) for name in missing] or _unstated(program, request, knowledge)
    return [*gaps, *lines], bool(gaps)


def _unstated(program: Program, request: Request, knowledge: Knowledge) -> list[Statement]:
    """That the things asked for, whatever they are, stand in no statement of the programme."""
    if request.is_english:
        return []
    text = knowledge.lexicon.without_organisations(knowledge.names.blanked(request.text))
    found = unstated(asked_in(text, knowledge.lexicon.particulars), program, knowledge, request)
    gaps = [one for one in found if not any(one is not other and one.words in other.words for other in found)]
    if not gaps:
        return []
    if not all(map(_is_quotable, gaps)):
        return [Statement("물어보신 내용은 문서에서 확인되지 않습니다.", (program.evidence,))]
    quoted = ", ".join(f"‘{one.words}’" for one in gaps)
    told = f"{quoted}인지는" if gaps[-1].unit else topic(quoted)
    return [Statement(f"물어보신 {told} 문서에서 확인되지 않습니다.", (program.evidence,))]


def _is_quotable(asked: Asked) -> bool:
    """Whether the asker's words may be said again: short, plain words of some dictionary, no figure and no name."""
    is_plain = len(asked.words) <= _QUOTED and not re.search(r"[^가-힣 ]", asked.words)
    return is_plain and all(noun.is_listed for noun in asked.nouns)


def _quantities(program: Program, request: Request) -> list[str]:
    """Rounds, lists and towns' own means that the question asks for and no statement of the programme gives."""
    said = squash(" ".join(f"{d.label} {d.text}" for d in program.details))
    rounds = [m[0] for m in _ROUND.finditer(request.text) if squash(m[0]) not in said]
    lists = [m[2] for m in _WHICH.finditer(request.text) if not _enumerates(program, _count(m[1]), m[2])]
    town = _MUNICIPAL.search(request.text)
    own = [f"{town[1]} 자체 지원"] if town and squash(f"{town[1]} 자체") not in said else []
    return list(dict.fromkeys((*rounds, *(f"{noun}의 이름" for noun in lists), *own)))


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
    asked = [facet for facet in FACETS if facet.asked.search(request.text)]
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
