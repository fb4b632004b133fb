"""The books: what the ledger says of money that moved, held against the bookings of the agency, one to one.

An entry and a booking belong together by case number, event and amount, or else by case number and event. Where
several are alike, the first of one side goes with the first of the other. Nothing is left out: what has no counterpart
is an orphan, on either side.
"""

from __future__ import annotations

from collections.abc import Sequence

import narwhals as nw

from assets.domain.dates import day_number, year_ending
from assets.domain.frames import ROUND_KEY, Frame, constant, counted, first_of, is_true, nothing, sentence, summed
from schemas.configuration.accounting import Accounting
from schemas.words.events import BOOKED_AS, CASH
from schemas.words.vocabulary import (
    ACCOUNT_NOT_DECLARED,
    AMOUNT,
    BOOK_RESULTS,
    MATCHED,
    MISSING_IN_BOOKS,
    MISSING_IN_LEDGER,
    MIXED,
    REVERSED,
    TIMING,
    UNKNOWN_CASE_NUMBER,
)

CASE = (*ROUND_KEY, "case_number", "event")
ADDRESS = ("source_file", "source_sheet", "source_row")
OF_BOTH = (*ROUND_KEY, "provenance", "event", "case_number", "recipient_code", *ADDRESS)
OF_ENTRY = ("entry_id", "ledger_date", "ledger_sek")
OF_BOOKING = ("booking_id", "account_no", "voucher_no", "booked_date", "booked_sek")
"""What a row has of the side that it comes from, and of each side alone."""


def book_matches(entries: Frame, booked: Frame, pairs: Frame, accounting: Accounting) -> Frame:
    """Every entry of money that moved and every booking, paired or alone, each in exactly one row (core_book_match).

    Args: entries, booked and pairs as from `cash_entries`, `stated_bookings` and `book_pairs`. These are steps of their
        own so that a caller can keep what each gives: an engine that plans them as one query plans it many times over.
    """
    rows = nw.concat([_of_entries(entries, booked, pairs), _of_bookings(booked, pairs)], how="vertical")
    return _judged(rows, accounting)


def cash_entries(ledger: Frame, accounting: Accounting) -> Frame:
    """The entries that the books have a booking of, less what reverses them: OF_BOTH, OF_ENTRY, id, order, sek.

    Args: core_ledger_entry. An entry that others reverse whole has `own_result` and expects no booking.
    """
    declared = {account.event for account in accounting.accounts.values()}
    events = [name for name, booked in BOOKED_AS.items() if name in CASH or booked in declared]
    mine = ledger.filter(nw.col("event").is_in(events))
    reversing = mine.filter(~nw.col("reverses").is_null())
    back = summed(reversing, [*ROUND_KEY, "reverses"], {"back_sek": nw.col("amount_sek")})
    back = back.select(*ROUND_KEY, "back_sek", entry_id=nw.col("reverses"))
    rows = mine.filter(nw.col("reverses").is_null()).join(back, on=[*ROUND_KEY, "entry_id"], how="left")
    own_day = nw.when(~is_true(nw.col("recorded_is_assumed"))).then(nw.col("recorded_date"))
    rows = rows.with_columns(
        event=first_of([(nw.col("event") == name, BOOKED_AS[name]) for name in events], otherwise=nothing("event")),
        ledger_sek=nw.col("amount_sek") + nw.col("back_sek").fill_null(0),
        ledger_date=nw.coalesce(nw.col("event_date"), own_day),
    )
    is_reversed = ~nw.col("back_sek").is_null() & (nw.col("ledger_sek") == 0)
    rows = rows.with_columns(own_result=first_of([(is_reversed, REVERSED)], otherwise=nothing("entry_id")))
    return _ordered(rows.select(*OF_BOTH, *OF_ENTRY, "own_result"), "entry_id", "ledger")


