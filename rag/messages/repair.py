"""Sentences on repairing an index: what was found, what has been made anew of what, and what else mends it."""

from __future__ import annotations

WHOLE = "쓰는 색인 판 '{id}'에 고칠 것이 없습니다."
POINTED = (
    "{why} 온전한 색인 판 '{id}'을(를) 쓰도록 다시 적었습니다. 그 뒤에 바뀐 자료가 있으면 `jiwon sync`를 실행해 주세요."
)
REPAIRED = (
    "{why} 그 판의 목록은 온전하여, 같은 문서 {sources:,}개, 조각 {chunks:,}개, 사업 {programs:,}개로 "
    "색인 판 '{id}'을(를) 다시 만들어 검사한 뒤 쓰기 시작했습니다."
)
LEARNED = "질문 읽는 모형도 없어졌거나 깨져서 지금의 예문으로 다시 마련했습니다."
LEFT = "망가진 판은 그대로 두었습니다. 디스크를 점검하고 generations/{id} 폴더를 지워 주세요."
OTHERWISE = (
    "{why} {what} 색인만 다시 만들 수 없습니다. 백업이 있으면 `jiwon restore 파일 --replace`로 되돌리고, "
    "없으면 `jiwon sync`로 자료 폴더에서 다시 만들어 주세요."
)
NO_RECORD = "무엇으로 만들었는지 적은 파일 {file}도 깨졌으므로 목록이 온전한지 알 수 없습니다."
NO_CATALOGUE = "목록({file})도 없거나 깨졌습니다."
NO_DATA_FILE = "그 판을 만들 때 쓴 {file}도 없거나 깨졌고 같은 것이 남아 있지 않습니다."
