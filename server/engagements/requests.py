"""Requests about consulting files: what every route takes and gives is said here once."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Header, Path, Request, Response

from rag.diagnosis.tree import Report
from server.diagnoses.consulting import ReportFile
from server.diagnoses.making import discreet
from server.diagnoses.routes import FILES, NEVER_KEPT, Suffix, file_reply
from server.engagements.filing import HeldFile, Who
from server.http.keys import organisation_of, person_of
from server.http.problems import refusals
from server.reports import write

ARCHIVE_NAME = "컨설팅_문서.zip"
FileId = Annotated[str, Path(max_length=100, description="파일의 id")]
EntryId = Annotated[str, Path(max_length=100, description="항목의 id")]
Known = Annotated[
    str,
    Header(
        alias="If-Match",
        description="읽을 때 받은 ETag. 그 뒤에 바뀌었으면 412로 거절합니다.",
        examples=['"3"'],
        pattern=r'^((W/)?"[0-9]{1,9}")?$',
    ),
]
# A slot that holds a slash can name the address of an entry, which is changed and removed alone.
CHANGING = refusals(404, 405, 409, 410, 412)
READING = refusals(404, 405, 410)
ERASING = refusals(404, 405, 410, 412)
OF_ENTRY = refusals(404, 409, 410, 412)
OF_FILE: dict[int | str, dict[str, Any]] = FILES | refusals(404, 410)


def who_of(request: Request) -> Who:
    """Whose key came with a request."""
    return Who(str(request.state.owner), person_of(request), organisation_of(request))


def etag_of(held: HeldFile) -> str:
    """The tag of a file as it stands."""
    return f'"{held.kept.revision}"'


def tag_of(known: str) -> int | None:
    """The revision that a request was made from, where it says so."""
    return int(known.removeprefix("W/").strip('"')) if known else None


def file_of(report: Report, suffix: Suffix, name: str) -> Response:
    """A document as a file of a format."""
    with discreet():
        content = write(report, suffix)
    return file_reply(ReportFile(f"{name}.{suffix}", content), suffix)


def archive(content: bytes) -> Response:
    """Documents packed into one file, which nothing on the way keeps."""
    shown = f"attachment; filename=\"documents.zip\"; filename*=UTF-8''{quote(ARCHIVE_NAME)}"
    return Response(content, media_type="application/zip", headers={"Content-Disposition": shown, **NEVER_KEPT})
