"""Laws of consulting files: the order of writing changes no document, and an older look changes no file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.engagement.papers import PaperKind
from server.clock import moment
from server.desks.service import Service
from server.engagements.filing import ITEMS, Filing, Who
from server.engagements.filing_refusals import ChangedByAnother
from server.http.description import operations
from server.store.cabinet import Cabinet
from server.store.engine import open_database
from tests.server.engagements.sites import COMPANY, SECOND, Site
from tests.server.engagements.test_filing import SAMPLES
from tests.server.fakes import FakeDesk

WHO = Who("owner", "상담 1팀")
WRITTEN: tuple[tuple[str, dict[str, Any]], ...] = (
    ("visits", {"day": "2026-03-10", "place": "본사"}),
    ("visits", {"day": "2026-01-10", "place": "공장"}),
    ("visits", {"place": "날을 적지 않은 곳"}),
    ("gaps", {"duty": "검사", "task": "외관", "current": 2, "target": 4, "measured_on": "2026-01-10"}),
    ("gaps", {"duty": "검사", "task": "외관", "current": 3, "target": 4, "measured_on": "2026-03-10"}),
    ("gaps", {"duty": "가공", "task": "세팅", "current": 1, "target": 3}),
    ("plans", {"kind": "problem", "title": "불량 줄이기", "first_month": "2026-05"}),
    ("plans", {"kind": "problem", "title": "시간 줄이기"}),
    ("plans", {"kind": "course", "title": "AI 기초", "first_month": "2026-04"}),
    ("runs", {"title": "나 과정", "first_day": "2026-02-02", "last_day": "2026-02-03", "people": 5}),
    ("runs", {"title": "가 과정", "first_day": "2026-02-09", "last_day": "2026-02-10", "people": 6}),
    ("surveys", {"kind": "satisfaction", "day": "2026-02-10", "scores": {"교육내용": 4.5}}),
)
LAW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def filing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filing]:
    """Files over one desk."""
    folder: Path = tmp_path_factory.mktemp("laws")
    (folder / "CURRENT").write_text("g1\n", "utf-8")
    database, desk = open_database("", folder), FakeDesk()
    yield Filing(Cabinet(database), Service(folder, lambda: desk), moment, lambda _: None)
    database.close()


def documents(filing: Filing, order: list[tuple[str, dict[str, Any]]]) -> list[object]:
    """What every document of a file says that was written in that order."""
    id_ = filing.begin(WHO, COMPANY).kept.id
    for kind, item in order:
        filing.add(WHO, id_, kind, ITEMS[kind].validate_python(item), None)
    return [filing.preview(WHO, id_, kind, date(2026, 3, 20)) for kind in PaperKind]


@LAW
@given(order=st.permutations(WRITTEN))
def test_what_is_written_down_in_any_order_gives_the_same_documents(
    filing: Filing, order: list[tuple[str, dict[str, Any]]]
) -> None:
    assert documents(filing, order) == documents(filing, [*WRITTEN])


STEPS = st.lists(
    st.tuples(
        st.sampled_from(("describe", "add", "change", "remove", "close", "issue")),
        st.sampled_from(("none", "now", "old")),
    ),
    max_size=8,
)


@LAW
@given(steps=STEPS)
def test_a_change_is_made_of_the_file_as_it_was_looked_at_or_not_at_all(
    filing: Filing, steps: list[tuple[str, str]]
) -> None:
    id_ = filing.begin(WHO, COMPANY).kept.id
    entry = filing.add(WHO, id_, "visits", ITEMS["visits"].validate_python({"place": "본사"}), None)[1].id
    for turn, (step, look) in enumerate(steps):
        before, papers = filing.papers(WHO, id_)
        tag = {"none": None, "now": before.kept.revision, "old": before.kept.revision - 1}[look]
        try:
            if step == "describe":
                filing.describe(WHO, id_, {"employees": turn + 1}, None, None, tag)
            elif step == "add":
                filing.add(WHO, id_, "visits", ITEMS["visits"].validate_python({"place": f"{turn}"}), tag)
            elif step == "change":
                filing.change(WHO, id_, "visits", entry, {"agreed": f"{turn}"}, tag)
            elif step == "remove":
                made = filing.add(WHO, id_, "visits", ITEMS["visits"].validate_python({}), tag)[0]
                filing.remove(WHO, id_, "visits", made.content.visits[-1].id, tag and made.kept.revision)
            elif step == "close":
                filing.describe(WHO, id_, {}, f"{turn}", None, tag)
            else:
                filing.issue(WHO, id_, PaperKind.BASIC, tag=tag)
        except ChangedByAnother:
            assert look == "old"
            assert filing.papers(WHO, id_) == (before, papers)
            continue
        assert look != "old"
        after, issued = filing.papers(WHO, id_)
        changed = {"issue": 0, "remove": 2}.get(step, 1)
        assert after.kept.revision == before.kept.revision + changed
        assert len(issued) == len(papers) + (step == "issue")


@pytest.mark.long
def test_every_route_that_changes_a_file_heeds_what_was_looked_at(site: Site) -> None:
    described = site.client.get("/openapi.json").json()
    changing = [
        (method.upper(), path, said)
        for path, method, said in operations(described)
        if path.startswith("/v1/engagements/{id}") and method != "get"
    ]
    assert len(changing) == 20
    for method, path, said in sorted(changing, key=lambda one: (one[0] == "DELETE", "handover" in one[1])):
        assert "If-Match" in {one["name"] for one in said["parameters"]} and "412" in said["responses"], path
        id_ = site.begun()
        number = site.issued(id_)
        kind = path.split("/")[4] if path.count("/") > 3 else ""
        entry = ""
        if kind in SAMPLES:
            entry = site.send("POST", f"/{id_}/{kind}", json=SAMPLES[kind]).json()["id"]
        body = _body(method, path, kind)
        at = path.removeprefix("/v1/engagements").replace("{id}", id_).replace("{entry}", entry)
        at = at.replace("{number}", number)
        tag = site.send("GET", f"/{id_}").headers["etag"]
        stood = _standing(site, id_)
        for late in ('"999"', '"0"'):
            assert site.send(method, at, tag=late, json=body).status_code == 412, (method, path)
            assert _standing(site, id_) == stood, (method, path)
        assert site.send(method, at, tag=tag, json=body).status_code in (200, 201, 204), (method, path)


def _body(method: str, path: str, kind: str) -> dict[str, Any] | None:
    if method == "DELETE":
        return None
    if path.endswith(("handover", "approval")):
        return {"person": SECOND}
    if path.endswith("documents"):
        return {"kind": "basic"}
    if kind in SAMPLES:
        sample = SAMPLES[kind]
        return {k: v for k, v in sample.items() if k != "kind"} if method == "PATCH" else sample
    return {"note": "메모"}


def _standing(site: Site, id_: str) -> tuple[object, object]:
    return site.send("GET", f"/{id_}").json(), site.papers(id_)
