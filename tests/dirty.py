"""Dirty rows and a rule of every kind over them, for the tests that hold the compilers of rules against each other."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
from hypothesis import strategies as st

from schemas.rules.constraints import (
    Between,
    Characters,
    Compare,
    Length,
    NotNull,
    OneOf,
    References,
    SumsTo,
    TableRule,
    Unique,
    Unless,
)

Rows = Sequence[Mapping[str, Any]]

LISTED = 20
"""Great Expectations lists no more than so many pairs of values that are wrong; with more rows a list would be cut."""

SCHEMA = pa.schema(
    [
        ("row_no", pa.int64()),
        ("code", pa.string()),
        ("word", pa.string()),
        ("exception", pa.string()),
        ("small", pa.int64()),
        ("large", pa.int64()),
        ("total", pa.int64()),
        ("begins", pa.date32()),
        ("ends", pa.date32()),
        ("flag", pa.bool_()),
    ]
)
TARGET_SCHEMA = pa.schema([("code", pa.string()), ("known_word", pa.string())])

CODES = ["0114", "0114\n", "\n0114", "114", "01145", "", "٠١١٤", "011å", "abcd", "A114", "😀114", "0 14"]
WORDS = ["yes", "no", "Yes", "yes ", "", "a:b", ":b", "it's", '"no"', "{batch}", "{}", "%s", "\\", "å"]
ALLOWED = ("yes", "no", "a:b", "it's", "{batch}", "å")
SPARED = ("spared", "it's :spared", "{spared}")
NUMBERS = [-1, 0, 1, 2, 3, 4, 9, 10, 11, 2**53, 2**53 + 1]
DATES = [dt.date(2023, 12, 31), dt.date(2024, 1, 1), dt.date(2024, 2, 29)]

CONSTRAINTS = (
    NotNull("code"),
    NotNull("small"),
    NotNull("flag"),
    OneOf("word", ALLOWED),
    Between("small", 0, 10),
    Between("small", ge=0),
    Between("small", le=10),
    Length("code", 4),
    Characters("code", "0-9"),
    Characters("word", "a-zå"),
    Unique(("code",)),
    Unique(("small", "word")),
    Unique(("begins", "flag", "code")),
    References(("code",), "target", ("code",)),
    References(("code", "word"), "target", ("code", "known_word")),
    Compare("small", "<=", "large"),
    Compare("small", "<", "large"),
    Compare("small", "==", "large"),
    Compare("begins", "<=", "ends"),
    Compare("code", "==", "word"),
    SumsTo("total", ("small", "large")),
    SumsTo("total", ("large",), less=("small",)),
)
RULES = tuple(
    TableRule(f"rule_{number}", "dirty", constraint, unless)
    for number, (unless, constraint) in enumerate(
        (unless, constraint) for unless in (None, Unless("exception", SPARED)) for constraint in CONSTRAINTS
    )
)


def _or_nothing(values: Sequence[Any]) -> st.SearchStrategy[Any]:
    return st.sampled_from([*values, None])


def _rows(schema: pa.Schema, **values: Sequence[Any]) -> st.SearchStrategy[Rows]:
    drawn = st.fixed_dictionaries({name: _or_nothing(values[name]) for name in schema.names if name in values})
    return st.lists(drawn, max_size=LISTED)


def numbered(rows: Rows) -> Rows:
    return [{"row_no": number, **row} for number, row in enumerate(rows, start=1)]


DIRTY_ROWS = _rows(
    SCHEMA,
    code=CODES,
    word=WORDS,
    exception=[*SPARED, "other", "", "Spared"],
    small=NUMBERS,
    large=NUMBERS,
    total=sorted({*NUMBERS, *(a + sign * b for a in NUMBERS[:6] for b in NUMBERS[:6] for sign in (1, -1))}),
    begins=DATES,
    ends=DATES,
    flag=[True, False],
).map(numbered)
TARGET_ROWS = _rows(TARGET_SCHEMA, code=CODES, known_word=WORDS)


def broken_by_hand(rule: TableRule, rows: Rows, target: Rows) -> set[int]:
    """The numbers of the rows that break a rule, in plain Python: the meaning that all compilers must have."""
    return {
        row["row_no"]
        for row in rows
        if _is_broken(rule, row, rows, target) and not (rule.unless and row[rule.unless.column] in rule.unless.values)
    }


def _is_broken(rule: TableRule, row: Mapping[str, Any], rows: Rows, target: Rows) -> bool:  # noqa: C901, PLR0911 - one case per kind
    match rule.constraint:
        case NotNull(column):
            return row[column] is None
        case OneOf(column, values):
            return row[column] is not None and row[column] not in values
        case Between(column, ge, le):
            value = row[column]
            return value is not None and ((ge is not None and value < ge) or (le is not None and value > le))
        case Length(column, exactly):
            return row[column] is not None and len(row[column]) != exactly
        case Characters(column, allowed):
            return row[column] is not None and any(not _within(sign, allowed) for sign in row[column])
        case Unique(columns):
            key = [row[name] for name in columns]
            return None not in key and sum([other[name] for name in columns] == key for other in rows) > 1
        case References(columns, _, names):
            key = [row[name] for name in columns]
            return None not in key and all([there[name] for name in names] != key for there in target)
        case Compare(left, operator, right):
            a, b = row[left], row[right]
            if a is None or b is None:
                return False
            return not {"<=": a <= b, "<": a < b, "==": a == b}[operator]
        case SumsTo(total, parts, less):
            values = [row[name] for name in (total, *parts, *less)]
            added, taken = values[1 : 1 + len(parts)], values[1 + len(parts) :]
            return None not in values and values[0] != sum(added) - sum(taken)


def _within(sign: str, allowed: str) -> bool:
    ranges = {"0-9": "0123456789", "a-zå": "abcdefghijklmnopqrstuvwxyzå"}
    return sign in ranges[allowed]


def kinds_tried() -> set[str]:
    return {rule.kind for rule in RULES}
