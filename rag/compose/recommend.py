"""Recommending: a request without a named programme flows in, a list or a ranking of programmes flows out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.compose.about import about_programs
from rag.compose.contact import contacts_of
from rag.compose.draft import PHONE, Draft, Statement, listed, reach
from rag.compose.judge import judge
from rag.compose.needs import is_met, suitability
from rag.compose.rows import OPEN, row
from rag.domain import (
    AnswerStatus,
    Match,
    PeriodStatus,
    Result,
    Verdict,
)
from rag.knowledge import Knowledge
from rag.match import deciding, is_for_authorities
from rag.messages import VERDICT
from rag.understand import OF_ONE, Intent, Request

_ALL = re.compile(r"전부|모두|목록|리스트|뭐뭐|종류|사업들|which|list|추려", re.IGNORECASE)
_SHOWN = 4
_SURE = 0.9
_AHEAD = 1.15
_NEARER = 1.05
# What happened elsewhere, and how to apply, is not what a programme gives.
_NOT_GIVEN = frozenset({"사례", "신청기간", "추진체계"})
# A question for what happened or how things stand wants passages, not programmes.
_INFORMATIVE = re.compile(r"사례|성과|통계|현황|활용률|순위|실태|만족도")


def infer(request: Request, knowledge: Knowledge) -> Draft | None:
    """Answer about the one programme that a question describes without naming it; none when several come near."""
    if request.programs or request.has(Intent.LIST) or request.profile.needs or _INFORMATIVE.search(request.text):
        return None
    is_asked = any(request.has(intent) for intent in OF_ONE)
    if not is_asked and (request.has(Intent.FIT) or not knowledge.lexicon.programs_described(request.text)):
        return None
    if request.is_government:
        return _for_government(request, knowledge)
    name = _described(request, knowledge)
    draft = about_programs(replace(request, programs=(name,)), knowledge) if name else None
    if draft is None:
        return None
    opening = Statement(f"**{name}**에 대한 질문으로 보고 답합니다. 다른 사업이면 사업 이름을 알려 주세요.")
    return replace(draft, statements=(opening, *draft.statements))


def list_programs(request: Request, knowledge: Knowledge) -> Draft | None:
    """All programmes of a ministry, or all that are open on the day."""
    wanted = request.has(Intent.LIST) or request.only_open or _ALL.search(request.text)
    ministries = {p.ministry for p in knowledge.programs}
    named = [o for o in request.organisations if o in ministries]
    is_listing = bool(wanted) or (bool(named) and request.has(Intent.FIT))
    if request.programs or not is_listing or not (named or request.only_open) or request.profile.needs:
        return None
    matches = [judge(p, request, knowledge) for p in knowledge.current(request.question.as_of)]
    if named:
        matches = [m for m in matches if m.program.ministry in named]
    if request.only_open:
        matches = [m for m in matches if m.status in OPEN]
    matches = [m for m in matches if m.verdict is not Verdict.INELIGIBLE]
    if not matches:
        return None
    what = f"{', '.join(named)} 소관 사업" if named else "지금 신청할 수 있는 사업"
    return Draft(
        AnswerStatus.ANSWERED,
        (Statement(f"{what}은 {len(matches)}개입니다."), *(row(m, request) for m in matches)),
        tuple(matches),
        follow_ups=("우리 회사에 맞는 사업은 무엇인가요?",),
    )


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
    if request.programs or not asks or (_INFORMATIVE.search(request.text) and not request.profile.needs):
        return None
    need = " ".join((request.text, *request.profile.needs))
    scores = suitability(need, request, knowledge)
    said = knowledge.names.found_in(" ".join(turn.content for turn in request.question.history))
    told = set(said) if request.wants_other else set()
    current = [p for p in knowledge.current(request.question.as_of) if p.name not in told]
    matches = [judge(p, request, knowledge) for p in current]
    if request.only_open:
        matches = [m for m in matches if m.status in OPEN]
    fits = sorted((m for m in matches if m.verdict is not Verdict.INELIGIBLE), key=lambda m: -_rank(m, scores, request))
    best = _rank(fits[0], scores, request) if fits else 0.0
    fits = [m for m in fits if _rank(m, scores, request) >= 0.55 * best][: _SHOWN + 2 * request.only_open]
    if not request.profile.needs and not is_met(need, fits[:1], knowledge):
        return None
    unfit = [m for m in matches if m.verdict is Verdict.INELIGIBLE and scores.get(m.program.id, 0) >= 0.6]
    statements = [
        Statement("회사 상황에 맞을 수 있는 사업입니다." if fits else "조건에 맞는다고 확인되는 사업이 없습니다.")
    ]
    for match in fits:
        statements.extend(_card(match, request, knowledge))
    unfit = sorted(unfit, key=lambda m: -scores[m.program.id])[: 3 if fits else 6]
    if unfit:
        statements.append(Statement("다음 사업은 요건에 맞지 않아 제외했습니다."))
        statements.extend(_reason(m) for m in unfit)
    contacts = [c for m in fits[:1] for c in contacts_of(m.program, request, knowledge)]
    if request.has(Intent.CONTACT):
        statements.extend(reach(c) for c in contacts)
    return Draft(
        AnswerStatus.ANSWERED if fits else AnswerStatus.NOT_FOUND,
        tuple(statements),
        (*fits, *unfit),
        tuple(contacts),
        _clarifying(fits),
        ("신청기간은 언제까지인가요?", "어디로 전화하면 되나요?"),
    )


def _rank(match: Match, scores: dict[str, float], request: Request) -> float:
    standing = {PeriodStatus.CLOSED: -0.3, PeriodStatus.UNKNOWN: -0.05}.get(match.status, 0.05)
    other_year = -0.2 if match.program.year and match.program.year != request.question.as_of.year else 0.0
    return scores.get(match.program.id, 0.0) + standing + other_year


def _card(match: Match, request: Request, knowledge: Knowledge) -> list[Statement]:
    lines = [row(match, request)]
    if match.verdict is not None:
        met = [f for f in match.findings if f.result is Result.MET and f.criterion.strict][:2]
        reasons = " ".join(f.reason for f in met)
        lines.append(
            Statement(
                f"  - 자격: {VERDICT[match.verdict]}. {reasons}".rstrip(), tuple(f.criterion.evidence for f in met)
            )
        )
    terms = knowledge.statements.terms(" ".join((request.text, *request.profile.needs)))
    gives = [d for d in match.program.details if d.label in ("지원조건", "지원규모", "지원내용")]
    best = knowledge.statements.best(match.program, terms, frozenset({"지원내용", "목적"}), 2)
    told = [d for d in dict.fromkeys((*gives[:2], *best)) if d.label not in _NOT_GIVEN and not PHONE.search(d.text)]
    for detail in told:
        line = listed(detail)
        lines.append(Statement(f"  {line.text}", line.evidence))
    return lines


def _reason(match: Match) -> Statement:
    unmet = deciding(match.findings, Result.UNMET)
    return Statement(f"- **{match.program.name}**: {unmet[0].reason}", tuple(f.criterion.evidence for f in unmet[:1]))


def _clarifying(fits: Sequence[Match]) -> str | None:
    """The one question that would settle most of what is unknown about the programmes shown."""
    asks = [f.ask for m in fits for f in m.findings if f.result is Result.UNKNOWN and f.ask and f.criterion.strict]
    return max(dict.fromkeys(asks), key=asks.count, default=None)
