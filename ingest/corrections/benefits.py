"""Benefits: a programme and the figures that staff give flow in, the programme with those figures flows out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ingest.corrections.changes import Figures
from ingest.corrections.entries import NONE, Figure
from ingest.corrections.striking import struck, without
from ingest.corrections.voice import Voice, short
from ingest.values.money import amounts, percents
from rag.domain import Benefit, BenefitKind, Detail, Evidence, Program

_NAMES = {"ceiling": "지원한도", "rate": "보조율", "own_share": "자부담"}
_LARGE = ((10**12, "조"), (10**8, "억"), (10**4, "만"))


def won(amount: int) -> str:
    """A sum in KRW as officials write it: "1억 5,000만 원"."""
    words = []
    for size, unit in _LARGE:
        count, amount = divmod(amount, size)
        words += [f"{count:,}{unit}"] if count else []
    return " ".join([*words, *([f"{amount:,}"] if amount else [])]) + (" 원" if not amount else "원")


def told(figures: Figures, program: Program) -> str:
    """What the documents say of the figures."""
    return short(_words(name, value) for name, _ in figures.figures for value in _values(name, figures, program))


def corrected(figures: Figures, program: Program, voice: Voice) -> Program | str:
    """The programme with the figures put right; a sentence where none is there to take away, or several differ."""
    for name, value in figures.figures:
        values = _values(name, figures, program)
        if not values and (value is None or figures.was is not None):
            return voice.missing(program, _words(name, figures.was) if figures.was is not None else _NAMES[name])
        if len(values) > 1:
            several = ", ".join(_words(name, known) for known in values)
            return f"'{program.name}'의 {_NAMES[name]}이(가) 여럿입니다({several}). track, kind나 was를 적어 주세요"
    return _benefit(figures, program, voice, _cleared(figures, program))


def _values(name: str, figures: Figures, program: Program) -> Sequence[Figure]:
    """The different values of a figure in the benefits that are meant."""
    found = (_figure(benefit, name) for benefit in program.benefits if _is_meant(benefit, name, figures))
    return tuple(dict.fromkeys(found))


def _is_meant(benefit: Benefit, name: str, figures: Figures) -> bool:
    value = _figure(benefit, name)
    return (
        value is not None
        and figures.track in (None, benefit.track)
        and figures.kind in (None, benefit.kind)
        and figures.was in (None, value)
    )


def _cleared(figures: Figures, program: Program) -> Program:
    """The programme without the figures that are put right, in its benefits and in its statements."""
    names = [name for name, _ in figures.figures]
    wrong = {figure for name in names for figure in _values(name, figures, program)}

    def is_refuted(clause: str) -> bool:
        return bool(wrong & {*amounts(clause), *percents(clause)})

    benefits: list[Benefit] = []
    gone: set[Evidence] = set()
    for benefit in program.benefits:
        refuted = [name for name in names if _is_meant(benefit, name, figures)]
        if refuted:
            gone.add(benefit.evidence)
            benefit = _replaced(benefit, dict.fromkeys(refuted, None))
            benefit = replace(benefit, text=struck(benefit.text, is_refuted) or short(_shown(benefit)))
        benefits.append(benefit)

    def still(evidence: Evidence, kept: str) -> Sequence[str]:
        of_it = [b for b in benefits if b.evidence == evidence]
        figures_kept = {*amounts(kept), *percents(kept)}
        return tuple(dict.fromkeys(w for b in of_it for n, w in _figures_of(b) if _figure(b, n) not in figures_kept))

    return replace(
        program,
        benefits=tuple(benefit for benefit in benefits if benefit.text),
        details=tuple(without(program.details, gone, is_refuted, still)),
    )


def _benefit(figures: Figures, before: Program, voice: Voice, program: Program) -> Program:
    """The programme with the benefit that staff tell, first among its benefits and its statements."""
    meant = [b for b in before.benefits if any(_is_meant(b, name, figures) for name, _ in figures.figures)]
    near = [b for b in before.benefits if figures.track in (None, b.track)]
    kind = figures.kind or next((b.kind for b in (*meant, *near)), BenefitKind.GRANT)
    track = figures.track or next((b.track for b in meant), None)
    head = f"{track}: " if track else ""
    evidence = voice.evidence(before, head + ", ".join(_words(name, value) for name, value in figures.figures))
    given = {name: value for name, value in figures.figures if value is not None}
    if not given:
        return program
    text = head + ", ".join(_words(name, value) for name, value in given.items())
    label = "융자한도" if kind is BenefitKind.LOAN and [*given] == ["ceiling"] else "지원조건"
    benefit = _replaced(Benefit(kind, text, evidence, track=track), given)
    return replace(
        program,
        benefits=(benefit, *program.benefits),
        details=(Detail(label, text, evidence), *program.details),
    )


def _shown(benefit: Benefit) -> Iterator[str]:
    return (words for _, words in _figures_of(benefit))


def _figures_of(benefit: Benefit) -> Iterator[tuple[str, str]]:
    return ((name, _words(name, value)) for name in _NAMES if (value := _figure(benefit, name)) is not None)


def _figure(benefit: Benefit, name: str) -> Figure:
    return {"ceiling": benefit.ceiling, "rate": benefit.rate, "own_share": benefit.own_share}[name]


def _replaced(benefit: Benefit, figures: Mapping[str, Figure]) -> Benefit:
    ceiling = figures.get("ceiling", benefit.ceiling)
    return replace(
        benefit,
        ceiling=None if ceiling is None else int(ceiling),
        rate=figures.get("rate", benefit.rate),
        own_share=figures.get("own_share", benefit.own_share),
    )


def _words(name: str, value: Figure) -> str:
    """A figure in words: "지원한도 5,000만 원", "보조율 70%"."""
    if value is None:
        return f"{_NAMES[name]} {NONE}"
    return f"{_NAMES[name]} {won(int(value)) if name == 'ceiling' else f'{value:g}%'}"
