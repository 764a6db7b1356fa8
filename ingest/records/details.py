"""Details: the lines of one programme flow in, its labelled statements flow out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.contacts.phone_numbers import runs
from ingest.labels.field_talk import introduces, said
from ingest.labels.labelled import (
    GROUPS,
    all_labelled,
    split_labels,
    unbulleted,
)
from ingest.labels.outline import PLAIN, Head, Mark, Outline, heading, mark_of
from ingest.labels.questions import asked
from ingest.labels.spellings import SPELLINGS
from ingest.labels.table_rows import MEASURED, NO_ROW, add, add_row
from ingest.labels.text_lines import Line
from ingest.labels.topics import names_applicants, names_gift, topical
from ingest.values.when import parse_period
from rag.domain import Detail, PeriodKind

# A note ("* (예산) …") speaks for itself; the label above it goes on below it.
_NOTE = re.compile(r"^\s*[*※]")
# A sentence that happens to begin with a label word labels only itself.
_SENTENCE = re.compile(r"[다요]\.?\s*$")
# A long sentence says more than whom to ask: running text goes on below the lines on whom to ask.
_PROSE = re.compile(r"^[^\s□■○◦●▪*※\-–—•·].{40,}다\.?\s*$")
# A label that gives the figures below it their unit is a statement too.
_UNIT = re.compile(r"[(\[]\s*(?:단위\s*[:：]\s*)?(?:백만|천|만|억)\s?원\s*[)\]]")
_MARKED = re.compile(r"^[^가-힣]*[(\[【<][가-힣·\s]+[)\]】>]|^[^:：]{1,15}[:：]")
_DASHED = re.compile(r"^\s*[-–—•▲○]")
# A line as short as this, without figures and no sentence, is the head of what follows.
_HEAD_CHARACTERS = 24
_SAYS = re.compile(r"\d{2}|[%@:：]|[가-힣]원(?:\s|$)|[음함임됨]\.?$|(?:이상|이하|미만|이내|까지|불가|가능|제외|필수)$")
# "설명회: 3. 4.(수)": a field that is none of the labels.
_OTHER_FIELD = re.compile(r"^[가-힣][가-힣·\s]{1,12}\s?[:：]\s*\S")
# A head that says that one applies, not when or how.
_APPLYING = re.compile(r"^(?:[^\w\s]|\d{1,2}\.|[가-하]\.)\s*(?:신청|접수|모집)(?:\s?(?:[·및]\s?)?(?:신청|접수|모집))?$")
_NAMES_BODY = re.compile(r"[부처청원단도시군구터회크사합학행]\s*(?:[(,/·]|\s|$)")
# The list of enclosures at the foot of a notice.
_COST_BOUND = re.compile(r"[^가-힣]*총?\s?사업비\s?[)\]]?\s*[:：]?\s.{0,30}?(?:%|최대|한도|이내|까지\s?지원)")
_ENCLOSED = re.compile(r"^(?:붙임|첨부|별첨|별지|부칙)(?:\s?\d|\s*[:：]|\s|$)")
_FITS = (
    ("문의처", re.compile(r"\d-\d{3,4}")),
    ("제외대상", re.compile(r"제외|제한|불가|없(?:음|다|습니다)|않")),
    ("우대사항", re.compile(r"우대|가점|우선|\d점")),
    ("예산", re.compile(r"\d\s?(?:억|천만|백만|천)?\s?원")),
    ("지원조건", re.compile(r"\d\s?(?:억|천만|백만|만|천)?\s?원|%|자부담")),
    ("제출서류", re.compile(r"서류|[가-힣](?:서|부|증|본)(?:$|[\s,(])")),
)
# Labels under which a line of a list may as well say whom the programme is for.
_UNTOLD = frozenset({"", "개요", "목적"})
_ITEM = re.compile(r"^\d{1,2}[.)]?\s+[가-힣A-Za-z(]")


def details(lines: Sequence[Line], source_id: str) -> tuple[Detail, ...]:
    """Every statement of the lines under the label it belongs to; lines before the first label get label ""."""
    found: list[Detail] = []
    outline = Outline()
    waiting: list[str] = []
    valued = False
    item = ""
    above = NO_ROW
    for line in lines:
        if line.cells:
            if line.cells != line.header:
                above = add_row(line, _fitting(outline.labels, line.text), above, found, source_id)
            outline.feed()
            waiting = []
            continue
        above = NO_ROW
        question = asked(line.text)
        if question is not None:
            _close(outline, heading(len(line.path)) if line.is_heading else None, found, source_id)
            outline.open(Head(heading(len(line.path)), line, line.text, (question,), is_bare=False))
            waiting, valued, item = [], False, ""
            add(found, "", line.text, line, source_id)
            continue
        for part in split_labels(line.text):
            named = _labelled(part)
            mark = heading(len(line.path)) if line.is_heading else mark_of(part)
            if named and not named[1]:
                _close(outline, mark, found, source_id)
                if _UNIT.search(part):
                    add(found, named[0][0], part, line, source_id, part)
                outline.open(Head(mark, line, part, named[0], is_bare=True))
                waiting, valued, item = [*([] if valued else waiting), named[0][0]], False, ""
                continue
            if line.is_heading and not named:
                _close(outline, mark, found, source_id)
                is_part = set(outline.labels) & SPELLINGS.keys() - {"개요"} and said(part) is None
                outline.open(Head(mark, line, part, None if is_part else (unbulleted(part),)))
                waiting, item = [], ""
                continue
            valued = True
            item = _item(part, line, item, is_labelled=named is not None)
            is_aside = bool(_NOTE.match(line.text)) or bool(_SENTENCE.search(part) and not _MARKED.search(part))
            if named and not is_aside:
                _close(outline, mark, found, source_id)
                outline.open(Head(mark, line, part, named[0]))
                waiting = []
            elif introduced := introduces(unbulleted(part)):
                _close(outline, mark, found, source_id)
                outline.open(Head(mark, line, part, (introduced,), is_lead=True))
                waiting = []
            elif not named:
                _place(outline, mark, part, line, found, source_id)
                if outline.labels == ("문의처",) and _PROSE.search(part) and not runs(part):
                    outline.open(Head(mark, line, part, ()))
                    waiting = []
            label = _above(outline.labels, waiting if not named else [], part, mark)
            under = replace(line, path=(*line.path, item)) if item and item not in part else line
            said_here = part if named is None or MEASURED.match(part) else named[1]
            if not named and label not in SPELLINGS:
                for topic, sentence in topical(part):
                    add(found, topic or label, sentence, under, source_id, sentence)
                continue
            for one in named[0] if named else (label,):
                add(found, one, said_here, under, source_id, part)
    _close(outline, None, found, source_id)
    return tuple(found)


def _place(outline: Outline, mark: Mark, part: str, line: Line, found: list[Detail], source_id: str) -> None:
    """Put a line without a label of its own in its place: under a head, beside one, or as the end of one."""
    if _ENCLOSED.match(part):
        _close(outline, None, found, source_id)
        return
    if mark is PLAIN or _NOTE.match(part):
        if outline.heads and _SENTENCE.search(part) and not _NOTE.match(part):
            outline.end_lead()
        outline.feed()
        return
    before = outline.sibling(mark)
    is_head = _is_head(part)
    # Where a label stands alone behind the same mark, what follows is its list; but numbers count one list.
    is_list = bool(before and before.labels and before.is_bare and (not before.is_fed or before.is_flat))
    if before and is_list and (not is_head or mark.number is None):
        before.is_fed = before.is_flat = True
        return
    holder = outline.holder
    _close(outline, mark, found, source_id)
    ended = holder is not None and holder not in outline.heads
    if not ended or outline.labels or not holder:
        outline.open(Head(mark, line, part, None))
    elif is_head or not before or before is not holder:
        outline.open(Head(mark, line, part, ()))
    else:
        outline.open(Head(mark, line, part, holder.labels))


def _close(outline: Outline, mark: Mark | None, found: list[Detail], source_id: str) -> None:
    """Close what a line with this mark ends, or all; a head with nothing below it was a statement itself."""
    for head in outline.close(mark):
        above = outline.labels
        if head.is_bare and not head.is_fed and set(above) & SPELLINGS.keys():
            add(found, above[0], head.text, head.line, source_id, head.text)


def _is_head(part: str) -> bool:
    """Whether a line without a known label reads as the head of what follows."""
    bare = unbulleted(part)
    if _OTHER_FIELD.match(bare):
        return True
    return len(bare) <= _HEAD_CHARACTERS and not _SENTENCE.search(bare) and not _SAYS.search(bare)


def _fitting(labels: Sequence[str], text: str) -> str:
    """Of the labels of a joint name the one that a statement below it fits, failing that the first."""
    if len(labels) < 2:
        return labels[0] if labels else ""
    if "신청기간" in labels:
        stated = parse_period(text, 2000).kind is not PeriodKind.UNSTATED
        return "신청기간" if stated else next(label for label in labels if label != "신청기간")
    return next((label for label, fits in _FITS if label in labels and fits.search(text)), labels[0])


def _above(labels: Sequence[str], waiting: list[str], part: str, mark: Mark) -> str:
    """The label of a line that has none of its own: the one it stands under, or the one of whom it names."""
    label = _awaited(waiting, part) if len(waiting) > 1 else _fitting(labels, part)
    if label not in _UNTOLD or mark is PLAIN:
        return label
    return "지원대상" if names_applicants(part) else "지원내용" if names_gift(part) else label


def _labelled(part: str) -> tuple[tuple[str, ...], str] | None:
    """Labels and value; what stands under 신청 or 접수 and states a period is the period."""
    named = all_labelled(part)
    if not named and _APPLYING.match(part):
        return ("신청기간", "신청방법"), ""
    if named and named[0][0] == "신청방법" and re.search(r"^[^가-힣]*(?:신청|접수)\s*[)\]】]?\s*[:：]", part):
        period = parse_period(named[1], 2000)
        if period.kind is not PeriodKind.UNSTATED:
            return ("신청기간",), named[1]
    if named and named[0] == ("예산",) and _COST_BOUND.match(part):
        # What a project may cost, or how much of it is paid, is no budget of the programme.
        return ("지원조건",), part
    if named and named[0][0] in ("소관부처", "전담기관") and runs(named[1]):
        return ("문의처",), part
    if named and named[1] and named[0][0] in ("소관부처", "전담기관") and not _NAMES_BODY.search(named[1]):
        # "주관: AI 기업": a part that applicants take.
        return None
    return named


def _item(part: str, line: Line, item: str, *, is_labelled: bool) -> str:
    """The numbered item ("2 문제해결형 훈련과정 개발") that the following lines belong to; a new label ends it."""
    if _NOTE.match(line.text) or _DASHED.match(part):
        return item
    if is_labelled or line.is_heading:
        return ""
    return part.strip() if _ITEM.match(part) and len(part) <= 80 else item


def _awaited(waiting: list[str], text: str) -> str:
    """The label for a value that follows several labels: a column of labels may stand before its column of values."""
    values = [label for label in waiting if label not in GROUPS]
    if "신청기간" in values and values[-1] != "신청기간":
        if parse_period(text, 2000).kind is not PeriodKind.UNSTATED:
            waiting[:] = [label for label in values if label not in values[: values.index("신청기간") + 1]]
            return "신청기간"
        return values[0]
    return waiting[-1]


def track_of(detail: Detail) -> str | None:
    """The track that a cell of a table speaks of; `None` for other statements."""
    track = detail.evidence.section.rpartition(" > ")[2]
    return track if track and detail.text.startswith(f"{track}: ") else None
