"""How an export is laid out: its header rows, where each field stands, which rows complete or sum up others."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainValidator, StringConstraints, TypeAdapter
from pydantic_core import InitErrorDetails

from schemas.configuration.date_formats import confusable, is_whole
from schemas.configuration.declared import Declared, fault
from schemas.words.vocabulary import AmountUnit

Text = Annotated[str, StringConstraints(min_length=1)]

TOTALS = ("summa", "totalt", "total", "summa totalt", "totalsumma", "slutsumma", "sum")
SUBTOTALS = ("delsumma", "delsummor", "subtotal")
FOOTNOTES = ("*", "källa:", "källor:", "not:", "noter:", "anm.", "anm:", "anmärkning:", "source:", "note:")
"""How rows below or between the data begin that are none, in Swedish and English; told in any case and column."""


def plain(text: str | None) -> str:
    """A header or cell without marks and stray spaces, on one line."""
    return " ".join(unicodedata.normalize("NFC", text or "").replace("\ufeff", "").split())


def _listed(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Formats = Annotated[
    tuple[Text, ...],
    Field(min_length=1),
    BeforeValidator(_listed, json_schema_input_type=tuple[str, ...] | str),
]


class FieldAt(Declared):
    """Where a field stands, where its header alone does not tell, and how its dates are written."""

    header: Text | None = None
    """The header of the column (or path)."""
    nth: Annotated[int, Field(ge=1)] | None = None
    """Which of the columns with that header, counted from 1, where it stands over several."""
    column: Annotated[str, StringConstraints(pattern="^[A-Z]{1,2}$")] | None = None
    """The column's letter, instead of a header, where it has none."""
    date_format: Formats | None = None
    """How the export writes the field's dates, as `%d.%m.%Y %H:%M`; a list where it has several ways.

    `%Y` year, `%m` month, `%d` day, `%H` hour, `%I` hour with `%p` (AM or PM), `%M` minute, `%S` second, `%f` fraction,
    `%z` distance from UTC; `excel` is a spreadsheet's number of days. ISO (2024-01-31T10:00:00+01:00) is always read.
    """
    amounts_in: AmountUnit | None = None
    """What the field's amounts are in, where it is not what the form's others are in: `kronor` or `thousands`."""

    def faults(self) -> Iterator[InitErrorDetails]:
        """A field without a place or with two, and formats that are none or that read one text differently."""
        if (self.header is None) == (self.column is None) or (self.nth and not self.header):
            yield fault("place_unclear", ())
        formats = self.date_format or ()
        for number, one in enumerate(formats):
            at = ("date_format", number) if len(formats) > 1 else ("date_format",)
            if not is_whole(one):
                yield fault("date_format_unfit", at, name=one)
            elif other := next((each for each in formats[:number] if confusable(each, one)), None):
                yield fault("date_formats_confused", at, name=one, other=other)
            elif confusable(one):
                yield fault("date_formats_confused", at, name=one, other="ISO")

    @property
    def shown(self) -> str:
        """What a person knows the column by."""
        return self.header if self.header is not None else f"({self.column})"


_TEXT = TypeAdapter(str)


def _place(value: Any) -> str | FieldAt:  # noqa: ANN401 - what stands in YAML
    return FieldAt.model_validate(value) if isinstance(value, dict | FieldAt) else _TEXT.validate_python(value)


Placed = Annotated[str | FieldAt, PlainValidator(_place, json_schema_input_type=FieldAt | str)]
"""A header, or where else the field stands."""


class Repeats(Declared):
    """Rows of a respondent that stand for one of several (an instrument that repeats): their amounts are added up."""

    told_by: Text
    """The header of the column that is filled in such rows only."""
    sums: Annotated[tuple[Text, ...], Field(min_length=1)]
    """The amounts (fields, or `question.option`) that are the sum over those rows."""


class RowMarks(Declared):
    """How rows are known that are no data: by a text in any case, in any column of a row that names nobody."""

    totals: tuple[Text, ...] = TOTALS
    """What the label of a total row says; what it sums is held against the rows above."""
    subtotals: tuple[Text, ...] = SUBTOTALS
    """What the label of a sub-total row says; it is held against the rows since the one before."""
    footnotes: tuple[Text, ...] = FOOTNOTES
    """How a row begins that is a footnote: one cell, below the header."""


class Reads(Declared):
    """How the export is laid out, where it is not one header row with one row below it for each answer."""

    header_rows: Annotated[int, Field(ge=1, le=5)] = 1
    """How many rows the headers take: one, or two or three in exports that give both short names and questions."""
    header: Literal["first", "last", "joined"] = "first"
    """Which of them the headers of this form stand in. Joined: `question / option`, the question in the first of its
    columns only."""
    sheet: Text | None = None
    """The sheet of a workbook that the form is, where several have its headers."""
    completes_by: Text | None = None
    """The field (such as `respondent_id`) by which rows are one respondent's and complete each other.

    What two of them say differently is a finding.
    """
    repeats: Repeats | None = None
    """Rows among them that repeat."""
    total_rows: RowMarks = RowMarks()
    """How total, sub-total and footnote rows are known."""

    def faults(self) -> Iterator[InitErrorDetails]:
        """Rows that repeat without rows that belong together, and a header that several rows are needed for."""
        if self.repeats and self.completes_by is None:
            yield fault("key_missing", ("completes_by",), key="reads.completes_by")
        if self.header == "joined" and self.header_rows == 1:
            yield fault("header_not_joined", ("header",))
