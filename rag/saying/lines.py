"""Lines: one outcome flows in; its lines, with their evidence, flow out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

from rag.domain import Contact, Evidence, Match, PeriodStatus, Result, Verdict
from rag.orders import gives_orders
from rag.plan import (
    Ask,
    Broken,
    Fact,
    Facts,
    Found,
    Nothing,
    NotStated,
    Outcome,
    Part,
    Passages,
    Refused,
    Several,
    Shape,
    Traced,
)
from rag.saying.disputed import disputed
from rag.saying.draft import Line
from rag.saying.wording import Wording, shortened
from rag.text import squash

_LONGEST = 180
_PHONES = 3
# What a ranking tells of each.
_RANKED = 90
# A list longer than this tells one thing of each.
# Not more programmes of other places are named where none is of the place asked about.
_NEAREST = 3
_AT_LENGTH = 4
# A list this long (letters) is told no further; how many more there are is.
_LONGEST_LIST = 800
_OPEN = (PeriodStatus.OPEN, PeriodStatus.ALWAYS)
# How many letters one thing told of a programme of a list may have, of the first and of the others.
_FIRST, _NEXT = 180, 100


def lines_of(outcome: Outcome, part: Part, words: Wording, as_of: date) -> list[Line]:
    """The lines of an outcome, the asked fact in the first."""
    return _LINES[type(outcome)](outcome, part, words, as_of)


def _facts(outcome: Facts, part: Part, words: Wording, as_of: date) -> list[Line]:
    """What the record states, and behind it what sources of less authority say otherwise."""
    return [*_held(outcome, words), *disputed(outcome.match.program, outcome.ask, words)]


def _held(outcome: Facts, words: Wording) -> list[Line]:
    name = outcome.match.program.name
    if outcome.ask is Ask.CONTACT:
        opening = [Line(words.say("differs"))] if outcome.agrees is False else []
        stated = [_head(outcome, fact, words) for fact in outcome.facts if not fact.contact]
        return [*opening, *stated, *_contacts(name, outcome.facts, words)]
    if outcome.ask is Ask.TRACKS and not any(fact.text for fact in outcome.facts):
        head = words.say("tracks_head", name=name, count=len(outcome.facts))
        return [Line(head), *(Line(words.say("item", text=f.label), f.evidence) for f in outcome.facts)]
    first, *rest = outcome.facts
    lines = [_head(outcome, first, words)]
    for fact in rest:
        lines.append(Line(words.say("item", text=_labelled(fact, words, "")), fact.evidence))
    return lines


def _head(outcome: Facts, fact: Fact, words: Wording) -> Line:
    """The first line: what a claim or a verdict comes to, then the fact."""
    opening = ""
    if outcome.agrees is not None:
        opening = words.say("agrees" if outcome.agrees else "differs") + " "
    elif outcome.ask is Ask.WHO_MAY and outcome.match.verdict is not None:
        form = "eligible" if outcome.match.verdict is Verdict.ELIGIBLE else "possible"
        opening = words.say(form) + " "
    ask = words.ask(outcome.ask)
    told = _labelled(fact, words, ask)
    label, _, text = told.partition(": ") if fact.label and told.startswith(f"{fact.label}: ") else (ask, "", told)
    if squash(label) == squash(outcome.match.program.name):
        label = ask
    return Line(
        opening + words.say("head", name=outcome.match.program.name, ask=label, text=text or told), fact.evidence
    )


def _labelled(fact: Fact, words: Wording, ask: str) -> str:
    """The text of a fact with its label, unless the label says what is said anyway."""
    text = shortened(fact.text, _LONGEST) if words.language == "ko" or len(fact.text) > _LONGEST else fact.text
    if not fact.label or squash(fact.label) in (squash(ask), squash(text)):
        return text
    return words.say("labelled", label=fact.label, text=text)


def _contacts(name: str, facts: Sequence[Fact], words: Wording) -> list[Line]:
    contacts = [(fact, fact.contact) for fact in facts if fact.contact]
    if len(contacts) == 1:
        fact, contact = contacts[0]
        if contact.phones:
            told = words.say("contact_one", name=name, who=_who(fact, contact, words), ways=words.ways(contact))
            return [Line(told, fact.evidence)]
    lines = [Line(words.say("contact_head", name=name))] if contacts else []
    for fact, contact in contacts:
        lines.append(Line(words.say("item", text=f"{_who(fact, contact, words)} {words.ways(contact)}"), fact.evidence))
    return lines


def _who(fact: Fact, contact: Contact, words: Wording) -> str:
    who = words.who(contact)
    return f"{fact.label} {who}" if fact.label and squash(fact.label) not in squash(who) else who


def _not_stated(outcome: NotStated, part: Part, words: Wording, as_of: date) -> list[Line]:
    """What comes nearest first, then that what was asked is not stated, then whom to ask."""
    name = outcome.match.program.name
    said = _repeatable(outcome.words, part) or words.ask(outcome.ask)
    denied = Line(words.say("not_stated", name=name, words=said, topic=words.topic(said)))
    if not outcome.near:
        return [denied, *call(outcome.match, words)]
    first, *rest = outcome.near
    near = [Line(words.say("head", name=name, ask=first.label, text=shortened(first.text, _LONGEST)), first.evidence)]
    near += [Line(words.say("item", text=_labelled(fact, words, "")), fact.evidence) for fact in rest]
    beside = words.say("doubt" if outcome.is_doubt else "beside", words=said, topic=words.topic(said))
    others = disputed(outcome.match.program, outcome.ask, words)
    return [*near, Line(beside), *others, *call(outcome.match, words)]


def call(match: Match, words: Wording) -> list[Line]:
    """Whom to ask, as the one next step; nothing where no office has a number."""
    contact = main_contact(match)
    if contact is None:
        return []
    return [Line(words.say("ask_there", who=words.who(contact), ways=_few(contact)), (contact.evidence,))]


def main_contact(match: Match) -> Contact | None:
    """The office to call on a programme at large: one without places of its own first."""
    reachable = [
        c for c in match.program.contacts if c.phones and (match.track is None or c.track in (None, match.track))
    ]
    return next((c for c in reachable if not c.regions), None)


def _few(contact: Contact) -> str:
    return ", ".join(contact.phones[:_PHONES])


def _found(outcome: Found, part: Part, words: Wording, as_of: date) -> list[Line]:
    lines = [Line(_opening(outcome, part, words))]
    is_ranked = part.shape in (Shape.RANK, Shape.SUM)
    for at, (match, facts) in enumerate(zip(outcome.matches, outcome.facts, strict=True), 1):
        name = _name_in_list(outcome, match)
        name = f"{name}({match.track})" if match.track and not is_ranked else name
        if facts and is_ranked:
            told, evidence = (
                "; ".join(shortened(fact.text, _RANKED) for fact in facts),
                tuple(e for fact in facts for e in fact.evidence),
            )
        elif len(outcome.matches) > _AT_LENGTH:
            told, evidence = _brief(match, facts, words)
        elif outcome.is_alternative:
            told, evidence = _unasked(match, words)
        else:
            unstated = _unstated(part, match, facts) if at == 1 else ()
            told, evidence = _suited(match, facts, words, as_of, _FIRST if at == 1 else _NEXT, unstated)
        lines.append(Line(words.say("ranked", at=at, name=name, text=told), evidence))
        if at < len(outcome.matches) and sum(len(line.text) for line in lines) > _LONGEST_LIST:
            lines.append(Line(words.say("more", count=len(outcome.matches) - at)))
            break
    if len(outcome.matches) == 1:
        lines += (line for ask in part.asks for line in disputed(outcome.matches[0].program, ask, words))
    for reason in dict.fromkeys(one.reason for one in outcome.left_out):
        own = [one for one in outcome.left_out if one.reason == reason]
        names = ", ".join(one.program.name for one in own)
        told = words.say("left_out", names=names, topic=words.topic(names), reason=reason)
        lines.append(Line(told, tuple(dict.fromkeys(e for one in own for e in one.evidence))))
    return lines


def _unstated(part: Part, match: Match, facts: Sequence[Fact]) -> tuple[Ask, ...]:
    """What was asked of a programme that its records do not state; a sum that stands in a benefit is stated."""
    told = {fact.ask for fact in facts}
    sums = any(benefit.ceiling or benefit.rate is not None for benefit in match.program.benefits)
    reached = any(contact.phones for contact in match.program.contacts)
    return tuple(
        ask
        for ask in part.asks
        if ask not in told and ((ask is Ask.AMOUNT and not sums) or (ask is Ask.CONTACT and not reached))
    )


def _name_in_list(outcome: Found, match: Match) -> str:
    """The name of a programme, with who runs it where the list holds another of that name."""
    program = match.program
    is_alone = [m.program.name for m in outcome.matches].count(program.name) < 2
    return program.name if is_alone else f"{program.name}({program.ministry or program.agency})"


def _opening(outcome: Found, part: Part, words: Wording) -> str:
    if outcome.is_alternative:
        return words.say("alternative")
    if part.shape is Shape.SUM:
        return words.say("summed", ask=words.ask(outcome.by) if outcome.by else "", value=outcome.value)
    if part.shape is Shape.COUNT:
        ministries = Counter(match.program.ministry for match in outcome.matches if match.program.ministry)
        each = ", ".join(words.say("counted_of", name=name, count=count) for name, count in ministries.items())
        form = "counted_each" if len(ministries) > 1 else "counted"
        return words.say(form, count=outcome.total, bodies=len(ministries), each=each)
    if part.shape is Shape.RANK and outcome.by:
        return words.say("ordered", ask=words.ask(outcome.by), count=len(outcome.matches))
    if part.shape in (Shape.LIST, Shape.RANK):
        filters = words.filters(part.where)
        return words.say("listed_by" if filters else "listed", filters=filters, count=len(outcome.matches))
    if part.shape is Shape.COMPARE and len(outcome.matches) > 1:
        return _compared(outcome, words)
    return words.say("found", count=len(outcome.matches)) if len(outcome.matches) > 1 else words.say("found_one")


def _compared(outcome: Found, words: Wording) -> str:
    """What tells programmes apart first of all: for which of them one is known to be able to apply now."""
    count, opened = len(outcome.matches), [match for match in outcome.matches if match.status in _OPEN]
    if len(opened) == count:
        return words.say("compared_all", count=count)
    if opened:
        return words.say("compared_open", names=", ".join(f"**{_name_in_list(outcome, match)}**" for match in opened))
    is_known = all(match.status is not PeriodStatus.UNKNOWN for match in outcome.matches)
    return words.say("compared_none" if is_known else "compared", count=count)


def _suited(
    match: Match, facts: Sequence[Fact], words: Wording, as_of: date, longest: int, unstated: Sequence[Ask] = ()
) -> tuple[str, tuple[Evidence, ...]]:
    """What is told of one programme of a list: what was asked of each, or what it gives, its standing, whom to call.

    No piece of it is longer than `longest` letters. `unstated` is what was asked and no record states.
    """
    evidence: list[Evidence] = []
    said: list[str] = []
    for fact in facts:
        told = f"{words.who(fact.contact)} {words.ways(fact.contact)}" if fact.contact else _labelled(fact, words, "")
        said.append(told)
        evidence += fact.evidence
    if not any(fact.ask is Ask.AMOUNT for fact in facts):
        gives = words.gives(match)
        said.insert(1, gives or ("" if facts else words.purpose(match.program)))
        stated = next((b for b in match.program.benefits if b.ceiling or b.rate is not None), None)
        evidence += [stated.evidence] if stated and gives else []
    if not any(fact.ask is Ask.PERIOD for fact in facts):
        differs = match.track is None and len({track.status for track in match.tracks}) > 1
        standing = words.standing(match.period, match.status, as_of)
        said.append(words.say("standing_differs") if differs else standing)
        evidence += [match.period.evidence] if match.period and match.period.evidence else []
    contact = main_contact(match)
    said += [words.say("not_told", words=words.ask(ask), topic=words.topic(words.ask(ask))) for ask in unstated]
    if contact and not any(fact.contact for fact in facts):
        said.append(words.say("call", ways=contact.phones[0]))
        evidence.append(contact.evidence)
    told = " ".join(f"{text.rstrip('. ')}." for text in filter(None, (shortened(s, longest) for s in said)))
    return told, tuple(dict.fromkeys(evidence))


def _unasked(match: Match, words: Wording) -> tuple[str, tuple[Evidence, ...]]:
    """What is told of a programme that nobody asked about, in a line: what it gives, its standing, whom to call."""
    contact = main_contact(match)
    standing = words.standing_brief(match.period, match.status)
    phone = contact.phones[0] if contact else ""
    told = ", ".join(filter(None, (words.gives(match) or shortened(words.purpose(match.program), 50), standing, phone)))
    behind = (match.period.evidence if match.period else None, contact.evidence if contact else None)
    return told, tuple(dict.fromkeys(filter(None, (match.program.evidence, *behind))))


def _brief(match: Match, facts: Sequence[Fact], words: Wording) -> tuple[str, tuple[Evidence, ...]]:
    """What is told of one programme of a long list: the figures asked for, or its standing in a word."""
    if facts:
        said = (
            words.who(fact.contact) + " " + words.ways(fact.contact) if fact.contact else fact.text for fact in facts
        )
        return ", ".join(shortened(text, 60) for text in said), tuple(e for fact in facts for e in fact.evidence)
    behind = match.period.evidence if match.period else None
    return words.standing_brief(match.period, match.status), (behind,) if behind else (match.program.evidence,)


def _refused(outcome: Refused, part: Part, words: Wording, as_of: date) -> list[Line]:
    name = outcome.match.program.name
    lines = [Line(f"{words.say('ineligible')} **{name}** {outcome.reason}", outcome.evidence)]
    for track in outcome.others:
        reasons = [f for f in track.findings if f.criterion.strict and f.result is not Result.UNMET and f.track]
        told = words.say(
            "other_track", track=track.name, topic=words.topic(track.name), text=" ".join(f.reason for f in reasons[:1])
        )
        lines.append(Line(told, tuple(dict.fromkeys(f.criterion.evidence for f in reasons[:1]))))
    return lines


def _several(outcome: Several, part: Part, words: Wording, as_of: date) -> list[Line]:
    lines = [Line(f"**{outcome.question}**")]
    for fact in outcome.facts:
        if fact.contact:
            told = f"{_who(fact, fact.contact, words)} {words.ways(fact.contact)}"
            lines.append(Line(words.say("item", text=told), fact.evidence))
    return lines


def _traced(outcome: Traced, part: Part, words: Wording, as_of: date) -> list[Line]:
    lines = []
    names = ", ".join(match.program.name for match in outcome.matches)
    if len(outcome.contacts) > 1 or outcome.is_place:
        form = "served_head" if outcome.is_place else "traced_head"
        lines.append(Line(words.say(form, words=outcome.words, topic=words.topic(outcome.words))))
        for fact in outcome.contacts:
            if fact.contact:
                told = f"{fact.label}: {words.who(fact.contact)} {words.ways(fact.contact)}"
                lines.append(Line(words.say("item", text=told), fact.evidence))
        return lines
    for fact in outcome.contacts:
        if fact.contact:
            who = f"{words.who(fact.contact)}({words.ways(fact.contact)})"
            topic = words.topic(outcome.words)
            told = words.say("traced", words=outcome.words, topic=topic, who=who, names=names)
            lines.append(Line(told, fact.evidence))
    return lines


def _passages(outcome: Passages, part: Part, words: Wording, as_of: date) -> list[Line]:
    return [Line(shortened(fact.text, _LONGEST), fact.evidence) for fact in outcome.facts]


def _nothing(outcome: Nothing, part: Part, words: Wording, as_of: date) -> list[Line]:
    said = _repeatable(outcome.words, part)
    if part.where or not said:
        return [Line(words.say("nothing_fits"))]
    nothing = Line(words.say("nothing", words=shortened(said, 40)))
    near = outcome.near[:_NEAREST]
    if not near:
        return [nothing]
    names = ", ".join(f"**{match.program.name}**({match.program.agency or match.program.ministry})" for match in near)
    return [nothing, Line(words.say("nearest", names=names), tuple(match.program.evidence for match in near))]


def _repeatable(said: str, part: Part) -> str:
    """Words of a question that its answer may repeat: an order to the machine is never one, nor what stands by it."""
    return "" if gives_orders(part.words) else said


def _broken(outcome: Broken, part: Part, words: Wording, as_of: date) -> list[Line]:
    return [Line(words.say("broken", words=shortened(_repeatable(outcome.words, part), 40)))]


_LINES: dict[type, Callable[..., list[Line]]] = {
    Facts: _facts,
    NotStated: _not_stated,
    Found: _found,
    Refused: _refused,
    Several: _several,
    Traced: _traced,
    Passages: _passages,
    Nothing: _nothing,
    Broken: _broken,
}
