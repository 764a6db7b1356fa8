"""Mentions: the statements of a programme flow in; the lists of names flow out that may be those of its parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import groupby
from pathlib import Path

from ingest.labels.details import track_of
from ingest.labels.fields import canonical
from ingest.labels.typed_rows import Kind, kind_of, part_name
from ingest.records.clauses import PART_HEAD, WHO, tracks
from ingest.records.figures import named_cells
from rag.domain import Contact, Detail
from rag.wordlists import word_lists

WORDS = word_lists(Path(__file__).with_name("mentions.yaml"))
_LONGEST, _LONGEST_ITEM = 40, 30


class Rank(IntEnum):
    """What a name is taken from; of several spellings the one of the lowest rank names the part."""

    TOPIC = 0
    CONTACT = 1
    ROW = 2
    HEADING = 3
    FIGURE = 4
    ITEM = 5


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at a place of the document; `whole` are the statements that speak of it alone, by their order.

    `outer` is the wider name that brackets it: 신성장기반자금 of "신성장기반자금(내역: 혁신성장지원자금)".
    """

    name: str
    place: tuple[str, str]
    rank: Rank
    whole: tuple[int, ...] = ()
    outer: str = ""


@dataclass(frozen=True, slots=True)
class Family:
    """Names that stand side by side; `is_sure` says that they name parts even where no other place repeats them.

    Typed ones name the rows of a table whose columns say what each part gets.
    """

    mentions: tuple[Mention, ...]
    is_sure: bool = False
    is_typed: bool = False


def families(details: Sequence[Detail], contacts: Iterable[Contact]) -> list[Family]:
    """Every list of two names or more that may be those of parts, the longest first."""
    placed = [(at, d) for at, d in enumerate(details) if d.label in WORDS["told_under"]]
    by_label = [
        Family(tuple(mentions))
        for _, run in groupby(placed, key=lambda pair: (pair[1].label, pair[1].evidence.section))
        for mentions in _of_run(list(run))
    ]
    found = [
        *by_label,
        *_typed(details),
        *_rows(details),
        *_headings(details),
        *(Family(tuple(items)) for _, detail in placed for items in _in_cell(detail)),
        Family(tuple(_of_contacts(contacts))),
    ]
    several = [f for f in map(_told_apart, found) if len(f.mentions) > 1]
    return sorted(several, key=lambda f: -len(f.mentions))


def _told_apart(family: Family) -> Family:
    """The family with each name once; one that stands in several rows speaks for all of them."""
    named: dict[str, Mention] = {}
    for mention in family.mentions:
        if not is_name(mention.name) and not family.is_typed:
            continue
        known = named.get(mention.name)
        whole = (*known.whole, *mention.whole) if known else mention.whole
        first = known or mention
        named[mention.name] = Mention(first.name, first.place, first.rank, whole, first.outer)
    return Family(tuple(named.values()), family.is_sure, family.is_typed)


def is_name(name: str) -> bool:
    """Whether words may name a part: no label, sum, paper, step, round or sentence."""
    bare = "".join(name.split())
    if not 2 <= len(bare) <= _LONGEST or canonical(name) is not None or bare.partition("(")[0] in WORDS["no_names"]:
        return False
    is_figure = bare.endswith(WORDS["no_endings"]) and not bare.endswith(WORDS["things"])
    if (
        is_figure
        or bare.endswith(WORDS["sentence_ends"])
        or any(c in name for c in "→×:~%")
        or name.count("(") != name.count(")")
    ):
        return False
    # "1년과제" names a part, "예비창업 중 100명" counts some of one.
    if any(char.isdigit() for word in name.split()[1:] for char in word):
        return False
    return not _is_ordinal(bare) and any("가" <= c <= "힣" or c.isalpha() for c in bare)


