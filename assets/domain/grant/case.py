"""Recovery cases: of which grant there is something to decide, and how far that has come.

A rule opens a case as a matter to decide. Nothing is decided here, no ground is assigned (candidates: `grounds`), and
nothing is claimed before somebody has decided so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from assets.domain.grant.account import Account
from assets.domain.grant.records import Event, Grant, Told, standing
from assets.domain.grant.recovery import Act, first_claim
from schemas.words.cases import ACTIONS, AFTER_A_DECISION, AFTER_ASKING, DECIDING, ENDED, OPENING, PAYING
from schemas.words.events import CLAIMING, RECEIVED_EVENTS
from schemas.words.recovery import TO_SETTLE

ON_REPORT = ("amount_unknown", "over_reported", "under_reported", "unused_outstanding")
"""Matters that began to hold when the report came in."""

AFTER_REPORT = ("recovery_decided", "use_disallowed")
"""Matters that go on from such a one, where the report had unused money."""

ON_THE_REPORT = ("report_missing", "reminded", "supplement_requested")
ON_THE_REPLY = ("hearing_open", "hearing_overdue", "hearing_answered")
"""States that end when a report comes, or a reply; all others when money does."""

WAITING = ("supplement_requested", "hearing_open", "hearing_overdue", "invoiced", "overdue")


@dataclass(frozen=True)
class Facts:
    """What a case is made of: the grant, its account and status, when its report came, and what happened, in order."""

    grant: Grant
    account: Account
    acts: Sequence[Act]
    status: str
    difference_sek: int | None
    report_date: dt.date | None
    as_of: dt.date

    @cached_property
    def events(self) -> list[Event]:
        """The events of the case that stand, in the order in which they happened."""
        return standing(self.grant.events)

    def last(self, kinds: Collection[str]) -> Event | None:
        """The latest event of these kinds."""
        return next((event for event in reversed(self.events) if event.event in kinds), None)

    def has_doubt(self, doubts: Collection[str]) -> bool:
        """Whether a decision on recovery has one of these doubts."""
        return any(act.doubt in doubts for act in self.acts)

    @cached_property
    def action(self) -> Event | None:
        """The latest event that changes the state."""
        return self.last(ACTIONS)

    @property
    def kind(self) -> str | None:
        """What the latest event that changes the state is."""
        return self.action.event if self.action else None

    @cached_property
    def payment(self) -> dt.date | None:
        """The day of the latest payment."""
        return event.happened if (event := self.last(PAYING)) else None

    @property
    def decided_date(self) -> dt.date | None:
        """The day of the decision on the grant."""
        return self.grant.decision.decided_date if self.grant.decision else None

    @property
    def is_claimed(self) -> bool:
        """Whether a decision claims anything, of what holds."""
        return bool(self.account.claimed_sek)

    @property
    def owed_sek(self) -> int | None:
        """What is left of the claims, and without one what is outstanding; None if receipts are not told."""
        return self.account.claim_left_sek if self.is_claimed else self.account.outstanding_sek

    @property
    def is_rest(self) -> bool:
        """Is nothing left of the claim, and yet something outstanding? That was never claimed."""
        return self.is_claimed and self.owed_sek == 0 and bool(self.account.outstanding_sek)


@dataclass(frozen=True)
class Case:
    """One grant of which there is something to decide: a row of core_recovery_case."""

    facts: Facts
    matter: str
    state: str
    opened_date: dt.date | None
    state_date: dt.date | None
    next_due_date: dt.date | None
    amount_at_issue_sek: int | None

    @property
    def is_overdue(self) -> bool:
        """Whether the next day to keep is known to have passed."""
        return self.next_due_date is not None and self.next_due_date < self.known_through

    @property
    def told(self) -> Told:
        """How far that is told of on which the case waits."""
        reach = self.facts.grant.reach
        if self.state in ON_THE_REPLY:
            return reach.replies
        is_on_report = self.state in ON_THE_REPORT or self.matter in ("report_missing", "report_excluded")
        return reach.reports if is_on_report else reach.payments

    @property
    def known_through(self) -> dt.date:
        """The last day of which it is known how the case stands."""
        return self.told.known_on(self.facts.as_of)


def case_of(facts: Facts) -> Case | None:
    """The case of one grant as it stands on the day; None if there is nothing to decide.

    The state is what the latest event says, unless a payment has settled the claim or a day has passed since.
    Source: SFS 2022:1416 sections 8 (the report), 10 (repayment) and 11 (recovery and waiver).
    """
    matter = matter_of(facts)
    if matter is None:
        return None
    opened = opened_on(facts, matter)
    state = state_of(facts, matter, opened)
    return Case(
        facts=facts,
        matter=matter,
        state=state,
        opened_date=opened,
        state_date=_since(facts, state, opened),
        next_due_date=_due(facts, state),
        amount_at_issue_sek=_at_issue(facts, matter, state),
    )


def matter_of(facts: Facts) -> str | None:  # noqa: PLR0911 - one case per matter
    """What there is to decide: the first that holds."""
    account, status = facts.account, facts.status
    if facts.has_doubt(TO_SETTLE):
        return "recovery_decided"
    if status == "no_report":
        return "report_missing"
    if status in ("report_excluded", "amount_unknown", "over_reported", "under_reported"):
        return status
    if facts.is_claimed:
        return "recovery_decided"
    if account.disallowed_sek and account.outstanding_sek != 0:
        return "use_disallowed"
    if status in ("unused_outstanding", "notified"):
        return "unused_outstanding"
    if _late_unused(facts):
        return "report_excluded"
    if facts.last(OPENING):
        return "event"
    return "money_due" if _is_due_from_us(facts) or is_withheld(facts) else None


def _late_unused(facts: Facts) -> int:
    """What a report that came too late to count tells of as unused, if more than the one that counts."""
    late, report = facts.grant.late_report, facts.grant.report
    told = (late.unused_sek or 0) if late and report else 0
    return told if report and told > (report.unused_sek or 0) else 0


def _is_due_from_us(facts: Facts) -> bool:
    account = facts.account
    return bool(account.overpaid_sek or account.to_pay_out_sek or is_left_to_pay(facts))


def is_left_to_pay(facts: Facts) -> bool:
    """Whether a part of the grant is neither paid nor withheld, as far as is known, before a report tells its use."""
    account, is_known = facts.account, facts.grant.reach.payments.since(facts.as_of) is None
    return is_known and bool(account.unpaid_sek) and account.unused_sek is None


def is_withheld(facts: Facts) -> bool:
    """Whether money is withheld of a grant that is reported, and none of it is due for the reported use."""
    account = facts.account
    return bool(account.withheld_sek) and account.unused_sek is not None and not account.to_pay_out_sek


def opened_on(facts: Facts, matter: str) -> dt.date | None:
    """The day on which it began to hold that there is something to decide."""
    if matter in ("report_missing", "report_excluded"):
        due = facts.grant.due_date
        return due + dt.timedelta(days=1) if due else None
    if matter in ON_REPORT or (matter in AFTER_REPORT and (facts.account.unused_sek or 0) > 0):
        return facts.report_date
    return min((event.happened for event in facts.events if event.event in OPENING), default=None)


def state_of(facts: Facts, matter: str, opened: dt.date | None) -> str:
    """How far the case has come: the first that is true.

    What no report accounts for stays open, whatever was repaid, waived or invoiced of the rest.
    """
    kind, action = facts.kind, facts.action
    if action and kind == "case_closed" and not (opened and action.happened < opened):
        return "closed"
    if facts.is_rest and kind in (*CLAIMING, *AFTER_A_DECISION):
        return "to_decide"
    is_open = matter in ("report_missing", "under_reported") and bool(facts.account.unaccounted_sek)
    if not is_open and (ended := _ended(facts)):
        return ended
    if action and (state := _after(facts, action)):
        return state
    if matter == "report_missing":
        return "reminded" if kind == "report_reminded" else "report_missing"
    return "to_decide"


def _ended(facts: Facts) -> str | None:
    """How a claim or a notice came to its end, if it did: given up, waived, or paid."""
    account, owed, action = facts.account, facts.owed_sek, facts.action
    nothing_left = owed == 0 and not facts.is_rest
    if account.written_off_sek and nothing_left:
        return "closed"
    if action and action.event == "recovery_waived":
        is_paid_since = facts.payment is not None and facts.payment > action.happened
        if not is_paid_since and not _left(facts):
            return "waived"
    if (nothing_left and account.received_sek) or facts.kind == "repaid_after_recovery":
        invoice = facts.last(["invoiced"])
        is_late = bool(facts.payment and invoice and invoice.due_date and facts.payment > invoice.due_date)
        return "paid_late" if is_late else "paid"
    return None


def _left(facts: Facts) -> int | None:
    """What is left after a waiver: of the claim, or as far as is known what is claimed beside it."""
    return facts.account.claimed_sek if facts.owed_sek is None else facts.owed_sek


def _after(facts: Facts, action: Event) -> str | None:  # noqa: PLR0911 - one case per event
    """What the latest event says, and whether the day that it set has passed."""
    reach = facts.grant.reach
    told = reach.replies if action.event == "hearing_opened" else reach.payments
    has_passed = action.due_date is not None and action.due_date < told.known_on(facts.as_of)
    match action.event:
        case "recovery_waived":
            return "waived_in_part" if facts.is_claimed else None
        case "invoiced":
            if facts.status == "no_report":
                return None
            return "overdue" if has_passed else "invoiced"
        case "recovery_decided":
            return "recovered" if facts.is_claimed or facts.account.claimed_sek is None else None
        case "hearing_opened":
            return "hearing_overdue" if has_passed else "hearing_open"
        case "supplement_requested":
            is_supplemented = facts.report_date is not None and facts.report_date > action.happened
            return None if is_supplemented else "supplement_requested"
        case "payment_reminded" | "hearing_answered":
            return action.event
        case _:
            return None


def _since(facts: Facts, state: str, opened: dt.date | None) -> dt.date | None:
    """Since when the state holds."""
    action = facts.action
    last = action.happened if action else None
    if state == "to_decide" and facts.is_rest:
        return facts.payment if facts.payment and last and facts.payment > last else last
    if state in ("report_missing", "to_decide") and facts.kind != "use_disallowed":
        return opened
    if state in ("overdue", "hearing_overdue"):
        return action.due_date + dt.timedelta(days=1) if action and action.due_date else None
    if state in ("paid", "paid_late"):
        return facts.payment
    if state in ("closed", "waived"):
        return decision.happened if (decision := facts.last(DECIDING)) else None
    return last


def _due(facts: Facts, state: str) -> dt.date | None:
    """The next day to keep."""
    set_by_action = facts.action.due_date if facts.action else None
    if state == "report_missing":
        return facts.grant.due_date
    if state == "reminded":
        return set_by_action or facts.grant.due_date
    if state == "payment_reminded":
        invoice = facts.last(["invoiced"])
        return set_by_action or (invoice.due_date if invoice else None)
    return set_by_action if state in WAITING else None


def _at_issue(facts: Facts, matter: str, state: str) -> int | None:
    """The amount that there is to decide on, or that is waited for."""
    account = facts.account
    if state in ENDED or matter in ("money_due", "amount_unknown"):
        return None
    if facts.is_rest:
        return account.outstanding_sek
    if matter in ("report_missing", "report_excluded"):
        return _late_unused(facts) or account.paid_sek
    if matter == "over_reported":
        return None if facts.difference_sek is None else -facts.difference_sek
    owed = facts.owed_sek if facts.owed_sek is not None else account.repayable_sek
    return owed if owed is None or matter != "under_reported" else owed + (account.unaccounted_sek or 0)


# -- what each event came after ---------------------------------------------------------------------------------------
@dataclass(frozen=True)
class CaseEvent:
    """One event of a case that stands, with what came before it: a row of core_case_event."""

    event: Event
    asked_count: int | None
    notice_count: int | None
    reply_due_date: dt.date | None
    claim_date: dt.date | None


def case_events(events: Sequence[Event], acts: Sequence[Act]) -> list[CaseEvent]:
    """The events of one grant's case that stand. Args: events: all of the grant; acts: its decisions on recovery."""
    stand = standing(events)
    claimed = first_claim(acts)
    return [
        CaseEvent(
            event=each,
            asked_count=_answered(stand, each, AFTER_ASKING),
            notice_count=_answered(stand, each, ["hearing_answered"]),
            reply_due_date=_open_notice(stand, each) if each.event == "recovery_decided" else None,
            claim_date=claimed if each.event == "repaid" and claimed == each.happened else None,
        )
        for each in stand
    ]


def _before(events: Sequence[Event], each: Event, kinds: Collection[str]) -> list[Event]:
    return [other for other in events if other.event in kinds and other.happened <= each.happened]


def _answered(events: Sequence[Event], each: Event, kinds: Collection[str]) -> int | None:
    """How many of the events that such a one needs before it came no later; None where it is no such one."""
    return len(_before(events, each, RECEIVED_EVENTS[each.event].answers_to)) if each.event in kinds else None


def _open_notice(events: Sequence[Event], decision: Event) -> dt.date | None:
    """The last day to reply to the notices before a decision, unless a reply came after them."""
    notices = _before(events, decision, ["hearing_opened"])
    replies = [reply.happened for reply in _before(events, decision, ["hearing_answered"])]
    if not notices or (replies and max(replies) >= max(notice.happened for notice in notices)):
        return None
    return max((notice.due_date for notice in notices if notice.due_date), default=None)
