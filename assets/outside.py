"""What the steps of the graph need from outside, as protocols. `pipelines` supplies them; tests supply their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

import pyarrow as pa

from assets.received import Received, RoundKey
from schemas.rules.rule import Stop


class Inbox(Protocol):
    """Where received files come from."""

    def received(
        self, round_key: RoundKey, today: dt.date, ordinance: str | None = None, registers: Sequence[str] = ()
    ) -> Received:
        """Everything received for a round. Raises: Stop if there is nothing, or a file cannot be read.

        Args: ordinance: the file of the ordinance's text, if one is declared. registers: those that are declared.
        """

    def folder(self, round_key: RoundKey) -> str:
        """Where a person puts the round's exports."""


class Settings(Protocol):
    """What a person chose for a run, and who that is."""

    as_of: str
    """ISO date, or empty for the day up to which the data is complete."""

    @property
    def today(self) -> dt.date:
        """The day of the run, on which waivers are in force or not. No figure depends on it."""

    @property
    def who(self) -> str:
        """Who launched the run: the user of this machine."""

    @property
    def where(self) -> str:
        """Where the run was launched: in the UI or from the command line."""


class Store(Protocol):
    """Where a run's tables lie until the round is accepted, and what they were computed from."""

    def write_received(self, round_key: RoundKey, run_id: str, received: Received) -> object:
        """Keep what a run computes from."""

    def has_received(self, round_key: RoundKey, run_id: str) -> bool:
        """Whether what a run computed from is kept."""

    def read_received(self, round_key: RoundKey, run_id: str) -> Received:
        """What a run computed from. Raises: Stop if it is not there or damaged."""

    def write_round(self, round_key: RoundKey, run_id: str, tables: Mapping[str, pa.Table]) -> Mapping[str, int]:
        """Write every table of a round; gives the rows of each. Raises: Stop if one breaks its contract."""

    def has_round(self, round_key: RoundKey, run_id: str) -> bool:
        """Whether a run has written every table of the round."""

    def table(self, round_key: RoundKey, run_id: str, table: str) -> pa.Table:
        """One table of a run. Raises: Stop if the run has not written it."""

    def place(self, round_key: RoundKey, run_id: str, table: str) -> str:
        """The address of a run's table, for those who want to open it."""

    def accept(self, round_key: RoundKey, run_id: str, *, ran_by: str) -> str:
        """Make a run's tables the accepted ones of the round. Returns their folder. Args: ran_by: who accepts them."""

    def accepted_run(self, round_key: RoundKey) -> str | None:
        """The run whose tables are accepted; None if there is none."""


class Reports(Protocol):
    """Where a person reads what was found."""

    def refuse(self, round_key: RoundKey, run_id: str, *, ran_by: str) -> None:
        """Write the report of a round that is not accepted, from the tables of its run."""

    def refuse_unread(self, round_key: RoundKey, run_id: str, stop: Stop) -> None:
        """Write the report of a round that has no tables, since what was received stopped it before."""

    def withdraw(self, round_key: RoundKey) -> None:
        """Take away the report of an earlier run that was not accepted, if there is one."""

    def place(self, round_key: RoundKey, rule: str) -> str:
        """Where the report of a round that is not accepted tells of a rule: an address or a path."""

    def link(self, round_key: RoundKey, run_id: str, rule: str | None) -> str:
        """Where Dagster's pages find what a run's own report tells, of a rule if one is given."""


class Version(Protocol):
    """A published version."""

    @property
    def id(self) -> str:
        """Its digest."""

    @property
    def folder(self) -> str:
        """Where it lies."""

    @property
    def row_counts(self) -> Mapping[str, int]:
        """The rows of each of its tables."""

    @property
    def is_new(self) -> bool:
        """Whether it differs from everything published before."""

    @property
    def runs(self) -> Collection[str]:
        """The accepted runs of the rounds in it."""


class Publisher(Protocol):
    """What switches the warehouse from one version to the next."""

    def publish(self, run_id: str) -> Version:
        """Make one version of all accepted rounds, have it examined, and switch to it. Raises: Stop if refused."""
