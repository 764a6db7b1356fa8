"""Contact lines: a line that names an office or a kind of number flows in, one with the number below it flows out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.contacts.office_words import is_department
from ingest.contacts.phone_numbers import EMAIL, is_bare_reach, runs
from ingest.contacts.printed_offices import head
from ingest.labels.fields import Column, column_of
from ingest.labels.labelled import labelled
from ingest.labels.outline import unbulleted
from ingest.labels.text_lines import Line

_REACH = (Column.PHONE, Column.FAX, Column.EMAIL)
_LONGEST_NAME = 10


def joined(lines: Sequence[Line], index: int) -> Line | None:
    """An office on a line of its own with the bare phone on the line below, or a name and its number, as one line."""
    line = lines[index]
    if index + 1 == len(lines) or lines[index + 1].cells or lines[index + 1].is_heading or EMAIL.search(line.text):
        return None
    below = lines[index + 1].text
    if len(line.text) <= _LONGEST_NAME and column_of(line.text) in _REACH and (runs(below) or EMAIL.search(below)):
        return replace(line, text=f"{line.text}\n{below}")
    named = labelled(line.text)
    text = line.text if not named else named[1] if named[0] == "문의처" else ""
    bare = re.sub(r"\([^()]*\)", "", unbulleted(text)).strip()
    is_short = 0 < len(bare) <= 40 and not re.search(r"\d|[:：?!,]|[다요]\.?$", bare)
    if not is_short or not (head(bare) or is_department(bare.split()[-1])) or not is_bare_reach(below):
        return None
    return replace(line, text=f"{line.text}\n{below}", page=line.page)
