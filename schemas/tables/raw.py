"""`raw_*`: the files as received. Nothing is lost, nothing is interpreted. Restricted: never published."""

from __future__ import annotations

from schemas.tables.base import (
    OWN,
    RESTRICTED,
    Count,
    FileTable,
    RoundTable,
    Text,
    TextList,
    Whole,
    column,
)
from schemas.tables.corrections import Corrected


class RawFile(FileTable):
    """One received file (or one sheet of a workbook): what it is, how it was read, which form claimed it."""

    header_row: Whole = column(sv="Rubrikrad", en="Header row, counted from 1", ge=1)
    header_cells: TextList = column(sv="Rubriker", en="Header cells", text=RESTRICTED)
    unread_sheets: TextList = column(
        sv="Blad som inte lästs", en="Sheets that hold something and were not read", text=RESTRICTED
    )
    row_count: Count = column(sv="Rader i filen", en="Rows in the file, of any kind", ge=1)

    class Config:
        """Name and label."""

        name = "raw_file"
        title = "Mottagna filer"


class RawRow(RoundTable):
    """One row of a received file, every cell as text with its type. Cell n of `cells` stood in column n."""

    source_file: Text = column(sv="Källfil", en="Source file", key=True, text=OWN)
    source_sheet: Text = column(sv="Källblad", en="Source sheet", null="a text file has no sheets", text=RESTRICTED)
    source_row: Whole = column(sv="Källrad", en="Source row, counted from 1", key=True, ge=1)
    filled_count: Count = column(sv="Antal ifyllda celler", en="Cells that hold anything", ge=0)
    beyond_count: Count = column(sv="Ifyllda celler bortom rubrikerna", en="Filled cells beyond the headers", ge=0)
    cells: TextList = column(sv="Celler", en="Cells", text=RESTRICTED)
    types: TextList = column(
        sv="Cellernas typer i filen", en="The types that the cells had in the file", text=RESTRICTED
    )

    class Config:
        """Name and label."""

        name = "raw_row"
        title = "Mottagna rader"


class Correction(Corrected):
    """One entry of the round's log of corrections, as it was written. Restricted: it may hold free text."""

    class Config:
        """Name and label."""

        name = "raw_correction"
        title = "Rättelser som de skrevs"
