"""Writing: a notice flows in, one HTML document with its labelled cells, as such pages have them, flows out."""

from __future__ import annotations

import html
import re

from ingest.sources.listed import Listed
from ingest.sources.markup import whole

ASKING = "문의처"


def page_of(notice: Listed) -> bytes:
    """The document; the same notice always gives the same bytes."""
    cells = (
        ("소관부처·지자체", notice.ministry),
        ("사업수행기관", notice.agency),
        ("신청기간", notice.period),
        ("지원지역", notice.region),
        *((label, words) for label, words in notice.cells if label != ASKING),
    )
    title = html.escape(notice.title)
    table = "".join(
        f'<tr><th scope="row">{html.escape(label)}</th><td>{html.escape(words)}</td></tr>\n'
        for label, words in cells
        if words
    )
    asking = next((words for label, words in notice.cells if label == ASKING), "")
    parts = (
        f'<!DOCTYPE html>\n<html lang="ko"><head><meta charset="utf-8"><title>{title}</title></head><body>\n',
        f"<h2>{title}</h2>\n",
        f"<table>\n{table}</table>\n" if table else "",
        f"<h3>사업개요</h3>\n{body}" if (body := _body(notice)) else "",
        f"<h3>{ASKING}</h3>\n<p>{html.escape(asking)}</p>\n" if asking else "",
        "</body></html>\n",
    )
    return "".join(parts).encode("utf-8", "replace")


def _body(notice: Listed) -> str:
    words = notice.body
    if "<" not in words and re.search(r"&lt;/?(?:p|br|div|span)\b", words):  # escaped once too often
        words = html.unescape(words)
    if notice.is_html or "</" in words:
        return f"<div>{whole(words)}</div>\n" if words.strip() else ""
    lines = (" ".join(html.unescape(line).split()) for line in words.replace("\r", "\n").split("\n"))
    return "".join(f"<p>{html.escape(line)}</p>\n" for line in lines if line)
