"""K-Startup: pages of the announcement API of the public-data portal, as JSON or as XML, flow in, notices flow out.

https://www.data.go.kr/data/15125364/openapi.do; days have eight digits, rows of the XML are `<item>` with
`<col name="…">`. What is wrong comes with any status, as `OpenAPI_ServiceResponse` in XML or JSON or as a code with a
message.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from urllib.parse import urlencode, urljoin

from ingest.sources import xml
from ingest.sources.configured import Configured
from ingest.sources.days import day_of, in_words
from ingest.sources.listed import Listed, Page
from ingest.sources.polite import Passing, Polite, quoted
from ingest.sources.rows import Row, cells_of, fields_of, first, places_in, plain, row_of
from rag.errors import CollectFailed
from rag.messages import collecting as said
from rag.outbound import Reply

_SITE = "https://www.k-startup.go.kr"
_PHONE = re.compile(r"(?<![\d-])(02|0\d{2}|050\d)(\d{3,4})(\d{4})(?![\d-])")
_YEARS, _AGE = "업력", re.compile(r"\d\s*년")
_ERROR = "OpenAPI_ServiceResponse"


class KStartup:
    """Pages of the API, numbered from 1, the announcement with the greatest number first."""

    def __init__(self, source: Configured, polite: Polite, key: str) -> None:
        self._source, self._polite, self._key = source, polite, key

    def page(self, cursor: str, since: date | None) -> Page:
        """The page of that number; the API tells no day of publication, so `since` is held against the first day."""
        number = int(cursor or 1)
        found, total = self._polite.asked(self._address(number), self._rows, judge=self._judge)
        fields = fields_of("kstartup")
        notices: list[Listed] = []
        faults: list[str] = []
        lost = 0
        for row in found:
            notice, wrong = notice_of(row, fields)
            faults += wrong
            lost += notice is None
            notices += [notice] if notice else []
        opened = [day_of(first(row, fields["opens"])) for row in found]
        is_past = since is not None and opened and all(day and day < since.isoformat() for day in opened)
        size = self._source.page_size
        goes_on = bool(found) and not is_past and (number * size < total if total is not None else len(found) == size)
        return Page(tuple(notices), str(number + 1) if goes_on else "", total, tuple(faults), lost)

    def _address(self, number: int) -> str:
        asked = {**self._source.query, "page": number, "perPage": self._source.page_size}
        asked["returnType"] = self._source.form
        return f"{self._source.address}?serviceKey={quoted(self._key)}&{urlencode(asked)}"

    def _judge(self, reply: Reply) -> None:
        """Raise what the portal tells of an error, whatever the status."""
        raw = reply.body[:4096]
        code, why = "", ""
        if _ERROR.encode() in raw or b"cmmMsgHeader" in raw:
            told = _words(reply.body, self._source.name)
            code, why = told.get("returnReasonCode", ""), told.get("returnAuthMsg", "") or told.get("errMsg", "")
        elif raw.lstrip().startswith(b"{") and b'"code"' in raw and b'"data"' not in raw:
            told = _words(reply.body, self._source.name)
            code, why = told.get("code", ""), told.get("msg", "")
        if code or why:
            raise self._refusal(code, " ".join(f"{code} {why}".split())[:80])

    def _refusal(self, code: str, why: str) -> CollectFailed:
        words = fields_of("portal_errors")
        said_so = {code, *why.split()}
        if said_so & set(words["key"]):
            return self._polite.refused_key(why)
        if said_so & set(words["limit"]):
            return CollectFailed(said.LIMITED.format(name=self._source.name, why=why))
        return Passing(said.SAID.format(name=self._source.name, why=why))

    def _rows(self, reply: Reply) -> tuple[Sequence[Row], int | None]:
        """The rows of a reply and how many there are in all. Raises Passing where it is of another form."""
        raw = reply.body.strip()
        return self._of_json(raw) if self._source.form == "json" else self._of_xml(raw)

    def _of_json(self, raw: bytes) -> tuple[Sequence[Row], int | None]:
        try:
            told = json.loads(raw)
        except (ValueError, RecursionError) as error:
            raise Passing(said.NOT_JSON.format(name=self._source.name, what=_beginning(raw))) from error
        found = told.get("data") if isinstance(told, Mapping) else None
        if isinstance(found, Mapping):  # as its description has it
            found = found.get("data")
        if not isinstance(found, list) or not all(isinstance(each, Mapping) for each in found):
            raise Passing(said.NO_ROWS.format(name=self._source.name))
        total = told.get("matchCount", told.get("totalCount"))
        return [row_of(each) for each in found], total if isinstance(total, int) else None

    def _of_xml(self, raw: bytes) -> tuple[Sequence[Row], int | None]:
        root = xml.tree(raw, self._source.name)
        if xml.local(root) != "results":
            raise Passing(said.NOT_XML.format(name=self._source.name, what=f"<{xml.local(root)}>"))
        found = [
            {col.attrib.get("name", ""): (col.text or "").strip() for col in xml.named(item, "col")}
            for item in xml.named(root, "item")
        ]
        told = xml.words_of(root)
        total = told.get("matchCount") or told.get("totalCount") or ""
        return found, int(total) if total.isdecimal() else None


def notice_of(row: Row, fields: Mapping[str, tuple[str, ...]]) -> tuple[Listed | None, tuple[str, ...]]:
    """The notice that a row tells of, `None` where it has no title, and sentences on what of it is no value."""
    way = first(row, fields["url"])
    url = urljoin(_SITE, way if way.startswith(("http", "/")) or not way else f"https://{way}")
    id_ = first(row, fields["id"]) or url
    title = plain(first(row, fields["title"]))
    if not title:
        return None, (said.NO_TITLE.format(id=id_),)
    period, wrong = in_words(_period(first(row, fields["opens"]), first(row, fields["closes"])))
    ways = ((way, plain(first(row, names))) for way, names in fields_of("kstartup_ways").items())
    how = "; ".join(f"{way}: {words}" for way, words in ways if words)
    parts = (plain(row.get(name, "")) for name in fields_of("kstartup_asking")["parts"])
    office = " ".join(_PHONE.sub(_dashed, words) for words in parts if words)
    body = first(row, fields["body"])
    notice = Listed(
        id=id_,
        title=title,
        url=url,
        agency=plain(first(row, fields["agency"])),
        region=places_in(first(row, fields["region"]).replace("특별시", ""), r"[,ㆍ·\s]+")
        or plain(first(row, fields["region"])),
        period=period,
        cells=(
            *_cells(row),
            *((("신청방법", how),) if how else ()),
            *((("문의처", office),) if any(map(str.isdigit, office)) else ()),
        ),
        body=body,
        is_html="</" in body or "<br" in body.lower(),
    )
    return notice, tuple(said.NO_DAY.format(id=id_, label="접수기간", words=words) for words in wrong)


def _cells(row: Row) -> Iterator[tuple[str, str]]:
    """What the row states; the years of a firm as a box that was ticked only where the words tell none of their own.

    "7년미만" is ticked for want of another box where the words say "7년 이내".
    """
    told = row.get("aply_trgt_ctnt", "")
    return (cell for cell in cells_of(row, "kstartup_cells") if cell[0] != _YEARS or not _AGE.search(told))


def _dashed(found: re.Match[str]) -> str:
    """A number written without its dashes, as the portal sends it, with them."""
    return "-".join(part for part in found.groups() if part)


def _period(opens: str, closes: str) -> str:
    """The first and the last day in one, of a moment its day."""
    days = [(day_of(words) or words).replace("-", "") if words else "" for words in (opens, closes)]
    return " ~ ".join(days) if any(days) else ""


def _words(raw: bytes, name: str) -> dict[str, str]:
    """Every word of an error by the name of its field, at any depth."""
    found: dict[str, str] = {}
    if not raw.lstrip().startswith(b"{"):
        return {xml.local(node): (node.text or "").strip() for node in xml.tree(raw.strip(), name).iter()}
    try:
        left = [json.loads(raw)]
    except (ValueError, RecursionError):
        return found
    while left:
        told = left.pop()
        for key, value in told.items() if isinstance(told, Mapping) else ():
            if isinstance(value, Mapping):
                left.append(value)
            else:
                found[str(key)] = str(value)
    return found


def _beginning(raw: bytes) -> str:
    return " ".join(raw[:200].decode("utf-8", "replace").split())[:40] or "빈 답"
