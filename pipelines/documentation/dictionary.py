"""The data dictionary on the terminal: every published table and column, what it means and why it may be empty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipelines.reports.columns import Columns
from schemas.configuration import catalogue
from schemas.configuration.printed import PrintedTable, printed_tables
from schemas.rules.rule import Stop
from schemas.tables import PUBLISHED, RELEASED, project
from schemas.tables.base import label_sv, meaning_en
from schemas.texts.catalogue import text
from schemas.words.vocabulary import Language

HEADERS = ("column", "label", "type", "unit", "null_reason")


def chosen_tables(table: str | None) -> list[str]:
    """One published table, or all that are declared. Raises: Stop if there is no such table."""
    if table is None:
        return list(PUBLISHED)
    known = [*PUBLISHED, *_printed()]
    if table not in known:
        raise Stop("table_unknown", table=table, known=", ".join(known))
    return [table]


def _printed() -> dict[str, PrintedTable]:
    """The printed tables of every programme, by name."""
    return {each.name: each for each in printed_tables(map(catalogue.programme, catalogue.programme_names()))}


def dictionary_list(table: str | None, language: Language) -> Iterator[str | Columns]:
    """The dictionary for a terminal, one row per column, by table."""
    for name in chosen_tables(table):
        rows = _rows(name)
        yield f"{name}  {_title(name, rows, language)}"
        headers = tuple(text(f"dictionary_{header}", language) for header in HEADERS)
        yield Columns([headers, *_columns(rows, language)])
        yield ""


def _title(name: str, rows: list[dict[str, Any]], language: Language) -> str:
    if name in RELEASED:
        return label_sv(RELEASED[name]) if language == "sv" else meaning_en(RELEASED[name])
    return str(rows[0]["table_label_sv" if language == "sv" else "table_meaning_en"])


def _columns(rows: list[dict[str, Any]], language: Language) -> Iterator[tuple[str, ...]]:
    for row in rows:
        name = f"{row['column_name']}{' *' if row['is_key'] else ''}"
        yield (name, row[f"label_{language}"], row["type_name"], row["unit"] or "", row["null_reason"] or "")


def _rows(name: str) -> list[dict[str, Any]]:
    if name in RELEASED:
        return project.dictionary_rows([RELEASED[name]])
    return list(_printed()[name].dictionary([]))


def dictionary_records(table: str | None) -> list[dict[str, object]]:
    """The dictionary as records: the rows of table data_dictionary, of what is declared."""
    return [row for name in chosen_tables(table) for row in _rows(name)]