def _is_ordinal(bare: str) -> bool:
    """ "1차", "제2단계", "STEP 1"."""
    kept = "".join(c for c in bare.removeprefix("제") if not c.isdigit() and c not in "①②③④⑤⑥⑦⑧⑨⑩./")
    return len(kept) < len(bare) and (kept in WORDS["ordinals"] or any(kept.startswith(w) for w in ("단계", "STEP")))


def _of_run(run: Sequence[tuple[int, Detail]]) -> Iterator[list[Mention]]:
    """Of statements below one label the names that they begin with, and those that each has its figure behind."""
    led, counted, topics = [], [], []
    for at, detail in run:
        place = (detail.evidence.section, detail.evidence.quote)
        name, found, said = detail.text.partition(": ")
        if found and said and " · " not in detail.text:
            rank = Rank.TOPIC if detail.label in (*WHO, "신청기간") else Rank.HEADING
            led.append(Mention(part_name(name)[0] if "(" in name else name.strip(), place, rank, (at,)))
        elif detail.label in WORDS["scaled"] and len(parts(detail.text)) == 1 and (name := before_figure(detail.text)):
            counted.append(Mention(name, place, Rank.FIGURE, (at,)))
        if detail.label in WHO:
            topics += [Mention(name, place, Rank.TOPIC) for name in tracks(detail.text, detail, ()) if name]
    yield led
    yield counted
    yield topics


def _typed(details: Sequence[Detail]) -> Iterator[Family]:
    """The names of the rows of each table of typed columns: those that may name a part but for the figures in them."""
    by_table: dict[str, list[Mention]] = {}
    for at, detail in enumerate(details):
        if detail.track and is_name("".join(c for c in detail.track if not c.isdigit())):
            parent = detail.evidence.section.rpartition(" > ")[0]
            mention = Mention(detail.track, (parent, detail.evidence.quote), Rank.TOPIC, (at,))
            by_table.setdefault(parent, []).append(mention)
    for found in by_table.values():
        yield Family(tuple(found), is_sure=True, is_typed=True)


def _rows(details: Sequence[Detail]) -> Iterator[Family]:
    """The names in the naming column of each table; a table of labels and their values has none."""
    rows = [(at, d, named_cells(d.text)) for at, d in enumerate(details) if d.label in WORDS["told_under"]]
    labels: dict[str, set[str]] = {}
    for detail in details:
        labels.setdefault(detail.evidence.section, set()).add(detail.label)
    key = lambda row: (row[1].evidence.section, tuple(name for name, _ in row[2]))  # noqa: E731
    for (section, header), run in groupby((row for row in rows if row[2]), key=key):
        at_column = _naming(header)
        if at_column is None or (len(header) == 2 and len(labels[section]) > 1 and not _is_sure(header[at_column])):
            continue
        found = [
            Mention(cells[at_column][1].strip(), (section, d.evidence.quote), Rank.ROW, (at,)) for at, d, cells in run
        ]
        label = details[found[0].whole[0]].label
        yield Family(tuple(found), is_sure=label != "문의처" and (_is_sure(header[at_column]) or _all_kinds(found)))
    by_parent: dict[str, list[Mention]] = {}
    for at, detail in enumerate(details):
        own = track_of(detail)
        if own and detail.label in WORDS["told_under"]:
            parent = detail.evidence.section.rpartition(" > ")[0]
            by_parent.setdefault(parent, []).append(Mention(own, (parent, detail.evidence.quote), Rank.ROW, (at,)))
    for found in by_parent.values():
        yield Family(tuple(found), is_sure=_all_kinds(found))


def _naming(header: Sequence[str]) -> int | None:
    """Which column names the rows: one that always does, else the first where it may."""
    sure = next((at for at, name in enumerate(header) if _is_sure(name)), None)
    if sure is not None:
        return sure
    may = header and header[0] and kind_of(header[0]) in (Kind.PERHAPS, Kind.PROGRAM, Kind.ROUND)
    return 0 if may else None


def _is_sure(name: str) -> bool:
    return kind_of(name) is Kind.NAME


