"""Review: a Document just read, and its earlier version, flow in; what needs a person's eye flows out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from rag.domain import Document

FEWEST_PER_PAGE = 50
"""Characters a page below which a document was probably scanned."""
LEAST_HANGUL = 0.2
"""Share of Hangul among letters and digits below which a Korean text layer is probably broken."""
LARGEST_LOSS = 0.3
"""Share of its text by which a new version may be shorter than the old one."""

_BROKEN = re.compile(r"\ufffd|\(cid:\d+\)|[\ue000-\uf8ff]")


def doubts(document: Document, earlier: Document | None) -> Iterator[str]:
    """One Korean sentence for each sign that text was lost or misread."""
    name = document.source.path
    text = "".join("".join(block.text for block in document.blocks).split())
    letters = [character for character in text if character.isalnum()]
    hangul = sum("가" <= character <= "힣" for character in letters)
    if len(text) < FEWEST_PER_PAGE * document.page_count:
        yield f"{name}: 쪽마다 글자가 매우 적습니다. 스캔한 쪽이 있는지 확인해 주세요."
    if letters and hangul < LEAST_HANGUL * len(letters):
        yield f"{name}: 한글이 거의 없습니다. 한글이 빠진 채로 저장된 파일인지 확인해 주세요."
    if broken := len(_BROKEN.findall(text)):
        yield f"{name}: 깨진 글자가 {broken}개 있습니다. 원본과 견주어 확인해 주세요."
    if earlier is not None:
        before = len("".join("".join(block.text for block in earlier.blocks).split()))
        if len(text) < before * (1 - LARGEST_LOSS):
            lost = 100 - len(text) * 100 // before
            yield f"{name}: 이전 판보다 글이 {lost}% 줄었습니다. 빠진 내용이 없는지 확인해 주세요."


def repeats(documents: Iterable[Document]) -> Iterator[str]:
    """One sentence for each file whose bytes another file has already brought."""
    first: dict[str, str] = {}
    for document in documents:
        path = document.source.path
        other = first.setdefault(document.source.digest, path)
        if other != path:
            yield f"{path}: {other}와 내용이 같습니다. 한 파일만 남겨 주세요."
