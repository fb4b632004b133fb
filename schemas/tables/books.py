"""`core_*` and `out_*` about the books of the agency: bookings, the ledger held against them, receivables."""

from __future__ import annotations

from schemas.tables.base import (
    CODES,
    IDS,
    OWN,
    RESTRICTED,
    Count,
    Date,
    Flag,
    Kronor,
    RoundTable,
    SourcedTable,
    Text,
    Whole,
    body_code,
    column,
    grant_key,
)
from schemas.words import vocabulary as words

NO_BOOKING = "no booking"
NO_ENTRY = "no entry of the ledger"
NOT_COMPARED = "the books are not compared, or what was received is not told"
NOT_REPORTED = "no report by that day, or no source tells what was received: unknown, never zero"

PER_MOVE = "payments and repayments are both positive: what was paid and came back is the same money"
PER_YEAR_END = "one row per grant and year-end: what is outstanding stands at each of them"


class Booking(SourcedTable):
    """One booking of the agency's accounting system, as its extract tells of it."""

    source_file: Text = column(sv="Källfil", en="Source file", key=True, text=OWN)
    source_row: Whole = column(sv="Källrad", en="Source row, counted from 1", key=True, ge=1)
    part_no: Whole = column(sv="Del", en="Part of the row; 1 unless a correction divides it", key=True, ge=1)
    account_no: Text = column(sv="Konto", en="Account", characters=CODES)
    voucher_no: Text = column(sv="Verifikation", en="Voucher", null="not every extract has it", characters=CODES)
    recipient_code: Text = body_code(null="no counterparty is told")
    name_as_reported: Text = column(
        sv="Motpart enligt källan", en="Counterparty as reported", null="none is told", text=RESTRICTED
    )
    grant_id: Text = grant_key(null="its case number is no grant's, or it is not told of which it is")
    case_number: Text = column(sv="Diarienummer", en="Case number", null="none is told", characters=CODES)
    booked_date: Date = column(sv="Bokföringsdag", en="Booked")
    amount_sek: Kronor = column(sv="Bokfört belopp", en="Amount, signed as the account is")

    class Config:
        """Name and label."""

        name = "core_booking"
        title = "Bokföringsposter"


class BookMatch(SourcedTable):
    """One entry of the ledger held against the books, with the booking that it is paired with; or an orphan of either.

    The source is the booking, or the entry where there is none. Amounts are signed as the ledger's are: a payment, a
    repayment and a write-off are positive. Money that moved and is on no grant is no entry of the ledger and stands
    apart. The difference is what was booked less what the ledger has and what is not placed.
    """

    match_id: Text = column(sv="Rad", en="Row", key=True, text=OWN)
    result: Text = column(sv="Utfall", en="Result", one_of=words.BOOK_RESULTS)
    event: Text = column(sv="Händelse", en="Event", null="the account is not declared", one_of=words.BOOKED_EVENTS)
    recipient_code: Text = body_code(null="neither the ledger nor the booking says")
    grant_id: Text = grant_key(null="neither the entry nor the booking is of a grant that is known")
    case_number: Text = column(sv="Diarienummer", en="Case number", null="none is told", characters=CODES)
    entry_id: Text = column(
        sv="Post", en="Entry of the ledger", null=NO_ENTRY, refers="core_ledger_entry", characters=IDS
    )
    booking_id: Text = column(sv="Bokföringspost", en="Booking, as file and row", null=NO_BOOKING, text=OWN)
    account_no: Text = column(sv="Konto", en="Account", null=NO_BOOKING, characters=CODES)
    voucher_no: Text = column(
        sv="Verifikation", en="Voucher", null="no booking, or the extract does not say", characters=CODES
    )
    ledger_date: Date = column(sv="Dag i huvudboken", en="Day in the ledger", null="no entry, or its day is not told")
    booked_date: Date = column(sv="Bokföringsdag", en="Booked", null=NO_BOOKING)
    ledger_sek: Kronor = column(sv="Belopp i huvudboken", en="Amount in the ledger", null=NO_ENTRY, overlaps=PER_MOVE)
    unplaced_sek: Kronor = column(
        sv="Inte placerat", en="Moved, but not placed on a grant", null="it is placed", overlaps=PER_MOVE
    )
    booked_sek: Kronor = column(sv="Bokfört belopp", en="Amount booked", null=NO_BOOKING, overlaps=PER_MOVE)
    difference_sek: Kronor = column(
        sv="Differens", en="Difference: booked less ledger and what is not placed", overlaps=PER_MOVE
    )
    is_material: Flag = column(sv="Väsentlig", en="Material")

    class Config:
        """Name and label."""

        name = "core_book_match"
        title = "Huvudboken mot bokföringen"


