"""Made-up rows of every table, whatever tables there are."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Connection, Float, Integer, LargeBinary, String, insert, select

from server.store.shared_tables import KEPT

WORDS = "가나다 \"따옴표\" 'x' \\ \n\t é 😀 "
COUNT = 3


def value(column: Column[object], number: int) -> object:
    """What a row of that number has in a column; that of a foreign key is in the row of the same number."""
    for key in column.foreign_keys:
        return value(key.column, number)
    kind = column.type
    if column.nullable and number == 0:
        return None
    if isinstance(kind, Boolean):
        return number % 2 == 0
    if isinstance(kind, Integer):
        return number + 10
    if isinstance(kind, Float):
        return number + 0.1
    if isinstance(kind, LargeBinary):
        return bytes(range(256)) * (number + 1)
    assert isinstance(kind, String), f"{column}: say in server/store/rows.py how such a value is written"
    return f"{number}{column.name}{WORDS}"[: kind.length or None]


def fill(connection: Connection) -> None:
    """Put rows into every table."""
    for table in KEPT:
        columns = list(table.columns)
        rows = [{column.name: value(column, number) for column in columns} for number in range(COUNT)]
        connection.execute(insert(table), rows)


def everything(connection: Connection) -> dict[str, list[dict[str, object]]]:
    """Every row of every table."""
    return {
        table.name: [dict(row) for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()]
        for table in KEPT
    }
