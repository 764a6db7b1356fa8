"""Largest: a question for the most or the least flows in, the programmes in the order of their sums flow out."""

from __future__ import annotations

import re

from rag.compose.draft import Draft, Statement
from rag.compose.judge import judge
from rag.domain import AnswerStatus, BenefitKind
from rag.knowledge import Knowledge
from rag.understand import Request

_TOP = 3
_SUPERLATIVE = re.compile(
    r"(?:제일|가장|최고로?|젤)\s*(?:많|큰|크|높|적|작|낮)\w*"
    r"(?=.{0,20}(?:예산|사업비|지원|보조|한도|금액|사업|곳))|(?:예산|사업비|지원금|보조금|한도)\S{0,2}\s*(?:제일|가장|젤)\s*(?:많|큰|크|높|적|작|낮)\w*"
)


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
