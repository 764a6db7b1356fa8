"""Batch: companies and a folder flow in; a report for each of them and what could not be done flow out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rag.disk import replace_file, sole_holder
from rag.errors import JiwonError
from server.diagnoses.doubting import Settled, settled
from server.diagnoses.entries import Entry
from server.diagnoses.intake import CaseRefused
from server.diagnoses.journal import Done, Journal, digest, opened
from server.diagnoses.maker import Maker, line
from server.diagnoses.names import keys, stem, sweep

LOCK = ".jiwon-batch.lock"
SUMMARY = "요약.xlsx"
TO_DO = "아직 만들지 않았습니다."

Progress = Callable[[str, int, int], None]


class FolderBusy(JiwonError):
    """Another batch is writing to the folder."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a batch is to do: where reports go, in which format, for which day.

    Without `as_of` it is the day of the folder's first run, or `today`.
    """

    folder: Path
    suffix: str
    today: date
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """One row of the summary; `wrong` says why there is no report, `doubts` which cells are in doubt."""

    entry: Entry
    done: Done | None = None
    wrong: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


Summarise = Callable[[date, Sequence[Shown]], bytes]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a batch: the day, a line for every company, how many reports are new, and what else to tell."""

    as_of: date
    shown: tuple[Shown, ...]
    fresh: int
    notices: tuple[str, ...]

    @property
    def refused(self) -> tuple[Shown, ...]:
        """The rows without a report."""
        return tuple(each for each in self.shown if each.done is None)


def run(
    entries: Sequence[Entry],
    maker: Maker,
    order: Order,
    summarise: Summarise,
    progress: Progress,
) -> Outcome:
    """Make every report that is not there yet; killed at any moment and run again, it goes on where it was.

    Raises FolderBusy, or OSError where the folder cannot be written.
    """
    order.folder.mkdir(parents=True, exist_ok=True)
    with sole_holder(order.folder / LOCK) as alone:
        if not alone:
            raise FolderBusy(
                f"{order.folder}: 다른 실행이 이 폴더에 보고서를 만들고 있습니다. 끝난 뒤에 다시 실행해 주세요."
            )
        sweep(order.folder, SUMMARY)
        journal = opened(order.folder)
        as_of = order.as_of or journal.as_of or order.today
        rows = dict(zip(keys(entries, (as_of.isoformat(), maker.generation, order.suffix)), entries, strict=True))
        work = _Work(maker, order, as_of, journal, rows)
        return work.run(summarise, progress)


@dataclass(slots=True)
class _Work:
    maker: Maker
    order: Order
    as_of: date
    journal: Journal
    entries: dict[str, Entry]

    def run(self, summarise: Summarise, progress: Progress) -> Outcome:
        journal, summary = self.journal, self.order.folder / SUMMARY
        notices = list(self._changes())
        kept = {key: done for key in self.entries if (done := self._done(key))}
        if journal.as_of:
            waiting = (
                self._kept(entry, kept[key]) if key in kept else Shown(entry, wrong=(TO_DO,))
                for key, entry in self.entries.items()
            )
            replace_file(summary, summarise(self.as_of, [*waiting]))
        if (journal.as_of, journal.generation) != (self.as_of, self.maker.generation):
            journal.begin(self.as_of, self.maker.generation)
        shown, before = [], len(kept)
        for at, (key, entry) in enumerate(self.entries.items()):
            progress("보고서", at, len(self.entries))
            shown.append(self._kept(entry, kept[key]) if key in kept else self._made(key, entry, kept, notices))
        progress("보고서", len(self.entries), len(self.entries))
        replace_file(summary, summarise(self.as_of, shown))
        notices += self._left({each.done.file for each in shown if each.done})
        return Outcome(self.as_of, tuple(shown), len(kept) - before, tuple(notices))

    def _done(self, key: str) -> Done | None:
        done = self.journal.done.get(key)
        return done if done and (self.order.folder / done.file).is_file() else None

    def _made(self, key: str, entry: Entry, kept: dict[str, Done], notices: list[str]) -> Shown:
        """The report of one company, on disk, or why there is none."""
        try:
            told = self._settled(entry)
            diagnosis = self.maker.diagnose(told.case, self.as_of)
            content = self.maker.write(diagnosis, self.order.suffix)
        except CaseRefused as error:
            return Shown(entry, wrong=error.sentences)
        except JiwonError as error:
            return Shown(entry, wrong=(str(error),))
        file = self._file(entry, {done.file.casefold() for done in kept.values()}, notices)
        self.journal.claim(file)
        replace_file(self.order.folder / file, content)
        done = Done(file, digest(content), line(diagnosis))
        self.journal.finish(key, done)
        kept[key] = done
        return Shown(entry, done, doubts=told.doubts)

    def _kept(self, entry: Entry, done: Done) -> Shown:
        """A company whose report is there already."""
        return Shown(entry, done, doubts=self._settled(entry).doubts)

    def _settled(self, entry: Entry) -> Settled:
        return settled(entry, self.order.today, self.maker.knows_place)

    def _file(self, entry: Entry, taken: set[str], notices: list[str]) -> str:
        """A name that no other report has; what somebody else wrote or edited is never written over."""
        number = 1
        while True:
            file = f"{stem(entry)}{f' ({number})' if number > 1 else ''}.{self.order.suffix}"
            number += 1
            if file.casefold() in taken:
                continue
            if not (self.order.folder / file).exists() or self.journal.owns(file):
                return file
            notices.append(f"{file}: 누가 고쳤거나 다른 데서 온 파일이어서 그대로 두고 새 이름으로 만들었습니다.")

    def _changes(self) -> Iterator[str]:
        before, today = self.journal.as_of, self.order.today
        if before is None:
            return
        if self.order.as_of is None and before != today:
            yield (
                f"기준일은 처음 실행한 날({before})을 그대로 씁니다. "
                f"오늘 기준으로 다시 만들려면 명령에 --as-of {today}도 적어 주세요."
            )
        if before != self.as_of:
            yield f"기준일이 바뀌어({before} → {self.as_of}) 보고서를 모두 다시 만들었습니다."
        elif self.journal.generation != self.maker.generation:
            yield "색인이 바뀌어 보고서를 모두 다시 만들었습니다."

    def _left(self, used: set[str]) -> Iterator[str]:
        """Reports of earlier runs that are no row's any more."""
        left = sorted(f for f in self.journal.digests if f not in used and (self.order.folder / f).exists())
        if left:
            named = ", ".join(left[:5]) + (f" 등 {len(left)}개" if len(left) > 5 else "")
            yield f"지금 목록의 행에서 만든 것이 아닌 예전 보고서를 그대로 두었습니다: {named}"
