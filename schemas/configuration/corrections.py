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


class Part(Declared):
    """One part of an amount that is divided: the case number that it is of, and how much, in whole kronor."""

    case_number: Said
    amount_sek: Annotated[int, Field(ge=1)]


class Correction(Declared):
    """One cell that is to be read as something else than was received.

    `file` lies in the same folder; the row is told by its number as received, or by a key. `old` is what was received
    and `new` what is read instead; null is an empty cell. In place of `new`, `split` divides an amount by case numbers.
    Only what is `applied` changes anything, from its date on.
    """

    file: Said
    row: Annotated[int, Field(ge=1)] | None = None
    key: RowKey | None = None
    column: Said
    old: Written | None
    new: Written | None = None
    split: Annotated[tuple[Part, ...], Field(min_length=1)] | None = None
    reason: Annotated[str, StringConstraints(min_length=10), AfterValidator(_without_null), AfterValidator(_filled)]
    by: Said
    date: dt.date
    status: Literal["applied", "proposed", "withdrawn"]

    def faults(self) -> Iterator[InitErrorDetails]:
        """A row that is told in two ways or in none, and a change that changes nothing."""
        if (self.row is None) == (self.key is None):
            yield fault("row_unclear", ("key",) if self.key else ())
        is_read_anew = "new" in self.model_fields_set
        if not is_read_anew and self.split is None:
            yield fault("key_missing", (), key="new")
        elif is_read_anew and self.split is not None:
            yield fault("new_or_split", ("split",))
        elif self.split is None and (self.old or "").split() == (self.new or "").split():
            yield fault("change_of_nothing", ("new",))

    @property
    def reads(self) -> str | None:
        """What is read instead, as one text: of an amount that is divided its parts."""
        if self.split is None:
            return self.new
        return "; ".join(f"{part.case_number}: {part.amount_sek}" for part in self.split)


class Corrections(Declared):
    """The corrections of a round: the whole content of its `corrections.yaml`."""

    corrections: Annotated[tuple[Correction, ...], Field(min_length=1)]


LOG_HEADERS = {
    role: tuple(names.split(", "))
    for role, names in {
        "key": "nyckel, key, radnyckel, row key, uuid, id, svarsid, svars id, respondent id, respondentid, "
        "response id, responseid, submission id, submission uuid, record id, instance id, instanceid",
        "column": "kolumn, column, kolumnnamn, column name, fält, field, fältnamn, field name, variabel, variable, "
        "variabelnamn, variable name, fråga, question, frågenamn, question name",
        "old": "gammalt värde, old value, old, tidigare värde, previous value, ursprungligt värde, original value, "
        "original, felaktigt värde, värde före, value before, före, before, från, from",
        "new": "nytt värde, new value, new, rättat värde, corrected value, korrigerat värde, rätt värde, "
        "correct value, värde efter, value after, efter, after, till, to",
    }.items()
}
"""What the columns of somebody else's log are called, the surest name first; that of the key also as in the tables.

Case does not matter, and a point, a hyphen or an underscore is a space: `old_value` is "old value".
"""

CHANGE_HEADERS = ("ändringstyp", "change type", "typ av ändring", "type of change", "åtgärd", "action", "typ", "type")
"""What the column of a log is called that says what kind of change each entry is."""

CHANGE_KINDS = CHANGED, UNCHANGED, REMOVED, BLANKED = ("changed", "unchanged", "removed", "blanked")
"""What an entry of a log may do: change a cell, change nothing, remove its row, empty a cell."""

CHANGE_TYPES = {
    "change response": CHANGED,
    "no action": UNCHANGED,
    "ingen åtgärd": UNCHANGED,
    "ingen ändring": UNCHANGED,
    "remove survey": REMOVED,
    "borttagen": REMOVED,
    "raden borttagen": REMOVED,
    "blank response": BLANKED,
    "tömd": BLANKED,
}
"""How logs as tools write them say so; other words are declared when they are compared."""
