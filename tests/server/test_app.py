"""The HTTP face answers as the contract says, and says every error in one form."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import httpx2
import pytest
from fastapi.testclient import TestClient

from rag.errors import ModelUnavailable
from rag.settings import Settings
from server.app import create_app
from server.asking.reply import AskResponse
from server.desks.service import Service
from server.http.gate import BODY_LIMIT
from tests.server.fakes import HERE, FakeDesk


def is_problem(reply: httpx2.Response, status: int) -> bool:
    """Whether a reply is a problem of that status, in the one form, with a Korean detail."""
    body = reply.json()
    return (
        reply.status_code == body["status"] == status
        and reply.headers["content-type"] == "application/problem+json"
        and set(body) == {"type", "title", "status", "detail", "request_id"}
        and body["request_id"] == reply.headers["x-request-id"]
        and any("가" <= letter <= "힣" for letter in body["detail"])
    )


def test_a_question_is_answered_in_the_form_of_the_contract(client: TestClient, desk: FakeDesk) -> None:
    reply = client.post("/v1/ask", json={"question": "언제까지입니까?", "profile": {"size": "중소기업"}})
    assert reply.status_code == 200
    answer = AskResponse.model_validate(reply.json())
    assert (answer.generation, answer.mode, answer.degraded) == ("g1", "grounded", False)
    assert answer.programs[0].findings[0].result == "met"
    assert desk.asked[-1].as_of == date(2026, 3, 20)


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"question": ""}, "question"),
        ({"question": "가" * 2001}, "question"),
        ({"question": "a", "nonsense": 1}, "nonsense"),
        ({"question": "a", "profile": {"employees": -3}}, "profile.employees"),
        ({"question": "\ud800"}, "question"),
        ([], "요청 본문"),
    ],
)
def test_a_bad_request_is_a_problem_that_names_the_field(client: TestClient, body: object, named: str) -> None:
    import json

    reply = client.post("/v1/ask", content=json.dumps(body), headers={"content-type": "application/json"})
    assert is_problem(reply, 422)
    assert named in reply.json()["detail"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/v1/nothing", 404),
        ("GET", "/v1/programs/nothing", 404),
        ("GET", "/documents/nothing", 404),
        ("GET", "/documents/..%2f..%2fetc%2fpasswd", 404),
        ("GET", "/v1/ask", 405),
        ("DELETE", "/v1/programs", 405),
        ("POST", "/healthz", 405),
        ("GET", "/v1/programs?page=0", 422),
        ("GET", "/v1/programs?region=아무말", 422),
        ("GET", "/v1/programs?status=sometimes", 422),
        ("GET", "/v1/programs?as_of=tomorrow", 422),
    ],
)
def test_every_error_has_one_form(client: TestClient, method: str, path: str, status: int) -> None:
    assert is_problem(client.request(method, path), status)


def test_a_wrong_method_is_told_which_ones_are_right(client: TestClient) -> None:
    assert client.get("/v1/ask").headers["allow"] == "POST"


def test_broken_json_is_a_problem(client: TestClient) -> None:
    reply = client.post("/v1/ask", content=b"{", headers={"content-type": "application/json"})
    assert is_problem(reply, 422)


@pytest.mark.parametrize("declared", [True, False])
def test_a_body_too_large_is_refused_whether_or_not_it_says_so(client: TestClient, declared: bool) -> None:
    body = b"x" * (BODY_LIMIT + 1)
    reply = client.post("/v1/ask", content=body if declared else iter([body]))
    assert is_problem(reply, 413)


def test_a_broken_answer_is_a_problem_that_shows_nothing_of_the_inside(client: TestClient, desk: FakeDesk) -> None:
    desk.fails = RuntimeError("secret detail")
    reply = client.post("/v1/ask", json={"question": "a"})
    assert is_problem(reply, 500)
    assert "secret" not in reply.text


def test_an_outage_is_503_with_its_sentence_and_when_to_come_back(client: TestClient, desk: FakeDesk) -> None:
    desk.fails = ModelUnavailable("모델을 불러올 수 없습니다.")
    reply = client.post("/v1/ask", json={"question": "a"})
    assert is_problem(reply, 503)
    assert reply.headers["retry-after"] == "30"
    assert reply.json()["detail"] == "모델을 불러올 수 없습니다."


def test_a_request_keeps_the_id_it_came_with_and_never_a_harmful_one(client: TestClient) -> None:
    assert client.get("/healthz", headers={"X-Request-ID": "abc-1"}).headers["x-request-id"] == "abc-1"
    assert client.get("/healthz", headers={"X-Request-ID": 'a"b'}).headers["x-request-id"] != 'a"b'


def test_ready_when_the_probe_is_answered(client: TestClient) -> None:
    assert client.get("/readyz").json() == {
        "status": "ok",
        "generation": "g1",
        "files": {"read": 1, "unread": 1},
        "storage": [],
    }


def test_not_ready_when_the_probe_breaks_though_the_process_is_up(client: TestClient, desk: FakeDesk) -> None:
    desk.fails = RuntimeError("broken")
    assert is_problem(client.get("/readyz"), 503)
    assert client.get("/healthz").status_code == 200


def test_without_an_index_the_app_runs_and_says_what_to_do(tmp_path: Path) -> None:
    app = create_app(
        Service(tmp_path, FakeDesk), Settings(data_dir=tmp_path, corpus_dir=tmp_path), lambda: date(2026, 3, 20)
    )
    with TestClient(app, client=HERE) as client:
        for reply in (
            client.get("/readyz"),
            client.post("/v1/ask", json={"question": "a"}),
            client.get("/v1/programs"),
        ):
            assert is_problem(reply, 503)
            assert "jiwon sync" in reply.json()["detail"]
        assert client.get("/healthz").status_code == 200
        assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("", ["p1", "p2"]),
        ("q=바우처", ["p1"]),
        ("q=가상 융자", ["p2"]),
        ("q=없는말", []),
        ("region=화성시", ["p1", "p2"]),
        ("status=open", ["p1"]),
        ("status=closed", []),
        ("kind=voucher", ["p1"]),
        ("kind=loan", []),
        ("ministry=중소기업부", ["p1", "p2"]),
        ("ministry=국방부", []),
        ("size=중소기업", ["p1", "p2"]),
        ("size=대기업", []),
        ("per_page=1&page=2", ["p2"]),
        ("page=9", []),
    ],
)
def test_a_filter_lets_through_what_fits_and_nothing_else(client: TestClient, query: str, ids: list[str]) -> None:
    assert [program["id"] for program in client.get(f"/v1/programs?{query}").json()["programs"]] == ids


def test_a_page_says_how_many_there_are(client: TestClient) -> None:
    page = client.get("/v1/programs?per_page=1").json()
    assert (page["page"], page["per_page"], page["total"], page["pages"]) == (1, 1, 2, 2)


def test_a_programme_comes_with_its_facts_and_their_evidence(client: TestClient) -> None:
    program = client.get("/v1/programs/p1").json()
    assert program["contacts"][0]["phones"] == ["02-000-0000"]
    assert program["benefits"][0]["evidence"]["pages"] == [17, 17]
    assert program["document"]["title"] == "지원사업 안내"


def test_a_pdf_is_shown_in_the_browser(client: TestClient) -> None:
    reply = client.get("/documents/guide")
    assert reply.headers["content-type"] == "application/pdf"
    assert reply.headers["content-disposition"].startswith("inline")
    assert reply.content.startswith(b"%PDF")
    assert client.head("/documents/guide").status_code == 200


def test_a_page_of_another_is_never_run_in_our_name(client: TestClient) -> None:
    reply = client.get("/documents/page")
    assert reply.headers["content-disposition"].startswith("attachment")
    assert "html" not in reply.headers["content-type"]


@pytest.mark.parametrize("source_id", ["outside", "gone", "changed"])
def test_a_file_outside_the_folder_gone_or_changed_is_not_served(client: TestClient, source_id: str) -> None:
    assert is_problem(client.get(f"/documents/{source_id}"), 404)


def test_the_schema_names_the_addresses_of_the_contract(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {"/v1/ask", "/v1/programs", "/v1/programs/{program_id}", "/healthz", "/readyz"} <= set(paths)


def test_the_reference_names_every_address_and_field(client: TestClient) -> None:
    page = client.get("/docs").text
    for words in ("POST /v1/ask", "GET /v1/programs", "profile.employees", "programs.period.closes_on", "per_page"):
        assert words in page


def test_the_log_tells_of_a_request_without_its_words(client: TestClient, capsys: pytest.CaptureFixture[str]) -> None:
    from server.logs import set_up

    set_up("INFO")
    client.post("/v1/ask", json={"question": "비밀스러운 말"})
    client.get("/v1/programs?q=비밀스러운 말")
    set_up("ERROR")
    told = capsys.readouterr().err
    assert '"route": "/v1/ask"' in told
    assert "비밀" not in told
    assert "%EB%B9%84" not in told
