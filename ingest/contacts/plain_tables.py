"""Plain tables: a line that names columns flows in with the lines below it, contacts of its rows flow out.

Text taken from a page keeps no columns: only the order of the words and the line above tell which number is a fax.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.contacts.office_words import is_name, is_purpose, is_small
from ingest.contacts.phone_numbers import emails_of, phones_of, runs
from ingest.contacts.printed_offices import office, split_office
from ingest.contacts.served_places import served
from ingest.labels.fields import Column, column_of
from rag.domain import Contact, Evidence
from rag.grammar.places import Gazetteer

_WHO = frozenset({Column.ORGANISATION, Column.DEPARTMENT, Column.REGION, Column.PERSON, Column.PROGRAM})


def columns_of(text: str) -> tuple[Column, ...]:
    """What the columns hold that a line of text names ("시·군 담당부서 전화 팩스"); none where it is another line."""
    words = re.sub(r"\([^()]*\)", "", text).split()
    if not 2 <= len(words) <= 8 or re.search(r"[\d:：@.]", text) or any(len(word) > 8 for word in words):
        return ()
    columns = tuple(column_of(word) for word in words)
    named = [column for column in columns if column not in (Column.OTHER, Column.LABEL)]
    is_header = Column.PHONE in columns and _WHO & set(columns) and len(named) * 2 > len(columns)
    return columns if is_header else ()


def row_contact(
    text: str,
    columns: Sequence[Column],
    evidence: Evidence,
    gazetteer: Gazetteer,
    agency: str,
    sure: tuple[float, float],
) -> Contact | None:
    """The contact of one row, `None` without a phone; `sure` is how sure an office named is, then one implied."""
    reached = _without_fax(text, columns)
    found = runs(text)
    words = text[: found[0].start()] if found else ""
    if not found or re.search(r"[:：(☎]", re.sub(r"\([^()]*\)", "", words)):
        return None
    region, rest = _places(words, columns, gazetteer, agency)
    person = next((word for word in rest if is_name(word)), None) if Column.PERSON in columns else None
    name = " ".join(word for word in rest if word != person)
    named = office(name, "")
    organisation, department = named.organisation, named.department
    if (
        not organisation
        and Column.ORGANISATION in columns
        and not all(is_small(w) or is_purpose(w) for w in name.split())
    ):
        organisation, department = split_office(name)
    if (
        not organisation
        and len(region) == 1
        and Column.DEPARTMENT in columns
        and department
        and is_small(department.split()[-1])
    ):
        organisation = region[0].split()[-1]
    is_home = organisation == agency and len(region) == 1 and region[0].split()[-1] == agency
    return Contact(
        organisation or agency,
        evidence,
        department,
        person,
        reached,
        emails_of(text),
        (),
        () if is_home else region,
        named.track,
        sure[0] if organisation else sure[1],
    )


def _without_fax(text: str, columns: Sequence[Column]) -> tuple[str, ...]:
    """The phones of a row, that in the column of faxes left out; phones of one column stand behind a comma."""
    groups: list[str] = []
    end = 0
    for run in runs(text):
        between = text[end : run.start()].strip()
        if groups and between in (",", "/", "·", "및"):
            groups[-1] += f" , {run[0]}"
        else:
            groups.append(run[0])
        end = run.end()
    reach = [column for column in columns if column in (Column.PHONE, Column.FAX)]
    if Column.FAX in reach and len(groups) >= 2:
        groups.pop(min(reach.index(Column.FAX), len(groups) - 1))
    return tuple(dict.fromkeys(phone for group in groups for phone in phones_of(group)))


def _places(
    words: str, columns: Sequence[Column], gazetteer: Gazetteer, agency: str
) -> tuple[tuple[str, ...], list[str]]:
    """The places in a row that has a column of places, and the words that are none."""
    parts = [part for part in re.split(r"[\s,]+", words) if part.strip("·/-|☎")]
    if Column.REGION not in columns:
        return (), parts
    places = [part for part in parts if served(part, gazetteer, agency) or _is_member(part, parts, gazetteer)]
    region = served(" ".join(places), gazetteer, agency)
    return (region, [part for part in parts if part not in places]) if region else ((), parts)


def _is_member(word: str, parts: Sequence[str], gazetteer: Gazetteer) -> bool:
    """Whether a word names a 시·군·구 of a 시·도 that the row names."""
    return any(gazetteer.served(f"{part} {word}") not in ((), gazetteer.served(part)) for part in parts)
