"""The last look at a table before everybody may read it: nothing that tells of a person stands in what is released."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from assets.domain.reading.personal import SURE, found_in
from schemas.rules.rule import Stop
from schemas.tables import RELEASED, project
from schemas.tables.base import OPEN


def look(name: str, table: pa.Table) -> None:
    """Look through what is released of a table. Raises: Stop at the first hit; it names the cell and not what is there.

    Ten bare digits are no hit in an open column: somebody released them, or they are a body's number.
    """
    if name in RELEASED:
        for column, kind in _texts(name):
            telling = {text for text in table[column].unique().to_pylist() if text and _tells(text, kind)}
            if telling:
                raise Stop("personal_data_would_leave", table=name, column=column, place=_place(table, column, telling))


def _texts(name: str) -> Iterator[tuple[str, str]]:
    facts = project.facts(RELEASED[name])
    return (
        (field.name, facts[field.name]["text"])
        for field in project.arrow_schema(RELEASED[name])
        if project.is_text(field.type)
    )


def _tells(text: str, kind: str) -> bool:
    told = found_in(text)
    return told in SURE or (told is not None and kind != OPEN)


def _place(table: pa.Table, column: str, telling: set[str]) -> str:
    """Where the first of them came from, by file and row; by row of the table where the file's name tells too."""
    values = table[column].to_pylist()
    at = next(number for number, value in enumerate(values) if value in telling)
    row = table.slice(at, 1).to_pylist()[0]
    file, source_row = row.get("source_file"), row.get("source_row")
    if file and found_in(file) is None:
        return f"{file}:{source_row}" if source_row else str(file)
    return f"{at + 1}"
