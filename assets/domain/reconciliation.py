"""What was granted held against what was reported, recipient by recipient. Unknown is unknown, never zero."""

from __future__ import annotations

from collections.abc import Iterable

import narwhals as nw

from assets.domain.frames import ROUND_KEY, Frame, constant, first_of, is_true, summed
from schemas.words.vocabulary import ALL_OF_IT, CASE_NUMBER, EXCLUDED, NO_DOUBT, QUARANTINED, THOUSANDFOLD, THOUSANDTH

KEY = [*ROUND_KEY, "recipient_code"]
SHORTEST_CASE_NUMBER = 1000
"""Shorter numbers than four digits may be amounts by chance."""

OF_ROUND = ("as_of_date", "cost_period_start_date", "cost_period_end_date")
REPAID = "repaid_after_recovery"
LEFT_OUT = {
    "decision_quarantined": ("core_decision", QUARANTINED),
    "report_quarantined": ("core_usage_report", QUARANTINED),
    "report_excluded": ("core_usage_report", EXCLUDED),
}
"""Outcomes of an account of which a row was received and does not count: for which table, with which fate."""


def reconcile_funds(decisions: Frame, reports: Frame, events: Frame, rounds: Frame, left_out: Frame) -> Frame:
    """Hold what was granted against what was reported.

    Args: core_decision, core_usage_report, core_event and core_round; amounts in whole kronor; `left_out`:
        rows that do not count (programme, year, recipient_code, fate, and the `table` that they would have filled).
    Returns: one row per recipient found in any of the first three, as table core_reconciliation; nothing is dropped.
    A form that asks only for what was not used has its use derived as granted less unused, and says so.
    Source: SFS 2022:1416 sections 8 (the report) and 10 (repayment).
    """
    known = _recipients(decisions, reports, events)
    rows = _joined(known, decisions.select(*KEY, "granted_sek", "report_due_date", "case_number"))
    reported = reports.select(
        *KEY,
        "granted_as_reported_sek",
        "unused_sek",
        "first_cost_date",
        "last_cost_date",
        reported_used_sek=nw.col("used_sek"),
    )
    rows = _joined(rows, reported.with_columns(has_report=nw.col("unused_sek") >= 0))
    rows = _joined(rows, _repaid(events))
    for mark, (table, fate) in LEFT_OUT.items():
        rows = _joined(rows, _left_out(left_out, table, fate, mark))
    rows = rows.join(rounds.select(*ROUND_KEY, *OF_ROUND), on=list(ROUND_KEY), how="left")
    return _with_outcome(_with_doubt(_with_amounts(rows)))


def _joined(rows: Frame, more: Frame) -> Frame:
    return rows.join(more, on=KEY, how="left")


def _recipients(*tables: Frame) -> Frame:
    named = [table.filter(~nw.col("recipient_code").is_null()).select(*KEY, "provenance") for table in tables]
    return summed(nw.concat(named, how="vertical"), KEY, {}).unique(KEY)


def signed_amount() -> nw.Expr:
    """The amount of an event; with the contrary sign if it reverses another."""
    return nw.when(nw.col("reverses_no").is_null()).then(nw.col("amount_sek")).otherwise(0 - nw.col("amount_sek"))


def _repaid(events: Frame) -> Frame:
    repaid = events.filter((nw.col("event") == REPAID) & ~nw.col("recipient_code").is_null())
    sums = summed(repaid, KEY, {"repaid_after_recovery_sek": signed_amount()})
    return sums.filter(nw.col("repaid_after_recovery_sek") != 0).select(*KEY, "repaid_after_recovery_sek")


def _left_out(rows: Frame, table: str, fate: str, mark: str) -> Frame:
    """One row per recipient of whom a row for the table was received and has this fate, with `mark`."""
    mine = rows.filter((nw.col("table") == table) & (nw.col("fate") == fate) & ~nw.col("recipient_code").is_null())
    return mine.select(*KEY).unique(KEY).with_columns(constant(mark, "recipient_code").alias(mark))


def _with_amounts(rows: Frame) -> Frame:
    derived = nw.col("reported_used_sek").is_null() & ~nw.col("granted_sek").is_null()
    rows = rows.with_columns(
        has_report=is_true(nw.col("has_report")),
        used_sek=nw.coalesce(nw.col("reported_used_sek"), nw.col("granted_sek") - nw.col("unused_sek")),
    )
    rows = rows.with_columns(used_derived=nw.when(nw.col("has_report")).then(derived))
    stated = nw.col("granted_sek") - nw.col("reported_used_sek") - nw.col("unused_sek")
    return rows.with_columns(difference_sek=stated)


def _with_doubt(rows: Frame) -> Frame:
    """Add `amount_doubt`: amounts of another magnitude than the decision's, its case number, or exactly its amount."""
    granted, used, unused = nw.col("granted_sek"), nw.col("reported_used_sek"), nw.col("unused_sek")
    stated = [nw.col("granted_as_reported_sek"), used + unused]
    cases = [
        (_any(_about(amount, granted * 1000) for amount in (*stated, unused)), THOUSANDFOLD),
        (_any(_about(amount * 1000, granted) for amount in stated), THOUSANDTH),
        (_any(_is_number(amount) for amount in (*stated[:1], used, unused)), CASE_NUMBER),
        ((used == granted) & (granted > 0), ALL_OF_IT),
    ]
    return rows.with_columns(amount_doubt=first_of(cases, otherwise=constant(NO_DOUBT, "programme")))


def _any(conditions: Iterable[nw.Expr]) -> nw.Expr:
    return nw.any_horizontal(*map(is_true, conditions), ignore_nulls=True)


def _about(amount: nw.Expr, expected: nw.Expr) -> nw.Expr:
    """Within a factor of two: a thousandfold mistake is told from a difference of any other size."""
    return (amount * 2 > expected) & (amount < expected * 2)


def _is_number(amount: nw.Expr) -> nw.Expr:
    """Tell an amount with the digits of the case number, or of its middle ("12345" of "9.2-12345/2023")."""
    whole = nw.col("case_number").str.replace_all("[^0-9]", "")
    middle = nw.col("case_number").str.replace_all("^.*-|/.*$", "").str.replace_all("[^0-9]", "")
    written = amount.cast(nw.String)
    return (amount >= SHORTEST_CASE_NUMBER) & ((written == whole) | (written == middle))


def _with_outcome(rows: Frame) -> Frame:
    has_report = nw.col("has_report")
    undecided = nw.col("granted_sek").is_null()
    due = nw.col("report_due_date")
    cases = [
        (undecided & ~nw.col("decision_quarantined").is_null(), "decision_quarantined"),
        (undecided & has_report, "report_without_decision"),
        (undecided, "event_without_decision"),
        (~has_report & ~nw.col("report_quarantined").is_null(), "report_quarantined"),
        (~has_report & ~nw.col("report_excluded").is_null(), "report_excluded"),
        (~has_report & due.is_null(), "report_due_unknown"),
        (~has_report & is_true(due < nw.col("as_of_date")), "report_missing"),
        (~has_report, "report_not_due"),
        (is_true(nw.col("difference_sek") != 0) | is_true(nw.col("used_sek") < 0), "difference"),
        (nw.col("unused_sek") > 0, "unused_reported"),
    ]
    return rows.with_columns(outcome=first_of(cases, otherwise=constant("all_used", "programme")))
