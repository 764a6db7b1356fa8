"""Shapes: a chain of digits flows in, the stretches of it that are a person's or a firm's number flow out, each named.

From every place where a number may begin, the shapes are tried in turn; the first that fits takes its digits, whether
to take them out or to let them stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from rag.grammar.phones import whole
from rag.messages.prompts import ACCOUNT_NUMBER, BUSINESS_NUMBER, CARD_NUMBER, MOBILE_PHONE, NUMBER, RESIDENT_NUMBER
from rag.redact.chains import WORDS, Chain, Gap
from rag.wordlists import word_lists

_NEAR = word_lists(WORDS, "near")
_UNITS, _MONEY = word_lists(WORDS)["units"], word_lists(WORDS)["money"]
# How far, in letters without white space, a word tells what a number is.
_BEFORE, _AFTER = 20, 12
_POINTS = ":;,.#(-은행는이가"
_MOST_GAPS = 4
"""So many groups of a number are parted by whatever signs."""
_ROUND = "000000"
"""So ends a sum."""
_LEAST = 10
_LONGEST = 16
"""Fewest and most digits of what is taken out; only a number half hidden is shorter. Longer is no one number."""
_MASKS = frozenset("*x●○•#◯■□")


@dataclass(frozen=True, slots=True)
class Taken:
    """What a shape took from a chain: how many digits, and the name to put in their place; none lets them stand."""

    count: int
    name: str | None = None


@dataclass(frozen=True)
class At:
    """A place in a chain where a number may begin, and whether that is within the address of a page."""

    chain: Chain
    place: int
    in_link: bool

    def digits(self, count: int, after: int = 0) -> str:
        """So many digits from here on, or fewer where the chain ends."""
        return self.chain.digits[self.place + after : self.place + after + count]

    def whole(self, count: int) -> bool:
        """Whether a number of so many digits may end after them."""
        return self.place + count <= len(self.chain) and self.chain.edge(self.place + count)

    def gaps(self, count: int) -> list[Gap]:
        """What stands between the next so many digits, where anything does."""
        return [gap for gap in self.chain.gaps[self.place + 1 : self.place + count] if gap is not Gap.NONE]

    @cached_property
    def groups(self) -> list[int]:
        """The lengths of the groups from here on."""
        return self.chain.groups(self.place)

    def grouped(self, *groups: int) -> bool:
        """Whether the digits stand in these groups, with or without white space within each."""
        many, told = len(groups), [*groups]
        return self.groups[:many] == told or self.chain.groups(self.place, loose=True)[:many] == told

    @cached_property
    def before(self) -> str:
        """What stands before, without white space."""
        begin = self.chain.begins[self.place]
        return "".join(self.chain.text[max(0, begin - 2 * _BEFORE) : begin].split())[-_BEFORE:]

    def follows(self, words: tuple[str, ...]) -> bool:
        """Whether one of the words stands before, near by."""
        return any(word in self.before for word in words)

    def right_after(self, words: tuple[str, ...]) -> bool:
        """Whether one of the words stands right before, signs and particles aside."""
        return self.before.endswith(words) or self.before.rstrip(_POINTS).endswith(words)

    def after(self, count: int) -> str:
        """What stands after so many digits, without white space."""
        end = self.chain.ends[self.place + count - 1]
        return "".join(self.chain.text[end : end + 2 * _AFTER].split())[:_AFTER]

    def counts(self, count: int) -> bool:
        """Whether a unit follows so many digits at once."""
        end = self.chain.ends[self.place + count - 1]
        return self.chain.text.startswith(_UNITS, end) or self.chain.text.startswith(_MONEY, end + 1)

    def of_account(self, count: int) -> bool:
        """Whether a word beside so many digits tells of an account."""
        if self.follows(_NEAR["account"]) or self.right_after(_NEAR["bank"]):
            return True
        after = self.after(count)
        return any(word in after for word in _NEAR["account"])


def personal(chain: Chain, in_link: bool) -> Iterator[tuple[int, int, str]]:
    """Where each number to be taken out begins in a chain, how many digits it has, and what it is."""
    place = 0
    while place < len(chain):
        taken = _shape(At(chain, place, in_link)) if chain.edge(place) else None
        end = place + (taken.count if taken else 1)
        if taken and taken.name:
            end = _rest(chain, end)
            yield place, end - place, taken.name
        place = end


def _rest(chain: Chain, end: int) -> int:
    """Where the digits end that go on without a group of their own: of those, no edge tells where a number ends."""
    while chain.free[end - 1] and end < len(chain) and chain.free[end] and chain.gaps[end] is not Gap.LINE:
        end += 1
    return end


def _shape(at: At) -> Taken | None:
    for shape in _IN_LINKS if at.in_link else _SHAPES if len(at.chain) - at.place >= _LEAST else (_resident,):
        if taken := shape(at):
            return taken
    return None


def _day(at: At) -> Taken | None:
    """2026-03-20, 2026. 3. 20., 20260320, with the time after it in the same digits."""
    lengths = at.groups
    if lengths[0] in (8, 12, 14) and _is_day(at.digits(4), at.digits(2, 4), at.digits(2, 6)):
        return Taken(lengths[0]) if lengths[0] == 8 or _is_hour(at.digits(2, 8), at.digits(2, 10)) else None
    if len(lengths) < 3 or lengths[0] != 4 or not (lengths[1] < 3 and lengths[2] < 3):
        return None
    count = sum(lengths[:3])
    signs = {at.chain.between(at.place + 4).strip(), at.chain.between(at.place + 4 + lengths[1]).strip()}
    parts = at.digits(4), at.digits(lengths[1], 4), at.digits(lengths[2], 4 + lengths[1])
    return Taken(count) if len(signs) == 1 and signs <= {".", "-", "/"} and _is_day(*parts) else None


def _is_day(year: str, month: str, day: str) -> bool:
    return year[:2] in ("19", "20") and 1 <= int(month) <= 12 and 1 <= int(day) <= 31


def _holds_another(at: At, count: int) -> bool:
    """Whether a whole day or mobile phone begins somewhere within so many digits, by itself."""
    gaps = at.chain.gaps
    places = (place for place in range(at.place + 1, at.place + count) if gaps[place] in (Gap.SPACE, Gap.OTHER))
    others = (At(at.chain, place, False) for place in places)
    return any(_day(other) or (other.groups[:3] == [3, 4, 4] and _mobile(other)) for other in others)


def _hour(at: At) -> Taken | None:
    lengths = at.groups
    if len(lengths) < 2 or lengths[0] > 2 or lengths[1] != 2 or at.chain.between(at.place + lengths[0]) != ":":
        return None
    return Taken(lengths[0] + 2) if _is_hour(at.digits(lengths[0]), at.digits(2, lengths[0])) else None


def _is_hour(hour: str, minute: str) -> bool:
    return int(hour) < 25 and int(minute) < 60


def _resident(at: At) -> Taken | None:
    """Birthday, then a digit for century and sex: newer numbers need not satisfy the old checksum."""
    birthday, sex = at.digits(6), at.digits(1, 6)
    if not (sex and "0" < sex < "9" and _is_day(f"19{birthday[:2]}", birthday[2:4], birthday[4:])):
        return None
    if at.whole(13) and not _holds_another(at, 13) and _is_one(at, 13):
        return Taken(13, RESIDENT_NUMBER)
    hidden = at.chain.text[at.chain.ends[at.place + 6] :][:3]
    return Taken(7, RESIDENT_NUMBER) if len(hidden) == 3 and set(hidden) <= _MASKS else None


def _is_one(at: At, count: int) -> bool:
    """Whether so many digits may be one number: figures parted by several signs in turn ("0.5, 1.2") are a list."""
    places = range(at.place + 1, at.place + count)
    apart = [place for place in places if at.chain.gaps[place] is not Gap.NONE]
    signs = {at.chain.between(place).strip() for place in apart if at.chain.gaps[place] in (Gap.DOT, Gap.OTHER)}
    return len(apart) <= _MOST_GAPS or len(signs) < 2 or any(at.chain.odd[at.place : at.place + count])


def _mobile(at: At) -> Taken | None:
    """010 and eight digits, the older 01x and seven or eight; also with the number of the country."""
    country = next((code for code in ("0082", "82") if at.digits(len(code)) == code), "")
    own = at.digits(12, len(country)).removeprefix("0") if country else at.digits(11)[1:]
    dropped = len(country) + (at.digits(1, len(country)) == "0") if country else 1
    if not (own[:1] == "1" and own[1:2] in tuple("016789") and (country or at.digits(1) == "0")):
        return None
    for length in (10, 9):
        whole = at.whole(dropped + length) and len(own) >= length
        if whole and (length == 10 or own[1] != "0" or at.grouped(3, 3, 4)) and _is_one(at, dropped + length):
            return Taken(dropped + length, MOBILE_PHONE)
    return None


def _count(at: At) -> Taken | None:
    """1,200,000, and whatever a unit follows."""
    lengths = at.groups
    count = lengths[0]
    for length in lengths[1:]:
        if length != 3 or lengths[0] > 3 or at.chain.between(at.place + count) != ",":
            break
        count += length
    thousands = count > lengths[0] and at.digits(1) != "0"
    if thousands and (at.counts(count) or not at.of_account(count)):
        return Taken(count)
    run = at.chain.runs[at.place]
    return Taken(run) if at.counts(run) and not at.chain.free[at.place] else None


def _phone(at: At) -> Taken | None:
    """The number of an office: in its own groups, or in any where nothing beside it tells of something else."""
    if at.digits(2) in ("15", "16", "18") and at.grouped(4, 4):
        return Taken(8)
    abroad = at.digits(2) == "82" and at.digits(1, 2) != "0"
    told = any(at.right_after(_NEAR[kind]) for kind in ("business", "account", "bank"))
    for count in (12, 11, 10, 9) if abroad or at.digits(1) == "0" else ():
        own = f"0{at.digits(count - 2, 2)}" if abroad else at.digits(count)
        if at.whole(count) and (number := whole(own)):
            area, *rest = map(len, number.split("-"))
            groups = (2, area - 1, *rest) if abroad else (area, *rest)
            if at.grouped(*groups) or not (abroad or told):
                return Taken(count)
    return None


def _business(at: At) -> Taken | None:
    fits = at.whole(10) and at.grouped(3, 2, 5) and Gap.LINE not in at.gaps(10)
    return Taken(10, BUSINESS_NUMBER) if fits else None


def _named_business(at: At) -> Taken | None:
    return Taken(10, BUSINESS_NUMBER) if at.whole(10) and at.follows(_NEAR["business"]) else None


def _public(at: At) -> Taken | None:
    """The number of a notice or of an application, named as such right before it."""
    if at.chain.free[at.place] or not at.right_after(_NEAR["public"]):
        return None
    count = at.chain.runs[at.place]
    while at.place + count < len(at.chain) and at.chain.gaps[at.place + count] is Gap.DASH:
        count += at.chain.runs[at.place + count]
    return Taken(count)


def _card(at: At) -> Taken | None:
    if at.whole(16) and (at.grouped(4, 4, 4, 4) or (at.chain.runs[at.place] == 16 and _luhn(at.digits(16)))):
        return Taken(16, CARD_NUMBER)
    return Taken(15, CARD_NUMBER) if at.whole(15) and at.grouped(4, 6, 5) else None


def _luhn(digits: str) -> bool:
    doubled = (sum(divmod(int(digit) * (2 - at % 2), 10)) for at, digit in enumerate(digits))
    return digits[0] in "34569" and sum(doubled) % 10 == 0


def _account(at: At) -> Taken | None:
    """Ten to sixteen digits beside a word of accounts, up to a sum or a day; else those grouped like an account."""
    if at.of_account(_reach(at, whatever=True)) or at.of_account(_LEAST):
        count = _reach(at, whatever=False)
        if count >= _LEAST and at.of_account(count):
            return Taken(count, ACCOUNT_NUMBER)
    return None if _is_named(at) else _hyphened(at) or _parted(at) or _run(at)


def _reach(at: At, whatever: bool) -> int:
    """How many digits one account may have from here on; `whatever` they are, or up to a day or a sum."""
    chain, end = at.chain, at.place
    while end < len(chain):
        step = 1 if chain.odd[end] else chain.runs[end]
        new_line = end > at.place and chain.gaps[end] is Gap.LINE
        if new_line or end + step > at.place + _LONGEST:
            break
        if end > at.place and not whatever and _is_public(At(chain, end, False)):
            break
        end += step
    return max(end - at.place, 1)


def _is_public(at: At) -> bool:
    """Whether a day, a sum or the phone of an office begins here, in its own groups."""
    dashed = at.chain.gaps[at.place] is Gap.DASH
    return bool(_day(at) or _count(at)) or (not dashed and len(at.groups) > 2 and bool(_grouped_phone(at)))


def _grouped_phone(at: At) -> bool:
    number = whole(at.digits(sum(at.groups[:3])))
    return number is not None and [*map(len, number.split("-"))] == at.groups[:3]


def _is_named(at: At) -> bool:
    """Whether the digits go on an identifier ("AB-12", "ab12") or a number with a point."""
    begin = at.chain.begins[at.place]
    last, sign = at.chain.text[max(0, begin - 2) : begin - 1], at.chain.text[max(0, begin - 1) : begin]
    if sign in ("-", "_"):
        return last.isascii() and last.isalnum()
    return last.isdigit() if sign == "." else sign.isascii() and sign.isalpha()


def _hyphened(at: At) -> Taken | None:
    """Groups joined by dashes or points, one of them longer than three; of two, only where the first is no year."""
    year = at.groups[0] == 4 and at.digits(2) in ("19", "20")
    close, loose = _dashed(at, loose=False), _dashed(at, loose=True)
    # White space is within a group where dashes go on behind it.
    for groups in (loose, close) if len(loose) > len(close) else (close, loose):
        count = sum(groups)
        pair = len(groups) == 2 and count > _LEAST and not year and Gap.DASH in at.gaps(count)
        fits = _LEAST <= count <= _LONGEST and max(groups) > 3 and at.whole(count)
        if fits and (len(groups) > 2 or pair):
            return Taken(count, ACCOUNT_NUMBER)
    return None


def _dashed(at: At, loose: bool) -> list[int]:
    groups: list[int] = []
    for length in at.chain.groups(at.place, loose):
        if groups and at.chain.gaps[at.place + sum(groups)] not in (Gap.DASH, Gap.DOT):
            break
        groups.append(length)
    return groups


def _parted(at: At) -> Taken | None:
    """Three or four groups with white space between them, one of them as long as only accounts have it."""
    lengths = at.groups
    for many in (4, 3):
        count = sum(lengths[:many])
        spaced = len(lengths) >= many and all(gap is Gap.SPACE for gap in at.gaps(count))
        if spaced and 11 <= count <= 14 and max(lengths[1:many]) > 5 and at.whole(count):
            return Taken(count, ACCOUNT_NUMBER)
    return None


def _run(at: At) -> Taken | None:
    """Eleven digits or more in one piece, or ten or more each for itself or in words."""
    chain, end = at.chain, at.place
    run = chain.runs[at.place]
    if run > _LEAST and not chain.free[at.place] and not at.digits(run).endswith(_ROUND):
        return Taken(run, ACCOUNT_NUMBER if run <= _LONGEST else NUMBER)
    while end < len(chain) and chain.free[end] and (end == at.place or chain.gaps[end] is not Gap.LINE):
        end += 1
    count = end - at.place
    named = Taken(count, ACCOUNT_NUMBER if count <= _LONGEST else NUMBER)
    return named if count >= _LEAST and _is_one(at, count) else None


_Shape = Callable[[At], Taken | None]
_IN_LINKS: tuple[_Shape, ...] = (_resident, _mobile)
_SHAPES: tuple[_Shape, ...] = (
    *(_day, _hour, *_IN_LINKS, _count, _business, _phone, _named_business, _public, _card, _account),
)
