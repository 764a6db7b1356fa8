"""By value: statements under names that no list has flow in; where a field is told nowhere else, they get its label.

"언제: 5월 4일 ~ 5월 22일" tells when to apply whatever the line is called, unless its name tells another matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ingest.contacts.phone_numbers import runs
from ingest.labels.fields import SPELLINGS, canonical
from ingest.labels.outline import unbulleted
from ingest.values.ceilings import ceilings
from ingest.values.when import parse_period
from rag.domain import Detail, PeriodKind
from rag.text import squash
from rag.wordlists import word_lists

_LONGEST_NAME = 12
_WORDS = word_lists(Path(__file__).with_name("by_value.yaml"))
_BOUNDS = ("최대", "최고", "이내", "까지", "한도")
_ANY_YEAR = 2000


def labelled_by_value(found: Sequence[Detail]) -> Iterator[Detail]:
    """The statements in order, one under an unknown name as what its value is where no other statement tells that."""
    told = {detail.label for detail in found}
    missing = {label: fits for label, fits in _FITS.items() if not told & _LIKE[label]}
    for detail in found:
        name, value = _parted(detail.text) if detail.label not in SPELLINGS else ("", "")
        label = next((label for label, fits in missing.items() if name and fits(value)), None)
        yield replace(detail, label=label, text=value) if label else detail


def _parted(text: str) -> tuple[str, str]:
    """The unknown name before a colon, or in the cell before, and what stands behind it; "" where there is none."""
    if text.count(" · ") > 1:
        # A row of several cells says more than one thing.
        return "", ""
    name, mark, value = text.partition(" · " if " · " in text else ":")
    bare = squash(unbulleted(name))
    is_name = bool(mark) and 1 < len(bare) <= _LONGEST_NAME and all("가" <= letter <= "힣" for letter in bare)
    if not is_name or canonical(bare) is not None or any(word in bare for word in _WORDS["others"]):
        return "", ""
    return bare, value.strip()


def _is_period(value: str) -> bool:
    period = parse_period(value, _ANY_YEAR)
    if period.kind is PeriodKind.UNTIL_SPENT:
        return period.opens_on is not None
    return period.kind is PeriodKind.FIXED and period.opens_on is not None and period.closes_on is not None


def _is_bound(value: str) -> bool:
    return any(word in value for word in _BOUNDS) and bool(ceilings(value))


def _is_reach(value: str) -> bool:
    return bool(runs(value))


_FITS: dict[str, Callable[[str], bool]] = {"신청기간": _is_period, "지원조건": _is_bound, "문의처": _is_reach}
_LIKE = {
    "신청기간": {"신청기간"},
    "지원조건": {"지원조건", "지원내용", "융자한도", "지원규모"},
    "문의처": {"문의처"},
}
