"""What `jiwon collect` does and prints: a source flows in; counts, what went wrong and the end of the run flow out."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from rag.errors import CollectFailed
from rag.settings import Settings
from server.clock import now
from server.command.cli_show import progress_bar, show_json
from server.staff.collecting import collect

if TYPE_CHECKING:
    from ingest.sources.collecting import Collected

SHOWN = 20
"""Sentences on what went wrong; the JSON has all of them."""
COUNTS = "{name}: 새 공고 {added}건, 바뀐 공고 {changed}건, 그대로인 공고 {unchanged}건, 첨부 {attachments}개."
RESUMED = "끊긴 곳부터 이어서 가져왔습니다."
WHOLE = "목록을 끝까지 확인했습니다. 목록에서 빠진 공고로 표시한 것은 {unlisted}건입니다."
PARTLY = "목록의 일부만 확인했으므로, 빠진 공고는 판단하지 않았습니다."
MORE = "이 밖에 {count}건이 더 있습니다. --json으로 모두 볼 수 있습니다."
NEXT = "색인에 넣으려면 `jiwon sync`를 실행해 주세요."


def collect_from(settings: Settings, name: str, since: date | None, *, as_json: bool) -> None:
    """Collect and show it. Raises CollectFailed where the run stopped before its end, after what came is kept."""
    with progress_bar() as progress:
        done = collect(settings, name, since, now(), progress)
    if as_json:
        show_json(asdict(done))
    else:
        _show(done)
    if done.stopped:
        raise CollectFailed(done.stopped)


def _show(done: Collected) -> None:
    print(COUNTS.format(**asdict(done)))
    if done.resumed:
        print(RESUMED)
    print(WHOLE.format(unlisted=done.unlisted) if done.whole else PARTLY)
    if done.added or done.changed:
        print(NEXT)
    for sentence in done.faults[:SHOWN]:
        print(f"주의: {sentence}", file=sys.stderr)
    if len(done.faults) > SHOWN:
        print(f"주의: {MORE.format(count=len(done.faults) - SHOWN)}", file=sys.stderr)
