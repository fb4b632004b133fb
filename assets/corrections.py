"""Corrections: the round's log held against the files as they were received, and what is shown of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa

from assets.domain.corrections import Corrected, Entry, effect, entries, listed, withheld
from assets.domain.forms import Received, positions, versions_in
from assets.domain.frames import Frame
from assets.frames import frame_of, records_of
from assets.ports import CorrectionLog, RoundKey
from assets.received import Claimed
from assets.rounds import round_table
from schemas.configuration import catalogue
from schemas.configuration.forms import plain
from schemas.configuration.programme import Programme
from schemas.tables import TABLES, project
from schemas.words.vocabulary import DATA, MIXED


@round_table("conform")
def core_correction(raw_correction: Frame, core_row: Frame) -> Frame:
    """The corrections of the round, applied or not."""
    return listed(raw_correction, core_row)


def raw_corrections(
    round_key: RoundKey,
    log: CorrectionLog | None,
    claimed: Sequence[Claimed],
    replaced: set[str],
    as_of: dt.date | None,
) -> Frame:
    """The entries of the log as table raw_correction. Raises: Stop if an applied one does not fit what was received."""
    records = _records(round_key, log, claimed, replaced, as_of) if log else ()
    return frame_of(records, project.arrow_schema(TABLES["raw_correction"]))


def _records(
    round_key: RoundKey, log: CorrectionLog, claimed: Sequence[Claimed], replaced: set[str], as_of: dt.date | None
) -> Iterator[dict[str, Any]]:
    folder = log.file.path.rpartition("/")[0]
    files = {
        file.path.removeprefix(f"{folder}/"): Corrected(file.path, sheet.rows, claim.header_row, file.path in replaced)
        for file, sheet, claim in claimed
    }
    by_path = {each[0].path: each for each in claimed}
    programme = catalogue.programme(round_key.programme)
    for entry in entries(log.entries, folder, files):
        record = {"programme": round_key.programme, "year": round_key.year, "effect": effect(entry.correction, as_of)}
        yield record | _said(entry) | _of_cell(entry, by_path.get(entry.file), programme)


def _said(entry: Entry) -> dict[str, Any]:
    correction = entry.correction
    return {
        "correction_no": entry.number,
        "source_row": entry.row,
        "source_column": entry.letter,
        "header": plain(correction.column),
        "old_value": correction.old or None,
        "new_value": correction.new or None,
        "reason": correction.reason,
        "corrected_by": correction.by,
        "corrected_date": correction.date,
    }


def _of_cell(entry: Entry, claimed: Claimed | None, programme: Programme) -> dict[str, Any]:
    """What only the file tells: its name, its sheet, how real it is, and whether the cell's texts may be shown."""
    texts = (entry.correction.old, entry.correction.new)
    old, new = _withheld(texts, claimed, entry.column, programme)
    facts = {"provenance": MIXED, "old_withheld": old, "new_withheld": new}
    if claimed is None:
        return facts
    file, sheet, _ = claimed
    return facts | {"source_file": file.path, "source_sheet": sheet.name, "provenance": file.card.reality}


def _withheld(
    texts: Sequence[str | None], claimed: Claimed | None, column: int | None, programme: Programme
) -> list[bool]:
    """May the texts of a cell not be shown? Where no form reads it, it holds whatever somebody wrote."""
    read = [each for each in _versions(claimed) if column in each.positions.values()] if claimed else []
    if not read:
        return [bool(plain(text)) for text in texts]
    slot = next(slot for slot, at in read[0].positions.items() if at == column)
    schema = pa.schema([("source_row", pa.int64()), *((name, pa.string()) for name in _columns(read[0]))])
    rows = frame_of(({slot: (text or "").strip() or None, "row_kind": DATA} for text in texts), schema)
    return [record["withheld"] for record in records_of(withheld(rows, read[0], programme, slot))]


def _columns(received: Received) -> tuple[str, ...]:
    return ("source_file", "row_kind", *received.form.headers())


def _versions(claimed: Claimed) -> list[Received]:
    """The file once for each version of its form, as far as a single cell needs it."""
    file, sheet, claim = claimed
    headers = sheet.rows[claim.header_row - 1]
    return [
        Received(
            file.path, sheet.name, file.card.reality, claim.header_row, claim.form, positions(claim.form, headers, v)
        )
        for v in versions_in(claim.form, headers)
    ]
