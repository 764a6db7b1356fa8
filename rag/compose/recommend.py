"""Recommending: a request without a named programme flows in, a list or a ranking of programmes flows out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.compose.about import about_programs
from rag.compose.closing import next_steps, warnings
from rag.compose.comparison import compare
from rag.compose.contact import contacts_of
from rag.compose.draft import PHONE, Cell, Draft, Statement, listed, reach, table
from rag.compose.judge import judge
from rag.compose.needs import is_met, is_near, names_applicant, suitability, suitability_of_story
from rag.compose.resume import told_before
from rag.compose.rows import OPEN, row
from rag.domain import (
    AnswerStatus,
    CompanyProfile,
    CriterionField,
    Match,
    PeriodStatus,
    Result,
    Verdict,
)
from rag.knowledge import Knowledge
from rag.match import deciding, is_for_authorities
from rag.messages import VERDICT_BRIEF
from rag.periods import brief
from rag.understand import OF_ONE, Intent, Request

_SHOWN = 4
_TOLD = 3
# What is asked back: properties every company can tell at once.
_DECIDING = frozenset(
    {
        CriterionField.SIZE,
        CriterionField.EMPLOYEES,
        CriterionField.AGE,
        CriterionField.REGION,
        CriterionField.INDUSTRY,
        CriterionField.INSURANCE,
    }
)
_NEAREST = 3
# Whether a programme says that it meets the need, or only comes near.
_OPENING = {
    True: "회사 상황에 맞을 수 있는 사업입니다.",
    False: "말씀하신 필요를 그대로 다루는 사업은 문서에서 확인되지 않습니다. 내용이 가까운 사업을 먼저 알려 드립니다.",
}
_STATUS = {True: AnswerStatus.ANSWERED, False: AnswerStatus.PARTIAL}
_SURE = 0.9
_AHEAD = 1.15
_NEARER = 1.05
_NAMED = 0.3
# What happened elsewhere, and how to apply, is not what a programme gives.
_NOT_GIVEN = frozenset({"사례", "신청기간", "추진체계"})
# A question for what happened or how things stand wants passages, not programmes.
_INFORMATIVE = re.compile(r"사례|성과|통계|현황|활용률|순위|실태|만족도")

# Cells of a description that fits no programme but its own, and how somebody points at a programme so described.
_PLAIN = 4
_POINTS = re.compile(r"(?:^|\s)(?:그|저|그런|무슨)\s|[는한운]다는|[는은ㄴ]\s*(?:그|사업|센터|거|것)")


def infer(request: Request, knowledge: Knowledge) -> Draft | None:
    """Answer about the one programme that a question describes without naming it; none when several come near."""
    is_list = request.has(Intent.LIST) and not request.is_government
    if request.programs or is_list or request.profile.needs:
        return None
    plain = _plainly_described(request, knowledge)
    if _INFORMATIVE.search(request.text) and not plain:
        return None
    is_asked = any(request.has(intent) for intent in OF_ONE)
    if request.is_government:
        return _for_government(request, knowledge)
    if not (is_asked or plain) and (request.has(Intent.FIT) or not knowledge.lexicon.programs_described(request.text)):
        return None
    name = plain or _at_office(request, knowledge) or _described(request, knowledge)
    meant = replace(request, programs=(name,)) if name else None
    draft = (compare(meant, knowledge) or about_programs(meant, knowledge)) if meant else None
    if draft is None:
        return None
    opening = Statement(f"**{name}**에 대한 질문으로 보고 답합니다. 다른 사업이면 사업 이름을 알려 주세요.")
    return replace(draft, statements=(opening, *draft.statements))


def _at_office(request: Request, knowledge: Knowledge) -> str | None:
    """The one programme whose office at the place told is asked for ("의성인데 산업인력공단 번호요")."""
    if not request.has(Intent.CONTACT) or not request.places:
        return None
    places = {place for mention in request.places if len(mention.candidates) == 1 for place in mention.candidates}
    bodies = set(request.organisations)
    near = [
        program.name
        for program in knowledge.current(request.question.as_of)
        if any(places & set(contact.regions) for contact in program.contacts)
        and (program.agency in bodies if bodies else program.agency.endswith("공단") and "공단" in request.text)
    ]
    return near[0] if len(near) == 1 else None


def _plainly_described(request: Request, knowledge: Knowledge) -> str | None:
    """The one programme that a long description, as good as its name, fits ("AI를 퍼뜨린다는 그 훈련 센터")."""
    fitting = knowledge.lexicon.programs_described(request.text, cells=_PLAIN) if _POINTS.search(request.text) else ()
    return fitting[0] if len(fitting) == 1 else None


def _described(request: Request, knowledge: Knowledge) -> str | None:
    """The one programme that the question describes: by staff's descriptions, then by what its passages say."""
    scores = suitability(request.text, request, knowledge)
    names = {p.id: p.name for p in knowledge.current(request.question.as_of)}
    ranked = sorted(((score, names[id_]) for id_, score in scores.items()), reverse=True)
    fitting = knowledge.lexicon.programs_described(request.text)
    described = [(score, name) for score, name in ranked if name in fitting]
    if described:
        is_alone = len(described) == 1 or described[0][0] >= _NEARER * described[1][0]
        return described[0][1] if is_alone else None
    if request.has(Intent.FIT) or len(ranked) < 2 or ranked[0][0] < max(_SURE, _AHEAD * ranked[1][0]):
        return None
    return ranked[0][1]


