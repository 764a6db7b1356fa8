"""Amounts: a matched programme and a case flow in; what it would pay and what the company would pay flow out.

Only a trusted benefit is computed with. Nothing here is a promise: a committee may grant less than a ceiling.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from rag.diagnosis.records import Case
from rag.diagnosis.telling import NO_AMOUNT, as_line, is_row, told
from rag.domain import LENT, Benefit, Detail, Evidence, Match, Verdict
from rag.money import won
from rag.saying.draft import Line
from rag.text import squash
from rag.trust import is_sure

_FREE = re.compile(r"(?:부담|비용)[^.]{0,8}없")
_FREE_TOLD = 2
_FIGURE, _DEPENDS = re.compile(r"\d"), re.compile(r"차등|심의|심사|평가")
_UNCLEAR = re.compile(r"금액[^.]*(?:분명|뚜렷)하지\s*않")
_AT_MOST, _ABOUT = re.compile(r"최대|이내|한도"), re.compile(r"내외|약\s*\d")
_LOAN_LABELS = ("융자한도", "융자기간", "융자금리")
_TERM = re.compile(r"한도|금리|(?:대출|융자)\s*기간")


def amounts_of(match: Match, case: Case) -> tuple[Line, ...]:
    """Own share, ceiling and loan conditions for this company; what documents do not state is said to be unknown."""
    program = match.program
    closed = closed_tracks(match)
    given = [b for b in program.benefits if is_sure(b) and b.track not in closed and not is_of(b.evidence, closed)]
    terms = [d for d in program.details if d.label == "지원조건" and d.track not in closed]
    free = [told(d) for d in terms if _FREE.search(d.text)][:_FREE_TOLD]
    lines = [*free, *(list(_loans(match, given)) or _grants(given, case, is_free=bool(free)))]
    # What is granted on conditions without a figure is told as it stands; figures are computed with above.
    lines += [told(d) for d in terms if lines and _DEPENDS.search(d.text) and not _FIGURE.search(d.text)]
    lines += [told(d) for d in program.details if lines and _UNCLEAR.search(d.text) and _FIGURE.search(d.text)]
    return tuple(dict.fromkeys(lines)) or (Line(NO_AMOUNT),)


def is_of(evidence: Evidence, tracks: set[str]) -> bool:
    """Whether words stand in the section of one of these tracks."""
    section = squash(evidence.section)
    return any(squash(track) in section for track in tracks)


def closed_tracks(match: Match) -> set[str]:
    """The tracks whose conditions the company fails."""
    return {track.name for track in match.tracks if track.verdict is Verdict.INELIGIBLE}


def _grants(given: list[Benefit], case: Case, *, is_free: bool) -> Iterator[Line]:
    """The computed shares of each ceiling with the rate that goes with it."""
    paid = [b for b in given if b.kind not in LENT]
    rated = [b for b in paid if _rate(b) is not None]
    reply = case.reply("cost")
    cost = reply.amount if reply else None
    seen: set[tuple[int | None, float | None]] = set()
    for benefit in sorted(paid, key=lambda b: (b.ceiling is None, _rate(b) is None, not _AT_MOST.search(b.text))):
        of_rate = benefit if _rate(benefit) is not None else (rated[0] if benefit.ceiling and rated else None)
        rate = _rate(of_rate) if of_rate else None
        ceiling = benefit.ceiling
        if (ceiling is None and rate is None) or (ceiling, rate) in seen:
            continue
        if ceiling is None and any(known == rate for _, known in seen):
            continue
        seen.add((ceiling, rate))
        evidence = tuple(dict.fromkeys(b.evidence for b in (benefit, of_rate) if b))
        # A sum a month or a person is told as it stands: how many one gets is not known.
        if benefit.ceiling != benefit.whole or (rate is None and (is_free or is_row(benefit.text))):
            yield Line(as_line(benefit.text), evidence)
            continue
        several = len({b.ceiling for b in paid if b.ceiling is not None and b.text == benefit.text}) > 1
        yield Line(f"{_which(benefit) if several else ''}{_computed(ceiling, rate, cost, benefit.text)}", evidence)


def _which(benefit: Benefit) -> str:
    """Of a statement with several ceilings, the words of this one: "1년과제 최대 20억원 이내"."""
    assert benefit.ceiling is not None
    sum_ = squash(won(benefit.ceiling))
    words = (re.sub(r"^[^:]*:", "", part).strip() for part in re.split(r"[,;·]", benefit.text))
    return next((f"[{part}] " for part in words if sum_ in squash(part)), "")


def _rate(benefit: Benefit) -> float | None:
    """The share (percent of the total cost) that the programme pays."""
    if benefit.rate is not None:
        return benefit.rate
    # That nothing is to be paid is told as the document has it, not as a share of the whole.
    return 100 - benefit.own_share if benefit.own_share else None


def _computed(ceiling: int | None, rate: float | None, cost: int | None, words: str) -> str:
    is_about = _ABOUT.search(words) and not _AT_MOST.search(words)
    said = f"지원금은 {won(ceiling)} 내외입니다. " if is_about and ceiling else ""
    limit = said or (f"지원한도는 {won(ceiling)}입니다. " if ceiling is not None else "")
    if rate is None:
        return f"{limit}회사가 내야 하는 비율은 문서에서 확인되지 않습니다."
    share = f"총사업비의 {rate:g}%까지 지원하고 회사가 {100 - rate:g}% 이상을 냅니다. "
    if cost:
        paid = round(cost * rate / 100)
        paid = min(paid, ceiling) if ceiling is not None else paid
        return (
            f"{limit}{share}계획한 총사업비 {won(cost)}이면 지원금은 많아야 {won(paid)}, "
            f"회사가 내는 돈은 적어도 {won(cost - paid)}입니다."
        )
    if ceiling is None or rate <= 0:
        return f"{limit}{share}총사업비를 알려 주시면 금액을 계산합니다."
    total = round(ceiling * 100 / rate)
    own = won(total - ceiling)
    return f"{limit}{share}한도를 모두 받는 총사업비는 {won(total)}이고, 그때 회사가 내는 돈은 {own}입니다."


def _loans(match: Match, given: list[Benefit]) -> Iterator[Line]:
    """The conditions of the loan whose track the company's age opens, then what is preferred."""
    loans = [b for b in given if b.kind in LENT]
    if not loans:
        return
    yield Line("갚아야 하는 대출(융자)입니다.", (loans[0].evidence,))
    closed = closed_tracks(match)
    terms = [d for d in match.program.details if d.label in _LOAN_LABELS or (is_row(d.text) and _TERM.search(d.text))]
    terms = [d for d in terms if d.track not in closed]
    rows = [d for d in terms if is_row(d.text)]
    yield from (told(d) for d in rows)
    # What a row tells once is not told again cell by cell; a label that stands twice says no longer what of.
    told_in = {d.evidence.quote for d in rows}
    counts = Counter((d.evidence.section, d.label) for d in terms)
    for detail in terms:
        if detail.evidence.quote not in told_in and counts[detail.evidence.section, detail.label] == 1:
            yield told(detail, f"{_heading(detail)}{detail.label}: ")
    yield from (
        told(d, f"{d.label}: ") for d in match.program.details if d.label == "우대사항" and _TERM.search(d.text)
    )


def _heading(detail: Detail) -> str:
    """The fund a condition is told of, as its section names it."""
    last = detail.evidence.section.rpartition(" > ")[2]
    return f"[{last}] " if last else ""
