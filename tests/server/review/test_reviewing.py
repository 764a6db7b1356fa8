"""What staff decide about the review holds until what it rests on changes, alone or for a whole class."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from rag.domain import ReviewCode, ReviewItem, Source
from rag.errors import StoreUnavailable
from rag.settings import INSTALLATION, Settings
from server.app import create_app
from server.desks.service import Service
from server.review import deciding
from server.store.asked import Counts
from server.store.decisions import Decisions
from server.store.engine import open_database
from tests.server.fakes import HERE, REVIEW, SOURCE, FakeDesk
from tests.server.test_app import is_problem

KEY = "k3y-of-the-staff-office"
STAFF = {"X-API-Key": KEY}
GUIDE = INSTALLATION / "corpus" / "guide2026.pdf"
ROW = "강원지사\t강원도\t춘천시, 양구군, 인제군, 화천군, 홍천군\t033-248-8503"


class Reviewed(FakeDesk):
    """A desk whose review a test may change, and whose catalogue knows a PDF of the corpus."""

    items: tuple[ReviewItem, ...] = REVIEW

    def review(self) -> tuple[ReviewItem, ...]:
        return self.items

    def source(self, source_id: str, /) -> Source | None:
        digest = hashlib.sha256(GUIDE.read_bytes()).hexdigest()
        known = {
            SOURCE.id: SOURCE,
            "pdf": replace(SOURCE, id="pdf", path=GUIDE.name, digest=digest),
            "changed": replace(SOURCE, id="changed", path=GUIDE.name, digest="0" * 64),
            "page": replace(SOURCE, id="page", path="page.html"),
            "outside": replace(SOURCE, id="outside", path=f"../corpus/../../{GUIDE.name}"),
            "broken": replace(
                SOURCE, id="broken", path="broken.pdf", digest=hashlib.sha256(b"%PDF-1.4 broken").hexdigest()
            ),
        }
        return known.get(source_id)


@dataclass
class Place:
    client: TestClient
    desk: Reviewed
    folder: Path

    def get(self, path: str, **params: Any) -> Any:
        reply = self.client.get(f"/v1/corpus{path}", headers=STAFF, params=params)
        assert reply.status_code == 200, reply.text
        return reply.json()

    def act(self, item: str, **body: Any) -> Any:
        return self.client.post(f"/v1/corpus/review/{item}", headers=STAFF, json={"reason": "통화로 확인", **body})


@pytest.fixture
def place(tmp_path: Path, running: object) -> Iterator[Place]:
    """The application on 20 March 2026."""
    data, corpus = tmp_path / "data", tmp_path / "corpus"
    data.mkdir()
    corpus.mkdir()
    (corpus / GUIDE.name).write_bytes(GUIDE.read_bytes())
    (corpus / "broken.pdf").write_bytes(b"%PDF-1.4 broken")
    (data / "CURRENT").write_text("g1\n", "utf-8")
    desk = Reviewed()
    settings = Settings(data_dir=data, corpus_dir=corpus, admin_key=KEY)
    app = create_app(Service(data, lambda: desk), settings, lambda: date(2026, 3, 20))
    with TestClient(app, client=HERE, raise_server_exceptions=False) as client:
        yield Place(client, desk, tmp_path)


def missing(number: int, program: str = "", quote: str = "") -> ReviewItem:
    return ReviewItem(
        ReviewCode.MISSING,
        "guide",
        "guide.pdf",
        "문의 전화번호를 찾지 못했습니다.",
        "원본에서 확인해 주세요.",
        (1, 1),
        program or f"사업 {number}",
        "contact",
        quote or f"글 {number}",
    )


def test_an_item_set_aside_is_gone_until_what_it_rests_on_changes(place: Place) -> None:
    item = place.get("/review", code="missing")["items"][0]
    done = place.act(item["id"], action="set_aside").json()
    assert (done["items"], done["written"], done["person"]) == ([item["id"]], 0, "운영자")
    page = place.get("/review")
    assert (item["id"] in [one["id"] for one in page["items"]], page["decided"]) == (False, 1)
    (told,) = place.get("/review", decided=True)["items"]
    assert told["decision"]["reason"] == "통화로 확인"
    place.desk.items = (REVIEW[0], replace(REVIEW[1], message="다른 것을 찾지 못했습니다."))
    assert item["id"] in [one["id"] for one in place.get("/review")["items"]]


def test_what_was_decided_is_opened_again(place: Place) -> None:
    item = place.get("/review")["items"][0]["id"]
    place.act(item, action="accept")
    assert place.act(item, action="reopen").status_code == 200
    assert place.get("/review")["decided"] == 0


def test_one_action_on_a_class_decides_all_of_it(place: Place) -> None:
    place.desk.items = (REVIEW[0], *(missing(number) for number in range(1256)))
    page = place.get("/review", per_page=10)
    group = next(group for group in page["groups"] if group["code"] == "missing")
    assert (group["count"], group["field"], len(group["examples"])) == (1256, "contact", 3)
    assert place.get("/review", group=group["id"])["total"] == 1256
    assert len(place.act(group["id"], action="set_aside").json()["items"]) == 1256
    assert place.get("/review")["total"] == 1


def test_items_that_share_their_words_are_told_apart_by_what_they_say(place: Place) -> None:
    alike = missing(1, "한 사업", "한 줄")
    place.desk.items = (alike, replace(alike, message="다른 기관의 전화번호가 없습니다."))
    items = place.get("/review")["items"]
    assert len({item["id"] for item in items}) == 2


@pytest.mark.long
def test_what_is_asked_about_more_often_comes_first(place: Place) -> None:
    place.desk.items = (missing(1), missing(2, "가상 바우처"))
    for _ in range(3):
        assert place.client.post("/v1/ask", json={"question": "언제까지입니까?"}).status_code == 200
    database = open_database("", place.folder / "data")
    asked = Counts(database).asked()
    for _ in range(1000):  # a thread of its own writes them
        asked = Counts(database).asked() if asked.of("가상 바우처") < 3 else asked
    database.close()
    assert (asked.of("가상 바우처", "period"), asked.of("가상 융자")) == (3, 0)
    place.desk.items = (missing(1), replace(missing(2, "가상 바우처"), field="period"))
    first = place.get("/review")["items"][0]
    assert (first["program"], first["asked"]) == ("가상 바우처", 3)


def test_filters_choose_by_code_programme_and_document(place: Place) -> None:
    assert place.get("/review", code="file")["total"] == 1
    assert place.get("/review", program="가상융자")["total"] == 1
    assert place.get("/review", source="broken")["counts"] == {"file": 1}
    reply = place.client.get("/v1/corpus/review?code=nothing", headers=STAFF)
    assert is_problem(reply, 422)


def test_a_correction_is_written_for_each_programme_of_a_class(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.desk.items = tuple(missing(number) for number in range(3))
    written: list[Any] = []
    monkeypatch.setattr(deciding, "write", lambda *given: written.append(given))
    group = place.get("/review")["groups"][0]["id"]
    value = {"field": "contact", "organisation": "가나다센터", "phones": ["02-111-2222"], "remove": False}
    done = place.act(group, action="correct", corrections=[value]).json()
    assert done["written"] == 3
    ((_, _, entries, note, _),) = written
    assert [entry["program"] for entry in entries] == ["사업 0", "사업 1", "사업 2"]
    assert entries[0] == {**value, "program": "사업 0", "remove": "false", "reason": "통화로 확인"}
    assert note.endswith("운영자")


@pytest.mark.long
def test_a_correction_that_would_stop_the_next_sync_is_refused_and_nothing_is_decided(place: Place) -> None:
    item = place.get("/review", code="missing")["items"][0]["id"]
    value = {"field": "contact", "organisation": "가나다센터", "phones": ["02-1"]}
    reply = place.act(item, action="correct", corrections=[value])
    assert is_problem(reply, 422)
    assert "phones" in reply.json()["detail"]
    assert not (place.folder / "corpus" / "overrides.yaml").exists()
    assert place.get("/review")["decided"] == 0


def test_a_file_of_corrections_that_cannot_be_read_is_the_files_fault(place: Place) -> None:
    (place.folder / "corpus" / "overrides.yaml").write_text("- [", "utf-8")
    item = place.get("/review", code="missing")["items"][0]["id"]
    value = {"field": "alias", "value": "다른 이름"}
    assert is_problem(place.act(item, action="correct", corrections=[value]), 409)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"action": "correct"}, 422),
        ({"action": "accept", "corrections": [{"field": "alias", "value": "a"}]}, 422),
        ({"action": "accept", "reason": " "}, 422),
        ({"action": "forget"}, 422),
        ({"action": "correct", "corrections": [{"field": "alias", "colour": "red"}]}, 422),
    ],
)
def test_a_wrong_action_is_refused(place: Place, body: dict[str, Any], status: int) -> None:
    item = place.get("/review", code="missing")["items"][0]["id"]
    assert is_problem(place.act(item, **body), status)


@pytest.mark.long
def test_what_is_no_item_any_more_is_not_found(place: Place) -> None:
    assert is_problem(place.act("i0", action="accept"), 404)


def test_a_whole_file_has_no_value_to_correct(place: Place) -> None:
    item = place.get("/review", code="file")["items"][0]["id"]
    assert is_problem(place.act(item, action="correct", corrections=[{"field": "alias", "value": "a"}]), 422)


@pytest.mark.long
def test_a_page_is_drawn_with_the_quote_lit(place: Place) -> None:
    plain, lit = (
        place.client.get("/v1/corpus/pages/pdf/6.png", headers=STAFF, params=params) for params in ({}, {"mark": ROW})
    )
    assert plain.headers["content-type"] == lit.headers["content-type"] == "image/png"
    assert plain.content.startswith(b"\x89PNG") and lit.content.startswith(b"\x89PNG")
    assert plain.content != lit.content


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("pdf/99.png", "20쪽까지"),
        ("none/1.png", "문서가 없습니다"),
        ("page/1.png", ".json"),
        ("changed/1.png", "바뀌었습니다"),
        ("broken/1.png", "그리지 못했습니다"),
        ("outside/1.png", "자료 폴더에 없습니다"),
        ("guide/20.json", "19쪽까지"),
        ("none/1.json", "문서가 없습니다"),
    ],
)
def test_a_page_that_cannot_be_shown_says_why(place: Place, path: str, said: str) -> None:
    reply = place.client.get(f"/v1/corpus/pages/{path}", headers=STAFF)
    assert is_problem(reply, 404)
    assert said in reply.json()["detail"]


def test_the_text_of_a_page_is_told_with_the_quote_lit_however_it_is_spaced(place: Place) -> None:
    page = place.get("/pages/guide/17.json", mark="4월20일까지 접수합니다")
    assert page["html"] == "신청은  <mark>4월 20일까지\n접수합니다</mark>."
    assert [page["text"][first:end] for first, end in page["spans"]] == ["4월 20일까지\n접수합니다"]
    assert place.get("/pages/guide/1.json", mark="없음")["html"] == "&lt;첫 쪽&gt;"


@pytest.mark.long
def test_what_is_stale_is_listed_with_its_days(place: Place) -> None:
    page = place.get("/stale", as_of="2027-06-01")
    assert [(one["source_id"], one["why"], one["published_on"]) for one in page["items"]] == [
        ("guide", "published_on", "2026-01")
    ]
    place.act(page["items"][0]["id"], action="set_aside")
    assert place.get("/stale")["total"] == 0


def test_where_the_database_is_out_the_review_is_out_and_says_so(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def out(_: object) -> None:
        raise StoreUnavailable("데이터베이스를 쓸 수 없습니다.")

    monkeypatch.setattr(Decisions, "all", out)
    assert is_problem(place.client.get("/v1/corpus/review", headers=STAFF), 503)
