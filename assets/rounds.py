"""Rounds as Dagster partitions, and the declaration of an asset that is one table of a round."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import dagster as dg

from assets.ports import RoundKey
from schemas.configuration import catalogue
from schemas.rules.rule import Stop
from schemas.tables import TABLES, project
from schemas.tables.base import meaning_en

ROUNDS = dg.MultiPartitionsDefinition(
    {
        "programme": dg.StaticPartitionsDefinition(list(catalogue.programme_names())),
        "year": dg.StaticPartitionsDefinition([str(year) for year in catalogue.years()]),
    }
)
OWNER = "team:data-engineering"

_REHEARSED: ContextVar[RoundKey | None] = ContextVar("rehearsed", default=None)


@contextmanager
def rehearsed(round_key: RoundKey) -> Iterator[None]:
    """Steps that are called in here compute this round, outside any run of Dagster's; a stop leaves them as it is."""
    token = _REHEARSED.set(round_key)
    try:
        yield
    finally:
        _REHEARSED.reset(token)


def current_round() -> RoundKey:
    """The round of the step that runs. Raises: Stop if the run was launched without one."""
    chosen = _REHEARSED.get() or _launched()
    if chosen.year not in catalogue.programme(chosen.programme).rounds:
        raise Stop("round_undeclared", programme=chosen.programme, year=chosen.year)
    return chosen


def chosen_date(text: str) -> dt.date | None:
    """The as-of date that a person chose, if any."""
    return dt.date.fromisoformat(text) if text else None


def current_run() -> str:
    """The id of the run that computes the round; empty in a rehearsal."""
    return "" if _REHEARSED.get() else dg.AssetExecutionContext.get().run_id


def _launched() -> RoundKey:
    context = dg.AssetExecutionContext.get()
    key = context.partition_key if context.has_partition_key else None
    if not isinstance(key, dg.MultiPartitionKey):
        raise Stop("round_not_chosen")
    return RoundKey(key.keys_by_dimension["programme"], int(key.keys_by_dimension["year"]))


@contextmanager
def in_one_sentence() -> Iterator[None]:
    """A stop ends the step with its sentence; a person launched it, so there is nothing to retry."""
    try:
        yield
    except Stop as stop:
        if _REHEARSED.get():
            raise
        raise dg.Failure(description=str(stop), allow_retries=False, metadata=_said(stop)) from None


def _said(stop: Stop) -> dict[str, str]:
    return {"rule": stop.rule.id, "sv": stop.sentence("sv"), "en": stop.sentence("en")}


def described(table: str, group: str) -> dict[str, Any]:
    """What Dagster shows of a table: description, owner, columns. A projection of the table's declaration."""
    return {
        "description": meaning_en(TABLES[table]),
        "group_name": group,
        "owners": [OWNER],
        "kinds": {"parquet"},
        "metadata": {"dagster/column_schema": column_schema(table), "dagster/table_name": table},
    }


def column_schema(table: str) -> dg.TableSchema:
    """The table's columns as Dagster's own column schema."""
    schema, facts = project.arrow_schema(TABLES[table]), project.facts(TABLES[table])
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                name=field.name,
                type=str(field.type),
                description=_described_column(facts[field.name]),
                constraints=dg.TableColumnConstraints(nullable=field.nullable),
            )
            for field in schema
        ]
    )


def _described_column(fact: dict[str, Any]) -> str:
    return f"{fact['en']} ({fact['sv']})" + (f"; may be empty: {fact['null']}" if fact["null"] else "")


def round_table(group: str) -> Callable[[Callable[..., Any]], dg.AssetsDefinition]:
    """Declare an asset that is one table of a round: the function's name is the table's."""

    def declare(function: Callable[..., Any]) -> dg.AssetsDefinition:
        @functools.wraps(function)
        def step(*args: Any, **inputs: Any) -> Any:  # noqa: ANN401 - Dagster passes what the function's signature asks
            with in_one_sentence():
                current_round()
                return function(*args, **inputs)

        name = function.__name__
        asset: dg.AssetsDefinition = dg.asset(name=name, partitions_def=ROUNDS, **described(name, group))(step)
        return asset

    return declare
