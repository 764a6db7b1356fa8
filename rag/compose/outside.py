"""Outside: a request that names a body of no document flows in, that its schemes are not known flows out."""

from __future__ import annotations

import re

from rag.compose.draft import Statement
from rag.knowledge import Knowledge
from rag.korean import with_particle
from rag.text import squash
from rag.understand import Request

# What follows a body that gives something; a body that itself applies ("저희 협회도 신청되나요") is another matter.
_GIVES = (
    r"\s*(?:\([^)]*\)|[A-Z]{2,6})?\s*(?:에서|의|이|가|에)?\s*"
    r"(?:하는|해주|주는|주관|운영|내놓|모집|나온|나오는|[꺼거]\s|자체|따로|하고\s*있는|하던|지원\s*사업|지원금|사업|바우처|대출|자금|융자|프로그램)"
)
_BODY = re.compile(
    r"([가-힣]{2,}(?:진흥원|재단|공사|공단|기금|은행|협회|중앙회|테크노파크|상공회의소|진흥회|혁신센터))" + _GIVES
)
_INITIALS = re.compile(r"(?<![A-Za-z])([A-Z]{3,6})(?![A-Za-z])" + _GIVES)
_ANY_BODY = re.compile(r"^(?:시중|거래|주거래|일반|무슨|어느|어떤|우리|저희|해당|관련|전담)")


def outside_bodies(request: Request, knowledge: Knowledge) -> list[Statement]:
    """That nothing is known of what a body gives which the question names and no document does."""
    text = request.question.text
    bare = squash(text)
    listed = [
        name
        for name, aliases in knowledge.lexicon.outside
        if any(squash(spelling) in bare for spelling in (name, *aliases)) and not knowledge.holds(name)
    ]
    told = [m[1] for pattern in (_BODY, _INITIALS) for m in pattern.finditer(text) if not _ANY_BODY.match(m[1])]
    spelled = {squash(s) for _, aliases in knowledge.lexicon.outside for s in aliases}
    is_unknown = any(not knowledge.holds(name) and squash(name) not in spelled for name in told)
    # A name that neither documents nor staff know is not said again: whoever asks could put any words there.
    names = [with_particle(name, "이", "가") for name in listed] + (["물어보신 기관이"] if is_unknown else [])
    return [Statement(f"{name} 하는 사업은 등록된 문서에서 확인되지 않습니다.") for name in names]
