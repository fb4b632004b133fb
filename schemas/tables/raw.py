"""`raw_*`: the files as received. Nothing is lost, nothing is interpreted. Restricted: never published."""

from __future__ import annotations

from schemas.tables.base import Count, Date, Flag, RoundTable, Text, TextList, Whole, column


class RawFile(RoundTable):
    """One received file (or one sheet of a workbook): what it is, how it was read, which form claimed it."""

    source_file: Text = column(sv="Källfil", en="Source file", key=True)
    source_sheet: Text = column(sv="Källblad", en="Source sheet", null="a text file has no sheets")
    form: Text = column(sv="Formulär", en="Form that claims it")
    header_row: Whole = column(sv="Rubrikrad", en="Header row, counted from 1", ge=1)
    header_cells: TextList = column(sv="Rubriker", en="Header cells")
    unread_sheets: TextList = column(sv="Blad som inte lästs", en="Sheets that hold something and were not read")
    row_count: Count = column(sv="Rader i filen", en="Rows in the file, of any kind", ge=1)
    sha256: Text = column(sv="Kontrollsumma (SHA-256)", en="SHA-256")
    byte_count: Count = column(sv="Antal byte", en="Bytes", ge=1)
    encoding: Text = column(sv="Teckenkodning", en="Encoding", null="a workbook states its own encoding")
    delimiter: Text = column(sv="Fältavgränsare", en="Delimiter", null="a workbook has no delimiter")
    title: Text = column(sv="Benämning", en="Title, from the source card")
    origin: Text = column(sv="Ursprung", en="Origin, from the source card")
    licence: Text = column(sv="Licens", en="Licence, from the source card")
    is_replaced: Flag = column(sv="Ersatt av en annan fil", en="Replaced by another file")
    source_date: Date = column(sv="Källans datum", en="Date of the source, from the source card")

    class Config:
        """Name and label."""

        name = "raw_file"
        title = "Mottagna filer"


class RawRow(RoundTable):
    """One row of a received file, every cell as text. Cell n of `cells` stood in column n."""

    source_file: Text = column(sv="Källfil", en="Source file", key=True)
    source_sheet: Text = column(sv="Källblad", en="Source sheet", null="a text file has no sheets")
    source_row: Whole = column(sv="Källrad", en="Source row, counted from 1", key=True, ge=1)
    filled_count: Count = column(sv="Antal ifyllda celler", en="Cells that hold anything", ge=0)
    beyond_count: Count = column(sv="Ifyllda celler bortom rubrikerna", en="Filled cells beyond the headers", ge=0)
    cells: TextList = column(sv="Celler", en="Cells")

    class Config:
        """Name and label."""

        name = "raw_row"
        title = "Mottagna rader"
