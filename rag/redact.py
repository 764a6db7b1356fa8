"""Redaction: a text flows in, the same text without the personal data it holds flows out."""

from __future__ import annotations

import re
import unicodedata

from rag.messages.prompts import BUSINESS_NUMBER, EMAIL, MOBILE_PHONE, RESIDENT_NUMBER

_DASH = "[-‐‑‒–—―−]"
_PERSONAL = (
    # A resident or alien number: newer ones need not satisfy the old checksum.
    (
        re.compile(rf"(?<!\d)\d{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\s*{_DASH}?\s*[1-8]\d{{6}}(?!\d)"),
        RESIDENT_NUMBER,
    ),
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII), EMAIL),
    (
        re.compile(
            rf"(?<![\d-])(?:\+?82[-.\s]*\(?0?\)?|\(?0)1[016789]\)?(?:{_DASH}|[.·/\s])*\d{{3,4}}(?:{_DASH}|[.·/\s])*\d{{4}}(?!\d)"
        ),
        MOBILE_PHONE,
    ),
    (re.compile(rf"(?<![\d-])\d{{3}}\s?{_DASH}\s?\d{{2}}\s?{_DASH}\s?\d{{5}}(?![\d-])"), BUSINESS_NUMBER),
    # Ten digits alone may be anything; the word beside them tells.
    (re.compile(r"(사업자\s*(?:등록)?\s*번호\D{0,8})\d{3}\s?\d{2}\s?\d{5}(?!\d)"), rf"\1{BUSINESS_NUMBER}"),
)


def redacted(text: str) -> str:
    """The text in NFKC, without letters nobody sees, and with what tells of a person or a firm replaced by what it was.

    Resident numbers, mobile phones and e-mail addresses; business numbers with hyphens or with the word beside them.
    """
    text = "".join(letter for letter in unicodedata.normalize("NFKC", text) if unicodedata.category(letter) != "Cf")
    for pattern, name in _PERSONAL:
        text = pattern.sub(name, text)
    return text
