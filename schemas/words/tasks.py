"""The words of a round's standing: its verdict, the things to do, and who does each. Declared once, here."""

from __future__ import annotations

VERDICTS = ALL_RIGHT, PRELIMINARY, TO_DO, STOPPED = ("all_right", "preliminary", "to_do", "stopped")
"""Whether a round is all right: nothing is left to do; a received row counts for nothing until somebody has looked at
it; something else is to do; or it could not be computed, so that nothing of it is published."""

OWNERS = CASE_OFFICER, DECIDER, ACCOUNTANT, REGISTER_HOLDER, DATA_HOLDER, RECIPIENT = (
    "case_officer",
    "decider",
    "accountant",
    "register_holder",
    "data_holder",
    "recipient",
)
"""Who does something: a role, never a person. The recipient does what the agency waits for."""

TASK_KINDS = OF_CASE, OF_UNPLACED, OF_BOOKS, OF_SET_ASIDE, OF_FINDING, OF_UNKNOWN = (
    "case",
    "unplaced",
    "books",
    "set_aside",
    "finding",
    "unknown",
)
"""What a thing to do comes of: a case; something received that is placed on no grant; books that differ; rows that
are set aside; findings that ask for an act; and what no file of the round tells."""

PLACING = {"money": "place_money", "report": "place_report", "event": "place_event"}
"""What there is to do with something that is not placed, by what it is."""

RECONCILE, LOOK, SETTLE = "reconcile_books", "look_at_set_aside", "settle_findings"

FETCH_REPAYMENTS, FETCH_REPORTS, STATE_DUE_DATE, FIND_DECISION = (
    "fetch_repayments",
    "fetch_reports",
    "state_due_date",
    "find_decision",
)

OWNED_BY: dict[str, str] = {
    "settle_finding": CASE_OFFICER,
    "reconsider": DECIDER,
    "place_money": ACCOUNTANT,
    "place_report": CASE_OFFICER,
    "place_event": CASE_OFFICER,
    "remind_of_report": CASE_OFFICER,
    "decide_on_missing_report": DECIDER,
    "decide_on_late_report": DECIDER,
    "await_report": RECIPIENT,
    "ask_for_amount": CASE_OFFICER,
    "await_supplement": RECIPIENT,
    "close_supplement": CASE_OFFICER,
    "decide_on_unused": DECIDER,
    "decide_on_difference": DECIDER,
    "decide_on_disallowed": DECIDER,
    "await_hearing": RECIPIENT,
    "decide_after_hearing": DECIDER,
    "confirm_cover": CASE_OFFICER,
    "send_invoice": ACCOUNTANT,
    "await_payment": RECIPIENT,
    "hear_on_unpaid": CASE_OFFICER,
    "remind_of_payment": ACCOUNTANT,
    "decide_on_unpaid": DECIDER,
    "refund": ACCOUNTANT,
    "pay_out": ACCOUNTANT,
    "pay_grant": ACCOUNTANT,
    "decide_on_withheld": DECIDER,
    RECONCILE: ACCOUNTANT,
    LOOK: CASE_OFFICER,
    SETTLE: CASE_OFFICER,
    FETCH_REPAYMENTS: DATA_HOLDER,
    FETCH_REPORTS: DATA_HOLDER,
    STATE_DUE_DATE: CASE_OFFICER,
    FIND_DECISION: CASE_OFFICER,
}
"""Who does each thing that there may be to do."""

TASKS = tuple(OWNED_BY)

OF_REGISTER = ("name_", "number_check", "number_missing", "number_unreadable", "register_")
"""How the names of the rules begin that are about whose a name or a number is."""

NOT_REPORTED = (
    "report_missing",
    "report_excluded",
    "report_quarantined",
    "report_not_placed",
    "report_not_known",
    "report_due_unknown",
)
"""Why a grant has no report that counts, though it is due or nobody can tell whether it is."""

KNOWN_MISSING = ("report_missing", "report_excluded")
"""Of those, where it is known that no report came, or none in time."""
