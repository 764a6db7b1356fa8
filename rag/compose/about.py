"""About programmes: a request that names programmes flows in, what their documents say to it flows out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.compose.contact import contact_statements
from rag.compose.draft import Draft, Statement, listed
from rag.compose.judge import judge
from rag.domain import AnswerStatus, BenefitKind, Contact, Detail, Match, PeriodKind, Program, Result, Verdict
from rag.knowledge import Knowledge
from rag.korean import topic, with_particle
from rag.match import deciding
from rag.messages import LOAN_NOT_GRANT, NO_GUARANTEE, NO_ORDERS, STANDING
from rag.periods import describe, period_status
from rag.understand import Intent, Request

_MONEY_ORDER = ("지원조건", "융자한도", "융자금리", "우대사항", "지원규모", "예산")
_MONEY = frozenset(_MONEY_ORDER)
_WHO = frozenset({"지원대상", "제외대상", "도입기업"})
_HOW = frozenset({"신청방법", "전산등록방법", "제출서류", "공급기업"})
_WHAT = frozenset({"목적", "개요", "지원내용", "지원대상"})


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
            r"자부담|부담\s*(?:률|율|비율|금)|분담|우리\s*돈|몇\s*(?:프로|퍼센트|%)[^?]{0,12}(?:내|부담)",
            r"부담|분담|국비",
        ),
        ("금리", r"금리|이자", r"금리|이자|%p"),
        ("제출서류", r"서류|구비", r"서류|신청서"),
        ("경쟁률이나 선정률", r"경쟁률|선정률|합격률|선정\s*확률", r"경쟁률|선정률|합격률"),
        ("팩스 번호", r"팩스|fax", r"팩스|fax"),
        ("이메일 주소", r"이메일|메일|e-?mail", r"[\w.-]+@[\w-]+\.\w{2,}"),
        (
            "방문 주소",
            r"(?:사무실|센터|방문|찾아가|위치|본부)\S*\s*(?:주소|위치|어디에\s*있)",
            r"[가-힣]+(?:로|길)\s*\d+",
        ),
    )
)
_PHONE = re.compile(r"0\d{1,2}-\d{3,4}-\d{4}|1[568]\d\d-\d{4}")
# How a list is announced, for the intents whose part has no opening line of its own.
_TOPICS = ((Intent.AMOUNT, "지원 금액과 규모"), (Intent.PROCESS, "신청 방법"))
_FREE_MONEY = re.compile(r"보조금|무상|갚을\s*필요|안\s*갚|공짜|그냥\s*주")

Part = Callable[[Program, Match, Request, Knowledge], list[Statement]]


def about_programs(request: Request, knowledge: Knowledge) -> Draft | None:
    """Answer a question that names programmes: each part it asks for, then what else the documents say to it."""
    if not request.programs:
        return None
    statements: list[Statement] = [*_years(request, knowledge)]
    if request.gives_orders:
        statements.append(Statement(NO_ORDERS))
    matches: list[Match] = []
    contacts: list[Contact] = []
    ask = None
    is_other_year = any(statement.text.startswith(str(year)) for statement in statements for year in request.years)
    missing = False
    for name in request.programs[:3]:
        for program in knowledge.editions(name, request.question.as_of, request.years):
            match = judge(program, request, knowledge)
            matches.append(match)
            if len(request.programs) > 1:
                statements.append(Statement(f"### {program.name}"))
            elif lead := _lead(program, request):
                statements.append(Statement(lead))
            named, is_missing = _facets(program, request)
            missing = missing or is_missing
            statements.extend(named)
            statements.extend(_corrections(program, request))
            if request.has(Intent.CONTACT):
                lines, found, question = contact_statements(program, request, knowledge)
                statements.extend(lines)
                contacts.extend(found)
                ask = ask or question
                missing = missing or not any(c.phones for c in found)
            for intent, part in _PARTS:
                if request.has(intent) or (intent is Intent.ELIGIBILITY and _asks_for_itself(request)):
                    statements.extend(part(program, match, request, knowledge))
            if request.intents != (Intent.CONTACT,):
                statements.extend(_rest(program, request, knowledge, statements))
    wants_period = request.has(Intent.DEADLINE) and all(
        m.period is None or m.period.kind is PeriodKind.UNSTATED for m in matches
    )
    status = AnswerStatus.PARTIAL if missing or wants_period or is_other_year else AnswerStatus.ANSWERED
    if missing and len(request.intents) <= 1 and not any(c.phones for c in contacts):
        status = AnswerStatus.NOT_FOUND
    return Draft(status, _distinct(statements), tuple(matches), tuple(contacts), ask, _follow_ups(request))


def compare(request: Request, knowledge: Knowledge) -> Draft | None:
    """A table of the programmes, or the editions of one, side by side; details to the question below it."""
    editions = [
        program
        for name in request.programs
        for program in knowledge.editions(name, request.question.as_of, request.years)
    ]
    if not request.has(Intent.COMPARE) or len(editions) < 2:
        return None
    years = len({p.name for p in editions}) == 1
    heads = [f"{p.name}({p.year}년)" if years else p.name for p in editions]
    statements = [Statement(f"{', '.join(f'**{head}**' for head in heads)} 비교입니다.")]
    matches = [judge(program, request, knowledge) for program in editions]
    for head, program, match in zip(heads, editions, matches, strict=True):
        statements.append(Statement(f"### {head}"))
        for labels in (_WHO, _MONEY, frozenset({"지원내용"})):
            statements.extend(listed(d) for d in [d for d in program.details if d.label in labels][:4])
        statements.extend(_deadline(program, match, request, knowledge))
        statements.extend(_rest(program, request, knowledge, statements))
    return Draft(AnswerStatus.ANSWERED, _distinct(statements), tuple(matches), follow_ups=_follow_ups(request))


def _years(request: Request, knowledge: Knowledge) -> list[Statement]:
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


def _lead(program: Program, request: Request) -> str | None:
    """One short line that says what the list below is about; none where the part brings its own."""
    asked = [words for intent, words in _TOPICS if request.has(intent)]
    return f"**{program.name}**의 {', '.join(asked)}입니다." if asked else None


def _facets(program: Program, request: Request) -> tuple[list[Statement], bool]:
    """What the question asks for by name: the statements that speak of it, or that none does.

    The second value says whether something asked for is missing.
    """
    lines: list[Statement] = []
    is_missing = False
    for facet in _FACETS:
        if not facet.asked.search(request.text):
            continue
        name = facet.name
        said = [d for d in program.details if facet.known.search(f"{d.label} {d.text}") and not _PHONE.search(d.text)]
        shares = any(b.rate is not None or b.own_share is not None for b in program.benefits)
        mails = any(c.emails for c in program.contacts)
        lines.extend(listed(d) for d in said[:4])
        if not said and not (shares and "자부담" in name) and not (mails and "이메일" in name):
            is_missing = True
            lines.append(
                Statement(f"**{program.name}**의 {topic(name)} 문서에서 확인되지 않습니다.", (program.evidence,))
            )
    return lines, is_missing


def _named(program: Program) -> str:
    """The programme as the topic of a sentence."""
    return with_particle(f"**{program.name}**", "은", "는")


def _corrections(program: Program, request: Request) -> list[Statement]:
    """What the question takes for granted and the documents do not bear out."""
    found = []
    loans = [b for b in program.benefits if b.kind is BenefitKind.LOAN]
    if loans and _FREE_MONEY.search(request.text):
        found.append(Statement(f"{_named(program)} {LOAN_NOT_GRANT}", (loans[0].evidence,)))
    if request.wants_guarantee:
        found.append(Statement(NO_GUARANTEE))
    return found


def _deadline(program: Program, match: Match, request: Request, knowledge: Knowledge) -> list[Statement]:
    as_of = request.question.as_of
    named = (
        match.period is not None
        and match.period.track
        and match.period.track.replace(" ", "") in request.text.replace(" ", "")
    )
    periods = [match.period] if named and match.period else list(program.periods)
    lines = []
    for period in periods:
        status = period_status(period, program, as_of)
        evidence = (period.evidence,) if period.evidence else (program.evidence,)
        track = f"({period.track}) " if period.track else ""
        lines.append(
            Statement(f"- **{program.name}** {track}[{STANDING[status]}] {describe(period, status, as_of)}", evidence)
        )
    notes = [d for d in program.details if "접수" in d.label or d.label == "신청기간"]
    lines.extend(listed(d) for d in notes if d.evidence not in [p.evidence for p in periods])
    return lines


def _eligibility(program: Program, match: Match, request: Request, knowledge: Knowledge) -> list[Statement]:
    lines: list[Statement] = []
    unmet = deciding(match.findings, Result.UNMET)
    met = [f for f in match.findings if f.result is Result.MET]
    if match.verdict is Verdict.INELIGIBLE:
        lines.append(Statement(f"{_named(program)} 신청할 수 없습니다."))
        lines.extend(Statement(f"- {f.reason}", (f.criterion.evidence,)) for f in unmet)
    elif met and match.verdict is not None:
        lines.append(Statement(f"{_named(program)} 지금까지 확인된 요건으로는 신청할 수 있습니다."))
        lines.extend(Statement(f"- {f.reason}", (f.criterion.evidence,)) for f in met[:3])
    soft = [f for f in match.findings if f.result is Result.UNMET and f not in unmet]
    lines.extend(Statement(f"- {f.reason}", (f.criterion.evidence,)) for f in soft)
    asks = [f for f in match.findings if f.result is Result.UNKNOWN and f.ask][:2]
    who = [d for d in program.details if d.label in _WHO][:5]
    lines.extend(listed(d) for d in who)
    lines.extend(Statement(f"- 확인할 것: {f.reason}", (f.criterion.evidence,)) for f in asks)
    if match.status.value == "closed":
        lines.extend(_deadline(program, match, request, knowledge))
    return lines


def _amount(program: Program, match: Match, request: Request, knowledge: Knowledge) -> list[Statement]:
    terms = knowledge.statements.terms(request.text, (program.name,))
    ranked = [d for d in knowledge.statements.best(program, terms, _MONEY, 12) if re.search(r"\d", d.text)]
    plain = sorted(
        (d for d in program.details if d.label in _MONEY and re.search(r"\d", d.text)),
        key=lambda d: _MONEY_ORDER.index(d.label),
    )
    kept = [d for d in _union(_with_next(program, ranked[:6]), plain[:4]) if not _PHONE.search(d.text)]
    return [listed(d) for d in kept[:10]]


def _with_next(program: Program, details: Sequence[Detail]) -> list[Detail]:
    """The details, each with the short rest of its sentence where the document broke it into the next line."""
    found = []
    for detail in details:
        found.append(detail)
        at = program.details.index(detail) + 1
        rest = program.details[at] if at < len(program.details) else None
        if rest and rest.label == detail.label and len(rest.text) <= 25 and re.search(r"\d", rest.text):
            found.append(rest)
    return found


def _process(program: Program, match: Match, request: Request, knowledge: Knowledge) -> list[Statement]:
    return [listed(d) for d in program.details if d.label in _HOW][:8]


def _definition(program: Program, match: Match, request: Request, knowledge: Knowledge) -> list[Statement]:
    terms = knowledge.statements.terms(request.text, (program.name,))
    ranked = [d for d in knowledge.statements.best(program, terms, _WHAT, 6) if not _PHONE.search(d.text)][:4]
    ranked = [told for d in ranked for told in _with_following(program, d)]
    plain = [d for d in program.details if d.label in _WHAT]
    year = f"{program.year}년 " if program.year else ""
    head = Statement(f"{_named(program)} {program.ministry} 소관의 {year}지원사업입니다.", (program.evidence,))
    return [head, *(listed(d) for d in _union(ranked, plain[: max(2, 6 - len(ranked))])[:8])]


def _asks_for_itself(request: Request) -> bool:
    """Whether a firm only asks if a programme it names would suit it ("AI 바우처 우리한테 맞을까")."""
    return request.intents == (Intent.FIT,) and request.is_government is not None


def _with_following(program: Program, detail: Detail) -> list[Detail]:
    """A detail that is only the title of an item, with the two that follow and say what it is."""
    if not re.match(r"^\d\s*[:.]?\s", detail.text) or len(detail.text) > 60:
        return [detail]
    at = program.details.index(detail)
    return list(program.details[at : at + 3])


_PARTS: tuple[tuple[Intent, Part], ...] = (
    (Intent.DEADLINE, _deadline),
    (Intent.ELIGIBILITY, _eligibility),
    (Intent.AMOUNT, _amount),
    (Intent.PROCESS, _process),
    (Intent.COMPARE, _amount),
    (Intent.DEFINITION, _definition),
)


def _rest(program: Program, request: Request, knowledge: Knowledge, said: Sequence[Statement]) -> list[Statement]:
    """What else the programme's document says to the words of the question."""
    terms = knowledge.statements.terms(request.text, (program.name,))
    count = 2 if request.intents else 4
    shown = {e for s in said for e in s.evidence}
    ranked = knowledge.statements.best(program, terms, frozenset(), count + 2)
    lines = [listed(d) for d in ranked if d.evidence not in shown and not _PHONE.search(d.text)][:count]
    if not lines and not request.intents:
        lines = [listed(d) for d in program.details if d.label in _WHAT][:4]
    return lines


def _union(first: Sequence[Detail], second: Sequence[Detail]) -> list[Detail]:
    return list(dict.fromkeys((*first, *second)))


def _distinct(statements: Sequence[Statement]) -> tuple[Statement, ...]:
    return tuple(dict.fromkeys(statements))


def _follow_ups(request: Request) -> tuple[str, ...]:
    offered = (
        (Intent.ELIGIBILITY, "우리 회사도 신청할 수 있나요?"),
        (Intent.DEADLINE, "신청기간은 언제까지인가요?"),
        (Intent.AMOUNT, "얼마까지 지원되나요?"),
        (Intent.CONTACT, "어디로 전화하면 되나요?"),
    )
    return tuple(words for intent, words in offered if not request.has(intent))[:3]
