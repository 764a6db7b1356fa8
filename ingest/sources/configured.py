"""Configured: `sources.yaml` of the corpus folder, edited by staff, flows in as checked records of where to collect."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rag.domain import Rank
from rag.errors import CorpusError
from rag.messages import collecting as said
from rag.messages.files import UNREADABLE
from rag.yaml_file import read_yaml

NAME = "sources.yaml"
KEYS = ("BIZINFO_KEY", "KSTARTUP_KEY")
"""Settings that hold a key; never the key itself stands in the file."""
ADDRESSES = {
    "bizinfo": "https://www.bizinfo.go.kr/uss/rss/bizinfoApi.do",
    "kstartup": "https://apis.data.go.kr/B552735/kisedKstartupService01/getAnnouncementInformation01",
}
"""Where a portal stands unless the file says otherwise, by kind."""
FORMS = {"bizinfo": ("json", "rss"), "kstartup": ("json", "xml")}
KINDS = (*ADDRESSES, "folder", "listing", "sitemap", "feed")
SELECTORS = ("item", "link", "title", "date", "next")
RANKS = tuple(rank.name.lower() for rank in Rank)
_FIELDS = frozenset(
    {"kind", "address", "key", "form", "page_size", "gap_s", "attachments", "publisher", "rank", "selectors", "query"}
)
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")


@dataclass(frozen=True, slots=True)
class Configured:
    """One source as configured. `key` is the name of a setting, `gap_s` are seconds between two requests to a host.

    `attachments` is how many files of a notice are kept at most. `publisher` and `rank` are for what tells none itself.
    """

    name: str
    kind: str
    address: str
    key: str = ""
    form: str = ""
    page_size: int = 100
    gap_s: float = 1.0
    attachments: int = 3
    publisher: str = ""
    rank: str = ""
    selectors: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)


def configured(corpus_dir: Path) -> dict[str, Configured]:
    """The sources of a corpus folder by name, in their order; none where there is no file. Raises CorpusError."""
    path = corpus_dir / NAME
    if not path.is_file():
        return {}
    try:
        raw = read_yaml(path)
    except (OSError, ValueError) as error:
        raise CorpusError(UNREADABLE.format(file=NAME, error=" ".join(str(error).split()))) from error
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        raise CorpusError(said.NO_LIST.format(file=NAME))
    return {str(name): _source(str(name), entry) for name, entry in raw.items()}


def source_named(corpus_dir: Path, name: str) -> Configured:
    """The source of that name. Raises CorpusError that says which there are."""
    known = configured(corpus_dir)
    if not known:
        raise CorpusError(said.NO_SOURCES.format(file=NAME))
    if name not in known:
        raise CorpusError(said.NO_SUCH_SOURCE.format(name=name, file=NAME, names=", ".join(known)))
    return known[name]


def _source(name: str, entry: object) -> Configured:
    if not _NAME.fullmatch(name):
        raise _wrong(said.NO_NAME, name)
    if not isinstance(entry, dict):
        raise _wrong(said.NO_MAPPING, name)
    unknown = next((str(key) for key in entry if key not in _FIELDS), None)
    if unknown is not None:
        raise _wrong(said.UNKNOWN_FIELD, name, field=unknown, fields=", ".join(sorted(_FIELDS)))
    kind = str(entry.get("kind", ""))
    if kind not in KINDS:
        raise _wrong(said.NO_KIND, name, kind=kind, kinds=", ".join(KINDS))
    made = Configured(
        name=name,
        kind=kind,
        address=_address(name, kind, _words(name, entry, "address") or ADDRESSES.get(kind, "")),
        key=_key(name, kind, _words(name, entry, "key")),
        form=_form(name, kind, _words(name, entry, "form")),
        page_size=int(_number(name, entry, "page_size", 100, 1, 1000)),
        gap_s=_number(name, entry, "gap_s", 1.0, 0, 3600),
        attachments=int(_number(name, entry, "attachments", 3, 0, 20)),
        publisher=_words(name, entry, "publisher"),
        rank=_words(name, entry, "rank").lower(),
        selectors=_mapping(name, entry, "selectors"),
        query=_mapping(name, entry, "query"),
    )
    _check(made)
    return made


def _check(made: Configured) -> None:
    """Raise CorpusError where the fields do not go together."""
    if made.rank and made.rank not in RANKS:
        raise _wrong(said.NO_RANK, made.name, rank=made.rank, ranks=", ".join(RANKS))
    if made.kind == "listing" and not {"item", "link"} <= set(made.selectors) <= set(SELECTORS):
        raise _wrong(said.NO_SELECTOR, made.name, fields=", ".join(SELECTORS))
    if made.kind in ("listing", "sitemap", "feed") and not made.publisher:
        raise _wrong(said.NO_PUBLISHER, made.name)


def _address(name: str, kind: str, text: str) -> str:
    if kind == "folder":
        if not Path(text).is_absolute():
            raise _wrong(said.NO_FOLDER, name)
    elif not text.startswith(("http://", "https://")):
        raise _wrong(said.NO_ADDRESS, name)
    return text


def _key(name: str, kind: str, text: str) -> str:
    wanted = text or (f"{kind.upper()}_KEY" if kind in ADDRESSES else "")
    if wanted and wanted.removeprefix("JIWON_") not in KEYS:
        raise _wrong(said.NO_KEY_NAME, name, names=", ".join(KEYS))  # what stands there may be the key: not shown
    return wanted.removeprefix("JIWON_")


def _form(name: str, kind: str, text: str) -> str:
    forms = FORMS.get(kind, ())
    if text and text not in forms:
        raise _wrong(said.NO_FORM, name, form=text, forms=", ".join(forms) or "-")
    return text or next(iter(forms), "")


def _number(name: str, entry: Mapping[Any, Any], key: str, usual: float, least: float, most: float) -> float:
    value = entry.get(key, usual)
    if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
        raise _wrong(said.NO_NUMBER, name, field=key, least=least, most=most)
    return value


def _words(name: str, entry: Mapping[Any, Any], key: str) -> str:
    value = entry.get(key, "")
    if not isinstance(value, str):
        raise _wrong(said.NO_WORDS, name, field=key)
    return value.strip()


def _mapping(name: str, entry: Mapping[Any, Any], key: str) -> dict[str, str]:
    value = entry.get(key) or {}
    if not isinstance(value, dict):
        raise _wrong(said.NO_MAPPING, f"{name}의 {key}")
    return {str(inner): str(words) for inner, words in value.items()}


def _wrong(sentence: str, name: str, **words: object) -> CorpusError:
    return CorpusError(sentence.format(file=NAME, name=name, **words))
