"""The data dictionary on the terminal: every published table and column, what it means and why it may be empty."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.reports.columns import Columns
from schemas.rules.rule import Stop
from schemas.tables import PUBLISHED, RELEASED, project
from schemas.tables.base import label_sv, meaning_en
from schemas.texts.catalogue import text
from schemas.words.vocabulary import Language

HEADERS = ("column", "label", "type", "unit", "null_reason")


def chosen_tables(table: str | None) -> list[str]:
    """One published table, or all. Raises: Stop if there is no such table."""
    if table is None:
        return list(PUBLISHED)
    if table not in PUBLISHED:
        raise Stop("table_unknown", table=table, known=", ".join(PUBLISHED))
    return [table]


def dictionary_list(table: str | None, language: Language) -> Iterator[str | Columns]:
    """The dictionary for a terminal, one row per column, by table."""
    for name in chosen_tables(table):
        model = RELEASED[name]
        yield f"{name}  {label_sv(model) if language == 'sv' else meaning_en(model)}"
        headers = tuple(text(f"dictionary_{header}", language) for header in HEADERS)
        yield Columns([headers, *_columns(name, language)])
        yield ""


def _columns(table: str, language: Language) -> Iterator[tuple[str, ...]]:
    for row in project.dictionary_rows([RELEASED[table]]):
        name = f"{row['column_name']}{' *' if row['is_key'] else ''}"
        yield (name, row[f"label_{language}"], row["type_name"], row["unit"] or "", row["null_reason"] or "")


def dictionary_records(table: str | None) -> list[dict[str, object]]:
    """The dictionary as records: the rows of table data_dictionary."""
    return project.dictionary_rows(RELEASED[name] for name in chosen_tables(table))
