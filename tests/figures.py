"""Expressions over tables of records: what they come to, or the sentence that refuses them."""

from collections.abc import Mapping, Sequence
from typing import Any

from assets.domain.figures.evaluation import evaluated
from assets.domain.figures.leaving import left_out
from assets.domain.figures.lineage import Cell, Lineage
from assets.domain.figures.refused import Refused
from assets.domain.figures.values import Figure, Outside
from assets.domain.figures.world import World

Records = Sequence[Mapping[str, Any]]


def world_of(tables: Mapping[str, Records]) -> World:
    """The published tables of one programme."""
    programme = tables["core_round"][0]["programme"]

    def read(name: str, year: int | None) -> list[Mapping[str, Any]]:
        rows = tables["core_answer" if name == "questions" else name]
        return [row for row in rows if row["programme"] == programme and year in (None, row["year"])]

    return World(programme, read)


def figure(expression: str, tables: Mapping[str, Records]) -> Figure:
    """What an expression comes to."""
    return evaluated(expression, world_of(tables))


def value(expression: str, tables: Mapping[str, Records]) -> Any:
    """Its value: a whole number where it is one, None where it is not known."""
    found = figure(expression, tables).value
    return int(found) if found is not None and found.denominator == 1 else found


def outside(expression: str, tables: Mapping[str, Records]) -> dict[str, tuple[int, int | None]]:
    """Who is left out: how many and how many kronor, by reason."""
    world = world_of(tables)
    found = evaluated(expression, world)
    left: list[Outside] = left_out(world, found, Lineage(world).cells(found))
    return {each.reason: (each.count, each.kronor) for each in left}


def cells(expression: str, tables: Mapping[str, Records]) -> tuple[Cell, ...]:
    """The received cells that it rests on."""
    world = world_of(tables)
    return Lineage(world).cells(evaluated(expression, world))


def refusal(expression: str, tables: Mapping[str, Records]) -> str:
    """The Swedish sentence that refuses it."""
    try:
        found = figure(expression, tables)
    except Refused as refused:
        return refused.sentence("sv")
    raise AssertionError(found)
