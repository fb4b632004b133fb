"""Known kinds of fault in a round's log of corrections, planted on purpose."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from assets.received import CorrectionLog
from schemas.configuration.corrections import Correction

NOT_THERE = 1_000_000
"""A row, and a text, that no export of the sample has."""


def _with(log: CorrectionLog, entry: Correction) -> CorrectionLog:
    return dataclasses.replace(log, entries={**log.entries, max(log.entries) + 1: entry})


def _changed(log: CorrectionLog, number: int, **facts: object) -> CorrectionLog:
    entry = log.entries[number].model_copy(update=facts)
    return dataclasses.replace(log, entries={**log.entries, number: entry})


LOG_FAULTS: dict[str, Callable[[CorrectionLog, int], CorrectionLog]] = {
    "correction_repeated": lambda log, number: _with(log, log.entries[number]),
    "correction_of_no_row": lambda log, number: _changed(log, number, key=None, row=NOT_THERE),
    "correction_of_another_value": lambda log, number: _changed(log, number, old=str(NOT_THERE)),
    "correction_to_no_option": lambda log, number: _changed(log, number, new=str(NOT_THERE)),
    "correction_forgotten": lambda log, number: _changed(log, number, status="proposed"),
}
"""What is done to the entry of one number, by the kind's name; what it is called is text `fault_<name>`."""
