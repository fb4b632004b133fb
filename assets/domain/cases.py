"""Recovery cases: of whom there is something to decide, how far it has come, and what an official has to do next.

A rule opens a case as a matter to decide. Nothing is decided here, no ground is assigned (candidates: `grounds`), and
nothing is owed before somebody has decided so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import narwhals as nw

from assets.domain.frames import ROUND_KEY, Frame, constant, first_of, is_true, nothing, padded, sentence, with_group
from assets.domain.reconciliation import KEY
from schemas.words.cases import ACTIONS, AFTER_A_CLAIM, CLAIMING, DECIDING, ENDED, OPENING, PAYING, TODOS
from schemas.words.events import CASH, EVENTS, OF_RECIPIENTS

ROW = [*ROUND_KEY, "source_file", "source_row"]
BALANCES = ("repayable", "claimed", "received", "waived", "written_off", "outstanding")
EVENT = (
    *ROW, "source_sheet", "recipient_code", "event", "case_number", "event_date", "recorded_date", "due_date",
    "amount_sek", "decided_by", "reason", "provenance",
)  # fmt: skip
NOT_OF_A_CASE = {name for name in CASH if name not in PAYING} | {"payment_withheld", "decision_adjusted"}
OF_CASES = tuple(name for name in OF_RECIPIENTS if name not in NOT_OF_A_CASE)
"""Events of a recipient's case: all but those of its grant and the payment of it."""

ON_REPORT = ("over_reported", "under_reported", "unused_outstanding")
"""Matters that began to hold when the report came in."""

AFTER_REPORT = ("recovery_decided", "use_disallowed")
"""Matters that go on from such a one, where the report had unused money."""


def case_events(events: Frame) -> Frame:
    """The events of cases that stand, as table core_case_event: neither reversing nor reversed whole.

    Args: events as from `ledger.dated_events`, known by the date that figures are as of.
    """
    mine = events.filter(nw.col("event").is_in(list(OF_CASES)) & ~nw.col("recipient_code").is_null())
    mine = mine.with_columns(whole_sek=nw.col("amount_sek").fill_null(0))
    alike = [*KEY, "event", "event_no", "whole_sek"]
    reversing = mine.filter(~nw.col("reverses_no").is_null()).with_columns(event_no=nw.col("reverses_no"))
    standing = mine.filter(nw.col("reverses_no").is_null()).join(reversing.select(alike).unique(), on=alike, how="anti")
    rows = standing.with_columns(event_date=nw.coalesce(nw.col("event_date"), nw.col("recorded_date"))).select(*EVENT)
    rows = _with_count(rows, "claim_count", AFTER_A_CLAIM, CLAIMING)
    rows = _with_count(rows, "notice_count", ["hearing_answered"], ["hearing_opened"])
    return _with_open_notice(rows)


def _of(rows: Frame, kinds: Collection[str]) -> Frame:
    return rows.filter(nw.col("event").is_in(list(kinds)))


def _with_count(rows: Frame, name: str, later: Collection[str], earlier: Collection[str]) -> Frame:
    """Add how many events of the earlier kinds came no later than each event of the later kinds; null for others."""
    before = _of(rows, earlier).select(*KEY, earlier_date=nw.col("event_date"))
    pairs = _of(rows, later).select(*KEY, "source_file", "source_row", "event_date").join(before, on=KEY, how="inner")
    pairs = pairs.filter(nw.col("earlier_date") <= nw.col("event_date"))
    counts = pairs.group_by(*ROW).agg(found=nw.col("earlier_date").count())
    rows = rows.join(counts, on=ROW, how="left")
    count = nw.col("found").cast(nw.Int64).fill_null(0)
    is_later = nw.col("event").is_in(list(later))
    return rows.with_columns(nw.when(is_later).then(count).alias(name)).drop("found")


def _with_open_notice(rows: Frame) -> Frame:
    """Add the last day to reply to the notices before each recovery decision, unless a reply came after them."""
    notices = _of(rows, ["hearing_opened"]).select(*KEY, notice_date=nw.col("event_date"), reply_due=nw.col("due_date"))
    replies = _of(rows, ["hearing_answered"]).select(*KEY, reply_date=nw.col("event_date"))
    decisions = _of(rows, ["recovery_decided"]).select(*KEY, "source_file", "source_row", "event_date")
    noticed = decisions.join(notices, on=KEY, how="inner").filter(nw.col("notice_date") <= nw.col("event_date"))
    last = noticed.group_by(*ROW).agg(nw.col("notice_date").max(), reply_due_date=nw.col("reply_due").max())
    replied = decisions.join(replies, on=KEY, how="inner").filter(nw.col("reply_date") <= nw.col("event_date"))
    answers = replied.group_by(*ROW).agg(nw.col("reply_date").max())
    found = last.join(answers, on=ROW, how="left")
    is_answered = is_true(nw.col("reply_date") >= nw.col("notice_date"))
    open_ones = found.filter(~is_answered).select(*ROW, "reply_due_date")
    return rows.join(open_ones, on=ROW, how="left")


