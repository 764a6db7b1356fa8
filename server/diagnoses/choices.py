"""Choices: a cell that lists options or trainings flows in, the ids or the trainings flow out."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rag.diagnosis.survey import SurveyQuestion, question
from rag.korean import topic
from server.diagnoses.values import Likely, Unread, count, is_unknown, said, squashed, typed, words, year, yes_no

_PARTS = {
    **dict.fromkeys(("이름", "훈련명", "과정", "과정명", "name"), "name"),
    **dict.fromkeys(("연도", "년도", "year"), "year"),
    **dict.fromkeys(("인원", "인원수", "명", "people"), "people"),
    **dict.fromkeys(("시간", "훈련시간", "hours"), "hours"),
}
_TRAINING = re.compile(r"(?P<name>.*?)\s*\((?P<facts>[^()]*)\)", re.DOTALL)
_FACT = re.compile(r"(?P<number>[\d,.]+)\s*(?P<unit>년도?|명|인|시간|h|H)|(?P<year>(?:19|20)\d\d)", re.ASCII)
_UNITS = {"년": "year", "년도": "year", "명": "people", "인": "people"}
_LIKE = "이름(2025년, 10명, 20시간)처럼 적고, 여럿은 ;으로 나누어 주세요."


def chosen(asked: str, cell: object) -> str | list[str] | Unread:
    """The ids of the options of a question that a cell names by id or words; unknown words stay as they are."""
    known = question(asked)
    if isinstance(cell, list):
        found = [_options(known, each) for each in cell if not is_unknown(each)]
        if any(each is None for each in found):
            return Unread("목록 안에는 답을 글로 하나씩 적어 주세요.")
        return [id_ for ids in found if ids for id_ in ids]
    ids = _options(known, cell)
    if ids is None:
        return Unread("답을 글로 적어 주세요.")
    return ids[0] if known.kind == "one" and len(ids) == 1 else ids


def trainings(cell: object) -> list[dict[str, object]] | Unread | Likely:
    """훈련이력 of "이름(2025년, 10명, 20시간); 이름", or of a list of such words or records; likely of those read."""
    if isinstance(cell, str) and squashed(cell) == "없음":
        return []
    told: list[object] = cell if isinstance(cell, list) else [*re.split(r"[;\n]", words(cell))]
    read = [
        _record(each) if isinstance(each, Mapping) else _training(typed(each)) for each in told if not is_unknown(each)
    ]
    done = [each for each in read if not isinstance(each, Unread)]
    unread = [each for each in read if isinstance(each, Unread)]
    if unread and done:
        return Likely(done, f"{unread[0].reason} 나머지 훈련만 썼습니다.")
    return unread[0] if unread else done


def _options(asked: SurveyQuestion, cell: object) -> list[str] | None:
    """Ids, or the words where they name no option; None where a cell cannot name any."""
    if isinstance(cell, dict | list):
        return None
    ids: dict[str, str] = {}
    for option in asked.options:
        names = (option.id, option.text, f"{option.id}({option.text})")
        ids.update({squashed(name).casefold(): option.id for name in names})
    whole = ids.get(squashed(cell).casefold())
    if whole:
        return [whole]
    ticked = yes_no(cell)
    if isinstance(ticked, bool) and (said_id := ("no", "yes")[ticked]) in ids:
        return [said_id]
    parts = [part.strip() for part in re.split(r"[,;\n、]", typed(cell)) if part.strip()]
    found = [ids.get(squashed(part).casefold(), part) for part in parts]
    # Options hold commas themselves, so that a single choice is split only where every part is an option.
    if asked.kind == "many" or set(found) <= set(ids.values()):
        return found
    return [typed(cell)]


def _training(text: str) -> dict[str, object] | Unread:
    shape = _TRAINING.fullmatch(text.strip())
    facts = _facts(shape["facts"]) if shape else {}
    if isinstance(facts, Unread):
        return facts
    name = shape["name"] if shape and facts else text.strip()
    return {"name": name, **facts} if name else Unread(f"{said(text)}에 훈련 이름이 없습니다. {_LIKE}")


def _facts(text: str) -> dict[str, object] | Unread:
    """Year, people and hours; nothing where the brackets hold none of them and so belong to the name."""
    if not _FACT.search(text):
        return {}
    if re.sub(r"[\s,·/]", "", _FACT.sub("", text)):
        return Unread(f"훈련 내용({said(text)})을 읽을 수 없습니다. {_LIKE}")
    facts: dict[str, object] = {}
    for fact in _FACT.finditer(text):
        read = count(fact["number"] or fact["year"])
        if isinstance(read, Unread):
            return read
        facts[_UNITS.get(fact["unit"], "hours") if fact["unit"] else "year"] = read
    return facts


def _record(given: Mapping[str, object]) -> dict[str, object] | Unread:
    done: dict[str, object] = {}
    for key, value in given.items():
        part = _PARTS.get(squashed(key))
        if part is None:
            named = topic(f"'{key}'")
            return Unread(f"훈련에 {named} 모르는 항목입니다. 쓸 수 있는 항목: 이름, 연도, 인원, 시간")
        if is_unknown(value) or isinstance(value, list | dict):
            continue
        read = words(value) if part == "name" else year(value) if part == "year" else count(value)
        if isinstance(read, Unread):
            return read
        done[part] = read.value if isinstance(read, Likely) else read
    return done
