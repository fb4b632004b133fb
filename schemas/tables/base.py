"""The building blocks of a table declaration: column types, the `column` declaration, the base classes.

A table is a pandera model. What belongs to one column (label, unit, why it may be empty, key, reference) is said where
the column is declared and nowhere else; Arrow, SQL, Dagster and the data dictionary are projections of it
(`schemas.tables.project`).
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

import pandas as pd
import pandera.pandas as pandera
import pyarrow as pa

from schemas.words.vocabulary import LANGUAGES, PROVENANCES

Text = Annotated[pd.ArrowDtype, pa.string()]
TextList = Annotated[pd.ArrowDtype, pa.list_(pa.string())]
Count = Annotated[pd.ArrowDtype, pa.int64()]
Kronor = Annotated[pd.ArrowDtype, pa.int64()]
Percent = Annotated[pd.ArrowDtype, pa.int64()]
Whole = Annotated[pd.ArrowDtype, pa.int64()]
Year = Annotated[pd.ArrowDtype, pa.int64()]
Date = Annotated[pd.ArrowDtype, pa.date32()]
Flag = Annotated[pd.ArrowDtype, pa.bool_()]

DIGITS = "0-9"
HEXADECIMAL_DIGITS = "0-9a-f"
LETTERS = "A-Z"
SLUG = "a-z0-9-"
WORDS = "a-z0-9_."
LISTS = f"{WORDS}, "
LABEL_WORDS = f"{WORDS}-"
CODES = "0-9A-Za-zÅÄÖåäö .:/_-"
"""What a case number, a voucher or another number that somebody else gave may be written with. Its shape is
`assets.domain.reading.codes`'s concern: a cell that has another is not read as one."""
LISTS_OF_CODES = f",{CODES}"
IDS = f"@#,{CODES}"
MOMENTS = "0-9 :.+TZ-"

TextKind = Literal["open", "own", "restricted"]
OPEN: TextKind = "open"
OWN: TextKind = "own"
RESTRICTED: TextKind = "restricted"
"""Who may read a text. Open: a closed vocabulary, a code, a checked pattern. Own: the agency's own words, listed with
who reviewed them in `release.yaml`. Restricted: all else; it never leaves the house."""

SHA256_LENGTH = 64
NOT_ON_CARD = "the source card does not say"
TAIL = ("source_file", "source_sheet", "source_row", "provenance")
"""Columns that close a table, in this order, wherever they are inherited from."""


def column(  # noqa: PLR0913 - each argument is one fact a column may have; all are keywords
    *,
    sv: str,
    en: str,
    null: str | None = None,
    key: bool = False,
    refers: str | None = None,
    one_of: tuple[str, ...] | None = None,
    ge: int | None = None,
    le: int | None = None,
    length: int | None = None,
    characters: str | None = None,
    text: TextKind | None = None,
    overlaps: str | None = None,
) -> Any:  # noqa: ANN401 - pandera's own Field is untyped
    """Declare one column.

    Args:
        sv, en: label in Swedish and English.
        null: why the column may be empty; a column without a reason may not be.
        key: part of the table's primary key.
        refers: name of the table whose key this column completes (the round columns are shared).
        one_of: closed vocabulary. ge, le: bounds, inclusive. length: exact number of characters.
        characters: the characters a text may have, as within the brackets of a pattern.
        text: who may read it, of a text that neither a vocabulary nor characters make open.
        overlaps: of kronor: why a plain sum over the table would count money more than once. Everybody then reads the
            column as `_kr`: `_sek` is what adds up.
    What these imply is said once, in `schemas.rules.constraints`.
    """
    facts = {"sv": sv, "en": en, "null": null, "key": key, "refers": refers, "overlaps": overlaps}
    facts["text"] = text or (OPEN if one_of or characters else None)
    limits = {"one_of": one_of, "ge": ge, "le": le, "length": length, "characters": characters}
    return pandera.Field(nullable=null is not None, title=sv, metadata=facts | limits)


def body_code(*, null: str | None = None, key: bool = False, refers: str | None = "core_recipient") -> Any:  # noqa: ANN401 - as column
    """A recipient's code, digits as text ("0114", never 114): how many, the programme declares (`recipient_codes`).

    A municipality's is that of Statistics Sweden's register, a region's 00 and the code of its county, as in Kolada.
    """
    return column(sv="Mottagarens kod", en="Recipient code", null=null, key=key, refers=refers, characters=DIGITS)


