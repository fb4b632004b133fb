"""`core_*` about money: the events as received, the ledger made of them, and where each recipient's money stands."""

from __future__ import annotations

from schemas.tables.base import (
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
from schemas.words.events import EVENTS, LEDGER_EVENTS

NOT_KNOWN = "not known of every event"
NOT_TOLD = "no source of the round tells: unknown, never zero"


class Event(SourcedTable):
    """One event of a round or of a recipient's case, as the case system and the accounts tell of it."""

    source_file: Text = column(sv="Källfil", en="Source file", key=True)
    source_row: Whole = column(sv="Källrad", en="Source row, counted from 1", key=True, ge=1)
    event: Text = column(sv="Händelse", en="Event", one_of=EVENTS)
    event_no: Text = column(sv="Händelsens nummer", en="Number of the event", null="not every source numbers them")
    reverses_no: Text = column(sv="Återför händelse nummer", en="Reverses the event", null="it reverses none")
    recipient_code: Text = body_code(null="funds belong to the round, not to a recipient")
    grant_id: Text = grant_key(null="funds belong to the round, not to a grant")
    name_as_reported: Text = column(sv="Namn enligt källan", en="Name as reported", null="funds have no recipient")
    case_number: Text = column(sv="Diarienummer", en="Case number", null=NOT_KNOWN)
    event_date: Date = column(sv="Händelsedatum", en="Happened", null=NOT_KNOWN)
    recorded_date: Date = column(sv="Registrerad", en="Recorded", null=NOT_KNOWN)
    due_date: Date = column(sv="Svar eller betalning senast", en="Answer or payment due", null="nothing is due")
    amount_sek: Kronor = column(sv="Belopp", en="Amount", null="the event is not about money", ge=0)
    decided_by: Text = column(sv="Beslutad av", en="Decided by", null="the event is no decision, or nobody is named")
    reason: Text = column(sv="Skäl", en="Reason", null="none is given")

    class Config:
        """Name and label."""

        name = "core_event"
        title = "Händelser"


class LedgerEntry(SourcedTable):
    """One amount of the round, dated twice. Entries are never changed: one that no longer holds is reversed."""

    entry_id: Text = column(sv="Post", en="Entry", key=True)
    event: Text = column(sv="Händelse", en="Event", one_of=LEDGER_EVENTS)
    cost_category: Text = column(
        sv="Kostnadsslag", en="Category of cost", null="not use, or not told", one_of=words.COST_CATEGORIES
    )
    cause: Text = column(sv="Orsak", en="Cause", one_of=words.CAUSES)
    recipient_code: Text = body_code(null="funds belong to the round, not to a recipient")
    grant_id: Text = grant_key(null="funds belong to the round, not to a grant")
    case_number: Text = column(sv="Diarienummer", en="Case number", null=NOT_KNOWN)
    event_date: Date = column(sv="Händelsedatum", en="Happened", null=NOT_KNOWN)
    recorded_date: Date = column(sv="Känd från", en="Recorded")
    recorded_is_assumed: Flag = column(sv="Datumet är filens", en="The file's date stands for its own")
    amount_sek: Kronor = column(sv="Belopp", en="Amount, negative where it reverses another")
    reverses: Text = column(sv="Återför posten", en="Reverses the entry", null="it reverses none")

    class Config:
        """Name and label."""

        name = "core_ledger_entry"
        title = "Huvudbok"


class Account(RoundTable):
    """Where the money of one grant stands: balances of the ledger. What no source tells is unknown, never zero."""

    grant_id: Text = grant_key(key=True)
    recipient_code: Text = body_code()
    granted_sek: Kronor = column(sv="Beviljat", en="Granted", null="no decision", ge=0)
    withheld_sek: Kronor = column(sv="Innehållet", en="Withheld", null=NOT_TOLD)
    paid_sek: Kronor = column(sv="Utbetalat", en="Paid", null="no decision, and no payment is told")
    paid_is_derived: Flag = column(sv="Utbetalat är härlett", en="Paid is taken to be what was granted")
    used_sek: Kronor = column(sv="Använt enligt rapporten", en="Used, as reported", null="no report")
    unused_sek: Kronor = column(sv="Oanvänt enligt rapporten", en="Unused, as reported", null="no report", ge=0)
    disallowed_sek: Kronor = column(sv="Ej godtaget", en="Disallowed", null=NOT_TOLD)
    accepted_use_sek: Kronor = column(sv="Godtagen användning", en="Accepted use", null="no report")
    repayable_sek: Kronor = column(sv="Att återbetala", en="Repayable", null="no report and no decision on recovery")
    claimed_sek: Kronor = column(sv="Återkrävt", en="Claimed back", null=NOT_TOLD)
    received_sek: Kronor = column(sv="Återbetalat", en="Received", null=NOT_TOLD)
    waived_sek: Kronor = column(sv="Eftergivet", en="Waived", null=NOT_TOLD)
    written_off_sek: Kronor = column(sv="Avskrivet", en="Written off", null=NOT_TOLD)
    outstanding_sek: Kronor = column(sv="Utestående", en="Outstanding", null="what was received is not told")
    unpaid_sek: Kronor = column(sv="Ej utbetalat", en="Not paid out", null=NOT_TOLD)
    status: Text = column(sv="Läge", en="Status", one_of=words.ACCOUNT_STATUSES)
    not_known_since_date: Date = column(
        sv="Inte känt sedan", en="Not known since", null="what tells of it reaches the as-of date"
    )

    class Config:
        """Name and label."""

        name = "core_account"
        title = "Kontoställning per mottagare"


class Balance(RoundTable):
    """One balance of the round: the sum of what is known of its recipients, and of how many it is not known."""

    measure: Text = column(sv="Mått", en="Measure", key=True, one_of=words.ACCOUNT_MEASURES)
    measure_no: Whole = column(sv="Måttets ordning", en="Order of the measure", ge=1)
    amount_sek: Kronor = column(sv="Belopp", en="Amount", null="known of nobody")
    known_count: Whole = column(sv="Känt för", en="Known of so many", ge=0)
    unknown_count: Whole = column(sv="Okänt för", en="Not known of so many", ge=0)

    class Config:
        """Name and label."""

        name = "out_balance"
        title = "Omgångens saldon"
