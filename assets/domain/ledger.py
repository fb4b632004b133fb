"""The ledger: every amount of a round as an entry that is never changed, and what entries add up to.

An amount that no longer holds (another submission counts, a cell is corrected, a decision is adjusted) is reversed by
an entry of its own on the day that this became known. So the ledger as of a day is its entries recorded by that day.
"""

from __future__ import annotations

from collections.abc import Sequence

import narwhals as nw

from assets.domain.frames import ROUND_KEY, Frame, constant, first_of, is_true, nothing, padded, sentence, with_group
from assets.domain.reconciliation import KEY, signed_amount
from schemas.words.events import OF_MONEY, RECEIVED_EVENTS, REPLACING
from schemas.words.vocabulary import OTHER_COSTS, SALARIES

ADDRESS = ("source_file", "source_row")
ROW = (*ROUND_KEY, *ADDRESS, "source_sheet", "recipient_code", "case_number", "provenance")
STATED = (*ROW, "known_at", "recorded_is_assumed", "event_date", "cause", "is_last", "since_date", "until_date")
"""What a row states, beside its amounts. `since_date` and `until_date`: from and until when the row was read so."""

ENTRY = (
    *ROW,
    "entry_id",
    "event",
    "cost_category",
    "cause",
    "event_date",
    "recorded_date",
    "recorded_is_assumed",
    "amount_sek",
    "reverses",
)
CAUSES = {
    "decision_adjusted": "adjusted_decision",
    "payment": "payment",
    "payment_withheld": "payment",
    "use_disallowed": "recovery",
    "recovery_decided": "recovery",
    "recovery_waived": "waiver",
    "repaid": "repayment",
    "repaid_after_recovery": "recovery",
    "written_off": "write_off",
}
"""Why an event is in the ledger; those of a round are its funds."""


def entries_of_reports(stated: Frame) -> Frame:
    """The amounts of usage reports as entries: use by category of cost, and what was not used.

    Args: rows of STATED with used_sek, salary_sek, unused_sek; `is_last` tells the submission that counts.
    """
    used, salary = nw.col("used_sek"), nw.col("salary_sek")
    rows = with_successors(_ordered(stated, "is_last"))
    rows = rows.with_columns(
        other_sek=used - salary,
        whole_sek=nw.when(salary.is_null()).then(used),
        salary_sek=nw.when(~used.is_null()).then(salary),  # a part of an unknown whole is not the whole
    )
    postings = [
        ("reported_use", SALARIES, "salary_sek"),
        ("reported_use", OTHER_COSTS, "other_sek"),
        ("reported_use", None, "whole_sek"),
        ("reported_unused", None, "unused_sek"),
    ]
    return _posted(rows, postings)


def entries_of_decisions(stated: Frame, events: Frame) -> Frame:
    """What was granted as entries: the decision, and what each adjusted decision grants in its place.

    Args: rows of STATED with granted_sek; events as from `dated_events`.
    """
    adjusted = events.filter(nw.col("event").is_in(list(REPLACING))).with_columns(
        is_adjusted=nw.col("source_row") > 0, granted_sek=nw.col("amount_sek")
    )
    columns = [*STATED, "granted_sek", "is_adjusted"]
    original = stated.with_columns(is_adjusted=nw.col("source_row") < 0)
    rows = nw.concat([original.select(columns), _stating(adjusted).select(columns)], how="vertical")
    rows = with_group(_ordered(rows, "is_adjusted"), KEY, last_order=nw.col("order").max())
    chained = with_successors(rows.with_columns(is_last=nw.col("order") == nw.col("last_order")))
    decided = chained.filter(~nw.col("is_adjusted"))
    later = chained.filter(nw.col("is_adjusted"))
    return nw.concat(
        [
            _posted(decided, [("decision", None, "granted_sek")]),
            _posted(later, [("decision_adjusted", None, "granted_sek")]),
        ],
        how="vertical",
    )


