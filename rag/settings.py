"""Settings: environment variables flow in, one typed record flows out, refused when unknown or unsafe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rag.errors import SettingsError

PREFIX = "JIWON_"
INSTALLATION = Path(__file__).resolve().parent.parent
SHORTEST_KEY = 16
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an operator can set; the README's table lists the same names and defaults."""

    data_dir: Path = Path("data")
    corpus_dir: Path = INSTALLATION / "corpus"
    host: str = "127.0.0.1"
    port: int = 8000
    embedder: str = "kiwi"
    log_level: str = "INFO"
    admin_key: str = field(default="", repr=False)


def from_environment(environment: Mapping[str, str]) -> Settings:
    """Read the `JIWON_` variables. Raises SettingsError naming the variable, what is wrong and what is allowed."""
    given = {
        key.removeprefix(PREFIX).lower(): value.strip() for key, value in environment.items() if key.startswith(PREFIX)
    }
    known = Settings.__dataclass_fields__
    for name in given:
        if name not in known:
            names = ", ".join(PREFIX + setting.upper() for setting in known)
            raise SettingsError(f"{PREFIX}{name.upper()}: 모르는 설정입니다. 쓸 수 있는 설정: {names}")
        if not given[name]:
            raise SettingsError(f"{PREFIX}{name.upper()}: 값이 비어 있습니다. 값을 넣거나 변수를 지워 주세요.")
    return Settings(
        data_dir=Path(given.get("data_dir", "data")),
        corpus_dir=Path(given.get("corpus_dir", Settings().corpus_dir)),
        host=given.get("host", "127.0.0.1"),
        port=_port(given.get("port", "8000")),
        embedder=given.get("embedder", "kiwi"),
        log_level=_log_level(given.get("log_level", "INFO")),
        admin_key=_key("admin_key", given.get("admin_key")),
    )


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 65535:
        return int(text)
    raise SettingsError(f"JIWON_PORT: '{text}'은(는) 포트 번호가 아닙니다. 1에서 65535 사이의 수를 넣어 주세요.")


def _log_level(text: str) -> str:
    if text.upper() in LOG_LEVELS:
        return text.upper()
    raise SettingsError(
        f"JIWON_LOG_LEVEL: '{text}'은(는) 쓸 수 없습니다. {', '.join(LOG_LEVELS)} 가운데 하나를 넣어 주세요."
    )


def _key(name: str, text: str | None) -> str:
    """A key as given, empty where there is none; what is wrong with it is said without showing it."""
    if text is not None and (
        len(text) < SHORTEST_KEY or not (text.isascii() and text.isprintable() and " " not in text)
    ):
        raise SettingsError(
            f"{PREFIX}{name.upper()}: 안전하지 않은 열쇠입니다. "
            f"빈칸 없이 영문자·숫자·기호로 {SHORTEST_KEY}자 이상을 넣어 주세요."
        )
    return text or ""
