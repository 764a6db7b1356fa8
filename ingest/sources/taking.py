"""Taking: one notice flows in; where it is new or changed its file and its attachments flow into the folder."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.sources.configured import Configured
from ingest.sources.files import LARGEST_ATTACHMENT, is_form, suffix_of
from ingest.sources.folder import Folder, Row, safe_id
from ingest.sources.listed import Attachment, Listed
from ingest.sources.polite import Polite, TimeOver
from ingest.sources.runs import TRIES, Run
from ingest.sources.writing import page_of
from rag.errors import CollectFailed
from rag.messages import collecting as said

if TYPE_CHECKING:
    from ingest.sources.collecting import Collected

IN_A_ROW = 3
"""Failures one after another from which on a host is taken to be down for this run."""
UNVOUCHED = "unlisted"
"""The rank of what lies in a watched folder, unless staff say who publishes it."""


class Taking:
    """Takes the notices of one run."""

    def __init__(self, source: Configured, folder: Folder, polite: Polite, run: Run, done: Collected, day: str) -> None:
        self._source, self._folder, self._polite, self._run = source, folder, polite, run
        self._done, self._day = done, day
        self._unread = self._unkept = 0

    def take(self, notice: Listed) -> None:
        """Write what is new of a notice, and note that it was found. Raises CollectFailed where its host is down."""
        stem = safe_id(notice.id)
        known = self._folder.row(stem)
        is_same = known is not None and known.digest == notice.digest and self._folder.has(known)
        if not is_same and not self._write(notice, stem, known):
            return
        if is_same:
            self._done.unchanged += 1
        elif known:
            self._done.changed += 1
        else:
            self._done.added += 1
        self._take_attachments(notice, stem)
        self._folder.mark(notice.id, checked_on=self._day, unlisted_on="")
        self._outdate(notice, stem)

    def _write(self, notice: Listed, stem: str, known: Row | None) -> bool:
        """Whether its file is there as it is now."""
        suffix = notice.suffix
        try:
            raw = notice.file() if notice.file else page_of(notice)
            if notice.file and self._source.kind != "folder":
                suffix = suffix_of(raw, page=True)
                if not suffix:
                    raise CollectFailed(said.NO_TYPE.format(id=notice.id, file=notice.url))
            self._unread = 0
        except TimeOver:
            raise
        except CollectFailed as error:
            self._done.faults.append(said.UNREAD_FILE.format(id=notice.id, why=error))
            self._unread += 1
            if self._unread >= IN_A_ROW:
                raise
            return False
        publisher = notice.ministry or notice.agency or self._source.publisher
        unvouched = UNVOUCHED if self._source.kind == "folder" and not publisher else ""
        row = Row(
            id=stem,
            file=f"{stem}{suffix}",
            title=notice.title,
            publisher=publisher,
            published_on=notice.published_on,
            source_url=notice.url,
            rank=self._source.rank or unvouched,
            collected_on=self._day,
            checked_on=self._day,
            notice=notice.id,
            digest=notice.digest,
        )
        self._folder.put(row, raw)
        return True

    def _take_attachments(self, notice: Listed, stem: str) -> None:
        wanted = [each for each in notice.attachments if not is_form(each.name)][: self._source.attachments]
        for number, attachment in enumerate(wanted, 1):
            key = _key(notice, attachment)
            known = self._folder.row(f"{stem}.{number}")
            is_same = known is not None and known.digest == key and self._folder.has(known)
            if not is_same and self._run.failed.get(key, 0) < TRIES and self._unkept < IN_A_ROW:
                self._take_attachment(notice, f"{stem}.{number}", attachment, key)

    def _take_attachment(self, notice: Listed, id_: str, attachment: Attachment, key: str) -> None:
        try:
            raw = self._polite.asked(attachment.url, lambda reply: reply.body, most=LARGEST_ATTACHMENT, tries=1)
        except TimeOver:
            raise
        except CollectFailed as error:
            self._unkept += 1
            tries = self._run.failed[key] = self._run.failed.get(key, 0) + 1
            told = said.NO_ATTACHMENT if tries < TRIES else said.GIVEN_UP
            self._done.faults.append(told.format(id=notice.id, file=attachment.name, why=error))
            return
        self._unkept = 0
        suffix = suffix_of(raw)
        if not suffix:
            self._run.failed[key] = TRIES
            self._done.faults.append(said.NO_TYPE.format(id=notice.id, file=attachment.name))
            return
        self._run.failed.pop(key, None)
        own = self._folder.row(safe_id(notice.id))
        if own is not None:
            row = replace(
                own, id=id_, file=f"{id_}{suffix}", source_url=attachment.url, collected_on=self._day, digest=key
            )
            self._folder.put(row, raw)
            self._done.attachments += 1

    def _outdate(self, notice: Listed, stem: str) -> None:
        """Attachments that a notice does not name any more stay, noted as such."""
        names = {attachment.url for attachment in notice.attachments}
        for row in self._folder.of_notice(notice.id):
            if row.id != stem and row.source_url not in names:
                self._folder.put(replace(row, unlisted_on=row.unlisted_on or self._day))


def _key(notice: Listed, attachment: Attachment) -> str:
    """What tells whether an attachment was kept: its address, and the notice as it is now."""
    told = f"{notice.digest} {attachment.url}"
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]
