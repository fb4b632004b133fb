"""The words of recovery cases: what there is to decide, how far it has come, what to do next. Declared once, here."""

from __future__ import annotations

from typing import Literal, get_args

from schemas.words.events import RECEIVED_EVENTS, adding_to, resting_on

Concern = Literal["decision", "conditions", "report", "withholding", "repayment", "recovery", "waiver", "appeal"]
CONCERNS: tuple[str, ...] = get_args(Concern)
"""What a provision of an ordinance is about."""

Evidence = Literal[
    "unused_not_repaid", "no_report", "reported_above_granted", "use_disallowed", "report_late", "cost_outside_period"
]
EVIDENCE: tuple[str, ...] = get_args(Evidence)
"""What may speak for a ground of repayment. That a name or an amount contradicts another is not among them."""

MATTERS = (
    "report_missing",
    "report_excluded",
    "amount_unknown",
    "over_reported",
    "under_reported",
    "recovery_decided",
    "use_disallowed",
    "unused_outstanding",
    "event",
)
"""Why there is a case: the first that holds. `event`: only that the case system tells of one."""

STATES = (
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
    "send_invoice",
    "await_payment",
    "remind_of_payment",
    "decide_on_unpaid",
)
"""What an official has to do next, in the order of a case."""

DECIDING = tuple(name for name, kind in RECEIVED_EVENTS.items() if "decided_by" in kind.needs)
"""Events in which a named official has decided."""

CLAIMING = adding_to("claimed")
"""Events that claim money back: before them nothing is owed."""

AFTER_A_CLAIM = tuple(name for name in RECEIVED_EVENTS if set(resting_on(name)) & set(CLAIMING))
"""Events that have no ground without one that claims."""

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
