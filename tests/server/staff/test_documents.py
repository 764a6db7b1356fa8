"""Files that staff send over HTTP are taken or refused one by one, and whoever has no key sends nothing."""

from __future__ import annotations

import io
import socket
import threading
import zipfile

import pytest

from ingest.files.manifest import read_manifest
from server.http.gate import UPLOAD_LIMIT
from tests.server.staff.conftest import BOUNDARY, KEY, Site, form

PDF = b"%PDF-1.4\n%%EOF\n"
PATH = "/v1/corpus/documents"


def test_several_files_come_with_what_is_told_of_each(site: Site) -> None:
    reply = site.upload(
        ("files", "둘째.pdf", PDF),
        ("files", "셋째.txt", "셋째 글".encode()),
        ("id", None, b"b"),
        ("id", None, b"c"),
        ("title", None, "둘째 공고".encode()),
        ("title", None, "셋째 공고".encode()),
        ("publisher", None, "가나다센터".encode()),
        ("region", None, "경기도".encode()),
    )
    assert reply.status == 201
    told = reply.json()["documents"]
    assert [(one["id"], one["file"], one["state"], one["format"]) for one in told] == [
        ("b", "둘째.pdf", "added", "pdf"),
        ("c", "셋째.txt", "added", "text"),
    ]
    entries = {entry.id: entry for entry in read_manifest(site.corpus)}
    assert (entries["b"].title, entries["c"].title) == ("둘째 공고", "셋째 공고")
    assert {entries[id_].publisher for id_ in "bc"} == {"가나다센터"}


def test_one_bad_file_keeps_no_good_one_out_and_is_told_with_the_reason(site: Site) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", bytes(2**24))
    reply = site.upload(
        ("files", "bomb.pdf", bomb.getvalue()),
        ("files", "empty.pdf", b""),
        ("files", "../../outside.txt", b"abc"),
        ("files", "<img src=x onerror=alert(1)>\x01.pdf", b"\x89PNG\r\n\x1a\n\0\0\0"),
    )
    assert reply.status == 201
    assert reply.headers["content-type"] == "application/json"  # whatever a name holds, no browser runs it
    told = reply.json()["documents"]
    assert [one["code"] for one in told] == ["unsupported", "no_text", "ok", "unsupported"]
    assert told[2]["file"] == "outside.txt"
    assert "<img src=x onerror=alert(1)>" in told[3]["message"] and "\x01" not in told[3]["message"]
    assert {path.name for path in site.corpus.iterdir()} == {"manifest.csv", "a.md", "outside.txt", ".manifest.lock"}


def test_where_no_file_is_taken_the_request_is_refused_with_every_reason(site: Site) -> None:
    reply = site.upload(("files", "a.md", b"# other"), ("files", "empty.pdf", b""))
    assert reply.status == 422
    assert reply.headers["content-type"] == "application/problem+json"
    assert "replace=true" in reply.json()["detail"] and "empty.pdf" in reply.json()["detail"]


def test_an_id_that_is_taken_is_replaced_only_where_that_is_asked_for(site: Site) -> None:
    assert site.upload(("files", "b.md", b"# b"), ("id", None, b"a")).status == 422
    reply = site.upload(("files", "b.md", b"# b"), ("id", None, b"a"), ("replace", None, b"true"))
    assert reply.json()["documents"][0]["state"] == "replaced"
    assert (site.corpus / "a.md").read_bytes() == b"# b"


@pytest.mark.parametrize(
    ("parts", "named"),
    [
        ((), "files"),
        ((("files", None, b"text"),), "files"),
        ((("files", "b.txt", b"abc"), ("titel", None, b"b")), "titel"),
        ((("files", "b.txt", b"abc"), ("replace", None, b"perhaps")), "replace"),
        ((("files", "b.txt", b"abc"), ("files", "c.txt", b"abc"), ("id", None, b"b")), "id"),
        ((("files", "b.txt", b"abc"), ("files", "b.txt", b"abd")), "b.txt"),
        ((("files", "b.txt", b"abc"), ("published_on", None, b"2026-02-30")), "published_on"),
        ((("files", "b.txt", b"abc"), ("title", "t.txt", b"abc")), "files"),
        (tuple(("files", f"{n}.txt", b"abc") for n in range(51)), "50"),
    ],
)
def test_a_form_that_is_wrong_is_refused_by_name(
    site: Site, parts: tuple[tuple[str, str | None, bytes], ...], named: str
) -> None:
    reply = site.upload(*parts)
    assert reply.status == 422
    assert named in reply.json()["detail"]
    assert [entry.id for entry in read_manifest(site.corpus)] == ["a"]