def stated_bookings(bookings: Frame, cases: Frame, accounting: Accounting) -> Frame:
    """The bookings in the ledger's words: OF_BOTH, OF_BOOKING, id, order, sek.

    Args: core_booking; cases: programme, year, case_number of every case that the round knows.

    `own_result` is that of a booking which has no counterpart whatever the ledger says.
    """
    number, signed = nw.col("account_no"), nw.col("amount_sek")
    for no, account in accounting.accounts.items():
        if account.sign < 0:
            signed = nw.when(number == no).then(0 - nw.col("amount_sek")).otherwise(signed)
    events = [(number == no, account.event) for no, account in accounting.accounts.items()]
    rows = bookings.with_columns(
        event=first_of(events, otherwise=nothing("account_no")),
        booked_sek=signed,
        booking_id=sentence("{source_file}:{source_row}", ["source_file", "source_row"], "source_file"),
    )
    there = cases.filter(~nw.col("case_number").is_null()).select(*ROUND_KEY, "case_number")
    known = there.unique([*ROUND_KEY, "case_number"]).with_columns(known_case=nw.col("case_number"))
    rows = rows.join(known, on=[*ROUND_KEY, "case_number"], how="left")
    refused = [
        (nw.col("event").is_null(), ACCOUNT_NOT_DECLARED),
        (nw.col("known_case").is_null(), UNKNOWN_CASE_NUMBER),
    ]
    rows = rows.with_columns(own_result=first_of(refused, otherwise=nothing("account_no")))
    return _with_taken_back(_ordered(rows.select(*OF_BOTH, *OF_BOOKING, "own_result"), "booking_id", "booked"))


def _ordered(rows: Frame, name: str, side: str) -> Frame:
    """Add `id`, `sek` and `order`: a text that sorts by day, different for every row."""
    rows = rows.with_columns(id=nw.col(name), sek=nw.col(f"{side}_sek"), day=nw.col(f"{side}_date").cast(nw.String))
    return rows.with_columns(order=sentence("{day} {id}", ["day", "id"], "id"))


def _with_taken_back(booked: Frame) -> Frame:
    """Bookings that another of the same case and the contrary amount takes back have the result `reversed`."""
    standing = booked.filter(nw.col("own_result").is_null()).with_columns(size=nw.col("sek").abs())
    by = [*CASE, "size"]
    pairs = _paired(standing.filter(nw.col("sek") > 0), standing.filter(nw.col("sek") < 0), by)
    both = nw.concat([pairs.select(id=nw.col("entry_id")), pairs.select(id=nw.col("booking_id"))], how="vertical")
    rows = booked.join(both.with_columns(taken_back=nw.col("id")), on="id", how="left")
    is_taken_back = ~nw.col("taken_back").is_null()
    return rows.with_columns(own_result=first_of([(is_taken_back, REVERSED)], otherwise=nw.col("own_result")))


def book_pairs(entries: Frame, booked: Frame) -> Frame:
    """Which entry goes with which booking (their ids): those of the same amount first, then what is left of each case.

    Args: as from `cash_entries` and `stated_bookings`; those with a result of their own are left alone.
    """
    columns = [*CASE, "sek", "id", "order"]
    entries = entries.filter(nw.col("own_result").is_null()).select(columns)
    booked = booked.filter(nw.col("own_result").is_null()).select(columns)
    same = _paired(entries, booked, [*CASE, "sek"])
    entries = entries.join(same.select(id=nw.col("entry_id")), on="id", how="anti")
    booked = booked.join(same.select(id=nw.col("booking_id")), on="id", how="anti")
    return nw.concat([same, _paired(entries, booked, CASE)], how="vertical")


def _paired(left: Frame, right: Frame, by: Sequence[str]) -> Frame:
    """The ids (`entry_id`, `booking_id`) of rows that are alike in `by`, the first with the first."""
    ours = _placed(left, by).select(*by, "place", entry_id=nw.col("id"))
    theirs = _placed(right, by).select(*by, "place", booking_id=nw.col("id"))
    return ours.join(theirs, on=[*by, "place"], how="inner").select("entry_id", "booking_id")


def _placed(rows: Frame, by: Sequence[str]) -> Frame:
    """Which place each id has among those alike, from 1, by `order`. A case has few rows, so few are compared."""
    alike = rows.select(*by, "id", "order").join(rows.select(*by, other=nw.col("order")), on=list(by), how="inner")
    before = alike.filter(nw.col("other") <= nw.col("order")).with_columns(one=counted(~nw.col("other").is_null()))
    places = before.group_by(*by, "id").agg(place=nw.col("one").sum())
    return places.with_columns(nw.col("place").cast(nw.Int64))


