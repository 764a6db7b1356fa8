"""Recommending: a request without a named programme flows in, a list or a ranking of programmes flows out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.compose.about import about_programs
from rag.compose.contact import contacts_of
from rag.compose.draft import Draft, Statement, listed, reach
from rag.compose.judge import judge
from rag.domain import (
    AnswerStatus,
    BenefitKind,
    CompanyProfile,
    CriterionField,
    Match,
    PeriodStatus,
    Program,
    Result,
    Verdict,
)
from rag.knowledge import Knowledge
from rag.match import deciding
from rag.messages import OUTCOME, STANDING, VERDICT
from rag.periods import describe
from rag.understand import Intent, Request

_NEEDS = (
    (BenefitKind.TRAINING, re.compile(r"교육|훈련|가르|배우|학습|역량|양성|키우")),
    (BenefitKind.LOAN, re.compile(r"대출|융자|빌리|빌릴|자금|운전자금|이자")),
    (BenefitKind.CONSULTING, re.compile(r"컨설팅|진단|상담|기술\s*지도|기술지도|로드맵")),
    (BenefitKind.VOUCHER, re.compile(r"바우처|구매|구입|사서|사고\s*싶")),
    (BenefitKind.FACILITY, re.compile(r"설비|공정|비전|구축|로봇|도입|실증|자동화|적용")),
    (BenefitKind.GRANT, re.compile(r"보조금|사업화|상용화|지원금|개발비")),
)
_OPEN = (PeriodStatus.OPEN, PeriodStatus.ALWAYS)
_ALL = re.compile(r"전부|모두|목록|리스트|뭐뭐|종류|사업들|which|list|추려", re.IGNORECASE)
_SHOWN = 4
_ASKED = 12
_SURE = 0.9
_AHEAD = 1.15
_NEARER = 1.05
_MET = 0.5
_LITTLE = 1
_TOP = 3
_SUPERLATIVE = re.compile(
    r"(?:제일|가장|최고로?|젤)\s*(?:많|큰|크|높|적|작|낮)\w*"
    r"(?=.{0,20}(?:예산|사업비|지원|보조|한도|금액|사업|곳))|(?:예산|사업비|지원금|보조금|한도)\S{0,2}\s*(?:제일|가장|젤)\s*(?:많|큰|크|높|적|작|낮)\w*"
)
# A question for what happened or how things stand wants passages, not programmes.
_INFORMATIVE = re.compile(r"사례|성과|통계|현황|활용률|순위|실태|만족도")
# What may be asked of one programme; such a question without a name means the programme it describes.
_OF_ONE = (Intent.CONTACT, Intent.DEADLINE, Intent.AMOUNT, Intent.PROCESS, Intent.ELIGIBILITY)


def superlative(request: Request, knowledge: Knowledge) -> Draft | None:
    """The programmes with the largest (or smallest) budget or ceiling, the figures in the words of their documents."""
    match = _SUPERLATIVE.search(request.text)
    if request.programs or not match:
        return None
    is_budget = bool(re.search(r"예산|사업비", request.text))
    least = bool(re.search(r"적|작|낮", match[0]))
    figures = []
    for program in knowledge.current(request.question.as_of):
        ceilings = [b for b in program.benefits if b.ceiling is not None and b.kind is not BenefitKind.LOAN]
        best = max(ceilings, key=lambda b: b.ceiling or 0, default=None)
        said = next((d for d in program.details if d.label == "예산"), None)
        if is_budget and program.budget is not None and said:
            figures.append((program.budget, program, Statement(f"- **{program.name}**: {said.text}", (said.evidence,))))
        elif not is_budget and best is not None:
            figures.append(
                (best.ceiling or 0, program, Statement(f"- **{program.name}**: {best.text}", (best.evidence,)))
            )
    ranked = sorted(figures, key=lambda figure: figure[0] if least else -figure[0])[:_TOP]
    if not ranked:
        return None
    what = "예산이" if is_budget else "지원 한도가"
    opening = Statement(f"문서에 적힌 {what} {'적은' if least else '큰'} 순서입니다.")
    matches = tuple(judge(program, request, knowledge) for _, program, _ in ranked)
    return Draft(AnswerStatus.ANSWERED, (opening, *(line for _, _, line in ranked)), matches)


def infer(request: Request, knowledge: Knowledge) -> Draft | None:
    """Answer about the one programme that a question describes without naming it; none when several come near."""
    if request.programs or request.has(Intent.LIST) or request.profile.needs or _INFORMATIVE.search(request.text):
        return None
    is_asked = any(request.has(intent) for intent in _OF_ONE)
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
        matches = [m for m in matches if m.status in _OPEN]
    matches = [m for m in matches if m.verdict is not Verdict.INELIGIBLE]
    if not matches:
        return None
    what = f"{', '.join(named)} 소관 사업" if named else "지금 신청할 수 있는 사업"
    return Draft(
        AnswerStatus.ANSWERED,
        (Statement(f"{what}은 {len(matches)}개입니다."), *(_row(m, request) for m in matches)),
        tuple(matches),
        follow_ups=("우리 회사에 맞는 사업은 무엇인가요?",),
    )


def _described(request: Request, knowledge: Knowledge) -> str | None:
    """The one programme that the question describes: by staff's descriptions, then by what its passages say."""
    scores = _scores(request.text, request, knowledge)
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
    names = dict.fromkeys(
        p.name for p in knowledge.programs if any(c.field is CriterionField.APPLICANT for c in p.criteria)
    )
    if len(names) != 1:
        return None
    return about_programs(replace(request, programs=tuple(names)), knowledge)


