"""Keys and switches on the command line: what is wanted flows in; it is done and noted, and what to know is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from rag.errors import JiwonError
from rag.settings import Settings
from server.clock import now
from server.command.cli_show import new_table, print_table, show_json
from server.staff.key_making import LONGEST_PERSON, key_state, make_key
from server.store.audit import Audit, Deed
from server.store.engine import Database, open_database
from server.store.keyring import KeyRecord, Keyring, Scope
from server.store.switches import Face, Switches

TERMINAL = "terminal"
"""What stands for a key where somebody works on the machine itself."""
ONCE = "열쇠는 지금 한 번만 보여 드립니다. 안전한 곳에 적어 두세요."
NO_KEY = "'{id}': 그런 열쇠가 없거나 이미 거두었습니다. 'jiwon keys list'로 id를 확인해 주세요."
NO_REASON = "--reason: 화면에 알릴 까닭을 200자까지 적어 주세요."
NO_OPERATOR = "--person: 누가 하는지 100자까지 적어 주세요."
LONGEST_REASON = 200


def create_key(
    settings: Settings,
    scopes: Sequence[Scope],
    person: str,
    organisation: str | None,
    rate: str | None,
    last_day: date | None,
    *,
    as_json: bool,
) -> None:
    """Make a key that holds through its last day in Korea, and show it. Raises JiwonError or StoreUnavailable."""
    database = open_database(settings.database_url, settings.data_dir)
    record, key = make_key(Keyring(database), scopes, person, rate, last_day, now(), organisation)
    person = record.person
    _note(database, f"keys create {record.id} ({record.scopes}) for {person}"[:200])
    if as_json:
        show_json({**_told(record), "key": key})
        return
    print(key)
    print(ONCE)


def list_keys(settings: Settings, *, as_json: bool) -> None:
    """Show every key there ever was, none of the keys themselves. Raises StoreUnavailable."""
    known = Keyring(open_database(settings.database_url, settings.data_dir)).all()
    if as_json:
        show_json([_told(record) for record in known])
        return
    table = new_table("id", "범위", "누구", "소속", "횟수 제한", "만든 때", "상태")
    for record in known:
        table.add_row(
            record.id,
            record.scopes,
            record.person,
            record.organisation or "",
            record.rate or "기본",
            record.created_at[:10],
            key_state(record, now()),
        )
    print_table(table)


def revoke_key(settings: Settings, id_: str) -> None:
    """Have a key open nothing any more. Raises JiwonError where there is none, StoreUnavailable."""
    database = open_database(settings.database_url, settings.data_dir)
    if not Keyring(database).revoke(id_, now()):
        raise JiwonError(NO_KEY.format(id=id_))
    _note(database, f"keys revoke {id_}")
    print(f"열쇠 '{id_}'을(를) 거두었습니다. 이제 쓸 수 없습니다.")


def switch(settings: Settings, face: Face, *, on: bool, reason: str, person: str) -> None:
    """Turn the page or the API off or on; servers follow within a second. Raises JiwonError or StoreUnavailable."""
    if not on and not 0 < len(reason.strip()) <= LONGEST_REASON:
        raise JiwonError(NO_REASON)
    if len(person) > LONGEST_PERSON:
        raise JiwonError(NO_OPERATOR)
    database = open_database(settings.database_url, settings.data_dir)
    switches = Switches(database)
    if on:
        switches.turn_on(face)
    else:
        switches.turn_off(face, reason.strip(), person, now())
    _note(database, f"switch {face} {'on' if on else 'off'}: {reason.strip()}"[:200], person)
    print(f"{FACES[face]}을(를) {'켰습니다' if on else '껐습니다'}. 켜져 있는 서버는 곧 따릅니다.")


FACES = {Face.CHAT: "화면", Face.API: "API"}


def _told(record: KeyRecord) -> dict[str, object]:
    told = asdict(record)
    del told["digest"]
    return {**told, "scopes": record.scopes.split()}


def _note(database: Database, action: str, person: str = TERMINAL) -> None:
    Audit(database).note(Deed(now(), person, TERMINAL, action, "done", TERMINAL))
