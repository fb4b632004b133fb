"""A table's contract: its model, with every constraint as a pandera check. One check per rule, named by its id."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from functools import singledispatch
from typing import Any

import pandas as pd
from pandera.pandas import Check, DataFrameSchema

from schemas.rules import constraints as kinds
from schemas.rules.constraints import Constraint, TableRule
from schemas.tables.base import Table

Targets = Mapping[str, pd.DataFrame]
"""The other tables that a reference may be held against."""


def contract(table: type[Table], rules: Iterable[TableRule], targets: Targets | None = None) -> DataFrameSchema:
    """The table's pandera schema with these rules as checks of whole rows.

    A null that a column may not have is pandera's own concern (`nullable`), and is reported as such.
    """
    schema = copy.copy(table.to_schema())  # a model's own schema is one for all
    schema.checks = [check(rule, targets or {}) for rule in rules if not isinstance(rule.constraint, kinds.NotNull)]
    return schema


def check(rule: TableRule, targets: Targets) -> Check:
    """A rule as a pandera check over the whole frame: one truth per row, and true where a value is unknown."""

    def holds(frame: pd.DataFrame) -> pd.Series[bool]:
        known = _holds(rule.constraint, frame, targets).astype("boolean[pyarrow]").fillna(value=True)
        return pd.Series(known | _excepted(rule, frame) if rule.unless else known)

    return Check(holds, name=rule.id, ignore_na=False)


def _excepted(rule: TableRule, frame: pd.DataFrame) -> Any:  # noqa: ANN401 - a series, or one truth for all rows
    return frame[rule.unless.column].isin(rule.unless.values) if rule.unless else False


@singledispatch
def _holds(constraint: Constraint, frame: pd.DataFrame, targets: Targets) -> Any:  # noqa: ANN401 - an untyped series
    raise TypeError(constraint, frame, targets)


@_holds.register
def _(constraint: kinds.NotNull, frame: pd.DataFrame, _: Targets) -> Any:  # noqa: ANN401 - as above
    return frame[constraint.column].notna()


@_holds.register
def _(constraint: kinds.OneOf, frame: pd.DataFrame, _: Targets) -> Any:  # noqa: ANN401 - as above
    values = frame[constraint.column]
    return values.isin(constraint.values) | values.isna()


@_holds.register
def _(constraint: kinds.Between, frame: pd.DataFrame, _: Targets) -> Any:  # noqa: ANN401 - as above
    values = frame[constraint.column]
    holds = values.notna() | values.isna()
    if constraint.ge is not None:
        holds &= values >= constraint.ge
    return holds if constraint.le is None else holds & (values <= constraint.le)


@_holds.register
def _(constraint: kinds.Length, frame: pd.DataFrame, _: Targets) -> Any:  # noqa: ANN401 - as above
    return frame[constraint.column].str.len() == constraint.exactly


@_holds.register
def _(constraint: kinds.Characters, frame: pd.DataFrame, _: Targets) -> Any:  # noqa: ANN401 - as above
    return ~frame[constraint.column].str.contains(constraint.forbidden)


@_holds.register
def _(constraint: kinds.Unique, frame: pd.DataFrame, _: Targets) -> Any:  # noqa: ANN401 - as above
    columns = list(constraint.columns)
    return ~frame.duplicated(columns, keep=False) | frame[columns].isna().any(axis="columns")


@_holds.register
def _(constraint: kinds.References, frame: pd.DataFrame, targets: Targets) -> Any:  # noqa: ANN401 - as above
    there = pd.MultiIndex.from_frame(targets[constraint.table][list(constraint.target)])
    keys = frame[list(constraint.columns)]
    found = pd.Series(pd.MultiIndex.from_frame(keys).isin(there), index=frame.index)
    return found | keys.isna().any(axis="columns")


@_holds.register
def _(constraint: kinds.Compare, frame: pd.DataFrame, _: Targets) -> Any:  # noqa: ANN401 - as above
    left, right = frame[constraint.left], frame[constraint.right]
    return {"<=": left.le, "<": left.lt, "==": left.eq}[constraint.operator](right)


@_holds.register
def _(constraint: kinds.SumsTo, frame: pd.DataFrame, _: Targets) -> Any:  # noqa: ANN401 - as above
    return frame[constraint.total] == frame[list(constraint.parts)].sum(axis="columns", skipna=False)
