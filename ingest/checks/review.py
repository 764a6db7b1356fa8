"""Review: everything read in a sync, and its earlier version, flow in; what needs a person's eye flows out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ingest.checks.conflicts import conflicts
from ingest.checks.doubts import doubts
from ingest.checks.report import ResultCode
from ingest.checks.untold import numbers_in
from ingest.files.reading import Reading
from ingest.values.phones import cut_off, emails_of
from rag.domain import Document, ReviewCode, ReviewItem, Source
from rag.messages import collecting
from rag.messages import review as said

FEWEST_PER_PAGE = 50
"""Characters a page below which a document was probably scanned."""
LEAST_HANGUL = 0.2
"""Share of Hangul among letters and digits below which a Korean text layer is probably broken."""
LARGEST_LOSS = 0.3
"""Share of its text by which a new version may be shorter than the old one."""
PAGES_NAMED = 10
"""Further pages with the same damage are counted, not listed."""

_BROKEN = re.compile(r"\ufffd|\(cid:\d+\)|[\ue000-\uf8ff]")
_DETAIL = re.compile(r" \[[^\]]*\]$")
# The second half of a Korean domain name; where such an address ends there, its ".kr" was cut off.
_HALF = re.compile(r"\.(?:co|or|go|re|ac|ne|pe)$")
_COMPARE = "원본과 견주어 확인하고, 값이 다르면 overrides.yaml에 바른 값을 적어 주세요."


def review(readings: Sequence[Reading], earlier: Mapping[str, Document]) -> tuple[ReviewItem, ...]:
    """What a person should look at, the most urgent kind first; within one kind in the order of the corpus."""
    documents = [reading.document for reading in readings if reading.document]
    sources = {document.source.id: document.source for document in documents}
    programs = [program for reading in readings for program in reading.programs]
    found = [
        *(item for reading in readings for item in _file(reading)),
        *(item for document in documents for item in _damage(document)),
        *(item for document in documents for item in _loss(document, earlier.get(document.source.id))),
        *_repeats(documents),
        *(item for document in documents for item in _lures(document)),
        *conflicts(programs, sources),
        *(item for program in programs for item in doubts(program, sources[program.source_id])),
    ]
    order = list(ReviewCode)
    return tuple(sorted(found, key=lambda item: order.index(item.code)))


def _file(reading: Reading) -> Iterator[ReviewItem]:
    """The result of one file where it is not simply read, and what the manifest does not tell of it."""
    if reading.code not in (ResultCode.OK, ResultCode.REMOVED, ResultCode.RECOGNISED):
        # By the style of our sentences the last one says what to do.
        note = _DETAIL.sub("", reading.note).removeprefix(f"{reading.source.path}: ")
        message, _, action = note.rpartition(". ")
        yield _whole(reading.source, ReviewCode.FILE, f"{message}.", action, field=reading.code.value)
    if reading.document and (pages := reading.document.source.recognised):
        yield _whole(
            reading.document.source,
            ReviewCode.FILE,
            f"스캔 문서에서 글자 인식으로 읽은 쪽입니다: {_listed(pages)}.",
            "원본과 견주어 확인하고, 확인한 전화번호와 날짜는 overrides.yaml에 적어 주세요.",
            field=ResultCode.RECOGNISED.value,
            pages=(pages[0], pages[-1]),
        )
    if reading.document and (day := reading.document.source.unlisted_on):
        message = collecting.UNLISTED.format(day=day)
        yield _whole(
            reading.document.source, ReviewCode.STALE, message, collecting.LOOK_WHETHER_OVER, field="unlisted_on"
        )
    if reading.document and not reading.document.source.published_on:
        yield _whole(
            reading.document.source,
            ReviewCode.MISSING,
            "발행일을 알 수 없습니다.",
            "manifest.csv의 published_on에 발행일을 적어 주세요.",
            field="published_on",
        )


def _damage(document: Document) -> Iterator[ReviewItem]:
    """Signs that a page has no text, or other text than the reader of the original sees."""
    source = document.source
    pages = {number: "".join(document.page_text(number).split()) for number in range(1, document.page_count + 1)}
    text = "".join(pages.values())
    if len(text) < FEWEST_PER_PAGE * document.page_count:
        yield _whole(
            source,
            ReviewCode.DAMAGED,
            "쪽마다 글자가 매우 적습니다.",
            "스캔한 쪽이 있는지 확인해 주세요.",
            field="text",
        )
    elif blank := [number for number, words in pages.items() if not words]:
        yield _whole(
            source,
            ReviewCode.DAMAGED,
            f"글자가 없는 쪽이 있습니다: {_listed(blank)}.",
            "그림이나 스캔으로 된 쪽인지 원본에서 확인해 주세요.",
            field="text",
            pages=(blank[0], blank[-1]),
        )
    letters = [character for character in text if character.isalnum()]
    if letters and sum("가" <= letter <= "힣" for letter in letters) < LEAST_HANGUL * len(letters):
        yield _whole(
            source,
            ReviewCode.DAMAGED,
            "한글이 거의 없습니다.",
            "한글이 빠진 채로 저장된 파일인지 확인해 주세요.",
            field="text",
        )
    if broken := [number for number, words in pages.items() if _BROKEN.search(words)]:
        count = sum(len(_BROKEN.findall(words)) for words in pages.values())
        yield _whole(
            source,
            ReviewCode.DAMAGED,
            f"깨진 글자가 {count}개 있습니다" + (f": {_listed(broken)}." if source.paged else "."),
            _COMPARE,
            field="text",
            pages=(broken[0], broken[-1]),
            quote=_line_with(_BROKEN, document),
        )
    yield from _cut_addresses(document)


def _cut_addresses(document: Document) -> Iterator[ReviewItem]:
    for number in range(1, document.page_count + 1):
        for line in document.page_text(number).split("\n"):
            for address in (*cut_off(line), *filter(_HALF.search, emails_of(line))):
                yield _whole(
                    document.source,
                    ReviewCode.DAMAGED,
                    f"전자우편 주소 '{address}'의 끝이 잘린 것으로 보입니다.",
                    _COMPARE,
                    field="email",
                    pages=(number, number),
                    quote=line.strip(),
                )


def _loss(document: Document, earlier: Document | None) -> Iterator[ReviewItem]:
    before, now = (len("".join("".join(b.text for b in d.blocks).split())) if d else 0 for d in (earlier, document))
    if now < before * (1 - LARGEST_LOSS):
        yield _whole(
            document.source,
            ReviewCode.SHRUNK,
            f"이전 판보다 글이 {100 - now * 100 // before}% 줄었습니다.",
            "빠진 내용이 없는지 확인하고, 잘못 바꿨으면 이전 파일을 다시 넣어 주세요.",
            field="text",
        )


def _lures(document: Document) -> Iterator[ReviewItem]:
    """One item for a file with a number to pay to or one that costs its caller, which nobody is told."""
    numbers = list(dict.fromkeys(numbers_in(document)))
    if numbers:
        message = said.LURE.format(numbers=", ".join(numbers[:PAGES_NAMED]))
        yield _whole(document.source, ReviewCode.FILE, message, said.LOOK_AT_LURE, field="untold")


def _repeats(documents: Iterable[Document]) -> Iterator[ReviewItem]:
    """One item for each file whose bytes another file has already brought."""
    first: dict[str, str] = {}
    for document in documents:
        source = document.source
        other = first.setdefault(source.digest, source.path)
        if other != source.path:
            yield _whole(
                source, ReviewCode.DUPLICATE, f"{other}와(과) 내용이 같습니다.", "한 파일만 남겨 주세요.", field="file"
            )


def _line_with(pattern: re.Pattern[str], document: Document) -> str:
    lines = (line.strip() for block in document.blocks for line in block.text.split("\n"))
    return next((line for line in lines if pattern.search(line)), "")


def _listed(pages: Sequence[int]) -> str:
    """ "3, 7, 9쪽", the first ten by number."""
    more = f" 외 {len(pages) - PAGES_NAMED}쪽" if len(pages) > PAGES_NAMED else ""
    return f"{', '.join(map(str, pages[:PAGES_NAMED]))}쪽{more}"


def _whole(
    source: Source,
    code: ReviewCode,
    message: str,
    action: str,
    *,
    field: str,
    pages: tuple[int, int] | None = None,
    quote: str = "",
) -> ReviewItem:
    return ReviewItem(code, source.id, source.path, message, action, pages, field=field, quote=quote)
