"""Receivables at year-end: what was left to repay, as known that day; claimed by a decision, or not decided yet."""

from __future__ import annotations

from collections.abc import Collection

import narwhals as nw

from assets.domain.accounts import balances
from assets.domain.frames import Frame, summed
from assets.domain.reconciliation import KEY
from schemas.words.events import adding_to

BY_DAY = [*KEY, "year_end_date"]
SETTLING = tuple(dict.fromkeys(event for name in ("received", "waived", "written_off") for event in adding_to(name)))


def receivables(ledger: Frame, year_ends: Frame, told: Collection[str]) -> Frame:
    """What each recipient had left to repay at each year-end (table out_receivable); unknown is unknown, never zero.

    Args: core_ledger_entry; year_ends: a column `year_end_date`; told: the events that the round's sources tell of.
    An entry counts from the day that it was recorded. What was settled since the first decision on recovery is deducted
    from what the decisions claim; what was settled before is not, since they came after it.
    Source: SFS 2022:1416 sections 10 and 11; nothing is owed before a decision.
    """
    known = ledger.join(year_ends, how="cross").filter(nw.col("recorded_date") <= nw.col("year_end_date"))
    known = known.filter(~nw.col("recipient_code").is_null())
    rows = balances(known, BY_DAY, told).join(_settled_since(known), on=BY_DAY, how="left")
    owed = nw.col("outstanding_sek")
    claim = nw.col("claimed_sek").fill_null(0) - nw.col("since_sek").fill_null(0)
    part = nw.when((claim > 0) & (owed > 0)).then(nw.when(claim < owed).then(claim).otherwise(owed)).fill_null(0)
    rows = rows.with_columns(claimed_by_decision_sek=nw.when(~owed.is_null()).then(part))
    return rows.with_columns(undecided_sek=owed - nw.col("claimed_by_decision_sek"))


def _settled_since(known: Frame) -> Frame:
    """What was received, waived and written off from the day of the first decision on recovery on (`since_sek`)."""
    is_claim = nw.col("event").is_in(list(adding_to("claimed"))) & nw.col("reverses").is_null()
    first = known.filter(is_claim).group_by(*BY_DAY).agg(claimed_date=nw.col("recorded_date").min())
    settled = known.filter(nw.col("event").is_in(list(SETTLING))).join(first, on=BY_DAY, how="inner")
    since = settled.filter(nw.col("recorded_date") >= nw.col("claimed_date"))
    return summed(since, BY_DAY, {"since_sek": nw.col("amount_sek")}).drop("provenance")
