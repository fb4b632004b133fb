"""Vintages: what the ledger came to on any day, and the bridge from one day or version to another, cause by cause.

A figure as of a day is made of the entries recorded by that day, and of no others: it never sees the future, and the
order in which entries arrived does not matter. Like `accounts.balances_of_round` it counts recipients with a decision.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import narwhals as nw

from assets.domain.accounts import balances
from assets.domain.frames import ROUND_KEY, Frame, constant, counted, first_of, is_true, nothing, summed
from assets.domain.reconciliation import KEY
from schemas.words.vocabulary import ACCOUNT_MEASURES, CAUSES

BEFORE = "before"
"""The step of what was known before anything changed."""

UNEXPLAINED = "rule_or_code"
"""The cause of what no entry explains: the same entries are read by other rules or other code."""

AMOUNTS = tuple(f"{measure}_sek" for measure in ACCOUNT_MEASURES)
DAY = (*ROUND_KEY, "as_of_date")
CHANGE = (*KEY, "recorded_date", "cause", "measure", "before_sek", "after_sek", "is_assumed", "provenance")


# -- day by day -----------------------------------------------------------------------------------------------------
def revisions(ledger: Frame, told: Collection[str]) -> Frame:
    """What the accounts came to on each day on which something was recorded (table out_revision).

    Each account is computed on its own days only, from each of which it stands till the next: what a day comes to is
    what came up to it less what went. So the work grows with the entries and not with entries times days.

    Args: ledger: core_ledger_entry; told: the events that the round's sources can tell of.
    Returns: one row per measure and day; `is_assumed` where some entry of the day has its file's date for its own.
    """
    days = for_each_measure(days_of(ledger))
    return _with_change(_with_sums(days, _comings_and_goings(_of_recipients(ledger), told)))


def days_of(ledger: Frame) -> Frame:
    """Each day on which an entry was recorded: `as_of_date`, `is_assumed`, provenance of the round, `last_date`.

    `last_date` is the day before it in the ledger, null for the first.
    """
    sums = {"assumed_count": counted(nw.col("recorded_is_assumed"))}
    entries = ledger.with_columns(as_of_date=nw.col("recorded_date"))
    days = summed(entries, DAY, sums).select(*DAY, "provenance", is_assumed=nw.col("assumed_count") > 0)
    earlier = days.select(*ROUND_KEY, earlier_date=nw.col("as_of_date"))
    pairs = days.join(earlier, on=list(ROUND_KEY), how="inner")
    pairs = pairs.filter(nw.col("earlier_date") < nw.col("as_of_date"))
    nearest = pairs.group_by(*DAY).agg(last_date=nw.col("earlier_date").max())
    return days.join(nearest, on=list(DAY), how="left")


def standings(entries: Frame, by: Sequence[str], told: Collection[str]) -> Frame:
    """The balances of each group, of recipients with a decision only: the others count in no sum of the round."""
    return _decided(balances(entries, by, told))


def by_measure(account: Frame, by: Sequence[str]) -> Frame:
    """The known amounts of accounts below each other: `measure` and `amount_sek`, one row per account and measure.

    One reading of the accounts for all measures: an engine that plans would else compute them once for each.
    """
    amounts = account.select(*by, "provenance", **{name: nw.col(f"{name}_sek") for name in ACCOUNT_MEASURES})
    rows = amounts.unpivot(
        list(ACCOUNT_MEASURES), index=[*by, "provenance"], variable_name="measure", value_name="amount_sek"
    )
    return rows.filter(~nw.col("amount_sek").is_null())  # some engines leave them out by themselves


def for_each_measure(rows: Frame) -> Frame:
    """Each row once per measure, with `measure` and `measure_no`."""
    index = rows.collect_schema().names()
    numbers = {name: constant(number, "year") for number, name in enumerate(ACCOUNT_MEASURES, start=1)}
    wide = rows.with_columns(**numbers)
    return wide.unpivot(list(ACCOUNT_MEASURES), index=index, variable_name="measure", value_name="measure_no")


def _comings_and_goings(entries: Frame, told: Collection[str]) -> Frame:
    """Every account with a decision on each of its own days (`sign` 1), and once more on its next (`sign` -1)."""
    own = entries.select(*KEY, as_of_date=nw.col("recorded_date")).unique([*KEY, "as_of_date"])
    pairs = entries.join(own, on=KEY, how="inner").filter(nw.col("recorded_date") <= nw.col("as_of_date"))
    known = standings(pairs, [*KEY, "as_of_date"], told)
    later = own.join(own.select(*KEY, later_date=nw.col("as_of_date")), on=KEY, how="inner")
    later = later.filter(nw.col("later_date") > nw.col("as_of_date"))
    following = later.group_by(*KEY, "as_of_date").agg(next_date=nw.col("later_date").min())
    gone = known.join(following, on=[*KEY, "as_of_date"], how="inner").with_columns(as_of_date=nw.col("next_date"))
    signed = [(known, 1), (gone.drop("next_date"), -1)]
    return nw.concat([rows.with_columns(sign=constant(sign, "year")) for rows, sign in signed], how="vertical")


def _with_sums(days: Frame, moves: Frame) -> Frame:
    """Add what all moves up to each day come to, whether there were any by then or not.

    A sum is as made up as the recipients it is of, also where it is known of none of them.
    """
    sign = nw.col("sign")
    people = _up_to_days(days, summed(moves, DAY, {"recipient_count": sign}), ["recipient_count"])
    amounts = by_measure(moves, [*KEY, "as_of_date", "sign"])
    sums = {"sum_sek": nw.col("amount_sek") * sign, "known_count": sign}
    found = _up_to_days(days, summed(amounts, [*DAY, "measure"], sums), list(sums))
    rows = days.join(people.rename({"provenance": "of_people"}), on=[*DAY, "measure"], how="left")
    rows = rows.join(found.drop("provenance"), on=[*DAY, "measure"], how="left")
    known_count = nw.col("known_count").fill_null(0)
    return rows.with_columns(
        provenance=nw.coalesce(nw.col("of_people"), nw.col("provenance")),
        amount_sek=nw.when(known_count > 0).then(nw.col("sum_sek")),
        known_count=known_count,
        unknown_count=nw.col("recipient_count").fill_null(0) - known_count,
    ).drop("of_people", "sum_sek", "recipient_count")


def _up_to_days(days: Frame, moved: Frame, sums: Sequence[str]) -> Frame:
    """The sums of the moves of each day and all days before it."""
    shared = [*ROUND_KEY, "measure"] if "measure" in moved.collect_schema().names() else list(ROUND_KEY)
    earlier = moved.rename({"as_of_date": "moved_date"})
    pairs = days.select(*DAY, "measure").join(earlier, on=shared, how="inner")
    pairs = pairs.filter(nw.col("moved_date") <= nw.col("as_of_date"))
    return summed(pairs, [*DAY, "measure"], {name: nw.col(name) for name in sums})


def _with_change(rows: Frame) -> Frame:
    earlier = rows.select(*ROUND_KEY, "measure", last_date=nw.col("as_of_date"), last_sek=nw.col("amount_sek"))
    pairs = rows.join(earlier, on=[*ROUND_KEY, "measure", "last_date"], how="left")
    return pairs.with_columns(change_sek=nw.col("amount_sek") - nw.col("last_sek")).drop("last_date", "last_sek")


# -- the bridge -----------------------------------------------------------------------------------------------------
def split_by_day(ledger: Frame, since: nw.Expr, until: nw.Expr) -> tuple[Frame, Frame]:
    """The entries known by the first day, and those that became known after it and by the last one."""
    recorded = nw.col("recorded_date")
    return ledger.filter(recorded <= since), ledger.filter((recorded > since) & (recorded <= until))


def split_by_version(ledger: Frame, published: Frame) -> tuple[Frame, Frame]:
    """The entries that an earlier version had too, and those that it did not have.

    Args: published: core_ledger_entry of that version.
    """
    had = published.select("entry_id", was_there=nw.col("source_row") > 0).unique(["entry_id"])
    rows = ledger.join(had, on="entry_id", how="left")
    was_there = is_true(nw.col("was_there"))
    return rows.filter(was_there).drop("was_there"), rows.filter(~was_there).drop("was_there")


def bridge(before: Frame, added: Frame, told: Collection[str]) -> Frame:
    """What each recipient's measures became by the added entries, step by step.

    A step is what one cause recorded on one day; steps follow each other by day, and within a day in the order of
    CAUSES. Each changes a measure by what it changes when all earlier steps are made, so that the changes of a measure
    add up to the difference, whatever the measure is derived from.

    Args: before, added: rows of core_ledger_entry, with no entry in both.
    Returns: one row (CHANGE) per recipient, step and measure that it changes. Null is unknown: an amount that becomes
        known changes the sum of what is known by all of itself.
    """
    entries = nw.concat([_as_before(before), _with_step(added)], how="vertical")
    steps = _steps(entries)
    known = by_measure(standings(_up_to(entries, steps), [*KEY, "step"], told), [*KEY, "step"])
    return _changes(for_each_measure(steps), known)


def _as_before(entries: Frame) -> Frame:
    return _of_recipients(entries).with_columns(step=constant(BEFORE, "source_file"))


def _with_step(entries: Frame) -> Frame:
    """Add `step`, a text that sorts after BEFORE as steps follow each other."""
    numbers = [(nw.col("cause") == cause, f"{number:02d}") for number, cause in enumerate(CAUSES)]
    number = first_of(numbers, otherwise=constant("99", "source_file"))
    day = nw.col("recorded_date").cast(nw.String)
    return _of_recipients(entries).with_columns(step=nw.concat_str([nw.lit("on "), day, nw.lit(" "), number]))


def _of_recipients(entries: Frame) -> Frame:
    return entries.filter(~nw.col("recipient_code").is_null())


def _steps(entries: Frame) -> Frame:
    """Each step of each recipient, with its day and cause, whether the day is assumed, and the step before it."""
    added = entries.filter(nw.col("step") != BEFORE)
    by = [*KEY, "step", "recorded_date", "cause"]
    steps = summed(added, by, {"assumed_count": counted(nw.col("recorded_is_assumed"))})
    steps = steps.with_columns(is_assumed=nw.col("assumed_count") > 0).drop("assumed_count")
    earlier = steps.select(*KEY, earlier_step=nw.col("step"))
    pairs = steps.join(earlier, on=KEY, how="inner").filter(nw.col("earlier_step") < nw.col("step"))
    nearest = pairs.group_by(*KEY, "step").agg(last_step=nw.col("earlier_step").max())
    rows = steps.join(nearest, on=[*KEY, "step"], how="left")
    return rows.with_columns(last_step=nw.col("last_step").fill_null(BEFORE))


def _up_to(entries: Frame, steps: Frame) -> Frame:
    """The entries of each step and all before it, for BEFORE and every step of the recipient."""
    made = steps.select(*KEY, until_step=nw.col("step"))
    first = made.unique(KEY).with_columns(until_step=constant(BEFORE, "recipient_code"))
    pairs = entries.join(nw.concat([made, first], how="vertical"), on=KEY, how="inner")
    pairs = pairs.filter(nw.col("step") <= nw.col("until_step"))
    return pairs.with_columns(step=nw.col("until_step")).drop("until_step")


def _changes(steps: Frame, known: Frame) -> Frame:
    after = known.select(*KEY, "step", "measure", after_sek=nw.col("amount_sek"))
    before = known.select(*KEY, "measure", last_step=nw.col("step"), before_sek=nw.col("amount_sek"))
    rows = steps.join(after, on=[*KEY, "step", "measure"], how="left")
    rows = rows.join(before, on=[*KEY, "last_step", "measure"], how="left")
    return rows.filter(_differ()).select(*CHANGE)


def _differ() -> nw.Expr:
    before, after = nw.col("before_sek"), nw.col("after_sek")
    return is_true(before != after) | (before.is_null() != after.is_null())


def unexplained(account: Frame, before: Frame, told: Collection[str]) -> Frame:
    """What a version published of accounts beside what its entries come to by present rules and code, as CHANGE.

    Args: account: core_account of that version; before: the entries that it had, as they are read now.
    Returns: one row per recipient and measure that differs, of the cause UNEXPLAINED.
    """
    published = by_measure(_decided(account), KEY)
    now = by_measure(standings(before, KEY, told), KEY)
    either = [*KEY, "measure"]
    both = nw.concat([each.select(*either, "provenance") for each in (published, now)], how="vertical")
    everything = summed(both, either, {})
    rows = everything.join(published.select(*either, before_sek=nw.col("amount_sek")), on=either, how="left")
    rows = rows.join(now.select(*either, after_sek=nw.col("amount_sek")), on=either, how="left")
    return (
        rows.filter(_differ())
        .with_columns(
            recorded_date=nothing("recipient_code").str.to_date(format="%Y-%m-%d"),
            cause=constant(UNEXPLAINED, "recipient_code"),
            is_assumed=nw.col("year") < 0,
        )
        .select(*CHANGE)
    )


def totals(account: Frame) -> Frame:
    """The sum of what is known of each measure, over accounts with a decision; no row of what is known of nobody."""
    known = by_measure(_decided(account), KEY)
    return summed(known, ["measure"], {"sum_sek": nw.col("amount_sek")}).select("measure", amount_sek=nw.col("sum_sek"))


def _decided(account: Frame) -> Frame:
    return account.filter(~nw.col("granted_sek").is_null())