def _for_government(request: Request, knowledge: Knowledge) -> Draft | None:
    """Answer an authority about the one programme that only authorities may apply to."""
    names = dict.fromkeys(p.name for p in knowledge.programs if any(map(is_for_authorities, p.criteria)))
    if len(names) != 1:
        return None
    return about_programs(replace(request, programs=tuple(names)), knowledge)


def recommend(request: Request, knowledge: Knowledge) -> Draft | None:
    """The programmes that fit the need, judged against what is known of the company; the unfit with their reason."""
    asks = request.has(Intent.FIT) or request.has(Intent.ELIGIBILITY) or request.profile.needs or request.only_open
    asks = asks or (request.has(Intent.LIST) and request.profile != CompanyProfile())
    if request.programs or not asks or (_INFORMATIVE.search(request.text) and not request.profile.needs):
        return None
    need = " ".join((request.text, *request.profile.needs))
    scores = suitability_of_story(need, request, knowledge)
    for program in knowledge.current(request.question.as_of):
        scores[program.id] += _NAMED * names_applicant(program, request, knowledge)
    told = told_before(request, knowledge) if request.wants_other else set()
    current = [p for p in knowledge.current(request.question.as_of) if p.name not in told]
    # Which track is meant, the asker's own words tell, not those of an earlier turn.
    own = replace(request, text=request.question.text) if request.wants_other else request
    matches = [judge(p, own, knowledge) for p in current]
    if request.only_open:
        matches = [m for m in matches if m.status in OPEN]
    fits = sorted((m for m in matches if m.verdict is not Verdict.INELIGIBLE), key=lambda m: -_rank(m, scores, request))
    best = _rank(fits[0], scores, request) if fits else 0.0
    fits = [m for m in fits if _rank(m, scores, request) >= 0.55 * best][: _SHOWN + 2 * request.only_open]
    is_sure = bool(request.profile.needs) or is_met(need, fits[:1], knowledge)
    if not is_sure and request.profile == CompanyProfile() and not is_near(need, knowledge):
        return None
    fits = fits if is_sure else fits[:_NEAREST]
    unfit = [m for m in matches if m.verdict is Verdict.INELIGIBLE and scores.get(m.program.id, 0) >= 0.6]
    statements = [Statement(_OPENING[is_sure] if fits else "조건에 맞는다고 확인되는 사업이 없습니다.")]
    if len(fits) > 1:
        statements.extend(_table(fits, request))
    for match in fits:
        statements.extend(_card(match, request, knowledge, is_alone=len(fits) == 1))
    unfit = sorted(unfit, key=lambda m: -scores[m.program.id])[: 3 if fits else 6]
    if unfit:
        statements.append(Statement("다음 사업은 요건에 맞지 않아 제외했습니다."))
        statements.extend(_reason(m) for m in unfit)
    contacts = [c for m in fits[:1] for c in contacts_of(m.program, request, knowledge)]
    if request.has(Intent.CONTACT):
        statements.extend(reach(c) for c in contacts)
    elif fits:
        steps, _ = next_steps(fits[0], request, knowledge, statements)
        statements += [Statement(f"**먼저 {fits[0].program.name}**"), *steps[1:]] if steps else []
    statements.extend(warnings(fits, request, knowledge))
    return Draft(
        _STATUS[is_sure] if fits else AnswerStatus.NOT_FOUND,
        tuple(statements),
        (*fits, *unfit),
        tuple(contacts),
        _clarifying(fits),
        ("신청기간은 언제까지인가요?", "어디로 전화하면 되나요?"),
    )


