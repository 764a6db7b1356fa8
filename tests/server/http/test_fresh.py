"""Reads of the catalogue say which generation and day they are of, and are not sent again to whoever has them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from server.app import create_app
from server.desks.service import Service
from tests.server.conftest import set_up
from tests.server.fakes import HERE, FakeDesk

READS = (
    "/v1/programs",
    "/v1/programs?sort=name",
    "/v1/programs/p1",
    "/v1/contacts?region=화성시",
    "/v1/contacts?program=p1",
    "/v1/deadlines",
    "/v1/deadlines.ics",
)


def tag_of(client: TestClient, path: str) -> str:
    """The tag of what is read there now."""
    return str(client.get(path).headers["etag"])


@pytest.mark.parametrize("path", READS)
def test_who_has_it_is_told_so_and_asked_to_ask_again(client: TestClient, path: str) -> None:
    whole = client.get(path)
    assert whole.headers["cache-control"] == "no-cache"
    for known in (whole.headers["etag"], f'"other", {whole.headers["etag"]}', "*"):
        again = client.get(path, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        for name in ("etag", "cache-control", "vary"):
            assert again.headers[name] == whole.headers[name]
    head = client.head(path, headers={"If-None-Match": whole.headers["etag"]})
    assert head.status_code == 304
    assert client.get(path, headers={"If-None-Match": '"other"'}).content == whole.content


def test_packed_and_plain_share_a_tag_and_say_what_they_depend_on(client: TestClient) -> None:
    packed = client.get("/v1/programs", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/v1/programs", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["etag"] == plain.headers["etag"]
    for reply in (packed, plain):
        assert {word.strip() for word in reply.headers["vary"].split(",")} == {"Accept-Encoding"}


def test_no_two_addresses_share_a_tag(client: TestClient) -> None:
    assert len({tag_of(client, path) for path in READS}) == len(READS)


def test_a_refusal_has_no_tag_and_is_never_taken_for_unchanged(client: TestClient) -> None:
    known = {"If-None-Match": tag_of(client, "/v1/programs")}
    for path, status in (("/v1/programs/none", 404), ("/v1/programs?region=none", 422), ("/v1/contacts", 422)):
        for headers in (known, {"If-None-Match": "*"}):
            reply = client.get(path, headers=headers)
            assert reply.status_code == status
            assert "etag" not in reply.headers


@pytest.mark.long
@pytest.mark.parametrize("path", READS)
def test_another_generation_or_day_is_another_read(folders: Path, path: str) -> None:
    tags = set()
    days = iter((date(2026, 3, 20), date(2026, 3, 21), date(2026, 3, 21)))
    day = next(days)
    for generation in ("g1", "g1", "g2"):
        today = day

        def seen(today: date = today) -> date:
            return today

        desk = FakeDesk(generation)
        app = create_app(Service(folders / "data", lambda desk=desk: desk), set_up(folders), seen)  # type: ignore[misc]
        with TestClient(app, client=HERE) as client:
            tags.add(tag_of(client, path))
        day = next(days, day)
    assert len(tags) == 3