def recovery_cases(  # noqa: PLR0913, PLR0917 - one argument per table
    accounts: Frame, reconciliation: Frame, decisions: Frame, ledger: Frame, events: Frame, rounds: Frame
) -> Frame:
    """One row per recipient of whom there is something to decide, as table core_recovery_case.

    Args: core_account, core_reconciliation, core_decision, core_ledger_entry, core_case_event and core_round.
    The state is what the latest event says, unless a payment has settled the claim or a day has passed since.
    Source: SFS 2022:1416 sections 8 (the report), 10 (repayment) and 11 (recovery and waiver).
    """
    rows = accounts.join(reconciliation.select(*KEY, "outcome", "difference_sek"), on=KEY, how="left")
    rows = rows.join(decisions.select(*KEY, "case_number", "report_due_date"), on=KEY, how="left")
    rows = rows.join(report_days(ledger), on=KEY, how="left")
    rows = rows.join(rounds.select(*ROUND_KEY, "as_of_date"), on=list(ROUND_KEY), how="left")
    rows = _with_opening(_with_events(rows, events))
    rows = _with_state(rows.filter(~nw.col("matter").is_null()))
    return _with_dues(rows).select(
        *KEY, "case_number", "matter", "state", "opened_date", "state_date", "next_due_date", "is_overdue",
        "claimed_date", "decided_date", "decided_by", "reason", "amount_at_issue_sek",
        *(f"{name}_sek" for name in BALANCES), "provenance",
    )  # fmt: skip


def report_days(ledger: Frame) -> Frame:
    """The day on which the report that counts became known; none where only its file has a date."""
    reported = ledger.filter(
        nw.col("event").is_in(["reported_use", "reported_unused"])
        & nw.col("reverses").is_null()
        & ~nw.col("recorded_is_assumed")
    )
    of_rows = reported.group_by(*KEY, "source_file", "source_row").agg(first_date=nw.col("recorded_date").min())
    return of_rows.group_by(*KEY).agg(report_date=nw.col("first_date").max())


def _with_events(rows: Frame, events: Frame) -> Frame:
    """Add of each recipient the last event that changes a state, the last payment, invoice and decision."""
    ordered = with_order(events)
    last = {"last_event": "event", "last_date": "event_date", "last_due_date": "due_date"}
    decided = {"decided_date": "event_date", "decided_by": "decided_by", "reason": "reason"}
    for kinds, columns in (
        (ACTIONS, last),
        (OPENING, {"opening_event": "event"}),
        (PAYING, {"paid_date": "event_date"}),
        (("invoiced",), {"invoice_due_date": "due_date"}),
        (CLAIMING, {"claimed_date": "event_date"}),
        (DECIDING, decided),
    ):
        rows = rows.join(latest(ordered, kinds, columns), on=KEY, how="left")
    first = _of(ordered, OPENING).group_by(*KEY).agg(first_date=nw.col("event_date").min())
    return _with_owed(rows.join(first, on=KEY, how="left"), ordered)


def _with_owed(rows: Frame, events: Frame) -> Frame:
    """Add `owed_sek`: what is left of the claim, and without one what is outstanding; null if receipts are not told.

    A claim may be of less than what is outstanding, and only what is claimed is owed. What was repaid before the claim
    is no payment of it.
    """
    claims = _of(events, CLAIMING).group_by(*KEY).agg(claim_date=nw.col("event_date").min())
    payments = _of(events, PAYING).select(*KEY, "event_date", "amount_sek").join(claims, on=KEY, how="inner")
    since = payments.filter(nw.col("event_date") >= nw.col("claim_date"))
    rows = rows.join(since.group_by(*KEY).agg(paid_since_sek=nw.col("amount_sek").sum()), on=KEY, how="left")
    waived, written_off = nw.col("waived_sek").fill_null(0), nw.col("written_off_sek").fill_null(0)
    less = waived + written_off + nw.col("paid_since_sek").fill_null(0)
    is_claimed = (nw.col("claimed_sek") > 0) & ~nw.col("received_sek").is_null()
    rows = rows.with_columns(claim_left_sek=nw.when(is_claimed).then(nw.col("claimed_sek") - less))
    least = nw.min_horizontal("outstanding_sek", "claim_left_sek")
    return rows.with_columns(owed_sek=least.cast(nw.Int64))


