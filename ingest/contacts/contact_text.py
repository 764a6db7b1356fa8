"""Contact text: a stretch of running text with phones or e-mails flows in, the `Contact` records it names flow out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from ingest.confidence import IMPLIED_OWNER, SURE
from ingest.contacts.offices import (
    WORDS,
    Office,
    is_hangul,
    names_office,
    office,
    purpose_alone,
    purpose_of,
    split_office,
)
from ingest.labels.lines import Line
from ingest.labels.outline import unbulleted
from ingest.values.phones import EMAIL, emails_of, expanded, extension_of, faxes_of, runs, urls_of
from rag.domain import Contact, Evidence
from rag.grammar.places import Gazetteer

_EMAIL_AFTER = re.compile(
    rf"(?<!\s)\s*(?:[,/(·]\s*)?(?:(?:이메일|전자우편|E-?mail)\s*[:)]?\s*)?{EMAIL.pattern}\)?", re.IGNORECASE
)
_JOINTS = str.maketrans(",/·ㆍ∙・()", " " * 8)
# What stands in brackets right after a phone speaks of that phone.
_REMARK = re.compile(r"^\s*\(([^()]*)\)\s*")


def served(words: str, gazetteer: Gazetteer, home: str = "") -> tuple[str, ...]:
    """The places that the words list ("서울·인천", "창원"); none where a word names no place.

    `home` is the body that asks: a 시·군·구 of its own 시·도 needs no 시·도 before it.
    """
    parts = [part for part in words.translate(_JOINTS).split() if part not in WORDS["no_place_words"]]
    governed = gazetteer.served(" ".join(parts))
    if governed and all(_is_place(part, gazetteer) for part in parts):
        return governed
    found: list[str] = []
    for part in parts:
        # "청주시 상당구·서원구": a district of a city is served with its city.
        above = found[-1] if found and part.endswith("구") and found[-1].endswith("시") and " " in found[-1] else ""
        found.append(_municipality(part, gazetteer, home) or above)
    return tuple(dict.fromkeys(place for place in found if place)) if found and all(found) else ()


def _is_place(word: str, gazetteer: Gazetteer) -> bool:
    return bool(
        gazetteer.province(word) or gazetteer.bare(word) or word in ("전체", "전역", "전지역") or word[-1] in "시군구"
    )


def _municipality(word: str, gazetteer: Gazetteer, home: str) -> str:
    province = gazetteer.province(home.split()[0].removesuffix("청")) if home else None
    own = next((p.municipalities for p in gazetteer.provinces if p.name == province), ())
    if province and word in own:
        return f"{province} {word}"
    named = gazetteer.bare(word)
    # A word that usually means something else ("예산") names no place by itself.
    return gazetteer.province(word) or (named[0] if named and gazetteer.mentions(word) else "")


@dataclass(frozen=True, slots=True)
class Setting:
    """A document as its contacts are read: its places, the areas it defines, and whose a phone is that names nobody.

    Such a phone belongs to `agency`, as sure as `implied` says.
    """

    source_id: str
    gazetteer: Gazetteer
    agency: str
    implied: float
    areas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def contacts(self, text: str, line: Line, quote: str | None = None, owner: str = "") -> Iterator[Contact]:
        """Contacts of a stretch of text on a line, or of `quote` on it, below the name of `owner`."""
        evidence = line.evidence(self.source_id, quote)
        return from_text(text, evidence, self.gazetteer, owner or self.agency, self.implied)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The words around one run of phones, or one e-mail: who and what is named, and what stands behind it.

    `own` reaches from the run to the next one, `rest` to the end of the text.
    """

    before: str
    named: Office
    purpose: str
    phones: tuple[str, ...]
    mails: tuple[str, ...]
    remark: str
    own: str
    rest: str


