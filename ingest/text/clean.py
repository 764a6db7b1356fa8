"""Cleaning: a Document as loaded flows in, the same Document repaired, never added to, flows out."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from statistics import quantiles

from ingest.loaders.pages.layout import WRAP
from ingest.text.visible import visible
from rag.domain import Block, Document, Heading, Paragraph, Sign, Table

Repairs = tuple[tuple[str, str], ...]

EDGE_BLOCKS = 2
"""A running head or foot is at most this many blocks at either end of a page."""
LONGEST_RUNNING_LINE = 80
FULL_LINE = 0.8
"""A line this full, against the long lines of its document, was broken by the margin."""
SHORT_LINE = 40
"""Columns below which no line counts as full (a Hangul syllable is two columns wide)."""
KEPT_SPACES = 0.05
"""Share of broken lines that end in a space from which on the writer is taken to keep such spaces."""

LABEL_LINE = 7
LABEL_LINES = 3
"""Up to this many lines of up to LABEL_LINE characters are one label ("지원" above "대상")."""

_LINE_END = re.compile(rf"[\n{WRAP}]")
_PAGE_NUMBER = re.compile(r"[-–—\s]*+(\d{1,4})[-–—\s]*+(?:/\s*\d{1,4}|쪽|페이지)?[-–—\s]*")
_PRINTED_NUMBER = re.compile(r"^[-–—|\s]*+\d{1,4}[-–—|\s]+|(?<![-–—|\s])[-–—|\s]++\d{1,4}[-–—|\s]*+$")
_PAGE = "page "
_FACT = re.compile(r"\d{2,4}-\d{3,4}|@|://|www\.|\d{4}\s*[.년]\s*\d")
_HANGUL = re.compile(r"[가-힣]")
_SENTENCE_END = re.compile(r"[.!?。][)\]」』”’\"'*]*$")
_GOES_ON = re.compile(
    r"[,·(~/]$|(?:^|\s)(?:및|또는|등)$|(?:을|를|에|에서|으로|에게|하는|되는|있는|없는|위한|대한|통한|따른|하여|하고|하며|되어)$"
    r"|(?<![기권제상하무북소대])한$"
)
_ITEM = re.compile(
    r"[-–—•·∙◦○●◎□■▪▫◆◇▶▷►➔→⇒ㅇ※*☞☎①-⑳㉠-㉻❶-❿Ⅰ-Ⅻ▲△▸▹✓✔【《〈]|[가-하]\.\s|\d+[.)]\s|\d+-\d+\.?\s|\d{4}\.\s*\d"
    r"|(?:(?:신청|접수|지원|사업|모집|공모|선정|교육|훈련|추진|이용|참여|제출)\s?(?:세부\s?)?"
    r"(?:방법|기간|대상|규모|내용|조건|목적|예산|체계|자격|한도|비율|분야|일정|절차|서류|개요|방식|금액|비용|기관|요건)"
    r"|목적|개요|문의처?|우대사항|소관부처|기대효과|주요\s?내용|담당부서|전화번호|사업문의|도입기업|공급기업)(?=[\s:：(]|$)"
)
_BULLET = re.compile(r"[•∙◦○●◎□■▪▫◆◇▶▷►➔➜ㅇ※☞☎①-⑳㉠-㉻❶-❿▲△▸▹✓✔]\s*\S|-\s+\S")
"""What begins a statement of its own in a cell, also where the line before it happens to be full."""
_TO = ("~", "∼", "～")
"""Ends a line that goes on in the year of a last day, though a year also begins items."""
_ALONE = frozenset({"및", "또는", "등"})
# A drawn rule or the edge of a drawn box.
_DRAWN = re.compile(r"[\s─━═=_~*\-]{4,}$|[│┃║┌└├╔╚]")
_PERHAPS_ITEM = re.compile(r"[(\[「『<'’“\"]")


def clean(document: Document, repairs: Repairs) -> Document:
    """Composed text without invisible characters, running heads and feet; broken lines joined, misreadings repaired.

    `repairs` are (regular expression, replacement) pairs, applied in order to every block.
    """
    signs = {*document.signs}
    seen = tuple(done for block in document.blocks if (done := visible(block, signs)).text.strip())
    noticed = (sign for sign in Sign if sign in signs and sign not in document.signs)
    document = replace(document, signs=(*document.signs, *noticed))
    join = _Joiner(seen)
    kept = seen if document.trimmed else _without_running_lines(replace(document, blocks=seen))
    lines = (line for block in kept for line in join.block(block))
    repaired = (_repaired(block, repairs) for block in lines)
    return replace(document, blocks=tuple(block for block in repaired if block.text.strip()))


def _repaired(block: Block, repairs: Repairs) -> Block:
    if isinstance(block, Table):
        return replace(block, rows=tuple(tuple(cell and _repair(cell, repairs) for cell in row) for row in block.rows))
    return replace(block, text=_repair(block.text, repairs))


def _repair(text: str, repairs: Repairs) -> str:
    for pattern, replacement in repairs:
        text = re.sub(pattern, replacement, text)
    return text


def _without_running_lines(document: Document) -> list[Block]:
    """The blocks without what stands first or last on most pages, from the edges inwards, nor the title there."""
    blocks = list(document.blocks)
    title = next(("".join(block.text.split()) for block in blocks if isinstance(block, Heading)), "")
    for _ in range(EDGE_BLOCKS):
        pages = [list(page) for _, page in groupby(blocks, lambda block: block.page)]
        edges = {id(block): _shape(block) for page in pages for block in (page[0], page[-1])}
        # A page counts once for a shape, though it may both begin and end with it.
        counts = Counter(shape for page in pages for shape in {edges[id(page[0])], edges[id(page[-1])]} if shape)
        running = {shape for shape, count in counts.items() if _is_running(shape, count, document.page_count)}
        dropped = {
            id(block)
            for block in blocks
            if (shape := edges.get(id(block), ""))
            and (shape in running or (block.page > 1 and "".join(shape.split()) == title))
        }
        blocks = [block for block in blocks if id(block) not in dropped]
    return blocks


def _is_running(shape: str, count: int, pages: int) -> bool:
    return count * 2 > pages and count >= (2 if shape.startswith(_PAGE) else 3)


def _shape(block: Block) -> str:
    """What a running line has in common on all pages; '' for a block that cannot be one."""
    text = block.text.strip()
    if not isinstance(block, Paragraph) or "\n" in text or len(text) > LONGEST_RUNNING_LINE:
        return ""
    if number := _PAGE_NUMBER.fullmatch(text):
        return f"{_PAGE}{int(number[1]) - block.page:+d}"
    if _ITEM.match(text) or _FACT.search(text):
        return ""
    return _PRINTED_NUMBER.sub("", text)


class _Joiner:
    """Joins what the margin of this document has broken, by what its other lines show of its habits."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        texts = [cell for block in blocks for cell in _texts(block)]
        split = [_LINE_END.split(text) for text in texts]
        lines = [line for parts in split for line in parts]
        self.full = _usual_full([line for parts in split for line in parts[:-1]])
        self.words = Counter(word for line in lines for word in line.split())
        # Some writers keep the space a line was broken at; then a line without one was broken inside a word.
        broken = [line for b in blocks if isinstance(b, Paragraph) for line in b.text.split("\n")[:-1]]
        full = [line for line in broken if _columns(line) >= self.full]
        self.keeps_spaces = sum(line.endswith(" ") for line in full) > len(full) * KEPT_SPACES

    def block(self, block: Block) -> Iterator[Block]:
        match block:
            case Table():
                yield replace(block, rows=tuple(tuple(cell and self._cell(cell) for cell in row) for row in block.rows))
            case Heading():
                yield replace(block, text=self._whole(block.text))
            case Paragraph():
                for line in self._lines(block.text):
                    yield replace(block, text=line)

    def _cell(self, text: str) -> str:
        """The statements of a cell, a line each; a label that its writer set in short lines is one."""
        lines = _statements(text)
        joined = [whole for line in lines if (whole := self._whole(line.replace(WRAP, "\n")))]
        is_label = all(len(line) <= LABEL_LINE and not _BULLET.match(line) for line in joined)
        return (" " if is_label and len(joined) <= LABEL_LINES else "\n").join(joined)

    def _whole(self, text: str) -> str:
        done = ""
        for line in text.split("\n"):
            done = self._joined(done, line) if done else line
        return " ".join(done.split())

    def _lines(self, text: str) -> Iterator[str]:
        waiting = ""
        last = ""
        for line in text.split("\n"):
            if waiting and self._broken(last, line):
                waiting = self._joined(waiting, line)
            else:
                yield from _tidy(waiting)
                waiting = line
            last = line
        yield from _tidy(waiting)

    def _broken(self, above: str, below: str) -> bool:
        """Whether a line goes on in the next: never into an item, a label or after the end of a sentence."""
        above, below = above.strip(), below.strip()
        if above.endswith("및") or below == "및" or (above.endswith(_TO) and below[:4].isdigit()):
            return True
        if not below or _ITEM.match(below) or _SENTENCE_END.search(above) or _DRAWN.match(above) or _DRAWN.match(below):
            return False
        return _columns(above) >= self.full or bool(_GOES_ON.search(above) and not _PERHAPS_ITEM.match(below))

    def _joined(self, above: str, below: str) -> str:
        if above.endswith(" ") or not (_HANGUL.match(above[-1:]) and _HANGUL.match(below.lstrip()[:1])):
            return f"{above.rstrip()} {below.lstrip()}"
        return above + ("" if self._one_word(above.split()[-1], below.split()[0]) else " ") + below

    def _one_word(self, head: str, tail: str) -> bool:
        """Whether the two halves are one word, by what the document writes elsewhere."""
        if self.words[head + tail]:
            return True
        if head in _ALONE or tail in _ALONE:
            return False
        two_words = self.words[head] > 1 and self.words[tail] > 1
        return not two_words and (self.keeps_spaces or not _GOES_ON.search(head))


def _statements(cell: str) -> list[str]:
    """The lines of a cell as its writer ended them, and wherever a bullet stands first in a line."""
    done: list[str] = []
    for line in cell.split("\n"):
        done.append("")
        for part in line.split(WRAP):
            if _BULLET.match(part.strip()) and done[-1]:
                done.append(part)
            else:
                done[-1] += f"{WRAP}{part}" if done[-1] else part
    return done


def _texts(block: Block) -> list[str]:
    if isinstance(block, Table):
        return [cell for row in block.rows for cell in row if cell]
    return [block.text]


def _usual_full(lines: Sequence[str]) -> float:
    """From how many columns on a line counts as full, by the long ones among those that another line follows."""
    widths = [_columns(line) for line in lines if _columns(line) >= SHORT_LINE and not _DRAWN.match(line)]
    return FULL_LINE * (quantiles(widths, n=10)[-1] if len(widths) > 1 else max(widths, default=SHORT_LINE))


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text.strip())


def _tidy(line: str) -> Iterator[str]:
    if words := " ".join(line.split()):
        yield words
