"""지원사업 is a list at an address: filters, order, pages and comparison stand in it, and it costs what it shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

import server.pages.listed as module
from rag.domain import PeriodStatus
from server.pages.listed import PER_PAGE
from server.pages.programs import _pages, address
from tests.rag.many import name_of
from tests.server.pages.catalogue import EVIL, ManyDesk, hrefs, many, read, site, texts
from tests.server.portal.conftest import portal  # noqa: F401


@pytest.fixture(scope="module")
def desk() -> ManyDesk:
    """Thirty programmes."""
    return many(30)


@pytest.fixture(scope="module")
def client(desk: ManyDesk) -> Iterator[TestClient]:
    """The pages over them."""
    with site(desk) as client:
        yield client


def names(html: str) -> list[str]:
    """The programmes of the list."""
    return texts(html, ".list h2 a")


def test_every_page_together_is_the_whole_list_each_programme_once(client: TestClient) -> None:
    shown: list[str] = []
    address, count = "/programs?sort=name", 0
    while address:
        html = client.get(address).text
        shown += names(html)
        address, count = next(iter(hrefs(html, ".pager a[rel=next]")), ""), count + 1
    assert count == 3
    assert shown == sorted(name_of(at) for at in range(30))


def test_the_day_stands_in_the_address_and_goes_on_to_programmes_and_pages(client: TestClient) -> None:
    html = client.get("/programs?as_of=2026-05-30&sort=name").text
    assert set(texts(html, ".list .pill")) == {"■ 마감"}
    assert all(href.endswith("?as_of=2026-05-30") for href in hrefs(html, ".list h2 a"))
    assert all("as_of=2026-05-30" in href and "sort=name" in href for href in hrefs(html, ".pager a"))


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("q=냉장고", 10),
        ("q=냉장고 교체", 1),
        ("amount=90000000", 3),
        ("status=now", 23),
        ("status=upcoming", 7),
        ("within=14", 6),
        ("kind=loan", 0),
        ("ministry=모의", 30),
        ("size=중소기업", 30),
        ("region=원주시", 30),
        ("q=&status=&amount=&page=1&utm_source=x", 30),
    ],
)
def test_a_filter_lets_through_what_it_says(client: TestClient, query: str, count: int) -> None:
    shown = client.get(f"/programs?{query}")
    assert shown.status_code == 200
    told = texts(shown.text, ".count")[0]
    assert told.startswith(f"{count}개") if count else "조건에 맞는 사업이 없습니다" in told
    assert len(names(shown.text)) == min(count, PER_PAGE)


def test_the_orders_are_those_of_the_catalogue(client: TestClient) -> None:
    sums = texts(client.get("/programs?sort=amount").text, ".list .facts-line b")
    assert sums[:3] == ["최대 9,000만 원"] * 3
    days = texts(client.get("/programs?sort=deadline&status=now").text, ".list .pill")
    left = [int(day.partition("D-")[2]) for day in days]
    assert left == sorted(left)


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("status=maybe", "접수 상태"),
        ("as_of=2026-02-30", "기준일"),
        ("as_of=20260230", "기준일"),
        ("as_of=1812-01-01", "기준일"),
        ("amount=많이", "지원 금액"),
        ("amount=-1", "지원 금액"),
        ("within=9999", "마감까지"),
        ("page=0", "쪽"),
        ("page=x", "쪽"),
        ("region=세상끝", "모르는 지역"),
        (f"q={'가' * 201}", "찾는 말"),
        ("pick=a&pick=b&pick=c&pick=d", "비교"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_a_sentence_and_stays_in_the_form(
    client: TestClient, query: str, says: str
) -> None:
    refused = client.get(f"/programs?{query}&kind=voucher")
    assert refused.status_code == 422
    (sentence,) = texts(refused.text, ".note[role=alert]")
    assert says in sentence and sentence.endswith(".")
    form = read(refused.text).css_first("form.filters")
    assert form is not None
    assert (form.css_first("select[name=kind] option[selected]") or form).attributes["value"] == "voucher"
    name, _, value = query.partition("&")[0].partition("=")
    if name not in ("page", "pick"):
        assert value in (refused.text)


def test_a_page_beyond_the_last_leads_back(client: TestClient) -> None:
    html = client.get("/programs?page=99").text
    assert names(html) == []
    (back,) = hrefs(html, ".note a")
    assert parse_qs(urlsplit(back).query) == {"page": ["3"]}


def test_up_to_three_are_compared_one_thing_after_another_and_in_no_table(client: TestClient) -> None:
    html = client.get("/programs?pick=p1&q=냉장고").text
    assert texts(html, ".compare .hint")
    more = hrefs(html, "a.pick")
    assert all(parse_qs(urlsplit(href).query)["pick"][0] == "p1" and "q=" in href for href in more)
    html = client.get("/programs?pick=p1&pick=p2&pick=p3&pick=p1").text
    rows = read(html).css(".compare dl > div")
    assert [len(row.css("dd")) for row in rows] == [3] * len(rows)
    assert "접수" in texts(html, ".compare dt") and "금액" in texts(html, ".compare dt")
    assert not read(html).css("table") and not hrefs(html, "a.pick")
    (drop, *_) = hrefs(html, ".compare a.drop")
    assert parse_qs(urlsplit(drop).query)["pick"] == ["p2", "p3"]


def test_a_programme_that_is_gone_from_a_shared_comparison_is_told_and_takes_nothing_else_away(
    client: TestClient,
) -> None:
    shown = client.get("/programs?pick=p1&pick=gone")
    assert shown.status_code == 200
    assert "1개는 지금 자료에 없습니다" in texts(shown.text, ".note")[0]
    assert names(shown.text)


def test_the_months_are_a_picture_with_its_words(client: TestClient) -> None:
    html = client.get("/programs").text
    strips = read(html).css("svg.strip")
    assert len(strips) == PER_PAGE
    assert all(one.attributes["role"] == "img" and "2026년" in (one.attributes["aria-label"] or "") for one in strips)
    assert texts(html, ".months span")[0] == "3월"
    assert " style=" not in html


def test_what_documents_and_readers_write_is_never_run() -> None:
    desk = many(2)
    first = replace(desk.known[0], name=EVIL, ministry=EVIL, agency=EVIL, aliases=(EVIL,))
    desk.known = (first, desk.known[1])
    with site(desk) as client:
        for query in ("", f"?q={EVIL}", f"?region={EVIL}", f"?kind={EVIL}", f"?pick=p0&pick={EVIL}"):
            html = client.get(f"/programs{query}").text
            assert "<script>alert" not in html and "<img" not in html


def test_only_what_is_shown_is_told_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    told: dict[int, list[str]] = {}
    sizes: dict[int, int] = {}
    for count in (PER_PAGE, 1000):
        own = told.setdefault(count, [])
        for name in ("period_out", "strip_of", "program_card", "windows"):
            known = getattr(module, name)

            def counted(*args: object, name: str = name, known: object = known, own: list[str] = own) -> object:
                own.append(name)
                return known(*args)  # type: ignore[operator]

            monkeypatch.setattr(module, name, counted)
        with site(many(count)) as client:
            sizes[count] = len(client.get("/programs?sort=name").content)
        monkeypatch.undo()
    assert sorted(told[PER_PAGE]) == sorted(told[1000])
    assert sizes[1000] < 1.5 * sizes[PER_PAGE]


@pytest.mark.parametrize(
    ("at", "count", "pages"),
    [(1, 1, (1,)), (1, 2, (1, 2)), (1, 84, (1, 2, 3, 0, 84)), (40, 84, (1, 0, 38, 39, 40, 41, 42, 0, 84))],
)
def test_of_many_pages_the_first_the_last_and_those_near_are_led_to(
    at: int, count: int, pages: tuple[int, ...]
) -> None:
    assert _pages(at, count) == pages


def test_an_address_holds_what_was_typed_and_nothing_else() -> None:
    typed = {"q": "가 나", "pick": ("a&b", "c"), "page": "3"}
    assert parse_qs(urlsplit(address(typed, page=2)).query) == {"q": ["가 나"], "pick": ["a&b", "c"], "page": ["2"]}
    assert address({"pick": ()}) == "/programs"


def test_over_the_bundled_corpus_the_list_says_what_the_api_says(portal: TestClient) -> None:  # noqa: F811
    for query in ("", "q=AI", "region=경기도 화성시", "amount=100000000", "size=중견기업", "kind=voucher", "within=60"):
        told = portal.get(f"/v1/programs?sort=deadline&per_page=100&{query}").json()["programs"]
        html = portal.get(f"/programs?{query}").text
        assert names(html) == [one["name"] for one in told][:PER_PAGE]
    for status in PeriodStatus:
        told = portal.get(f"/v1/programs?sort=deadline&per_page=100&status={status}").json()["programs"]
        assert names(portal.get(f"/programs?status={status}").text) == [one["name"] for one in told][:PER_PAGE]


def test_a_page_is_told_whole_to_head_and_by_the_layers_of_the_server(portal: TestClient) -> None:  # noqa: F811
    got, head = portal.get("/programs"), portal.head("/programs")
    assert head.status_code == 200 and head.content == b""
    assert head.headers["content-type"] == got.headers["content-type"] == "text/html; charset=utf-8"
    assert "script-src 'self'" in got.headers["content-security-policy"]
    assert read(got.text).css_first("nav a[aria-current=page]").attributes["href"] == "/programs"  # type: ignore[union-attr]
    assert len(read(got.text).css("h1")) == 1


def test_a_request_is_logged_and_counted_as_the_template_of_its_route(portal: TestClient) -> None:  # noqa: F811
    for path in ("/programs", "/programs/one-of-them", "/calendar", "/calendar.ics"):
        portal.get(path)
    counted = portal.get("/metrics").text
    assert all(f'"{path}"' in counted for path in ("/programs", "/programs/{program_id}", "/calendar", "/calendar.ics"))
    assert "one-of-them" not in counted
