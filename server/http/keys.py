"""Keys: what came as `X-API-Key` flows in; who sent it and what that opens flows out, or a refusal."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Annotated, Protocol

from fastapi import Depends, HTTPException, Request, Response, Security
from fastapi.routing import APIRoute
from fastapi.security import APIKeyHeader
from starlette.concurrency import run_in_threadpool

from server.clock import now
from server.diagnoses.owners import Owners
from server.store.keyring import KeyRecord, Keyring, Scope

NAME = "X-API-Key"
ASK_HEADER = APIKeyHeader(
    name=NAME, scheme_name="AskKey", auto_error=False, description="질문용 열쇠. 운영자가 문을 닫았을 때만 필요합니다."
)
HEADER = APIKeyHeader(name=NAME, auto_error=False, description="직원용 열쇠")
CONSULT_HEADER = APIKeyHeader(name=NAME, scheme_name="ConsultKey", auto_error=False, description="컨설턴트용 열쇠")
CHALLENGE = {"WWW-Authenticate": 'ApiKey realm="jiwon"'}
MADE_BY = "'jiwon keys create --scope {scope} --person 이름'"
NOT_SET = (
    "직원 기능이 꺼져 있습니다. 운영자가 JIWON_ADMIN_KEY를 설정하고 서버를 다시 시작하거나, "
    f"{MADE_BY.format(scope='staff')}으로 열쇠를 만들어야 합니다."
)
MISSING = "직원용 열쇠가 필요합니다. X-API-Key 머리글에 열쇠를 넣어 주세요."
WRONG = "직원용 열쇠가 맞지 않습니다. 운영자에게 열쇠를 확인해 주세요."
CONSULT_NOT_SET = (
    "진단 기능이 꺼져 있습니다. 운영자가 JIWON_CONSULT_KEY를 설정하고 서버를 다시 시작하거나, "
    f"{MADE_BY.format(scope='consult')}으로 열쇠를 만들어야 합니다."
)
CONSULT_MISSING = "컨설턴트용 열쇠가 필요합니다. X-API-Key 머리글에 열쇠를 넣어 주세요."
CONSULT_WRONG = "컨설턴트용 열쇠가 맞지 않습니다. 운영자에게 열쇠를 확인해 주세요."
ASK_MISSING = "열쇠가 있어야 물을 수 있습니다. X-API-Key 머리글에 운영자에게 받은 열쇠를 넣어 주세요."
ASK_WRONG = "열쇠가 맞지 않습니다. 운영자에게 열쇠를 확인해 주세요."
OPERATOR = "운영자"
"""Whose the keys of the settings are."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who sent a key: its id, what it opens, whose it is, and how often it may be used where that is not the default.

    `owner` is under which diagnoses are kept: those of one person go with whichever key that person has.
    `organisation` is what documents issued with this key name as that person's; empty where none was told.
    """

    id: str
    scopes: frozenset[Scope]
    person: str
    owner: str
    rate: str | None = None
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Keys:
    """Every key that opens something: those of the settings, and those of the ring."""

    ring: Keyring
    admin_key: str = field(default="", repr=False)
    owners: Owners = field(default_factory=Owners)

    def holder(self, given: str) -> Holder | None:
        """Who sent it; None where it opens nothing. Raises StoreUnavailable where the ring cannot be read."""
        # In constant time: how long a refusal takes must not tell how much of a guess was right.
        if self.admin_key and hmac.compare_digest(given.encode(), self.admin_key.encode()):
            return Holder("admin", frozenset({Scope.STAFF}), OPERATOR, "")
        owner = self.owners.owner_of(given)
        if owner:
            return Holder(f"consult-{owner[:8]}", frozenset({Scope.CONSULT}), OPERATOR, owner)
        return _holder_of(self.ring.found(given, now()))

    def again(self, id_: str, mark: str) -> Holder | None:
        """Whoever signed in with the key of that id, as long as it opens something; `mark` as of `marked`.

        Raises StoreUnavailable where the ring cannot be read.
        """
        if not mark:
            return _holder_of(self.ring.held(id_, now()))
        if self.admin_key and hmac.compare_digest(mark, _digest(self.admin_key)):
            return Holder("admin", frozenset({Scope.STAFF}), OPERATOR, "")
        owner = self.owners.by_digest(mark)
        return Holder(f"consult-{owner[:8]}", frozenset({Scope.CONSULT}), OPERATOR, owner) if owner else None

    def marked(self, given: str) -> str:
        """What a session keeps of a key of the settings, so that it ends with the key; empty for a key of the ring."""
        is_set = given == self.admin_key or self.owners.owner_of(given) is not None
        return _digest(given) if is_set else ""

    def owner_of(self, given: str) -> str | None:
        """Under whom a consultant's diagnoses are kept; None where the key opens none."""
        holder = self.holder(given)
        return holder.owner if holder and Scope.CONSULT in holder.scopes else None

    def consultant(self, person: str) -> str | None:
        """Under whom what a person of that name makes is kept; None without a key that opens diagnoses."""
        moment = now()
        is_there = any(
            record.person == person and Scope.CONSULT in record.scopes.split() and record.holds(moment)
            for record in self.ring.all()
        )
        return _owner_of(person) if is_there else None

    @property
    def is_open(self) -> bool:
        """Whether any key opens diagnoses."""
        return self.owners.is_open or self._has(Scope.CONSULT)

    @property
    def has_staff(self) -> bool:
        """Whether any key opens the work of staff."""
        return bool(self.admin_key) or self._has(Scope.STAFF)

    def _has(self, scope: Scope) -> bool:
        moment = now()
        return any(scope in record.scopes.split() and record.holds(moment) for record in self.ring.all())


