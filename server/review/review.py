"""The review on the wire: an open catalogue and a day flow in; files, results and what to look at flow out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from urllib.parse import quote

from pydantic import BaseModel, Field

from rag.aging import aged
from rag.domain import Extent, Generation, ReviewCode, ReviewItem, Source, SourceResult
from rag.text import squash
from server.desks.desks import Catalogue
from server.review.grouping import GroupOut, groups
from server.review.items import Known, Listed, listed
from server.review.links import broken
from server.store.decisions import Action

Each = TypeVar("Each")

LONGEST_MARK = 300
"""Letters of a quote that are lit."""
NOTHING = Known()


class FileOut(BaseModel):
    """One file: what became of it, and what the manifest says of it; `title` to `digest` are empty where unread.

    `extent` is how much of it was read, `result` names what happened and `note` says it, with what to do.
    """

    id: str = Field(description="문서의 id")
    file: str = Field(description="자료 폴더에서 본 파일의 경로")
    extent: Extent = Field(description="얼마나 읽었는지")
    result: str = Field(description="무슨 일이 있었는지(ok, missing 등)")
    note: str = Field(description="그 설명과 할 일. 없으면 빈 글")
    pages: int = Field(description="쪽수")
    chunks: int = Field(description="색인한 조각 수")
    programs: int = Field(description="읽은 지원사업 수")
    title: str = Field(description="문서의 제목. 읽지 못했으면 빈 글")
    publisher: str = Field(description="발행한 곳. 읽지 못했으면 빈 글")
    published_on: str = Field(description="발행한 때(YYYY, YYYY-MM 또는 YYYY-MM-DD). 모르면 빈 글")
    url: str | None = Field(description="문서를 볼 수 있는 주소. 없으면 null")
    digest: str = Field(description="파일의 SHA-256(16진수 64자). 읽지 못했으면 빈 글")
    collected_on: str | None = Field(description="이 파일이 자료에 들어온 날(YYYY-MM-DD). 모르면 null")
    checked_on: str | None = Field(description="원래 있던 곳을 마지막으로 확인한 날(YYYY-MM-DD). 모르면 null")


class FilePage(BaseModel):
    """A page of the files of one generation; `extents` counts all of them by how much of each was read."""

    documents: list[FileOut] = Field(description="자료 폴더의 순서로 이 쪽의 파일")
    extents: dict[Extent, int] = Field(description="얼마나 읽었는지마다 파일 수")
    page: int = Field(description="몇째 쪽인지. 1부터 셉니다.")
    per_page: int = Field(description="한 쪽에 몇 개까지인지")
    total: int = Field(description="모두 몇 개인지")
    pages: int = Field(description="모두 몇 쪽인지. 없으면 0")
    generation: str = Field(description="색인 판의 번호")


class DecisionOut(BaseModel):
    """What somebody decided about an item."""

    action: Action = Field(description="무엇으로 정했는지")
    at: str = Field(description="정한 때(ISO 8601)")
    person: str = Field(description="정한 사람")
    reason: str = Field(description="까닭")


class ReviewItemOut(BaseModel):
    """One thing to look at; `pages` are first and last, null where the whole file is meant.

    `replaced` is what the documents say where staff corrected it; `picture` is where its page is shown.
    """

    id: str = Field(description="이 항목의 id. 같은 글의 같은 문제면 색인 판이 바뀌어도 같습니다.")
    group: str = Field(description="묶음의 id")
    asked: int = Field(description="보관한 답변 가운데 이것을 물은 수")
    harm: float = Field(description="그대로 두면 해로운 정도. 물은 수에 문제의 무게를 곱했습니다.")
    decision: DecisionOut | None = Field(description="이미 정한 것. 아니면 null")
    picture: str | None = Field(description="그 쪽을 글에 표시해 보는 주소. 없으면 null")
    code: ReviewCode = Field(description="왜 보아야 하는지")
    source_id: str = Field(description="문서의 id")
    file: str = Field(description="자료 폴더에서 본 파일의 경로")
    pages: tuple[int, int] | None = Field(description="첫 쪽과 끝 쪽. 파일 전체면 null")
    program: str = Field(description="지원사업의 이름. 없으면 빈 글")
    field: str = Field(description="어느 항목인지. 없으면 빈 글")
    message: str = Field(description="무엇이 문제인지")
    action: str = Field(description="할 일")
    quote: str = Field(description="문서에 적힌 글. 없으면 빈 글")
    replaced: str = Field(description="직원이 고치기 전 문서의 값. 없으면 빈 글")


class ReviewPage(BaseModel):
    """Every file with its result, and a page of the review items; `counts` are of all items by code.

    `extents` counts the files by how much of each was read; `storage` says what is wrong with the stored generations
    and what to do.
    """

    storage: list[str] = Field(description="저장된 색인 판의 문제와 할 일. 없으면 빈 목록")
    files: list[FileOut] = Field(description="모든 파일과 읽은 결과")
    extents: dict[Extent, int] = Field(description="얼마나 읽었는지마다 파일 수")
    items: list[ReviewItemOut] = Field(description="해로운 순서로 이 쪽의 확인할 것")
    groups: list[GroupOut] = Field(description="확인할 것의 묶음. 해로운 순서로 200개까지")
    decided: int = Field(description="직원이 이미 정해서 빠진 수")
    counts: dict[ReviewCode, int] = Field(description="까닭마다 모두 몇 개인지")
    page: int = Field(description="몇째 쪽인지. 1부터 셉니다.")
    per_page: int = Field(description="한 쪽에 몇 개까지인지")
    total: int = Field(description="모두 몇 개인지")
    pages: int = Field(description="모두 몇 쪽인지. 없으면 0")
    as_of: date = Field(description="기준일(YYYY-MM-DD)")
    generation: str = Field(description="색인 판의 번호")


def file_page(books: Catalogue, record: Generation, page: int, per_page: int) -> FilePage:
    """The files in the order of the corpus."""
    found = _files(books)
    return FilePage(
        documents=_page_of(found, page, per_page),
        extents=extents(books),
        page=page,
        per_page=per_page,
        total=len(found),
        pages=-(-len(found) // per_page),
        generation=record.id,
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which items are wanted: of a class, a code, a programme, a document; those decided already or those open."""

    group: str | None = None
    code: ReviewCode | None = None
    program: str | None = None
    source: str | None = None
    decided: bool = False

    def admits(self, one: Listed) -> bool:
        """Whether an item is among them, decided or not."""
        item = one.item
        return (
            (self.group is None or one.group == self.group)
            and (self.code is None or item.code is self.code)
            and (self.program is None or squash(item.program) == squash(self.program))
            and (self.source is None or item.source_id == self.source)
        )


