"""A scripted portal: rows, files and faults flow in; a server on loopback that answers as the portals do flows out."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from rag.yaml_file import read_yaml

BIZINFO, KSTARTUP = "/uss/rss/bizinfoApi.do", "/B552735/kisedKstartupService01/getAnnouncementInformation01"
KEY = "mock/key+of==the-portal"
_PIECE = b"x" * 2**16

Rows = Sequence[Mapping[str, Any]]


class Fault(StrEnum):
    """What goes wrong with one reply."""

    NONE = "none"
    BUSY = "busy"
    ERROR = "error"
    PAGE = "page"
    CUT = "cut"
    REPEAT = "repeat"
    NO_ROWS = "no_rows"
    USED_UP = "used_up"


@dataclass(slots=True)
class Portal:
    """What the portal holds; a test may change any of it meanwhile.

    `faults` are those of the next requests to an API, in turn, behind them all is well. `asked` are the addresses that
    were asked. `files` are by path, with the type they are declared as; `endless` paths stream 300 MB and say so.
    It listens at `url`. Where rows are counted (`is_counted`), `total` is told in the place of how many there are.
    """

    bizinfo: list[dict[str, Any]]
    kstartup: list[dict[str, Any]]
    url: str = ""
    key: str = KEY
    faults: list[Fault] = field(default_factory=list)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    endless: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    retry_after: str = "1"
    is_counted: bool = True
    total: int = 0


def sample() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows of both portals that tell of everything that is read."""
    rows = read_yaml(Path(__file__).with_name("rows.yaml"))
    return rows["bizinfo"], rows["kstartup"]


@contextmanager
def serving(portal: Portal) -> Iterator[Portal]:
    """The portal on a free port of this machine, until it is left."""

    class Handler(_Handler):
        holds = portal

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    portal.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield portal
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    holds: Portal

    def do_GET(self) -> None:
        """Answer by the path."""
        parts = urlsplit(self.path)
        self.holds.asked.append(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        answer = {BIZINFO: self._bizinfo, KSTARTUP: self._kstartup}.get(parts.path)
        if answer is None:
            self._file(self.path)
        elif not self._fails(fault := self.holds.faults.pop(0) if self.holds.faults else Fault.NONE, parts.path):
            answer(asked, fault)

    def _fails(self, fault: Fault, path: str) -> bool:
        """Whether the reply is one of an error, whatever was asked."""
        if fault is Fault.BUSY:
            self._send(429, "text/plain", b"API rate limit exceeded", **{"Retry-After": self.holds.retry_after})
        elif fault is Fault.ERROR:
            self._send(500, "text/plain", b"Unexpected errors")
        elif fault is Fault.PAGE:
            self._send(200, "text/html", "<!DOCTYPE html><html><body>점검 중입니다.</body></html>".encode())
        elif fault is Fault.USED_UP and path == KSTARTUP:
            self._send(200, "text/xml", _portal_error("LIMITED_NUMBER_OF_SERVICE_REQUESTS_EXCEEDS_ERROR", 22))
        elif fault is Fault.USED_UP:
            self._json({"reqErr": "일일 호출 횟수를 초과하였습니다."})
        elif fault is Fault.NO_ROWS:
            self._json({"result": "ok"})
        else:
            return False
        return True

    def _bizinfo(self, asked: Mapping[str, str], fault: Fault) -> None:
        if asked.get("crtfcKey") != self.holds.key:
            self._json({"reqErr": f"등록되지 않은 인증키 입니다. ({asked.get('crtfcKey', '')})"})
            return
        number = 1 if fault is Fault.REPEAT else int(asked.get("pageIndex", "1"))
        rows = [dict(row) for row in _page(self.holds.bizinfo, number, int(asked.get("pageUnit", "15")))]
        for row in rows:
            row.pop("totCnt", None)
            if self.holds.is_counted:
                row["totCnt"] = self.holds.total or len(self.holds.bizinfo)
        if asked.get("dataType") == "json":
            self._json({"jsonArray": rows}, fault)
            return
        items = "".join(f"<item>{''.join(map(_element, row.items()))}</item>" for row in rows)
        head = "<title>기업마당</title><link>https://www.bizinfo.go.kr</link>"
        xml = f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>{head}{items}</channel></rss>'
        self._send(200, "application/xml", _cut(xml.encode(), fault))

    def _kstartup(self, asked: Mapping[str, str], fault: Fault) -> None:
        if asked.get("serviceKey") != self.holds.key:
            self._send(403, "text/xml", _portal_error("SERVICE_KEY_IS_NOT_REGISTERED_ERROR", 30))
            return
        size = int(asked.get("perPage", "10"))
        number = 1 if fault is Fault.REPEAT else int(asked.get("page", "1"))
        rows, total = _page(self.holds.kstartup, number, size), len(self.holds.kstartup)
        told = {"currentCount": len(rows), "matchCount": total, "page": number, "perPage": size, "totalCount": total}
        if asked.get("returnType") == "json":
            self._json({**told, "data": list(rows)}, fault)
            return
        counts = "".join(f"<{name}>{value}</{name}>" for name, value in told.items())
        items = "".join(
            "<item>"
            + "".join(f'<col name="{n}">{escape(str(v))}</col>' for n, v in row.items() if v is not None)
            + "</item>"
            for row in rows
        )
        xml = f'<?xml version="1.0" encoding="UTF-8"?><results>{counts}<data>{items}</data></results>'
        self._send(200, "text/xml", _cut(xml.encode(), fault))

    def _file(self, path: str) -> None:
        if path in self.holds.endless:
            self._stream()
        elif path in self.holds.files:
            kind, raw = self.holds.files[path]
            self._send(200, kind, raw)
        else:
            self._send(404, "text/plain", b"Not Found")

    def _stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(300 * 2**20))
        self.end_headers()
        try:
            for _ in range(300 * 2**20 // len(_PIECE)):
                self.wfile.write(_PIECE)
        except OSError:  # whoever asked has had enough
            self.close_connection = True

    def _json(self, told: object, fault: Fault = Fault.NONE) -> None:
        self._send(200, "application/json", _cut(json.dumps(told, ensure_ascii=False).encode(), fault))

    def _send(self, status: int, kind: str, raw: bytes, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(raw)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _page(rows: Rows, number: int, size: int) -> Rows:
    return rows[(number - 1) * size : number * size]


def _cut(raw: bytes, fault: Fault) -> bytes:
    return raw[: len(raw) * 2 // 3] if fault is Fault.CUT else raw


def _element(named: tuple[str, Any]) -> str:
    name, value = named
    return f"<{name}></{name}>" if value is None else f"<{name}><![CDATA[{value}]]></{name}>"


def _portal_error(why: str, code: int) -> bytes:
    told = f"<errMsg>SERVICE ERROR</errMsg><returnAuthMsg>{why}</returnAuthMsg>"
    inner = f"<cmmMsgHeader>{told}<returnReasonCode>{code}</returnReasonCode></cmmMsgHeader>"
    return f"<OpenAPI_ServiceResponse>{inner}</OpenAPI_ServiceResponse>".encode()
