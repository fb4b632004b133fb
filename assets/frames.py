"""Between small lists of records and frames: for what is few by nature (files, names, options). Rows stay in frames."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import narwhals as nw
import pyarrow as pa

from assets.domain.frames import Frame


def frame_of(records: Iterable[dict[str, Any]], schema: pa.Schema) -> Frame:
    """Records as a frame with exactly the schema's columns; a key that is missing is null."""
    return frame_from(pa.Table.from_pylist(list(records), schema=schema))


def frame_from(table: pa.Table) -> Frame:
    """An Arrow table as a lazy frame. Every column may be empty: what a frame is computed to may be so in between."""
    frame: Frame = nw.from_native(pa.Table.from_arrays(table.columns, names=table.column_names)).lazy()
    return frame


def records_of(frame: Frame) -> list[dict[str, Any]]:
    """A small frame as records, with None for null."""
    names = frame.collect_schema().names()  # without the index that pandas brings along
    return frame.collect(backend="pyarrow").select(names).rows(named=True)
