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
NO_RECORD = "색인 판 '{id}'의 {file}을 읽을 수 없습니다."
NOT_WHOLE = "색인 판 '{id}'의 {file}이(가) 없거나 만든 때와 다릅니다."
NOT_SHARED = (
    "색인 판 '{id}'은(는) 이 서버에만 있어 다른 서버와 함께 쓸 수 없습니다. `jiwon sync`로 새 판을 만들어 주세요."
)
NOT_AS_BUILT = (
    "색인 판 '{id}'의 {file}이(가) 만든 서버의 것과 다릅니다. 서버마다 같은 프로그램과 패키지인지 확인해 주세요."
)
GONE = "색인 판 '{id}'을(를) 지금 지우고 있습니다."
NO_POINTER = "쓰는 판을 적는 파일 CURRENT가 없습니다."
BAD_POINTER = "쓰는 판을 적는 파일 CURRENT가 비었거나 깨졌습니다."
UNREADABLE_POINTER = "쓰는 판을 적는 파일 CURRENT를 읽을 수 없습니다."
DANGLING_POINTER = "CURRENT에 적힌 색인 판 '{id}'이(가) 없습니다."
NONE_WHOLE = "{why} 쓸 수 있는 다른 판도 없습니다. `jiwon sync`로 다시 만들어 주세요."
SERVED_INSTEAD = "{why} 대신 색인 판 '{id}'을(를) 씁니다. `jiwon sync`를 실행하면 바로잡습니다."
DAMAGED = "{reason} 이 판은 쓰지 않습니다. 디스크를 점검하고 generations/{id} 폴더를 지워 주세요."
NOT_ACTIVATED = "{reason} 이 판으로는 바꾸지 않았습니다. `jiwon generations`에서 다른 판을 골라 주세요."

CATALOGUE = "{file}: 목록을 읽을 수 없습니다. `jiwon sync`를 다시 실행해 주세요."
LEXICAL = "{file}: 낱말 색인을 열 수 없습니다. `jiwon sync`를 다시 실행해 주세요."
VECTORS = "{file}: 벡터 색인을 열 수 없습니다. `jiwon sync`를 다시 실행해 주세요."
VECTORS_ELSEWHERE = (
    "{file}: 벡터 색인을 열 수 없습니다. 이 판의 벡터는 Chroma 서버에 있습니다. JIWON_CHROMA_URL에 그 서버의 주소를 "
    "적거나 `jiwon sync`를 다시 실행해 주세요."
)
VECTORS_NOT_SERVED = (
    "색인 판 '{id}'의 벡터가 Chroma 서버에 없습니다. JIWON_CHROMA_URL이 그 판을 만든 서버인지 확인하고, 맞으면 "
    "`jiwon doctor --repair`로 다시 만들어 주세요."
)
READER = "{file}: 질문 읽는 모형을 열 수 없습니다. `jiwon train`을 다시 실행해 주세요."
READER_NOT_KEPT = "{file}: 학습한 모형을 저장할 수 없습니다. 폴더의 쓰기 권한을 확인해 주세요."

NOT_REHEARSED = (
    "만든 색인 판 '{id}'이(가) '{program}'에 관한 시험 질문 “{question}”에 바로 답하지 못했습니다({why}). "
    "지금 판을 그대로 씁니다. 이 사업의 문서를 확인하고 `jiwon sync`를 다시 실행해 주세요."
)
NO_ANSWER = "답하지 못함"
UNKNOWN_SOURCE = "색인에 없는 출처 '{id}'"

STEP_WORDS, STEP_VECTORS, STEP_CHECK, STEP_REHEARSAL = "낱말 색인", "임베딩", "검사", "시험 질문"
STEP_READER = "질문 읽기 학습"
