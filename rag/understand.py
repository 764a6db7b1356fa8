"""Understanding: a question flows in; what it asks, about which programmes, for whom and where, flows out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rag.aside import need_instead, part_instead, place_instead
from rag.borrowed import in_document_words, is_put_in_english
from rag.company import company_in, founding_years
from rag.conversation import carried_programs, company_so_far, ordinal, programs_meant
from rag.domain import CompanyProfile, Question
from rag.lexicon import Lexicon
from rag.naming import ProgramNames
from rag.places import Gazetteer, PlaceMention
from rag.planned import planned_day
from rag.text import squash


class Intent(StrEnum):
    """What a question wants to know; `lexicon.yaml` lists the cue words of each."""

    CONTACT = "contact"
    DEADLINE = "deadline"
    AMOUNT = "amount"
    ELIGIBILITY = "eligibility"
    PROCESS = "process"
    DEFINITION = "definition"
    LIST = "list"
    COMPARE = "compare"
    FIT = "fit"


# What may be asked of one programme; such a question without a name means the programme it describes.
OF_ONE = (Intent.CONTACT, Intent.DEADLINE, Intent.AMOUNT, Intent.PROCESS, Intent.ELIGIBILITY)


@dataclass(frozen=True, slots=True)
class Request:
    """A question understood.

    `programs` are canonical names in the order named, here or earlier in the conversation.
    `is_government` is true for an authority, false for a firm, `None` when the question does not tell.
    """

    question: Question
    text: str
    intents: tuple[Intent, ...]
    programs: tuple[str, ...]
    organisations: tuple[str, ...]
    places: tuple[PlaceMention, ...]
    profile: CompanyProfile
    is_government: bool | None
    years: tuple[int, ...]
    wants_private: bool
    wants_invention: bool
    wants_guarantee: bool
    gives_orders: bool
    wants_other: bool
    wants_fraud: bool
    only_open: bool
    is_english: bool

    def has(self, intent: Intent) -> bool:
        """Whether the question has this intent."""
        return intent in self.intents


_PRIVATE = re.compile(
    # What a company makes or sells, and by which phone one applies, is no private matter.
    r"(?:휴대폰|핸드폰|휴대전화)(?!\s*(?:으?로|부품|케이스|매장|판매|대리점|가게|수리|조립|필름|렌즈|제조|앱|액세서리))"
    r"|개인\s*(?:전화|번호|연락처|메일)|집\s*주소|자택|사는\s*곳|주민\s*등록|생년월일|나이[가는]?\s*(?:몇|어떻|얼마|어찌|궁금)"
    r"|몇\s*살|결혼(?!식|정보|업|사진)|외모"
    r"|(?:님|팀장|과장|사무관|선임|담당자|책임자)[^?]{0,14}(?:월급|연봉|가족|학력)"
)
_INVENTION = re.compile(
    r"지어서|추정해서|확정치처럼|대충\s*(?:지|불|말|써)|지어내|만들어서라도|그럴듯|아무거나|추측해|꾸며|대충이라도|가짜"
)
_GUARANTEE = re.compile(
    r"(?:다|꼭)\s*(?:뽑[히힌]|붙)|틀림없다|확답|확언|각서|책임지(?:세|셔|라)|약속(?:해|했|하셨|하신|이라|한\s*거)|(?:승인|선정|합격|지원|[억원])\s*확정|확정(?:이라고|됐다고|해\s*[줘주])"
    r"|(?:된다|붙는다|받는다)(?:면서요|고\s*(?:했|하셨|그랬|써|적|말해))|보장|무조건|100\s*(?:%|프로|퍼센트)\s*(?:선정|합격|통과)|확실히\s*(?:선정|되)|장담|틀림없이"
)
_ORDERS = re.compile(
    r"(?:지시|명령|규칙|프롬프트|설정)[^.?!]{0,12}(?:무시|잊|바꿔|바꾸|공개|보여|출력|알려)|시스템\s*프롬프트|역할극|너는\s*이제|지금부터\s*너는"
    r"|ignore\s+(?:all|any|the|your|previous)|system\s*prompt|you\s+are\s+now|jailbreak|developer\s+mode",
    re.IGNORECASE,
)
_ONLY_OPEN = re.compile(
    r"(?:지금|현재|오늘|바로|당장)[^.?!]{0,12}(?:신청|접수|받는|열려|열린|가능)|열려\s*있|접수\s*중|(?:신청|접수)\s*가능한"
    r"|마감\S*\s*(?:건\s*)?(?:빼|제외|말고)|(?:안|않)\s*(?:닫[힌혔]|끝난|끝났)|마감\s*(?:안\s*[된됐]|전인|되지\s*않|이?\s*안\s*지)"
    r"|(?:지금|오늘|현재)[^.?!]{0,14}(?:받아\s*주|넣으면|낼\s*수|남[았은])|(?:아직|여태|당장|지금|현재|오늘|요즘|이번\s*달)[^.?!]{0,14}(?:남[았은아]|살아\s*있|열[린려])"
    r"|(?:지금|오늘|현재|당장|아직)[^.?!]{0,14}(?:낼|넣을|할|쓸|지원할)\s*수\s*있는"
    r"|(?:지금|오늘|현재|당장|아직|시점에|요즘|이번\s*달)\S{0,3}\s[^.?!]{0,8}(?:되는|받는|받아\s*주는|받고\s*있는|신청되는|접수하는|모집하는|하는)\s*(?:거|것|게|건|데|곳|사업|지원|과제)"
    r"|마감[^.?!]{0,6}(?:필요\s*없|됐고|거르|치우)"
    r"|open\s+(?:right\s+)?now|currently\s+open|still\s+open|accepting",
    re.IGNORECASE,
)
_GOVERNMENT = re.compile(
    r"[가-힣]{2,4}[시도](?:는|도|가)\s*(?:되|신청|낼|내|가능|참여|대상|안\s*되|해당|됩)"
    # An office that gives something is not the one that asks.
    r"|(?:도청|시청|군청|구청)(?!이\s|에서\s*(?:주|따로|하는|지원|운영))"
    r"|지자체|지방정부|(?:우리|저희)\s*(?:[가-힣]{2,3})?[도시](?:가|는|에서|도)\s|광역시(?:도|는|가)\s|[가-힣]{2}시도\s"
    r"|자치단체\s*(?:담당|입니다)"
)
_FIRM = re.compile(
    r"우리\s*(?:회사|공장|업체|기업|가게)|저희|당사|중소기업|중견기업|대기업|소상공인|업체|회사|공장|기업(?:인데|입니다|이에요)|사장|직원|가게|의원|병원|법인|스타트업|개발사"
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)|(?<!\d)['’]?(2\d)\s*년")
_LAST_YEAR = re.compile(r"작년|지난해|전년")
_FRAUD = re.compile(
    r"(?:서류|숫자|인원|직원\s*수)[^.?!]{0,8}(?:꾸미|꾸며|맞춰\s*놓)|보이게\s*(?:하|서류|꾸|만)"
    r"|줄여서?\s*(?:적|신고|쓰|내)|안\s*걸리게|출석부만|(?:안\s*하고|없이)[^.?!]{0,16}(?:타는|타\s*먹|받는)\s*(?:법|방법)"
    r"|속여|속이|거짓(?:으로|말)|허위|위조|조작해|부풀려|가짜로"
)
_OTHER = re.compile(r"말고|(?:또|다른)\s*(?:건|거|것|사업|데)|그\s*외에|나머지|else\b|other programs?", re.IGNORECASE)
# "그럼 뭐가 있어요?" after something was told: what else there is.
_ELSE = re.compile(
    r"^(?:그럼|그러면|그래도|아니)?\s*(?:저희는?|우리는?)?\s*(?:뭐가|뭐|무엇이|어떤\s*(?:게|거|것))\s*(?:또\s*)?(?:있|되|돼|맞)"
)
_NEXT_YEAR = re.compile(r"내년|명년|다음\s*해|next year", re.IGNORECASE)
_THIS_YEAR = re.compile(r"올해|금년")
_ROUNDING = frozenset(
    {
        "되나요",
        "되나",
        "돼요",
        "돼나요",
        "될까요",
        "됩니까",
        "가능",
        "할 수 있",
        "할수있",
        "수 있나",
        "수 있을까",
        "받을 수",
    }
)
_ASKING_WORD = re.compile(r"얼마|언제|어디|어떻게|누구|며칠|무엇|뭐|뭘|어느|몇")
# How somebody says what the company wants, without asking for anything by name.
_WISH = re.compile(
    r"싶(?:은|어|습|다|음|네)|좋겠|(?:하|으)?려고|려\s*(?:합|해|하는)|필요(?:해요|합니다|한데|함|해서)|해\s*줄\s*(?:곳|데|사람|수)|(?:가르쳐|봐|도와|잡아|대)\s*[주줄줘]"
    r"|없(?:나|을까|어요|냐|는지|습니까|능교|는교)|있(?:나|을까|어요|냐|는지|으면|습니까|능교|는교)|어울리|나오는\s*(?:거|것|게)|맞는\s*(?:거|것|게|곳|사업)|들어갈\s*만한|걱정|골칫거리"
    r"|we\s+(?:just\s+)?(?:want|need|plan)|looking\s+for|should\s+we",
    re.IGNORECASE,
)
# A sum told of a programme is held against what the documents say.
_SUM = re.compile(r"\d\s*(?:억|천만|백만|만\s*원)")
# "강원도 말고 경남이요": a place that is not meant.
_SET_ASIDE = re.compile(r"\S+\s*(?:말고|아니고|빼고)(?=\s)")
# "2018년이요": a year alone, in reply to a question, is that of the founding.
_BARE_YEAR = re.compile(r"(?:19|20)\d\d\s*년?\s*(?:도)?\s*(?:이요|요|입니다|이에요|이야|에요)?[.\s]*")
_MAY = re.compile(
    r"[을를갈할될볼쓸낼릴]\s*수\s*(?:있|없|업)|(?:되|돼|가능하|해당되)는\s*(?:지|거|건)|(?:끼워?|껴|넣어)\s*(?:주|줄)"
    r"|될지|들어갈\s*자리|[대데]나요|됩니꺼|되능교|되는교|될라나|되려나|될랑가|되남유|돼유"
)
_SHORT = 40
# A reply as short as this ("40명입니다") tells a value of the company and no word of what it needs.
_VALUE = 12
_FOLLOW_UP = re.compile(
    r"^(?:그럼|그러면|그건|그곳|그 |이건|이거|저건|또|다른|혹시 그|아까|방금)|거기|그 사업|그거|이 사업|해당 사업"
)


def understand(question: Question, names: ProgramNames, lexicon: Lexicon, gazetteer: Gazetteer) -> Request:
    """Read the question in the light of the conversation; nothing is guessed that neither says."""
    text = " ".join(question.text.split())
    for wrong, right in lexicon.repairs:
        text = re.sub(wrong, right, text)
    is_english = is_put_in_english(text)
    if is_english:
        text = " ".join((text, *lexicon.in_korean(text), *gazetteer.in_korean(text)))
    else:
        text = in_document_words(text, lexicon.loanwords)
    heard = tuple(
        replace(turn, content=in_document_words(turn.content, lexicon.loanwords)) for turn in question.history
    )
    question = replace(question, history=heard)
    said = text
    instead = place_instead(text, gazetteer) if question.history else None
    own_need = instead is None and need_instead(text, names, lexicon)
    part = part_instead(text, carried_programs(question, text, names), names) if question.history else None
    text = said = part or text
    named = () if own_need else names.found_in(text)
    intents = _intents(names.blanked(text), lexicon)
    if planned_day(text, question.as_of) and Intent.DEADLINE not in intents:
        intents = (Intent.DEADLINE, *intents)
    is_bare = bool(question.history) and not named and instead is None and part is None
    wants_other = own_need or (
        is_bare and bool(_ELSE.search(text) or (_OTHER.search(text) and not {*intents} & {*OF_ONE[:4]}))
    )
    earlier = [turn.content for turn in reversed(question.history) if turn.role == "user"]
    if earlier and _BARE_YEAR.fullmatch(text):
        text = said = f"{text.rstrip('.요이년 ')}년에 설립"
    is_reply = bool(earlier) and not named and not intents and _tells_company(text, question, gazetteer)
    resumes = wants_other or (is_reply and _sought_programs(earlier, names, lexicon))
    if resumes:
        need = "" if own_need else _need_told(earlier, lexicon)
        text = need if is_reply and len(said) <= _VALUE else f"{said} {need}".strip()
        intents = (Intent.FIT,)
    if not named and Intent.FIT not in intents and not {*intents} & {Intent.CONTACT, Intent.DEADLINE}:
        intents = (*intents, Intent.FIT) if _WISH.search(text) else intents
    if named and Intent.AMOUNT not in intents and _SUM.search(said):
        intents = (*intents, Intent.AMOUNT)
    if named and Intent.ELIGIBILITY not in intents and _MAY.search(said) and not _ASKING_WORD.search(said):
        intents = (Intent.ELIGIBILITY, *intents)
    told = instead or _SET_ASIDE.sub(" ", names.blanked(f"{said} {text}" if resumes else text))
    places = gazetteer.mentions(f"{told} ")
    if named and not intents and places and _is_regional(named, names):
        intents = (Intent.CONTACT,)
    if not named and not resumes and earlier and (is_reply or _goes_on(text, intents, places)):
        named = programs_meant(question, text, names, lexicon, seeks=Intent.FIT in intents)
        if not intents:
            intents = next((found for content in earlier if (found := _intents(content, lexicon))), ())
        if is_reply and gazetteer.mentions(f"{text} ") and _is_regional(named, names) and {*intents} <= {Intent.FIT}:
            intents = (Intent.CONTACT,)
    return Request(
        question=question,
        text=text,
        intents=intents,
        programs=named,
        organisations=_organisations(text, lexicon),
        places=places,
        profile=_company(
            names.blanked(instead or said), company_so_far(question, names, gazetteer), question, gazetteer
        ),
        is_government=_is_government(text, question),
        years=_years(text, question),
        wants_private=bool(_PRIVATE.search(text)),
        wants_invention=bool(_INVENTION.search(text)),
        wants_guarantee=bool(_GUARANTEE.search(text)),
        gives_orders=bool(_ORDERS.search(text)),
        wants_other=wants_other,
        wants_fraud=bool(_FRAUD.search(text)),
        only_open=bool(_ONLY_OPEN.search(text)),
        is_english=is_english,
    )


def _is_regional(named: Sequence[str], names: ProgramNames) -> bool:
    """Whether a programme named is asked about at offices that each serve some places."""
    return any(c.regions for p in names.programs if p.name in named for c in p.contacts)


def _goes_on(text: str, intents: Sequence[Intent], places: Sequence[PlaceMention]) -> bool:
    """Whether a short question goes on with the conversation: it points back, or asks something of what was told."""
    points_back = bool(_FOLLOW_UP.search(text)) or ordinal(text) is not None
    return points_back or (len(text) <= _SHORT and bool(intents or places or founding_years(text)))


def _tells_company(text: str, question: Question, gazetteer: Gazetteer) -> bool:
    """Whether a short text tells something of the company, as a reply to what was asked back does."""
    return len(text) <= _SHORT and _company(text, CompanyProfile(), question, gazetteer) != CompanyProfile()


def _company(text: str, base: CompanyProfile, question: Question, gazetteer: Gazetteer) -> CompanyProfile:
    return company_in(text, gazetteer.mentions(f"{text} "), base, question.as_of)


def _sought_programs(earlier: Sequence[str], names: ProgramNames, lexicon: Lexicon) -> bool:
    """Whether the asker's last question, latest first in `earlier`, was for programmes and named none."""
    asked, intents = next(((said, found) for said in earlier if (found := _intents(said, lexicon))), ("", ()))
    return Intent.FIT in intents and not names.found_in(asked)


