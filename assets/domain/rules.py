"""Which rows break which rules: the one row-level reporter, on every engine.

A rule is compiled to a predicate that is true where a row breaks it and false where a value is unknown. The predicates
become one number per row, a bit for each rule; only failing rows, which are few, are looked at again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

import narwhals as nw

from assets.domain.frames import Frame, counted, is_true
from schemas import constraints as kinds
from schemas.constraints import Constraint, TableRule, Unless

MASK_BITS = 62
"""Bits of an int64 that can be added up and halved without reaching its sign."""


@dataclass(frozen=True)
class Predicate:
    """A rule's id, and the condition under which a row breaks it."""

    rule: str
    broken: nw.Expr


def broken_rows(rows: Frame, predicates: Sequence[Predicate]) -> Iterator[tuple[Predicate, Frame]]:
    """For each predicate the rows that break it, with their columns; `bits` says which others they break."""
    for start in range(0, len(predicates), MASK_BITS):
        part = predicates[start : start + MASK_BITS]
        failing = _masked(rows, part)
        for place, predicate in enumerate(part):
            yield predicate, failing.filter(has_bit(place))


def _masked(rows: Frame, predicates: Sequence[Predicate]) -> Frame:
    """The rows that break any of the predicates, with `bits`: the sum of 2 to the place of each that is broken."""
    bits = reduce(add, (counted(each.broken) * 2**place for place, each in enumerate(predicates)))
    return rows.with_columns(bits=bits).filter(nw.col("bits") > 0)


def has_bit(place: int) -> nw.Expr:
    """Is the rule at this place broken? By division: no engine lacks it."""
    is_set: nw.Expr = nw.col("bits") // 2**place - nw.col("bits") // 2 ** (place + 1) * 2 == 1
    return is_set


def broken_table_rows(rows: Frame, rules: Sequence[TableRule], tables: Mapping[str, Frame]) -> list[tuple[str, Frame]]:
    """For each rule of one table its id and the rows that break it.

    Args: tables: those that a reference may be held against.
    """
    wide = rows
    for place, rule in enumerate(rules):
        wide = _prepared(wide, rule.constraint, place, tables)
    predicates = [Predicate(rule.id, _broken(rule, place)) for place, rule in enumerate(rules)]
    names = rows.collect_schema().names()
    return [(each.rule, failing.select(*names)) for each, failing in broken_rows(wide, predicates)]


def _prepared(rows: Frame, constraint: Constraint, place: int, tables: Mapping[str, Frame]) -> Frame:
    """Add what a rule needs from other rows: how many share the key, or whether the reference is there."""
    if isinstance(constraint, kinds.Unique):
        first = nw.col(constraint.columns[0])
        sharing = (first.is_null() | ~first.is_null()).cast(nw.Int64).sum().over(*constraint.columns)
        return rows.with_columns(sharing.alias(_helper(place)))
    if isinstance(constraint, kinds.References):
        there = tables[constraint.table].select(
            *(nw.col(theirs).alias(ours) for ours, theirs in zip(constraint.columns, constraint.target, strict=True)),
        )
        complete = there.filter(~_incomplete(constraint.columns)).unique(list(constraint.columns))
        found = complete.with_columns(nw.col(constraint.columns[0]).alias(_helper(place)))
        return rows.join(found, on=list(constraint.columns), how="left")
    return rows


def _helper(place: int) -> str:
    return f"helper_{place}"


def _incomplete(columns: Sequence[str]) -> nw.Expr:
    return nw.any_horizontal(*(nw.col(name).is_null() for name in columns), ignore_nulls=True)


def _broken(rule: TableRule, place: int) -> nw.Expr:
    condition = is_true(broken(rule.constraint, _helper(place)))
    return condition & ~_excepted(rule.unless) if rule.unless else condition


def _excepted(unless: Unless) -> nw.Expr:
    return is_true(nw.col(unless.column).is_in(list(unless.values)))


def broken(constraint: Constraint, helper: str = "") -> nw.Expr:  # noqa: PLR0911 - one case per kind
    """When a row breaks a constraint; unknown where a value is. `helper` is the column that `_prepared` adds."""
    match constraint:
        case kinds.NotNull(column):
            return nw.col(column).is_null()
        case kinds.OneOf(column, values):
            return ~nw.col(column).is_null() & ~is_true(nw.col(column).is_in(list(values)))
        case kinds.Between(column, ge, le):
            outside = [nw.col(column) < ge] if ge is not None else []
            outside += [nw.col(column) > le] if le is not None else []
            return nw.any_horizontal(*outside, ignore_nulls=True)
        case kinds.Length(column, exactly):
            return nw.col(column).str.len_chars() != exactly
        case kinds.Characters(column):
            return nw.col(column).str.contains(constraint.forbidden)
        case kinds.Unique(columns):
            return (nw.col(helper) > 1) & ~_incomplete(columns)
        case kinds.References(columns):
            return nw.col(helper).is_null() & ~_incomplete(columns)
        case kinds.Compare(left, operator, right):
            return _contrary(nw.col(left), operator, nw.col(right))
        case kinds.SumsTo(total, parts):
            return nw.col(total) != reduce(add, map(nw.col, parts))


def _contrary(left: nw.Expr, operator: kinds.Operator, right: nw.Expr) -> nw.Expr:
    return {"<=": left > right, "<": left >= right, "==": left != right}[operator]
