"""Running rounds from the command line: the same job as in the UI, in this process, with its history kept."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import dagster as dg

from assets.received import RoundKey
from pipelines.definitions import JOB, defs
from pipelines.settings import DAGSTER_HOME, raw_folder
from pipelines.warehouse import files
from schemas.configuration import catalogue
from schemas.rules.rule import Stop, rules
from schemas.words.vocabulary import Language

INTERRUPTIONS = ("DagsterExecutionInterruptedError", "KeyboardInterrupt")


class RunStopped(Exception):  # noqa: N818 - a sentence to a person
    """A round was not accepted: why, in one sentence."""


def rounds_to_run(programme: str | None, year: int | None) -> list[RoundKey]:
    """The declared rounds that fit the choice; without a year, those that have a folder in raw/.

    Raises: Stop if the programme or the round is not declared, or nothing has arrived.
    """
    names = [programme] if programme else list(catalogue.programme_names())
    declared = [RoundKey(name, one) for name in names for one in catalogue.programme(name).rounds]
    if year is not None:
        chosen = [key for key in declared if key.year == year]
        if not chosen:
            raise Stop("round_undeclared", programme=", ".join(names), year=year)
        return chosen
    arrived = [key for name in names for key in _arrived(name)]
    if not arrived:
        raise Stop("nothing_received", folder=raw_folder())
    for key in arrived:
        if key not in declared:
            raise Stop("round_undeclared", programme=key.programme, year=key.year)
    return arrived


def _arrived(programme: str) -> list[RoundKey]:
    folders = (raw_folder() / programme).glob("[0-9]" * 4)
    return [RoundKey(programme, int(folder.name)) for folder in sorted(folders) if folder.is_dir()]


def run_round(round_key: RoundKey, as_of: str, language: Language) -> None:
    """Run one round whole and publish. Raises: RunStopped with one sentence."""
    _keep_quiet()
    with _instance() as instance:
        result = defs.resolve_job_def(JOB).execute_in_process(
            run_config={"loggers": {"progress": {}}, "resources": {"settings": {"config": {"as_of": as_of}}}},
            instance=instance,
            partition_key=dg.MultiPartitionKey({"programme": round_key.programme, "year": str(round_key.year)}),
            raise_on_error=False,
        )
    if not result.success:
        raise RunStopped(next(_reasons(result, round_key, language)))


def _instance() -> dg.DagsterInstance:
    """Dagster's own storage, made by one run at a time: two first runs at once would leave it broken."""
    with files.locked(Path(os.environ[DAGSTER_HOME])):
        return dg.DagsterInstance.get()


def _keep_quiet() -> None:
    """Dagster's own log goes to its event log, which the UI shows; the terminal shows progress."""
    logging.getLogger("dagster").setLevel(logging.CRITICAL)


def _reasons(result: dg.ExecuteInProcessResult, round_key: RoundKey, language: Language) -> Iterator[str]:
    """Why the round stopped, the first cause first: a sentence of ours, a blocking check, or else the fault's kind."""
    where = {"programme": round_key.programme, "year": round_key.year}
    for event in result.all_events:
        if event.is_step_failure and (said := event.step_failure_data.user_failure_data):
            yield str(said.metadata[language].value)
        if event.event_type == dg.DagsterEventType.ASSET_CHECK_EVALUATION:
            check = event.asset_check_evaluation_data
            if check.blocking and not check.passed:
                facts = {
                    "check": rules()[check.check_name].called(language),
                    "count": check.metadata["findings"].value,
                    "report": check.metadata["report"].value,
                }
                yield rules()["check_failed"].message(language, where | facts)
    for event in result.all_events:
        if event.is_step_failure and (error := event.step_failure_data.error):
            cause = error.cause or error
            if cause.cls_name in INTERRUPTIONS:
                yield rules()["interrupted"].message(language, where)
            facts = {"step": event.step_key, "error": cause.cls_name, "run_id": result.run_id}
            yield rules()["unexpected"].message(language, where | facts)