def _need_told(earlier: Sequence[str], lexicon: Lexicon) -> str:
    """The asker's last words, latest first in `earlier`, that asked for a programme rather than about one."""
    sought = {Intent.FIT, Intent.ELIGIBILITY, Intent.LIST}
    return next((said for said in earlier if sought & set(_intents(said, lexicon))), earlier[-1] if earlier else "")


def _intents(text: str, lexicon: Lexicon) -> tuple[Intent, ...]:
    clauses = [squash(clause) for clause in re.split(r"[?!.]|(?<=요)[,\s]|(?<=까)[,\s]", text) if clause.strip()]
    return tuple(
        Intent(name)
        for name, cues in lexicon.intents
        if name in Intent.__members__.values()
        and any(squash(cue) in clause and not _is_aside(cue, clause) for cue in cues for clause in clauses)
    )


def _is_aside(cue: str, clause: str) -> bool:
    """Whether a cue only rounds off a question for something else: "얼마나 지원되나요" does not ask who may apply."""
    return cue in _ROUNDING and bool(_ASKING_WORD.search(clause))


def _organisations(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    bare = squash(text)
    return tuple(
        name
        for name, aliases in lexicon.organisations
        if any(squash(spelling) in bare for spelling in (name, *aliases))
    )


def _is_government(text: str, question: Question) -> bool | None:
    if _GOVERNMENT.search(text):
        return True
    if _FIRM.search(text) or question.profile != CompanyProfile():
        return False
    return None


def _years(text: str, question: Question) -> tuple[int, ...]:
    years = [int(m[1]) if m[1] else 2000 + int(m[2]) for m in _YEAR.finditer(text)]
    if _LAST_YEAR.search(text):
        years.append(question.as_of.year - 1)
    if _NEXT_YEAR.search(text):
        years.append(question.as_of.year + 1)
    if _THIS_YEAR.search(text):
        years.append(question.as_of.year)
    return tuple(dict.fromkeys(year for year in years if year not in founding_years(text)))
