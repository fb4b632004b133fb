"""Corrections: cells to be read as something else than was received, by whom and why. Reading the log is elsewhere."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from schemas.declared import Declared

Written = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$")]
"""A text without null characters: a database shows what stands before one, Parquet all of it."""

Said = Annotated[str, StringConstraints(pattern=r"^[^\x00]*\S[^\x00]*$")]
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
    reason: Annotated[Said, StringConstraints(min_length=10)]
    by: Said
    date: dt.date
    status: Literal["applied", "proposed", "withdrawn"]

    @model_validator(mode="after")
    def _one_address_and_a_change(self) -> Self:
        if (self.row is None) == (self.key is None):
            raise ValueError("a correction has either row or key")
        if (self.old or "").split() == (self.new or "").split():
            raise ValueError("old and new are the same")
        return self


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
