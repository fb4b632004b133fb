"""Queries that find what contradicts a statement: each row that a rule breaks, each column out of its place.

They are made of names that are checked and of words from configuration, never of data, and select no value of a cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from schemas.rules import constraints as kinds
from schemas.rules.constraints import Constraint, TableRule, Unless

IDENTIFIER = re.compile("[a-z_][a-z0-9_]*", re.ASCII)
PLAIN_TEXT = re.compile(r"[A-Za-z0-9_ .,^\[\]-]*", re.ASCII)
OUTER = "o"
"""What a query calls the table whose rows it looks for."""


def rows_that_break(table: str, rules: Iterable[TableRule]) -> str:
    """A query for the ids of the table's rows that break any of the rules, each once.

    Raises: ValueError if a name is none that the project gives.
    """
    broken = " OR ".join(f"({_breaks(rule)})" for rule in rules)
    return f"SELECT {OUTER}.rowid FROM {_name(table)} AS {OUTER} WHERE {broken}"  # noqa: S608 - checked names only


def columns_out_of_place(table: str, names: Sequence[str]) -> str:
    """A query for the columns that the table has and should not, or should have and has not, with their places."""
    has = f"SELECT cid, name FROM pragma_table_info({_text(table)})"  # noqa: S608 - as in rows_that_break
    should = ", ".join(f"({place}, {_text(name)})" for place, name in enumerate(names))
    listed = f"SELECT * FROM (VALUES {should})"  # noqa: S608 - as in rows_that_break
    return f"SELECT * FROM ({has} EXCEPT {listed}) UNION ALL SELECT * FROM ({listed} EXCEPT {has})"  # noqa: S608 - as there


def _breaks(rule: TableRule) -> str:
    """When a row breaks a rule. What is unknown breaks nothing: SQL finds null, and null is not true."""
    broken = _breaks_constraint(rule.constraint, rule.table)
    return f"{broken} AND {_concerned(rule.unless)}" if rule.unless else broken


def _breaks_constraint(constraint: Constraint, own: str) -> str:  # noqa: PLR0911 - one case per kind
    match constraint:
        case kinds.NotNull(column):
            return f"{_of(column)} IS NULL"
        case kinds.OneOf(column, values):
            return f"{_of(column)} NOT IN ({_texts(values)})"
        case kinds.Between(column, least, most):
            bounds = (("<", least), (">", most))
            beyond = (f"{_of(column)} {beyond} {bound:d}" for beyond, bound in bounds if bound is not None)
            return f"({' OR '.join(beyond)})"
        case kinds.Length(column, exactly):
            return f"length({_of(column)}) <> {exactly:d}"
        case kinds.Characters(column):
            return f"{_of(column)} REGEXP {_text(constraint.forbidden)}"
        case kinds.Compare(left, operator, right):
            return f"NOT ({_of(left)} {operator} {_of(right)})"
        case kinds.SumsTo(total, parts, less):
            return f"{' + '.join(map(_of, (total, *less)))} <> {' + '.join(map(_of, parts))}"
        case kinds.Unique(columns):
            names = ", ".join(map(_name, columns))
            repeated = f"SELECT {names} FROM {_name(own)} GROUP BY {names} HAVING count(*) > 1"  # noqa: S608 - as in rows_that_break
            return f"{_complete(columns)} AND ({', '.join(map(_of, columns))}) IN ({repeated})"
        case kinds.References(columns, table, target):
            same = (f"t.{_name(theirs)} = {_of(ours)}" for theirs, ours in zip(target, columns, strict=True))
            found = f"SELECT 1 FROM {_name(table)} AS t WHERE {' AND '.join(same)}"  # noqa: S608 - as in rows_that_break
            return f"{_complete(columns)} AND NOT EXISTS ({found})"


def _concerned(unless: Unless) -> str:
    return f"coalesce({_of(unless.column)} NOT IN ({_texts(unless.values)}), 1)"


def _complete(columns: Iterable[str]) -> str:
    return " AND ".join(f"{_of(column)} IS NOT NULL" for column in columns)


def _of(column: str) -> str:
    return f"{OUTER}.{_name(column)}"


def _name(identifier: str) -> str:
    if not IDENTIFIER.fullmatch(identifier):
        raise ValueError(f"{identifier!r} is no name of a table or column")
    return f'"{identifier}"'


def _texts(words: Iterable[str]) -> str:
    return ", ".join(map(_text, words))


def _text(word: str) -> str:
    """A word as SQL: in hexadecimal where it has signs that SQL, SQLAlchemy or GX would read."""
    return f"'{word}'" if PLAIN_TEXT.fullmatch(word) else f"CAST(x'{word.encode().hex()}' AS TEXT)"
