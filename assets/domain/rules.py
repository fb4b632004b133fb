"""Which rows break which rules: the one row-level reporter, on every engine.

A rule is compiled to a predicate that is true where a row breaks it and false where a value is unknown. The predicates
become one number per row, a bit for each rule; only failing rows, which are few, are looked at again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import add
from types import MappingProxyType

import narwhals as nw

from assets.domain.frames import Frame, counted, is_true, with_group
from schemas.rules import constraints as kinds
from schemas.rules.constraints import Constraint, TableRule, Unless

MASK_BITS = 62
"""Bits of an int64 that can be added up and halved without reaching its sign."""


@dataclass(frozen=True)
class Predicate:
    """A rule's id, the condition under which a row breaks it, and the slot of the form that it is about, if any.

    `says` is what a constraint of the form says, where it is not the cell's header that explains the breach.
    """

    rule: str
    broken: nw.Expr
    slot: str = ""
    says: str = ""


def parts(predicates: Sequence[Predicate]) -> list[Sequence[Predicate]]:
    """The predicates in as many parts as masks are needed."""
    return [predicates[start : start + MASK_BITS] for start in range(0, len(predicates), MASK_BITS)]


def without_consequences(
    predicates: Sequence[Predicate], consequence_of: Mapping[str, Sequence[str]]
) -> list[Predicate]:
    """The same predicates, but a row that breaks one rule does not break those that are declared its consequence."""
    return [_explained(each, predicates, consequence_of.get(each.rule, ())) for each in predicates]


def _explained(predicate: Predicate, others: Sequence[Predicate], causes: Sequence[str]) -> Predicate:
    explained = [is_true(other.broken) for other in others if other.rule in causes]
    if not explained:
        return predicate
    return replace(predicate, broken=is_true(predicate.broken) & ~nw.any_horizontal(*explained, ignore_nulls=True))


def masked(rows: Frame, predicates: Sequence[Predicate]) -> Frame:
    """The rows that break any of the predicates, with `bits`: the sum of 2 to the place of each that is broken."""
    bits = reduce(add, (counted(each.broken) * 2**place for place, each in enumerate(predicates)))
    return rows.with_columns(bits=bits).filter(nw.col("bits") > 0)


def exploded(failing: Frame, places: Frame) -> Frame:
    """One row per failing row and rule that it breaks.

    Args: failing as from `masked`. places: one row per predicate with `power` (2 to its place) and what to tell of it.
    """
    power = nw.col("power")
    is_set: nw.Expr = nw.col("bits") // power - nw.col("bits") // (power * 2) * 2 == 1
    return failing.join(places, how="cross").filter(is_set)


def failing_table_rows(
    rows: Frame,
    rules: Sequence[TableRule],
    tables: Mapping[str, Frame],
    consequence_of: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> Frame:
    """The rows of a table that break any of the rules (at most 62), with their columns and `bits`.

    Args: tables: those that a reference may be held against. consequence_of: rules that explain others.
    """
    wide = rows
    for place, rule in enumerate(rules):
        wide = _prepared(wide, rule.constraint, place, tables)
    predicates = [Predicate(rule.id, _broken(rule, place)) for place, rule in enumerate(rules)]
    failing = masked(wide, without_consequences(predicates, consequence_of))
    return failing.select(*rows.collect_schema().names(), "bits")


def breaking(failing: Frame, place: int) -> Frame:
    """Of the failing rows those that break the rule at one place."""
    power = 2**place
    is_set: nw.Expr = nw.col("bits") // power - nw.col("bits") // (power * 2) * 2 == 1
    return failing.filter(is_set).drop("bits")


def _prepared(rows: Frame, constraint: Constraint, place: int, tables: Mapping[str, Frame]) -> Frame:
    """Add what a rule needs from other rows: how many share the key, or whether the reference is there."""
    if isinstance(constraint, kinds.Unique):
        first = nw.col(constraint.columns[0])
        ones = rows.with_columns((first.is_null() | ~first.is_null()).cast(nw.Int64).alias(f"{_helper(place)}_one"))
        sharing = {_helper(place): nw.col(f"{_helper(place)}_one").sum()}
        return with_group(ones, constraint.columns, **sharing)
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
