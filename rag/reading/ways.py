"""Ways: the tokens of a part flow in; by which way its programmes must be reached or applied for, and whether their
closing day must be written, flows out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from rag.plan import Constraint, Field, Op, Polarity, Role, Span
from rag.reading.operators import asks_by, pointed
from rag.text import Word
from rag.wordlists import word_lists

LISTS = Path(__file__).parents[1] / "ways.yaml"
"""The words of each way."""
REACHED = ("emails", "faxes", "urls", "phones", "nowhere")
APPLIED = ("emails", "faxes", "urls", "phones", "online", "post", "visit")
"""The lists of it that a programme may be chosen by: as records tell whom to reach, and how to apply."""
_CLAUSE, _HEAD = 8, 5
"""So many tokens behind a way its clause ends at the latest."""
_PREDICATES = ("VV", "VA", "VX", "XSV", "XSA", "VCP")


def ways(text: str, tokens: Sequence[Word]) -> Iterator[Constraint]:
    """A way in a clause that tells of which programmes ("이메일로 신청받는 사업"), not one that is only asked for.

    `OUT` where the clause is of those without it ("전화번호 없는", "온라인으로 접수 안 해도 되는").
    """
    lists = word_lists(LISTS)
    found: list[Constraint] = []
    for way in dict.fromkeys((*REACHED, *APPLIED)):
        said, clause = _clause_on(lists[way], text, tokens)
        is_applied = any(mark in said for mark in lists["applying"])
        if clause and way in (APPLIED if is_applied else REACHED):
            found.append(Constraint(Field.APPLIED if is_applied else Field.REACHED, _op(clause), way, said))
    # Who wants one way in place of another ("팩스 말고 메일로") does not mind that there is the other too.
    wanted = [one.words.split()[0] for one in found if one.op is Op.IN]
    yield from (one for one in found if one.op is Op.IN or not any(word in one.words for word in wanted))


def closing(text: str, tokens: Sequence[Word]) -> Iterator[Constraint]:
    """Whether programmes must have a closing day to come ("마감일이 적혀 있는"), or be open without one ("없는")."""
    lists = word_lists(LISTS)
    said, clause = _clause_on(lists["closing"], text, tokens)
    if any(token.form in lists["written"] or (token.form, token.tag) == ("있", "VA") for token in clause):
        yield Constraint(Field.CLOSES, _op(clause), "/", said)
        if _op(clause) is Op.OUT:
            yield Constraint(Field.STATUS, Op.OUT, "closed", said)


def local(text: str, tokens: Sequence[Word], spans: Sequence[Span]) -> Iterator[Constraint]:
    """Whether programmes must be for some place alone ("지역 제한이 있는"), or for firms of any ("지역 제한 없는").

    Who sets the whole country aside wants what is for some place.
    """
    said, clause = _clause_on(word_lists(LISTS)["local"], text, tokens)
    out = (s.words for s in spans if s.role is Role.PLACE and s.polarity is Polarity.OUT)
    nationwide = next((words for words in out if words in word_lists(LISTS)["nationwide"]), "")
    if clause or nationwide:
        yield Constraint(Field.REGION, Op.IN if nationwide else _op(clause), "", nationwide or said)


def barred(text: str, tokens: Sequence[Word]) -> Iterator[Constraint]:
    """Whether programmes are wanted that the asker may not apply for ("신청할 수 없는 사업"), and are not set aside."""
    lists = word_lists(LISTS)
    said, clause = _clause_on((*lists["barred"], *lists["barred_of"]), text, tokens)
    behind = [token for token in tokens if clause and token.start >= clause[-1].end][:_HEAD]
    names = any(token.form in lists["programmes"] for token in behind[:1])
    # A loan that a bank does not give ("대출을 못 받는 건데") is no programme.
    is_sure = said.startswith(lists["barred"]) or any(asks_by(token.form) for token in behind)
    is_of_programmes = names or (is_sure and any(token.tag == "NNB" for token in behind[:1]))
    if is_of_programmes and "aside" not in pointed(text, clause[0].start, behind[0].end):
        yield Constraint(Field.VERDICT, Op.IN, "ineligible", said)


def timed(tokens: Sequence[Word]) -> Iterator[str]:
    """Whether a verb or noun tells that something begins ("opens") or ends ("closes"), in the order told."""
    lists = word_lists(LISTS)
    verbs = {form: name for name in ("opens", "closes") for form in lists[name]}
    yield from (verbs[token.form] for token in tokens if token.form in verbs)


def _op(clause: Sequence[Word]) -> Op:
    """Whether a clause is of those that have something, or of those without it."""
    without = word_lists(LISTS)["without"]
    return Op.OUT if any(token.form in without for token in clause) else Op.IN


def _clause_on(words: Sequence[str], text: str, tokens: Sequence[Word]) -> tuple[str, Sequence[Word]]:
    """The first clause that begins with one of the words, as it stands in the text and as tokens; empty without one."""
    begin, end = (tokens[0].start, tokens[-1].end) if tokens else (0, 0)
    places = sorted({at for word in words for at in _places(text, word, begin, end)})
    for at in places:
        if clause := _clause([token for token in tokens if at <= token.start]):
            return text[at : clause[-1].end], clause
    return "", ()


def _places(text: str, word: str, begin: int, end: int) -> Iterator[int]:
    """Where a word begins in a text between two places, each time."""
    at = text.find(word, begin, end)
    while at >= 0:
        yield at
        at = text.find(word, at + 1, end)


def _clause(tokens: Sequence[Word]) -> Sequence[Word]:
    """The tokens up to the ending that joins their clause to a noun; none where they do not form one."""
    ended = 0
    for at, token in enumerate(tokens[:_CLAUSE]):
        if token.tag == "ETM" and any(t.tag.startswith(_PREDICATES) for t in tokens[:at]):
            ended = at + 1
        elif ended and token.tag not in ("NNB", "VV", "VA", "VX"):
            break
    return tokens[:ended]
