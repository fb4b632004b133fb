"""The words of recovery cases: what there is to decide, how far it has come, what to do next. Declared once, here."""

from __future__ import annotations

from typing import Literal, get_args

from schemas.words.events import CLAIMING, RECEIVED_EVENTS, WAIVING, adding_to, resting_on

Concern = Literal["decision", "conditions", "report", "withholding", "repayment", "recovery", "waiver", "appeal"]
CONCERNS: tuple[str, ...] = get_args(Concern)
"""What a provision of an ordinance is about."""

Evidence = Literal[
    "unused_not_repaid", "no_report", "reported_above_granted", "use_disallowed", "report_late", "cost_outside_period"
]
EVIDENCE: tuple[str, ...] = get_args(Evidence)
"""What may speak for a ground of repayment. That a name or an amount contradicts another is not among them."""

NOT_PLACED = MONEY_NOT_PLACED, REPORT_NOT_PLACED, EVENT_NOT_PLACED = (
    "money_not_placed",
    "report_not_placed",
    "event_not_placed",
)
"""What was received and may be of the grant, and has to be placed before anything is asked; also the state of it."""

MATTERS = (
    *NOT_PLACED,
    "report_missing",
    "report_excluded",
    "amount_unknown",
    "over_reported",
    "under_reported",
    "recovery_decided",
    "use_disallowed",
    "unused_outstanding",
    "event",
    "money_due",
)
"""Why there is a case: the first that holds. `event`: only that the case system tells of one; `money_due`: only that
the agency owes something."""

STATES = (
    *NOT_PLACED,
    "report_missing",
    "reminded",
    "supplement_requested",
    "to_decide",
    "hearing_open",
    "hearing_overdue",
    "hearing_answered",
    "recovered",
    "waived_in_part",
    "invoiced",
    "overdue",
    "payment_reminded",
    "paid",
    "paid_late",
    "waived",
    "closed",
)
"""How far a case has come."""

ENDED = ("paid", "paid_late", "waived", "closed")
"""States after which nothing is at issue."""

TODOS = (
    "settle_finding",
    "reconsider",
    "place_money",
    "place_report",
    "place_event",
    "remind_of_report",
    "decide_on_missing_report",
    "decide_on_late_report",
    "await_report",
    "ask_for_amount",
    "await_supplement",
    "close_supplement",
    "decide_on_unused",
    "decide_on_difference",
    "decide_on_disallowed",
    "await_hearing",
    "decide_after_hearing",
    "confirm_cover",
    "send_invoice",
    "await_payment",
    "hear_on_unpaid",
    "remind_of_payment",
    "decide_on_unpaid",
    "refund",
    "pay_out",
    "pay_grant",
    "decide_on_withheld",
)
"""What an official has to do next, in the order of a case."""

DECIDING = tuple(name for name, kind in RECEIVED_EVENTS.items() if "decided_by" in kind.needs)
"""Events in which a named official has decided."""

_ASKING = {*CLAIMING, "invoiced"}
AFTER_ASKING = tuple(name for name in RECEIVED_EVENTS if not _ASKING.isdisjoint(resting_on(name)))
"""Events that have no ground without one that claims money or asks for it."""

AFTER_A_DECISION = ("invoiced", *WAIVING, *AFTER_ASKING)
"""Events that may come after one that claims."""

PAYING = adding_to("received")
ACTIONS = (
    "report_reminded",
    "supplement_requested",
    "hearing_opened",
    "hearing_answered",
    "use_disallowed",
    "recovery_decided",
    "repaid_after_recovery",
    "recovery_waived",
    "case_closed",
    "invoiced",
    "payment_reminded",
)
"""Events that change the state of a case; a payment or a write-off does so only when nothing is left of the claim."""

OPENING = (*(name for name in ACTIONS if name != "report_reminded"), "written_off")
"""Events of which there is a case, whatever else is known."""
