"""Sentences on files that people edit: which file and entry or line is wrong, and how it is to be written."""

from __future__ import annotations

UNREADABLE = "{file}: 읽을 수 없습니다({error}). 파일을 고쳐 주세요."

NO_LEXICON = "{file}: 'programs', 'repairs' 같은 항목이 있어야 합니다."
NO_NAMES = "{file}의 {key}: '이름: [별칭, …]' 꼴이어야 합니다."
OF_NAME = "{key}의 '{name}'"
NO_LIST = "{file}의 {key}: '{value}' 대신 [낱말, …] 꼴의 목록을 적어 주세요."
NO_RULES = "{file}의 {key}: [찾을 정규식, 바꿀 말]의 목록이어야 합니다."
NO_RULE = "{file}의 {key}: '{value}'은(는) [찾을 정규식, 바꿀 말] 꼴이 아닙니다."
NO_PATTERN = "{file}의 {key}: '{value}'은(는) 올바른 정규식이 아닙니다({error})."

NO_PROVINCES = "{file}: provinces에 시·도의 목록이 있어야 합니다."
NO_MAPPING = "{file}의 {key}: '이름: …' 꼴이어야 합니다."
FIELDS_MISSING = "{file}의 {key}: 항목마다 {fields}이(가) 있어야 합니다."
NO_DAY = "{file}의 {key}: since의 '{value}'은(는) 2026-07-01 같은 날이 아닙니다."
UNKNOWN_PLACE = "{file}의 {key}: '{place}'은(는) provinces에 없는 곳입니다."

NO_READINGS = "{folder}: 배울 질문이 없습니다. `corpus/readings` 폴더를 확인해 주세요."
NO_READING = "{file} {line}번째 줄을 읽을 수 없습니다: {error}"
LABELS_DIFFER = "{parts}개 부분에 이름표가 {labels}개입니다."
HELD_GENERATED = "만들어 낸 질문은 시험용(held)이 될 수 없습니다."

NO_ANSWERS = "답의 행이 없습니다. corpus/answers 폴더에 질문과 답의 행을 넣어 주세요."
NO_WISHES = "바라는 것의 행이 없습니다. corpus/wishes 폴더에 행을 넣어 주세요."
NO_ROW = "{file} {line}째 줄: 행을 읽을 수 없습니다. {keys}이 있는 JSON 한 줄이어야 합니다 ({error})."

NO_QUESTIONS = "{file}: 질문 파일을 읽을 수 없습니다({error})."
NO_CASE = "{file} {line}번째 줄: id, question, as_of가 있고 항목마다 꼴이 맞는 JSON이어야 합니다({error!r})."