class BookByYear(RoundTable):
    """One result of holding a round's ledger against the books: how many, the sum of either side, the difference."""

    result: Text = column(sv="Utfall", en="Result", key=True, one_of=words.BOOK_RESULTS)
    result_no: Whole = column(sv="Utfallets ordning", en="Order of the result", ge=1)
    match_count: Count = column(sv="Antal", en="Number", ge=0)
    material_count: Count = column(sv="Varav väsentliga", en="Of which material", ge=0)
    ledger_sek: Kronor = column(sv="Summa i huvudboken", en="Sum in the ledger", overlaps=PER_MOVE)
    unplaced_sek: Kronor = column(sv="Summa inte placerat", en="Sum that is not placed on a grant", overlaps=PER_MOVE)
    booked_sek: Kronor = column(sv="Summa i bokföringen", en="Sum in the books", overlaps=PER_MOVE)
    difference_sek: Kronor = column(
        sv="Differens", en="Difference: booked less ledger and what is not placed", overlaps=PER_MOVE
    )

    class Config:
        """Name and label."""

        name = "out_book_by_year"
        title = "Avstämning mot bokföringen"


class Receivable(RoundTable):
    """What one grant had left to repay at a year-end: by what had happened by that day, as known on the as-of date.

    What a decision claims is a receivable; what was invoiced without one, and what nobody has decided, stand apart.
    The closing as it was is the round as of the cut-off day. What came in is held against what was booked by that day.
    """

    grant_id: Text = grant_key(key=True)
    recipient_code: Text = body_code()
    year_end_date: Date = column(sv="Bokslutsdag", en="Year-end", key=True)
    repayable_sek: Kronor = column(sv="Att återbetala", en="Repayable", null=NOT_REPORTED, ge=0, overlaps=PER_YEAR_END)
    received_sek: Kronor = column(sv="Återbetalat", en="Received", null=NOT_REPORTED, overlaps=PER_YEAR_END)
    waived_sek: Kronor = column(sv="Efterskänkt", en="Waived", null=NOT_REPORTED, ge=0, overlaps=PER_YEAR_END)
    written_off_sek: Kronor = column(sv="Avskrivet", en="Written off", null=NOT_REPORTED, ge=0, overlaps=PER_YEAR_END)
    outstanding_sek: Kronor = column(sv="Utestående", en="Outstanding", null=NOT_REPORTED, ge=0, overlaps=PER_YEAR_END)
    claim_left_sek: Kronor = column(
        sv="Fordran enligt beslut", en="Claimed by a decision", null=NOT_REPORTED, ge=0, overlaps=PER_YEAR_END
    )
    notified_sek: Kronor = column(
        sv="Aviserat", en="Invoiced without a decision", null=NOT_REPORTED, ge=0, overlaps=PER_YEAR_END
    )
    undecided_sek: Kronor = column(
        sv="Ännu inte beslutat", en="Not decided yet", null=NOT_REPORTED, ge=0, overlaps=PER_YEAR_END
    )
    booked_received_sek: Kronor = column(
        sv="Bokfört som återbetalat", en="Booked as received", null=NOT_COMPARED, overlaps=PER_YEAR_END
    )
    difference_sek: Kronor = column(
        sv="Differens", en="Difference: booked less received", null=NOT_COMPARED, overlaps=PER_YEAR_END
    )

    class Config:
        """Name and label."""

        name = "out_receivable"
        title = "Fordringar vid bokslut"