def _all_kinds(found: Sequence[Mention]) -> bool:
    return all("".join(m.name.split()).endswith(WORDS["kinds"]) for m in found)


def _headings(details: Sequence[Detail]) -> Iterator[Family]:
    """Numbered headings of parts, and headings beside one another that have the same labels below them."""
    below: dict[str, dict[str, list[str]]] = {}
    for detail in details:
        parent, _, head = detail.evidence.section.rpartition(" > ")
        below.setdefault(parent, {}).setdefault(head, []).append(detail.label)
    for parent, heads in below.items():
        numbered = [(head, match[1]) for head in heads if (match := PART_HEAD.search(f"> {head}"))]
        yield Family(tuple(Mention(name.strip(), ("", head), Rank.HEADING) for head, name in numbered))
        told = {head: {label for label in labels if label in WORDS["told_under"]} for head, labels in heads.items()}
        alike = [
            head
            for head, labels in told.items()
            if any(len(labels & other) > 1 for name, other in told.items() if name != head)
        ]
        yield Family(tuple(_bracketed(head, ("", head), Rank.HEADING) for head in alike if parent))


def _in_cell(detail: Detail) -> Iterator[list[Mention]]:
    """The names that one statement lists: each with its figure, or a bare list of what is given."""
    place = (detail.evidence.section, detail.evidence.quote)
    for text in (detail.text, *_asides(detail.text)):
        items = parts(text)
        if detail.label in WORDS["scaled"]:
            named = [name for item in items if (name := before_figure(item))]
            if len(named) > 1:
                yield [_bracketed(name, place, Rank.FIGURE) for name in named]
    if detail.label == "지원내용" and not any(mark in detail.text for mark in (" · ", ": ")):
        bare = [item.partition(" 등 ")[0].removesuffix(" 등") for item in parts(detail.text)]
        if len(bare) > 1 and all(len(item) <= _LONGEST_ITEM for item in bare):
            yield [Mention(item, place, Rank.ITEM) for item in bare]


def _of_contacts(contacts: Iterable[Contact]) -> Iterator[Mention]:
    for contact in contacts:
        if contact.track:
            yield Mention(contact.track, (contact.evidence.section, contact.evidence.quote), Rank.CONTACT)


def parts(text: str) -> list[str]:
    """The items of a list, cut at commas that stand in no brackets; words that lead the list are left out."""
    found, depth, last = [], 0, 0
    for at, letter in enumerate(text):
        depth += (letter in "(（[") - (letter in ")）]")
        if letter in ",\n;" and depth <= 0 and not (text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()):
            found.append(text[last:at])
            last = at + 1
    found.append(text[last:])
    lead, colon, rest = found[0].partition(": ")
    if colon and "(" not in lead:
        found[0] = rest
    return [item.strip() for item in found if item.strip()]


def before_figure(item: str) -> str:
    """The words before the first figure of an item: "제조로봇 실증" of "제조로봇 실증(60개 과제 지원)"; "" for none."""
    words = item.split()
    for at, word in enumerate(words):
        head, bracket, inside = word.partition("(")
        if at and (word[:1].isdigit() or word in WORDS["about"]):
            return " ".join(words[:at])
        if bracket and inside[:1].isdigit() and head:
            return " ".join([*words[:at], head])
    return ""


def _bracketed(name: str, place: tuple[str, str], rank: Rank) -> Mention:
    """A name as a mention, of "A(내역: B)" B as a part of A."""
    outer, bracket, inside = name.partition("(")
    mark = next((word for word in WORDS["inner"] if inside.startswith(word)), "")
    if not bracket or not mark:
        return Mention(name.strip(), place, rank)
    return Mention(inside.removeprefix(mark).strip(" :：)"), place, rank, outer=outer.strip())


def _asides(text: str) -> Iterator[str]:
    """What stands in brackets that hold no others."""
    for piece in text.split("(")[1:]:
        yield piece.partition(")")[0]
