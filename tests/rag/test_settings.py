"""Settings are refused with a sentence when unsafe, and never show a key."""

from __future__ import annotations

import pytest

from rag.errors import SettingsError
from rag.settings import SHORTEST_KEY, Settings, from_environment

KEY = "k3y-of-the-staff-office"


def test_a_key_is_read_and_never_shown() -> None:
    settings = from_environment({"JIWON_ADMIN_KEY": KEY})
    assert settings.admin_key == KEY
    assert KEY not in repr(settings) and KEY not in str(settings)
    assert Settings().admin_key == ""


@pytest.mark.parametrize("key", ["short", "x" * (SHORTEST_KEY - 1), "열" * SHORTEST_KEY, "with a blank inside it"])
def test_an_unsafe_key_is_refused_without_showing_it(key: str) -> None:
    with pytest.raises(SettingsError, match="JIWON_ADMIN_KEY") as refused:
        from_environment({"JIWON_ADMIN_KEY": key})
    assert key not in str(refused.value)


def test_the_keys_of_consultants_are_read_and_never_shown() -> None:
    settings = from_environment({"JIWON_CONSULT_KEY": f"{KEY}, {KEY}2 ,{KEY}"})
    assert settings.consult_keys == (KEY, f"{KEY}2")
    assert KEY not in repr(settings)
    assert Settings().consult_keys == ()


@pytest.mark.parametrize("keys", [f"{KEY},short", f"{KEY},,", "열" * SHORTEST_KEY, ","])
def test_one_unsafe_key_among_them_is_refused_without_showing_any(keys: str) -> None:
    with pytest.raises(SettingsError, match="JIWON_CONSULT_KEY") as refused:
        from_environment({"JIWON_CONSULT_KEY": keys})
    assert KEY not in str(refused.value) and "short" not in str(refused.value)


def test_consultants_and_staff_do_not_share_a_key() -> None:
    with pytest.raises(SettingsError, match="JIWON_CONSULT_KEY"):
        from_environment({"JIWON_ADMIN_KEY": KEY, "JIWON_CONSULT_KEY": f"{KEY}2,{KEY}"})


def test_the_address_of_a_database_is_never_shown() -> None:
    url = "postgresql+psycopg://me:s3cret@host/jiwon"
    settings = from_environment({"JIWON_DATABASE_URL": url})
    assert settings.database_url == url and "s3cret" not in repr(settings)
    with pytest.raises(SettingsError, match="JIWON_DATABASE_URL") as refused:
        from_environment({"JIWON_DATABASE_URL": "mysql://me:s3cret@host/jiwon"})
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize("days", ["0", "-1", "3651", "많이", "1.5"])
def test_the_life_of_a_draft_is_a_number_of_days(days: str) -> None:
    assert from_environment({"JIWON_DRAFT_DAYS": "7"}).draft_days == 7
    with pytest.raises(SettingsError, match="JIWON_DRAFT_DAYS"):
        from_environment({"JIWON_DRAFT_DAYS": days})


def test_the_settings_of_models_are_read() -> None:
    given = {"EMBEDDER_WEIGHT": "0.7", "EMBEDDER_BATCH": "8", "RERANKER": "some/model", "RERANKER_TIMEOUT_S": "0.5"}
    settings = from_environment({f"JIWON_{name}": value for name, value in given.items()})
    assert (settings.embedder_weight, settings.embedder_batch) == (0.7, 8)
    assert (settings.reranker, settings.reranker_timeout_s) == ("some/model", 0.5)
    assert from_environment({}) == Settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("EMBEDDER_WEIGHT", value) for value in ("-0.1", "1.1", "nan", "half")),
        *(("EMBEDDER_BATCH", value) for value in ("0", "2.5", "1e3", "4096")),
        *(("RERANKER_TIMEOUT_S", value) for value in ("0", "inf", "-1", "61")),
    ],
)
def test_a_number_out_of_bounds_is_refused_with_what_is_allowed(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=rf"JIWON_{name}.*사이의"):
        from_environment({f"JIWON_{name}": value})


def test_a_language_model_is_named_with_where_to_find_it() -> None:
    settings = from_environment(
        {"JIWON_MODEL": "openai:a/b:7b", "JIWON_MODEL_BASE_URL": "http://127.0.0.1:8080/v1", "JIWON_MODEL_API_KEY": "k"}
    )
    assert (settings.model, settings.model_timeout_s, settings.model_concurrency) == ("openai:a/b:7b", 30, 4)
    assert "'k'" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MODEL", "gpt"),
        ("MODEL", ":x"),
        ("MODEL", "openai:"),
        ("MODEL_BASE_URL", "localhost:8080"),
        ("MODEL_TIMEOUT_S", "0"),
        ("MODEL_TIMEOUT_S", "1.5"),
        ("MODEL_CONCURRENCY", "0"),
        ("MODEL_QUEUE", "-1"),
    ],
)
def test_a_bad_setting_of_the_model_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"JIWON_{name}"):
        from_environment({f"JIWON_{name}": value})


def test_the_address_of_a_mail_server_is_never_shown() -> None:
    url = "smtp://me:s3cret@mail.example.kr:587?starttls=1"
    settings = from_environment({"JIWON_SMTP_URL": url, "JIWON_PUBLIC_URL": "https://jiwon.example.kr/"})
    assert settings.smtp_url == url and "s3cret" not in repr(settings)
    assert settings.public_url == "https://jiwon.example.kr"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(
            ("SMTP_URL", url)
            for url in ("mail.example.kr", "http://mail", "smtp://", "smtp://h/x", "smtps://h?tls=s3cret")
        ),
        *(("SMTP_FROM", text) for text in ("alerts", "a@b\r\nBcc: c@d", "지원 <a@example.kr>", "홍@example.kr")),
        ("PUBLIC_URL", "jiwon.example.kr"),
    ],
)
def test_what_mail_cannot_be_sent_with_is_refused(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"JIWON_{name}") as refused:
        from_environment({f"JIWON_{name}": value})
    assert "s3cret" not in str(refused.value)
