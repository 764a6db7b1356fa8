"""What `jiwon doctor` prints: a review flows in, a table of files and the items in groups flow out on the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from itertools import groupby

from rich.markup import escape

from rag.domain import Generation, ReviewCode
from rag.errors import ModelUnavailable, StoreUnavailable
from rag.generation import ailments, open_catalogue
from rag.messages.review import HEADINGS
from rag.outbound import Outbound
from rag.ports import Embedder
from rag.settings import Settings
from server.clock import now
from server.command.cli_show import left_out, new_table, print_table, progress_bar, read_so
from server.desks.desk import embedder_for, searched_by
from server.review.items import Known
from server.review.links import addresses, check, due
from server.review.review import ReviewItemOut, ReviewPage, review_page
from server.store.asked import Counts
from server.store.decisions import Decisions
from server.store.engine import open_database
from server.store.links import Links

MOST_LISTED = 60
"""Items of one code that are printed one by one; of more, their classes."""
QUOTED = 80
"""Characters of a quote that are shown; the JSON has all of it."""


def examine(settings: Settings, as_of: date, *, as_json: bool) -> None:
    """Print the review of what is served. Raises IndexMissing or IndexDamaged."""
    record, catalogue = open_catalogue(settings.data_dir)
    try:
        page = review_page(catalogue, record, as_of, storage=ailments(settings.data_dir), known=_known(settings))
    finally:
        catalogue.close()
    if as_json:
        print(page.model_dump_json(indent=2))
        return
    show_review(page)
    print(searched_by(record, settings))


def check_links(settings: Settings) -> None:
    """Ask every address of what is served, those asked longest ago first, and keep what comes of each as it comes.

    Raises IndexMissing, IndexDamaged or StoreUnavailable.
    """
    _, catalogue = open_catalogue(settings.data_dir)
    try:
        urls = addresses(catalogue.programs(), catalogue.sources())
    finally:
        catalogue.close()
    store = Links(open_database(settings.database_url, settings.data_dir))
    asker = Outbound(settings.reachable)
    try:
        with progress_bar() as progress:
            for link in check(due(urls, store.all()), asker, now, progress=progress):
                store.keep(link)
    finally:
        asker.close()
        store.database.close()


def _known(settings: Settings) -> Known:
    """What the database knows; nothing where there is none or it cannot be read, which is said."""
    database = open_database(settings.database_url, settings.data_dir)
    if not database.exists:
        return Known()
    try:
        return Known(Counts(database).asked(), Decisions(database).all(), Links(database).all())
    except StoreUnavailable as error:
        print(f"주의: {error} 직원이 정한 것과 물은 수를 빼고 보여 줍니다.", file=sys.stderr)
        return Known()
    finally:
        database.close()


def show_review(page: ReviewPage) -> None:
    """What is wrong with the storage, every file with its result, then every item under the heading of its kind."""
    for sentence in page.storage:
        print(f"주의: {sentence}")
    shown = new_table("문서", "결과", "쪽", "조각", "사업", "발행", "비고")
    for file in page.files:
        counts = (str(file.pages), str(file.chunks), str(file.programs))
        row = (file.file, read_so(file.extent, file.result), *counts, file.published_on or "모름", file.note)
        shown.add_row(*map(escape, row))
    print_table(shown)
    if said := left_out([file.extent for file in page.files], is_doctor=True):
        print(f"\n{said}")
    # The page of a file with one page, or of one whose pages are not known, tells nothing.
    several = {file.id for file in page.files if file.pages > 1}
    order = list(ReviewCode)
    for code, items in groupby(sorted(page.items, key=lambda item: order.index(item.code)), lambda item: item.code):
        print(f"\n{HEADINGS[code]} ({page.counts[code]})")
        if page.counts[code] > MOST_LISTED:
            print("\n".join(_classes(code, page)))
            continue
        alike: dict[str, list[ReviewItemOut]] = {}
        for item in items:
            alike.setdefault(item.action, []).append(item)
        for action, found in alike.items():
            print("\n".join(line for item in found for line in _lines(item, told=item.source_id in several)))
            print(f"    → {action}")
    told = f"사람이 확인할 것은 {page.total}개입니다" if page.total else "사람이 확인할 것이 없습니다"
    print(f"\n{told}({page.as_of} 기준, 색인 판 {page.generation}).")
    if page.decided:
        print(f"직원이 이미 정한 {page.decided}개는 뺐습니다.")


def _classes(code: ReviewCode, page: ReviewPage) -> Iterator[str]:
    """The classes of a code that has too many items to be a list, each with how many there are and a few of them."""
    for group in (group for group in page.groups if group.code is code):
        whose = " · ".join(filter(None, (group.body, group.field)))
        yield f"  - {whose or '그 밖'}: {group.count}개 (묶음 {group.id})"
        yield from (f"      {_cut(example)}" for example in group.examples)
    yield f"    → 모두 보려면 `jiwon doctor --json`이나 GET /v1/corpus/review?code={code}를 쓰세요."


def mend(settings: Settings) -> None:
    """Have what is served whole, and say what was wrong and what was done. Raises JiwonError."""
    from rag.repairing import repair
    from server.sharing.writing_shared import sharing

    def embedder_of(record: Generation) -> Embedder:
        found = embedder_for(record, settings)
        if isinstance(found, str):
            raise ModelUnavailable(found)
        return found

    with progress_bar() as progress, sharing(settings) as shared:
        done = repair(settings.data_dir, settings.corpus_dir, embedder_of, progress, settings.chroma_url, shared)
    for sentence in done.told:
        print(sentence)


def _lines(item: ReviewItemOut, *, told: bool) -> Iterator[str]:
    first, last = item.pages if item.pages and told else (0, 0)
    pages = f" {first}쪽" if first and first == last else f" {first}–{last}쪽" if first else ""
    program = f"{item.program}: " if item.program else ""
    yield f"  - {item.file}{pages}  {program}{item.message}"
    if item.quote:
        yield f"      “{_cut(item.quote)}”"
    if item.replaced:
        yield f"      문서의 값: “{_cut(item.replaced)}”"


def _cut(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= QUOTED else words[:QUOTED] + "…"
