"""Money: an amount in KRW flows in, the words people say for it flow out."""

from __future__ import annotations

_EOK, _MAN = 100_000_000, 10_000


def won(amount: int) -> str:
    """ "2억 원", "1억 5,000만 원", "300만 원", "9,500원"; `amount` is not negative."""
    eok, rest = divmod(amount, _EOK)
    man, ones = divmod(rest, _MAN)
    parts = [f"{eok:,}억" if eok else "", f"{man:,}만" if man else ""]
    said = " ".join(filter(None, parts))
    if ones or not said:
        return f"{said} {ones:,}원".strip()
    return f"{said} 원"
