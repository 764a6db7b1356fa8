"""The routes of consultants answer in the forms of the contract, to the holder of a key and about its own alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import quote

import httpx2
import pytest
from fastapi.testclient import TestClient

from rag.diagnosis.survey import survey
from rag.settings import Settings
from server.app import create_app
from server.desks.service import Service
from server.http.gate import BODY_LIMIT
from tests.server.diagnoses.making import CASE, KEYS, Clock, consulting
from tests.server.fakes import HERE, FakeDesk
from tests.server.test_app import is_problem

STAFF_KEY = "k3y-of-the-staff-office"
ROUTES = (
    ("GET", "/v1/diagnoses"),
    ("POST", "/v1/diagnoses"),
    ("GET", "/v1/diagnoses/survey"),
    ("GET", "/v1/diagnoses/x"),
    ("PATCH", "/v1/diagnoses/x"),
    ("DELETE", "/v1/diagnoses/x"),
    ("POST", "/v1/diagnoses/x/issue"),
    ("POST", "/v1/diagnoses/x/reissue"),
    ("GET", "/v1/diagnoses/x/report.docx"),
)


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Iterator[TestClient]:
    """The application with two consultants and staff; whoever asks without saying is the first consultant."""
    data_dir = tmp_path_factory.mktemp("data")
    desk = FakeDesk()
    room = consulting(data_dir, desk, clock)
    app = create_app(
        Service(data_dir, lambda: desk),
        Settings(data_dir=data_dir, admin_key=STAFF_KEY),
        lambda: date(2026, 11, 20),
        consulting=room,
    )
    with TestClient(app, client=HERE, raise_server_exceptions=False, headers={"X-API-Key": KEYS[0]}) as client:
        yield client


def made(client: TestClient) -> str:
    """The id of a new draft."""
    return str(client.post("/v1/diagnoses", json=CASE).json()["id"])


def issued(client: TestClient) -> str:
    """The number of a newly issued diagnosis."""
    return str(client.post(f"/v1/diagnoses/{made(client)}/issue").json()["number"])


@pytest.mark.parametrize(("method", "path"), ROUTES)
@pytest.mark.parametrize("key", ["", "wrong", KEYS[0][:-1], STAFF_KEY, ",".join(KEYS), "k\u00e9y"])
def test_without_a_consultants_key_nothing_is_told(client: TestClient, method: str, path: str, key: str) -> None:
    reply = client.request(method, path, headers={b"X-API-Key": key.encode("latin-1")}, params={"page": 0})
    assert is_problem(reply, 401)
    assert reply.headers["www-authenticate"]


def test_the_key_is_asked_for_before_the_body_is_read(client: TestClient) -> None:
    headers = {"X-API-Key": "wrong", "content-type": "application/json"}
    assert is_problem(client.post("/v1/diagnoses", content=b"{no json", headers=headers), 401)
    headers["X-API-Key"] = KEYS[0]
    assert is_problem(client.post("/v1/diagnoses", content=b"{no json", headers=headers), 422)


def test_a_consultants_key_opens_nothing_of_staff(client: TestClient) -> None:
    assert is_problem(client.get("/v1/corpus/generations"), 401)


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_where_no_key_is_set_everybody_is_refused(tmp_path: Path, method: str, path: str) -> None:
    for room in (None, consulting(tmp_path, keys=())):
        app = create_app(
            Service(tmp_path, FakeDesk),
            Settings(data_dir=tmp_path, admin_key=STAFF_KEY),
            lambda: date(2026, 11, 20),
            consulting=room,
        )
        reply = TestClient(app, client=HERE).request(method, path, headers={"X-API-Key": STAFF_KEY})
        assert is_problem(reply, 403)
        assert "JIWON_CONSULT_KEY" in reply.json()["detail"]


def test_the_survey_is_told_with_where_it_comes_from(client: TestClient) -> None:
    questions = client.get("/v1/diagnoses/survey").json()
    assert [asked["id"] for asked in questions] == [asked.id for asked in survey()]
    assert all(asked["quote"] and asked["kind"] in ("one", "many", "amount", "words") for asked in questions)
    assert set(questions[0]["options"][0]) == {"id", "text"}


def test_a_draft_is_made_shown_edited_issued_and_written(client: TestClient) -> None:
    reply = client.post("/v1/diagnoses", json={**CASE, "as_of": "2026-12-01"})
    draft = reply.json()
    assert reply.status_code == 201
    assert reply.headers["location"] == f"/v1/diagnoses/{draft['id']}"
    assert reply.headers["cache-control"] == "no-store"
    assert (draft["status"], draft["number"], draft["as_of"], draft["level"]) == ("draft", None, "2026-12-01", "초급")
    assert draft["company"]["name"] == "비밀정밀" and draft["company"]["employees"] is None
    assert draft["recommendations"][0]["name"] == "가상 바우처"
    assert draft["report"]["parts"][0]["blocks"][0]["type"] == "grid"
    assert client.get(f"/v1/diagnoses/{draft['id']}").json() == draft
    sent = {"company": {"employees": 12}, "edits": {"opinion": "좋습니다."}}
    edited = client.patch(f"/v1/diagnoses/{draft['id']}", json=sent).json()
    assert (edited["company"]["name"], edited["company"]["employees"]) == ("비밀정밀", 12)
    assert edited["edits"] == {"opinion": "좋습니다."}
    done = client.post(f"/v1/diagnoses/{draft['id']}/issue").json()
    assert done["status"] == "issued" and done["number"].startswith("26-경인-")
    assert done["expires_at"] is None and done["issued_at"].endswith("+09:00")
    file = client.get(f"/v1/diagnoses/{done['number']}/report.json")
    assert file.json() == done["report"]
    name = quote(f"진단보고서_{done['number']}.json")
    assert file.headers["content-disposition"].endswith(f"filename*=UTF-8''{name}")
    assert (file.headers["content-type"], file.headers["cache-control"]) == ("application/json", "no-store")


def test_what_was_issued_is_reissued_listed_and_deleted(client: TestClient) -> None:
    number = issued(client)
    again = client.post(f"/v1/diagnoses/{number}/reissue")
    assert (again.status_code, again.json()["former"], again.json()["status"]) == (201, number, "draft")
    assert client.post(f"/v1/diagnoses/{number}/reissue", json={"as_of": "2026-12-02"}).json()["as_of"] == "2026-12-02"
    page = client.get("/v1/diagnoses?status=issued&per_page=100").json()
    assert (number, "비밀정밀") in {(line["number"], line["company"]) for line in page["diagnoses"]}
    assert (page["pages"], page["total"]) == (1, len(page["diagnoses"]))
    gone = client.delete(f"/v1/diagnoses/{number}")
    assert (gone.status_code, gone.content) == (204, b"")
    for method, path in (("GET", ""), ("GET", "/report.md"), ("POST", "/reissue"), ("DELETE", "")):
        assert is_problem(client.request(method, f"/v1/diagnoses/{number}{path}"), 410)


def test_another_consultants_cannot_be_told_from_none(client: TestClient) -> None:
    number = issued(client)
    other = {"X-API-Key": KEYS[1]}
    for method, path in (("GET", ""), ("PATCH", ""), ("DELETE", ""), ("POST", "/issue"), ("GET", "/report.md")):
        replies = [
            client.request(
                method, f"/v1/diagnoses/{name}{path}", headers=other, json={} if method == "PATCH" else None
            ).json()
            for name in (number, "26-경인-99999")
        ]
        assert [reply.pop("status") for reply in replies] == [404, 404]
        assert replies[0].pop("request_id") != replies[1].pop("request_id")
        assert replies[0] == replies[1]


def test_an_issued_one_refuses_every_change_with_409(client: TestClient) -> None:
    number = issued(client)
    assert is_problem(client.patch(f"/v1/diagnoses/{number}", json={"edits": {"opinion": "x"}}), 409)
    assert is_problem(client.post(f"/v1/diagnoses/{number}/issue"), 409)
    assert is_problem(client.post(f"/v1/diagnoses/{made(client)}/reissue"), 409)


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"company": {"employees": -3, "insured": "예"}, "nonsense": 1}, ("employees", "insured", "nonsense")),
        ({"company": {"address": "세상끝"}, "survey": {"nonsense": "x"}}, ("소재지", "nonsense")),
        ({"company": {"employees": "열", "founded": 1}, "as_of": 3}, ("employees", "founded", "as_of")),
        ({"as_of": "2026-13-01"}, ("as_of",)),
        ({"company": {"name": "\ud800"}}, ("company.name",)),
        ([], ("요청 본문",)),
    ],
)
def test_every_fault_of_a_case_is_named_and_none_of_its_values(
    client: TestClient, body: object, named: tuple[str, ...]
) -> None:
    import json

    before = client.get("/v1/diagnoses").json()["total"]
    reply = client.post("/v1/diagnoses", content=json.dumps(body), headers={"content-type": "application/json"})
    assert is_problem(reply, 422)
    assert not [word for word in named if word not in reply.json()["detail"]]
    assert client.get("/v1/diagnoses").json()["total"] == before


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"edits": {"overview": "x", "title": "y"}}, ("overview", "title")),
        ({"edits": {"opinion": "가" * 5001}}, ("opinion", "5,000")),
        ({"edits": {"opinion": 5}}, ("opinion",)),
        ({"number": "26-경인-00001"}, ("number",)),
        ({"company": {"employees": -1}}, ("employees",)),
        ({"company": {"address": "세상끝"}}, ("소재지",)),
    ],
)
def test_a_change_that_cannot_be_made_is_refused(client: TestClient, body: object, named: tuple[str, ...]) -> None:
    draft = made(client)
    before = client.get(f"/v1/diagnoses/{draft}").json()
    reply = client.patch(f"/v1/diagnoses/{draft}", json=body)
    assert is_problem(reply, 422)
    assert not [word for word in named if word not in reply.json()["detail"]]
    assert client.get(f"/v1/diagnoses/{draft}").json() == before


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/diagnoses/none", 404),
        ("GET", "/v1/diagnoses/" + "a" * 101, 422),
        ("GET", "/v1/diagnoses/..%2f..%2fetc", 404),
        ("GET", "/v1/diagnoses/none/report.exe", 422),
        ("GET", "/v1/diagnoses?page=0", 422),
        ("GET", "/v1/diagnoses?status=deleted", 422),
        ("PUT", "/v1/diagnoses/none", 405),
        ("DELETE", "/v1/diagnoses", 405),
    ],
)
def test_every_error_has_one_form(client: TestClient, method: str, path: str, status: int) -> None:
    assert is_problem(client.request(method, path), status)


def test_a_case_that_is_too_big_is_refused(client: TestClient) -> None:
    assert is_problem(client.post("/v1/diagnoses", json={"company": {"name": "가" * BODY_LIMIT}}), 413)


def test_an_expired_draft_is_gone(client: TestClient, clock: Clock) -> None:
    draft = made(client)
    began = clock.moment
    clock.pass_days(31)
    reply = client.get(f"/v1/diagnoses/{draft}")
    clock.moment = began
    assert is_problem(reply, 410)
    assert "기한" in reply.json()["detail"]


def test_the_schema_shows_every_route_in_korean_behind_its_key(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()
    shown = {
        (method.upper(), path.replace("{name}", "x").replace("{suffix}", "docx")): said
        for path, methods in schema["paths"].items()
        for method, said in methods.items()
        if path.startswith("/v1/diagnoses")
    }
    assert set(shown) == set(ROUTES)
    for said in shown.values():
        assert any("가" <= letter <= "힣" for letter in said["summary"])
        assert said["security"] == [{"ConsultKey": []}]
    assert schema["components"]["securitySchemes"]["ConsultKey"]["name"] == "X-API-Key"


def test_the_page_of_the_reference_names_them(client: TestClient) -> None:
    page: httpx2.Response = client.get("/docs")
    assert "/v1/diagnoses/{name}/issue" in page.text
