"""`core_*` about money: the events as received, the ledger made of them, and where each recipient's money stands."""

from __future__ import annotations

from schemas.tables.base import (
    CODES,
    IDS,
    LISTS,
    LISTS_OF_CODES,
    OWN,
    RESTRICTED,
    WORDS,
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
from schemas.words.events import EVENTS, LEDGER_EVENTS, OF_RECIPIENTS
from schemas.words.recovery import COVERS

NOT_KNOWN = "not known of every event"
NOT_TOLD = "no source of the round tells: unknown, never zero"
NO_GROUND = "no decision on recovery, or not told"
NO_REPORT = "no report, or it cannot be read"
UNREAD = "the report cannot be read, or nothing tells what was paid"
NOT_RECEIVED = "what was received is not told, or the report cannot be read"

PER_EVENT = "one row per event: what is granted, paid, used and repaid is the same money; add up those of one event"
PER_MEASURE = "one row per measure: what is granted, paid, used and repaid is the same money"


class Event(SourcedTable):
    """One event of a round or of a recipient's case, as the case system and the accounts tell of it."""

    source_file: Text = column(sv="Källfil", en="Source file", key=True, text=OWN)
    source_row: Whole = column(sv="Källrad", en="Source row, counted from 1", key=True, ge=1)
    part_no: Whole = column(sv="Del", en="Part of the row; 1 unless a correction divides it", key=True, ge=1)
    event: Text = column(sv="Händelse", en="Event", one_of=EVENTS)
    event_no: Text = column(
        sv="Händelsens nummer", en="Number of the event", null="not every source numbers them", characters=CODES
    )
    reverses_no: Text = column(
        sv="Återför händelse nummer", en="Reverses the event", null="it reverses none", characters=CODES
    )
    replaces_no: Text = column(
        sv="Ersätter händelse nummer", en="Replaces the event", null="it replaces none", characters=CODES
    )
    recipient_code: Text = body_code(null="funds belong to the round, not to a recipient")
    grant_id: Text = grant_key(null="funds belong to the round, not to a grant")
    name_as_reported: Text = column(
        sv="Namn enligt källan", en="Name as reported", null="funds have no recipient", text=RESTRICTED
    )
    case_number: Text = column(sv="Diarienummer", en="Case number", null=NOT_KNOWN, characters=CODES)
    event_date: Date = column(sv="Händelsedatum", en="Happened", null=NOT_KNOWN)
    granted_date: Date = column(
        sv="Beslut om bidraget", en="Decision on its grant", null="not about money of a grant, or no day is known"
    )
    recorded_date: Date = column(sv="Registrerad", en="Recorded", null=NOT_KNOWN)
    due_date: Date = column(sv="Svar eller betalning senast", en="Answer or payment due", null="nothing is due")
    amount_sek: Kronor = column(sv="Belopp", en="Amount", null="the event is not about money", ge=0, overlaps=PER_EVENT)
    covers: Text = column(sv="Avser", en="Of which money it is", null="the row does not say", one_of=COVERS)
    ground: Text = column(
        sv="Grund", en="Ground, or grounds of one amount", null="no decision on recovery, or not told", characters=LISTS
    )
    decided_by: Text = column(
        sv="Beslutad av", en="Decided by", null="the event is no decision, or nobody is named", text=RESTRICTED
    )
    reason: Text = column(sv="Skäl", en="Reason", null="none is given", text=RESTRICTED)

    class Config:
        """Name and label."""

        name = "core_event"
        title = "Händelser"


class Unplaced(SourcedTable):
    """One received row about a grant that cannot be placed on one, and where it may belong. It is in no account."""

    source_file: Text = column(sv="Källfil", en="Source file", key=True, text=OWN)
    source_row: Whole = column(sv="Källrad", en="Source row, counted from 1", key=True, ge=1)
    kind: Text = column(sv="Slag", en="A report, or which event", one_of=("report", *OF_RECIPIENTS))
    rule: Text = column(sv="Regel", en="Rule that says why", characters=WORDS)
    recipient_code: Text = body_code(null="the name cannot be read")
    case_number: Text = column(sv="Diarienummer", en="Case number told", null="none is told", characters=CODES)
    event_date: Date = column(sv="Händelsedatum", en="Happened", null=NOT_KNOWN)
    known_date: Date = column(sv="Känd från", en="Known from")
    amount_sek: Kronor = column(
        sv="Belopp", en="Amount, negative where it reverses another", null="not about money", overlaps=PER_EVENT
    )
    candidates: Text = column(
        sv="Kan höra till", en="Grants that it may be of", null="no grant of the round", characters=LISTS_OF_CODES
    )
    candidate_count: Count = column(sv="Antal möjliga bidrag", en="Number of such grants", ge=0)

    class Config:
        """Name and label."""

        name = "core_unplaced"
        title = "Mottaget men inte placerat"


class Cash(RoundTable):
    """What moved between the agency and one recipient in a round, and how much of it is not placed on any grant."""

    recipient_code: Text = body_code(key=True)
    cash_in_sek: Kronor = column(sv="Inbetalt", en="Came in")
    received_sek: Kronor = column(sv="Varav återbetalat på bidrag", en="Of which received on grants")
    interest_sek: Kronor = column(sv="Varav ränta och avgifter", en="Of which interest and fees")
    in_not_placed_sek: Kronor = column(sv="Varav inte placerat", en="Of which received, not placed")
    cash_out_sek: Kronor = column(sv="Utbetalt", en="Went out")
    paid_sek: Kronor = column(sv="Varav på bidrag", en="Of which paid on grants")
    out_not_placed_sek: Kronor = column(sv="Varav utbetalt men inte placerat", en="Of which paid, not placed")

    class Config:
        """Name and label."""

        name = "out_cash"
        title = "In- och utbetalningar per mottagare"


class LedgerEntry(SourcedTable):
    """One amount of the round, dated twice. Entries are never changed: one that no longer holds is reversed."""

    entry_id: Text = column(sv="Post", en="Entry", key=True, characters=IDS)
    event: Text = column(sv="Händelse", en="Event", one_of=LEDGER_EVENTS)
    cost_category: Text = column(
        sv="Kostnadsslag", en="Category of cost", null="not use, or not told", one_of=words.COST_CATEGORIES
    )
    cause: Text = column(sv="Orsak", en="Cause", one_of=words.CAUSES)
    recipient_code: Text = body_code(null="funds belong to the round, not to a recipient")
    grant_id: Text = grant_key(null="funds belong to the round, not to a grant")
    case_number: Text = column(sv="Diarienummer", en="Case number", null=NOT_KNOWN, characters=CODES)
    event_date: Date = column(sv="Händelsedatum", en="Happened", null=NOT_KNOWN)
    recorded_date: Date = column(sv="Känd från", en="Recorded")
    recorded_is_assumed: Flag = column(sv="Datumet är filens", en="The file's date stands for its own")
    amount_sek: Kronor = column(sv="Belopp", en="Amount, negative where it reverses another", overlaps=PER_EVENT)
    reverses: Text = column(sv="Återför posten", en="Reverses the entry", null="it reverses none", characters=IDS)
    event_no: Text = column(
        sv="Händelsens nummer", en="Number of the event", null="no event, or it has no number", characters=CODES
    )
    replaces_no: Text = column(
        sv="Ersätter händelse nummer", en="Replaces the event", null="it replaces none", characters=CODES
    )
    covers: Text = column(sv="Avser", en="Of which money it is", null="the row does not say", one_of=COVERS)
    ground: Text = column(
        sv="Grund", en="Ground, or grounds of one amount", null="no decision on recovery, or not told", characters=LISTS
    )
    includes_waived: Flag = column(sv="Med det som efterges", en="A claim that includes what is waived with it")

    class Config:
        """Name and label."""

        name = "core_ledger_entry"
        title = "Huvudbok"


class Account(RoundTable):
    """Where the money of one grant stands: balances of the ledger. What no source tells is unknown, never zero."""

    grant_id: Text = grant_key(key=True)
    recipient_code: Text = body_code()
    granted_sek: Kronor = column(sv="Beviljat", en="Granted", null="no decision", ge=0)
    withheld_sek: Kronor = column(sv="Innehållet", en="Withheld", null=NOT_TOLD, ge=0)
    paid_sek: Kronor = column(sv="Utbetalat", en="Paid", null="no decision, and no payment is told", ge=0)
    paid_is_derived: Flag = column(sv="Utbetalat är härlett", en="Paid is taken to be what was granted")
    unpaid_sek: Kronor = column(sv="Ej utbetalat", en="Neither paid nor withheld", null=NOT_TOLD, ge=0)
    used_sek: Kronor = column(sv="Använt enligt rapporten", en="Used, as reported", null=NO_REPORT)
    unused_sek: Kronor = column(sv="Oanvänt enligt rapporten", en="Unused, as reported", null=NO_REPORT, ge=0)
    disallowed_sek: Kronor = column(sv="Ej godtaget", en="Disallowed", null=NOT_TOLD, ge=0)
    accepted_use_sek: Kronor = column(sv="Godtagen användning", en="Accepted use", null=UNREAD, ge=0)
    unaccounted_sek: Kronor = column(sv="Ej redovisat", en="Not accounted for by any report", null=UNREAD, ge=0)
    to_pay_out_sek: Kronor = column(sv="Att betala ut", en="Accepted use above what was paid", null=UNREAD, ge=0)
    repayable_sek: Kronor = column(sv="Att återbetala", en="Repayable", null=UNREAD, ge=0)
    claimed_sek: Kronor = column(sv="Återkrävt", en="Claimed back by decisions that hold", null=NOT_TOLD, ge=0)
    received_sek: Kronor = column(sv="Återbetalat", en="Received, less what was refunded", null=NOT_TOLD)
    waived_sek: Kronor = column(sv="Eftergivet", en="Waived", null=NOT_TOLD, ge=0)
    written_off_sek: Kronor = column(sv="Avskrivet", en="Written off", null=NOT_TOLD, ge=0)
    outstanding_sek: Kronor = column(sv="Utestående", en="Outstanding", null=NOT_RECEIVED, ge=0)
    claim_left_sek: Kronor = column(sv="Kvar av återkrav", en="Left of the claims", null=NOT_RECEIVED, ge=0)
    notified_sek: Kronor = column(sv="Aviserat", en="Invoiced without a decision", null=NOT_RECEIVED, ge=0)
    undecided_sek: Kronor = column(sv="Ännu inte beslutat", en="Not decided yet", null=NOT_RECEIVED, ge=0)
    overpaid_sek: Kronor = column(
        sv="För mycket återbetalat", en="Repaid above what is repayable", null=NOT_RECEIVED, ge=0
    )
    charges_sek: Kronor = column(sv="Ränta och avgifter", en="Interest and fees charged", null=NOT_TOLD, ge=0)
    charges_received_sek: Kronor = column(
        sv="Betald ränta och avgifter", en="Interest and fees received", null=NOT_TOLD, ge=0
    )
    status: Text = column(sv="Läge", en="Status", one_of=words.ACCOUNT_STATUSES)
    not_known_since_date: Date = column(
        sv="Inte känt sedan", en="Not known since", null="what tells of it reaches the as-of date"
    )
    rival_decision_count: Count = column(
        sv="Ändrade beslut samma dag", en="Adjusted decisions of which nobody can tell which came last", ge=0
    )
    rival_decisions: Text = column(sv="De besluten", en="The rows of those", null="there are none", text=OWN)

    class Config:
        """Name and label."""

        name = "core_account"
        title = "Kontoställning per mottagare"


class Balance(RoundTable):
    """One balance of the round: the sum of what is known of its recipients, and of how many it is not known."""

    measure: Text = column(sv="Mått", en="Measure", key=True, one_of=words.ACCOUNT_MEASURES)
    measure_no: Whole = column(sv="Måttets ordning", en="Order of the measure", ge=1)
    amount_sek: Kronor = column(sv="Belopp", en="Amount", null="known of nobody", overlaps=PER_MEASURE)
    known_count: Whole = column(sv="Känt för", en="Known of so many", ge=0)
    unknown_count: Whole = column(sv="Okänt för", en="Not known of so many", ge=0)
    unknown_granted_sek: Kronor = column(
        sv="Beviljat till dem", en="Granted to those of whom it is not known", ge=0, overlaps=PER_MEASURE
    )

    class Config:
        """Name and label."""

        name = "out_balance"
        title = "Omgångens saldon"
