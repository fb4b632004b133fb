"""What a rule is held on: on things of which kind, and which rows of a table are such. Without it 0 says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from schemas.rules.constraints import NotNull, TableRule, Unless, columns_of
from schemas.words.trials import TRIED_ON


@dataclass(frozen=True)
class TriedOn:
    """On things of which kind a rule is held; and of a table, in which rows.

    `have`: the columns that hold a value in every row that is meant. `known`: what holds a value in a row that can be
    tried: of each group one column at least. `only` and `but_for`: the rows that are meant, by a text (or a truth) in a
    column. Without a table the rows and cells that were received are counted.
    """

    things: str
    table: str | None = None
    known: tuple[tuple[str, ...], ...] = ()
    only: Unless | None = None
    but_for: Unless | None = None
    have: tuple[str, ...] = ()

    def is_there(self, row: Mapping[str, Any]) -> bool:
        """Whether a row of the table is one that the rule concerns."""
        is_meant = self.only is None or row[self.only.column] in self.only.values
        is_such = is_meant and all(row[column] is not None for column in self.have)
        return is_such and not (self.but_for and row[self.but_for.column] in self.but_for.values)

    def is_known(self, row: Mapping[str, Any]) -> bool:
        """Whether a row has what the rule compares."""
        return all(any(row[column] is not None for column in group) for group in self.known)


def declared(rule: str, said: str | dict[str, Any], holds: TableRule | None) -> TriedOn:
    """What the rulebook says at `tried`: a kind of thing, or that and which rows of a table.

    Of a rule about a table a kind alone means the rows that its constraint can be held on: those that it concerns, with
    a value in every column that it compares. Raises: ValueError if there is no such kind.
    """
    facts: dict[str, Any] = {"things": said} if isinstance(said, str) else dict(said)
    if facts["things"] not in TRIED_ON:
        raise ValueError(f"{rule}: rules are not tried on {facts['things']}")
    if holds is None:
        return TriedOn(**facts)
    if isinstance(said, str):
        needed = () if isinstance(holds.constraint, NotNull) else columns_of(holds.constraint)
        return TriedOn(said, holds.table, tuple((column,) for column in needed), but_for=holds.unless)
    known = tuple((each,) if isinstance(each, str) else tuple(each) for each in facts.pop("known", ()))
    table, have = facts.pop("table", holds.table), tuple(facts.pop("have", ()))
    rows = {name: Unless(facts[name]["column"], tuple(facts[name]["values"])) for name in facts if name != "things"}
    return TriedOn(facts["things"], table, known, have=have, **rows)
