"""What an official has to do next in a case, and nothing where a case has ended; and what the agency itself owes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from assets.domain.grant.case import Case, is_left_to_pay, is_withheld
from schemas.words.cases import NOT_PLACED, TODOS
from schemas.words.recovery import REPORT_SINCE, TO_CONFIRM, TO_SETTLE


@dataclass(frozen=True)
class Todo:
    """One thing to do: the amount that it is about, since when, and by when."""

    todo: str
    amount_sek: int | None
    since_date: dt.date | None = None
    due_date: dt.date | None = None
    is_overdue: bool = False

    @property
    def order(self) -> int:
        """Its place in the order of a case, from 1."""
        return TODOS.index(self.todo) + 1


def todos_of(case: Case) -> Iterator[Todo]:
    """Everything there is to do: the next thing in the case, and beside it what is due from the agency.

    What the agency owes is never set off against what it has to receive. Nothing is paid either of a grant that
    something received may be of, before that is placed.
    """
    account = case.facts.account
    if todo := todo_of(case):
        yield Todo(todo, case.amount_at_issue_sek, case.state_date, case.next_due_date, case.is_overdue)
    if case.matter in NOT_PLACED:
        return
    if account.overpaid_sek:
        yield Todo("refund", account.overpaid_sek, since_date=case.facts.payment)
    if account.to_pay_out_sek:
        yield Todo("pay_out", account.to_pay_out_sek, since_date=case.facts.report_date)
    if is_left_to_pay(case.facts):
        yield Todo("pay_grant", account.unpaid_sek, since_date=case.facts.decided_date)
    if is_withheld(case.facts):
        yield Todo("decide_on_withheld", account.withheld_sek, since_date=case.facts.report_date)


def todo_of(case: Case) -> str | None:
    """The next thing to do. A doubt about a decision comes before anything is asked of the recipient."""
    if case.matter in NOT_PLACED:
        return AT_ONCE[case.state]
    if case.facts.has_doubt(TO_SETTLE):
        return "settle_finding"
    if case.facts.has_doubt([REPORT_SINCE]):
        return "reconsider"
    todo = _by_state(case)
    return "confirm_cover" if todo == "send_invoice" and case.facts.has_doubt(TO_CONFIRM) else todo


def _by_state(case: Case) -> str | None:
    match case.state:
        case "reminded":
            return "decide_on_missing_report" if case.is_overdue else "await_report"
        case "supplement_requested":
            return "close_supplement" if case.is_overdue else "await_supplement"
        case "payment_reminded":
            return _unpaid(case, "decide_on_unpaid") if case.is_overdue else "await_payment"
        case "overdue":
            return _unpaid(case, "remind_of_payment")
        case "to_decide":
            return _to_decide(case)
        case state:
            return AT_ONCE.get(state)


AT_ONCE = {
    "money_not_placed": "place_money",
    "report_not_placed": "place_report",
    "event_not_placed": "place_event",
    "report_missing": "remind_of_report",
    "hearing_open": "await_hearing",
    "hearing_overdue": "decide_after_hearing",
    "hearing_answered": "decide_after_hearing",
    "recovered": "send_invoice",
    "waived_in_part": "send_invoice",
    "invoiced": "await_payment",
}


def _unpaid(case: Case, of_a_claim: str) -> str:
    """What follows on an invoice that is not paid: without a decision there is no claim yet to remind of."""
    return of_a_claim if case.facts.is_claimed else "hear_on_unpaid"


def _to_decide(case: Case) -> str | None:
    if case.matter == "money_due":
        return None
    if case.matter == "amount_unknown":
        return "ask_for_amount"
    if case.matter in ("over_reported", "under_reported"):
        return "decide_on_difference"
    if case.matter == "use_disallowed":
        return "decide_on_disallowed"
    return "decide_on_late_report" if case.matter == "report_excluded" else "decide_on_unused"
