"""Drawing: an Answer and the names of its sources flow in, HTML flows out with every word of theirs escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from html import escape
from urllib.parse import quote

from markdown_it import MarkdownIt

from rag.domain import Answer, AnswerStatus, Citation, Contact, Finding, Match, PeriodStatus, Result, Source, Verdict
from rag.messages import caution, dates_of, place
from rag.periods import days_left, korean_date

SourceOf = Callable[[str], Source | None]

BADGES = {
    PeriodStatus.OPEN: ("open", "접수 중"),
    PeriodStatus.CLOSED: ("closed", "마감"),
    PeriodStatus.UPCOMING: ("upcoming", "예정"),
    PeriodStatus.ALWAYS: ("always", "상시"),
    PeriodStatus.UNKNOWN: ("unknown", "확인 필요"),
    PeriodStatus.CANCELLED: ("closed", "취소"),
}
VERDICTS = {
    Verdict.ELIGIBLE: ("met", "요건 충족"),
    Verdict.POSSIBLE: ("possible", "일부 확인 필요"),
    Verdict.INELIGIBLE: ("unmet", "요건 미충족"),
}
RESULTS = {Result.MET: ("met", "충족"), Result.UNMET: ("unmet", "미충족"), Result.UNKNOWN: ("open", "확인 필요")}
QUOTE_LENGTH = 160
PASSAGES_SHOWN = 4

_MARKDOWN = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").disable("image")


def header_html(today: date) -> str:
    """The head of the page with the day answers hold for."""
    return (
        '<header class="top"><h1>지원</h1><p>우리 회사에 맞는 지원사업을 묻고, 원문의 쪽수까지 확인하세요.</p>'
        f'<p class="day">{korean_date(today)} 기준으로 답합니다.</p></header>'
    )


def question_html(text: str) -> str:
    """What the person asked, as a bubble."""
    return f'<div class="asked" role="heading" aria-level="2">{escape(text)}</div>'


def answer_html(answer: Answer, source_of: SourceOf, turn: int) -> str:
    """A whole answer; `turn` (from 1) keeps the anchors of its sources apart from those of other answers."""
    parts = (
        f'<div class="said">{_prose(answer, turn)}</div>',
        _programs(answer),
        _contacts(answer.contacts),
        _sources(answer.citations, source_of, turn),
        _chips(answer),
        f'<p class="asof">{korean_date(answer.as_of)} 기준 답변입니다. 신청 전 문의처에 확인하세요.</p>',
    )
    return f'<article class="answer {answer.status.value}">{"".join(parts)}</article>'


def partial_html(text: str) -> str:
    """An answer while it is written: its text so far, marks without their sources."""
    answer = Answer(AnswerStatus.ANSWERED, text, date.min)
    return f'<article class="answer" aria-busy="true"><div class="said">{_prose(answer, 0)}</div></article>'


def notice_html(sentence: str) -> str:
    """A sentence to the person in place of an answer."""
    return f'<article class="answer notice" role="alert"><p>{escape(sentence)}</p></article>'


def thread_html(parts: Iterable[str]) -> str:
    """The whole conversation."""
    return f'<div class="thread" aria-live="polite">{"".join(parts)}</div>'


def badge_html(match: Match, as_of: date) -> str:
    """The state of the application period on a day, with the days left while it is open."""
    kind, label = BADGES[match.status]
    left = days_left(match.period, as_of) if match.period and match.status is PeriodStatus.OPEN else None
    if left is not None:
        label += " · 오늘 마감" if left == 0 else f" · {left}일 남음"
    return f'<span class="badge {kind}">{label}</span>'


def _prose(answer: Answer, turn: int) -> str:
    html: str = _MARKDOWN.render(answer.text)
    html = re.sub(r'<a href="(?!#)', '<a target="_blank" rel="noopener noreferrer" href="', html)
    known = {citation.mark for citation in answer.citations}

    def mark(found: re.Match[str]) -> str:
        number = int(found[1])
        if number not in known:
            return found[0]
        return f'<a class="mark" href="#s{turn}-{number}" aria-label="출처 {number}">{number}</a>'

    # Only text between tags is looked at, so that a number in brackets inside a link's address stays as it is.
    return re.sub(r"\[(\d{1,3})\](?![^<]*>)", mark, html)


def _programs(answer: Answer) -> str:
    if not answer.matches:
        return ""
    cards = "".join(_program(match, answer.as_of) for match in answer.matches)
    return f'<section><h3>지원사업</h3><div class="cards">{cards}</div></section>'


def _program(match: Match, as_of: date) -> str:
    program = match.program
    kind, label = VERDICTS[match.verdict] if match.verdict else ("", "")
    verdict = f'<span class="verdict {kind}">{label}</span>' if match.verdict else ""
    year = f" <small>{program.year}년</small>" if program.year else ""
    whose = " · ".join(escape(name) for name in dict.fromkeys((program.ministry, program.agency)) if name)
    period = f'<p class="period">접수기간 {escape(match.period.text)}</p>' if match.period and match.period.text else ""
    findings = "".join(_finding(finding) for finding in match.findings)
    details = f"<details><summary>요건 {len(match.findings)}개 보기</summary><ul>{findings}</ul></details>"
    return (
        f'<div class="card program"><div class="badges">{badge_html(match, as_of)}{verdict}</div>'
        f"<h4>{escape(program.name)}{year}</h4><p class='whose'>{whose}</p>{period}"
        f"{details if match.findings else ''}</div>"
    )


def _finding(finding: Finding) -> str:
    kind, label = RESULTS[finding.result]
    why = finding.ask if finding.result is Result.UNKNOWN and finding.ask else finding.reason
    return (
        f'<li><span class="result {kind}">{label}</span> {escape(finding.criterion.text)}'
        f"<br><small>{escape(why)}</small></li>"
    )


def _contacts(contacts: Iterable[Contact]) -> str:
    rows = "".join(_contact(contact) for contact in contacts)
    return f'<section><h3>문의처</h3><div class="cards">{rows}</div></section>' if rows else ""


def _contact(contact: Contact) -> str:
    who = " ".join(escape(word) for word in (contact.department, contact.person) if word)
    phones = "".join(
        f'<a class="phone" href="tel:{re.sub(r"[^0-9+]", "", phone)}">{escape(phone)}</a>' for phone in contact.phones
    )
    mails = "".join(f'<a href="mailto:{escape(quote(m, safe="@"))}">{escape(m)}</a>' for m in contact.emails)
    pages = "".join(_page_link(url) for url in contact.urls)
    ways = phones + mails + pages or '<span class="none">전화번호가 원문에서 확인되지 않습니다.</span>'
    track = f'<p class="whose">{escape(contact.track)}</p>' if contact.track else ""
    return (
        f'<div class="card contact"><h4>{escape(contact.organisation)}</h4>{track}'
        f"{f'<p class=whose>{who}</p>' if who else ''}<p class='ways'>{ways}</p></div>"
    )


def _page_link(url: str) -> str:
    address = url if re.match(r"https?://", url) else f"https://{url}"
    return f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">{escape(url)}</a>'


def _sources(citations: Sequence[Citation], source_of: SourceOf, turn: int) -> str:
    """A card a document; a link to a passage below the fold opens it, as browsers do for `details`."""
    by_document: dict[str, list[Citation]] = {}
    for citation in citations:
        by_document.setdefault(citation.evidence.source_id, []).append(citation)
    cards = "".join(_document(source_of(id_), id_, cited, turn) for id_, cited in by_document.items())
    return f"<section><h3>출처</h3>{cards}</section>" if cards else ""


def _document(source: Source | None, source_id: str, cited: Sequence[Citation], turn: int) -> str:
    days = dates_of(source.published_on, source.collected_on, source.checked_on) if source else ""
    facts = f"{source.publisher} · {days}" if source else ""
    passages = [_passage(citation, source, turn) for citation in cited]
    first, rest = "".join(passages[:PASSAGES_SHOWN]), passages[PASSAGES_SHOWN:]
    more = f"<details><summary>근거 {len(rest)}개 더 보기</summary><ul>{''.join(rest)}</ul></details>" if rest else ""
    return (
        f'<div class="card source"><h4>{escape(source.title if source else source_id)}</h4>'
        f'<p class="whose">{escape(facts)}</p><ul>{first}</ul>{more}</div>'
    )


def _passage(citation: Citation, source: Source | None, turn: int) -> str:
    evidence = citation.evidence
    page = escape(place(evidence, source))
    said = evidence.quote if len(evidence.quote) <= QUOTE_LENGTH else f"{evidence.quote[:QUOTE_LENGTH].rstrip()}…"
    known = caution(evidence, source)
    read = f'<small class="read">{known}</small>' if known else ""
    return (
        f'<li id="s{turn}-{citation.mark}"><span class="mark">{citation.mark}</span>'
        f'<a href="/documents/{escape(quote(evidence.source_id, safe=""))}#page={evidence.pages[0]}" target="_blank" '
        f'rel="noopener" aria-label="원문 {page} 열기">{page}</a><q>{escape(said)}</q>{read}</li>'
    )


def _chips(answer: Answer) -> str:
    chips = "".join(
        f'<button type="button" class="chip" data-ask="{escape(words)}">{escape(words)}</button>'
        for words in answer.follow_ups
    )
    question = answer.clarifying_question
    asked = f'<p class="clarify">{escape(question)}</p>' if question and question not in answer.text else ""
    row = f'<div class="chips">{chips}</div>' if chips else ""
    return f'<section class="next">{asked}{row}</section>' if asked or row else ""
