"""Ingest: the round's files as received, every cell as text. Which form a file is, is told by its content."""

from __future__ import annotations

import datetime as dt
from typing import Any

import dagster as dg

from assets.corrections import raw_corrections
from assets.domain.forms import Claim, Row, claims, recognise
from assets.domain.frames import Frame
from assets.frames import frame_of
from assets.ports import CorrectionLog, Inbox, InputFile, RoundKey, Settings, Sheet
from assets.received import Claimed, file_facts
from assets.rounds import ROUNDS, chosen_date, current_round, described, in_one_sentence
from schemas.configuration import catalogue
from schemas.rules.rule import Stop
from schemas.tables import TABLES, project

MADE = ("raw_file", "raw_row", "raw_correction")


@dg.multi_asset(
    partitions_def=ROUNDS,
    outs={name: dg.AssetOut(**described(name, "ingest")) for name in MADE},
)
def received(inbox: dg.ResourceParam[Inbox], settings: dg.ResourceParam[Settings]) -> tuple[Frame, Frame, Frame]:
    """Read every export of the round: one row per file, one row per row of it, and one per entry of its corrections."""
    with in_one_sentence():
        round_key = current_round()
        claimed = [claim_file(round_key, file) for file in inbox.files(round_key)]
        replaced = _replaced(claimed)
        standing = [each for each in claimed if each[0].path not in replaced]
        _refuse_gaps(round_key, standing, inbox.folder(round_key))
        log = inbox.corrections(round_key)
        return raw_tables(round_key, claimed, replaced, log, chosen_date(settings.as_of))


def raw_tables(
    round_key: RoundKey, claimed: list[Claimed], replaced: set[str], log: CorrectionLog | None, as_of: dt.date | None
) -> tuple[Frame, Frame, Frame]:
    """What was received as the tables MADE; `replaced` are the paths of files that others replace.

    Raises: Stop if a correction does not fit what was received.
    """
    records = (_file_record(round_key, *each, is_replaced=each[0].path in replaced) for each in claimed)
    files = frame_of(records, project.arrow_schema(TABLES["raw_file"]))
    rows = (row for each in claimed for row in _row_records(round_key, *each))
    corrections = raw_corrections(round_key, log, claimed, replaced, as_of)
    return files, frame_of(rows, project.arrow_schema(TABLES["raw_row"])), corrections


def claim_file(round_key: RoundKey, file: InputFile) -> Claimed:
    """Which sheet of the file a form of the round claims, and which form. Raises: Stop if none does, or several."""
    programme = catalogue.programme(round_key.programme)
    forms = [programme.forms[name] for name in programme.rounds[round_key.year].forms]
    sheets = [sheet for sheet in file.sheets if claims(sheet.rows, forms)]
    if len(sheets) > 1:
        raise Stop("sheets_ambiguous", file=file.path, sheets=", ".join(str(sheet.name) for sheet in sheets))
    sheet = sheets[0] if sheets else file.sheets[0]
    return file, sheet, recognise(file.path, sheet.rows, forms)


def _replaced(claimed: list[Claimed]) -> set[str]:
    """Paths of the files that another file of their form replaces. Raises: Stop if a card names anything else."""
    forms = {file.path: claim.form.form for file, _, claim in claimed}
    replaced = set()
    for file, _, claim in claimed:
        if file.card.replaces:
            old = f"{file.path.rpartition('/')[0]}/{file.card.replaces}"
            if old == file.path or forms.get(old) != claim.form.form:
                raise Stop("replaces_nothing", file=file.path, form=claim.form.title)
            replaced.add(old)
    return replaced


def _refuse_gaps(round_key: RoundKey, standing: list[Claimed], folder: str) -> None:
    """Raises: Stop unless every form of the round has exactly one file that no other replaces."""
    programme = catalogue.programme(round_key.programme)
    there: dict[str, str] = {}
    for file, _, claim in standing:
        if (other := there.get(claim.form.form)) is not None:
            raise Stop("form_twice", file=file.path, other=other, form=claim.form.title)
        there[claim.form.form] = file.path
    for name in programme.rounds[round_key.year].forms:
        if name not in there:
            title = programme.forms[name].title
            raise Stop("form_missing", programme=round_key.programme, year=round_key.year, form=title, folder=folder)


def _file_record(
    round_key: RoundKey, file: InputFile, sheet: Sheet, claim: Claim, *, is_replaced: bool
) -> dict[str, Any]:
    return file_facts(round_key, file) | {
        "source_sheet": sheet.name,
        "form": claim.form.form,
        "is_replaced": is_replaced,
        "header_row": claim.header_row,
        "header_cells": list(sheet.rows[claim.header_row - 1]),
        "unread_sheets": [other.name for other in file.sheets if other is not sheet and any(map(any, other.rows))],
        "row_count": len(sheet.rows),
    }


def _row_records(round_key: RoundKey, file: InputFile, sheet: Sheet, claim: Claim) -> list[dict[str, Any]]:
    width = _filled_width(sheet.rows[claim.header_row - 1])
    return [
        {
            "programme": round_key.programme,
            "year": round_key.year,
            "source_file": file.path,
            "source_sheet": sheet.name,
            "source_row": number,
            "filled_count": _filled(cells),
            "beyond_count": _filled(cells[width:]),
            "cells": list(cells),
            "provenance": file.card.reality,
        }
        for number, cells in enumerate(sheet.rows, start=1)
    ]


def _filled(cells: Row) -> int:
    return sum(1 for cell in cells if cell and cell.strip())


def _filled_width(cells: Row) -> int:
    return max(at for at, cell in enumerate(cells, start=1) if cell and cell.strip())
