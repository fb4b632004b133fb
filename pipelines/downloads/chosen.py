"""Which tables people take with them, and of each what a file says of it: its columns with labels, types and units."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from schemas.configuration.printed import CELLS, printed_tables
from schemas.configuration.programme import Programme
from schemas.tables import RELEASED, project
from schemas.tables.base import label_sv, meaning_en
from schemas.words.alphabet import alphabetical

USEFUL = (
    "core_round",
    "out_funds_by_year",
    "out_grant_by_year",
    "out_application_by_year",
    "out_annex",
    "core_account",
    "core_recipient",
    "core_answer",
    "out_question",
    "out_indicator",
)
"""The ten tables to begin with (docs/analysts.md)."""

CODES = "out_label"
"""What their coded values are called."""

ANY = "any"
NAMED = "recipient_name"

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """One column of a file."""

    name: str
    type: pa.DataType
    sv: str
    en: str
    unit: str | None
    null: str | None
    one_of: tuple[str, ...]
    is_key: bool


@dataclass(frozen=True)
class Sheet:
    """One table of a programme, as its files have it."""

    name: str
    title_sv: str
    meaning_en: str
    fields: tuple[Field, ...]
    rows: Sequence[Row]


@dataclass(frozen=True)
class Chosen:
    """What a programme's files are made of: the useful tables, the printed ones, and the codes of the former."""

    programme: Programme
    as_of: dt.date
    useful: tuple[Sheet, ...]
    printed: tuple[Sheet, ...]
    codes: Sheet

    @property
    def every(self) -> tuple[Sheet, ...]:
        """All of them."""
        return (*self.useful, *self.printed, self.codes)


def chosen(programme: Programme, tables: Mapping[str, pa.Table]) -> Chosen:
    """What is released of a programme. Args: tables: those of the version, as everybody may read them."""
    useful = tuple(_declared(name, _of(programme, tables[name]).to_pylist()) for name in USEFUL)
    cells = _of(programme, tables[CELLS]).to_pylist()
    codes = [row for row in tables[CODES].to_pylist() if row["programme"] in (ANY, programme.programme)]
    days = [row["as_of_date"] for row in useful[0].rows]
    mine = [row for row in codes if row["table_name"] in USEFUL]
    return Chosen(programme, max(days), useful, tuple(_printed(programme, cells)), _declared(CODES, mine))


def _of(programme: Programme, table: pa.Table) -> pa.Table:
    return table.filter(pc.equal(table["programme"], programme.programme))


def _declared(name: str, rows: Sequence[Row]) -> Sheet:
    model = RELEASED[name]
    kinds = project.arrow_schema(model)
    fields = tuple(
        Field(
            column,
            kinds.field(column).type,
            fact["sv"],
            fact["en"],
            project.unit(column),
            fact["null"],
            tuple(fact["one_of"] or ()),
            fact["key"],
        )
        for column, fact in project.facts(model).items()
    )
    return Sheet(name, label_sv(model), meaning_en(model), fields, _by_name(rows))


def _by_name(rows: Sequence[Row]) -> Sequence[Row]:
    """Rows that have a name in the order of a Swedish reader within their year; others as they are published."""
    if not rows or NAMED not in rows[0]:
        return rows
    return sorted(rows, key=lambda row: (row["year"], alphabetical(row[NAMED])))


def _printed(programme: Programme, cells: list[dict[str, Any]]) -> Iterator[Sheet]:
    for table in printed_tables([programme]):
        said = list(table.dictionary(cells))
        fields = tuple(
            Field(
                each["column_name"],
                table.schema.field(each["column_name"]).type,
                each["label_sv"],
                each["label_en"],
                each["unit"],
                each["null_reason"],
                tuple((each["allowed_values"] or "").split(", ")) if each["allowed_values"] else (),
                each["is_key"],
            )
            for each in said
        )
        yield Sheet(
            table.name, said[0]["table_label_sv"], said[0]["table_meaning_en"], fields, table.rows(cells).to_pylist()
        )
