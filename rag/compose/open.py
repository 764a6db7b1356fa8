"""Open questions: a request that no programme or list settles flows in, the best passages or an honest no flow out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from rag.compose.asking import is_bare
from rag.compose.draft import Draft, Statement, reach
from rag.compose.gaps import unheld, unknown_scheme
from rag.compose.judge import judge
from rag.compose.outside import outside_bodies
from rag.domain import AnswerStatus, Chunk, CompanyProfile, Evidence, Hit
from rag.knowledge import Knowledge
from rag.korean import topic, with_particle
from rag.messages import GREETING, OUTCOME, THANKS
from rag.trust import REACH
from rag.understand import Intent, Request

_GREETING = re.compile(
    r"^(?:안녕|반가|hello|hi\b|hey|ㅎㅇ|ㅋ+|ㅎ+|너는?\s|넌\s|당신|누구(?:세요|야|냐)|who are you|what can you)",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"^(?:고마|감사|수고|네\b|넵|굿|좋아요|알겠|thank)|(?:감사|고마워|고맙|잘\s*알았|잘\s*알겠|도움이?\s*됐)\S*[\s.!~ㅎㅋ^]*$",
    re.IGNORECASE,
)
# Words of our subject; a question without any of them is not about support programmes.
_SUBJECT = re.compile(
    r"지원|사업|신청|보조|과제|국비|상용화|바우처|바우쳐|훈련|교육|융자|대출|자금|공고|접수|모집|기업|회사|공장|업체|제조|정책|컨설팅|센터|공제|수당|장려|인증"
    r"|ai|인공지능|로봇|솔루션|실증|예산|국비|전화|문의|담당|마감|컨소시엄|소상공인|창업|프로그램|program|support|grant|apply|subsid|loan",
    re.IGNORECASE,
)
# "열려 있는 거": things to apply for, where no noun says what is open.
_THINGS = re.compile(r"[는은인린]\s*(?:거|것|게|건|곳|데)(?![가-힣]*\s*(?:먹|맛))")
_COURTESY = 40
_COVERED = 0.5
_PARTLY = 0.3
_SHOWN = 400
_PASSAGES = 3
_MORE = 4
# A line that only leads to what follows it.
_ANNOUNCES = re.compile(r"(?:다음과\s*같(?:습니다|다|음)|다음\s*(?:각|의|가운데).*|:)\s*\.?$")
_OFFICES = 3
_NUMBER = re.compile(r"몇|얼마|퍼센트|프로|비율|률\b|비중|how (?:many|much)", re.IGNORECASE)
_FIGURE = 0.3
_SHORT_FORM = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z+-]{1,9}(?![A-Za-z])")
_ON_PAGE = "(번호와 주소는 원본에서 확인)"
_PHONE = re.compile(r"\d{2,3}-\d{3,4}-\d{4}|1[568]\d\d-\d{4}")


def greet_or_leave(request: Request, knowledge: Knowledge) -> Draft | None:
    """A greeting, or a question with no word of our subject."""
    text = request.text
    if _THANKS.search(text) and not request.intents and len(text) <= _COURTESY:
        return Draft(AnswerStatus.OUT_OF_SCOPE, (Statement(THANKS),))
    if request.programs or request.profile.needs or _SUBJECT.search(text):
        return None
    if request.only_open and _THINGS.search(text):
        return None
    if _GREETING.match(text):
        return Draft(AnswerStatus.OUT_OF_SCOPE, (Statement(GREETING),))
    if request.organisations or (request.intents and request.question.history):
        return None
    is_wish = request.has(Intent.FIT) and (request.profile != CompanyProfile() or knowledge.lexicon.kinds_needed(text))
    is_vague = bool(request.intents) and is_bare(request, knowledge)
    if is_wish or is_vague or _covered(text, knowledge) or (request.intents and _near(text, knowledge)):
        return None
    return Draft(AnswerStatus.OUT_OF_SCOPE, (Statement(OUTCOME[AnswerStatus.OUT_OF_SCOPE]),))


def other_scheme(request: Request, knowledge: Knowledge) -> Draft | None:
    """A question about a scheme that no document names: said so, and nothing near it passed off for it."""
    name = None if request.programs else unknown_scheme(request, knowledge)
    not_found = _not_found(knowledge)
    if name is None:
        strangers = [] if request.programs else outside_bodies(request, knowledge)
        return replace(not_found, statements=(*strangers, *not_found.statements[1:])) if strangers else None
    said = Statement(f"{with_particle(name, '은', '는')} 등록된 문서에서 확인되지 않습니다.")
    return replace(not_found, statements=(said, *not_found.statements[1:]))


def _near(text: str, knowledge: Knowledge) -> bool:
    """Whether some passage speaks of at least a part of the question."""
    terms = knowledge.statements.terms(text)
    return any(knowledge.statements.coverage(terms, h.chunk.indexed_text) >= _PARTLY for h in knowledge.find(text, 3))


def _covered(text: str, knowledge: Knowledge) -> list[Hit]:
    """The best passages in which enough of the text's words occur."""
    terms = knowledge.statements.terms(text)
    return [
        h for h in knowledge.find(text, 5) if knowledge.statements.coverage(terms, h.chunk.indexed_text) >= _COVERED
    ]


