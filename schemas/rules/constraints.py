"""The closed vocabulary of rules: nine kinds of constraint, what each means, and those that a table's model implies.

A constraint says when a row is *broken*; only `NotNull` breaks on null, all others pass where a value is unknown.
Each kind has three small compilers: to a predicate over a record (`predicate`), to a pandera check
(`contract`) and to a Great Expectations expectation (`pipelines.warehouse.evidence`). A test holds that they agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from schemas.tables import project
from schemas.tables.base import Table, table_name

Operator = Literal["<=", "<", "=="]


@dataclass(frozen=True)
class NotNull:
    """The column holds a value."""

    column: str


@dataclass(frozen=True)
class OneOf:
    """The value is one of a closed vocabulary of texts."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Between:
    """The whole number lies within bounds, both inclusive; a bound that is None is none."""

    column: str
    ge: int | None = None
    le: int | None = None


@dataclass(frozen=True)
class Length:
    """The text has exactly so many characters."""

    column: str
    exactly: int


@dataclass(frozen=True)
class Characters:
    """The text has no character but these, written as within the brackets of a pattern ("0-9").

    A set and not a pattern: anchors mean different things to different engines ("0114" and a line break).
    """

    column: str
    allowed: str

    @property
    def forbidden(self) -> str:
        """The pattern that finds a character which is not allowed."""
        return f"[^{self.allowed}]"


@dataclass(frozen=True)
class Unique:
    """No other row has the same values in these columns; a row with a null among them is like no other."""

    columns: tuple[str, ...]


@dataclass(frozen=True)
class References:
    """The values stand in columns of the same names in another table, whose last one may be called `target`."""

    columns: tuple[str, ...]
    table: str
    target: tuple[str, ...]


@dataclass(frozen=True)
class Compare:
    """One column stands in this relation to another."""

    left: str
    operator: Operator
    right: str


@dataclass(frozen=True)
class SumsTo:
    """A whole number is the sum of others, less those of `less`."""

    total: str
    parts: tuple[str, ...]
    less: tuple[str, ...] = ()


Constraint = NotNull | OneOf | Between | Length | Characters | Unique | References | Compare | SumsTo
KINDS: Mapping[str, type[Constraint]] = {
    re.sub("(?<=[a-z])(?=[A-Z])", "_", kind.__name__).lower(): kind for kind in get_args(Constraint)
}
"""Every kind by the name that the catalogue has for it: not_null, one_of, ..."""

KIND_NAMES = {kind: name for name, kind in KINDS.items()}


@dataclass(frozen=True)
class Unless:
    """Rows that a rule does not concern: those with one of these texts in the column."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class TableRule:
    """A constraint that a table's rows must meet, under the id it is reported by."""

    id: str
    table: str
    constraint: Constraint
    unless: Unless | None = None

    @property
    def kind(self) -> str:
        """The name of the constraint's kind."""
        return KIND_NAMES[type(self.constraint)]


def columns_of(constraint: Constraint) -> tuple[str, ...]:
    """The columns of the table that a constraint looks at."""
    match constraint:
        case Unique(columns) | References(columns):
            return columns
        case Compare(left, _, right):
            return (left, right)
        case SumsTo(total, parts, less):
            return (total, *parts, *less)
        case _:
            return (constraint.column,)


def declared(rule: str, holds: Mapping[str, Any]) -> TableRule:
    """A rule of the catalogue: `{table: T, <kind>: {...}, unless: {column: C, values: [...]}}`.

    Raises: ValueError if it does not name exactly one kind of the vocabulary.
    """
    kinds = [name for name in holds if name not in ("table", "unless")]
    if len(kinds) != 1 or kinds[0] not in KINDS:
        raise ValueError(f"{rule}: a rule has exactly one of {', '.join(KINDS)}")
    [kind] = kinds
    unless = Unless(**_frozen(holds["unless"])) if "unless" in holds else None
    return TableRule(rule, holds["table"], KINDS[kind](**_frozen(holds[kind])), unless)


def _frozen(arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in arguments.items()}


def column_constraints(fact: Mapping[str, Any], column: str, *, nullable: bool) -> Iterator[Constraint]:
    """What a column's declaration implies for its values, row by row."""
    if not nullable:
        yield NotNull(column)
    if fact["one_of"]:
        yield OneOf(column, fact["one_of"])
    if fact["ge"] is not None or fact["le"] is not None:
        yield Between(column, fact["ge"], fact["le"])
    if fact["length"] is not None:
        yield Length(column, fact["length"])
    if fact["characters"] is not None:
        yield Characters(column, fact["characters"])


def implied_rules(table: type[Table], tables: Mapping[str, type[Table]]) -> Iterator[TableRule]:
    """The rules that a table's model implies: of its columns, its key, and its references to other tables."""
    name = table_name(table)
    for column, declaration in project.columns(table).items():
        fact = declaration.metadata
        for constraint in column_constraints(fact, column, nullable=declaration.nullable):
            yield _implied(name, column, constraint)
        if (target := fact["refers"]) in tables:
            *shared, own = project.key(tables[target])
            yield _implied(name, column, References((*shared, column), target, (*shared, own)))
    if key := project.key(table):
        yield _implied(name, "key", Unique(key))


def _implied(table: str, what: str, constraint: Constraint) -> TableRule:
    return TableRule(f"{table}.{what}.{KIND_NAMES[type(constraint)]}", table, constraint)
