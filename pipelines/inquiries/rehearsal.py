"""A rehearsal: a round computed as the next run would, in memory. Nothing is written, and no history is kept.

The steps are the graph's own, called in its order; each table is held to its contract, as at every write of a run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from typing import Any

import dagster as dg
import pyarrow as pa
from assets.domain.frames import Frame
from assets.frames import frame_from
from assets.ports import CorrectionLog, Inbox, InputFile, Register, RoundKey
from assets.publish import GROUP
from assets.rounds import rehearsed

import assets
from pipelines.orchestration.resources import Settings
from pipelines.warehouse.contract import contracted

Tables = dict[str, pa.Table]


@dataclass(frozen=True)
class Tray:
    """An inbox of files that are read already."""

    exports: Sequence[InputFile]
    bodies: Register
    place: str
    log: CorrectionLog | None
    digest_of: Callable[[str], str | None]

    def folder(self, _round_key: RoundKey) -> str:
        """Where a person puts the round's exports."""
        return self.place

    def files(self, _round_key: RoundKey) -> list[InputFile]:
        """The files, by path."""
        return sorted(self.exports, key=lambda file: file.path)

    def corrections(self, _round_key: RoundKey) -> CorrectionLog | None:
        """The round's corrections, if it has any."""
        return self.log

    def register(self) -> Register:
        """Every possible recipient."""
        return self.bodies

    def digest(self, name: str) -> str | None:
        """The SHA-256 of a file by its path below the raw folder; None if it is not there."""
        return self.digest_of(name)


class NoReports:
    """A rehearsal has no report to read on in."""

    def refuse(self, _round_key: RoundKey, _run_id: str) -> None:
        """Nothing is written."""

    def withdraw(self, _round_key: RoundKey) -> None:
        """Nothing was written."""

    def place(self, _round_key: RoundKey, rule: str) -> str:
        """The rule itself."""
        return rule


def rehearse(
    inbox: Inbox,
    round_key: RoundKey,
    *,
    as_of: str = "",
    given: Mapping[str, Frame] | None = None,
    wanted: tuple[str, ...] = (),
) -> Tables:
    """Every table of the round, or those wanted and what they are made of; tables that are given are not computed.

    Raises: Stop, as a run would before it has findings. A rule that blocks publication is among the findings.
    """
    resources = {"inbox": inbox, "settings": Settings(as_of=as_of), "reports": NoReports()}
    tables = {name: contracted(name, frame) for name, frame in (given or {}).items()}
    with rehearsed(round_key):
        for step in _needed(wanted):
            if not tables.keys() >= _made(step):
                outputs = _outputs(step, _function(step)(**_inputs(step, tables), **_resources(step, resources)))
                tables |= {name: contracted(name, frame) for name, frame in outputs}
    return tables


@cache
def steps() -> tuple[dg.AssetsDefinition, ...]:
    """The steps of the graph that compute a round, each after those that it needs."""
    found = [step for step in dg.load_assets_from_package_module(assets) if isinstance(step, dg.AssetsDefinition)]
    computing = {id(step): step for step in found if GROUP not in step.group_names_by_key.values()}
    makers = {table: number for number, step in computing.items() for table in _made(step)}
    needs = {number: {makers[table] for table in _read(step)} for number, step in computing.items()}
    return tuple(computing[number] for number in TopologicalSorter(needs).static_order())


@cache
def _needed(wanted: tuple[str, ...]) -> tuple[dg.AssetsDefinition, ...]:
    """The steps that make these tables and what they are made of; every step where none is wanted."""
    if not wanted:
        return steps()
    needed: list[dg.AssetsDefinition] = []
    tables = set(wanted)
    for step in reversed(steps()):
        if tables & _made(step):
            needed.insert(0, step)
            tables |= set(_read(step))
    return tuple(needed)


def _function(step: dg.AssetsDefinition) -> Callable[..., Any]:
    """What was declared as the step. Calling the step itself would set up a history of Dagster's each time: 50 ms."""
    function: Callable[..., Any] = step.op.compute_fn.decorated_fn  # type: ignore[union-attr]
    return function


def _made(step: dg.AssetsDefinition) -> set[str]:
    return {key.path[-1] for key in step.keys}


def _read(step: dg.AssetsDefinition) -> Iterable[str]:
    return (key.path[-1] for key in step.keys_by_input_name.values())


def _inputs(step: dg.AssetsDefinition, tables: Tables) -> dict[str, Frame]:
    return {name: frame_from(tables[key.path[-1]]) for name, key in step.keys_by_input_name.items()}


def _resources(step: dg.AssetsDefinition, resources: Mapping[str, object]) -> dict[str, object]:
    return {name: resource for name, resource in resources.items() if name in step.required_resource_keys}


def _outputs(step: dg.AssetsDefinition, outcome: Any) -> Iterator[tuple[str, Frame]]:  # noqa: ANN401 - as steps return
    """The tables that a step made: returned alone, as a tuple in order of declaration, or yielded among checks."""
    if isinstance(outcome, Iterator):
        yield from ((each.output_name, each.value) for each in outcome if isinstance(each, dg.Output))
    else:
        frames = outcome if isinstance(outcome, tuple) else (outcome,)
        keys = step.keys_by_output_name.values()
        yield from zip((key.path[-1] for key in keys), frames, strict=True)
