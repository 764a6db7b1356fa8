"""Collecting: a configured source flows in; its new and changed notices flow out into the corpus folder.

A run is safe to cut anywhere: files come first, then the manifest, then the page to go on with. What fails closes and
deletes nothing; only a list that was seen whole tells that a notice is not listed any more, and then it is noted.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ingest.sources import runs
from ingest.sources.bizinfo import Bizinfo
from ingest.sources.configured import Configured
from ingest.sources.feed import Feed
from ingest.sources.folder import Folder
from ingest.sources.kstartup import KStartup
from ingest.sources.listed import Connector, Page
from ingest.sources.listing import Listing, Sitemap
from ingest.sources.polite import Polite
from ingest.sources.taking import Taking
from ingest.sources.watched import Watched
from rag.disk import sole_holder
from rag.errors import CollectFailed
from rag.messages import collecting as said
from rag.outbound import Outbound

Progress = Callable[[str, int, int], None]
SAVED_EVERY = 20
"""Notices after which the manifest is written, so that a cut costs few of them."""
SUDDEN_SHARE, SUDDEN_LEAST = 0.05, 2
"""More notices than this that leave a list at once may be a fault of the list, and are looked at again another day."""


@dataclass(slots=True)
class Collected:
    """What a run came to: counts of notices and of attachments kept, sentences on what went wrong, and its end.

    `whole` tells that the whole list was seen, `resumed` that the run went on with one that was cut, `stopped` in a
    sentence why it ended before its end.
    """

    name: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    attachments: int = 0
    unlisted: int = 0
    faults: list[str] = field(default_factory=list)
    whole: bool = False
    resumed: bool = False
    stopped: str = ""


def collect(
    source: Configured,
    corpus_dir: Path,
    data_dir: Path,
    outbound: Outbound,
    key: str,
    moment: str,
    since: date | None = None,
    progress: Progress | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> Collected:
    """Collect from one source; `moment` is the ISO time of now, `key` opens the portal.

    What came before something failed is kept, and `stopped` tells of it. Raises CollectFailed where another process
    collects from this source, CorpusError where what was collected before cannot be read.
    """
    path = runs.path_of(data_dir, source.name)
    with sole_holder(path.with_suffix(".lock")) as is_ours:
        if not is_ours:
            raise CollectFailed(said.BUSY.format(name=source.name))
        polite = Polite(source.name, outbound, source.gap_s, key=key, variable=f"JIWON_{source.key}", pause=pause)
        folder = Folder(corpus_dir, source.name)
        return _Collecting(source, folder, path, polite, moment).run(
            _connector(source, polite, key, corpus_dir), since, progress
        )


def _connector(source: Configured, polite: Polite, key: str, corpus_dir: Path) -> Connector:
    if source.key and not key:
        raise CollectFailed(said.KEY_UNSET.format(name=source.name, variable=f"JIWON_{source.key}"))
    makers: dict[str, Callable[[], Connector]] = {
        "bizinfo": lambda: Bizinfo(source, polite, key),
        "kstartup": lambda: KStartup(source, polite, key),
        "folder": lambda: Watched(source, corpus_dir),
        "listing": lambda: Listing(source, polite),
        "sitemap": lambda: Sitemap(source, polite),
        "feed": lambda: Feed(source, polite),
    }
    return makers[source.kind]()


class _Collecting:
    """One run."""

    def __init__(self, source: Configured, folder: Folder, path: Path, polite: Polite, moment: str) -> None:
        self._source, self._folder, self._path, self._moment = source, folder, path, moment
        self._day = moment[:10]
        self._done = Collected(source.name)
        known = runs.read_run(path)
        if known is None:
            self._done.faults.append(said.UNREAD_STATE.format(file=path.name))
        self._run = known or runs.Run()
        self._taking = Taking(source, folder, polite, self._run, self._done, self._day)
        self._veiled = polite.veiled

    def run(self, connector: Connector, since: date | None, progress: Progress | None) -> Collected:
        """All pages that are left, then what is to be noted of the whole."""
        run, done = self._run, self._done
        done.resumed = run.begun(self._moment, since.isoformat() if since else "")
        total: int | None = None
        try:
            while True:
                page = connector.page(run.cursor, since)
                if run.seen and page.notices and all(notice.id in run.seen for notice in page.notices):
                    run.ended()  # going on from here would meet the same page again
                    raise CollectFailed(said.REPEATS.format(name=self._source.name))
                total = page.total if page.total is not None else total
                self._take(page, total, progress)
                run.cursor = page.next
                if not page.next:
                    break
                self._keep()
            self._end(total, is_all=since is None)
        except CollectFailed as error:
            done.stopped = str(error)
        self._keep()
        done.faults = [self._veiled(sentence) for sentence in done.faults]
        return done

    def _take(self, page: Page, total: int | None, progress: Progress | None) -> None:
        run = self._run
        self._done.faults += page.faults
        met: dict[str, str] = {}
        for number, notice in enumerate(page.notices, 1):
            if notice.id not in run.seen and notice.id not in met:
                self._taking.take(notice)
                met[notice.id] = notice.digest
            if number % SAVED_EVERY == 0:
                self._folder.save()
            if progress:
                progress(said.STEP, len(run.seen) + len(met), max(total or 0, len(run.seen) + len(met)))
        run.seen |= met
        run.lost += page.lost
        run.is_some = run.is_some or page.is_some

    def _keep(self) -> None:
        """The manifest before the state: what the state knows of has a row; nothing where there is nothing to lose."""
        is_worth = self._folder.save() or self._done.added or self._done.changed or self._done.resumed
        if is_worth or not self._run.cursor:
            runs.write_run(self._path, self._run)

    def _end(self, total: int | None, *, is_all: bool) -> None:
        """Nothing is left of the run; where it saw all there is, what it did not see is noted."""
        run, done = self._run, self._done
        seen = set(run.seen)
        is_counted = total is not None and len(seen) + run.lost >= total
        if run.lost:
            done.faults.append(said.LOST.format(lost=run.lost))
        elif total is not None and not is_counted:
            done.faults.append(said.SHORT.format(total=total, seen=len(seen)))
        # Pages move while a run waits; only a count tells whether none slipped through.
        done.whole = (
            is_all and not run.lost and not run.is_some and (is_counted or (total is None and not done.resumed))
        )
        run.missing = {id_: day for id_, day in run.missing.items() if id_ not in seen}
        if done.whole:
            self._note_unlisted(seen)
            run.whole_on = self._day
        run.ended()

    def _note_unlisted(self, seen: set[str]) -> None:
        run = self._run
        held = {row.notice: row for row in self._folder.rows}
        gone = [notice for notice, row in held.items() if notice not in seen and not row.unlisted_on]
        sudden = len(gone) > max(SUDDEN_LEAST, SUDDEN_SHARE * len(held))
        for notice in gone:
            if sudden and run.missing.setdefault(notice, self._day) == self._day:
                continue
            self._folder.mark(notice, unlisted_on=self._day)
            run.missing.pop(notice, None)
            self._done.unlisted += 1
        if waiting := sum(notice in run.missing for notice in gone):
            self._done.faults.append(said.TOO_MANY_GONE.format(count=waiting))
