"""Sentences on files that people edit: which file and entry or line is wrong, and how it is to be written."""

from __future__ import annotations

UNREADABLE = "{file}: 읽을 수 없습니다({error}). 파일을 고쳐 주세요."

NO_FOLDER = "{folder}: 자료 폴더가 없습니다. 폴더 이름을 확인해 주세요."
FOLDER_UNOPENED = "{folder}: 자료 폴더를 열 수 없습니다. 권한을 확인해 주세요."
NO_MANIFEST = "{folder}: {name}가 없습니다. '{columns}' 열이 있는 파일을 만들어 주세요."
MANIFEST_UNOPENED = "{name}: 열 수 없습니다. 권한을 확인하고 파일로 다시 저장해 주세요."
MANIFEST_LETTERS = "{name}: 글자를 읽을 수 없습니다. UTF-8로 저장해 주세요."
NO_COLUMNS = "{name} 1행: {columns} 열이 없습니다. 첫 줄에 열 이름을 넣어 주세요."
NO_CSV = "{name} {line}행: CSV로 읽을 수 없습니다({error}). 따옴표를 확인해 주세요."

TOO_MANY_CELLS = '칸이 너무 많아 id와 file만 썼습니다. 쉼표가 든 값은 큰따옴표(")로 묶어 주세요.'
NO_ID = "id '{id}'을(를) 쓸 수 없어 다른 id를 붙였습니다. 영문자, 숫자, '.', '_', '-'로 적어 주세요."
NO_TITLE = "title 칸이 비어 있어 글에서 짐작했습니다. 제목을 넣어 주세요."
NO_DATE = "{column} '{date}'은(는) 날짜가 아니라서 쓰지 않았습니다. 2026, 2026-02, 2026-02-04처럼 적어 주세요."
NO_ADDRESS = "source_url '{url}'은(는) 주소가 아니라서 쓰지 않았습니다. http:// 또는 https://로 적어 주세요."
NO_RANK = "rank '{rank}'은(는) 모르는 값이라서 쓰지 않았습니다. {ranks} 가운데 하나를 적어 주세요."
SAME_ID = (
    "id '{id}'을(를) 여러 행에 적어, 첫 행만 그 id로 쓰고 다른 행의 파일에는 다른 id를 붙였습니다. "
    "행마다 다른 id를 적어 주세요."
)
SAME_FILE = "file '{file}'을(를) 여러 행에 적어 첫 행대로만 읽었습니다. 파일마다 한 행만 적어 주세요."
FIRST_ROW_USED = "이 행은 쓰지 않았습니다."
NO_FILE = "file 칸이 비어 있어 읽을 것이 없습니다. 파일 이름을 넣거나 행을 지워 주세요."
OUTSIDE = "'{file}'은(는) 자료 폴더 밖을 가리켜 읽지 않았습니다. 파일을 폴더 안에 넣고 그 이름을 적어 주세요."
STANDS_IN = "이전에 읽은 내용을 그대로 쓰고 출처에 그렇게 적습니다."
MISSING_KEPT = "manifest.csv에는 있으나 파일이 없어 이전 판의 내용을 그대로 씁니다. 파일을 넣거나 행을 지워 주세요."
REPLACED = "한글이 빠진 채 저장된 PDF라 {name}을(를) 대신 읽었습니다. 이 PDF는 지워도 됩니다."

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
UNREAD_WEIGHTS = "{file}: 답을 고르는 가중치를 열 수 없습니다. `jiwon train`을 다시 실행해 주세요."
NO_CHOICES = "corpus/choices의 행을 읽을 수 없습니다. tests/bench/choosing.py로 다시 만들어 주세요."
NO_WISHES = "바라는 것의 행이 없습니다. corpus/wishes 폴더에 행을 넣어 주세요."
NO_ROW = "{file} {line}째 줄: 행을 읽을 수 없습니다. {keys}이 있는 JSON 한 줄이어야 합니다 ({error})."

NO_QUESTIONS = "{file}: 질문 파일을 읽을 수 없습니다({error})."
NO_CASE = "{file} {line}번째 줄: id, question, as_of가 있고 항목마다 꼴이 맞는 JSON이어야 합니다({error!r})."

ID_TAKEN = (
    "id '{id}'인 문서가 이미 있고 내용이 다릅니다. 새 판으로 바꾸려면 replace=true를, 다른 문서이면 다른 id를 함께 "
    "보내 주세요."
)
BAD_ID = "id '{id}'을(를) 쓸 수 없습니다. 영문자, 숫자, '.', '_', '-'로 적어 주세요."
BAD_DATE = "published_on '{date}'은(는) 날짜가 아닙니다. 2026, 2026-02, 2026-02-04처럼 적어 주세요."
BAD_ADDRESS = "source_url '{url}'은(는) 주소가 아닙니다. http:// 또는 https://로 적어 주세요."
BAD_RANK = "rank '{rank}'은(는) 모르는 값입니다. {ranks} 가운데 하나를 적어 주세요."
TOO_LONG = "{column}은(는) {most}자까지 적을 수 있습니다."
NOT_LETTERS = "{column}에 쓸 수 없는 글자가 있습니다. 다시 적어 주세요."
