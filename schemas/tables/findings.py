"""What was found: findings with the address of a cell, the rules that found them, and the rules set aside."""

from __future__ import annotations

from schemas.tables.base import (
    CODES,
    LETTERS,
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
from schemas.words.trials import NOT_TRIED, TRIED_ON

OF_ROUND = "one amount of the round, said in each of its rows"
NOT_WAIVED = "the rule is not waived"
NOT_NARROWED = "the waiver is not narrowed to it"


class Addressed(RoundTable):
    """What every finding says: which rule, where, and what to do."""

    finding_no: Whole = column(sv="Löpnummer", en="Number within the round", key=True, ge=1)
    rule: Text = column(sv="Regel", en="Rule", characters=WORDS)
    severity: Text = column(sv="Allvarlighetsgrad", en="Severity", one_of=words.SEVERITIES)
    source_file: Text = column(sv="Källfil", en="Source file", null="about the round as a whole", text=OWN)
    source_sheet: Text = column(sv="Källblad", en="Source sheet", null="a text file has no sheets", text=RESTRICTED)
    source_row: Whole = column(sv="Källrad", en="Source row, counted from 1", null="about the file as a whole", ge=1)
    source_column: Text = column(
        sv="Källkolumn", en="Source column", null="about the row as a whole", characters=LETTERS
    )
    message_sv: Text = column(sv="Meddelande", en="Message in Swedish", text=RESTRICTED)
    message_en: Text = column(sv="Meddelande på engelska", en="Message in English", text=RESTRICTED)
    recipient_code: Text = body_code(null="the recipient is not known, or none is concerned")


class ReceivedFinding(Addressed):
    """Something found while reading rows one by one. Restricted: the whole list is core_finding."""

    class Config:
        """Name and label."""

        name = "raw_finding"
        title = "Iakttagelser vid läsning"


class Finding(Addressed):
    """Something a person should know about what was received, with the address of the cell."""

    waived_until_date: Date = column(sv="Undantag gäller till", en="Waived until", null=NOT_WAIVED)
    waiver_reason: Text = column(
        sv="Skäl till undantaget", en="Reason for the waiver", null=NOT_WAIVED, text=RESTRICTED
    )
    waived_by: Text = column(sv="Undantaget beslutat av", en="Waived by", null=NOT_WAIVED, text=RESTRICTED)

    class Config:
        """Name and label."""

        name = "core_finding"
        title = "Iakttagelser"


class SetAside(SourcedTable):
    """A received row that counts for nothing until somebody has looked at it, and how much money it is about.

    While there is any the round is preliminary.
    """

    source_file: Text = column(sv="Källfil", en="Source file", key=True, text=OWN)
    source_row: Whole = column(sv="Källrad", en="Source row, counted from 1", key=True, ge=1)
    kind: Text = column(sv="Slag", en="What it would have been", one_of=words.SET_ASIDE_KINDS)
    rule: Text = column(
        sv="Regel", en="Rule that set it aside", null="it counts, but for an amount that is not known", characters=WORDS
    )
    recipient_code: Text = body_code(null="the recipient is not known")
    grant_id: Text = grant_key(null="it is not told of which grant it is")
    case_number: Text = column(sv="Diarienummer", en="Case number", null="the row states none", characters=CODES)
    granted_sek: Kronor = column(
        sv="Beviljat", en="Granted, of what it is about", null="not known, or the row is about no grant", ge=0
    )
    together_sek: Kronor = column(
        sv="Beviljat i alla rapporter lagda åt sidan",
        en="Granted, of all reports set aside that no waiver covers",
        null="no report, or a waiver covers it",
        ge=0,
        overlaps=OF_ROUND,
    )
    limit_sek: Kronor = column(sv="Gräns", en="What may be set aside before the round stops", ge=0, overlaps=OF_ROUND)
    waived_until_date: Date = column(sv="Undantag gäller till", en="Waived until", null=NOT_WAIVED)
    waiver_reason: Text = column(
        sv="Skäl till undantaget", en="Reason for the waiver", null=NOT_WAIVED, text=RESTRICTED
    )
    waived_by: Text = column(sv="Undantaget beslutat av", en="Waived by", null=NOT_WAIVED, text=RESTRICTED)

    class Config:
        """Name and label."""

        name = "core_set_aside"
        title = "Rader som är lagda åt sidan"


class Waiver(RoundTable):
    """A rule that the round sets aside for a while: on what ground, by whom, until when, and what it covered."""

    waiver_no: Whole = column(sv="Löpnummer", en="Number within the round", key=True, ge=1)
    rule: Text = column(sv="Regel", en="Rule", characters=WORDS)
    only_file: Text = column(sv="Bara i filen", en="Only in the file", null=NOT_NARROWED, text=OWN)
    only_row: Whole = column(sv="Bara på raden", en="Only in the row", null=NOT_NARROWED, ge=1)
    only_case_number: Text = column(
        sv="Bara diarienumret", en="Only the case number", null=NOT_NARROWED, characters=CODES
    )
    reason: Text = column(sv="Skäl", en="Reason", text=RESTRICTED)
    waived_by: Text = column(sv="Beslutat av", en="Waived by", text=RESTRICTED)
    waived_date: Date = column(sv="Beslutat", en="Waived on")
    expires_date: Date = column(sv="Gäller till och med", en="Valid through")
    is_expired: Flag = column(sv="Har gått ut", en="Expired on the day of the run")
    finding_count: Count = column(sv="Antal iakttagelser", en="Findings that it covers", ge=0)

    class Config:
        """Name and label."""

        name = "core_waiver"
        title = "Undantag från regler"


class RuleResult(RoundTable):
    """What one rule found in the round, and on how many things it was held; also those that found nothing."""

    rule: Text = column(sv="Regel", en="Rule", key=True, characters=WORDS)
    severity: Text = column(sv="Allvarlighetsgrad", en="Severity", one_of=words.SEVERITIES)
    title_sv: Text = column(sv="Benämning", en="Title in Swedish", text=OWN)
    title_en: Text = column(sv="Benämning på engelska", en="Title in English", text=OWN)
    ground_sv: Text = column(sv="Grund", en="Ground in Swedish", text=OWN)
    ground_en: Text = column(sv="Grund på engelska", en="Ground in English", text=OWN)
    finding_count: Count = column(sv="Antal iakttagelser", en="Findings", ge=0)
    waived_count: Count = column(sv="Varav undantagna", en="Of which waived", ge=0)
    tried_on: Text = column(sv="Prövad på vad", en="On what kind of thing it is held", one_of=TRIED_ON)
    tried_count: Count = column(sv="Prövad på antal", en="On how many it was held", ge=0)
    not_tried: Text = column(
        sv="Varför den inte kunde prövas", en="Why it could not be tried", null="it was tried", one_of=NOT_TRIED
    )

    class Config:
        """Name and label."""

        name = "core_rule_result"
        title = "Reglernas utfall"
