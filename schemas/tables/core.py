"""`core_*`: typed, named, coded. The latest valid submission per recipient; what was left out is in core_row."""

from __future__ import annotations

from schemas.tables.base import (
    CODES,
    DIGITS,
    LETTERS,
    LISTS,
    MOMENTS,
    OWN,
    RESTRICTED,
    WORDS,
    Count,
    Date,
    FileTable,
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

NOT_KNOWN = "not known for every recipient"
PER_QUESTION = "one row per question and option: two questions may ask of the same money"
NO_LINES = "only a text file has lines"
NO_COUNTY = "the register does not say"
NO_LIMIT = "the register knows no such limit"


class Round(RoundTable):
    """One programme in one year, and the date the figures were computed as of."""

    as_of_date: Date = column(sv="Brytdatum", en="As of")
    known_date: Date = column(sv="Det senaste som räknas blev känt", en="What counts was known by")
    cost_period_start_date: Date = column(
        sv="Kostnadsperiodens början", en="Start of cost period", null="not known for every round"
    )
    cost_period_end_date: Date = column(sv="Kostnadsperiodens slut", en="End of cost period")
    late_reports: Text = column(sv="Sena återrapporteringar", en="Policy for late reports", one_of=words.LATE_POLICIES)
    is_preliminary: Flag = column(sv="Preliminär", en="Preliminary: something received is set aside")
    set_aside_count: Count = column(sv="Rader lagda åt sidan", en="Rows set aside", ge=0)
    set_aside_granted_sek: Kronor = column(
        sv="Beviljat i det som är lagt åt sidan",
        en="Granted, of what is set aside",
        null="an amount is not known",
        ge=0,
    )

    class Config:
        """Name and label."""

        name = "core_round"
        title = "Bidragsomgångar"


class Recipient(RoundTable):
    """Every body of the round's year that the register knows, of any kind, whether or not it applied.

    A sole trader is here by a code and a name that tell nobody who it is.
    """

    recipient_code: Text = body_code(key=True, refers=None)
    recipient_name: Text = column(sv="Mottagare", en="Recipient", text=OWN)
    name_no: Whole = column(sv="Ordning efter namn", en="Order by name, as Swedish has it", ge=1)
    kind: Text = column(sv="Slag av mottagare", en="Kind of body", one_of=words.RECIPIENT_KINDS)
    county_code: Text = column(sv="Länskod", en="County code", null=NO_COUNTY, characters=DIGITS)
    county_name: Text = column(sv="Län", en="County", null=NO_COUNTY, text=OWN)
    valid_from_date: Date = column(sv="Gäller från", en="Valid from", null=NO_LIMIT)
    valid_to_date: Date = column(sv="Gäller till och med", en="Valid through", null=NO_LIMIT)

    class Config:
        """Name and label."""

        name = "core_recipient"
        title = "Möjliga mottagare"


class SourceFile(FileTable):
    """One received file: what it is, where it came from, and its hash."""

    class Config:
        """Name and label."""

        name = "core_source_file"
        title = "Källfiler"


class SourceColumn(RoundTable):
    """One column of a received file: what it was read as, and which rules its cells are held against."""

    source_file: Text = column(sv="Källfil", en="Source file", key=True, text=OWN)
    column_no: Whole = column(sv="Kolumn nr", en="Column, counted from 1", key=True, ge=1)
    source_column: Text = column(sv="Källkolumn", en="Source column", characters=LETTERS)
    header: Text = column(sv="Rubrik", en="Header", null="the header cell is empty", text=RESTRICTED)
    slot: Text = column(
        sv="Läses som", en="Read as", null="no form asks for the column: it was not read", characters=WORDS
    )
    rules: Text = column(
        sv="Regler", en="Rules that its cells are held against", null="no rule looks at its cells", characters=LISTS
    )
    rule_count: Count = column(sv="Antal regler", en="Number of rules", ge=0)

    class Config:
        """Name and label."""

        name = "core_source_column"
        title = "Källfilernas kolumner"


class Row(SourcedTable):
    """What became of every row of every file. Nothing is dropped silently: a row not here was not received."""

    source_file: Text = column(sv="Källfil", en="Source file", key=True, text=OWN)
    source_row: Whole = column(sv="Källrad", en="Source row, counted from 1", key=True, ge=1)
    form: Text = column(sv="Formulär", en="Form", characters=WORDS)
    form_version: Text = column(
        sv="Formulärets version", en="Version of the form", null="the form has one version", characters=WORDS
    )
    row_kind: Text = column(sv="Radtyp", en="Kind of row", one_of=words.ROW_KINDS)
    fate: Text = column(sv="Utfall", en="Fate", null="only a data row has a fate", one_of=words.FATES)
    rule: Text = column(sv="Regel", en="Rule that decided it", null="an accepted row needs no rule", characters=WORDS)
    recipient_code: Text = body_code(null="rows without a recipient, and names that were not resolved")
    grant_id: Text = grant_key(null="no row of a grant, or it is not told of which")
    respondent_id: Text = column(
        sv="Svarande", en="Respondent", null="only forms with answers have respondents", characters=CODES
    )
    name_as_reported: Text = column(
        sv="Namn enligt källan", en="Name as reported", null="the form asks for no name", text=RESTRICTED
    )
    submitted_at: Text = column(sv="Inskickad", en="Submitted at", null=NOT_KNOWN, characters=MOMENTS)
    late: Flag = column(sv="Sen", en="Late", null="no report, or deadline or submission date is not known")
    corrected_count: Count = column(sv="Rättade celler", en="Corrected cells", ge=0)

    class Config:
        """Name and label."""

        name = "core_row"
        title = "Radernas utfall"


class Funnel(RoundTable):
    """Per file: received = accepted + superseded + excluded + quarantined; other rows are counted apart."""

    source_file: Text = column(sv="Källfil", en="Source file", key=True, text=OWN)
    form: Text = column(sv="Formulär", en="Form", characters=WORDS)
    received_count: Count = column(sv="Mottagna datarader", en="Data rows received", ge=0)
    accepted_count: Count = column(sv="Godtagna", en="Accepted", ge=0)
    superseded_count: Count = column(sv="Ersatta", en="Superseded", ge=0)
    excluded_count: Count = column(sv="Undantagna", en="Excluded", ge=0)
    quarantined_count: Count = column(sv="I karantän", en="Quarantined", ge=0)
    other_count: Count = column(sv="Rubrik-, titel-, summa- och tomrader", en="Title, header, total, blank rows", ge=0)
    blank_count: Count = column(sv="Varav tomma rader", en="Of which blank rows", ge=0)
    continued_count: Whole = column(
        sv="Rader som fortsätter en cell", en="Lines that go on with a cell", null=NO_LINES, ge=0
    )
    line_count: Whole = column(sv="Rader i filen", en="Lines of the file", null=NO_LINES, ge=0)
    result: Text = column(sv="Vad filen gav", en="What the file gave", one_of=words.FUNNEL_RESULTS)

    class Config:
        """Name and label."""

        name = "core_funnel"
        title = "Från mottaget till godtaget"


class Application(SourcedTable):
    """One application for the grant."""

    source_file: Text = column(sv="Källfil", en="Source file", key=True, text=OWN)
    source_row: Whole = column(sv="Källrad", en="Source row, counted from 1", key=True, ge=1)
    recipient_code: Text = body_code()
    name_as_reported: Text = column(sv="Namn enligt källan", en="Name as reported", text=RESTRICTED)
    case_number: Text = column(sv="Diarienummer", en="Case number", null=NOT_KNOWN, characters=CODES)
    received_date: Date = column(sv="Inkom", en="Received", null=NOT_KNOWN)
    applied_sek: Kronor = column(sv="Sökt belopp", en="Sum applied for", null=NOT_KNOWN, ge=0)
    outcome: Text = column(sv="Utfall", en="Outcome", one_of=words.APPLICATION_OUTCOMES)

    class Config:
        """Name and label."""

        name = "core_application"
        title = "Ansökningar"


class Decision(SourcedTable):
    """One grant: what the agency decided for one application, at first and as last adjusted."""

    grant_id: Text = grant_key(key=True)
    recipient_code: Text = body_code()
    name_as_reported: Text = column(sv="Namn enligt källan", en="Name as reported", text=RESTRICTED)
    case_number: Text = column(sv="Diarienummer", en="Case number", null=NOT_KNOWN, characters=CODES)
    decided_date: Date = column(sv="Beslutsdatum", en="Decided", null=NOT_KNOWN)
    decision_maker: Text = column(sv="Beslutsfattare", en="Decided by", null=NOT_KNOWN, text=RESTRICTED)
    decided_sek: Kronor = column(sv="Ursprungligen beviljat", en="Granted at first", ge=0)
    granted_sek: Kronor = column(sv="Beviljade medel", en="Granted, as last adjusted", ge=0)
    report_due_date: Date = column(sv="Redovisas senast", en="Report due", null=NOT_KNOWN)

    class Config:
        """Name and label."""

        name = "core_decision"
        title = "Beslut"


class DecisionPart(SourcedTable):
    """One decision row of a grant that several rows add up to; core_decision has the grant, at the first of them."""

    source_file: Text = column(sv="Källfil", en="Source file", key=True, text=OWN)
    source_row: Whole = column(sv="Källrad", en="Source row, counted from 1", key=True, ge=1)
    grant_id: Text = grant_key()
    recipient_code: Text = body_code()
    case_number: Text = column(sv="Diarienummer", en="Case number", characters=CODES)
    decided_date: Date = column(sv="Beslutsdatum", en="Decided", null=NOT_KNOWN)
    granted_sek: Kronor = column(sv="Beviljat i raden", en="Granted by the row", ge=0)

    class Config:
        """Name and label."""

        name = "core_decision_part"
        title = "Beslut i flera delar"


class UsageReport(SourcedTable):
    """What a recipient reported of one grant: the latest valid submission."""

    grant_id: Text = grant_key(key=True)
    recipient_code: Text = body_code()
    name_as_reported: Text = column(sv="Namn enligt källan", en="Name as reported", text=RESTRICTED)
    case_number: Text = column(sv="Diarienummer", en="Case number", null=NOT_KNOWN, characters=CODES)
    submission_id: Text = column(sv="Inskickningens nummer", en="Submission", null=NOT_KNOWN, characters=CODES)
    submitted_at: Text = column(sv="Inskickad", en="Submitted at", null=NOT_KNOWN, characters=MOMENTS)
    signed_by: Text = column(sv="Undertecknad av", en="Signed by", null="not every form asks", text=RESTRICTED)
    signed_role: Text = column(
        sv="I egenskap av", en="Signed in the capacity of", null="not every form asks", text=RESTRICTED
    )
    late: Flag = column(sv="Sen", en="Late", null="unknown where deadline or submission date is not printed")
    granted_as_reported_sek: Kronor = column(
        sv="Beviljat enligt mottagaren", en="Granted, as reported", null="not every form asks", ge=0
    )
    used_sek: Kronor = column(
        sv="Använt enligt mottagaren", en="Used, as reported", null="not asked, or it cannot be read", ge=0
    )
    salary_sek: Kronor = column(sv="Varav löner", en="Of which salaries", null="not every form asks", ge=0)
    unused_sek: Kronor = column(
        sv="Oanvänt enligt mottagaren", en="Unused, as reported", null="the report does not say, or not readably", ge=0
    )
    first_cost_date: Date = column(sv="Första kostnadens datum", en="First cost", null="not every form asks")
    last_cost_date: Date = column(sv="Sista kostnadens datum", en="Last cost", null="not every form asks")

    class Config:
        """Name and label."""

        name = "core_usage_report"
        title = "Återrapporteringar"


class Answer(SourcedTable):
    """One respondent's answer on one option of one question. Who reports on several grants answers once for each."""

    form: Text = column(sv="Formulär", en="Form", key=True, characters=WORDS)
    respondent_id: Text = column(
        sv="Svarande", en="Respondent, or the grant where it reports on several", key=True, characters=CODES
    )
    recipient_code: Text = body_code(null="a pseudonymous survey has no recipients")
    question: Text = column(sv="Fråga", en="Question", key=True, characters=WORDS)
    option: Text = column(sv="Alternativ", en="Option", key=True, characters=WORDS)
    status: Text = column(sv="Svarsstatus", en="Status", one_of=words.ANSWER_STATUSES)
    selected: Flag = column(
        sv="Valt", en="Selected", null="blank or not asked: neither chosen nor left out; or an amount"
    )
    amount_sek: Kronor = column(
        sv="Belopp", en="Amount", null="blank, not asked, or a question without amounts", ge=0, overlaps=PER_QUESTION
    )
    source_column: Text = column(
        sv="Källkolumn", en="Source column", null="the version of the form does not ask", characters=LETTERS
    )

    class Config:
        """Name and label."""

        name = "core_answer"
        title = "Svar"


class Reconciliation(RoundTable):
    """One row per grant: what was granted, used, not used, and what does not add up."""

    grant_id: Text = grant_key(key=True)
    recipient_code: Text = body_code()
    case_number: Text = column(
        sv="Diarienummer", en="Case number", null="no decision, or it states none", characters=CODES
    )
    granted_sek: Kronor = column(sv="Beviljade medel", en="Granted", null="a report without a decision", ge=0)
    used_sek: Kronor = column(
        sv="Använda medel",
        en="Used",
        null="no report, it cannot be read, or the form did not ask and nothing was granted",
    )
    used_derived: Flag = column(
        sv="Använt är härlett", en="Used is granted less unused", null="no report, so nothing to derive from"
    )
    unused_sek: Kronor = column(
        sv="Oanvända medel", en="Unused", null="no report, or it cannot be read: unknown, not zero", ge=0
    )
    repaid_after_recovery_sek: Kronor = column(
        sv="Återbetalat efter återkrav", en="Repaid after recovery", null="no such entry in the accounts"
    )
    granted_as_reported_sek: Kronor = column(
        sv="Beviljat enligt mottagaren", en="Granted, as reported", null="not every form asks", ge=0
    )
    granted_when_reported_sek: Kronor = column(
        sv="Beviljat när rapporten kom", en="Granted when the report came", null="no decision, or no report", ge=0
    )
    difference_sek: Kronor = column(
        sv="Differens (beviljat när rapporten kom − använt − oanvänt)",
        en="Granted when the report came − used − unused",
        null="a part is unknown, or use is derived and the sum is true by itself",
    )
    first_cost_date: Date = column(sv="Första kostnadens datum", en="First cost", null="not every form asks")
    last_cost_date: Date = column(sv="Sista kostnadens datum", en="Last cost", null="not every form asks")
    cost_period_start_date: Date = column(
        sv="Kostnadsperiodens början", en="Start of cost period", null="not known for every round"
    )
    cost_period_end_date: Date = column(sv="Kostnadsperiodens slut", en="End of cost period")
    amount_doubt: Text = column(
        sv="Troligt fel i beloppen", en="Likely mistake in the amounts", one_of=words.AMOUNT_DOUBTS
    )
    outcome: Text = column(sv="Utfall", en="Outcome", one_of=words.RECONCILIATION_OUTCOMES)

    class Config:
        """Name and label."""

        name = "core_reconciliation"
        title = "Avstämning"


__all__ = [
    "Answer",
    "Application",
    "Decision",
    "Funnel",
    "Recipient",
    "Reconciliation",
    "Round",
    "Row",
    "SourceColumn",
    "SourceFile",
    "UsageReport",
]
