"""`core_*` about recovery: the law, what there is to decide of each recipient, on what evidence, what to do next."""

from __future__ import annotations

from schemas.tables.base import (
    CODES,
    LISTS,
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
from schemas.tables.ledger import PER_EVENT
from schemas.words import cases as words
from schemas.words.events import OF_RECIPIENTS

NOT_KNOWN = "not known"
NOT_TOLD = "no source of the round tells: unknown, never zero"
NOT_DECIDED = "nobody has decided yet, or the source does not say"
NO_SOURCE = "no received row says it: what is missing was never received"


class Provision(RoundTable):
    """One provision of the ordinance as in force for the round's year, and the rules that stand on it."""

    provision: Text = column(sv="Bestämmelse", en="Provision", key=True, characters=WORDS)
    provision_no: Whole = column(sv="Bestämmelsens ordning", en="Order of the provision", ge=1)
    section_sv: Text = column(sv="Paragraf", en="Section, in Swedish", text=OWN)
    section_en: Text = column(sv="Paragraf på engelska", en="Section", text=OWN)
    says_sv: Text = column(sv="Innebörd", en="What it says, in Swedish", text=OWN)
    says_en: Text = column(sv="Innebörd på engelska", en="What it says, in words of our own", text=OWN)
    concerns: Text = column(sv="Gäller", en="Concerns", one_of=words.CONCERNS)
    part_of: Text = column(sv="Del av", en="Part of the provision", null="it is part of no other", characters=WORDS)
    valid_from_date: Date = column(sv="Gäller från", en="In force from", null=NOT_KNOWN)
    valid_to_date: Date = column(sv="Gäller till och med", en="In force through", null="not known, or none")
    status: Text = column(sv="Läge", en="Status of the text", one_of=("preliminary", "confirmed"))
    rules: Text = column(sv="Regler", en="Rules that stand on it", null="no rule stands on it", characters=LISTS)
    rule_count: Count = column(sv="Antal regler", en="Number of rules", ge=0)
    suggested_by: Text = column(
        sv="Tänkbar grund vid",
        en="Evidence that makes it a candidate ground",
        null="it is never a candidate ground",
        characters=LISTS,
    )

    class Config:
        """Name and label."""

        name = "core_provision"
        title = "Författningens bestämmelser"


class CaseEvent(SourcedTable):
    """One event of a recipient's case that stands: not reversed, and with what came before it."""

    source_file: Text = column(sv="Källfil", en="Source file", key=True, text=OWN)
    source_row: Whole = column(sv="Källrad", en="Source row, counted from 1", key=True, ge=1)
    part_no: Whole = column(sv="Del", en="Part of the row; 1 unless a correction divides it", key=True, ge=1)
    recipient_code: Text = body_code()
    grant_id: Text = grant_key()
    event: Text = column(sv="Händelse", en="Event", one_of=OF_RECIPIENTS)
    case_number: Text = column(sv="Diarienummer", en="Case number", null=NOT_KNOWN, characters=CODES)
    event_date: Date = column(sv="Händelsedatum", en="Happened, or else recorded")
    recorded_date: Date = column(sv="Känd från", en="Recorded, or else the file's date")
    due_date: Date = column(sv="Svar eller betalning senast", en="Answer or payment due", null="nothing is due")
    amount_sek: Kronor = column(sv="Belopp", en="Amount", null="the event is not about money", ge=0, overlaps=PER_EVENT)
    decided_by: Text = column(
        sv="Beslutad av", en="Decided by", null="the event is no decision, or nobody is named", text=RESTRICTED
    )
    reason: Text = column(sv="Skäl", en="Reason", null="none is given", text=RESTRICTED)
    asked_count: Count = column(
        sv="Beslut om återkrav eller fakturor dessförinnan", en="Claims or invoices before it", null="it needs none"
    )
    notice_count: Count = column(sv="Kommuniceringar dessförinnan", en="Notices before it", null="it answers none")
    claim_date: Date = column(
        sv="Återkrav samma dag", en="A claim of the same day", null="no payment, or nothing was claimed that day"
    )
    reply_due_date: Date = column(
        sv="Svar på kommuniceringen senast",
        en="Reply due to a notice that was not answered",
        null="it is no recovery decision, or no notice without an answer came before it",
    )

    class Config:
        """Name and label."""

        name = "core_case_event"
        title = "Ärendenas händelser"


class RecoveryCase(RoundTable):
    """One grant of which there is something to decide. The system opens it; an official decides."""

    grant_id: Text = grant_key(key=True)
    recipient_code: Text = body_code()
    case_number: Text = column(
        sv="Diarienummer", en="Case number", null="not known for every recipient", characters=CODES
    )
    matter: Text = column(sv="Fråga", en="What there is to decide", one_of=words.MATTERS)
    state: Text = column(sv="Läge", en="State", one_of=words.STATES)
    opened_date: Date = column(sv="Uppkom", en="Opened", null="the day that it began to hold is not known")
    state_date: Date = column(sv="Läget sedan", en="In this state since", null="that day is not known")
    next_due_date: Date = column(sv="Nästa dag", en="Next day to keep", null="no day is set")
    is_overdue: Flag = column(sv="Försenat", en="That day has passed")
    known_through_date: Date = column(sv="Känt till och med", en="Known through")
    exported_date: Date = column(
        sv="Enligt export av den", en="By the export of", null="no export tells what the case waits for"
    )
    claimed_date: Date = column(sv="Återkrav beslutat", en="Recovery decided", null="nothing is claimed back")
    decided_date: Date = column(sv="Beslutat", en="Decided", null=NOT_DECIDED)
    decided_by: Text = column(sv="Beslutat av", en="Decided by", null=NOT_DECIDED, text=RESTRICTED)
    reason: Text = column(sv="Skäl", en="Reason", null=NOT_DECIDED, text=RESTRICTED)
    amount_at_issue_sek: Kronor = column(
        sv="Belopp i fråga", en="Amount at issue", null="not known, or nothing is at issue any more"
    )
    repayable_sek: Kronor = column(sv="Att återbetala", en="Repayable", null="the report cannot be read")
    claimed_sek: Kronor = column(sv="Återkrävt", en="Claimed back", null=NOT_TOLD)
    received_sek: Kronor = column(sv="Återbetalat", en="Received", null=NOT_TOLD)
    waived_sek: Kronor = column(sv="Efterskänkt", en="Waived", null=NOT_TOLD)
    written_off_sek: Kronor = column(sv="Avskrivet", en="Written off", null=NOT_TOLD)
    outstanding_sek: Kronor = column(sv="Utestående", en="Outstanding", null="what was received is not told")

    class Config:
        """Name and label."""

        name = "core_recovery_case"
        title = "Ärenden att avgöra"


class CandidateGround(RoundTable):
    """One ground of repayment that evidence may speak for. A candidate only: the system assigns no ground."""

    grant_id: Text = grant_key(key=True)
    recipient_code: Text = body_code()
    provision: Text = column(sv="Bestämmelse", en="Provision", key=True, characters=WORDS)
    evidence: Text = column(sv="Omständighet", en="Kind of evidence", key=True, one_of=words.EVIDENCE)
    section_sv: Text = column(sv="Paragraf", en="Section, in Swedish", text=OWN)
    section_en: Text = column(sv="Paragraf på engelska", en="Section", text=OWN)
    evidence_sv: Text = column(sv="Omständigheten i ord", en="The evidence in words, in Swedish", text=OWN)
    evidence_en: Text = column(sv="Omständigheten i ord på engelska", en="The evidence in words", text=OWN)
    source_file: Text = column(sv="Källfil", en="Source file", null=NO_SOURCE, text=OWN)
    source_row: Whole = column(sv="Källrad", en="Source row, counted from 1", null=NO_SOURCE, ge=1)

    class Config:
        """Name and label."""

        name = "core_candidate_ground"
        title = "Tänkbara grunder för återbetalning"


class Todo(RoundTable):
    """One thing that an official has to do of one grant, since when and by when."""

    grant_id: Text = grant_key(key=True)
    recipient_code: Text = body_code()
    case_number: Text = column(
        sv="Diarienummer", en="Case number", null="not known for every recipient", characters=CODES
    )
    todo: Text = column(sv="Att göra", en="To do", key=True, one_of=words.TODOS)
    todo_no: Whole = column(sv="Ordning", en="Order of what there is to do", ge=1)
    since_date: Date = column(sv="Sedan", en="Since", null="that day is not known")
    due_date: Date = column(sv="Senast", en="By", null="no day is set")
    is_overdue: Flag = column(sv="Försenat", en="That day has passed")
    amount_sek: Kronor = column(sv="Belopp i fråga", en="Amount at issue", null="not known")

    class Config:
        """Name and label."""

        name = "core_todo"
        title = "Att göra"