def _table(fits: Sequence[Match], request: Request) -> list[Statement]:
    """The programmes side by side: who runs them, whether one may apply now, what is known of one's standing."""
    as_of = request.question.as_of
    rows = []
    for match in fits:
        period = match.period
        when = (brief(period, match.status, as_of), (period.evidence,)) if period and period.evidence else None
        judged = (VERDICT_BRIEF[match.verdict], ()) if match.verdict else ("회사 정보를 알려 주시면 판단합니다", ())
        cells = [
            Cell(((match.program.ministry, (match.program.evidence,)),)),
            Cell((when,) if when else ()),
            Cell((judged,)),
        ]
        rows.append((f"**{match.program.name}**", cells))
    return table(["사업", "소관", "접수", "자격"], rows)


def _rank(match: Match, scores: dict[str, float], request: Request) -> float:
    standing = {PeriodStatus.CLOSED: -0.3, PeriodStatus.UNKNOWN: -0.05}.get(match.status, 0.05)
    other_year = -0.2 if match.program.year and match.program.year != request.question.as_of.year else 0.0
    return scores.get(match.program.id, 0.0) + standing + other_year + _aimed_at(match, request)


def _aimed_at(match: Match, request: Request) -> float:
    """How much a programme is meant for the place of the company, more where the office of that place is asked."""
    here = any(f.criterion.field is CriterionField.REGION and f.result is Result.MET for f in match.findings)
    is_asked = bool(re.search(rf"{match.program.ministry}(?:에서|가|에선|에는|\s?지원)", request.text))
    is_local = here and not _is_for_all(match) and match.status is not PeriodStatus.CLOSED
    return 0.2 * is_local + 0.6 * is_asked


def _is_for_all(match: Match) -> bool:
    """Whether the programme's places are told only by those left out."""
    places = [f.criterion for f in match.findings if f.criterion.field is CriterionField.REGION]
    return not any(criterion.allowed for criterion in places)


def _card(match: Match, request: Request, knowledge: Knowledge, *, is_alone: bool) -> list[Statement]:
    """What one programme gives that suits the need, and which requirements are known to be met."""
    lines = [row(match, request) if is_alone else Statement(f"- **{match.program.name}**", (match.program.evidence,))]
    met = [f for f in match.findings if f.result is Result.MET and f.criterion.strict][:2]
    if match.verdict is not None and met:
        reasons = " ".join(f.reason for f in met)
        lines.append(Statement(f"  - 자격: {reasons}", tuple(f.criterion.evidence for f in met)))
    terms = knowledge.statements.terms(" ".join((request.text, *request.profile.needs)))
    gives = [d for d in match.program.details if d.label in ("지원조건", "지원규모", "지원내용")]
    best = knowledge.statements.best(match.program, terms, frozenset({"지원내용", "목적"}), 2)
    told = [d for d in dict.fromkeys((*gives[:2], *best)) if d.label not in _NOT_GIVEN and not PHONE.search(d.text)]
    for detail in told[:_TOLD]:
        line = listed(detail)
        lines.append(Statement(f"  {line.text}", line.evidence))
    return lines


def _reason(match: Match) -> Statement:
    unmet = deciding(match.findings, Result.UNMET)
    return Statement(f"- **{match.program.name}**: {unmet[0].reason}", tuple(f.criterion.evidence for f in unmet[:1]))


def _clarifying(fits: Sequence[Match]) -> str | None:
    """The one question whose answer may drop most of the programmes shown; none where it would change nothing."""
    asks = [
        ask
        for match in fits
        for ask in {
            f.ask: None
            for f in match.findings
            if f.result is Result.UNKNOWN and f.ask and f.criterion.strict and f.criterion.field in _DECIDING
        }
    ]
    return max(dict.fromkeys(asks), key=asks.count, default=None) if len(fits) > 1 else None
