"""What no single round holds: the printed tables of the reports, hints across rounds, and the data dictionary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pyarrow as pa

from assets.domain import across
from assets.domain.evaluation import printed
from assets.labels import labels, questions
from assets.released import look
from assets.tables import Tables, completed, table_of
from schemas.configuration import catalogue
from schemas.configuration.printed import printed_tables
from schemas.configuration.programme import Programme
from schemas.tables import RELEASED, project

BROKEN_DOWN = ("out_grant_by_group", "out_indicator_by_group", "out_measure_by_group")
"""Tables that name the categories of what figures are broken down by."""


def spanning(read: Callable[[str], pa.Table]) -> Tables:
    """The tables of SPANNING_TABLES. Args: read: gives a table of all accepted rounds. Raises: Stop."""
    compared = {name: read(name).select(columns).to_pylist() for name, columns in across.READ.items()}
    figures = {name: read(name).to_pylist() for name in printed.READ}
    programmes = {name: catalogue.programme(name) for name in (row["programme"] for row in compared["core_round"])}
    cells = [
        cell
        for name, programme in programmes.items()
        for report in programme.reports.values()
        for cell in printed.table_cells(name, report, figures, printed.Declared.of(programme))
    ]
    rounds = [(row["programme"], row["year"]) for row in compared["core_round"]]
    categories = [row for name in BROKEN_DOWN for row in figures[name]]
    return {
        "out_table_cell": _table("out_table_cell", cells),
        "out_across": _table("out_across", across.across(compared, purposes())),
        "out_label": _table("out_label", [*labels(programmes.values(), categories)]),
        "out_question": _table("out_question", [*questions(programmes.values(), rounds)]),
        "data_dictionary": _table("data_dictionary", dictionary(programmes.values(), cells)),
    }


def _table(name: str, records: list[dict[str, Any]]) -> pa.Table:
    table = table_of(name, completed(name, records, {}))
    look(name, table)
    return table


def dictionary(programmes: Iterable[Programme], cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every column of every table that is published, the printed tables last. Args: cells: rows of out_table_cell."""
    printed = (row for table in printed_tables(programmes) for row in table.dictionary(cells))
    return [*project.dictionary_rows(RELEASED.values()), *printed]


def purposes() -> Mapping[str, str]:
    """What each programme that declares it is for."""
    declared = {name: catalogue.programme(name).purpose for name in catalogue.programme_names()}
    return {name: purpose for name, purpose in declared.items() if purpose}
