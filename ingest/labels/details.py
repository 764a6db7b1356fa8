"""Details: the lines of one programme flow in, its labelled statements flow out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest.labels.fields import (
    GROUPS,
    SHORT,
    SPELLINGS,
    all_labelled,
    asked,
    canonical,
    introduces,
    said,
    split_labels,
)
from ingest.labels.lines import Line
from ingest.labels.outline import PLAIN, Head, Mark, Outline, heading, mark_of, unbulleted
from ingest.labels.table_rows import NO_ROW, Above, add, add_row, add_typed, is_measured
from ingest.labels.typed_rows import Said, part_name, typed_rows
from ingest.phrases import phrases
from ingest.values.money import amounts, ceilings, percents
from ingest.values.phones import runs
from ingest.values.when import parse_period
from rag.domain import Detail, PeriodKind
from rag.korean import is_hangul
from rag.text import squash
from rag.wordlists import word_lists

_LONGEST_UNKNOWN = 12
_UNLABELLED = word_lists(Path(__file__).with_name("unlabelled.yaml"))
_BOUNDS = ("최대", "최고", "이내", "까지", "한도")
_ANY_YEAR = 2000
# A sentence that points back goes on with the one before it.
_SENTENCES = re.compile(r"(?<=[다요함음임]\.)\s+(?!(?:이|그|단|다만|이때|이는|이를|나머지|여기에)(?:는|에|를)?,?\s)")
_LONGEST_TOPIC = 20
_WORDS = phrases(Path(__file__).with_suffix(".yaml"))
# A note ("* (예산) …") speaks for itself; the label above it goes on below it.
_NOTES = ("*", "※")
_DASHES = ("-", "–", "—", "•", "▲", "○")
_BULLETS = "□■○◦●▪*※-–—•·"
# A line as short as this, without figures and no sentence, is the head of what follows.
_HEAD_CHARACTERS = 24
# Running text is longer than this, a name before a colon or in brackets shorter than that.
_PROSE, _NAME, _SAID = 40, 15, 30
# The labels of a joint name in the order in which a statement is held against them.
_FITTING = ("문의처", "제외대상", "우대사항", "예산", "지원조건", "제출서류")
# Labels under which a line of a list may as well say whom the programme is for.
_UNTOLD = frozenset({"", "개요", "목적"})
_LONGEST_ITEM = 80
# Labels under which a line may name a part with what it gets.
_LISTED = ("지원조건", "지원내용", "지원규모", "융자한도")


def details(lines: Sequence[Line], source_id: str) -> tuple[Detail, ...]:
    """Every statement of the lines under the label it belongs to; lines before the first label get label ""."""
    reader = _Reader(source_id)
    typed = typed_rows(lines)
    for place, line in enumerate(lines):
        reader.read(line, typed.get(place, ()))
    _close(reader.outline, None, reader.found, source_id)
    return tuple(labelled_by_value((*reader.found, *_asked(reader.found))))


def _asked(found: Sequence[Detail]) -> Iterator[Detail]:
    """What brackets behind the name of a part ask of who applies: "새싹형(창업 3년 이내): 최대 1천만원"."""
    for detail in found:
        lead, colon, _ = detail.text.partition(": ")
        if colon and detail.label in _LISTED and "(" in lead and detail.track is None:
            name, asks = part_name(lead)
            if asks:
                section = f"{detail.evidence.section} > {name}"
                yield Detail("지원대상", f"{name}: {asks}", replace(detail.evidence, section=section, quote=lead))


@dataclass(slots=True)
class _Reader:
    """What was read of the lines so far: statements, open heads, labels that wait for their values, the numbered item
    and the row above; `valued` says that a label has got a value since, `is_asked` that a question stood above."""

    source_id: str
    found: list[Detail] = field(default_factory=list)
    outline: Outline = field(default_factory=Outline)
    waiting: list[str] = field(default_factory=list)
    valued: bool = False
    item: str = ""
    above: Above = NO_ROW
    is_asked: bool = False

    def read(self, line: Line, told: Sequence[Said] = ()) -> None:
        """One line or row; `told` is what the cells of the row say, where its columns are typed."""
        if line.cells:
            label = _fitting(self.outline.labels, line.text)
            if told:
                add_typed(line, label, told, self.found, self.source_id)
                self.above = NO_ROW
            elif line.cells != line.header:
                self.above = add_row(line, label, self.above, self.found, self.source_id)
            self.outline.feed()
            self.waiting = []
            return
        self.above = NO_ROW
        reply = _WORDS["answer"].begins(line.text) if self.is_asked else None
        line = replace(line, text=line.text[reply.end :].lstrip()) if reply else line
        self.is_asked = False
        question = asked(line.text)
        if question is None:
            for part in split_labels(line.text):
                self._read_part(part, line)
            return
        mark = heading(len(line.path)) if line.is_heading else None
        self._open(mark, Head(heading(len(line.path)), line, line.text, (question,), is_bare=False))
        self.valued, self.item, self.is_asked = False, "", True
        add(self.found, "", line.text, line, self.source_id)

    def _open(self, mark: Mark | None, head: Head) -> None:
        _close(self.outline, mark, self.found, self.source_id)
        self.outline.open(head)
        self.waiting = []

    def _read_part(self, part: str, line: Line) -> None:
        """A piece of a line with at most one label."""
        named = _labelled(part)
        mark = heading(len(line.path)) if line.is_heading else mark_of(part)
        if named and not named[1]:
            self._read_bare_label(named[0], part, mark, line)
        elif line.is_heading and not named:
            _close(self.outline, mark, self.found, self.source_id)
            is_part = set(self.outline.labels) & SPELLINGS.keys() - {"개요"} and said(part) is None
            self.outline.open(Head(mark, line, part, None if is_part else (unbulleted(part),)))
            self.waiting, self.item = [], ""
        else:
            self.valued = True
            self.item = _item(part, line, self.item, is_labelled=named is not None)
            self._place(named, part, mark, line)
            self._state(named, part, mark, line)

    def _read_bare_label(self, labels: tuple[str, ...], part: str, mark: Mark, line: Line) -> None:
        waiting = [] if self.valued else self.waiting
        _close(self.outline, mark, self.found, self.source_id)
        if _WORDS["unit"].is_in(part):
            add(self.found, labels[0], part, line, self.source_id, part)
        self.outline.open(Head(mark, line, part, labels, is_bare=True))
        self.waiting, self.valued, self.item = [*waiting, labels[0]], False, ""

    def _place(self, named: tuple[tuple[str, ...], str] | None, part: str, mark: Mark, line: Line) -> None:
        """Open what the line is the head of, or put it in its place."""
        is_aside = _is_note(line.text) or (_is_sentence(part) and not _is_marked(part))
        if named and not is_aside:
            self._open(mark, Head(mark, line, part, named[0]))
        elif introduced := introduces(unbulleted(part)):
            self._open(mark, Head(mark, line, part, (introduced,), is_lead=True))
        elif not named:
            _place(self.outline, mark, part, line, self.found, self.source_id)
            # A long sentence says more than whom to ask: running text goes on below the lines on whom to ask.
            if self.outline.labels == ("문의처",) and _is_prose(part) and not runs(part):
                self.outline.open(Head(mark, line, part, ()))
                self.waiting = []

    def _state(self, named: tuple[tuple[str, ...], str] | None, part: str, mark: Mark, line: Line) -> None:
        """Add what a piece states, under its own labels or the one above it."""
        label = _above(self.outline.labels, self.waiting if not named else [], part, mark)
        under = replace(line, path=(*line.path, self.item)) if self.item and self.item not in part else line
        if not named and label not in SPELLINGS:
            for topic, sentence in topical(part):
                add(self.found, topic or label, sentence, under, self.source_id, sentence)
            return
        said_here = part if named is None or is_measured(part) else named[1]
        for one in named[0] if named else (label,):
            add(self.found, one, said_here, under, self.source_id, part)


def _is_note(text: str) -> bool:
    return text.lstrip().startswith(_NOTES)


def _is_sentence(text: str) -> bool:
    """A sentence that happens to begin with a label word labels only itself."""
    return _WORDS["sentence"].ends(text) is not None


def _is_prose(text: str) -> bool:
    return len(text) > _PROSE and text[0] not in _BULLETS and text.rstrip(". ").endswith("다")


def _is_marked(text: str) -> bool:
    """Whether a name in brackets or before a colon leads the words."""
    bare = text.lstrip("".join({letter for letter in text if not is_hangul(letter)} - set("([【<")))
    return bare[:1] in ("(", "[", "【", "<") or 0 < text.replace("：", ":").find(":") <= _NAME


def _place(outline: Outline, mark: Mark, part: str, line: Line, found: list[Detail], source_id: str) -> None:
    """Put a line without a label of its own in its place: under a head, beside one, or as the end of one."""
    if _WORDS["enclosed"].begins(part):
        _close(outline, None, found, source_id)
        return
    if mark is PLAIN or _is_note(part):
        if outline.heads and _is_sentence(part) and not _is_note(part):
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
    name, colon, value = bare.replace("：", ":").partition(":")
    if colon and value.strip() and _WORDS["field_name"].is_all(name):
        # "설명회: 3. 4.(수)": a field that is none of the labels.
        return True
    says = _is_sentence(bare) or _WORDS["says"].is_in(bare) or _WORDS["says_last"].ends(bare)
    return len(bare) <= _HEAD_CHARACTERS and not says


def _fitting(labels: Sequence[str], text: str) -> str:
    """Of the labels of a joint name the one that a statement below it fits, failing that the first."""
    if len(labels) < 2:
        return labels[0] if labels else ""
    if "신청기간" in labels:
        stated = parse_period(text, 2000).kind is not PeriodKind.UNSTATED
        return "신청기간" if stated else next(label for label in labels if label != "신청기간")
    return next((label for label in _FITTING if label in labels and _WORDS[label].is_in(text)), labels[0])


def _above(labels: Sequence[str], waiting: list[str], part: str, mark: Mark) -> str:
    """The label of a line that has none of its own: the one it stands under, or the one of whom it names."""
    label = _awaited(waiting, part) if len(waiting) > 1 else _fitting(labels, part)
    if label not in _UNTOLD or mark is PLAIN:
        return label
    return "지원대상" if names_applicants(part) else "지원내용" if names_gift(part) else label


def _labelled(part: str) -> tuple[tuple[str, ...], str] | None:
    """Labels and value; what stands under 신청 or 접수 and states a period is the period."""
    named = all_labelled(part)
    if not named and mark_of(part) is not PLAIN and _WORDS["applying"].is_all(unbulleted(part)):
        return ("신청기간", "신청방법"), ""
    if named and named[0][0] == "신청방법" and _WORDS["applied"].begins(unbulleted(part)):
        period = parse_period(named[1], 2000)
        if period.kind is not PeriodKind.UNSTATED:
            return ("신청기간",), named[1]
    if named and named[0] == ("예산",) and _is_of_cost(part):
        # What a project may cost, or how much of it is paid, is no budget of the programme.
        return ("지원조건",), part
    if named and named[0][0] in ("소관부처", "전담기관") and runs(named[1]):
        return ("문의처",), part
    if named and named[1] and named[0][0] in ("소관부처", "전담기관") and not _WORDS["names_body"].is_in(named[1]):
        # "주관: AI 기업": a part that applicants take.
        return None
    return named


def _is_of_cost(part: str) -> bool:
    """Whether words bound what a project may cost."""
    cost = _WORDS["cost"].begins(part.lstrip("".join(letter for letter in part if not is_hangul(letter))))
    return cost is not None and _WORDS["bounded"].is_in(part[: part.find(cost.words) + len(cost.words) + _SAID])


def _item(part: str, line: Line, item: str, *, is_labelled: bool) -> str:
    """The numbered item ("2 문제해결형 훈련과정 개발") that the following lines belong to; a new label ends it."""
    if _is_note(line.text) or part.lstrip().startswith(_DASHES):
        return item
    if is_labelled or line.is_heading:
        return ""
    return part.strip() if _WORDS["item"].begins(part) and len(part) <= _LONGEST_ITEM else item


def _awaited(waiting: list[str], text: str) -> str:
    """The label for a value that follows several labels: a column of labels may stand before its column of values."""
    values = [label for label in waiting if label not in GROUPS]
    if "신청기간" in values and values[-1] != "신청기간":
        if parse_period(text, 2000).kind is not PeriodKind.UNSTATED:
            waiting[:] = [label for label in values if label not in values[: values.index("신청기간") + 1]]
            return "신청기간"
        return values[0]
    return waiting[-1]


def without_wholes(details: Sequence[Detail]) -> list[Detail]:
    """The statements, a row as a whole left out where its cells are stated for the part that the row names."""
    apart = {detail.evidence for detail in details if track_of(detail)}
    quotes = {(evidence.pages, evidence.quote) for evidence in apart}
    return [d for d in details if track_of(d) or (d.evidence.pages, d.evidence.quote) not in quotes]


def track_of(detail: Detail) -> str | None:
    """The track that a cell of a table speaks of; `None` for other statements."""
    track = detail.evidence.section.rpartition(" > ")[2]
    return track if track and detail.text.startswith(f"{track}: ") else None


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
    is_name = bool(mark) and 1 < len(bare) <= _LONGEST_UNKNOWN and all("가" <= letter <= "힣" for letter in bare)
    if not is_name or canonical(bare) is not None or any(word in bare for word in _UNLABELLED["others"]):
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


def names_applicants(line: str) -> bool:
    """Whether a line is a noun phrase on whom the programme is for: "업력 5년 미만의 중소기업 (유흥업 제외) 등"."""
    said, _, rest = unbulleted(line).partition("(")
    words = (said if rest.rstrip(" .").endswith((")", ") 등")) else unbulleted(line)).strip(" .'\"’”").split()
    is_several = len(words) > 1 or "·" in said or "ㆍ" in said
    while words and words[-1] in _UNLABELLED["listing"]:
        words.pop()
    last = words[-1] if is_several and words else ""
    names = last.endswith(_UNLABELLED["applicants"]) or last in _UNLABELLED["applicants_alone"]
    return names and not last.endswith(_UNLABELLED["no_applicants"])


def names_gift(line: str) -> bool:
    """Whether a line is a phrase on a sum or share that is given: "시제품 제작비 7백만원 이내 지원"."""
    words = unbulleted(line).strip(" .)").split()
    return bool(words) and words[-1].endswith(_UNLABELLED["giving"]) and bool(amounts(line) or percents(line))


def topical(paragraph: str) -> Iterator[tuple[str | None, str]]:
    """The sentences, each with the label of its topic ("접수 기간은 …") or `None`; one alone where none has one."""
    told = [(_label_of_topic(sentence), sentence) for sentence in _SENTENCES.split(paragraph)]
    if any(label for label, _ in told):
        yield from told
    else:
        yield None, paragraph


def _label_of_topic(sentence: str) -> str | None:
    lead = _WORDS["lead"].begins(sentence)
    words = sentence[lead.end if lead else 0 :].lstrip()
    for particle in _WORDS["topic"].all(words[:_LONGEST_TOPIC]):
        topic = words[: particle.start].strip()
        if label := canonical(topic) or SHORT.get(topic):
            return label
    return "제출서류" if _WORDS["hands_in"].is_in(sentence) else None
