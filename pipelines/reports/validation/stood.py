"""What stood in a row that is not in the figures: amounts, days and numbers, and no text that may be of a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from assets.domain.causes import Address, address
from assets.domain.reading.personal import found_in

Row = Mapping[str, Any]
NAME = "recipient_name"
TOLD = ("_sek", "_date", "_at", "case_number")
"""What the slot of a column ends with whose cells may be shown."""

PLAIN = re.compile(r"[-–−+0-9 \u00a0.,:/T]{1,40}(?:t?kr|mnkr)?|[A-ZÅÄÖ]{1,4} ?[-0-9/]{1,20}", re.IGNORECASE)
"""An amount, a day or a case number, however written; anything else in their place is what somebody typed."""


def stood_in(rows: Iterable[Row], received: pa.Table, columns: Iterable[Row]) -> dict[Address, list[tuple[str, str]]]:
    """By file and row: header and text of each cell that may be shown.

    Args: rows: the rows that are asked of; received: of raw_row; columns: of core_source_column.
    """
    shown = _columns(columns)
    return {at: list(_told(cells, shown.get(at[0], {}))) for at, cells in _cells(rows, received).items()}


def names_in(rows: Iterable[Row], received: pa.Table, columns: Iterable[Row]) -> dict[Address, str | None]:
    """By file and row: the name of a recipient as it was typed, to tell which rows have the same. Not to be shown."""
    places = {
        each["source_file"]: each["column_no"] - 1 for each in columns if NAME in (each["slot"] or "").split(", ")
    }
    found = _cells(rows, received).items()
    return {at: cells[places[at[0]]] for at, cells in found if places.get(at[0], len(cells)) < len(cells)}


def _cells(rows: Iterable[Row], received: pa.Table) -> dict[Address, list[str | None]]:
    """The cells of received rows, by file and row."""
    wanted = {address(row) for row in rows}
    numbers = pa.array(sorted({row for _, row in wanted}), received["source_row"].type)
    near = received.filter(pc.is_in(received["source_row"], numbers)).select(["source_file", "source_row", "cells"])
    return {address(row): row["cells"] for row in near.to_pylist() if address(row) in wanted}


def _columns(columns: Iterable[Row]) -> dict[str, dict[int, str]]:
    found: dict[str, dict[int, str]] = {}
    for each in columns:
        if any(slot.endswith(TOLD) for slot in (each["slot"] or "").split(", ")):
            found.setdefault(each["source_file"], {})[each["column_no"] - 1] = each["header"] or each["source_column"]
    return found


def _told(cells: list[str | None], columns: Mapping[int, str]) -> Iterable[tuple[str, str]]:
    for at, header in columns.items():
        text = (cells[at] or "").strip() if at < len(cells) else ""
        if text and PLAIN.fullmatch(text) and found_in(text) is None:
            yield header, text