def _of_entries(entries: Frame, booked: Frame, pairs: Frame) -> Frame:
    """A row for every entry, with its booking if it has one."""
    theirs = {f"booking_{name}": nw.col(name) for name in ("provenance", "recipient_code", *ADDRESS)}
    rows = entries.join(pairs, on="entry_id", how="left")
    rows = rows.join(booked.select(*OF_BOOKING, **theirs), on="booking_id", how="left")
    is_mixed = is_true(nw.col("booking_provenance") != nw.col("provenance"))
    is_booked = ~nw.col("booking_id").is_null()
    address = {name: nw.when(~is_booked).then(nw.col(name)).otherwise(nw.col(f"booking_{name}")) for name in ADDRESS}
    return rows.with_columns(
        match_id=nw.col("entry_id"),
        provenance=first_of([(is_mixed, MIXED)], otherwise=nw.col("provenance")),
        recipient_code=nw.coalesce(nw.col("recipient_code"), nw.col("booking_recipient_code")),
        **address,
    ).select(*OF_BOTH, *OF_ENTRY, *OF_BOOKING, "match_id", "own_result")


def _of_bookings(booked: Frame, pairs: Frame) -> Frame:
    """A row for every booking without an entry."""
    alone = booked.join(pairs.select("booking_id"), on="booking_id", how="anti")
    return alone.with_columns(
        match_id=nw.col("booking_id"),
        entry_id=nothing("booking_id"),
        ledger_date=nothing("booked_date"),
        ledger_sek=nothing("booked_sek"),
    ).select(*OF_BOTH, *OF_ENTRY, *OF_BOOKING, "match_id", "own_result")


def _judged(rows: Frame, accounting: Accounting) -> Frame:
    """Add result, signed difference and whether it is material; of what is booked late its whole amount may be."""
    rows = rows.with_columns(
        difference_sek=nw.col("booked_sek").fill_null(0) - nw.col("ledger_sek").fill_null(0),
    )
    cases = [
        *((nw.col("own_result") == each, each) for each in BOOK_RESULTS),
        (nw.col("booking_id").is_null(), MISSING_IN_BOOKS),
        (nw.col("entry_id").is_null(), MISSING_IN_LEDGER),
        (nw.col("difference_sek").abs() > accounting.tolerance_sek, AMOUNT),
        (_at_another_time(accounting), TIMING),
    ]
    rows = rows.with_columns(result=first_of(cases, otherwise=constant(MATCHED, "match_id")))
    amount = nw.when(nw.col("result") == TIMING).then(nw.col("ledger_sek")).otherwise(nw.col("difference_sek"))
    is_large = is_true(amount.abs() >= accounting.materiality_sek)
    return rows.with_columns(is_material=is_large & (nw.col("result") != REVERSED)).drop("own_result")


def _at_another_time(accounting: Accounting) -> nw.Expr:
    """Booked too many days before or after, or in another financial year. Unknown where the entry has no day."""
    happened, booked = nw.col("ledger_date"), nw.col("booked_date")
    apart = (day_number(booked) - day_number(happened)).abs()
    other_year = year_ending(booked, accounting.year_end) != year_ending(happened, accounting.year_end)
    return (apart > accounting.tolerance_days) | other_year


def books_by_year(matches: Frame) -> Frame:
    """The round's matches by result (table out_book_by_year): counts, the sum of either side, and the difference."""
    amounts = {name: nw.col(name) for name in ("ledger_sek", "booked_sek", "difference_sek")}
    counts = {"match_count": counted(~nw.col("match_id").is_null()), "material_count": counted(nw.col("is_material"))}
    rows = summed(matches, [*ROUND_KEY, "result"], amounts | counts)
    number = constant(1, "year")
    for place, result in enumerate(BOOK_RESULTS[1:], start=2):
        number = nw.when(nw.col("result") == result).then(nw.lit(place)).otherwise(number)
    return rows.with_columns(result_no=number.cast(nw.Int64))
