"""Twins: one notice published in two places is one programme with both addresses, and no two that only look alike."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.checks.report import ResultCode
from ingest.files.reading import Reading
from ingest.identity.twins import told_once, told_twice, twins
from ingest.records.assembly import extract, link
from ingest.text.chunks import chunks
from ingest.text.sections import sections
from rag.domain import Document, ReviewCode, Source
from rag.standing.editions import usable
from tests.ingest.making import blocks, gazetteer, lexicon

TITLE = "2026년 가람 창업도약 지원사업 모집 공고"
NOTICE = """
# {title}
| 소관부처·지자체 | {ministry} |
| 사업수행기관 | {agency} |
| 신청기간 | {period} |
| 지원대상 | 업력 7년 이내 중소기업 |
"""


def reading(
    place: str,
    id_: str,
    *,
    url: str = "",
    title: str = TITLE,
    ministry: str = "모의기업부",
    agency: str = "모의창업진흥원",
    period: str = "2026.3.10 ~ 2026.4.20",
) -> Reading:
    path = f"collected/{place}/{id_}.html" if place else f"{id_}.html"
    source = Source(
        f"{place}.{id_}", path, title, ministry or agency, "2026-02-20", url or f"https://{place}.kr/{id_}", id_
    )
    text = NOTICE.format(title=title, ministry=ministry, agency=agency, period=period)
    document = Document(source, blocks(text), 1)
    parts = tuple(sections(document))
    found = tuple(extract(document, parts, lexicon(), gazetteer()))
    assert found
    made = tuple(chunks(document, parts, found))
    return Reading(source, ResultCode.OK, "", document, sections=parts, programs=found, chunks=made)


def joined(*readings: Reading) -> list[Reading]:
    """The readings as a sync goes on with them."""
    return told_once(readings, twins(readings))


def test_one_notice_of_two_portals_is_one_programme_with_the_other_address_beside_the_first() -> None:
    first = reading("bizinfo", "a", url="https://www.bizinfo.go.kr/a")
    second = reading("kstartup", "b", ministry="", url="https://www.k-startup.go.kr/b")
    done = joined(first, second)
    assert done[0].source.also == ("https://www.k-startup.go.kr/b",)
    assert done[0].document and done[0].document.source.also == done[0].source.also
    assert done[0].chunks and done[1].chunks == ()
    programs = [program for each in done for program in each.programs]
    sources = {each.source.id: each.source for each in done}
    published = {id_: source.published_on for id_, source in sources.items()}
    apart = usable(link(programs, published), sources.get)
    once = usable(link(programs, published, same=twins((first, second))), sources.get)
    assert (len(apart), len(once)) == (2, 1)  # their bodies alone would have told them apart
    (item,) = told_twice(done, twins((first, second)))
    assert item.code is ReviewCode.DUPLICATE and item.source_id == "kstartup.b" and "bizinfo/a" in item.message


def test_one_address_is_one_notice_however_it_is_written_and_titled() -> None:
    first = reading("bizinfo", "a", url="https://www.bizinfo.go.kr/v.do?id=1&m=2#top")
    second = reading("city", "b", url="http://bizinfo.go.kr/v.do?m=2&id=1", title="가람 창업도약 지원사업 안내")
    assert twins((first, second)) == {"city.b": "bizinfo.a"}


def test_a_file_of_staff_comes_before_what_was_collected() -> None:
    assert twins((reading("", "own"), reading("bizinfo", "a"))) == {"bizinfo.a": ".own"}


def test_three_places_have_one_first() -> None:
    found = twins((reading("a", "1"), reading("b", "2"), reading("c", "3")))
    assert found == {"b.2": "a.1", "c.3": "a.1"}


@pytest.mark.parametrize(
    "other",
    [
        {"agency": "다솜경제진흥원", "ministry": "다솜시"},
        {"period": "2026.5.1 ~ 2026.5.20"},
        {"title": "2026년 가람 수출도약 지원사업 모집 공고"},
        {"period": "예산 소진시까지"},
    ],
)
def test_notices_of_other_bodies_periods_or_titles_stay_apart(other: dict[str, str]) -> None:
    assert twins((reading("bizinfo", "a"), reading("kstartup", "b", **other))) == {}


def test_two_of_one_place_and_two_of_staff_are_never_joined() -> None:
    assert twins((reading("bizinfo", "a"), reading("bizinfo", "b"))) == {}
    assert twins((reading("", "a"), reading("", "b"))) == {}


def test_a_file_that_could_not_be_read_is_no_twin() -> None:
    unread = replace(reading("kstartup", "b"), document=None)
    assert twins((reading("bizinfo", "a"), unread)) == {}
