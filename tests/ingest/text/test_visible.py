"""Visible: what the characters of a text hide, turn about or strike never reaches a reader unsaid."""

from __future__ import annotations

import pytest

from ingest.text.visible import visible
from rag.domain import Paragraph, Sign, Table


@pytest.mark.parametrize(
    ("text", "left", "signs"),
    [
        ("접수\u2066 4. 1.\u2069 \u200f부터\u061c", "접수 4. 1. 부터", set()),
        ("\u202a앞\u202c 뒤\U000e0041\U000e0042", "앞 뒤", set()),
        ("전화 \u202e2100-000-20\u202c 없음", "전화  없음", {Sign.HIDDEN_TEXT}),
        ("전화 \u202e2100-000-20\n다음 줄", "전화 \n다음 줄", {Sign.HIDDEN_TEXT}),
        ("마감 4\u0336.\u0336 5.", "마감  5.", {Sign.STRUCK}),
        ("마감\u202e\u202c 5.", "마감 5.", set()),
    ],
)
def test_characters_that_change_what_is_seen_leave_what_is_seen_and_holds(
    text: str, left: str, signs: set[Sign]
) -> None:
    for block in (Paragraph(1, text), Table(1, ((text, None),))):
        noticed: set[Sign] = set()
        assert visible(block, noticed).text == left
        assert noticed == signs