def recommend(request: Request, knowledge: Knowledge) -> Draft | None:
    """The programmes that fit the need, judged against what is known of the company; the unfit with their reason."""
    asks = request.has(Intent.FIT) or request.has(Intent.ELIGIBILITY) or request.profile.needs or request.only_open
    if request.programs or not asks or (_INFORMATIVE.search(request.text) and not request.profile.needs):
        return None
    need = " ".join((request.text, *request.profile.needs))
    scores = _scores(need, request, knowledge)
    said = knowledge.names.found_in(" ".join(turn.content for turn in request.question.history))
    told = set(said) if request.wants_other else set()
    current = [p for p in knowledge.current(request.question.as_of) if p.name not in told]
    matches = [judge(p, request, knowledge) for p in current]
    if request.only_open:
        matches = [m for m in matches if m.status in _OPEN]
    fits = sorted((m for m in matches if m.verdict is not Verdict.INELIGIBLE), key=lambda m: -_rank(m, scores, request))
    best = _rank(fits[0], scores, request) if fits else 0.0
    fits = [m for m in fits if _rank(m, scores, request) >= 0.55 * best][: _SHOWN + 2 * request.only_open]
    if not request.profile.needs and not _is_met(need, fits[:1], knowledge):
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


def ask_back(request: Request, knowledge: Knowledge) -> Draft | None:
    """Where a company asks what there is for it and tells nothing of itself: what to tell, and what is open today."""
    is_own = request.has(Intent.FIT) or request.has(Intent.ELIGIBILITY) or request.has(Intent.LIST)
    told = knowledge.statements.terms(request.text).weights
    if request.programs or not is_own or len(told) > _LITTLE:
        return None
    matches = [
        m for p in knowledge.current(request.question.as_of) if (m := judge(p, request, knowledge)).status in _OPEN
    ]
    return Draft(
        AnswerStatus.CLARIFY,
        (
            Statement(OUTCOME[AnswerStatus.CLARIFY]),
            Statement("오늘 신청할 수 있는 사업은 다음과 같습니다."),
            *(_row(m, request) for m in matches),
        ),
        tuple(matches),
        clarifying_question="어떤 지원(교육, 자금, 설비, 컨설팅)이 필요하고, 회사는 어느 지역의 어떤 업종인가요?",
    )


