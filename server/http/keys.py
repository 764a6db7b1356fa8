"""Keys: a request with its `X-API-Key` flows in; it passes, or ends in a refusal that says what to do."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, HTTPException, Request, Security
from fastapi.security import APIKeyHeader

from server.diagnoses.owners import Owners

HEADER = APIKeyHeader(name="X-API-Key", auto_error=False, description="직원용 열쇠(JIWON_ADMIN_KEY)")
CONSULT_HEADER = APIKeyHeader(
    name="X-API-Key",
    scheme_name="ConsultKey",
    auto_error=False,
    description="컨설턴트용 열쇠(JIWON_CONSULT_KEY 가운데 하나)",
)
CHALLENGE = {"WWW-Authenticate": 'ApiKey realm="jiwon"'}
NOT_SET = "직원 기능이 꺼져 있습니다. 운영자가 JIWON_ADMIN_KEY를 설정하고 서버를 다시 시작해야 합니다."
MISSING = "직원용 열쇠가 필요합니다. X-API-Key 머리글에 열쇠를 넣어 주세요."
WRONG = "직원용 열쇠가 맞지 않습니다. 운영자에게 열쇠를 확인해 주세요."
CONSULT_NOT_SET = "진단 기능이 꺼져 있습니다. 운영자가 JIWON_CONSULT_KEY를 설정하고 서버를 다시 시작해야 합니다."
CONSULT_MISSING = "컨설턴트용 열쇠가 필요합니다. X-API-Key 머리글에 열쇠를 넣어 주세요."
CONSULT_WRONG = "컨설턴트용 열쇠가 맞지 않습니다. 운영자에게 열쇠를 확인해 주세요."


def staff_only(admin_key: str) -> Callable[[str | None], None]:
    """A check for staff routes: 403 where the operator has set no key, 401 where the request brings none or another."""

    def check(given: Annotated[str | None, Security(HEADER)]) -> None:
        if not admin_key:
            raise HTTPException(403, NOT_SET)
        if not given:
            raise HTTPException(401, MISSING, CHALLENGE)
        # In constant time: how long a refusal takes must not tell how much of a guess was right.
        if not hmac.compare_digest(given.encode(), admin_key.encode()):
            raise HTTPException(401, WRONG, CHALLENGE)

    return check


def consultants_only(owners: Owners) -> Callable[[Request, str | None], None]:
    """A check for routes of consultants: 403 where the operator has set no key, 401 where it is none of them.

    The request goes on with the owner that the key stands for.
    """

    def check(request: Request, given: Annotated[str | None, Security(CONSULT_HEADER)]) -> None:
        if not owners.is_open:
            raise HTTPException(403, CONSULT_NOT_SET)
        if not given:
            raise HTTPException(401, CONSULT_MISSING, CHALLENGE)
        request.state.owner = owners.owner_of(given)
        if request.state.owner is None:
            raise HTTPException(401, CONSULT_WRONG, CHALLENGE)

    return check


def _owner(request: Request) -> str:
    return str(request.state.owner)


Owner = Annotated[str, Depends(_owner)]
"""Whose key came with the request; only for routes behind `consultants_only`."""
