"""Parts: a programme and what is asked of it flow in, the statements for one intent flow out, a function each."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rag.compose.corrections import body_evidence, named
from rag.compose.draft import PHONE, Statement, listed
from rag.domain import CriterionField, Detail, Finding, Match, PeriodKind, PeriodStatus, Program, Result, Verdict
from rag.knowledge import Knowledge
from rag.korean import topic
from rag.match import deciding
from rag.messages import STANDING
from rag.periods import describe, on_planned, period_status
from rag.planned import planned_day
from rag.text import squash
from rag.understand import Intent, Request

MONEY_ORDER = ("지원조건", "융자한도", "융자금리", "우대사항", "지원규모", "예산")
MONEY = frozenset(MONEY_ORDER)
WHO = frozenset({"지원대상", "제외대상", "도입기업"})
WHAT = frozenset({"목적", "개요", "지원내용", "지원대상"})
_HOW = frozenset({"신청방법", "전산등록방법", "제출서류", "공급기업"})
_HEADED = ("소관부처", "사업연도")
_LISTED = 12
_ROWS = 5
_ORDER = re.compile(r"순서|절차|단계|진행")
_NOT_LISTED = frozenset({"문의처", "신청방법", "예산"})

# A row of a timetable that tells until when papers are received.
_RECEIVED = re.compile(r"절차: [^·]*접수[^·]*·[^\n]*일정[^·]*\d월")

Part = Callable[[Program, Match, Request, Knowledge], list[Statement]]


def deadline(program: Program, match: Match, request: Request, knowledge: Knowledge) -> list[Statement]:
    """Each period with its standing on the day."""
    as_of = request.question.as_of
    lines = []
    for period in program.periods:
        status = period_status(period, program, as_of)
        evidence = (period.evidence,) if period.evidence else (program.evidence,)
        track = f"({period.track}) " if period.track else ""
        told = describe(period, status, as_of)
        lines.append(Statement(f"- **{program.name}** {track}[{STANDING[status]}] {told}", evidence))
        if period.kind is PeriodKind.ANNOUNCED:
            lines.extend(listed(d) for d in program.details if _RECEIVED.search(d.text) and d.label != "신청기간")
        planned = planned_day(request.text, as_of)
        if planned and status in (PeriodStatus.OPEN, PeriodStatus.UPCOMING) and period.kind is PeriodKind.FIXED:
            lines.append(Statement(f"- {on_planned(period, planned)}", evidence))
    return lines


def eligibility(program: Program, match: Match, request: Request, knowledge: Knowledge) -> list[Statement]:
    """The verdict with its reasons, the statements on who may apply, and what is left to be checked."""
    lines: list[Statement] = []
    unmet = deciding(match.findings, Result.UNMET)
    met = [f for f in match.findings if f.result is Result.MET]
    included = _included(program, request, knowledge)
    divided = [f for f in match.findings if f.result is Result.UNKNOWN and _is_told(f, request)]
    if match.verdict is Verdict.INELIGIBLE:
        lines.extend(refused(program, match))
    elif divided:
        lines.append(Statement(f"{named(program)} 경우에 따라 다릅니다."))
        lines.extend(Statement(f"- {f.reason}", (f.criterion.evidence,)) for f in divided)
    elif (met and match.verdict is not None) or included:
        lines.append(Statement(f"{named(program)} 지금까지 확인된 요건으로는 신청할 수 있습니다."))
        lines.extend(included)
        lines.extend(Statement(f"- {f.reason}", (f.criterion.evidence,)) for f in met[:3])
    soft = [f for f in match.findings if f.result is Result.UNMET and f not in unmet]
    lines.extend(Statement(f"- {f.reason}", (f.criterion.evidence,)) for f in soft)
    lines.extend(listed(d) for d in [d for d in program.details if d.label in WHO][:5])
    asks = [f for f in match.findings if f.result is Result.UNKNOWN and f.ask and f not in divided][:2]
    lines.extend(Statement(f"- 확인할 것: {f.reason}", (f.criterion.evidence,)) for f in asks)
    return lines


def _is_told(finding: Finding, request: Request) -> bool:
    """Whether what is left unknown is so although the company told the property."""
    told = {CriterionField.REGION: request.profile.region, CriterionField.AGE: request.profile.founded}
    return told.get(finding.criterion.field) is not None


def refused(program: Program, match: Match) -> list[Statement]:
    """That one may not apply, and why."""
    unmet = deciding(match.findings, Result.UNMET)
    reasons = [Statement(f"- {f.reason}", (f.criterion.evidence,)) for f in unmet]
    return [Statement(f"{named(program)} 신청할 수 없습니다."), *reasons]


def amount(program: Program, match: Match, request: Request, knowledge: Knowledge) -> list[Statement]:
    """The statements with figures that answer best, then those on money in the order a reader wants them."""
    terms = knowledge.statements.terms(request.text, (program.name,))
    ranked = [d for d in knowledge.statements.best(program, terms, MONEY, 12) if re.search(r"\d", d.text)]
    figures = [d for d in program.details if re.search(r"\d", d.text)]
    plain = [d for label in MONEY_ORDER for d in [d for d in figures if d.label == label][:2]]
    rows = [d for d in figures if ranked and _is_sibling(d, ranked[0])][:_ROWS]
    kept = [
        d
        for d in _union(_with_next(program, [*ranked[:1], *rows, *ranked[1:6]]), plain[:8])
        if not PHONE.search(d.text)
    ]
    return [listed(d) for d in kept[:_LISTED]]


def process(program: Program, match: Match, request: Request, knowledge: Knowledge) -> list[Statement]:
    """How to apply, with what."""
    how = [listed(d) for d in program.details if d.label in _HOW][:8]
    return [*(listing(program, match, request, knowledge) if _ORDER.search(request.text) else []), *how]


def definition(program: Program, match: Match, request: Request, knowledge: Knowledge) -> list[Statement]:
    """What the programme, or the part of it that is asked about, is."""
    terms = knowledge.statements.terms(request.text, (program.name,))
    ranked = [d for d in knowledge.statements.best(program, terms, WHAT, 6) if not PHONE.search(d.text)][:4]
    ranked = [told for d in ranked for told in _with_following(program, d)]
    plain = [d for d in program.details if d.label in WHAT]
    year = f"{program.year}년 " if program.year else ""
    head = Statement(
        f"{named(program)} {program.ministry} 소관의 {year}지원사업입니다.",
        (program.evidence, *body_evidence(program, _HEADED)),
    )
    return [head, *(listed(d) for d in _union(ranked, plain[: max(2, 6 - len(ranked))])[:8])]


def overview(program: Program, match: Match, request: Request, knowledge: Knowledge) -> list[Statement]:
    """Who, how much and how, for a question that names the programme and nothing we know to ask of it."""
    terms = knowledge.statements.terms(request.text, (program.name,))
    ranked = knowledge.statements.best(program, terms, WHAT, 5)
    figures = [d for label in MONEY_ORDER for d in [d for d in program.details if d.label == label][:1]]
    plain = [d for d in program.details if d.label in WHO][:2] + figures[:3]
    how = [d for d in program.details if d.label in _HOW][:2]
    return [listed(d) for d in _union(_union(ranked, plain), how) if not PHONE.search(d.text)]


def listing(program: Program, match: Match, request: Request, knowledge: Knowledge) -> list[Statement]:
    """All statements of the group (one heading, one label) that the question speaks of most."""
    terms = knowledge.statements.terms(request.text, (program.name,))
    ranked = knowledge.statements.best(program, terms, frozenset({"지원내용"}), 10)
    best = [d for d in ranked if not PHONE.search(d.text) and d.label not in _NOT_LISTED]
    groups: dict[tuple[str, str], list[Detail]] = {}
    for detail in program.details:
        groups.setdefault((detail.evidence.section, detail.label), []).append(detail)
    weights = {key: sum(1 for d in best if (d.evidence.section, d.label) == key) for key in groups}
    key = max(weights, key=lambda k: weights[k], default=None)
    if key is None or weights[key] == 0:
        return []
    return [listed(d) for d in groups[key] if not PHONE.search(d.text)][:_LISTED]


def rest(program: Program, request: Request, knowledge: Knowledge, said: Sequence[Statement]) -> list[Statement]:
    """What else the programme's document says to the words of the question."""
    terms = knowledge.statements.terms(request.text, (program.name,))
    # A question in many words wants more than one line.
    count = max(2, min(5, len([w for w, weight in terms.weights if weight == 1.0]) // 2)) if request.intents else 4
    shown = {e for s in said for e in s.evidence}
    ranked = knowledge.statements.best(program, terms, frozenset(), count + 12)
    new = [d for d in ranked if d.evidence not in shown and not PHONE.search(d.text)]
    told = new[:count]
    # Of two things asked, the second is told too: what holds a word of the question that no line holds yet.
    heard = " ".join((*(s.text for s in said), *(d.text for d in told)))
    for word, weight in terms.weights:
        if weight == 1.0 and len(word) > 1 and word not in heard and not knowledge.lexicon.is_cue(word):
            told.extend([d for d in new if word in d.text and d not in told][:1])
    lines = [listed(d) for d in told]
    if not request.intents:
        lines.extend(listed(d) for d in [d for d in program.details if d.label in WHAT][: 4 - len(lines)])
    return lines


PARTS: tuple[tuple[Intent, Part], ...] = (
    (Intent.DEADLINE, deadline),
    (Intent.ELIGIBILITY, eligibility),
    (Intent.AMOUNT, amount),
    (Intent.PROCESS, process),
    (Intent.COMPARE, amount),
    (Intent.LIST, listing),
    (Intent.DEFINITION, definition),
)


def _included(program: Program, request: Request, knowledge: Knowledge) -> list[Statement]:
    """That a kind of applicant the question names stands in the statements on who may apply or whom it serves."""
    bare = squash(request.text)
    lines: list[Statement] = []
    for kind, *others in knowledge.lexicon.applicants:
        if any(squash(word) in bare for word in (kind, *others)):
            said = [
                d for d in program.details if squash(kind) in squash(d.text) and (d.label in WHO or "교육" in d.text)
            ]
            who = [d for d in said if d.label in WHO] or said
            lines.extend(Statement(f"- {topic(kind)} 대상에 포함되어 있습니다.", (d.evidence,)) for d in who[:1])
    return lines


def _with_next(program: Program, details: Sequence[Detail]) -> list[Detail]:
    """The details, each with the short rest of its sentence where the document broke it into the next line."""
    found = []
    for detail in details:
        found.append(detail)
        at = program.details.index(detail) + 1
        following = program.details[at] if at < len(program.details) else None
        if (
            following
            and following.label == detail.label
            and len(following.text) <= 25
            and re.search(r"\d", following.text)
        ):
            found.append(following)
    return found


def _with_following(program: Program, detail: Detail) -> list[Detail]:
    """A detail that is only the title of an item, with the two that follow and say what it is."""
    if not re.match(r"^\d\s*[:.]?\s", detail.text) or len(detail.text) > 60:
        return [detail]
    at = program.details.index(detail)
    return list(program.details[at : at + 3])


def _is_sibling(detail: Detail, other: Detail) -> bool:
    """Whether two details are rows of one table or lines of one list."""
    return (detail.label, detail.evidence.section) == (other.label, other.evidence.section)


def _union(first: Sequence[Detail], second: Sequence[Detail]) -> list[Detail]:
    return list(dict.fromkeys((*first, *second)))
