"""Feeds, list pages, sitemaps and watched folders: what they name is collected, and only what is new is fetched."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.files.collected import read_corpus
from rag.domain import Rank
from tests.ingest.sources.trying import EVENING, TOMORROW, Try

ROW = "<table><tr><th>신청기간</th><td>2026.03.02~03.31</td></tr></table>"
PAGE = f"<!DOCTYPE html><html><body><h1>{{title}}</h1>{ROW}</body></html>"
ENTITIES = '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
LIST = """<html><body><table class="board">
<tr class="head"><th>제목</th></tr>
<tr><td><a href="/view/1">모의 첫째 공고</a></td><td class="day">2026-02-20</td></tr>
<tr><td><a href="javascript:go(2)">스크립트</a></td><td class="day">2026-02-19</td></tr>
<tr><td><a href="/view/3">모의 셋째 공고</a></td><td class="day">{day}</td></tr>
</table><a class="next" href="{next}">다음</a></body></html>"""
RSS = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>모의</title>
<item><title>모의 접수 안내</title><link>https://news.example.org/1</link><guid>n-1</guid>
<pubDate>Fri, 20 Feb 2026 09:00:00 +0900</pubDate><description><![CDATA[<p>접수기간: 2026.3.2~3.31</p>]]></description>
</item><item><title></title><link>https://news.example.org/2</link></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>tag:example.org,2026:1</id><title>모의 둘째</title>
<link href="https://news.example.org/3"/><updated>2026-02-21T00:00:00Z</updated><summary>글</summary></entry></feed>"""
SELECTORS = {"item": "table.board tr", "link": "a", "date": "td.day", "next": "a.next"}


def put(at: Try, path: str, text: str, kind: str = "text/html") -> None:
    at.portal.files[path] = (kind, text.encode())


def board(at: Try, day: str = "2026-02-18") -> None:
    put(at, "/list", LIST.format(day=day, next="/list?page=2"))
    put(at, "/list?page=2", LIST.format(day=day, next="/list?page=2").replace("/view/1", "/view/4"))
    for number in (1, 3, 4):
        put(at, f"/view/{number}", PAGE.format(title=f"모의 {number}"))


def test_a_list_page_is_followed_to_its_end_and_only_new_and_changed_pages_are_fetched(at: Try) -> None:
    board(at)
    source = at.source("listing", address=f"{at.portal.url}/list", selectors=SELECTORS, publisher="모의시")
    done = at.run(source, key="")
    assert (done.added, done.whole) == (3, True)
    at.portal.asked.clear()
    assert at.run(source, EVENING, key="").unchanged == 3
    assert at.portal.asked == ["/list", "/list?page=2"]
    board(at, day="2026-02-22")
    assert at.run(source, TOMORROW, key="").changed == 1
    row = next(row for row in at.rows("listing").values() if row.notice.endswith("/view/1"))
    assert (row.title, row.publisher, row.published_on) == ("모의 첫째 공고", "모의시", "2026-02-20")


def test_a_page_that_cannot_be_had_is_named_and_comes_the_next_time(at: Try) -> None:
    board(at)
    del at.portal.files["/view/3"]
    source = at.source("listing", address=f"{at.portal.url}/list", selectors=SELECTORS, publisher="모의시")
    done = at.run(source, key="")
    assert (done.added, len(done.faults)) == (2, 1)
    board(at)
    assert at.run(source, EVENING, key="").added == 1


def test_a_list_page_without_items_is_taken_for_an_error_and_a_selector_that_is_none_is_named(at: Try) -> None:
    put(at, "/list", "<html><body>점검 중</body></html>")
    source = at.source("listing", address=f"{at.portal.url}/list", selectors=SELECTORS, publisher="모의시")
    assert "공고 목록이 없는" in at.run(source, key="").stopped
    broken = at.source("listing", address=f"{at.portal.url}/list", selectors={"item": "a[[", "link": "a"})
    assert "a[[" in at.run(broken, key="").stopped


def test_the_maps_of_an_index_are_read_one_after_another(at: Try) -> None:
    url = at.portal.url
    put(at, "/sitemap.xml", f"<sitemapindex><sitemap><loc>{url}/a.xml</loc></sitemap></sitemapindex>")
    put(at, "/a.xml", f"<urlset><url><loc>{url}/view/1</loc><lastmod>2026-02-20</lastmod></url></urlset>")
    board(at)
    source = at.source("sitemap", address=f"{url}/sitemap.xml", publisher="모의시")
    assert at.run(source, key="").added == 1
    (at.corpus / "manifest.csv").write_text("id,file,title,publisher,published_on,source_url\n", "utf-8")
    (entry,) = read_corpus(at.corpus)
    assert (entry.title, entry.fault, entry.url) == ("", None, f"{url}/view/1")


@pytest.mark.parametrize(
    ("feed", "id_", "day"), [(RSS, "n-1", "2026-02-20"), (ATOM, "tag:example.org,2026:1", "2026-02-21")]
)
def test_a_feed_gives_its_entries_and_tells_nothing_of_those_that_have_left_it(
    at: Try, feed: str, id_: str, day: str
) -> None:
    put(at, "/feed", feed)
    done = at.run(at.source("feed", address=f"{at.portal.url}/feed", publisher="모의신문", rank="press"), key="")
    (row,) = at.rows("feed").values()
    assert (done.added, done.whole) == (1, False)
    assert (row.notice, row.published_on, row.publisher, row.rank) == (id_, day, "모의신문", "press")


@pytest.mark.parametrize(
    "feed",
    [
        f"{ENTITIES}<rss><channel><item><title>&b;</title></item></channel></rss>",
        '<!DOCTYPE rss SYSTEM "file:///etc/passwd"><rss><channel/></rss>',
        "<html><body>점검</body></html>",
        RSS[:-40],
    ],
)
def test_a_feed_that_is_none_or_declares_entities_gives_nothing_and_is_named(at: Try, feed: str) -> None:
    put(at, "/feed", feed)
    done = at.run(at.source("feed", address=f"{at.portal.url}/feed", publisher="모의신문"), key="")
    assert done.added == 0 and "XML" in done.stopped


def test_files_of_a_watched_folder_come_once_and_again_when_they_change(at: Try, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "모의 공고.txt").write_text("모의 공고\n신청기간: 2026.3.2 ~ 3.31", "utf-8")
    (inbox / ".모의.txt").write_text("쓰는 중", "utf-8")
    (inbox / "사진.png").write_bytes(b"png")
    source = at.source("folder", address=str(inbox))
    assert at.run(source, key="").added == 1
    before = at.on_disk()
    assert at.run(source, EVENING, key="").unchanged == 1
    assert at.on_disk() == before
    (inbox / "모의 공고.txt").write_text("모의 공고\n신청기간: 2026.4.1 ~ 4.30", "utf-8")
    assert at.run(source, TOMORROW, key="").changed == 1
    (row,) = at.rows("folder").values()
    assert row.rank == Rank.UNLISTED.name.lower()  # nobody vouches for what lies there


def test_a_watched_folder_that_is_gone_or_our_own_is_named(at: Try, tmp_path: Path) -> None:
    assert "열 수 없습니다" in at.run(at.source("folder", address=str(tmp_path / "none")), key="").stopped
    (at.corpus / "collected").mkdir(parents=True)
    assert "지켜볼 수 없습니다" in at.run(at.source("folder", address=str(at.corpus)), key="").stopped
