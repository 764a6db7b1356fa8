"""Contacts: the lines and table rows about whom to ask flow in, `Contact` records flow out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.programs.labels import label_and_value, labelled, unbulleted
from ingest.programs.lines import Line
from rag.domain import Contact, Evidence
from rag.places import Gazetteer

_PHONE = r"(?<![\d-])(?:\(?0\d{1,2}\)?[\s).-]{0,2}\d{3,4}[-.\s]\d{4}|1[568]\d\d-\d{4})(?!\d)"
# Further numbers of one office, written by their last digits only: "044-300-0957, 0952, 0953", "044-202-6594/6597".
_MORE = r"(?:\s*[,/·]\s*(?:\d{3,4}-)?\d{4}(?![\d-]))*"
PHONES = re.compile(_PHONE + _MORE)
EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
URL = re.compile(
    r"(?:https?://|www\.)[A-Za-z0-9./_%?=&#~+-]*[A-Za-z0-9/]|(?<![@\w.])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:kr|com|org|net)(?:/[A-Za-z0-9./_-]*)?"
)
_ROLE = (
    "선임연구원|책임연구원|수석연구원|연구원|전문위원|사무관|서기관|주무관|센터장|단장|과장|팀장|처장|실장|부장|차장|대리"
    "|주임|선임|책임|수석|매니저|위원|담당관|컨설턴트"
)
_PERSON = re.compile(rf"(?<![가-힣])([가-힣]{{2,4}})\s*(?:({_ROLE}))(?![가-힣])")
_NAME = re.compile(r"^[가-힣]{2,4}$")
_EMAIL_AFTER = re.compile(rf"\s*(?:,|/|\(|·)?\s*{EMAIL.pattern}\)?")
_TRACK = re.compile(r"^\(([^()]{2,20})\)\s*")
_AREA = re.compile(r"^[가-힣·/]{1,6}권$")
_DEPARTMENT = re.compile(r"(?:과|팀|실|처|단|부|센터|본부|반)$")
# These end like a department but are bodies of their own.
_BODY = re.compile(
    r"(?:공단|재단|고용노동부|과학기술정보통신부|중소벤처기업부|산업통상(?:자원)?부|문화체육관광부|농림축산식품부|보건복지부"
    r"|국토교통부|해양수산부|행정안전부)$"
)
_LABEL_WORD = re.compile(
    r"담당자|책임자|담당부서|전담기관|소관부처|사업문의|문의처?|연락처|전화(?:번호)?|담당|부서|총괄|주관(?:기관|부서)|운영기관"
    r"|이메일|e-?mail|tel|☎",
    re.IGNORECASE,
)
# Who answers at a phone named only by its part in the programme; the caller knows the name.
MINISTRY = "소관부처"
_UNKNOWN = re.compile(r"확인되지 않|확인 불가|미확인|미정")
_PHONE_COLUMN = re.compile(r"전화|연락|번호|Tel|TEL")
_TRACK_COLUMN = re.compile(r"^(?:구분|분야|사업명?|세부사업|과정|유형|트랙)$")
_REGION_COLUMN = re.compile(r"관할|지역|구역|권역|시[·.]?도|시[·.]?군|담당\s*지역")


@dataclass(frozen=True, slots=True)
class _Named:
    """Who stands before a phone: any of the parts may be missing."""

    organisation: str = ""
    department: str | None = None
    person: str | None = None
    track: str | None = None


def phones_of(text: str) -> tuple[str, ...]:
    """All phone numbers in the text in full, short forms expanded: "044-300-0957, 0952" gives two."""
    found: list[str] = []
    for match in PHONES.finditer(text):
        first, *rest = re.split(r"\s*[,/·]\s*", match[0])
        number = re.sub(r"[^\d]+", "-", first.strip("() ")).strip("-")
        found.append(number)
        for tail in rest:
            found.append("-".join([*number.split("-")[: -1 - tail.count("-")], tail]))
    return tuple(dict.fromkeys(found))


def areas_of(lines: Sequence[Line], gazetteer: Gazetteer) -> dict[str, tuple[str, ...]]:
    """What each 권역 of the document covers, from rows that name a 권역 beside its 시·도."""
    found: dict[str, tuple[str, ...]] = {}
    for line in lines:
        area = next((cell for cell in line.cells if _AREA.match(cell)), None)
        if area and area not in found:
            served = next((places for cell in line.cells if cell != area and (places := gazetteer.served(cell))), ())
            if served:
                found[area] = served
    return found


def contacts(
    lines: Sequence[Line], source_id: str, gazetteer: Gazetteer, areas: Mapping[str, tuple[str, ...]], agency: str
) -> tuple[Contact, ...]:
    """Every contact the lines name, a phone labelled 소관부처 alone under the organisation `MINISTRY`.

    A row of a phone table without a phone gives a contact without phones.
    """
    found: list[Contact] = []
    organisation = ""
    index = 0
    while index < len(lines):
        if lines[index].cells:
            end = _table_end(lines, index)
            found.extend(_from_table(lines[index:end], source_id, gazetteer, areas, agency))
            index = end
            continue
        line = lines[index]
        index += 1
        named = labelled(line.text)
        text = named[1] if named and named[0] == "문의처" else line.text
        if PHONES.search(text) or (EMAIL.search(text) and named and named[0] == "문의처"):
            found.extend(_from_text(text, line.evidence(source_id), gazetteer, organisation or agency))
        elif (named and named[0] == "문의처") or not named:
            organisation = _heads(text) or organisation
        else:
            organisation = ""
    return _distinct(found)


def table_contacts(
    lines: Sequence[Line], source_id: str, gazetteer: Gazetteer, agency: str = ""
) -> list[tuple[Line, list[Contact]]]:
    """The contacts of each phone table among the lines, with the line that stands just before the table."""
    found = []
    index = 0
    areas = areas_of(lines, gazetteer)
    while index < len(lines):
        if not lines[index].cells:
            index += 1
            continue
        end = _table_end(lines, index)
        listed = list(_from_table(lines[index:end], source_id, gazetteer, areas, agency))
        if len(listed) > 1:
            found.append((lines[max(index - 1, 0)], listed))
        index = end
    return found


def _table_end(lines: Sequence[Line], start: int) -> int:
    width = len(lines[start].cells)
    end = start
    while end < len(lines) and len(lines[end].cells) == width and lines[end].header == lines[start].header:
        end += 1
    return end


def _from_table(
    rows: Sequence[Line], source_id: str, gazetteer: Gazetteer, areas: Mapping[str, tuple[str, ...]], agency: str
) -> Iterator[Contact]:
    if not any(PHONES.search(row.text) for row in rows):
        return
    pairs = [label_and_value(row.cells) for row in rows]
    if sum(pair is not None for pair in pairs) * 2 >= len(rows):
        for row, pair in zip(rows, pairs, strict=True):
            if pair and pair[0] == "문의처":
                yield from _from_value(pair[1], row, source_id, gazetteer, agency)
        return
    header = next((row.header for row in rows if row.header), ("",) * len(rows[0].cells))
    has_phone_column = any(_PHONE_COLUMN.search(name) for name in header)
    halves = _halves(header)
    carried: dict[tuple[int, int], tuple[str, str]] = {}
    listed: list[Contact] = []
    for row in rows:
        if row.cells == header:
            continue
        for half in halves:
            cells = row.cells[slice(*half)]
            area, organisation = carried.get(half, ("", ""))
            made, area, organisation = _from_row(
                cells, header[slice(*half)], row.evidence(source_id), gazetteer, areas, area, organisation
            )
            carried[half] = (area, organisation)
            listed.extend(made)
    reachable = {contact.organisation for contact in listed if contact.phones}
    for contact in listed:
        if contact.phones or contact.emails or (has_phone_column and contact.organisation not in reachable):
            yield contact


def _from_value(value: str, row: Line, source_id: str, gazetteer: Gazetteer, agency: str) -> Iterator[Contact]:
    """Contacts of a 문의처 cell, a line an office, an organisation on a line of its own governing those below."""
    organisation = agency
    for part in value.split("\n"):
        if PHONES.search(part) or EMAIL.search(part):
            yield from _from_text(part, row.evidence(source_id, part), gazetteer, organisation)
        else:
            organisation = _heads(part) or organisation


def _halves(header: Sequence[str]) -> list[tuple[int, int]]:
    """The column spans of tables printed side by side: where the header repeats itself."""
    count = len(header)
    if any(header) and count >= 4 and count % 2 == 0 and tuple(header[: count // 2]) == tuple(header[count // 2 :]):
        return [(0, count // 2), (count // 2, count)]
    return [(0, count)]


def _from_row(
    cells: Sequence[str],
    header: Sequence[str],
    evidence: Evidence,
    gazetteer: Gazetteer,
    areas: Mapping[str, tuple[str, ...]],
    area: str,
    organisation: str,
) -> tuple[list[Contact], str, str]:
    """The contacts of one row, with the 권역 and the organisation to carry to rows that leave them out."""
    made: list[Contact] = []
    words: list[str] = []
    region_cells: list[str] = []
    person = role = track = None
    for name, cell in zip(header, cells, strict=False):
        text = re.sub(r"\s*\n\s*", " ", cell).strip()
        bare = text.replace(" ", "")
        if text and _TRACK_COLUMN.match(name.replace(" ", "")) and not _LABEL_WORD.fullmatch(bare):
            track = text
            continue
        if not text or _LABEL_WORD.fullmatch(bare) or bare.isdigit() or _UNKNOWN.search(text):
            continue
        if _AREA.match(bare):
            if words:
                made.append(_row_contact(words, None, region_cells, "", evidence, gazetteer, areas, area, track))
                words = []
            area = bare
        elif PHONES.search(text) or EMAIL.search(text):
            named = words or ([organisation] if organisation else [])
            who: str | None = f"{person} {role or ''}".strip() if person else None
            contact = _row_contact(named, who, region_cells, text, evidence, gazetteer, areas, area, track)
            made.append(contact)
            organisation = (
                contact.organisation if not contact.department else f"{contact.organisation} {contact.department}"
            )
            words, region_cells, person, role = [], [], None, None
        elif _REGION_COLUMN.search(name) or (gazetteer.served(text) and len(gazetteer.served(text)) > 1):
            region_cells.append(text)
        elif re.fullmatch(_ROLE, bare):
            role = bare
        elif _PERSON.fullmatch(text):
            person, role = _PERSON.fullmatch(text).groups()  # type: ignore[union-attr]
        elif _NAME.match(text) and role:
            person = text
        else:
            words.append(text)
    if words:
        made.append(_row_contact(words, None, region_cells, "", evidence, gazetteer, areas, area, track))
    return made, area, organisation


def _row_contact(
    words: Sequence[str],
    person: str | None,
    region_cells: Sequence[str],
    reach: str,
    evidence: Evidence,
    gazetteer: Gazetteer,
    areas: Mapping[str, tuple[str, ...]],
    area: str,
    track: str | None,
) -> Contact:
    organisation, department = _split_office(" ".join(words))
    regions = gazetteer.served(" / ".join(region_cells)) or areas.get(area, ())
    if not regions and department is None:
        regions = _site(organisation, gazetteer)
    return Contact(
        organisation,
        evidence,
        department,
        person,
        phones_of(reach),
        tuple(EMAIL.findall(reach)),
        (),
        regions,
        track or area or None,
    )


def _from_text(text: str, evidence: Evidence, gazetteer: Gazetteer, organisation: str) -> Iterator[Contact]:
    """Contacts of running text: each run of phones belongs to the words before it, an e-mail to its neighbour."""
    text = unbulleted(text.replace("**", ""))
    runs = list(PHONES.finditer(text)) or list(EMAIL.finditer(text))
    begin = 0
    track = None
    last: Contact | None = None
    for index, run in enumerate(runs):
        follow = text[run.end() : runs[index + 1].start() if index + 1 < len(runs) else len(text)]
        after = _EMAIL_AFTER.match(follow)
        before = text[begin : run.start()].strip(" ,/·")
        begin = run.end() + (after.end() if after else 0)
        mails = (*EMAIL.findall(before), *EMAIL.findall(run[0]), *EMAIL.findall(after[0] if after else ""))
        if last and not before:
            last = replace(last, phones=(*last.phones, *phones_of(run[0])), emails=(*last.emails, *mails))
            continue
        if last:
            yield last
        named = _named(before, organisation)
        site = _site(named.track or "", gazetteer)
        track = named.track if named.track and not site else track
        last = Contact(
            named.organisation or organisation,
            evidence,
            named.track if site else named.department,
            named.person,
            phones_of(run[0]),
            tuple(mails),
            (),
            site,
            track,
        )
    if last:
        yield last


def _site(words: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """The place that the last word names when it is a bare place ("구미", "로봇직업교육센터 안산")."""
    last = words.split()[-1] if words.split() else ""
    return gazetteer.bare(last)


def _named(words: str, organisation: str) -> _Named:
    """Who the words before a phone name: "(제조로봇 실증) 진흥원 산업제조실증팀" has a track and an office."""
    words = EMAIL.sub(" ", words)
    track = None
    while match := _TRACK.match(words.strip()):
        track = match[1]
        words = words.strip()[match.end() :]
    person = None
    match = _PERSON.search(words)
    if match:
        person = f"{match[1]} {match[2]}"
        words = words[: match.start()] + words[match.end() :]
    words = re.sub(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]*", " ", words)
    kept = [w for w in re.split(r"[\s,:]+", words) if w and not _LABEL_WORD.fullmatch(w)]
    if not kept and MINISTRY in words:
        return _Named(MINISTRY, None, person, track)
    name, department = _split_office(" ".join(kept))
    if department is None and name and organisation and _is_department(name) and " " not in name:
        name, department = organisation, name
    return _Named(name, department, person, track)


def _split_office(words: str) -> tuple[str, str | None]:
    """Organisation and department: the last word is a department when it ends like one and something stands before."""
    parts = re.sub(r"\((?:담당|전담|소관|주관)[^)]*\)", "", words).split()
    if len(parts) >= 2 and _is_department(parts[-1]):
        return " ".join(parts[:-1]), parts[-1]
    return " ".join(parts), None


def _is_department(word: str) -> bool:
    return bool(_DEPARTMENT.search(word)) and not _BODY.search(word)


def _heads(text: str) -> str:
    """The organisation that a line names for the offices below it, e.g. "중소기업기술정보진흥원"."""
    bare = unbulleted(text)
    if len(bare) <= 40 and re.search(
        r"(?:진흥원|연구원|추진단|공단|센터|[가-힣]부|[시도군구]청|협회|대학|재단|은행|공사|본부|파크)$", bare
    ):
        return bare
    return ""


def _distinct(found: Sequence[Contact]) -> tuple[Contact, ...]:
    """Contacts once each: of two that reach the same office for the same places, the one that says more."""
    kept: dict[tuple[object, ...], Contact] = {}
    for contact in found:
        key = (contact.phones or contact.organisation, contact.emails, contact.regions, contact.track)
        said = kept.get(key)
        if said is None or (contact.person and not said.person):
            kept[key] = contact
    return tuple(kept.values())