ALL = Wanted()


def looked_at(books: Catalogue, as_of: date, known: Known) -> list[Listed]:
    """Everything that a person should look at on a day, the worst harm first, what was decided included."""
    programs, sources = books.programs(), books.sources()
    found = [*books.review(), *broken(programs, sources, known.links), *aged(programs, sources, as_of)]
    return listed(found, books, known)


def review_page(
    books: Catalogue,
    record: Generation,
    as_of: date,
    page: int = 1,
    per_page: int | None = None,
    storage: Sequence[str] = (),
    known: Known = NOTHING,
    wanted: Wanted = ALL,
) -> ReviewPage:
    """What a person should look at on a day, the worst harm first; all of it where no page size is given.

    `storage` is what `rag.generation.ailments` finds.
    """
    admitted = [one for one in looked_at(books, as_of, known) if wanted.admits(one)]
    found = [one for one in admitted if bool(one.decision) is wanted.decided]
    paged = {source.id for source in books.sources() if source.path.lower().endswith(".pdf")}
    size = per_page or max(len(found), 1)
    counted = Counter(one.item.code for one in found)
    return ReviewPage(
        storage=list(storage),
        files=_files(books),
        extents=extents(books),
        items=[item_out(one, paged) for one in _page_of(found, page, size)],
        groups=groups(found),
        decided=sum(one.decision is not None for one in admitted),
        counts={code: counted[code] for code in ReviewCode if counted[code]},
        page=page,
        per_page=size,
        total=len(found),
        pages=-(-len(found) // size),
        as_of=as_of,
        generation=record.id,
    )


def item_out(one: Listed, drawn: Set[str]) -> ReviewItemOut:
    """An item as callers see it; `drawn` are the ids of documents whose pages can be drawn."""
    item, decision = one.item, one.decision
    told = {name: getattr(item, name) for name in ReviewItem.__dataclass_fields__}
    decided = DecisionOut.model_validate(decision, from_attributes=True) if decision else None
    return ReviewItemOut(
        id=one.id,
        group=one.group,
        asked=one.asked,
        harm=one.harm,
        decision=decided,
        picture=_picture(item, is_drawn=item.source_id in drawn),
        **told,
    )


def _picture(item: ReviewItem, *, is_drawn: bool) -> str | None:
    if not item.pages:
        return None
    mark = f"?mark={quote(item.quote[:LONGEST_MARK])}" if item.quote else ""
    kind = "png" if is_drawn else "json"
    return f"/v1/corpus/pages/{quote(item.source_id, safe='')}/{item.pages[0]}.{kind}{mark}"


def extents(books: Catalogue) -> dict[Extent, int]:
    """How many files were read whole, in part, not at all …; what there is none of is left out."""
    found = [result.extent for result in books.results()]
    return {extent: count for extent in Extent if (count := found.count(extent))}


def _files(books: Catalogue) -> list[FileOut]:
    known = {source.id: source for source in books.sources()}
    return [_file(result, known.get(result.source_id)) for result in books.results()]


def _file(result: SourceResult, source: Source | None) -> FileOut:
    return FileOut(
        id=result.source_id,
        file=result.file,
        extent=result.extent,
        result=result.code,
        note=result.note,
        pages=result.pages,
        chunks=result.chunks,
        programs=result.programs,
        title=source.title if source else "",
        publisher=source.publisher if source else "",
        published_on=source.published_on if source else "",
        url=source.url if source else None,
        digest=source.digest if source else "",
        collected_on=(source.collected_on or None) if source else None,
        checked_on=(source.checked_on or None) if source else None,
    )


def _page_of(found: Sequence[Each], page: int, per_page: int) -> list[Each]:
    return list(found[(page - 1) * per_page : page * per_page])
