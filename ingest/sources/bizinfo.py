"""기업마당: pages of its support-programme API, as JSON or as RSS, flow in, notices flow out.

https://www.bizinfo.go.kr/apiDetail.do?id=bizinfoApi; an error comes with status 200 as `{"reqErr": "…"}`. Rows stand in
`jsonArray` as a list, as one row or as `{"item": […]}`. Every row tells how many there are (`totCnt`), those of before
2023 do not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import zip_longest
from urllib.parse import urlencode, urljoin

from ingest.sources import rows, xml
from ingest.sources.configured import Configured
from ingest.sources.days import day_of, in_words
from ingest.sources.listed import Attachment, Listed, Page
from ingest.sources.polite import Passing, Polite, quoted
from ingest.sources.rows import Row, cells_of, fields_of, first, places_in, plain, row_of
from rag.errors import CollectFailed
from rag.messages import collecting as said
from rag.outbound import Reply

_ID = re.compile(r"pblancId=([\w-]+)")
_SITE = "https://www.bizinfo.go.kr"
PERIOD = "신청기간"
PUBLISHED = "등록일"


class Bizinfo:
    """Pages of the API, numbered from 1, the notice that was registered last first."""

    def __init__(self, source: Configured, polite: Polite, key: str) -> None:
        self._source, self._polite, self._key = source, polite, key

    def page(self, cursor: str, since: date | None) -> Page:
        """The page of that number; there is none behind one whose notices were all registered before `since`."""
        number = int(cursor or 1)
        found = self._polite.asked(self._address(number), self._rows)
        fields = fields_of("bizinfo")
        notices: list[Listed] = []
        faults: list[str] = []
        lost = 0
        for row in found:
            notice, wrong = notice_of(row, fields)
            faults += wrong
            lost += notice is None
            notices += [notice] if notice else []
        total = next((int(told) for row in found if (told := first(row, fields["total"])).isdecimal()), None)
        is_past = since is not None and notices and all(_is_before(notice, since) for notice in notices)
        following = "" if is_past or not self._goes_on(number, len(found), total) else str(number + 1)
        return Page(tuple(notices), following, total, tuple(faults), lost)

    def _goes_on(self, number: int, count: int, total: int | None) -> bool:
        """Whether another page is to be expected; a longer page than was asked for is the whole list."""
        size = self._source.page_size
        if not count or count > size:
            return False
        return number * size < total if total is not None else count == size

    def _address(self, number: int) -> str:
        size = self._source.page_size
        asked = {**self._source.query, "dataType": self._source.form, "pageUnit": size, "pageIndex": number}
        return f"{self._source.address}?crtfcKey={quoted(self._key)}&{urlencode(asked)}"

    def _rows(self, reply: Reply) -> Sequence[Row]:
        """The rows of a reply. Raises Passing where it is of another form, CollectFailed where the key is refused."""
        raw = reply.body.strip()
        if raw.startswith((b"{", b"[")):  # errors come so, whatever form was asked for
            return self._of_json(raw)
        if self._source.form == "json":
            raise Passing(said.NOT_JSON.format(name=self._source.name, what=_beginning(raw)))
        root = xml.tree(raw, self._source.name)
        found = {name: words for node in xml.named(root, "reqErr") for name, words in [("reqErr", node.text or "")]}
        if found:
            raise self._refusal(found["reqErr"])
        if xml.local(root) != "rss":
            raise Passing(said.NOT_XML.format(name=self._source.name, what=f"<{xml.local(root)}>"))
        return [xml.words_of(item) for item in xml.named(root, "item")]

    def _of_json(self, raw: bytes) -> Sequence[Row]:
        try:
            told = json.loads(raw)
        except (ValueError, RecursionError) as error:
            raise Passing(said.NOT_JSON.format(name=self._source.name, what="잘린 JSON")) from error
        if isinstance(told, Mapping) and "reqErr" in told:
            raise self._refusal(str(told["reqErr"]))
        found = told.get("jsonArray") if isinstance(told, Mapping) else told
        if isinstance(found, Mapping):
            found = found.get("item", [found] if "pblancNm" in found else None)
        found = [found] if isinstance(found, Mapping) else found
        if not isinstance(found, list) or not all(isinstance(each, Mapping) for each in found):
            raise Passing(said.NO_ROWS.format(name=self._source.name))
        return [row_of(each) for each in found]

    def _refusal(self, why: str) -> CollectFailed:
        words = rows.fields_of("bizinfo_errors")
        why = " ".join(why.split())[:80]
        if any(word in why for word in words["limit"]):
            return CollectFailed(said.LIMITED.format(name=self._source.name, why=why))
        if any(word in why for word in words["key"]):
            return self._polite.refused_key(why)
        return Passing(said.SAID.format(name=self._source.name, why=why))


def notice_of(row: Row, fields: Mapping[str, tuple[str, ...]]) -> tuple[Listed | None, tuple[str, ...]]:
    """The notice that a row tells of, `None` where it has no title, and sentences on what of it is no value."""
    url = urljoin(_SITE, first(row, fields["url"]))
    named = _ID.search(url)
    id_ = first(row, fields["id"]) or (named[1] if named else "") or url
    title = plain(first(row, fields["title"]))
    if not title:
        return None, (said.NO_TITLE.format(id=id_),)
    period, wrong = in_words(plain(first(row, fields["period"])))
    faults = [said.NO_DAY.format(id=id_, label=PERIOD, words=words) for words in wrong]
    told = first(row, fields["published"])
    published = day_of(told)
    if told and not published:
        faults.append(said.NO_SUCH_DAY.format(id=id_, label=PUBLISHED, words=told))
    region = places_in(first(row, fields["region"]), "@") or places_in(first(row, fields["tags"]), r"[,@#\s]+")
    asking = fields_of("bizinfo_asking")
    office = plain(first(row, asking["whole"])) or " ".join(filter(None, (row.get(n, "") for n in asking["parts"])))
    body = first(row, fields["body"])
    notice = Listed(
        id=id_,
        title=title,
        url=url,
        ministry=plain(first(row, fields["ministry"])),
        agency=plain(first(row, fields["agency"])),
        region=region,
        period=period,
        published_on=published,
        cells=(*cells_of(row, "bizinfo_cells"), *((("문의처", office),) if _reaches(office) else ())),
        body=body,
        is_html="</" in body or "<br" in body.lower(),
        attachments=tuple(_files(row)),
    )
    return notice, tuple(faults)


def _reaches(office: str) -> bool:
    """Whether words on whom to ask hold a number or an address, and not only the name of a body."""
    return any(character.isdigit() for character in office) or "@" in office


def _files(row: Row) -> Iterator[Attachment]:
    """The files that a row names, the notice as it was printed first, each address once."""
    seen: set[str] = set()
    for name, ways in fields_of("bizinfo_files").items():
        names = [part.strip() for part in row.get(name, "").split("@")]
        urls = [part.strip() for part in re.split(r"@(?=https?://|/)", first(row, ways))]
        for file, url in zip_longest(names, urls, fillvalue=""):
            if url and url not in seen:
                seen.add(url)
                yield Attachment(file or names[0] or "첨부", urljoin(_SITE, url))


def _is_before(notice: Listed, since: date) -> bool:
    return bool(notice.published_on) and notice.published_on < since.isoformat()


def _beginning(raw: bytes) -> str:
    return " ".join(raw[:200].decode("utf-8", "replace").split())[:40] or "빈 답"
