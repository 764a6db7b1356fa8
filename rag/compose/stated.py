"""What is stated: things asked for and a programme flow in, those that its documents do not state flow out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.compose.asked import Asked, Noun
from rag.compose.draft import PHONE
from rag.domain import Detail, Program
from rag.knowledge import Knowledge
from rag.text import squash
from rag.understand import Request

# What a unit may be written as in a document.
_UNITS = {
    "명": "명|인|개사",
    "사람": "명|인",
    "분": "분",
    "곳": "곳|개소|개사|개|군데|업체|기업",
    "군데": "곳|개소|개사|개|군데|업체|기업",
    "개소": "곳|개소|개",
    "개사": "곳|개소|개사|개|업체|기업",
    "업체": "곳|개소|개사|개|업체|기업",
    "기업": "곳|개소|개사|개|업체|기업",
    "개": "개|종|건|과제|가지|대",
    "가지": "개|종|가지",
    "건": "건|개",
    "과제": "과제|개",
    "번": "번|회|차례",
    "회": "번|회|차례",
    "퍼센트": "%|퍼센트|:",
    "할": "%|퍼센트|:",
    "팀": "팀|개|과제",
    "프로": "%|퍼센트|:",
    "%": "%|퍼센트|:",
    "일": "일|주|개월",
    "주": "주|개월|일",
    "달": "개월|달|월",
    "개월": "개월|달|년",
    "년": "(?<!20\\d\\d)(?:년|개년|개월)",
    "시간": "시간",
    "시": "시(?!간)|:",
    "점": "점",
    "대": "대(?!학)",
    "평": "평|㎡",
}
# Units of a day, a sum or an age: what they ask is a record, or the asker's own.
_RECORDED = ("월", "일자", "억", "만", "원", "천", "십", "백", "살", "차", "호", "급", "층")
_LONG = 3


def unstated(asked: Sequence[Asked], program: Program, knowledge: Knowledge, request: Request) -> list[Asked]:
    """The things asked for that no statement of the programme gives."""
    return [one for one in asked if not _is_stated(one, program, knowledge, request)]


def _is_stated(asked: Asked, program: Program, knowledge: Knowledge, request: Request) -> bool:
    nouns = [noun for noun in asked.nouns if not _is_frame(noun, knowledge, request)]
    if asked.unit:
        return _is_counted(asked, nouns, program, knowledge)
    if asked.nouns and not asked.nouns[-1].is_listed:
        return True
    # Of the nouns that name it, the last and those written together with it.
    meant = [noun for noun in nouns if noun.is_joined or noun is nouns[-1]]
    said = knowledge.words_of(program)
    return _holds_compound(asked, said) or all(_speaks_of(noun.form, said, knowledge) for noun in meant)


def _is_counted(asked: Asked, nouns: Sequence[Noun], program: Program, knowledge: Knowledge) -> bool:
    """Whether a statement gives a figure of the unit together with what is counted."""
    if asked.unit in _RECORDED:
        return True
    if asked.nouns and not asked.nouns[-1].is_listed:
        nouns = ()
    unit = _UNITS.get(asked.unit, re.escape(asked.unit))
    if asked.counted:
        things = "|".join(map(re.escape, (asked.counted[0], *knowledge.lexicon.same_as(asked.counted[0]))))
        unit = rf"(?:{unit})?\s*(?:내외)?\s*(?:{things})"
    figure = re.compile(rf"\d[\d,.]*\s*여?\s*(?:{unit})")
    lines = [line for d in program.details if figure.search(line := _line(d)) and not PHONE.search(line)]
    if not nouns or not lines:
        return bool(lines)
    # A share is also told of the thing itself: "불량률" of "불량제품 생산율 5%".
    form = nouns[-1].form
    head = form[:-1] if "%" in unit and form[-1] in "율률" and len(form) > _LONG - 1 else form
    return any(_speaks_of(head, line, knowledge) or _holds_compound(asked, line) for line in lines)


def _holds_compound(asked: Asked, text: str) -> bool:
    """Whether the text holds the last word asked for as a whole, however it is taken apart."""
    whole = "".join(noun.form for noun in asked.nouns if noun.is_joined)
    return len(whole) >= _LONG and squash(whole) in squash(text)


def _is_frame(noun: Noun, knowledge: Knowledge, request: Request) -> bool:
    """Whether a noun only says how something is asked, or for whom, and names nothing that a document could lack."""
    words, low = knowledge.lexicon, noun.form.lower()
    if low in words.particulars:
        return False
    # Latin in small letters is the asker's own mix of languages; a word of no dictionary may be a slip.
    is_own = len(low) < 2 or not noun.is_listed or (low.isascii() and low == noun.form)
    is_word = (
        any(same in words.frames for same in words.same_as(low))
        or low in words.generic
        or low in words.stopwords
        or words.is_cue(noun.form)
    )
    is_place = any(noun.form in mention.words for mention in request.places)
    return is_own or is_word or is_place or bool(knowledge.gazetteer.province(low) or knowledge.gazetteer.bare(low))


def _line(detail: Detail) -> str:
    return f"{detail.evidence.section.rpartition(' > ')[2]} {detail.label} {detail.text}"


def _speaks_of(noun: str, text: str, knowledge: Knowledge) -> bool:
    """Whether the text holds the noun or one that means the same."""
    said, bare = knowledge.statements.words_of(text), squash(text)
    same = [squash(word) for word in knowledge.lexicon.same_as(noun)]
    return any(word in said or (len(word) >= _LONG and word in bare) for word in same)
