"""The received files of a round as the domain needs them: few, so read from raw_file as a list."""

from __future__ import annotations

import dataclasses
from typing import Any

import narwhals as nw

from assets.domain.forms import Change, Claim, Received, column_position, own_columns, positions, versions_in
from assets.domain.frames import Frame
from assets.frames import records_of
from assets.ports import InputFile, RoundKey, Sheet
from schemas.configuration import catalogue
from schemas.words.vocabulary import APPLIED

Claimed = tuple[InputFile, Sheet, Claim]
"""A file, its sheet that a form claims, and the claim."""


def received_files(raw_file: Frame, raw_correction: Frame, fills: str | None = None) -> list[Received]:
    """Every file of the round with the corrections that are in effect, or those whose rows fill one table.

    A file of several versions of its form is several.
    """
    files = [version for record in records_of(raw_file) for version in received_versions(record)]
    applied = applied_corrections(raw_correction)
    return [
        dataclasses.replace(file, changes=_changes(file, applied)) for file in files if fills in (None, file.form.fills)
    ]


def applied_corrections(raw_correction: Frame) -> list[dict[str, Any]]:
    """The rows of raw_correction that are in effect."""
    return records_of(raw_correction.filter(nw.col("effect") == APPLIED))


def _changes(file: Received, applied: list[dict[str, Any]]) -> list[Change]:
    return [
        Change(each["source_row"], column_position(each["source_column"]), each["old_value"], each["new_value"])
        for each in applied
        if each["source_file"] == file.source_file
    ]


def dated_changes(file: Received, raw_correction: Frame) -> list[tuple[str, Change]]:
    """The corrections that are in effect in a file's amounts, with the day (ISO) of each; `changes` has all."""
    amounts = {file.positions[slot] for slot in file.form.amounts() if slot in file.positions}
    applied = applied_corrections(raw_correction)
    dated = ((each["corrected_date"].isoformat(), _changes(file, [each])) for each in applied)
    return [(day, change) for day, changes in dated for change in changes if change.column in amounts]


def received_versions(record: dict[str, Any]) -> list[Received]:
    """One row of raw_file as the domain needs it, as it was received: once for each version of its form."""
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
            known_date=record["known_date"].isoformat(),
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
        "known_date": file.card.known_from or file.card.date,
        "date_note": file.card.date_note,
        "replaces": file.card.replaces,
        "is_replaced": False,
        "sha256": file.sha256,
        "byte_count": file.byte_count,
        "encoding": file.encoding,
        "delimiter": file.delimiter,
        "provenance": file.card.reality,
    }
