"""Orders: a text flows in; whether it gives orders to a machine instead of asking or telling something flows out."""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ORDERS = re.compile(
    # What was said before shall not count.
    r"(?:이전|앞선|앞의|위의?|모든|기존|지금까지|원래|받은|너의|네)[^.\n]{0,14}(?:지시|명령|규칙|지침|설정|프롬프트|제약)"
    r"[^.\n]{0,20}(?:무시|잊|따르지|버리|버려|취소|해제|덮어)"
    r"|(?:지시|명령|규칙|지침|프롬프트|제약)[^.\n]{0,12}(?:무시|잊어|잊고|따르지|해제|무효|덮어)"
    r"|시스템\s*(?:프롬프트|메시지|지시|명령|알림\s*:)|숨겨?진\s*(?:지시|명령|규칙)|내부\s*(?:지시|지침|프롬프트)"
    r"|(?:너|당신|넌|그대)(?:는|은)?\s*(?:이제|지금부터|앞으로)|지금부터\s*(?:너|당신|넌|모든\s*(?:답|대답|응답))"
    r"|역할극|탈옥|관리자\s*모드|개발자\s*모드|제한\s*없(?:는|이)\s*(?:모드|AI|답)"
    # What the reply shall hold.
    r"|(?:답변|응답|출력|대답|답|문장|글|회신|안내문?)(?:의|에|에는|으로|을|은|는|마다|\s)[^.\n]{0,40}"
    r"(?:포함|출력|추가|넣|적어|써|쓰|반복|붙이|붙여|시작|끝내|끝맺|마무리|삽입|덧붙)"
    r"[^.\n]{0,4}(?:하라|해라|하세요|하십시오|하시오|해\s*주|할\s*것|시오|십시오|어라|아라|여라|라\b|라[.!]|어야|아야|야\s*한다|세요|줘|주세요)"
    r"|(?:그대로|정확히|반드시|꼭|오직|단지)[^.\n]{0,40}(?:출력|말|답|따라|적어?|써|쓰|외치|반복|응답|복창|알려?)"
    r"(?:하라|해라|하세요|하십시오|하시오|해\s*줘|할\s*것|어라|아라|라|시오|십시오|줘|라고)"
    r"|(?:라고|이라고)\s*(?:만|꼭|반드시)?\s*(?:답|대답|말|출력|응답|써|적|외쳐|알려)\S{0,2}(?:라|줘|세요|시오|해|하라|십시오)(?:\s|[.!]|$)"
    r"|(?:AI|인공지능|언어\s*모델|챗봇|어시스턴트|비서|모델|assistant|LLM)(?:은|는|이|가|에게|야|,)\s[^.\n]{0,60}"
    r"(?:출력|답하|답해|말하|말해|알려라|추천하라|무시|따르|적어라|쓰시오|하라\b|하라[.!]|하시오|하십시오)"
    # The same in English.
    r"|(?:ignore|disregard|forget|override|bypass)\b[^.\n]{0,40}\b(?:previous|above|prior|all|earlier|your|the|any|these)\b"
    r"|repeat\s+after\s+me|system\s*(?:prompt|message|override|note|:)|you\s+are\s+(?:now|no\s+longer)|act\s+as\b|pretend\s+(?:to|that|you)"
    r"|(?:new|updated|hidden|secret)\s+instructions?|developer\s+mode|jailbreak|do\s+anything\s+now|role\s*-?\s*play"
    r"|\b(?:respond|reply|answer|output|print|say|write|repeat|echo|include|append|insert|mention|begin|start|end|finish)\b"
    r"[^.\n]{0,60}\b(?:exactly|only|verbatim|the\s+(?:word|words|phrase|string|text|code|token|sentence|line)|at\s+the\s+end"
    r"|in\s+your\s+(?:answer|reply|response)|your\s+(?:answer|reply|response)|with\s+[\"'“‘])"
    r"|\b(?:say|print|output|repeat|echo|include|append|write)\s+[\"'“‘`「『]?[A-Z0-9][A-Z0-9_-]{3,}"
    r"|instructions?\s+(?:for|to)\s+(?:the\s+)?(?:AI|model|assistant)"
    # How prompts of models are written.
    r"|\{\{[^}\n]*\}\}|<\|?\s*/?\s*(?:im_start|im_end|system|assistant|user|instruction|endoftext)[^>\n]{0,20}\|?>|\[/?INST\]|<<\s*SYS"
    r"|^\s*(?:#+\s*)?(?:system|assistant|instruction|시스템|지시)\s*[:：]|<{3,}|>{3,}|!\[[^\]]*\]\(",
    re.IGNORECASE | re.MULTILINE,
)


def gives_orders(text: str) -> bool:
    """Whether some sentence of the text tells a machine how to answer; letters nobody sees are left out."""
    return bool(_ORDERS.search(_UNSEEN.sub("", unicodedata.normalize("NFKC", text))))