def grant_key(*, null: str | None = None, key: bool = False) -> Any:  # noqa: ANN401 - as column
    """The id of a grant, which is one decision: its case number, or recipient and ordinal where none is printed."""
    return column(sv="Bidragets id", en="Grant", null=null, key=key, characters=CODES)


class Table(pandera.DataFrameModel):
    """A table of the system. Its name is `Config.name`, its meaning the docstring."""

    class Config:
        """Exactly the declared columns, never coerced: text is parsed explicitly, and order is the Arrow schema's."""

        strict = True
        coerce = False


def table_name(table: type[Table]) -> str:
    """The table's name in every store and its Dagster asset key; a function, since a column may have any name."""
    return str(_config(table).name)


def _config(table: type[Table]) -> Any:  # noqa: ANN401 - pandera types it as optional; every model has one
    return table.__config__


def label_sv(table: type[Table]) -> str:
    """What the table is called in Swedish."""
    return str(_config(table).title)


def meaning_en(table: type[Table]) -> str:
    """The docstring on one line: what one row is."""
    return " ".join((table.__doc__ or "").split())


class RoundTable(Table):
    """A table whose rows belong to a round: one programme in one year."""

    programme: Text = column(sv="Program", en="Programme", key=True, characters=SLUG)
    year: Year = column(sv="Bidragsår", en="Round (year)", key=True, ge=1990, le=2100)
    provenance: Text = column(sv="Verkliga eller fiktiva uppgifter", en="Real or synthetic", one_of=PROVENANCES)


class SourcedTable(RoundTable):
    """A table whose every row was read from one row of one received file."""

    source_file: Text = column(sv="Källfil", en="Source file", text=OWN)
    source_sheet: Text = column(sv="Källblad", en="Source sheet", null="a text file has no sheets", text=RESTRICTED)
    source_row: Whole = column(sv="Källrad", en="Source row, counted from 1", ge=1)


class FileTable(RoundTable):
    """A table whose every row is one received file: what its source card says, and how it was read."""

    source_file: Text = column(sv="Källfil", en="Source file", key=True, text=OWN)
    source_sheet: Text = column(sv="Källblad", en="Source sheet", null="a text file has no sheets", text=RESTRICTED)
    form: Text = column(sv="Formulär", en="Form that claims it", characters=WORDS)
    title: Text = column(sv="Benämning", en="Title", text=OWN)
    origin: Text = column(sv="Ursprung", en="Origin", text=OWN)
    sender: Text = column(sv="Avsändare", en="Sender", null=NOT_ON_CARD, text=RESTRICTED)
    licence: Text = column(sv="Licens", en="Licence", text=OWN)
    note: Text = column(sv="Anmärkning", en="Note", null=NOT_ON_CARD, text=RESTRICTED)
    source_date: Date = column(sv="Källans datum", en="Date of the source")
    complete_through_date: Date = column(
        sv="Komplett till och med", en="Complete through", null="it is closed: nothing more can come"
    )
    known_date: Date = column(sv="Känd från", en="Known from")
    date_note: Text = column(sv="Om datumet", en="About the date", null=NOT_ON_CARD, text=RESTRICTED)
    card_language: Text = column(sv="Källkortets språk", en="Language of the source card", one_of=LANGUAGES)
    replaces: Text = column(sv="Ersätter", en="Replaces the file", null="the file replaces no other", text=OWN)
    is_replaced: Flag = column(sv="Ersatt av en annan fil", en="Replaced by another file")
    sha256: Text = column(
        sv="Kontrollsumma (SHA-256)", en="SHA-256", length=SHA256_LENGTH, characters=HEXADECIMAL_DIGITS
    )
    byte_count: Count = column(sv="Antal byte", en="Bytes", ge=1)
    encoding: Text = column(sv="Teckenkodning", en="Encoding", null="a workbook states its own encoding", text=OWN)
    delimiter: Text = column(sv="Fältavgränsare", en="Delimiter", null="only delimited text has one", text=OWN)