class Consultants(Protocol):
    """Whose key opens diagnoses."""

    @property
    def is_open(self) -> bool:
        """Whether any key does."""

    def owner_of(self, given: str, /) -> str | None:
        """Under whom what is made with a key is kept; None where it opens none."""


def askers_only(keys: Keys, *, is_open: bool) -> Callable[[str | None], None]:
    """A check for asking and reading: nothing where that is open, else 401 without a key that holds."""

    def check(given: Annotated[str | None, Security(ASK_HEADER)]) -> None:
        if is_open:
            return
        if not given:
            raise HTTPException(401, ASK_MISSING, CHALLENGE)
        if keys.holder(given) is None:
            raise HTTPException(401, ASK_WRONG, CHALLENGE)

    return check


def staff_only(keys: Keys) -> Callable[[str | None], None]:
    """A check for staff routes: 403 where the operator has made no key, 401 where a request brings none of them."""

    def check(given: Annotated[str | None, Security(HEADER)]) -> None:
        if not given and not keys.has_staff:
            raise HTTPException(403, NOT_SET)
        if not given:
            raise HTTPException(401, MISSING, CHALLENGE)
        holder = keys.holder(given)
        if holder and Scope.STAFF in holder.scopes:
            return
        raise HTTPException(401, WRONG, CHALLENGE) if keys.has_staff else HTTPException(403, NOT_SET)

    return check


def key_first(check: Callable[[str | None], None]) -> type[APIRoute]:
    """Routes that ask for the key before they read the body, which whoever has no key could have made up."""

    class KeyFirst(APIRoute):
        def get_route_handler(self) -> Callable[[Request], Coroutine[object, object, Response]]:
            handle = super().get_route_handler()

            async def first(request: Request) -> Response:
                await run_in_threadpool(check, request.headers.get(NAME))
                return await handle(request)

            return first

    return KeyFirst


def consultants_only(consultants: Consultants) -> Callable[[Request, str | None], None]:
    """A check for routes of consultants: 403 where the operator has made no key, 401 where it is none of them.

    The request goes on with the owner that the key stands for.
    """

    def check(request: Request, given: Annotated[str | None, Security(CONSULT_HEADER)]) -> None:
        if not consultants.is_open:
            raise HTTPException(403, CONSULT_NOT_SET)
        if not given:
            raise HTTPException(401, CONSULT_MISSING, CHALLENGE)
        request.state.owner = consultants.owner_of(given)
        if request.state.owner is None:
            raise HTTPException(401, CONSULT_WRONG, CHALLENGE)

    return check


def _owner(request: Request) -> str:
    return str(request.state.owner)


Owner = Annotated[str, Depends(_owner)]
"""Whose key came with the request; only for routes behind `consultants_only`."""


def person_of(request: Request) -> str:
    """Whose key came with the request."""
    holder = _holder(request)
    return holder.person if holder else OPERATOR


def organisation_of(request: Request) -> str:
    """Of which organisation whoever sent the request is; empty where the key tells none."""
    holder = _holder(request)
    return holder.organisation if holder else ""


def _holder(request: Request) -> Holder | None:
    holder = request.scope.get("state", {}).get("holder")
    return holder if isinstance(holder, Holder) else None


def _holder_of(record: KeyRecord | None) -> Holder | None:
    if record is None:
        return None
    scopes = frozenset(map(Scope, record.scopes.split()))
    owner = _owner_of(record.person)
    return Holder(record.id, scopes, record.person, owner, record.rate, record.organisation or "")


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _owner_of(person: str) -> str:
    return hashlib.sha256(f"person {person}".encode()).hexdigest()
