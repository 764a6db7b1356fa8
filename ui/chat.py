"""The conversation: a person's words and company flow in as a Question, what the page shows flows out."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from rag.domain import Answer, CompanyProfile, Question, SizeClass, Turn
from rag.errors import JiwonError
from ui.render import SourceOf, answer_html, notice_html, partial_html, question_html, thread_html

Ask = Callable[[Question], Iterator[str | Answer]]

QUESTION_LIMIT = 2000
FIELD_LIMIT = 200
INSURED = {"가입": True, "미가입": False}
WAITING = '<div class="waiting" role="status">원문을 찾고 있습니다…</div>'
BROKEN = "답변을 만들지 못했습니다. 잠시 뒤 다시 물어 주세요."


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question with what was said and what was drawn."""

    asked: str
    said: str
    drawn: str


Conversation = tuple[Exchange, ...]


@dataclass(frozen=True, slots=True)
class View:
    """What the page shows after a step: the conversation, a sentence at the input, and the words left in it."""

    conversation: Conversation
    pending: str = ""
    notice: str = ""
    left: str = ""

    @property
    def thread(self) -> str:
        """The conversation as HTML, the question being answered last."""
        return thread_html((*(exchange.drawn for exchange in self.conversation), self.pending))


def converse(
    ask: Ask, source_of: SourceOf, words: str, profile: CompanyProfile, as_of: date, conversation: Conversation
) -> Iterator[View]:
    """Answer one question: the question alone, what is told of its answer, the answer; or why it cannot be asked."""
    text = words.strip()
    if not text:
        yield View(conversation, notice="질문을 입력해 주세요.")
        return
    if len(text) > QUESTION_LIMIT:
        said = f"질문은 {QUESTION_LIMIT:,}자까지 쓸 수 있습니다. 지금은 {len(text):,}자입니다. 줄여서 다시 물어 주세요."
        yield View(conversation, notice=said, left=words)
        return
    yield View(conversation, pending=f'<div class="turn">{question_html(text)}{WAITING}</div>')
    history = tuple(
        turn for old in conversation for turn in (Turn("user", old.asked), Turn("assistant", old.said)) if turn.content
    )
    said = drawn = ""
    try:
        for part in ask(Question(text, as_of, profile, history)):
            if isinstance(part, Answer):
                said, drawn = part.text, answer_html(part, source_of, len(conversation) + 1)
            else:
                said += part
                yield View(conversation, pending=f'<div class="turn">{question_html(text)}{partial_html(said)}</div>')
    except JiwonError as error:
        said, drawn = "", notice_html(str(error))
    except Exception:
        logging.getLogger(__name__).exception("question failed")
        said, drawn = "", notice_html(BROKEN)
    yield View((*conversation, Exchange(text, said, f'<div class="turn">{question_html(text)}{drawn}</div>')))


def company(
    region: str | None = None,
    industry: str | None = None,
    employees: str | None = None,
    size: str | None = None,
    founded: str | None = None,
    insured: str | None = None,
    needs: str | None = None,
) -> CompanyProfile:
    """The panel's fields as a profile; an empty one is unknown. Raises ValueError with a Korean sentence."""
    if any(len(words or "") > FIELD_LIMIT for words in (region, industry, needs)):
        raise ValueError(f"회사 정보는 항목마다 {FIELD_LIMIT}자까지 쓸 수 있습니다.")
    return CompanyProfile(
        region=(region or "").strip() or None,
        industry=(industry or "").strip() or None,
        employees=_number(employees, "명", 0, 10_000_000, "직원 수는 32처럼 0 이상의 수로 적어 주세요."),
        size=SizeClass(size) if size in tuple(SizeClass) else None,
        founded=_number(founded, "년", 1800, 2200, "설립연도는 2015처럼 네 자리로 적어 주세요."),
        insured=INSURED.get(insured or ""),
        needs=tuple(word.strip() for word in (needs or "").split(",") if word.strip()),
    )


def _number(words: str | None, unit: str, least: int, most: int, otherwise: str) -> int | None:
    digits = (words or "").replace(",", "").strip().removesuffix(unit).strip()
    if not digits:
        return None
    if digits.isascii() and digits.isdigit() and least <= int(digits) <= most:
        return int(digits)
    raise ValueError(otherwise)