def entries_of_events(events: Frame) -> Frame:
    """Every other event with an amount as an entry; one that reverses another has its amount with the contrary sign.

    Args: events as from `dated_events`, as they were read from and until which day (`as_read`).
    """
    kinds = [name for name in OF_MONEY if name not in REPLACING and RECEIVED_EVENTS[name].adds_to]
    money = events.filter(nw.col("event").is_in(kinds) & ~nw.col("amount_sek").is_null())
    replaced = {"next_at": nothing("event"), "next_cause": nothing("event")}
    money = _named(_with_days(_stating(money).with_columns(**replaced)), "event", "start_date")
    money = money.with_columns(whose=nw.col("recipient_code").fill_null(""))
    alike = [*ROUND_KEY, "event", "whose"]
    originals = money.filter(~nw.col("event_no").is_null()).select(*alike, "entry_id", reverses_no=nw.col("event_no"))
    originals = originals.group_by(*alike, "reverses_no").agg(reverses=nw.col("entry_id").min())
    money = money.join(originals, on=[*alike, "reverses_no"], how="left")
    rows = money.with_columns(amount_sek=signed_amount(), cost_category=nothing("event"))
    return nw.concat(_pair(rows), how="vertical")


def dated_events(events: Frame, files: Frame) -> Frame:
    """The events with the day from which each is known: its own, or that of its file.

    Args: core_event; files: core_source_file.
    """
    days = files.select(*ROUND_KEY, "source_file", "known_date")
    rows = events.join(days, on=[*ROUND_KEY, "source_file"], how="left")
    return rows.with_columns(
        recorded_is_assumed=nw.col("recorded_date").is_null(),
        recorded_date=nw.coalesce(nw.col("recorded_date"), nw.col("known_date")),
        since_date=nothing("recorded_date"),
        until_date=nothing("recorded_date"),
    )


def as_read(events: Frame, read: Frame) -> Frame:
    """The events once for each amount that their cells were read as, with the days from and until which they were.

    Args: events as from `dated_events`; read: rows of the events' files as from `stated.with_bounds`.
    """
    amounts = read.select("source_file", "source_row", "amount_sek", "since_date", "until_date")
    own = events.drop("amount_sek", "since_date", "until_date")
    return own.join(amounts, on=list(ADDRESS), how="left")


def _stating(events: Frame) -> Frame:
    """Events as rows of STATED; those of a kind do not replace each other."""
    causes = [(nw.col("event") == event, cause) for event, cause in CAUSES.items()]
    return events.with_columns(
        known_at=nw.concat_str([nw.col("recorded_date").cast(nw.String), nw.lit(" 00:00:00")]),
        cause=first_of(causes, otherwise=constant("funds", "event")),
        is_last=nw.col("source_row") > 0,
    )


def _ordered(rows: Frame, behind: str) -> Frame:
    """Add `order`: a text, different for every row, that sorts as rows became known; those `behind` come last."""
    columns = ["rank", "known_at", "event_date", "source_file", "padded_row"]
    rank = first_of([(nw.col(behind), "1")], otherwise=constant("0", "known_at"))
    ranked = rows.with_columns(rank=rank, padded_row=padded("source_row"))
    return ranked.with_columns(order=sentence(" ".join(f"{{{each}}}" for each in columns), columns, "known_at"))


def with_successors(rows: Frame) -> Frame:
    """Add when each row was replaced by the next of its recipient (`next_at`), and why; null if by none.

    Args: rows of STATED with `order`; `is_last` tells the row that counts, which replaces all others when it comes.
    A row that nothing replaced and that does not count never did, and is left out.
    """
    known = rows.select(*KEY, "order", "known_at", "cause", "is_last").unique(["order"])
    later = known.select(*KEY, next_order=nw.col("order"), next_at=nw.col("known_at"), next_cause=nw.col("cause"))
    pairs = known.filter(~nw.col("is_last")).join(later, on=KEY, how="inner")
    nearest = pairs.filter(nw.col("next_order") > nw.col("order")).group_by("order").agg(nw.col("next_order").min())
    found = nearest.join(later.drop(KEY), on="next_order", how="left").drop("next_order")
    last = known.filter(nw.col("is_last")).select(*KEY, last_at=nw.col("known_at"), last_cause=nw.col("cause"))
    rows = rows.join(found, on="order", how="left").join(last, on=KEY, how="left")
    is_before = is_true(nw.col("last_at") < nw.col("next_at"))
    rows = rows.with_columns(
        next_at=nw.when(~is_before).then(nw.col("next_at")).otherwise(nw.col("last_at")),
        next_cause=nw.when(~is_before).then(nw.col("next_cause")).otherwise(nw.col("last_cause")),
    )
    return rows.filter(is_true(nw.col("is_last")) | ~nw.col("next_at").is_null())


