"""Comparing: a request that names programmes flows in, a table of them under the same heads flows out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.compose.about import distinct, editions_named, offers
from rag.compose.contact import contacts_of
from rag.compose.draft import PHONE, Cell, Draft, Statement, table
from rag.compose.judge import judge
from rag.compose.parts import MONEY_ORDER, WHO, amount, rest
from rag.domain import AnswerStatus, CriterionField, Detail, Evidence, Match, Program
from rag.knowledge import Knowledge
from rag.messages import STANDING
from rag.periods import describe, period_status
from rag.tracks import named_tracks, touched_tracks, tracks_of
from rag.understand import Intent, Request

Fact = tuple[str, tuple[Evidence, ...]]
_FACTS = 3
_SUM = re.compile(r"\d\s*(?:[억만천백]|원)")
_FIGURE = re.compile(r"\d\s*(?:%|[억만천백]|원)")
_OFFICES = 2
# Rows of a comparison of tracks, with the labels whose statements they show.
_ROWS = (
    ("얼마나 받나", ("지원조건", "융자한도", "융자금리", "융자기간", "지원규모", "예산")),
    ("무엇을 받나", ("지원내용", "훈련내용", "목적")),
    ("무엇이 안 되나", ("제외대상",)),
    ("언제 신청하나", ("신청기간",)),
)


def compare(request: Request, knowledge: Knowledge) -> Draft | None:
    """The programmes, or the editions of one, side by side; then what else each says to the question."""
    programs = editions_named(request, knowledge)
    if not request.has(Intent.COMPARE):
        return None
    if len(programs) == 1:
        return _tracks_compared(programs[0], request, knowledge)
    if not programs:
        return None
    is_one = len({p.name for p in programs}) == 1
    heads = [f"{p.name}({p.year}년)" if is_one else p.name for p in programs]
    matches = [judge(program, request, knowledge) for program in programs]
    rows = [
        ("어디서 하나", [_bodies(p) for p in programs]),
        ("누가 받나", [_who(p) for p in programs]),
        ("얼마나 받나", [_money(p) for p in programs]),
        ("몇 곳을 뽑나", [_told(p, ("지원규모",), _OFFICES) for p in programs]),
        ("무엇을 받나", [_told(p, ("목적", "개요", "지원내용")) for p in programs]),
        ("언제 신청하나", [_when(m, request) for m in matches]),
        ("어떻게 신청하나", [_told(p, ("신청방법",), 1) for p in programs]),
        ("어디에 묻나", [_asked(p, request, knowledge) for p in programs]),
    ]
    kept = [(head, cells) for head, cells in rows if any(cell.facts for cell in cells)]
    statements = [
        Statement(f"{', '.join(f'**{head}**' for head in heads)} 비교입니다."),
        *table(["", *heads], kept),
    ]
    for head, program in zip(heads, programs, strict=True):
        more = rest(program, request, knowledge, statements)
        if more:
            statements += [Statement(f"### {head}"), *more]
    return Draft(AnswerStatus.ANSWERED, distinct(statements), tuple(matches), follow_ups=offers(request))


def _tracks_compared(program: Program, request: Request, knowledge: Knowledge) -> Draft | None:
    """The tracks of one programme that the question names, side by side; none unless it names two."""
    known = tracks_of(program)
    heads = touched_tracks(known, request.text)
    if len(heads) < 2:
        return None
    told = [d for d in program.details if not PHONE.search(d.text)]
    speaks = {d: named_tracks(known, f"{d.evidence.section} {d.text}") for d in told}
    limits: list[list[Fact]] = [
        [(c.text, (c.evidence,)) for c in program.criteria if c.track == head] for head in heads
    ]
    rows: list[tuple[str, list[list[Fact]]]] = [("누가 받나", limits)]
    for name, labels in _ROWS:
        rows.append((name, [[_fact(d) for d in told if d.label in labels and speaks[d] == (head,)] for head in heads]))
    kept = [
        (name, [Cell(tuple(dict.fromkeys(facts))[:_FACTS]) for facts in found]) for name, found in rows if any(found)
    ]
    match = judge(program, request, knowledge)
    statements = [Statement(f"**{program.name}**의 {', '.join(heads)} 비교입니다."), *table(["", *heads], kept)]
    shown = {evidence for statement in statements for evidence in statement.evidence}
    money = amount(program, match, request, knowledge) if request.has(Intent.AMOUNT) else []
    statements += [line for line in money if not shown & set(line.evidence)]
    statements += rest(program, request, knowledge, statements)
    return Draft(AnswerStatus.ANSWERED, distinct(statements), (match,), follow_ups=offers(request))


def _bodies(program: Program) -> Cell:
    return Cell(((" · ".join(dict.fromkeys((program.ministry, program.agency))), (program.evidence,)),))


def _who(program: Program) -> Cell:
    places = [(c.text, (c.evidence,)) for c in program.criteria if c.field is CriterionField.REGION]
    said = [_fact(d) for d in program.details if d.label in WHO][: _FACTS + 1]
    return Cell(tuple(dict.fromkeys((*said, *places))))


def _told(program: Program, labels: Sequence[str], count: int = _FACTS) -> Cell:
    found = [d for label in labels for d in program.details if d.label == label and not PHONE.search(d.text)]
    return Cell(tuple(dict.fromkeys(map(_fact, found)))[:count])


def _money(program: Program) -> Cell:
    """What bounds the sum for one company first, the whole budget last."""
    found = [d for label in MONEY_ORDER for d in program.details if d.label == label and _FIGURE.search(d.text)]
    found.sort(key=lambda d: (d.label == "예산", not _SUM.search(d.text)))
    return Cell(tuple(dict.fromkeys(_fact(d) for d in found if not PHONE.search(d.text)))[:_FACTS])


def _when(match: Match, request: Request) -> Cell:
    as_of = request.question.as_of
    told = []
    for period in match.program.periods:
        status = period_status(period, match.program, as_of)
        track = f"{period.track}: " if period.track else ""
        evidence = period.evidence or match.program.evidence
        told.append((f"[{STANDING[status]}] {track}{describe(period, status, as_of)}", (evidence,)))
    return Cell(tuple(told))


def _asked(program: Program, request: Request, knowledge: Knowledge) -> Cell:
    offices = [c for c in contacts_of(program, request, knowledge) if c.phones][:_OFFICES]
    return Cell(
        tuple(
            (f"{' '.join(filter(None, (c.organisation, c.department)))} {', '.join(c.phones)}", (c.evidence,))
            for c in offices
        )
    )


def _fact(detail: Detail) -> Fact:
    return detail.text, (detail.evidence,)
