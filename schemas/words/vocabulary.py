"""Closed vocabularies that more than one table, rule or function uses. Swedish texts live in `schemas.texts`."""

from typing import Literal, get_args

Language = Literal["sv", "en"]
LANGUAGES: tuple[Language, ...] = ("sv", "en")

REAL, SYNTHETIC, MIXED = PROVENANCES = ("real", "synthetic", "mixed")

RecipientKind = Literal[
    "municipality",
    "region",
    "association",
    "company",
    "partnership",
    "economic_association",
    "nonprofit_association",
    "foundation",
    "sole_trader",
    "other",
]
RECIPIENT_KINDS: tuple[str, ...] = get_args(RecipientKind)
(
    MUNICIPALITY,
    REGION,
    ASSOCIATION,
    COMPANY,
    PARTNERSHIP,
    ECONOMIC_ASSOCIATION,
    NONPROFIT_ASSOCIATION,
    FOUNDATION,
    SOLE_TRADER,
    OTHER,
) = RECIPIENT_KINDS
"""What kind of body a recipient is; an association without more is a municipal one (kommunalförbund)."""

NUMBER_DIGITS: dict[str, str] = {
    MUNICIPALITY: "2",
    REGION: "2",
    ASSOCIATION: "2",
    COMPANY: "5",
    ECONOMIC_ASSOCIATION: "7",
    NONPROFIT_ASSOCIATION: "8",
    FOUNDATION: "8",
    PARTNERSHIP: "9",
}
"""The digit that the organisation number of a kind of body begins with; a sole trader's is a personal number."""

RecipientCodes = Literal["four_digits", "organisation_number"]
CODE_LENGTHS: dict[str, int] = {"four_digits": 4, "organisation_number": 10}
"""What a programme tells its recipients by: a municipality's or a region's code, or an organisation number."""

OWN_CODE_LENGTH = 5
"""Digits of a code of the house's own: no municipality's code, organisation number or day of birth has as many."""

AmountUnit = Literal["kronor", "thousands"]
KRONOR_OF: dict[str, int] = {"kronor": 1, "thousands": 1_000}
"""What one in a column of amounts stands for, in kronor."""

REGISTER = "register"
"""Stands for the form of a file that belongs to the register: no export of a round."""

CORRECTIONS = "corrections"
"""Stands for the form of a round's log of corrections: no export either."""

APPLIED, NOT_YET_KNOWN, PROPOSED, WITHDRAWN = CORRECTION_EFFECTS = ("applied", "not_yet_known", "proposed", "withdrawn")
"""What a correction does to the figures: changes them, or not: dated after the as-of date, not decided, taken back."""

ACCEPTED, SUPERSEDED, EXCLUDED, QUARANTINED = FATES = ("accepted", "superseded", "excluded", "quarantined")
"""What became of a received data row. Every data row has exactly one fate."""

COUNTED, SET_ASIDE, NOTHING_YET, EMPTIED, EMPTY = FUNNEL_RESULTS = (
    "counted",
    "set_aside",
    "nothing_yet",
    "emptied",
    "empty",
)
"""What a file gave: rows that count; none by the round's rules; no rows, and none need have come; none since those left
have faults; no rows, though there must be some."""

TITLE, HEADER, DATA, TOTAL, SUBTOTAL, FOOTNOTE, COMPLETION, BLANK = ROW_KINDS = (
    "title",
    "header",
    "data",
    "total",
    "subtotal",
    "footnote",
    "completion",
    "blank",
)
"""What a row is. A completion is a further row of a respondent, which is read as one with the first."""

ODDITIES = ERROR_VALUE, NOT_CALCULATED, NOT_READ, PERHAPS_NOT_CALCULATED, NUMBER_AS_TEXT = (
    "error_value",
    "not_calculated",
    "not_read",
    "perhaps_not_calculated",
    "number_as_text",
)
"""What is exceptional about a cell: an error such as #REF!; a formula without a stored value; something that no reader
makes anything of; a formula whose value may never have been calculated; a number that is written as text."""

LOST = (ERROR_VALUE, NOT_CALCULATED, NOT_READ)
"""What makes a cell that holds something read as an empty one."""

ANSWERED, LEFT_BLANK, NOT_ASKED = ANSWER_STATUSES = ("answered", "blank", "not_asked")
"""Blank, not asked and no report are different things; "no report" has no row in core_answer at all."""

FORMULA_BEGINS = ("=", "+", "-", "@")
"""What a spreadsheet takes for the beginning of a formula. No name begins so."""

SEVERITIES = ("stop", "quarantine", "warn")

FindingKind = Literal["act", "sample", "information"]
FINDING_KINDS: tuple[FindingKind, ...] = get_args(FindingKind)
ACT, SAMPLE, INFORMATION = FINDING_KINDS
"""What a finding asks of somebody: to do something about it, to try some of those that are alike, or nothing."""

OneThing = Literal["file", "column"]
BY_FILE, BY_COLUMN = ONE_THING = get_args(OneThing)
"""What makes several findings of a rule one thing, where it is not whom they are about."""

APPLICATION_OUTCOMES = (
    "approved",
    "partly_approved",
    "approved_wholly_or_partly",
    "rejected",
    "dismissed",
    "withdrawn",
)

RECONCILIATION_OUTCOMES = (
    "all_used",
    "unused_reported",
    "difference",
    "amount_unknown",
    "report_missing",
    "report_not_known",
    "report_not_due",
    "report_due_unknown",
    "report_not_placed",
    "report_quarantined",
    "report_excluded",
    "decision_quarantined",
    "report_without_decision",
    "event_without_decision",
)

