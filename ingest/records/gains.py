"""Benefits: the statements on what is given flow in; kinds with ceiling and ratios, part by part, flow out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from pathlib import Path

from ingest.confidence import SURE, TOLD_IN_PROSE
from ingest.labels.details import track_of, without_wholes
from ingest.labels.fields import canonical
from ingest.phrases import phrases
from ingest.records.figures import GIVES, LENDS, ROW_CELL, caption_unit, groups, is_giving, read, row_name
from ingest.values.money import Ceiling, ceilings
from rag.domain import Benefit, BenefitKind, Detail

# A short line without figures or the end of a sentence.
_TITLE = re.compile(r"[가-힣A-Za-z][가-힣A-Za-z·()/&\s]{1,19}(?<![다요음함])")
_NO_TITLE = ("한도", "비율", "금액", "조건", "유형", "내용", "비고", "구분", "아래", "다음")
# In brackets also stand the payer, the span and what holds for all.
_ASIDE_OF_ALL = ("공통", "국비", "도비", "시비", "군비", "구비", "방비", "부담", "연간", "최대", "별도", "단위")
_NAMED = re.compile(
    r"[(\[]\s?(?P<aside>[가-힣A-Za-z][가-힣A-Za-z0-9·/\s]{1,19}?)\s?[)\]]\s|(?P<name>[가-힣A-Za-z][가-힣A-Za-z0-9·()/\s]{1,19}?)\s*[:：]\s"
)
# What is said under these is of others, of the past or of the future.
_SILENT = frozenset({"사례", "추진배경", "추진근거", "기대효과", "문의처", "제출서류", "융자금리", "융자기간"})
_WORDS = phrases(Path(__file__).with_suffix(".yaml"))
_MONEY = (BenefitKind.VOUCHER, BenefitKind.LOAN, BenefitKind.GUARANTEE)
# In the order in which a statement of several is one of them.
_KINDS = (*_MONEY, BenefitKind.TRAINING, BenefitKind.CONSULTING, BenefitKind.GRANT, BenefitKind.FACILITY)


def benefits(details: Sequence[Detail], name: str = "", title: str = "") -> tuple[Benefit, ...]:
    """What the statements under 지원내용 and its like give; a kind with no figures is listed once.

    Figures that other statements tie to one applicant count too, less surely. A share that is told once for several
    tracks is listed for each track that has none of its own. Money of which a statement does not say what it is
    ("업체당 5억원 이내 지원") is what the programme calls it in its `name`, in its overview or in the `title` of the
    document, else a grant.
    """
    overview = "\n".join(d.text for d in details if d.label in ("개요", "목적"))
    usual = next(filter(None, map(_money, (name, overview, title))), BenefitKind.GRANT)
    found = _found(details, usual)
    if not any(benefit.ceiling for benefit in found):
        # Where nothing else tells a figure, running text that gives counts.
        told = [
            replace(d, label="지원내용")
            for d in details
            if d.label == "" and _WORDS["most"].is_in(d.text) and _WORDS["helps"].is_in(d.text)
        ]
        found += [replace(b, confidence=TOLD_IN_PROSE) for b in _found(told, usual) if _has_figures(b)]
    return (*found, *_shared(found))


def _money(text: str) -> BenefitKind | None:
    """The kind of money that words name, if any."""
    return next((kind for kind in _MONEY if _WORDS[kind.value].is_in(text)), None)


def _found(details: Sequence[Detail], usual: BenefitKind) -> list[Benefit]:
    found: list[Benefit] = []
    details = _of_one_row(without_wholes(details))
    beside = parts(details)
    alone = _lone_rows(details)
    for index, (detail, unit) in enumerate(_with_units(details)):
        for told in _benefits(detail, unit, beside.get(index) or detail.track, usual):
            # A table of one row describes the programme, not a part of it.
            benefit = replace(told, track=None) if (detail.evidence.section, told.track) in alone else told
            if _has_figures(benefit):
                is_new = not _is_known(benefit, found)
            else:
                is_new = not any(b.kind == benefit.kind for b in found)
            if is_new:
                found.append(benefit)
    return found


def _with_units(details: Sequence[Detail]) -> Iterator[tuple[Detail, str | None]]:
    """Each statement with the unit of its bare figures, which a caption above it, under the same label, names."""
    label, unit = "", None
    for detail in details:
        named = caption_unit(detail.text)
        label, unit = detail.label, named or (unit if label == detail.label else None)
        yield detail, unit


def _lone_rows(details: Sequence[Detail]) -> set[tuple[str, str | None]]:
    """The sections with the names of their rows, of tables that have one row alone."""
    rows = {(d.evidence.section, *row) for d in details if (row := row_name(d))}
    counted = Counter((section, column) for section, column, _ in rows)
    return {(section, cell) for section, column, cell in rows if counted[section, column] == 1}


def _of_one_row(details: Sequence[Detail]) -> list[Detail]:
    """The statements, the figures that one row gives a part as one: a ceiling and the share that goes with it."""
    found: list[Detail] = []
    for detail in details:
        last = found[-1] if found else None
        track = track_of(detail)
        is_next = last and track and (last.label, last.evidence) == (detail.label, detail.evidence)
        if last and is_next:
            more = detail.text.removeprefix(f"{track}: ")
            found[-1] = replace(last, text=f"{last.text}{ROW_CELL}{more}", item=f"{last.item}{ROW_CELL}{detail.item}")
        else:
            found.append(detail)
    return found


def _has_figures(benefit: Benefit) -> bool:
    return not (benefit.ceiling is None and benefit.rate is None and benefit.own_share is None)


def _is_known(benefit: Benefit, found: Sequence[Benefit]) -> bool:
    """Whether a statement before says the same figures, of the same track or in the same words."""
    figures = _figures_of(benefit)
    return any(
        figures <= _figures_of(b)
        and (b.kind is benefit.kind or b.evidence.quote == benefit.evidence.quote)
        and (b.track == benefit.track or (benefit.track is None and b.evidence.quote == benefit.evidence.quote))
        for b in found
    )


def _figures_of(benefit: Benefit) -> set[tuple[str, float]]:
    told = (("ceiling", benefit.ceiling), ("rate", benefit.rate), ("own", benefit.own_share))
    return {(name, value) for name, value in told if value is not None}


def _shared(found: Sequence[Benefit]) -> Iterator[Benefit]:
    """The shares told for all tracks, once for each track with a ceiling and no shares of its own."""
    tracks = list(dict.fromkeys(b.track for b in found if b.track and b.ceiling))
    told = [b for b in found if b.track is None and (b.rate is not None or b.own_share is not None)]
    if len(tracks) < 2 or len({(b.rate, b.own_share) for b in told}) != 1:
        return
    for track in tracks:
        if not any(b.track == track and (b.rate is not None or b.own_share is not None) for b in found):
            yield replace(told[0], track=track, ceiling=None, per="")


def _benefits(detail: Detail, unit: str | None, track: str | None, usual: BenefitKind) -> Iterator[Benefit]:
    """What one statement gives: its figures, part by part, the further kinds it names, and items with own limits."""
    if detail.label in _SILENT:
        return
    gives = is_giving(detail.label)
    kinds = _kinds(detail)
    for group in groups(detail, unit):
        figures = read(group, detail.label)
        if figures or (gives and detail.label in GIVES and kinds):
            base = Benefit(
                kinds[0] if kinds else usual,
                detail.text,
                detail.evidence,
                rate=figures.shares.rate,
                own_share=figures.shares.own,
                track=(group.track or track) if figures or detail.track else None,
                confidence=SURE if gives or any(said.is_figure for said in group.sayings) else TOLD_IN_PROSE,
            )
            yield from _by_ceiling(base, figures.ceilings)
    if gives:
        for kind in kinds[1:]:
            yield Benefit(kind, detail.text, detail.evidence, track=track_of(detail) or track)
        yield from _items(detail, track)


def _kinds(detail: Detail) -> list[BenefitKind]:
    """The kinds of support that a statement names, the one it mostly is first."""
    kinds = [kind for kind in _KINDS if _WORDS[kind.value].is_in(detail.text)]
    if not kinds and track_of(detail):
        # The other cells of its row may say what the sum of a part is for.
        kinds = [kind for kind in _KINDS if _WORDS[kind.value].is_in(detail.evidence.quote)][:1]
    is_lent = detail.label in LENDS and BenefitKind.LOAN not in kinds
    return [BenefitKind.LOAN, *kinds] if is_lent else kinds


def _by_ceiling(base: Benefit, ceilings: Sequence[Ceiling]) -> Iterator[Benefit]:
    """The benefit with its general ceiling, and once more for each higher one, which shares are not told of."""
    first, *higher = ceilings or (None,)
    yield replace(base, ceiling=first.krw, per=first.per) if first else base
    for one in higher:
        if one:
            yield replace(base, ceiling=one.krw, per=one.per, rate=None, own_share=None)


def _items(detail: Detail, track: str | None) -> Iterator[Benefit]:
    """Two items or more of a list, each with a limit of its own."""
    items = [hit.words for hit in _WORDS["item"].all(detail.text)]
    for item in items if len(items) > 1 else ():
        for most in ceilings(item)[:1]:
            yield Benefit(BenefitKind.GRANT, item.strip(), detail.evidence, ceiling=most.krw, track=track, per=most.per)


def parts(details: Sequence[Detail]) -> dict[int, str]:
    """By place, the name of the part, as it stands before the statement, above it or over its section."""
    return _titled(details) | _by_section(details) | _siblings(details)


def _siblings(details: Sequence[Detail]) -> dict[int, str]:
    """By place, the track of each statement "기초형: 최대 1억원" that stands beside another of the same form."""
    named: dict[int, str] = {}
    for index, detail in enumerate(details):
        match = _NAMED.match(detail.text)
        name = (match["name"] or match["aside"]) if match else ""
        if match and match["aside"] and (name.endswith("당") or any(word in name for word in _ASIDE_OF_ALL)):
            continue
        if name and not canonical(name) and " · " not in detail.text:
            named[index] = " ".join(name.split())
    told = {i: read(group, detail.label) for i in named for detail in [details[i]] for group in groups(detail)}
    found: dict[int, str] = {}
    for one, other in pairwise(sorted(named)):
        near = other - one <= 2 and details[one].label == details[other].label and named[one] != named[other]
        if near and told[one] and told[other] and bool(told[one].ceilings) == bool(told[other].ceilings):
            found |= {one: named[one], other: named[other]}
    return found


def _titled(details: Sequence[Detail]) -> dict[int, str]:
    """By place, the part of each statement with figures below the short title of the part it speaks of.

    Titles stand on a line of their own, two or more of them under one label, each with figures below it.
    """
    return {place: title for run in _runs(details) for place, title in _below_titles(run)}


def _runs(details: Sequence[Detail]) -> Iterator[list[tuple[int, Detail]]]:
    for label, run in groupby(enumerate(details), key=lambda placed: placed[1].label):
        if is_giving(label):
            yield list(run)


def _below_titles(run: Sequence[tuple[int, Detail]]) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    title = ""
    titles = 0
    is_bare = False
    for place, detail in run:
        if _TITLE.fullmatch(detail.text) and not any(word in detail.text for word in _NO_TITLE):
            if is_bare:
                # Two titles in a row are a list of what is given.
                return []
            title, is_bare, titles = detail.text, True, titles + 1
        elif title:
            is_bare = False
            if any(read(group, detail.label) for group in groups(detail)):
                found.append((place, title))
    told = {title for _, title in found}
    return found if len(told) == titles > 1 else []


def _by_section(details: Sequence[Detail]) -> dict[int, str]:
    """Statements of one label in neighbouring sections, each with a ceiling: the sections' heads name the parts."""
    told = [
        (place, detail.label, detail.evidence.section.rpartition(" > ")[2])
        for place, detail in enumerate(details)
        if detail.label in GIVES and any(read(group, detail.label).ceilings for group in groups(detail))
    ]
    found: dict[int, str] = {}
    for label in {label for _, label, _ in told}:
        here = [(place, head) for place, name, head in told if name == label]
        heads = [head for _, head in here]
        if 1 < len(set(heads)) == len(heads) and all(_TITLE.fullmatch(head) and not canonical(head) for head in heads):
            found |= dict(here)
    return found
