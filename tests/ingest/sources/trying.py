"""What the tests of collecting share: a portal on loopback, and a run against it that never waits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from ingest.scripted.portal import BIZINFO, KEY, KSTARTUP, Portal, sample, serving
from ingest.sources.collecting import Collected, collect
from ingest.sources.configured import Configured
from ingest.sources.folder import Folder
from rag.outbound import Outbound

MORNING, EVENING, TOMORROW = "2026-03-01T09:00:00+09:00", "2026-03-01T21:00:00+09:00", "2026-03-02T09:00:00+09:00"
HERE = ("127.0.0.1/32",)


@dataclass(slots=True)
class Try:
    """A corpus folder, a data folder and a portal; `waited` are the seconds that were waited, not really."""

    folder: Path
    portal: Portal
    waited: list[float] = field(default_factory=list)

    @property
    def corpus(self) -> Path:
        """The corpus folder."""
        return self.folder / "corpus"

    def source(self, kind: str = "bizinfo", **told: Any) -> Configured:
        """A source at the portal."""
        path = {"bizinfo": BIZINFO, "kstartup": KSTARTUP}.get(kind, "")
        usual = {"form": "json", "page_size": 2, "gap_s": 0.0, "key": f"{kind.upper()}_KEY" if path else ""}
        return Configured(**{"name": kind, "kind": kind, "address": self.portal.url + path, **usual, **told})

    def run(
        self,
        source: Configured | None = None,
        moment: str = MORNING,
        *,
        key: str = KEY,
        since: date | None = None,
        timeout_s: float = 10.0,
    ) -> Collected:
        """One run."""
        outbound = Outbound(HERE, timeout_s=timeout_s)
        try:
            return collect(
                source or self.source(),
                self.corpus,
                self.folder / "data",
                outbound,
                key,
                moment,
                since,
                pause=self.waited.append,
            )
        finally:
            outbound.close()

    def rows(self, name: str = "bizinfo") -> Mapping[str, Any]:
        """The rows of the manifest of a source, by id."""
        return {row.id: row for row in Folder(self.corpus, name).rows}

    def on_disk(self) -> dict[str, tuple[int, bytes]]:
        """Every file with the moment of its last change; the lock of a run is no content."""
        files = (path for path in self.folder.rglob("*") if path.is_file() and path.suffix != ".lock")
        return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


@contextmanager
def trying(folder: Path) -> Iterator[Try]:
    """A portal that holds the sample, and folders to collect into; files that rows name stand at the portal."""
    bizinfo, kstartup = sample()
    with serving(Portal(bizinfo, kstartup)) as portal:
        for row in bizinfo:
            for name in ("printFlpthNm", "flpthNm"):
                row[name] = row.get(name) and row[name].replace("https://www.bizinfo.go.kr", portal.url)
        yield Try(folder, portal)


def many(count: int) -> list[dict[str, Any]]:
    """So many rows of 기업마당, the one registered last first."""
    return [
        {
            "pblancId": f"PBLN_{number:015d}",
            "pblancNm": f"2026년 모의 {number}호 지원사업 공고",
            "pblancUrl": f"/sii/siia/selectSIIA200Detail.do?pblancId=PBLN_{number:015d}",
            "jrsdInsttNm": "모의기업부",
            "reqstBeginEndDe": "20260302 ~ 20260331",
            "creatPnttm": f"2026-02-{number % 28 + 1:02d} 10:00:00",
            "areaNm": "경기",
            "bsnsSumryCn": "모의 사업입니다.",
        }
        for number in range(count, 0, -1)
    ]