def open_question(request: Request, knowledge: Knowledge) -> Draft:
    """The lines of the best passages; where too little of the question occurs in them, that it is not found."""
    terms = knowledge.statements.terms(request.text)
    number = bool(_NUMBER.search(request.text))

    def fit(words: str) -> float:
        """How much of the question the words hold; a question for a figure wants one."""
        return knowledge.statements.coverage(terms, words) + _FIGURE * (number and bool(re.search(r"\d", words)))

    meant = _meanings(request, knowledge)
    found = _covered(request.text, knowledge)
    best = {h: max(fit(line) for line in h.chunk.text.split("\n")) for h in found}
    # Scores of a reranker are on a scale of their own: where one has judged, its order stands.
    judged = any(h.reranked is not None for h in found)
    hits = (found if judged else sorted(found, key=lambda h: -(h.score + best[h])))[:_PASSAGES]
    shown = [line for hit in hits for line in _passages(hit, fit, knowledge, request)]
    missing = [Statement(f"{topic(name)} 등록된 문서에서 확인되지 않습니다.") for name in unheld(request, knowledge)]
    if missing:
        return Draft(AnswerStatus.NOT_FOUND, (*missing, *_offices(request, knowledge), *_searched(knowledge)))
    if not shown and not meant:
        return _not_found(knowledge)
    names = dict.fromkeys(h.chunk.program for h in hits if h.chunk.program)
    editions = [p for name in names for p in knowledge.editions(name, request.question.as_of, request.years)]
    matches = tuple(judge(program, request, knowledge) for program in editions)
    return Draft(AnswerStatus.ANSWERED, (Statement("문서에서 찾은 내용입니다."), *meant, *shown), matches)


def _meanings(request: Request, knowledge: Knowledge) -> list[Statement]:
    """What the short forms asked about stand for."""
    shorts = dict.fromkeys(_SHORT_FORM.findall(request.question.text)) if request.has(Intent.DEFINITION) else ()
    told = [(short, knowledge.spelled_out(short)) for short in shorts]
    return [Statement(f"- **{short}**: {found[0]}", (found[1],)) for short, found in told if found]


def _not_found(knowledge: Knowledge) -> Draft:
    return Draft(
        AnswerStatus.NOT_FOUND,
        (Statement(OUTCOME[AnswerStatus.NOT_FOUND]), *_searched(knowledge)),
        follow_ups=("지금 신청할 수 있는 사업을 알려 주세요.",),
    )


def _searched(knowledge: Knowledge) -> list[Statement]:
    titles = [s.title for p in knowledge.programs if (s := knowledge.source(p.source_id))]
    return [Statement(f"찾아본 문서: {', '.join(dict.fromkeys(titles))}")]


def _offices(request: Request, knowledge: Knowledge) -> list[Statement]:
    """How to reach the organisations that the question names, which may know what the documents do not say."""
    reached = [
        reach(contact)
        for program in knowledge.current(request.question.as_of)
        for contact in program.contacts
        if contact.phones
        and not contact.regions
        and any(name in contact.organisation for name in request.organisations)
    ]
    return [Statement("아래 번호로 직접 확인하세요."), *reached[:_OFFICES]] if reached else []


def _passages(hit: Hit, fit: Callable[[str], float], knowledge: Knowledge, request: Request) -> list[Statement]:
    """The line of the chunk nearest the question with what goes on with it, each citing the words it was made from.

    What goes on is the next line, or the list that the line announces; for a question for a figure, the other lines
    with figures; for one that compares or wants all, the lines beside it.
    """
    own = _lines(hit.chunk)
    after = knowledge.after(hit.chunk)
    placed = [*own, *(_lines(after) if after else ())]
    lines = [line for line, _ in placed]
    best = max(range(len(own)), key=lambda at: fit(lines[at]))
    following = list(range(best + 1, len(lines)))
    others = [at for at in range(len(lines)) if at != best]
    if _ANNOUNCES.search(lines[best]):
        more = following[:_MORE]
    elif request.has(Intent.COMPARE) or request.has(Intent.LIST):
        more = sorted(others, key=lambda at: -fit(lines[at]))[:_MORE]
    elif _NUMBER.search(request.text):
        more = sorted((at for at in others if re.search(r"\d", lines[at])), key=lambda at: -fit(lines[at]))[:_MORE]
    else:
        more = following[:1]
    kept = sorted([best, *more])
    shown = []
    for line, chunk in (placed[at] for at in kept if at == best or not _PHONE.search(lines[at])):
        found = knowledge.evidence(chunk, line)
        if found:
            told = _shortened(re.sub(r"^[•\-*]\s*", "", _sure(line, found, knowledge)), fit)
            shown.append(Statement(f"- {told}", (found,)))
    return shown


def _sure(line: str, evidence: Evidence, knowledge: Knowledge) -> str:
    """The line without the numbers and addresses that may have been misread from a picture of its page."""
    source = knowledge.source(evidence.source_id)
    return REACH.sub(_ON_PAGE, line) if source and source.is_recognised(evidence.pages) else line


def _lines(chunk: Chunk) -> list[tuple[str, Chunk]]:
    return [(line.strip(), chunk) for line in chunk.text.split("\n") if line.strip()]


def _shortened(line: str, fit: Callable[[str], float]) -> str:
    """The line, of a long row its first cell with the cells nearest the question, in their order."""
    cells = line.split(" · ")
    if len(line) <= _SHOWN:
        return line
    kept = {0}
    for at in sorted(range(1, len(cells)), key=lambda at: -fit(cells[at])):
        if len(kept) == 1 or sum(len(cells[i]) for i in kept) + len(cells[at]) <= _SHOWN:
            kept.add(at)
    return " · ".join(cells[at] for at in sorted(kept))
