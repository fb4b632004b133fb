"""Corrections: cells to be read as something else than was received, by whom and why. Reading the log is elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import InitErrorDetails, PydanticCustomError

from schemas.configuration.declared import Declared, fault


def _without_null(text: str) -> str:
    if "\x00" in text:
        raise PydanticCustomError("text_with_null", "text_with_null")
    return text


def _filled(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("text_blank", "text_blank")
    return text


Written = Annotated[str, AfterValidator(_without_null)]
"""A text without null characters: a database shows what stands before one, Parquet all of it."""

Said = Annotated[Written, AfterValidator(_filled)]
"""A text that says something."""


class RowKey(Declared):
    """A row by what stands in one of its columns."""

    column: Said
    value: Said


class Correction(Declared):
    """One cell that is to be read as something else than was received.

    `file` lies in the same folder; the row is told by its number as received, or by a key. `old` is what was received
    and `new` what is read instead; null is an empty cell. Only what is `applied` changes anything, from its date on.
    """

    file: Said
    row: Annotated[int, Field(ge=1)] | None = None
    key: RowKey | None = None
    column: Said
    old: Written | None
    new: Written | None
    reason: Annotated[str, StringConstraints(min_length=10), AfterValidator(_without_null), AfterValidator(_filled)]
    by: Said
    date: dt.date
    status: Literal["applied", "proposed", "withdrawn"]

    def faults(self) -> Iterator[InitErrorDetails]:
        """A row that is told in two ways or in none, and a change that changes nothing."""
        if (self.row is None) == (self.key is None):
            yield fault("row_unclear", ("key",) if self.key else ())
        if (self.old or "").split() == (self.new or "").split():
            yield fault("change_of_nothing", ("new",))


class Corrections(Declared):
    """The corrections of a round: the whole content of its `corrections.yaml`."""

    corrections: Annotated[tuple[Correction, ...], Field(min_length=1)]


LOG_HEADERS = {
    "key": ("nyckel", "key", "radnyckel", "row key", "id"),
    "column": ("kolumn", "column", "fält", "field", "variabel", "variable", "fråga", "question"),
    "old": ("gammalt värde", "old value", "old", "tidigare värde", "före", "before", "från", "from"),
    "new": ("nytt värde", "new value", "new", "efter", "after", "till", "to"),
}
"""What the columns of somebody else's log are called, the surest name first; that of the key also as in the tables."""
