"""What queries of the version before read: views of the database, which stand beside the tables for one version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import resources

from schemas.tables.base import Table, table_name
from schemas.tables.project import columns
from schemas.tables.release import overlapping, withheld


def create_views(tables: Iterable[type[Table]]) -> list[str]:
    """One statement per view. Args: tables: those that are published, as declared."""
    own = _of_shapes()
    known = {statement.split()[2] for statement in own}
    return [*own, *(statement for statement in _of_names(tables) if statement.split()[2] not in known)]


def _of_names(tables: Iterable[type[Table]]) -> Iterator[str]:
    """Of each table with columns that were `_sek` and do not add up: the table with their former names."""
    for table in tables:
        if names := overlapping(table):
            kept = [name for name in columns(table) if name not in withheld(table)]
            said = ", ".join(f"{names[name]} AS {name}" if name in names else name for name in kept)
            yield f"CREATE VIEW former_{table_name(table)} AS SELECT {said} FROM {table_name(table)}"  # noqa: S608 - no data


def _of_shapes() -> list[str]:
    text = resources.files("schemas.tables").joinpath("former.sql").read_text("utf-8")
    told = "\n".join(line for line in text.splitlines() if not line.startswith("--"))
    return [statement.strip() for statement in told.split(";") if statement.strip()]
