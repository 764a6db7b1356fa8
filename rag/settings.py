"""Settings: environment variables flow in, one typed record flows out, refused when unknown or unsafe."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

from rag.errors import SettingsError
from rag.messages import settings as said

PREFIX = "JIWON_"
INSTALLATION = Path(__file__).resolve().parent.parent
SHORTEST_KEY = 16
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
DATABASES = ("sqlite:///", "postgresql://", "postgresql+")
LONGEST_DRAFT_LIFE = 3650
FLAGS = {"true": True, "false": False}
RATE = r"[1-9]\d{0,6}\s*/\s*(?:[1-9]\d{0,3}\s*)?(?:second|minute|hour|day)s?"
CRON = r"[\d*,/-]+(?:\s+[\d*,/a-z-]+){4}"
KEEP_GENERATIONS = 2
"""Enough to step back over a bad sync, and over the one after it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an operator can set; the README's table lists the same names and defaults."""

    data_dir: Path = Path("data")
    corpus_dir: Path = INSTALLATION / "corpus"
    host: str = "127.0.0.1"
    port: int = 8000
    embedder: str = "auto"
    embedder_weight: float | None = None
    embedder_batch: int = 32
    reranker: str = ""
    reranker_timeout_s: float = 2.0
    log_level: str = "INFO"
    admin_key: str = field(default="", repr=False)
    consult_key: str = field(default="", repr=False)
    database_url: str = field(default="", repr=False)
    chroma_url: str = field(default="", repr=False)
    store_url: str = field(default="", repr=False)
    draft_days: int = 30
    keep_generations: int = KEEP_GENERATIONS
    model: str = ""
    model_base_url: str = ""
    model_api_key: str = field(default="", repr=False)
    model_timeout_s: int = 30
    model_concurrency: int = 4
    model_queue: int = 16
    queue: int = 128
    open: bool = True
    rate_limit: str = ""
    concurrency: int = 16
    allowed_hosts: str = "*"
    cors_origins: str = ""
    trusted_proxies: str = "127.0.0.1"
    answer_days: int = 30
    traces_url: str = ""
    answer_timeout_s: float = 10.0
    outbound_allow: str = ""
    bizinfo_key: str = field(default="", repr=False)
    kstartup_key: str = field(default="", repr=False)
    collect_at: str = ""
    smtp_url: str = field(default="", repr=False)
    smtp_from: str = ""
    public_url: str = ""

    @property
    def consult_keys(self) -> tuple[str, ...]:
        """The keys of consultants, each once."""
        return tuple(dict.fromkeys(key.strip() for key in self.consult_key.split(",") if key.strip()))

    @property
    def shares(self) -> bool:
        """Whether other servers may serve the same: what is built here is then told to them, and what they build here.

        That takes a database and a store of vectors that more than one machine reaches.
        """
        return bool(self.chroma_url) and self.database_url.startswith(("postgresql://", "postgresql+"))

    @property
    def reachable(self) -> tuple[str, ...]:
        """The private networks that may be asked, such as "10.1.0.0/16"."""
        return tuple(network.strip() for network in self.outbound_allow.split(",") if network.strip())


def from_environment(environment: Mapping[str, str]) -> Settings:
    """Read the `JIWON_` variables. Raises SettingsError naming the variable, what is wrong and what is allowed."""
    given = {
        key.removeprefix(PREFIX).lower(): value.strip() for key, value in environment.items() if key.startswith(PREFIX)
    }
    known = Settings.__dataclass_fields__
    for name in given:
        if name not in known:
            names = ", ".join(map(_variable, known))
            raise _wrong(said.UNKNOWN, name, names=names)
        if not given[name]:
            raise _wrong(said.EMPTY, name)
    return Settings(
        data_dir=Path(given.get("data_dir", "data")),
        corpus_dir=Path(given.get("corpus_dir", Settings().corpus_dir)),
        host=given.get("host", "127.0.0.1"),
        port=_port(given.get("port", "8000")),
        embedder=given.get("embedder", "auto"),
        embedder_weight=_number("embedder_weight", given, 0, 1) if "embedder_weight" in given else None,
        embedder_batch=_whole("embedder_batch", given, 1, 1024),
        reranker=given.get("reranker", ""),
        reranker_timeout_s=_number("reranker_timeout_s", given, 0.1, 60),
        log_level=_log_level(given.get("log_level", "INFO")),
        admin_key=_key("admin_key", given.get("admin_key")),
        consult_key=_consult_keys(given.get("consult_key"), given.get("admin_key")),
        database_url=_database_url(given.get("database_url")),
        chroma_url=_address("chroma_url", given.get("chroma_url", "")).rstrip("/"),
        store_url=_store_url(given.get("store_url", "")),
        draft_days=_draft_days(given.get("draft_days", "30")),
        keep_generations=_whole("keep_generations", given, 0, 1000),
        model=_model(given.get("model", "")),
        model_base_url=_address("model_base_url", given.get("model_base_url", "")),
        model_api_key=given.get("model_api_key", ""),
        model_timeout_s=_whole("model_timeout_s", given, 1, 600),
        model_concurrency=_whole("model_concurrency", given, 1, 256),
        model_queue=_whole("model_queue", given, 0, 10_000),
        queue=_whole("queue", given, 0, 10_000),
        open=_flag("open", given),
        rate_limit=_rate(given.get("rate_limit", "")),
        concurrency=_whole("concurrency", given, 1, 10_000),
        allowed_hosts=given.get("allowed_hosts", "*"),
        cors_origins=_origins(given.get("cors_origins", "")),
        trusted_proxies=given.get("trusted_proxies", "127.0.0.1"),
        answer_days=_whole("answer_days", given, 1, 3650),
        traces_url=_address("traces_url", given.get("traces_url", "")),
        answer_timeout_s=_number("answer_timeout_s", given, 0.1, 600),
        outbound_allow=_networks(given.get("outbound_allow", "")),
        bizinfo_key=given.get("bizinfo_key", ""),
        kstartup_key=given.get("kstartup_key", ""),
        collect_at=_cron(given.get("collect_at", "")),
        smtp_url=_smtp_url(given.get("smtp_url", "")),
        smtp_from=_mail_address("smtp_from", given.get("smtp_from", "")),
        public_url=_address("public_url", given.get("public_url", "")).rstrip("/"),
    )


