"""Both sides of every rule about the books: what does not agree with the ledger, and what is owed at year-end."""

from collections.abc import Callable

from tests.rows import Record
from tests.spec.arrivals import Found
from tests.spec.books_language import books, ledger, match_records
from tests.spec.boundaries import Boundary
from tests.spec.computations import row_of, rows_of

PAID = "H1 | EX 1 | utbetalning | 2022-11-15 | 100 000"


def held(entry: str | None, booked: str | None) -> Callable[[], Found]:
    """What is found in the comparison of one entry and one booking, of which there may be none."""
    found = match_records(ledger(*filter(None, [entry])), books(*filter(None, [booked])))
    return rows_of("core_book_match", *found)


def booked(
    *,
    day: str = "2022-11-15",
    amount: str = "100 000",
    case: str = "EX 1",
    event: str = "utbetalning",
    who: str = "",
) -> str:
    """A booking of the payment, or one that differs from it. Args: who: the counterparty, if one is named."""
    return f"1 | {case} | {event} | {day} | {amount} | {who}"


def sums(**amounts: int) -> Callable[[], Found]:
    """What is found in one result of a year's comparison."""
    return row_of("out_book_by_year", result="amount", **{f"{name}_sek": amount for name, amount in amounts.items()})


def cash(**amounts: int) -> Callable[[], Found]:
    """What is found in what moved of one recipient."""
    told: Record = {f"{name}_sek": amount for name, amount in amounts.items()}
    return row_of("out_cash", recipient_code="9901", **told)


def claim(**amounts: int) -> Callable[[], Found]:
    """What is found in one receivable."""
    told: Record = {f"{name}_sek": amount for name, amount in amounts.items()}
    return row_of("out_receivable", recipient_code="9901", **told)


BOUNDARIES = [
    Boundary(
        "booking_amount_differs",
        holds=held(PAID, booked(amount="100 001")),
        breaks=held(PAID, booked(amount="100 002")),
    ),
    Boundary(
        "booked_at_another_time",
        holds=held(PAID, booked(day="2022-11-25")),
        breaks=held(PAID, booked(day="2022-11-26")),
    ),
    Boundary("not_in_the_books", holds=held(PAID, booked()), breaks=held(PAID, None)),
    Boundary("not_in_the_ledger", holds=held(PAID, booked()), breaks=held(None, booked())),
    Boundary(
        "booking_with_unknown_case",
        holds=held(PAID, booked()),
        breaks=held(None, booked(case="EX 10")),
    ),
    Boundary(
        "money_not_placed",
        holds=held(PAID, booked()),
        breaks=held(None, booked(case="", who="Exempelkommun 02")),
    ),
    Boundary(
        "cash_in_does_not_add_up",
        holds=cash(cash_in=30, received=10, interest=5, in_not_placed=15),
        breaks=cash(cash_in=30, received=10, interest=5, in_not_placed=16),
    ),
    Boundary(
        "cash_out_does_not_add_up",
        holds=cash(cash_out=30, paid=10, out_not_placed=20),
        breaks=cash(cash_out=30, paid=10, out_not_placed=19),
    ),
    Boundary("account_unknown", holds=held(PAID, booked()), breaks=held(None, booked(event="1930"))),
    Boundary(
        "books_do_not_add_up",
        holds=sums(ledger=100_000, unplaced=500, booked=101_400, difference=900),
        breaks=sums(ledger=100_000, unplaced=500, booked=101_400, difference=901),
    ),
    Boundary(
        "receivable_does_not_add_up",
        holds=claim(outstanding=10, claim_left=4, notified=1, undecided=5),
        breaks=claim(outstanding=10, claim_left=4, notified=1, undecided=6),
    ),
]
