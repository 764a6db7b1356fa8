"""Markup: a model's sentence flows in; the same words without images, links, tags and letters nobody sees flow out."""

from __future__ import annotations

import html
import re
import unicodedata

_IMAGE = re.compile(r"!\[[^\]]*\](?:\([^)]*(?:\)|$)|\[[^\]]*\])?")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_BY_NAME = re.compile(r"\[([^\]\d][^\]]*)\]\[[^\]]*\]")
_DEFINITION = re.compile(r"^\s*\[[^\]]+\]:\s.*$", re.MULTILINE)
_TAG = re.compile(r"<!--.*?(?:-->|$)|</?[A-Za-z!?][^>]*>?", re.DOTALL)
_ADDRESS = re.compile(r"<([a-z]+://[^>]*|[\w.+-]+@[^>]*)>", re.IGNORECASE)
_MARKS = re.compile(r"\[\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})+)\s*\]")
# What is left of an image or a link that was not whole, and addresses that run something.
_REMAINS = re.compile(r"!\[|\]\(|\]\[[^\d]|\b(?:javascript|vbscript|data|file|blob)\s*:", re.IGNORECASE)


def plain(sentence: str) -> str | None:
    """The sentence in NFKC as plain words with marks; None where something is left that may load or run."""
    text = html.unescape(html.unescape(sentence))
    text = unicodedata.normalize("NFKC", text).replace("【", "[").replace("】", "]")
    text = "".join(letter for letter in text if letter in "\n\t" or unicodedata.category(letter) not in ("Cf", "Cc"))
    text = re.sub(r"[‐‑‒—−]", "-", text)
    # A backslash would make a mark or a link of what looks like none, or the other way round.
    text = re.sub(r"\\+(?=[^\w\s])", "", text)
    text = _IMAGE.sub("", _DEFINITION.sub("", text))
    text = _BY_NAME.sub(r"\1", _LINK.sub(_kept, text))
    text = _TAG.sub("", _ADDRESS.sub(r"\1", text)).replace("`", "")
    text = _MARKS.sub(lambda m: "".join(f"[{n}]" for n in re.findall(r"\d+", m[1])), text)
    return None if _REMAINS.search(text) else text


def _kept(link: re.Match[str]) -> str:
    """Of a link its words; of a mark made a link the mark."""
    return f"[{link[1]}]" if link[1].isdigit() else link[1]
