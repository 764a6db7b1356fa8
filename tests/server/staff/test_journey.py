"""A notice arrives, is staged, corrected, published, told to the right company and taken back: by the API alone."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from rag.settings import Settings
from server.alerts.opening import open_alerts, run
from server.desks.desk import opener
from server.desks.service import Service
from server.store.engine import open_database
from server.store.tables import AUDIT
from tests.server.alerts.receiving import Clock, Hook, webhook
from tests.server.staff.conftest import NOTICE, Site, served

pytestmark = pytest.mark.long

NAME, WRONG, RIGHT = "가람 바우처", "031-000-9999", "031-000-1111"
COMPANY = {"region": "경기도 화성시", "size": "중소기업"}


def sent(site: Site, path: str, **told: object) -> dict[str, Any]:
    """What comes of a POST that is done."""
    reply = site.send("POST", path, json.dumps(told).encode(), Content_Type="application/json")
    assert reply.status < 300, (path, reply.status, reply.body.decode())
    found: dict[str, Any] = reply.json()
    return found


def staged(site: Site) -> str:
    """The candidate that a refresh builds."""
    job = site.over(site.refresh().json()["id"])
    assert job["state"] == "done", job
    return str(job["result"]["generation"])


def published(site: Site, candidate: str) -> dict[str, Any]:
    """The check of a candidate, which is served from then on."""
    check = sent(site, f"/v1/corpus/check/{candidate}")
    blocking = [item["id"] for item in check["items"] if item["blocks"]]
    sent(site, f"/v1/corpus/publish/{candidate}", reason="공고와 견주어 확인", accept=blocking)
    return check


def answer(site: Site) -> str:
    """What is told of whom to call."""
    return str(sent(site, "/v1/ask", question=f"{NAME} 문의 전화번호가 어떻게 되나요")["answer"])


def until(is_so: Callable[[], bool]) -> None:
    """Wait until the desks have followed what is served now."""
    deadline = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_a_notice_goes_all_the_way_and_back(warm: Settings) -> None:
    hook, clock = Hook(), Clock()
    settings = replace(warm, outbound_allow="127.0.0.1/32", public_url="https://jiwon.example")
    with webhook(hook) as url, served(settings, opener(settings)) as site:
        published(site, staged(site))
        before = site.send("GET", "/v1/corpus/generations").json()
        subscription = sent(site, "/v1/subscriptions", profile=COMPANY, channel="webhook", address=url)
        sent(site, f"/v1/subscriptions/{subscription['token']}/confirm")

        notice = NOTICE.format(name=NAME).replace("031-000-0000", WRONG).encode()
        assert site.upload(("files", "b.md", notice), ("publisher", None, "가나다센터".encode())).status == 201
        assert WRONG not in answer(site)
        candidate = staged(site)
        assert WRONG not in answer(site)  # nothing is served by being built
        check = sent(site, f"/v1/corpus/check/{candidate}")
        added = next(item for item in check["items"] if item["program"] == NAME)
        sent(
            site,
            f"/v1/corpus/review/{added['id']}",
            action="correct",
            reason="담당자와 통화하여 확인",
            corrections=[{"field": "contact", "organisation": "가나다센터", "phones": [RIGHT]}],
        )
        published(site, staged(site))
        until(lambda: RIGHT in answer(site))
        assert WRONG not in answer(site)

        service, database = Service(settings.data_dir, opener(settings)), open_database("", settings.data_dir)
        run(open_alerts(settings, database, service, clock))
        service.close()
        assert any(NAME in json.dumps(told, ensure_ascii=False) for told in hook.alerts)

        sent(site, "/v1/corpus/rollback", reason="공고가 거두어졌음")
        until(lambda: RIGHT not in answer(site))
        served_now = [one["id"] for one in site.send("GET", "/v1/corpus/generations").json() if one["served"]]
        assert served_now == [one["id"] for one in before if one["served"]]
        with database.reading() as connection:
            deeds = [(row.action, row.reason) for row in connection.execute(select(AUDIT))]
        database.close()
        assert any("publish" in action and reason for action, reason in deeds)
        assert any("rollback" in action and reason == "공고가 거두어졌음" for action, reason in deeds)
