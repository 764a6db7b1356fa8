"""What a page asks is read or refused in words, and of an item of a kind only what fits is asked."""

from __future__ import annotations

import json
from typing import Any

import pytest

from rag.errors import JiwonError
from ui.files.files_part import _DOING, _fitting, _wanted
from ui.files.files_port import (
    ApprovalLine,
    Arrived,
    Asked,
    AskedLine,
    At,
    EntryLine,
    FileLine,
    FileLines,
    FileView,
    IssuedLine,
    Section,
)
from ui.pages.drawing import fragment
from ui.rooms.shown import FORMATS

SENT: dict[str, Any] = {"do": "put", "file": "f1", "revision": 3, "form": "visits/e1", "told": {"place": "본사"}}
HOSTILE = "\"'><script>alert(1)</script>"
RETURNED = ApprovalLine("returned", *(HOSTILE,) * 5)


def test_what_a_form_asks_is_read_with_the_entry_it_is_about() -> None:
    wanted = _wanted(json.dumps(SENT))
    assert (wanted.do, wanted.at, wanted.entry, wanted.told) == (
        *("put", At("f1", 3), ("visits", "e1")),
        {"place": "본사"},
    )
    told = {"kind": "gaps", "entry": "e2"}
    assert _wanted(json.dumps({**SENT, "do": "remove", "form": "", "told": told})).entry == ("gaps", "e2")


@pytest.mark.parametrize(
    "asked",
    [
        *("", "[]", "null", "{}", "3", json.dumps({**SENT, "do": "burn"}), json.dumps({**SENT, "told": []})),
        *(json.dumps({**SENT, "revision": "x"}), json.dumps({**SENT, "do": ["put"]}), json.dumps({**SENT, "do": None})),
    ],
)
def test_what_no_form_of_the_page_asks_is_refused_in_words(asked: str) -> None:
    with pytest.raises(JiwonError, match="새로 고쳐"):
        _wanted(asked)


def test_the_kind_of_an_item_stays_and_only_its_fields_are_asked() -> None:
    asked = (Asked("kind", "종류", ""), Asked("goal", "목표", ""), Asked("trainer", "훈련교사", "", kinds=("on_job",)))
    assert [(one.name, one.sort) for one in _fitting(asked, "course")] == [("kind", "fixed"), ("goal", "line")]
    assert [one.name for one in _fitting(asked, "on_job")] == ["kind", "goal", "trainer"]


def test_no_word_of_a_file_is_markup() -> None:
    asked = (Asked("name", HOSTILE, HOSTILE, "choice", ((HOSTILE, HOSTILE),)), Asked("more", HOSTILE, HOSTILE, "text"))
    entry, paper = (
        EntryLine(HOSTILE, HOSTILE, ((HOSTILE, HOSTILE),), HOSTILE),
        IssuedLine(*(HOSTILE,) * 4, True, True, RETURNED),
    )
    view = FileView(
        id=HOSTILE,
        revision=1,
        name=HOSTILE,
        is_open=True,
        consultant=HOSTILE,
        opened=HOSTILE,
        due=(),
        note=HOSTILE,
        facts=((HOSTILE, HOSTILE),),
        company={"name": HOSTILE, "more": HOSTILE},
        sections=(Section("visits", HOSTILE, (entry,), asked),),
        papers=((HOSTILE, HOSTILE),),
        issued=(paper,),
    )
    preview = {"paper": HOSTILE, "title": HOSTILE, "document": HOSTILE}
    drawn = fragment("consulting_files.html", "file", view, asked, None, preview, HOSTILE, FORMATS)
    assert "<script" not in drawn and "alert(1)" in drawn and "옛 문서" in drawn and "발급 뒤 바뀜" in drawn
    assert "<script" not in fragment("consulting_files.html", "changed", HOSTILE, HOSTILE)
    waiting = (AskedLine(HOSTILE, HOSTILE, HOSTILE, RETURNED),)
    assert "<script" not in fragment("consulting_files.html", "approvals", waiting, preview, HOSTILE, FORMATS)
    rows = (Arrived(2, HOSTILE, HOSTILE, True, (HOSTILE,), HOSTILE), Arrived(3, HOSTILE, "", False, (HOSTILE,), ""))
    assert "<script" not in fragment("consulting_files.html", "table", rows, (HOSTILE,))
    lines = FileLines(1, (FileLine(HOSTILE, HOSTILE, True, HOSTILE, HOSTILE, None),))
    assert "<script" not in fragment("consulting_files.html", "lines", lines, FORMATS)


def test_every_form_of_the_page_asks_something_that_is_done() -> None:
    from ui.pages.drawing import HERE

    text = (HERE / "templates" / "consulting_files.html").read_text("utf-8")
    named = {part.partition('"')[0] for part in text.split('data-do="')[1:]} - {"{{ do }}"}
    called = {part.partition('"')[0] for part in text.split('form("')[1:]}
    assert named | called == set(_DOING)