def from_text(
    text: str, evidence: Evidence, gazetteer: Gazetteer, owner: str, implied: float = IMPLIED_OWNER
) -> Iterator[Contact]:
    """Contacts of running text: each run of phones belongs to the words before it, an e-mail to its neighbour.

    A run with nobody before it belongs to `owner`, as sure as `implied` says.
    """
    text = unbulleted(text.replace("**", ""))
    track: str | None = None
    last: Contact | None = None
    rest = ""
    for said in _stretches(text, owner):
        named, rest = said.named, said.rest
        site = _site(named.track or "", gazetteer)
        # "(가람) 02-… / (나루) 03-…": another place is another office, and no other matter of the same one.
        is_other = not site and (said.purpose or (named.track and named.track != track))
        if last and not named.organisation and not named.department and is_other and said.phones:
            yield last
            last = replace(last, phones=said.phones, emails=said.mails, faxes=(), extension="")
            last = replace(last, purpose=said.purpose, track=named.track or track)
        elif last and named == Office():
            last = replace(last, phones=(*last.phones, *said.phones), emails=(*last.emails, *said.mails))
        else:
            if last:
                yield last
            track = named.track if named.track and not site else track
            last = replace(_contact(said, evidence, gazetteer, owner, implied, site), track=track)
    if last:
        yield replace(last, urls=urls_of(text), emails=tuple(dict.fromkeys((*last.emails, *emails_of(rest)))))


def _stretches(text: str, owner: str) -> Iterator[_Stretch]:
    """The text cut behind each run of phones, or behind each e-mail where it has no phone."""
    reached = runs(text)
    found = reached or list(EMAIL.finditer(text))
    begin = 0
    for index, run in enumerate(found):
        follow = text[run.end() : found[index + 1].start() if index + 1 < len(found) else len(text)]
        remark = _REMARK.match(follow)
        # Where a bracket leads the first office, one behind a phone leads the next.
        leads = remark and text.startswith(("(", "[")) and any(map(is_hangul, follow[remark.end() :]))
        if remark and (leads or EMAIL.search(remark[0])):
            remark = None
        after = _EMAIL_AFTER.match(follow)
        before = text[begin : run.start()].strip(" ,/·").rstrip("( ☎:")
        mails = (*emails_of(before), *emails_of(run[0]), *emails_of(after[0] if after else ""))
        begin = run.end() + (after.end() if after else remark.end() if remark else 0)
        named, purpose = _who(before, remark[1] if remark else "", owner)
        yield _Stretch(
            before,
            named,
            purpose,
            tuple(dict.fromkeys(expanded(run))) if reached else (),
            tuple(dict.fromkeys(mails)),
            remark[1] if remark else "",
            text[(run.start() if index else 0) : run.end()] + follow,
            text[begin:],
        )


def _who(before: str, remark: str, owner: str) -> tuple[Office, str]:
    """Who is named before a run, or in brackets behind it, and what one calls for."""
    asked = purpose_alone(before) or _of_remark(remark)
    named = office(before, owner)
    if asked and owner and named.organisation and not names_office(before) and not named.person:
        # "창작 부문 02-…": what the number is for, and no name of an office.
        part = asked if asked.endswith(WORDS["track_ends"]) else None
        named = replace(named, organisation="", department=None, track=named.track or part)
        asked = "" if part else asked
    if not named.organisation and names_office(remark) and not runs(remark):
        named = replace(office(remark, owner), track=named.track)
    return named, asked


def _contact(
    said: _Stretch, evidence: Evidence, gazetteer: Gazetteer, owner: str, implied: float, site: tuple[str, ...]
) -> Contact:
    """The contact of a run that names somebody, or the owner; `site` is the place that stands for a department."""
    named = said.named
    organisation, department = (named.organisation, named.department) if named.organisation else split_office(owner)
    region = site or served(named.aside, gazetteer, owner) or served(said.remark, gazetteer, owner)
    topic = purpose_of(said.before) or said.purpose
    if not region and topic and (region := served(topic, gazetteer, owner)):
        # "북부 사업장은 북부지사": which applicants it answers, and not what about.
        topic = ""
    return Contact(
        organisation,
        evidence,
        named.track if site else department,
        named.person,
        said.phones,
        said.mails,
        regions=region,
        confidence=SURE if named.organisation and named.organisation != owner else implied,
        faxes=faxes_of(said.own),
        extension=extension_of(said.own) if said.phones else "",
        purpose=topic,
    )


def _of_remark(words: str) -> str:
    """What a number is for, by the words in brackets right behind it: "(교육)", "(시스템 오류)"."""
    return "" if any(word in words for word in WORDS["says_how"]) else purpose_alone(words)


def _site(words: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """The place that the last word names when it is a bare place ("구미", "로봇직업교육센터 안산")."""
    last = words.split()[-1] if words.split() else ""
    return gazetteer.bare(last) if gazetteer.mentions(last) else ()