def _posted(rows: Frame, postings: Sequence[tuple[str, str | None, str]]) -> Frame:
    """The amounts of rows as entries, and the entries that reverse those which no longer hold.

    Args: postings: event, category of cost, and the column of the amount.
    """
    days = _with_days(rows)
    frames = []
    for event, category, column in postings:
        told = days.filter(~nw.col(column).is_null()).with_columns(
            event=constant(event, "source_file"),
            cost_category=constant(category, "source_file") if category else nothing("source_file"),
            amount_sek=nw.col(column),
            posting=constant(f"{event}.{category}" if category else event, "source_file"),
            reverses=nothing("source_file"),
        )
        frames += _pair(_named(told, "posting", "start_date"))
    return nw.concat(frames, how="vertical")


def _with_days(rows: Frame) -> Frame:
    """Add `start_date` and `end_date` of each row as it was read, and why it starts and ends; none that never held."""
    known, replaced = _day("known_at"), _day("next_at")
    is_corrected = is_true(nw.col("since_date") > known)
    ends_first = is_true(nw.col("until_date") < replaced) | (replaced.is_null() & ~nw.col("until_date").is_null())
    rows = rows.with_columns(
        start_date=nw.when(~is_corrected).then(known).otherwise(nw.col("since_date")),
        end_date=nw.when(~ends_first).then(replaced).otherwise(nw.col("until_date")),
        start_cause=first_of([(~nw.col("since_date").is_null(), "correction")], otherwise=nw.col("cause")),
        end_cause=first_of([(ends_first, "correction")], otherwise=nw.col("next_cause")),
    )
    return rows.filter(nw.col("end_date").is_null() | (nw.col("end_date") > nw.col("start_date")))


def _day(column: str) -> nw.Expr:
    return nw.col(column).str.slice(0, 10).str.to_date(format="%Y-%m-%d")


def _named(rows: Frame, what: str, since: str) -> Frame:
    """Add `entry_id`: the received row, what it posts, and since when: the same on every run."""
    template = f"{{source_file}}:{{source_row}}:{{{what}}}@{{{since}}}"
    return rows.with_columns(entry_id=sentence(template, [*ADDRESS, what, since], "source_file"))


def _pair(rows: Frame) -> list[Frame]:
    """The entries, and those that reverse them."""
    made = rows.with_columns(recorded_date=nw.col("start_date"), cause=nw.col("start_cause"))
    reversing = rows.filter(~nw.col("end_date").is_null()).with_columns(
        recorded_date=nw.col("end_date"),
        cause=nw.col("end_cause"),
        reverses=nw.col("entry_id"),
        entry_id=sentence("{entry_id}:reversed", ["entry_id"], "source_file"),
        amount_sek=0 - nw.col("amount_sek"),
    )
    return [made.select(*ENTRY), reversing.select(*ENTRY)]


def adjusted_decisions(decisions: Frame, events: Frame) -> Frame:
    """The decisions with `decided_sek`, what was granted at first, and `granted_sek` as the last adjusted one grants.

    Args: decisions as received; events as from `dated_events`, known by the date that figures are as of.
    """
    adjusted = _ordered(_stating(events.filter(nw.col("event").is_in(list(REPLACING)))), "is_last")
    adjusted = with_group(adjusted, KEY, last_order=nw.col("order").max())
    last = adjusted.filter(nw.col("order") == nw.col("last_order")).select(*KEY, adjusted_sek=nw.col("amount_sek"))
    rows = decisions.with_columns(decided_sek=nw.col("granted_sek")).join(last, on=KEY, how="left")
    return rows.with_columns(granted_sek=nw.coalesce(nw.col("adjusted_sek"), nw.col("granted_sek"))).drop(
        "adjusted_sek"
    )
