"""`jiwon alerts` sends what is due or shows it, and ends with what scripts rely on."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.errors import JiwonError
from rag.settings import Settings
from server.alerts.opening import open_alerts
from server.asking.request import ProfileIn
from server.clock import moment, today
from server.command import cli_alerts
from server.desks.service import Service
from server.store.engine import open_database
from server.store.subscriptions import Channel
from tests.server.alerts.conftest import NewsDesk, program
from tests.server.alerts.receiving import Hook, webhook

PROFILE = ProfileIn.model_validate({"size": "중소기업"})


def desk() -> NewsDesk:
    """One programme that may be applied for today."""
    return NewsDesk(told=[program("바우처", today().replace(month=12, day=31), year=today().year)])


def subscribed(tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of an installation that a webhook has subscribed to."""
    (tmp_path / "CURRENT").write_text("g1\n", "utf-8")
    settings = Settings(data_dir=tmp_path, outbound_allow="127.0.0.1/32")
    monkeypatch.setattr(cli_alerts, "opener", lambda _: desk)
    database, service = open_database("", tmp_path), Service(tmp_path, desk)
    open_alerts(settings, database, service, moment).subscribing.subscribe(PROFILE, Channel.WEBHOOK, url)
    database.close()
    return settings


def test_what_would_be_sent_is_shown_and_then_sent_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hook = Hook()
    with webhook(hook) as url:
        settings = subscribed(tmp_path, url, monkeypatch)
        cli_alerts.alerts(settings, dry_run=True)
        shown = capsys.readouterr().out
        assert "바우처" in shown
        assert "1곳에 보낼 알림이 있습니다(웹훅 1건)." in shown
        assert "127.0.0.1" not in shown
        assert hook.alerts == []
        cli_alerts.alerts(settings, dry_run=False)
        assert capsys.readouterr().out == "새 알림 1건을 골랐고, 1건을 보냈습니다.\n"
        cli_alerts.alerts(settings, dry_run=True)
        assert capsys.readouterr().out == f"{cli_alerts.NOTHING}\n"
    assert len(hook.alerts) == 1


def test_what_could_not_be_sent_is_a_known_error_and_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hook = Hook()
    with webhook(hook) as url:
        settings = subscribed(tmp_path, url, monkeypatch)
        hook.status = 500
        with pytest.raises(JiwonError, match="1건을 보내지 못했습니다"):
            cli_alerts.alerts(settings, dry_run=False)
        capsys.readouterr()
        cli_alerts.alerts(settings, dry_run=True)
        assert cli_alerts.NOTHING in capsys.readouterr().out


def test_where_nobody_subscribed_nothing_is_opened(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli_alerts.alerts(Settings(data_dir=tmp_path), dry_run=False)
    assert capsys.readouterr().out == "새 알림 0건을 골랐고, 0건을 보냈습니다.\n"
