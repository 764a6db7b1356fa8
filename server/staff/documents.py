"""Routes of documents: files that staff send flow into the corpus folder, and those they take away out of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Path, Request
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException as Refused
from starlette.requests import ClientDisconnect

from rag.errors import LoadError
from rag.settings import Settings
from server.clock import now
from server.http.gate import widen
from server.http.keys import Keys, staff_only
from server.http.problems import DETAILS
from server.http.queries import then_known
from server.staff.stock import stock, take_away

FILES, ID, REPLACE = "files", "id", "replace"
COLUMNS = {
    "title": "문서의 제목. 비우면 글에서 짐작하고 확인할 것에 알립니다.",
    "publisher": "발행한 곳",
    "published_on": "발행한 때(YYYY, YYYY-MM 또는 YYYY-MM-DD)",
    "source_url": "문서를 볼 수 있는 주소",
    "rank": "얼마나 믿을지: staff, runner, government, press, unlisted",
    "program": "이 문서가 알리는 사업의 이름",
    "region": "이 문서가 알리는 지역",
}
OWN = (ID, "title")
"""What cannot be the same for several files."""
MOST_FILES = 50
FLAGS = {"": False, "false": False, "true": True}
NO_FORM = f"multipart/form-data의 files에 파일을 {MOST_FILES}개까지 넣어 보내 주세요."
UNKNOWN = "{name}: 모르는 항목입니다. {names} 가운데 하나를 적어 주세요."
NOT_A_FILE = "files에는 파일을, 나머지 항목에는 글을 넣어 주세요."
NOT_AS_MANY = "{name}: 파일이 {files}개이면 값도 {files}개를 파일의 순서로 적어 주세요."
NOT_A_FLAG = "replace: true나 false여야 합니다."
TWICE = "{name}: 한 번에 보낸 두 파일의 id나 이름이 같습니다. 따로 보내 주세요."
LATE, LARGE = "파일이 15분 안에 다 오지 않았습니다.", "파일이 모두 합쳐 64MB보다 큽니다."
NONE = "그런 문서가 없습니다. 문서의 id를 확인해 주세요."


def _texts(description: str, example: str) -> dict[str, Any]:
    return {"type": "array", "items": {"type": "string"}, "description": description, "examples": [[example]]}


BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {
                        FILES: {
                            "type": "array",
                            "items": {"type": "string", "format": "binary"},
                            "minItems": 1,
                            "maxItems": MOST_FILES,
                            "description": "파일. PDF, HWP, HWPX, DOCX, HTML, MD, TXT, 모두 합쳐 64MB까지",
                        },
                        ID: _texts(
                            "문서의 id(영문자, 숫자, '.', '_', '-'). 비우면 파일 이름으로 정합니다.", "notice2026"
                        ),
                        REPLACE: {
                            "type": "string",
                            "enum": ["true", "false"],
                            "description": "id나 이름이 같은 문서를 새 판으로 바꿀지: true(바꿈), false(거절함)",
                        },
                        **{name: _texts(said, "") for name, said in COLUMNS.items()},
                    },
                    "required": [FILES],
                    "additionalProperties": False,
                },
                "example": {FILES: ["# 지원사업 공고\n\n신청기간: 2026. 3. 2. ~ 4. 20."], "title": ["지원사업 공고"]},
            }
        },
    }
}


class ArrivedOut(BaseModel):
    """What became of one file that was sent; `id` to `size` are null where it was not taken, and `message` says why."""

    name: str = Field(description="보낸 파일의 이름")
    taken: bool = Field(description="자료 폴더에 있는지")
    id: str | None = Field(description="문서의 id. 받지 않았으면 null")
    file: str | None = Field(description="자료 폴더에서의 이름. 받지 않았으면 null")
    state: str | None = Field(
        description="added(넣음), replaced(새 판으로 바꿈), described(행만 고침), unchanged(그대로). 받지 않았으면 null"
    )
    format: str | None = Field(description="바이트로 가린 형식. 받지 않았으면 null")
    digest: str | None = Field(description="파일의 SHA-256(16진수 64자). 받지 않았으면 null")
    size: int | None = Field(description="파일의 바이트 수. 받지 않았으면 null")
    code: str = Field(description="받지 않은 까닭의 이름. 받았으면 ok")
    message: str = Field(description="받지 않은 까닭과 할 일. 받았으면 빈 글")


class ArrivedAll(BaseModel):
    """What became of every file that was sent, in the order in which they came."""

    documents: list[ArrivedOut] = Field(description="보낸 순서대로 파일마다 결과")


def document_routes(settings: Settings, keys: Keys) -> APIRouter:
    """Sending and taking away below `/v1/corpus/documents`, behind the key of staff."""
    behind = [Depends(staff_only(keys)), Depends(then_known)]
    router = APIRouter(prefix="/v1/corpus/documents", tags=["직원"], dependencies=behind)

    @router.post(
        "",
        summary="문서를 자료 폴더에 넣습니다",
        status_code=201,
        openapi_extra=BODY,
        responses={408: {"description": LATE}, 413: {"description": LARGE}},
    )
    async def send_documents(request: Request) -> ArrivedAll:
        # The key has been looked at, and nothing of the body: it is read here alone.
        arrived = await taken(request, partial(stocked, settings))
        if not any(one.taken for one in arrived):
            raise HTTPException(422, " ".join(one.message for one in arrived))
        return ArrivedAll(documents=arrived)

    @router.delete("/{document_id}", summary="문서를 자료 폴더에서 뺍니다", status_code=204)
    def remove_document(
        document_id: Annotated[str, Path(max_length=500, description="문서의 id", examples=["notice2026"])],
    ) -> None:
        if not take_away(settings, document_id, now()):
            raise HTTPException(404, NONE)

    return router


One = tuple[UploadFile, str, dict[str, str], bool]
"""A file, the id it is to have, what is told of it, and whether it may take another's place."""