ACCOUNT_STATUSES = (
    "balanced",
    "to_be_paid",
    "unused_repaid",
    "unused_outstanding",
    "repayment_unknown",
    "over_reported",
    "under_reported",
    "amount_unknown",
    "no_report",
    "not_known",
    "report_not_due",
    "report_due_unknown",
    "report_not_placed",
    "report_quarantined",
    "report_excluded",
    "decision_quarantined",
    "report_without_decision",
    "event_without_decision",
    "under_recovery",
    "notified",
    "settled",
    "waived",
    "written_off",
    "overpaid",
)
"""Where the money of a recipient stands; each word is explained in docs/ledger.md."""

NOT_KNOWN = "not_known"
"""The status of a grant where the export ends before it could tell."""

ACCOUNT_MEASURES = (
    "granted",
    "withheld",
    "paid",
    "unpaid",
    "used",
    "unused",
    "disallowed",
    "accepted_use",
    "unaccounted",
    "to_pay_out",
    "repayable",
    "claimed",
    "received",
    "waived",
    "written_off",
    "outstanding",
    "claim_left",
    "notified",
    "undecided",
    "overpaid",
    "charges",
    "charges_received",
)
"""The amounts of an account, in the order in which one follows from another."""

COST_CATEGORIES = SALARIES, OTHER_COSTS = ("salaries", "other")

CAUSES = (
    "funds",
    "decision",
    "adjusted_decision",
    "report",
    "late_report",
    "supplement",
    "replacement",
    "correction",
    "payment",
    "recovery",
    "waiver",
    "repayment",
    "notice",
    "charge",
    "write_off",
)
"""Why the ledger has an entry; that of a reversal is what came in its place."""

ACROSS_KINDS = FIGURE_REPEATED, MAGNITUDE_DIFFERS, FUNDED_TWICE, CLAIM_CARRIED_OVER = (
    "figure_repeated",
    "magnitude_differs",
    "funded_twice",
    "claim_carried_over",
)
"""What a round may say of another of the same recipient: hints, never verdicts."""
(
    MATCHED,
    TIMING,
    AMOUNT,
    MISSING_IN_BOOKS,
    MISSING_IN_LEDGER,
    UNKNOWN_CASE_NUMBER,
    OTHER_RECIPIENT,
    NOT_PLACED,
    ACCOUNT_NOT_DECLARED,
    REVERSED,
) = BOOK_RESULTS = (
    "matched",
    "timing",
    "amount",
    "missing_in_books",
    "missing_in_ledger",
    "unknown_case_number",
    "other_recipient",
    "not_placed",
    "account_not_declared",
    "reversed",
)
"""What comes of holding the ledger against the books. Reversed: it was taken back on its own side, nothing is left.

Other recipient: the booking names one, and its case number is another's. Not placed: it is not told of which grant.
"""

BOOKED_EVENTS = ("payment", "repaid", "refunded", "written_off")
"""What a booking may stand for."""

AMOUNT_DOUBTS = NO_DOUBT, THOUSANDFOLD, THOUSANDTH, CASE_NUMBER, ALL_OF_IT = (
    "none",
    "thousandfold",
    "thousandth",
    "case_number",
    "exactly_granted",
)
"""The likeliest mistake behind what a recipient reports, held against its decision."""

LATE_POLICIES = ("accept", "if_none_in_time", "exclude")
"""What becomes of a report that came after its deadline: it counts, it counts where none came in time, or never."""

DIMENSIONS = EVERYONE, COUNTY, GROUP, GRANT_SIZE, ANSWER = ("everyone", "county", "group", "grant_size", "answer")
"""What a figure is broken down by: nothing, where or what the recipient is, what it was granted, what it answered."""

ANSWER_CHECKS = RESPONDENTS, USED_ALL, USED_PART, USED_NOTHING = (
    "respondents",
    "used_all",
    "used_part",
    "used_nothing",
)
"""What answers are held against amounts in: how many there are, and how many used what."""

MEASURES = SHARE, SHARE_OF_MONEY, MEAN, SUM = ("share", "share_of_money", "mean", "sum")

LEFT_OUT_REASONS = (
    DECISION_SET_ASIDE,
    NO_REPORT,
    REPORT_NOT_DUE,
    REPORT_SET_ASIDE,
    REPORT_EXCLUDED,
    AMOUNT_NOT_KNOWN,
    UNUSED_ABOVE_GRANTED,
    BLANK_ANSWER,
    FILTER_BLANK,
    NO_ANSWER,
    ANSWER_SET_ASIDE,
    CATEGORY_NOT_TOLD,
    APPLICATION_SET_ASIDE,
) = (
    "decision_set_aside",
    "no_report",
    "report_not_due",
    "report_set_aside",
    "report_excluded",
    "amount_not_known",
    "unused_above_granted",
    "blank_answer",
    "filter_blank",
    "no_answer",
    "answer_set_aside",
    "category_not_told",
    "application_set_aside",
)
"""Why somebody is in no sum, count or share: each is told in the table that leaves it out."""

SET_ASIDE_KINDS = (
    SET_ASIDE_DECISION,
    SET_ASIDE_REPORT,
    SET_ASIDE_APPLICATION,
    SET_ASIDE_EVENT,
    SET_ASIDE_BOOKING,
    SET_ASIDE_ANSWERS,
) = ("decision", "usage_report", "application", "event", "booking", "answers")
"""What a row that is set aside would have been."""

NOT_TOLD_WHICH = "not_told"
"""The category of those of whom it is not told which they belong to."""

UNITS = ("sek", "percent", "count", "hundredths")

COLUMN_UNITS = {
    "_sek": "kr",
    "_kr": "kr",
    "_percent": "%",
    "_count": "antal",
    "_date": "datum",
    "_at": "tidpunkt",
    "_code": "kod",
}
"""A name is a type: the suffix of a column says its unit."""
