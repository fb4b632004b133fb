"""The runs of one command: its rounds one after another, in this process, then one publication of them all.

They are runs like those of the UI, with their history kept, and can be executed again from there.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import dagster as dg

from assets.graph import DECLARED, TAG, chosen_date, partition_of
from assets.received import RoundKey
from pipelines.definitions import JOB, PUBLICATION_JOB, ROUND_JOB, defs
from pipelines.orchestration.command_line_run import execute
from pipelines.orchestration.pruning import prune
from pipelines.orchestration.resources import examiner_ahead
from pipelines.settings import COMMAND_LINE, DAGSTER_HOME, LAUNCHED_FROM
from pipelines.warehouse import files
from schemas.rules.rule import Stop, rules
from schemas.texts.catalogue import text
from schemas.words.vocabulary import Language

EVENT_BATCH_SIZE, EVENTS_AT_ONCE = "DAGSTER_EVENT_BATCH_SIZE", 1000
"""Dagster's own setting: what a run plans is written at once, not event by event."""

INTERRUPTIONS = ("DagsterExecutionInterruptedError", "KeyboardInterrupt")


class RunStopped(Exception):  # noqa: N818 - a sentence to a person
    """A round was not accepted, or nothing published: why, in one sentence."""


@dataclass(frozen=True)
class Outcome:
    """What a publication came to: the version, and whether it differs from everything published before."""

    version: str
    is_new: bool


class Runs:
    """The runs of one command, with Dagster's history open and the examiner started ahead."""

    def __init__(self, language: Language) -> None:
        """Say what went wrong in this language."""
        self._language: Language = language
        self._open = ExitStack()

    def __enter__(self) -> Self:
        logging.getLogger("dagster").setLevel(logging.CRITICAL)  # its own log goes to its history
        os.environ[LAUNCHED_FROM] = COMMAND_LINE
        os.environ[EVENT_BATCH_SIZE] = str(EVENTS_AT_ONCE)
        with files.locked(Path(os.environ[DAGSTER_HOME])):  # two first commands at once would leave it broken
            self._instance = self._open.enter_context(dg.DagsterInstance.get())
        self._open.enter_context(examiner_ahead())
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            prune(self._instance)
        self._open.__exit__(kind, error, at)

    def run_round(self, round_key: RoundKey, as_of: str = "", *, and_publish: bool = False) -> None:
        """Run one round, from what was received until it is accepted, or until all accepted rounds are published.

        Raises: Stop if the round is not declared or `as_of` is no date, before any run; RunStopped with one sentence.
        """
        chosen_date(as_of)
        partition = partition_of(round_key.programme, round_key.year)
        if partition not in DECLARED:
            raise Stop("round_undeclared", programme=round_key.programme, year=round_key.year)
        config = {"resources": {"settings": {"config": {"as_of": as_of}}}} if as_of else {}
        result = self._execute(JOB if and_publish else ROUND_JOB, partition, config)
        if not result.success:
            raise RunStopped(next(_reasons(result, f"{round_key.programme} {round_key.year}", self._language)))

    def publish(self) -> Outcome:
        """Publish all accepted rounds as one version. Raises: RunStopped with one sentence."""
        result = self._execute(PUBLICATION_JOB, None, {})
        if not result.success:
            raise RunStopped(next(_reasons(result, text("run_publication", self._language), self._language)))
        run = self._instance.get_run_by_id(result.run_id)
        tags = run.tags if run else {}
        return Outcome(tags[f"{TAG}/version"], tags[f"{TAG}/outcome"] == "new")

    def _execute(self, job: str, partition: str | None, config: Mapping[str, object]) -> dg.JobExecutionResult:
        """Run a job in this process."""
        run_config = {"loggers": {"progress": {}}, **config}
        return execute(defs.resolve_job_def(job), self._instance, partition, run_config=run_config, tags={})


def _reasons(result: dg.JobExecutionResult, what: str, language: Language) -> Iterator[str]:
    """Why a run stopped, the first cause first: a sentence of ours, or else the fault's kind."""
    for event in result.all_events:
        if event.is_step_failure and (said := event.step_failure_data.user_failure_data):
            yield str(said.metadata[language].value)
    for event in result.all_events:
        if event.is_step_failure and (error := event.step_failure_data.error):
            cause = error.cause or error
            if cause.cls_name in INTERRUPTIONS:
                yield rules()["interrupted"].message(language, {"what": what})
            facts = {"what": what, "step": event.step_key, "error": cause.cls_name, "run_id": result.run_id}
            yield rules()["unexpected"].message(language, facts)