def _variable(name: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + name.upper()


def _wrong(sentence: str, name: str, **words: object) -> SettingsError:
    return SettingsError(sentence.format(name=_variable(name), **words))


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 65535:
        return int(text)
    raise _wrong(said.NO_PORT, "port", text=text)


def _number(name: str, given: Mapping[str, str], least: float, most: float, *, whole: bool = False) -> float:
    text = given.get(name, str(getattr(Settings(), name)))
    kind = said.WHOLE_NUMBER if whole else said.NUMBER
    try:
        number = float(int(text) if whole else text) if text.isascii() else math.nan
    except ValueError:
        number = math.nan
    if least <= number <= most:
        return number
    raise _wrong(said.NOT_BETWEEN, name, text=text, least=least, most=most, kind=kind)


def _whole(name: str, given: Mapping[str, str], least: int, most: int) -> int:
    return int(_number(name, given, least, most, whole=True))


def _flag(name: str, given: Mapping[str, str]) -> bool:
    text = given.get(name, "true").lower()
    if text in FLAGS:
        return FLAGS[text]
    raise _wrong(said.NOT_AMONG, name, text=text, names=", ".join(FLAGS))


def _rate(text: str) -> str:
    """A rate as written, `120/minute` or several with semicolons between them; empty for the default."""
    if text and not all(re.fullmatch(RATE, part.strip()) for part in text.split(";")):
        raise _wrong(said.NO_RATE, "rate_limit", text=text)
    return text


def _origins(text: str) -> str:
    """Origins of pages that may call the API from a browser, between commas; empty for none but our own."""
    if not all(origin.strip().startswith(("http://", "https://")) for origin in text.split(",") if text):
        raise _wrong(said.NO_ORIGIN, "cors_origins")
    return text


def _networks(text: str) -> str:
    """Networks between commas as given; empty for none."""
    try:
        for network in filter(None, map(str.strip, text.split(","))):
            ip_network(network)
    except ValueError:
        raise _wrong(said.NO_NETWORK, "outbound_allow") from None
    return text


def _cron(text: str) -> str:
    """When something is done of itself, as in a crontab: minute, hour, day, month, weekday; empty for never."""
    if text and not re.fullmatch(CRON, text, re.IGNORECASE):
        raise _wrong(said.NO_CRON, "collect_at", text=text)
    return text


def _smtp_url(text: str) -> str:
    """The address of a mail server as given, which may hold a password and is never shown."""
    try:
        parts = urlsplit(text)
        holds = parts.scheme in ("smtp", "smtps") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        holds = False
    if text and not (holds and parts.path in ("", "/") and parts.query in ("", "starttls=1", "starttls=0")):
        raise _wrong(said.NO_SMTP, "smtp_url")
    return text


def _mail_address(name: str, text: str) -> str:
    is_one = text.isascii() and re.fullmatch(r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+", text)
    if text and not is_one:
        raise _wrong(said.NO_MAIL_ADDRESS, name)
    return text


def _log_level(text: str) -> str:
    if text.upper() in LOG_LEVELS:
        return text.upper()
    raise _wrong(said.NOT_AMONG, "log_level", text=text, names=", ".join(LOG_LEVELS))


def _key(name: str, text: str | None) -> str:
    """A key as given, empty where there is none; what is wrong with it is said without showing it."""
    if text is not None and (
        len(text) < SHORTEST_KEY or not (text.isascii() and text.isprintable() and " " not in text)
    ):
        raise _wrong(said.UNSAFE_KEY, name, least=SHORTEST_KEY)
    return text or ""


def _consult_keys(text: str | None, admin_key: str | None) -> str:
    """Keys between commas as given; each as safe as any other, none of them the key of staff."""
    keys = [] if text is None else [_key("consult_key", key.strip()) for key in text.split(",")]
    if admin_key and admin_key in keys:
        raise _wrong(said.SHARED_KEY, "consult_key", other=_variable("admin_key"))
    return ",".join(keys)


def _database_url(text: str | None) -> str:
    """The address of the database as given, which may hold a password and is never shown."""
    if text is not None and not text.startswith(DATABASES):
        raise _wrong(said.NO_DATABASE, "database_url")
    return text or ""


def _store_url(text: str) -> str:
    """The address of a store as given; whether it is of a known kind is seen when it is opened."""
    if text and not re.fullmatch(r"[a-z][a-z0-9+.-]*://\S+", text):
        raise _wrong(said.NO_STORE, "store_url")
    return text


def _draft_days(text: str) -> int:
    if text.isascii() and text.isdigit() and 1 <= int(text) <= LONGEST_DRAFT_LIFE:
        return int(text)
    raise _wrong(said.NO_DRAFT_DAYS, "draft_days", text=text, most=LONGEST_DRAFT_LIFE)


def _model(text: str) -> str:
    provider, colon, name = text.partition(":")
    if text and not (colon and provider.isidentifier() and name):
        raise _wrong(said.NO_MODEL, "model", text=text)
    return text


def _address(name: str, text: str) -> str:
    if text and not text.startswith(("http://", "https://")):
        raise _wrong(said.NO_ADDRESS, name)
    return text
