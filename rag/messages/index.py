"""Sentences on the index and on what is kept beside it: what is wrong with a file of ours, and what to run."""

from __future__ import annotations

NOTHING_TO_INDEX = "색인할 내용이 없습니다. 자료 폴더에 읽을 수 있는 문서가 있는지 확인해 주세요."
BUSY = "다른 곳에서 색인을 만들고 있습니다. 그 작업이 끝난 뒤에 다시 실행해 주세요."
NO_INDEX = "색인이 없습니다. 먼저 `jiwon sync`를 실행해 주세요."
NO_GENERATION = "색인 판 '{id}'이(가) 없습니다. `jiwon generations`로 남아 있는 판을 확인해 주세요."
OTHER_EMBEDDER = (
    "색인은 임베딩 모델 '{}'({}차원)로 만들었는데, 지금 설정된 모델은 '{}'({}차원)입니다. "
    "`jiwon sync`로 다시 만들거나 JIWON_EMBEDDER를 되돌려 주세요."
)
SEARCHES_NOTHING = "만든 색인이 시험 검색에 답하지 않습니다. 디스크를 확인하고 다시 실행해 주세요."
COUNTS_DIFFER = "색인 판 '{id}'의 건수가 맞지 않습니다. `jiwon sync`를 다시 실행해 주세요."
NO_RECORD = "색인 판 '{id}'의 {file}을 읽을 수 없습니다. 그 폴더를 지워 주세요."

CATALOGUE = "{file}: 목록을 읽을 수 없습니다. `jiwon sync`를 다시 실행해 주세요."
LEXICAL = "{file}: 낱말 색인을 열 수 없습니다. `jiwon sync`를 다시 실행해 주세요."
VECTORS = "{file}: 벡터 색인을 열 수 없습니다. `jiwon sync`를 다시 실행해 주세요."
READER = "{file}: 질문 읽는 모형을 열 수 없습니다. `jiwon train`을 다시 실행해 주세요."
READER_NOT_KEPT = "{file}: 학습한 모형을 저장할 수 없습니다. 폴더의 쓰기 권한을 확인해 주세요."

STEP_WORDS, STEP_VECTORS, STEP_CHECK = "낱말 색인", "임베딩", "검사"
STEP_READER = "질문 읽기 학습"
