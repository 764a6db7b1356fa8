"""Unread ends: the chunks to index flow in; of each document, what its embedder does not read flows out for review."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.domain import Chunk, Document, ReviewCode, ReviewItem
from rag.ports import Embedder

PAGES_NAMED = 10
"""Further pages are counted, not listed."""


def unread(chunks: Sequence[Chunk], documents: Sequence[Document], embedder: Embedder) -> Iterator[ReviewItem]:
    """One item for each document with a chunk longer than the embedder reads, quoting the longest unread end."""
    shares = embedder.unread([chunk.indexed_text for chunk in chunks])
    for document in documents:
        source = document.source
        cut = [(share, c) for share, c in zip(shares, chunks, strict=True) if share > 0 and c.source_id == source.id]
        if not cut:
            continue
        worst, longest = max(cut, key=lambda pair: pair[0] * len(pair[1].indexed_text))
        pages = sorted({chunk.pages[0] for _, chunk in cut})
        yield ReviewItem(
            code=ReviewCode.UNREAD,
            source_id=source.id,
            file=source.path,
            message=f"임베딩 모델이 한 번에 읽는 길이보다 긴 조각이 {len(cut)}개 있어, 그 끝부분(많게는 {worst:.0%})은 "
            f"뜻으로는 찾지 못하고 낱말로만 찾습니다{_listed(pages) if source.paged else ''}.",
            action="긴 문단이나 표를 제목을 넣어 나누거나, 더 긴 글을 읽는 모델을 JIWON_EMBEDDER로 정해 주세요.",
            pages=(pages[0], max(chunk.pages[1] for _, chunk in cut)),
            program=longest.program,
            field="text",
            quote=longest.text[-max(1, round(worst * len(longest.indexed_text))) :],
        )


def _listed(pages: Sequence[int]) -> str:
    """ "(3, 7쪽)", the first ten by number."""
    more = f" 외 {len(pages) - PAGES_NAMED}쪽" if len(pages) > PAGES_NAMED else ""
    return f"({', '.join(map(str, pages[:PAGES_NAMED]))}쪽{more})"
