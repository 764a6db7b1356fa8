"""Sentences on servers that share generations."""

from __future__ import annotations

BUSY = "다른 서버에서 색인을 만들거나 바꾸고 있습니다. 그 작업이 끝난 뒤에 다시 실행해 주세요."
OVERTAKEN = "그사이 다른 서버가 쓰는 판을 바꾸었습니다. 지금 쓰는 판을 확인하고 다시 실행해 주세요."
LOST = "데이터베이스와 끊겨 이 서버만 쓰고 있는지 알 수 없습니다. 잠시 뒤 다시 실행해 주세요."
FETCHING = "다른 서버가 만든 색인을 가져오고 있습니다. 잠시 뒤 다시 시도해 주세요."
NOTHING_YET = "아직 색인이 없습니다. 서버 한 곳에서 'jiwon sync'를 실행해 주세요."
GONE = "색인 판 '{id}'은(는) 이제 없습니다. 잠시 뒤 다시 실행해 주세요."