def ask_which(request: Request, knowledge: Knowledge) -> Draft | None:
    """Where a day, a sum or a phone is asked for and nothing says of what: which programme, with those there are."""
    is_asked = any(request.has(intent) for intent in _OF_ONE) and not request.only_open
    is_told = request.programs or request.places or request.organisations or request.profile != CompanyProfile()
    words = knowledge.statements.terms(request.text).weights
    if not is_asked or is_told or request.is_government is not None:
        return None
    if any(weight == 1.0 and not knowledge.lexicon.is_cue(word) for word, weight in words):
        return None
    current = [judge(p, request, knowledge) for p in knowledge.current(request.question.as_of)]
    matches = sorted(current, key=lambda m: m.status not in _OPEN)[:_ASKED]
    return Draft(
        AnswerStatus.CLARIFY,
        (Statement(OUTCOME[AnswerStatus.CLARIFY]), *(_row(m, request) for m in matches)),
        tuple(matches),
        clarifying_question="어느 지원사업에 대한 질문인가요? 사업 이름이나 받고 싶은 지원을 알려 주세요.",
    )


def _is_met(need: str, best: Sequence[Match], knowledge: Knowledge) -> bool:
    """Whether the need names a kind of support we know, or the best programme speaks of much of it."""
    if any(pattern.search(need) for _, pattern in _NEEDS):
        return True
    terms = knowledge.statements.terms(need)
    said = " ".join(f"{m.program.name} {d.text}" for m in best for d in m.program.details)
    return knowledge.statements.coverage(terms, said) >= _MET


def _scores(need: str, request: Request, knowledge: Knowledge) -> dict[str, float]:
    """How well each programme suits the need (0–1.8): by its best passage, and by what it gives."""
    hits = knowledge.find(f"{need} {request.profile.industry or ''}", 40)
    top = max((h.score for h in hits), default=1.0)
    wanted = [kind for kind, pattern in _NEEDS if pattern.search(need)]
    terms = knowledge.statements.terms(need)
    scores = {}
    for program in knowledge.current(request.question.as_of):
        passages = [
            h.score / top for h in hits if h.chunk.program == program.name and h.chunk.source_id == program.source_id
        ]
        kinds = {b.kind for b in program.benefits}
        purpose = " ".join(d.text for d in program.details if d.label in ("목적", "개요", "지원내용", "지원대상"))
        aim = program.name + " ".join(d.text for d in program.details if d.label in ("목적", "개요"))[:200]
        given = sum(_gives(kind, aim, program, kinds) for kind in wanted) / len(wanted) if wanted else 0.0
        said = knowledge.statements.coverage(terms, f"{program.name} {purpose}")
        scores[program.id] = 0.4 * max(passages, default=0.0) + 0.9 * given + 0.5 * said
    return scores


def _gives(kind: BenefitKind, aim: str, program: Program, kinds: set[BenefitKind]) -> float:
    """How much a programme is about a kind of benefit: wholly when its aim or much of its text says so."""
    pattern = dict(_NEEDS)[kind]
    speaking = sum(bool(pattern.search(d.text)) for d in program.details)
    if pattern.search(aim) or speaking >= max(4, len(program.details) // 4):
        return 1.0
    return 0.4 if kind in kinds else 0.0


def _rank(match: Match, scores: dict[str, float], request: Request) -> float:
    standing = {PeriodStatus.CLOSED: -0.3, PeriodStatus.UNKNOWN: -0.05}.get(match.status, 0.05)
    other_year = -0.2 if match.program.year and match.program.year != request.question.as_of.year else 0.0
    return scores.get(match.program.id, 0.0) + standing + other_year


def _row(match: Match, request: Request) -> Statement:
    period = match.period
    told = describe(period, match.status, request.question.as_of) if period else ""
    evidence = (match.program.evidence, *((period.evidence,) if period and period.evidence else ()))
    return Statement(
        f"- **{match.program.name}** ({match.program.ministry}) [{STANDING[match.status]}] {told}", evidence
    )


def _card(match: Match, request: Request, knowledge: Knowledge) -> list[Statement]:
    lines = [_row(match, request)]
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
    for detail in dict.fromkeys((*gives[:2], *best)):
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
