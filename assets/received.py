"""The received files of a round as the domain needs them: few, so read from raw_file as a list."""

from __future__ import annotations

from typing import Any

from assets.domain.forms import Received, own_columns, positions, versions_in
from assets.domain.frames import Frame
from assets.frames import records_of
from assets.ports import InputFile, RoundKey
from schemas import catalogue


def received_files(raw_file: Frame, fills: str | None = None) -> list[Received]:
    """Every file of the round, or those whose rows fill one table; a file of several versions is several."""
    files = [version for record in records_of(raw_file) for version in received_versions(record)]
    return [file for file in files if fills in (None, file.form.fills)]


def received_versions(record: dict[str, Any]) -> list[Received]:
    """One row of raw_file as the domain needs it: once for each version of its form that it holds."""
    form = catalogue.programme(record["programme"]).forms[record["form"]]
    headers = record["header_cells"]
    return [
        Received(
            source_file=record["source_file"],
            source_sheet=record["source_sheet"],
            provenance=record["provenance"],
            header_row=int(record["header_row"]),
            form=form,
            positions=positions(form, headers, version),
            source_date=record["source_date"].isoformat(),
            is_replaced=record["is_replaced"],
            version=version,
            own_columns=own_columns(form, headers),
        )
        for version in versions_in(form, headers)
    ]


def file_facts(round_key: RoundKey, file: InputFile) -> dict[str, Any]:
    """What a file's source card says, and how it was read: what every table of files has."""
    return {
        "programme": round_key.programme,
        "year": round_key.year,
        "source_file": file.path,
        "title": file.card.title,
        "origin": file.card.origin,
        "sender": file.card.sender,
        "licence": file.card.licence,
        "note": file.card.note,
        "source_date": file.card.date,
        "date_note": file.card.date_note,
        "replaces": file.card.replaces,
        "is_replaced": False,
        "sha256": file.sha256,
        "byte_count": file.byte_count,
        "encoding": file.encoding,
        "delimiter": file.delimiter,
        "provenance": file.card.reality,
    }
