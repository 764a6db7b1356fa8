"""From portals to the catalogue: what was collected is served with where and when it comes from, each notice once."""

from __future__ import annotations

from contextlib import closing

import pytest

from ingest.pipeline import sync
from rag.domain import PeriodKind, ReviewCode
from rag.embedders.kiwi import KiwiEmbedder
from rag.generation import open_catalogue
from rag.standing.editions import usable
from tests.ingest.sources.trying import MORNING, TOMORROW, Try

pytestmark = pytest.mark.long

OVER = "2026-03-03T09:00:00+09:00"


def test_notices_of_two_portals_are_served_once_each_and_checking_alone_makes_no_new_generation(
    at: Try, kiwi: KiwiEmbedder
) -> None:
    data = at.folder / "served"
    at.corpus.mkdir()
    (at.corpus / "manifest.csv").write_text("id,file,title,publisher,published_on,source_url\n", "utf-8")
    at.run()
    at.run(at.source("kstartup"))
    first = sync(at.corpus, data, kiwi, built_at=MORNING)
    assert first.changed
    _, books = open_catalogue(data)
    with closing(books):
        told = {source.id: source for source in books.sources()}
        programs = usable(books.programs(), told.get)
        items = books.review()
    assert len(told) == 5 and len(programs) == 4
    twin = told["bizinfo.PBLN_000000000900003"]
    assert twin.also == (at.portal.kstartup[0]["detl_pg_url"],)
    assert (twin.collected_on, twin.checked_on) == ("2026-03-01", "2026-03-01")
    assert [item.source_id for item in items if item.code is ReviewCode.DUPLICATE] == ["kstartup.900101"]
    assert all(p.key and p.key.year == 2026 and (p.agency or p.ministry) for p in programs)
    assert all(period.kind is not PeriodKind.UNSTATED for p in programs for period in p.periods)

    at.run(moment=TOMORROW)
    assert not sync(at.corpus, data, kiwi, built_at=TOMORROW).changed

    gone = at.portal.bizinfo.pop(0)["pblancId"]
    assert at.run(moment=OVER).unlisted == 1
    last = sync(at.corpus, data, kiwi, built_at=OVER)
    assert last.changed
    (stale,) = (item for item in last.review if item.field == "unlisted_on")
    assert stale.source_id == f"bizinfo.{gone}" and "2026-03-03" in stale.message
    _, books = open_catalogue(data)
    with closing(books):
        assert len(books.sources()) == 5  # noted, and still told
        assert {s.checked_on for s in books.sources() if s.id.startswith("bizinfo") and not s.unlisted_on} == {
            OVER[:10]
        }
