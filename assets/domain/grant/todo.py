"""What an official has to do next in a case, and nothing where a case has ended."""

from __future__ import annotations

from assets.domain.grant.case import Case
from schemas.words.cases import TODOS


def todo_of(case: Case) -> str | None:
    """The next thing to do."""
    match case.state:
        case "reminded":
            return "decide_on_missing_report" if case.is_overdue else "await_report"
        case "supplement_requested":
            return "close_supplement" if case.is_overdue else "await_supplement"
        case "payment_reminded":
            return "decide_on_unpaid" if case.is_overdue else "await_payment"
        case "to_decide":
            return _to_decide(case.matter)
        case state:
            return AT_ONCE.get(state)


AT_ONCE = {
    "report_missing": "remind_of_report",
    "hearing_open": "await_hearing",
    "hearing_overdue": "decide_after_hearing",
    "hearing_answered": "decide_after_hearing",
    "recovered": "send_invoice",
    "waived_in_part": "send_invoice",
    "invoiced": "await_payment",
    "overdue": "remind_of_payment",
}


def _to_decide(matter: str) -> str:
    if matter == "amount_unknown":
        return "ask_for_amount"
    if matter in ("over_reported", "under_reported"):
        return "decide_on_difference"
    if matter == "use_disallowed":
        return "decide_on_disallowed"
    return "decide_on_late_report" if matter == "report_excluded" else "decide_on_unused"


def order_of(todo: str) -> int:
    """Its place in the order of a case, from 1."""
    return TODOS.index(todo) + 1