def test_what_is_no_form_is_refused(site: Site) -> None:
    assert site.send("POST", PATH, b"{}", Content_Type="application/json").status == 422
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    assert site.send("POST", PATH, b"no part at all", Content_Type=kind).status == 422
    assert site.send("POST", f"{PATH}?titel=b", form(("files", "b.txt", b"abc")), Content_Type=kind).status == 422


def test_a_large_file_comes_through_and_one_too_large_is_refused_before_it_is_sent(site: Site) -> None:
    large = PDF + bytes(5 * 2**20)
    assert site.upload(("files", "large.pdf", large)).json()["documents"][0]["size"] == len(large)
    for key, status in ((KEY, b"413"), ("wrong", b"401")):
        with socket.create_connection(("127.0.0.1", site.port), timeout=60) as line:
            head = (
                f"POST {PATH} HTTP/1.1\r\nHost: localhost\r\nX-API-Key: {key}\r\nContent-Length: {UPLOAD_LIMIT + 1}\r\n"
            )
            line.sendall(f"{head}Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n\r\n".encode())
            assert line.recv(4096).split()[1] == status


def test_seventy_megabytes_that_nobody_announced_are_refused_on_the_way(site: Site) -> None:
    with socket.create_connection(("127.0.0.1", site.port), timeout=60) as line:
        head = f"POST {PATH} HTTP/1.1\r\nHost: localhost\r\nX-API-Key: {KEY}\r\nTransfer-Encoding: chunked\r\n"
        line.sendall(f"{head}Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n\r\n".encode())
        start = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="l.pdf"\r\n\r\n'.encode()
        try:
            for part in (start, *[bytes(2**20)] * 70):
                line.sendall(f"{len(part):x}\r\n".encode() + part + b"\r\n")
        except OSError:
            pass  # the server has heard enough
        try:
            told = line.recv(4096)
        except OSError:
            told = b""
    assert not told or told.split()[1] == b"413"
    assert {path.name for path in site.corpus.iterdir()} == {"manifest.csv", "a.md"}


def test_without_the_key_nothing_of_a_body_is_read(site: Site) -> None:
    for key in ("", "wrong"):
        assert site.upload(("files", "b.txt", b"abc"), X_API_Key=key).status == 401
        assert site.send("DELETE", f"{PATH}/a", X_API_Key=key).status == 401
    assert (site.corpus / "a.md").is_file()


def test_many_who_send_at_once_lose_no_row(site: Site) -> None:
    def send(who: int) -> None:
        for n in range(6):
            statuses.append(site.upload(("files", f"{who}-{n}.txt", f"{who} {n}".encode())).status)

    statuses: list[int] = []
    threads = [threading.Thread(target=send, args=(who,)) for who in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [201] * 30
    entries = read_manifest(site.corpus)
    assert len(entries) == 31 and all(entry.listed and entry.path.is_file() for entry in entries)


def test_what_is_taken_away_lies_aside_and_nothing_else_is_touched(site: Site) -> None:
    assert site.send("DELETE", f"{PATH}/a").status == 204
    assert site.send("DELETE", f"{PATH}/a").status == 404
    assert site.send("DELETE", f"{PATH}/..%2F..%2Fetc").status in (404, 405)
    (aside,) = (site.corpus / ".removed").iterdir()
    assert {path.name for path in aside.iterdir()} == {"a.md", "manifest.csv"}


def test_a_corpus_that_cannot_be_used_is_an_outage_that_is_told(site: Site) -> None:
    (site.corpus / "manifest.csv").write_text("id,file\n", "utf-8")
    reply = site.upload(("files", "b.txt", b"abc"))
    assert reply.status == 503
    assert "manifest.csv" in reply.json()["detail"]
