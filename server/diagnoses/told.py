"""Told: what was found wrong with a case flows in, sentences with the headings that users know flow out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from server.diagnoses.headings import COMPANY, SURVEY, label, unknown
from server.http.faults import faults

_TYPES = frozenset(("string_type", "int_type", "list_type"))
_PARTS = {COMPANY: "기업 정보", SURVEY: "설문"}
_OF_TRAINING = {"name": "이름", "year": "연도", "people": "인원", "hours": "시간"}


def told(errors: Sequence[Mapping[str, object]]) -> tuple[str, ...]:
    """One sentence for every fault that pydantic found in a case."""
    return tuple(dict.fromkeys(_sentences(errors)))


def _sentences(errors: Sequence[Mapping[str, object]]) -> Iterator[str]:
    said = {_question(error) for error in errors if not _is_of_no_kind(error)}
    for error in errors:
        place = _place(error)
        if _is_of_no_kind(error):
            if _question(error) not in said:
                yield f"{_named(place[:2])}: 글이나 수, 또는 글의 목록으로 적어 주세요."
        elif error["type"] == "extra_forbidden" and place[0] == COMPANY and len(place) == 2:
            yield unknown(place[1])
        else:
            yield from faults([error], _named)


def _is_of_no_kind(error: Mapping[str, object]) -> bool:
    """Whether a reply was only held against a kind of value that it is not of; another fault may suit it."""
    place = _place(error)
    return place[:1] == [SURVEY] and len(place) > 2 and error["type"] in _TYPES


def _question(error: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(_place(error)[:2])


def _place(error: Mapping[str, object]) -> list[str]:
    place = error["loc"]
    assert isinstance(place, Sequence)
    return [str(part) for part in place]


def _named(place: Sequence[str]) -> str:
    """ "상시근로자 수", "훈련이력 2번째의 연도"."""
    if len(place) < 2:
        return "".join(_PARTS.get(part, part) for part in place)
    name = label(place[0], place[1]) or place[1]
    if place[0] == COMPANY and len(place) > 2 and place[2].isdigit():
        part = f"의 {_OF_TRAINING.get(place[3], place[3])}" if len(place) > 3 else ""
        return f"{name} {int(place[2]) + 1}번째{part}"
    return name
