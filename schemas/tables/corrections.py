"""Corrections: every entry of a round's log, with the cell that it names."""

from __future__ import annotations

from schemas.tables.base import (
    LETTERS,
    OWN,
    RESTRICTED,
    Date,
    Flag,
    RoundTable,
    Text,
    Whole,
    body_code,
    column,
)
from schemas.words import vocabulary as words

NOT_FOUND = "the entry is not applied, and what it names is not there"


class Corrected(RoundTable):
    """One entry of the log, with the cell that it names."""

    correction_no: Whole = column(sv="Nr i rättelseloggen", en="Number in the log", key=True, ge=1)
    effect: Text = column(sv="Verkan", en="Effect", one_of=words.CORRECTION_EFFECTS)
    source_file: Text = column(sv="Källfil", en="Source file", null=NOT_FOUND, text=OWN)
    source_sheet: Text = column(sv="Källblad", en="Source sheet", null="a text file has no sheets", text=RESTRICTED)
    source_row: Whole = column(sv="Källrad", en="Source row, counted from 1", null=NOT_FOUND, ge=1)
    source_column: Text = column(sv="Källkolumn", en="Source column", null=NOT_FOUND, characters=LETTERS)
    header: Text = column(sv="Rubrik", en="Header", text=RESTRICTED)
    old_value: Text = column(
        sv="Mottaget värde", en="Value as received", null="an empty cell, or withheld", text=RESTRICTED
    )
    new_value: Text = column(sv="Läses som", en="Read as", null="an empty cell, or withheld", text=RESTRICTED)
    old_withheld: Flag = column(sv="Det mottagna visas inte", en="The received value is withheld")
    new_withheld: Flag = column(sv="Det nya visas inte", en="The new value is withheld")
    reason: Text = column(sv="Skäl", en="Reason", text=RESTRICTED)
    corrected_by: Text = column(sv="Beslutat av", en="Corrected by", text=RESTRICTED)
    corrected_date: Date = column(sv="Beslutat", en="Corrected on")


class Correction(Corrected):
    """A received cell that is read as something else, or was to be: by whom and why.

    A value is shown if its column holds amounts, dates or options and it is one; any other text may be about a person.
    """

    recipient_code: Text = body_code(null="the recipient is not known, or none is concerned")

    class Config:
        """Name and label."""

        name = "core_correction"
        title = "Rättelser av det mottagna"