def with_order(events: Frame) -> Frame:
    """Add `order`: a text that sorts as the events happened; those of one day by how far they bring a case."""
    stages = [(nw.col("event") == event, f"{stage:02}") for stage, event in enumerate(EVENTS)]
    stage = first_of(stages, otherwise=nothing("event"))
    rows = events.with_columns(stage=stage, padded_row=padded("source_row"))
    names = ["event_date", "stage", "recorded_date", "source_file", "padded_row"]
    return rows.with_columns(order=sentence(" ".join(f"{{{each}}}" for each in names), names, "source_file"))


def latest(ordered: Frame, kinds: Collection[str], columns: Mapping[str, str]) -> Frame:
    """The latest event of these kinds of each recipient, with some of its columns under names of their own.

    Args: events as from `with_order`; columns: new name to that of core_case_event.
    """
    mine = with_group(_of(ordered, kinds), KEY, last_order=nw.col("order").max())
    last = mine.filter(nw.col("order") == nw.col("last_order"))
    return last.select(*KEY, **{name: nw.col(column) for name, column in columns.items()})


def _with_opening(rows: Frame) -> Frame:
    """Add `matter`, what there is to decide, null if nothing is, and the day on which that began to hold."""
    status = nw.col("status")
    cases = [
        (status == "no_report", "report_missing"),
        (status == "report_excluded", "report_excluded"),
        *((status == each, each) for each in ON_REPORT[:2]),
        (nw.col("claimed_sek") > 0, "recovery_decided"),
        ((nw.col("disallowed_sek") > 0) & ~is_true(nw.col("outstanding_sek") <= 0), "use_disallowed"),
        (status == "unused_outstanding", "unused_outstanding"),
        (~nw.col("opening_event").is_null(), "event"),
    ]
    rows = rows.with_columns(matter=first_of(cases, otherwise=nothing("status")))
    is_missing, matter = is_true(nw.col("matter") == "report_missing"), nw.col("matter")
    is_on_report = matter.is_in(list(ON_REPORT)) | matter.is_in(list(AFTER_REPORT)) & (nw.col("unused_sek") > 0)
    days = [
        (is_missing | is_true(matter == "report_excluded"), day_after("report_due_date")),
        (is_on_report, nw.col("report_date")),
    ]
    return rows.with_columns(opened_date=_picked(days, nw.col("first_date")))


def day_after(column: str) -> nw.Expr:
    """The day after a date."""
    return nw.col(column).dt.offset_by("1d").cast(nw.Date)


def _with_state(rows: Frame) -> Frame:
    """Add `state`: the first that is true."""
    last, owed = nw.col("last_event"), nw.col("owed_sek")
    is_missing, passed = nw.col("matter") == "report_missing", nw.col("last_due_date") < nw.col("as_of_date")
    is_supplemented = is_true(nw.col("report_date") > nw.col("last_date"))
    settled = (owed <= 0) & (nw.col("received_sek") > 0) & ~_is_rest() | (last == "repaid_after_recovery")
    waived_last = (last == "recovery_waived") & ~is_true(nw.col("paid_date") > nw.col("last_date"))
    left = nw.coalesce(owed, nw.col("claimed_sek") - nw.col("waived_sek"))
    cases = [
        ((last == "case_closed") & ~is_true(nw.col("last_date") < nw.col("opened_date")), "closed"),
        (_is_rest() & last.is_in([*CLAIMING, *AFTER_A_CLAIM]), "to_decide"),
        ((nw.col("written_off_sek") > 0) & (owed <= 0) & ~_is_rest(), "closed"),
        (waived_last & ~is_true(left > 0), "waived"),
        (settled & (nw.col("paid_date") > nw.col("invoice_due_date")), "paid_late"),
        (settled, "paid"),
        (last == "recovery_waived", "waived_in_part"),
        (last == "payment_reminded", "payment_reminded"),
        ((last == "invoiced") & passed, "overdue"),
        (last == "invoiced", "invoiced"),
        (last == "recovery_decided", "recovered"),
        (last == "hearing_answered", "hearing_answered"),
        ((last == "hearing_opened") & passed, "hearing_overdue"),
        (last == "hearing_opened", "hearing_open"),
        ((last == "supplement_requested") & ~is_supplemented, "supplement_requested"),
        (is_missing & (last == "report_reminded"), "reminded"),
        (is_missing, "report_missing"),
    ]
    return rows.with_columns(state=first_of(cases, otherwise=constant("to_decide", "status")))


