"""Short: a programme and what is asked of every one flow in, the fact in a few words for a table flows out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from rag.compose.contact import contacts_of
from rag.compose.draft import PHONE, Cell, plain
from rag.compose.parts import MONEY_ORDER
from rag.domain import Detail, Match
from rag.knowledge import Knowledge
from rag.periods import brief
from rag.understand import Intent, Request

Short = Callable[[Match, Request, Knowledge], Cell]
_SUM = re.compile(r"\d\s*(?:[억만천백]|원|%)")
_BURDEN = re.compile(r"부담|분담|매칭")
_OWN = re.compile(r"부담|분담|보태|떠안|우리\s*돈|내는\s*돈|공짜|무료|자비|(?:내|제)\s*돈")
_PAPERS = re.compile(r"서류|구비|신청서")
_PHONES = 2
_LONGEST = 90


def asked_of(request: Request) -> tuple[str, ...]:
    """The heads of what the question asks of every programme, in the order of a table; none for anything else."""
    text = request.text
    papers, own = bool(_PAPERS.search(text)), bool(_OWN.search(text))
    wanted = {
        "접수": request.has(Intent.DEADLINE),
        "지원 금액": request.has(Intent.AMOUNT) and not own and not request.has(Intent.DEADLINE),
        "기업 부담": own,
        "제출서류": papers,
        "신청방법": request.has(Intent.PROCESS) and not papers,
        "지원대상": request.has(Intent.ELIGIBILITY) and not (own or papers or request.has(Intent.AMOUNT)),
        "문의처": request.has(Intent.CONTACT),
    }
    return tuple(head for head, is_wanted in wanted.items() if is_wanted)


def _when(match: Match, request: Request, knowledge: Knowledge) -> Cell:
    period = match.period
    if period is None or period.evidence is None:
        return Cell()
    return Cell(((brief(period, match.status, request.question.as_of), (period.evidence,)),))


def _sum(match: Match, request: Request, knowledge: Knowledge) -> Cell:
    """What one company may get, else what the whole programme has."""
    program = match.program
    ceilings = [b for b in program.benefits if b.ceiling is not None]
    said = [(b.text, (b.evidence,)) for b in ceilings]
    said += [(f"{d.label} {d.text}", (d.evidence,)) for d in _labelled(match, MONEY_ORDER) if _SUM.search(d.text)]
    return Cell(tuple((_shortened(text), evidence) for text, evidence in said[:1]))


def _burden(match: Match, request: Request, knowledge: Knowledge) -> Cell:
    said = [d for d in match.program.details if _BURDEN.search(f"{d.label} {d.text}") and not PHONE.search(d.text)]
    said.sort(key=lambda d: (d.label not in ("기업부담금", "지원조건", "기업 부담"), len(d.text)))
    return Cell(tuple((_shortened(d.text), (d.evidence,)) for d in said[:1]))


def _labels(*labels: str) -> Short:
    def told(match: Match, request: Request, knowledge: Knowledge) -> Cell:
        return Cell(tuple((_shortened(d.text), (d.evidence,)) for d in _labelled(match, labels)[:1]))

    return told


def _whom(match: Match, request: Request, knowledge: Knowledge) -> Cell:
    offices = [c for c in contacts_of(match.program, request, knowledge) if c.phones][:_PHONES]
    if not offices and any(c.phones for c in match.program.contacts):
        first = next(c for c in match.program.contacts if c.phones)
        return Cell((("지역마다 다름(시·군·구를 알려 주세요)", (first.evidence,)),))
    return Cell(tuple((f"{c.organisation} {c.phones[0]}", (c.evidence,)) for c in offices))


def _labelled(match: Match, labels: Sequence[str]) -> list[Detail]:
    return [d for label in labels for d in match.program.details if d.label == label and not PHONE.search(d.text)]


def _shortened(text: str) -> str:
    """The words, of long ones the first sentences that a cell holds."""
    text = plain(text)
    if len(text) <= _LONGEST:
        return text
    return f"{text[:_LONGEST].rsplit(' ', 1)[0]}…"


ASKED: Mapping[str, Short] = {
    "접수": _when,
    "지원 금액": _sum,
    "기업 부담": _burden,
    "제출서류": _labels("제출서류"),
    "신청방법": _labels("신청방법"),
    "지원대상": _labels("지원대상", "도입기업"),
    "문의처": _whom,
}
