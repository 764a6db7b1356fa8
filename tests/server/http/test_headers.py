"""Headers of security: on the page, on answers, on files and on refusals, as strict as each allows."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from server.http.gate import BODY_LIMIT
from server.http.headers import ALWAYS, policy

EVERYTHING = (
    *(
        ("GET", "/", 200),
        ("GET", "/a/none", 404),
        ("GET", "/diagnosis", 303),
        ("GET", "/diagnosis/none/report.pdf", 303),
        ("GET", "/docs", 200),
        ("GET", "/openapi.json", 200),
    ),
    *(("GET", "/healthz", 200), ("GET", "/documents/guide", 200), ("GET", "/theme.css", 200)),
    *(("GET", "/favicon.ico", 200), ("GET", "/nothing", 404), ("GET", "/v1/nothing", 404), ("PUT", "/healthz", 405)),
    *(("POST", "/v1/ask", 422), ("POST", "/gradio_api/upload", 401)),
)


@pytest.mark.parametrize(("method", "path", "status"), EVERYTHING)
def test_every_response_carries_them(client: TestClient, page_env: None, method: str, path: str, status: int) -> None:
    answer = client.request(method, path, follow_redirects=False)
    assert answer.status_code == status
    assert {name: answer.headers[name] for name in ALWAYS} == ALWAYS
    rules = answer.headers["content-security-policy"]
    assert rules == policy(path, answer.headers.get("content-type", ""))
    assert "default-src 'none'" in rules
    assert "frame-ancestors 'none'" in rules
    assert "http" not in rules and "*" not in rules


def test_a_request_that_is_too_large_is_refused_with_them(client: TestClient) -> None:
    answer = client.post("/v1/ask", content=b"0" * (BODY_LIMIT + 1))
    assert answer.status_code == 413
    assert answer.headers["x-frame-options"] == "DENY"


def test_only_the_page_may_run_scripts() -> None:
    assert "script-src 'self';" in policy("/", "text/html; charset=utf-8")
    assert "script-src 'self' 'unsafe-inline'" in policy("/diagnosis", "text/html; charset=utf-8")
    for path, kind in (
        ("/docs", "text/html"),
        ("/v1/diagnoses/1/report.html", "text/html; charset=utf-8"),
        ("/diagnosis/1/report.html", "text/html; charset=utf-8"),
        ("/v1/ask", "application/json"),
        ("/", "application/problem+json"),
        ("/documents/guide", "application/pdf"),
        ("/v1/anything", ""),
    ):
        assert "script-src" not in policy(path, kind)