def _is_rest() -> nw.Expr:
    """Is nothing left of the claim, and yet something outstanding? That was never claimed."""
    return is_true((nw.col("claimed_sek") > 0) & (nw.col("owed_sek") <= 0) & (nw.col("outstanding_sek") > 0))


def _picked(cases: Sequence[tuple[nw.Expr, nw.Expr]], otherwise: nw.Expr) -> nw.Expr:
    """The value of the first case whose condition is true, or else `otherwise`."""
    result = otherwise
    for condition, value in reversed(cases):
        result = nw.when(~is_true(condition)).then(result).otherwise(value)
    return result


def _with_dues(rows: Frame) -> Frame:
    """Add since when the state holds, the next day to keep, whether it has passed, and the amount at issue."""
    state, last_due, invoice_due = nw.col("state"), nw.col("last_due_date"), nw.col("invoice_due_date")
    opened = state.is_in(["report_missing", "to_decide"]) & ~is_true(nw.col("last_event") == "use_disallowed")
    paid, last = nw.col("paid_date"), nw.col("last_date")
    since = [
        ((state == "to_decide") & _is_rest() & (paid > last), paid),
        ((state == "to_decide") & _is_rest(), last),
        (opened, nw.col("opened_date")),
        (state.is_in(["overdue", "hearing_overdue"]), nw.col("day_after_due")),
        (state.is_in(["paid", "paid_late"]), nw.col("paid_date")),
        (state.is_in(["closed", "waived"]), nw.col("decided_date")),
    ]
    waiting = ["supplement_requested", "hearing_open", "hearing_overdue", "invoiced", "overdue"]
    dues = [
        (state == "report_missing", nw.col("report_due_date")),
        (state == "reminded", nw.coalesce(last_due, nw.col("report_due_date"))),
        (state == "payment_reminded", nw.coalesce(last_due, invoice_due)),
        (state.is_in(waiting), last_due),
    ]
    at_issue = [
        (state.is_in(list(ENDED)), nothing("paid_sek")),
        (_is_rest(), nw.col("outstanding_sek")),
        (nw.col("matter").is_in(["report_missing", "report_excluded"]), nw.col("paid_sek")),
        (nw.col("matter") == "over_reported", 0 - nw.col("difference_sek")),
    ]
    rows = rows.with_columns(day_after_due=day_after("last_due_date"))
    rows = rows.with_columns(
        state_date=_picked(since, nw.col("last_date")),
        next_due_date=_picked(dues, nothing("last_due_date")),
        amount_at_issue_sek=_picked(at_issue, nw.coalesce(nw.col("owed_sek"), nw.col("repayable_sek"))),
    )
    return rows.with_columns(is_overdue=is_true(nw.col("next_due_date") < nw.col("as_of_date")))


def todos(cases: Frame) -> Frame:
    """What an official has to do next in each case, as table core_todo; nothing in a case that has ended."""
    state, matter, late = nw.col("state"), nw.col("matter"), nw.col("is_overdue")
    undecided = state == "to_decide"
    steps = [
        (state == "report_missing", "remind_of_report"),
        ((state == "reminded") & ~late, "await_report"),
        (state == "reminded", "decide_on_missing_report"),
        ((state == "supplement_requested") & ~late, "await_supplement"),
        (state == "supplement_requested", "close_supplement"),
        (state == "hearing_open", "await_hearing"),
        (state.is_in(["hearing_overdue", "hearing_answered"]), "decide_after_hearing"),
        (state.is_in(["recovered", "waived_in_part"]), "send_invoice"),
        (state == "invoiced", "await_payment"),
        (state == "overdue", "remind_of_payment"),
        ((state == "payment_reminded") & ~late, "await_payment"),
        (state == "payment_reminded", "decide_on_unpaid"),
        (undecided & matter.is_in(["over_reported", "under_reported"]), "decide_on_difference"),
        (undecided & (matter == "use_disallowed"), "decide_on_disallowed"),
        (undecided & (matter == "report_excluded"), "decide_on_late_report"),
        (undecided, "decide_on_unused"),
    ]
    rows = cases.with_columns(todo=first_of(steps, otherwise=nothing("state"))).filter(~nw.col("todo").is_null())
    order = nw.coalesce(
        *(nw.when(nw.col("todo") == name).then(constant(no, "year")) for no, name in enumerate(TODOS, 1))
    )
    return rows.select(
        *KEY, "case_number", "todo", "is_overdue", "provenance",
        todo_no=order,
        since_date=nw.col("state_date"),
        due_date=nw.col("next_due_date"),
        amount_sek=nw.col("amount_at_issue_sek"),
    )  # fmt: skip
