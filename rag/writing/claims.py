"""Claims: a model's sentence flows in; what it claims against the rules, or beyond any document, flows out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.domain import Answer, Match, PeriodStatus, Verdict
from rag.text import squash
from rag.writing.numerals import in_digits

_MAY = re.compile(
    r"(?:신청|지원|참여|접수|이용|받)[^.]{0,12}(?:할|하실|받을|받으실|을|으실)\s*수\s*있|(?:신청|지원|참여|접수)\S{0,3}\s*가능"
    r"|대상(?:입니다|이십니다|에\s*해당|이\s*됩니다)|자격(?:이|을)?\s*(?:있|갖|됩니다)|\b(?:is|are)\s+eligible|\bcan\s+apply|\bqualif",
    re.IGNORECASE,
)
_ALL_MET = re.compile(
    r"(?:모든|전부|다)\s*(?:요건|조건)[^.]{0,8}(?:충족|맞|만족)|all\s+(?:the\s+)?(?:requirements|conditions)",
    re.IGNORECASE,
)
_SURELY = re.compile(
    r"(?:귀사|귀하|고객님|사장님|대표님|(?:말씀하신|이|해당|질문하신)\s*(?:회사|기업|업체))[^.]{0,30}"
    r"(?:대상(?:입니다|이십니다|에\s*해당|이\s*됩니다)|자격(?:이|을)?\s*(?:있|갖|됩니다)|(?:요건|조건)[^.]{0,8}(?:충족|맞|만족))"
    r"|\byou(?:r\s+company)?\s+(?:are|is)\s+eligible|\byou(?:r\s+company)?\s+qualif",
    re.IGNORECASE,
)
_MAY_NOT = re.compile(
    r"(?:신청|지원|참여|접수|이용)[^.]{0,12}(?:수\s*없|불가|못\s*합|못\s*하|안\s*됩)|대상(?:이|은|에서)?\s*(?:아니|아닙|제외)|제외(?:됩|되|된|합|입)"
    r"|자격(?:이|은)?\s*없|\bnot\s+eligible|\bineligible|\b(?:cannot|can\s*not|can't)\s+(?:apply|receive)|\bexcluded\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"제외|않|없|못|불가|아니|아닌|제한|not|cannot|exclud", re.IGNORECASE)
_NOT = re.compile(r"없습니다|않습니다|아닙니다|못합니다|불가|어렵습니다|제외|\bnot\b|\bno\b|n't", re.IGNORECASE)
_OPEN = re.compile(
    r"접수\s*중|(?:접수|모집|신청)\S{0,2}\s*(?:진행\s*중|(?:하|받)고\s*있)|모집\s*중|(?:접수|모집)(?:가|이)?\s*시작(?:되었|됐)|(?:지금|현재|오늘)[^.]{0,10}(?:신청|접수)[^.]{0,8}(?:수\s*있|가능|받)|open\s+now|currently\s+open|accepting",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"마감(?:되었|됐|입니다|된)|접수가?\s*(?:끝|종료)|이미\s*(?:끝|종료)|\bclosed\b|\bover\b|has\s+ended", re.IGNORECASE
)
_PROMISE = re.compile(
    r"보장|무조건|틀림없|반드시\s*(?:선정|합격|받)|100\s*(?:%|퍼센트|프로)\s*(?:선정|합격|승인)|선정(?:이|은)?\s*확실"
    r"|\bguarantee|\bcertainly\s+(?:be\s+)?(?:selected|approved)",
    re.IGNORECASE,
)
# Persons with their title, and bodies by how their names end; words that may stand before such an ending.
_PERSON = re.compile(
    r"([가-힣]{2,4})\s+(?:선임|과장|팀장|사무관|대리|주무관|책임|담당관|센터장|연구원|차장|부장|국장|실장|주임)(?![가-힣])"
)
_BODY = re.compile(
    r"([가-힣A-Za-z·]{1,20}(?:지사|공단|진흥원|센터|협회|재단|연구원|추진단|본부|공사|진흥공단|지청|테크노파크|상공회의소|위원회))"
    r"(?![가-힣]*(?:별|마다))"
)
_ANY_BODY = re.compile(
    r"(?:관할|해당|각|지역|담당|운영|전담|소관|주관|가까운|가까|인근|위|아래|이|그|및|와|과|의|또는)*(?:지사|공단|센터|본부|협회|기관)"
)
# What states a figure without one: days that hang on another, phones and English numbers in words.
_IN_WORDS = re.compile(
    r"[공영일이삼사오육칠팔구]{2,4}[-\s.,에국]+[공영일이삼사오육칠팔구]{3,4}[-\s.,에]+[공영일이삼사오육칠팔구]{4}"
    r"|내일|모레|글피|다음\s*(?:주|달|날)|이번\s*(?:주|달)|지난\s*(?:주|달)|[월화수목금토일]요일|연말|월말|평일|주말|(?:오전|오후)\s*\d"
    r"|월\s*(?:초|말|중순|하순|상순|초순|중반|후반)(?=[에까부이의입으\s,.]|$)|[상하]반기|\d\s*/\s*4\s*분기|\d\s*분기"
    r"|절반|반반|반액|갑절|곱절|전액|무료|무상|공짜|부담[^.]{0,6}없|\d\s*대\s*\d|\d\s*/\s*\d|\d\s*분의\s*\d|\d\s*할(?![가-힣])"
    r"|[\w-]+\s*\.\s*(?:한국|닷컴|닷넷)|골뱅이"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    r"|ninety|hundred|thousand|million|billion|half)\b[\w\s-]{0,24}\b(?:won|krw|percent|per\s+cent|days?|weeks?|months?|years?|employees)\b"
    r"|\b(?:tomorrow|yesterday|next\s+(?:week|month)|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Borne:
    """What bears a sentence out, without white space: all the evidence, and what is behind its own marks."""

    whole: str
    behind: str


def false_claims(sentence: str, answer: Answer, about: frozenset[str], evidence: Borne) -> Iterator[str]:
    """Why the sentence must not be told: a word for each claim; `about` are the programmes it may speak of.

    The rules' verdicts and standings win always.
    """
    yield from _against_the_rules(sentence, answer, about, evidence)
    for name, pattern in (("promise", _PROMISE), ("figure in words", _IN_WORDS)):
        if _says_new(pattern, in_digits(sentence), evidence.whole):
            yield name
    if any(squash(match[0]) not in evidence.whole for match in _PERSON.finditer(sentence)):
        yield "person"
    if any(_is_foreign_body(match[1], evidence.whole) for match in _BODY.finditer(sentence)):
        yield "body"


def _against_the_rules(sentence: str, answer: Answer, about: frozenset[str], evidence: Borne) -> Iterator[str]:
    named = [m for m in answer.matches if m.program.name in about]
    matches = named or list(answer.matches)
    # What is said of one programme is no excuse for saying it of another.
    excuse = evidence.behind if named and len(answer.matches) > 1 else evidence.whole
    if not matches:
        return
    if _NOT.search(sentence):
        refused = _says_new(_MAY_NOT, sentence, excuse) and not any(m.verdict is Verdict.INELIGIBLE for m in matches)
        if refused and not _NEGATED.search(evidence.behind):
            yield "verdict"
        return
    if _all(matches, Verdict.INELIGIBLE) and _says_new(_MAY, sentence, excuse):
        yield "verdict"
    is_fit = any(m.verdict is Verdict.ELIGIBLE for m in matches)
    if not is_fit and any(_says_new(pattern, sentence, excuse) for pattern in (_ALL_MET, _SURELY)):
        yield "verdict"
    standings = {m.status for m in matches}
    if _says_new(_OPEN, sentence, excuse) and not standings & {PeriodStatus.OPEN, PeriodStatus.ALWAYS}:
        yield "standing"
    if _says_new(_OVER, sentence, excuse) and PeriodStatus.CLOSED not in standings:
        yield "standing"


def _all(matches: list[Match], verdict: Verdict) -> bool:
    return all(match.verdict is verdict for match in matches)


def _says_new(pattern: re.Pattern[str], sentence: str, evidence: str) -> bool:
    return any(squash(match[0]) not in evidence for match in pattern.finditer(sentence))


def _is_foreign_body(name: str, evidence: str) -> bool:
    return not _ANY_BODY.fullmatch(name) and squash(name) not in evidence
