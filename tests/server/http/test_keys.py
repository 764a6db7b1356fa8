"""Whoever sends a key is of the organisation that the key tells, also once signed in; the settings' keys tell none."""

from __future__ import annotations

from pathlib import Path

from server.clock import now
from server.diagnoses.owners import owners
from server.http.keys import Keys
from server.store.engine import open_database
from server.store.keyring import Keyring, Scope

ADMIN, CONSULT = "a" * 20, "c" * 20


def test_a_holder_is_of_the_organisation_of_the_key_that_was_sent(tmp_path: Path) -> None:
    keys = Keys(Keyring(open_database("", tmp_path)))
    for told in ("기관 가", "기관 나", None):
        record, key = keys.ring.create((Scope.CONSULT,), "상담 담당", None, None, now(), told)
        sent, signed_in = keys.holder(key), keys.again(record.id, "")
        assert sent and sent == signed_in and sent.organisation == (told or "")
        assert sent.owner == keys.consultant("상담 담당")


def test_keys_of_the_settings_tell_no_organisation(tmp_path: Path) -> None:
    keys = Keys(Keyring(open_database("", tmp_path)), ADMIN, owners((CONSULT,)))
    for key in (ADMIN, CONSULT):
        holder = keys.holder(key)
        assert holder and holder.organisation == ""
        again = keys.again(holder.id, keys.marked(key))
        assert again == holder
