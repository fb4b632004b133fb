"""A constraint as a predicate over one record, and a table's rules held against its records, row by row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any

from schemas.rules import constraints as kinds
from schemas.rules.constraints import Constraint, TableRule

Record = Mapping[str, Any]
Broken = Callable[[Record], bool]
Records = Sequence[Record]


def predicate(constraint: Constraint) -> Broken:  # noqa: PLR0911 - one case per kind
    """When a record breaks a constraint by itself: false where a value is unknown, but for NotNull.

    Raises: TypeError for the kinds that only other rows can tell (unique, references): see `failing`.
    """
    match constraint:
        case kinds.NotNull(column):
            return lambda record: record[column] is None
        case kinds.OneOf(column, values):
            return lambda record: record[column] is not None and record[column] not in values
        case kinds.Between(column, ge, le):
            return lambda record: _is_outside(record[column], ge, le)
        case kinds.Length(column, exactly):
            return lambda record: record[column] is not None and len(record[column]) != exactly
        case kinds.Characters(column):
            return lambda record: record[column] is not None and bool(_pattern(constraint.forbidden, record[column]))
        case kinds.Compare(left, operator, right):
            return lambda record: _is_contrary(record[left], operator, record[right])
        case kinds.SumsTo(total, parts, less):
            return lambda record: _is_another_sum(
                record[total], [record[part] for part in parts], [record[part] for part in less]
            )
        case _:
            raise TypeError(constraint)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _pattern(pattern: str, text: str) -> re.Match[str] | None:
    return _compiled(pattern).search(text)


def _is_outside(value: int | None, ge: int | None, le: int | None) -> bool:
    return value is not None and ((ge is not None and value < ge) or (le is not None and value > le))


def _is_contrary(left: Any, operator: kinds.Operator, right: Any) -> bool:  # noqa: ANN401 - amounts or dates
    if left is None or right is None:
        return False
    return bool({"<=": left > right, "<": left >= right, "==": left != right}[operator])


def _is_another_sum(total: int | None, parts: Sequence[int | None], less: Sequence[int | None]) -> bool:
    if total is None or None in parts or None in less:
        return False
    return total + sum(each or 0 for each in less) != sum(each or 0 for each in parts)


def failing(
    rows: Records,
    rules: Sequence[TableRule],
    tables: Mapping[str, Records],
    consequence_of: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> Iterator[tuple[TableRule, Record]]:
    """Every rule with each row that breaks it, rule by rule; a row that breaks a rule's cause does not break it too.

    Args: tables: those that references are held against, by name. consequence_of: rules that explain others.
    """
    broken = [(rule, _breaking(rule, rows, tables)) for rule in rules]
    by_rule = {rule.id: {id(row) for row in found} for rule, found in broken}
    for rule, found in broken:
        explained = set().union(*(by_rule.get(cause, set()) for cause in consequence_of.get(rule.id, ())))
        yield from ((rule, row) for row in found if id(row) not in explained)


def _breaking(rule: TableRule, rows: Records, tables: Mapping[str, Records]) -> list[Record]:
    is_broken = _over_rows(rule.constraint, rows, tables)
    return [row for row in rows if is_broken(row) and not (rule.unless and _is_excepted(rule.unless, row))]


def _is_excepted(unless: kinds.Unless, row: Record) -> bool:
    return row[unless.column] in unless.values


def _over_rows(constraint: Constraint, rows: Records, tables: Mapping[str, Records]) -> Broken:
    match constraint:
        case kinds.Unique(columns):
            counts = Counter(_key(row, columns) for row in rows)
            return lambda row: None not in (key := _key(row, columns)) and counts[key] > 1
        case kinds.References(columns, table, target):
            there = {_key(row, target) for row in tables[table]}
            return lambda row: None not in (key := _key(row, columns)) and key not in there
        case _:
            return predicate(constraint)


def _key(row: Record, columns: Sequence[str]) -> tuple[Any, ...]:
    return tuple(row[column] for column in columns)
