"""Parts: the statements of a programme flow in; by place, the part that each with figures speaks of flows out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from ingest.labels.fields import canonical
from ingest.labels.sayings import groups
from ingest.records.gain_figures import GIVES, is_giving, read
from rag.domain import Detail

# A short line without figures or the end of a sentence.
_TITLE = re.compile(r"[가-힣A-Za-z][가-힣A-Za-z·()/&\s]{1,19}(?<![다요음함])")
_NO_TITLE = ("한도", "비율", "금액", "조건", "유형", "내용", "비고", "구분", "아래", "다음")
# In brackets also stand the payer, the span and what holds for all.
_ASIDE_OF_ALL = ("공통", "국비", "도비", "시비", "군비", "구비", "방비", "부담", "연간", "최대", "별도", "단위")
_NAMED = re.compile(
    r"[(\[]\s?(?P<aside>[가-힣A-Za-z][가-힣A-Za-z0-9·/\s]{1,19}?)\s?[)\]]\s|(?P<name>[가-힣A-Za-z][가-힣A-Za-z0-9·()/\s]{1,19}?)\s*[:：]\s"
)


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
