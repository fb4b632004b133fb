"""Ingest: the round's files as received, every cell as text. Which form a file is, is told by its content."""

from __future__ import annotations

from typing import Any

import dagster as dg

from assets.domain.forms import Claim, claims, recognise
from assets.domain.frames import Frame
from assets.frames import frame_of
from assets.ports import Inbox, InputFile, RoundKey, Sheet
from assets.rounds import ROUNDS, current_round, described, in_one_sentence
from schemas import catalogue, project
from schemas.rules import Stop
from schemas.tables import TABLES


@dg.multi_asset(
    partitions_def=ROUNDS,
    outs={name: dg.AssetOut(**described(name, "ingest")) for name in ("raw_file", "raw_row")},
)
def received(inbox: dg.ResourceParam[Inbox]) -> tuple[Frame, Frame]:
    """Read every export of the round: one row per file, and one row per row of it."""
    with in_one_sentence():
        round_key = current_round()
        claimed = [claim_file(round_key, file) for file in inbox.files(round_key)]
        _complete(round_key, claimed, inbox.folder(round_key))
        files = frame_of(
            (_file_record(round_key, *claim) for claim in claimed), project.arrow_schema(TABLES["raw_file"])
        )
        rows = (row for file, sheet, _ in claimed for row in _row_records(round_key, file, sheet))
        return files, frame_of(rows, project.arrow_schema(TABLES["raw_row"]))


def claim_file(round_key: RoundKey, file: InputFile) -> tuple[InputFile, Sheet, Claim]:
    """Which sheet of the file a form of the round claims, and which form. Raises: Stop if none does, or several."""
    programme = catalogue.programme(round_key.programme)
    forms = [programme.forms[name] for name in programme.rounds[round_key.year].forms]
    sheet = next((sheet for sheet in file.sheets if claims(sheet.rows, forms)), file.sheets[0])
    return file, sheet, recognise(file.path, sheet.rows, forms)


def _complete(round_key: RoundKey, claimed: list[tuple[InputFile, Sheet, Claim]], folder: str) -> None:
    there = {claim.form.form for _, _, claim in claimed}
    for form in catalogue.programme(round_key.programme).rounds[round_key.year].forms:
        if form not in there:
            raise Stop("form_missing", programme=round_key.programme, year=round_key.year, form=form, folder=folder)


def _file_record(round_key: RoundKey, file: InputFile, sheet: Sheet, claim: Claim) -> dict[str, Any]:
    return {
        "programme": round_key.programme,
        "year": round_key.year,
        "source_file": file.path,
        "source_sheet": sheet.name,
        "form": claim.form.form,
        "header_row": claim.header_row,
        "header_cells": list(sheet.rows[claim.header_row - 1]),
        "unread_sheets": [other.name for other in file.sheets if other is not sheet and any(map(any, other.rows))],
        "row_count": len(sheet.rows),
        "sha256": file.sha256,
        "byte_count": file.byte_count,
        "encoding": file.encoding,
        "delimiter": file.delimiter,
        "title": file.card.title,
        "origin": file.card.origin,
        "licence": file.card.licence,
        "source_date": file.card.date,
        "provenance": file.card.reality,
    }


def _row_records(round_key: RoundKey, file: InputFile, sheet: Sheet) -> list[dict[str, Any]]:
    return [
        {
            "programme": round_key.programme,
            "year": round_key.year,
            "source_file": file.path,
            "source_sheet": sheet.name,
            "source_row": number,
            "filled_count": sum(1 for cell in cells if cell and cell.strip()),
            "cells": list(cells),
            "provenance": file.card.reality,
        }
        for number, cells in enumerate(sheet.rows, start=1)
    ]