async def taken(request: Request, take: Callable[[One], ArrivedOut]) -> list[ArrivedOut]:
    """What `take` makes of each file of the form that a request brings, whose sender is known. Raises HTTPException."""
    widen(request.scope)
    try:
        async with request.form(max_files=MOST_FILES, max_fields=MOST_FILES * 10, max_part_size=2**16) as form:
            return [await run_in_threadpool(take, one) for one in _sent(form)]
    except ClientDisconnect:
        raise HTTPException(400, DETAILS[400]) from None
    except Refused as error:
        raise (HTTPException(422, NO_FORM) if error.status_code == 400 else error) from None


def stocked(settings: Settings, one: One) -> ArrivedOut:
    """What becomes of one file in the corpus folder. Raises CorpusError, StorageUnavailable."""
    file, id_, described, replaces = one
    name = file.filename or ""
    none = dict.fromkeys(("id", "file", "state", "format", "digest", "size"))
    try:
        made = stock(settings, name, file.file, id_, described, replaces=replaces)
    except LoadError as error:
        return ArrivedOut(name=name, taken=False, **none, code=error.code, message=str(error))
    told = {field: getattr(made, field) for field in none}
    return ArrivedOut(name=name, taken=True, **told, code="ok", message="")


def _sent(form: FormData) -> list[One]:
    """The files of a form, each with what is told of it. Raises HTTPException 422."""
    known = (FILES, ID, REPLACE, *COLUMNS)
    wrong = [UNKNOWN.format(name=name[:100], names=", ".join(known)) for name in form if name not in known]
    files = [value for value in form.getlist(FILES) if isinstance(value, UploadFile)]
    if wrong or not files:
        raise HTTPException(422, " ".join(wrong) or NO_FORM)
    if len(files) < len(form.getlist(FILES)):
        raise HTTPException(422, NOT_A_FILE)
    cells = {name: list(_values(form, name, len(files))) for name in (ID, *COLUMNS)}
    replace = [str(value) for value in form.getlist(REPLACE)] or [""]
    if len(replace) > 1 or replace[0] not in FLAGS:
        raise HTTPException(422, NOT_A_FLAG)
    _check_twice(cells[ID], lambda value: value)
    _check_twice([file.filename or "" for file in files], str.casefold)
    return [
        (file, cells[ID][at], {name: cells[name][at] for name in COLUMNS}, FLAGS[replace[0]])
        for at, file in enumerate(files)
    ]


def _values(form: FormData, name: str, files: int) -> Iterator[str]:
    """One value for each file: as many as were sent, or one for all. Raises HTTPException 422."""
    values = form.getlist(name)
    if not all(isinstance(value, str) for value in values):
        raise HTTPException(422, NOT_A_FILE)
    if len(values) == 1 and name not in OWN:
        values = values * files
    if len(values) not in (0, files):
        raise HTTPException(422, NOT_AS_MANY.format(name=name, files=files))
    yield from (str(value) for value in values or [""] * files)


def _check_twice(values: Sequence[str], alike: Callable[[str], str]) -> None:
    for value, times in Counter(alike(value) for value in values).items():
        if value and times > 1:
            raise HTTPException(422, TWICE.format(name=value[:100]))
