"""How an agency keeps a programme's money in its books: the accounts, and what counts as agreeing with the ledger."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from schemas.configuration.declared import Declared

YEAR_END = (
    r"^(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))$"
)
"""A day, as month and day, that every year has."""


class BookAccount(Declared):
    """One account of the books: what its bookings are about, and how it signs them."""

    event: Literal["payment", "repaid", "refunded", "written_off"]
    """The event of the ledger that a booking on the account stands for."""
    sign: Literal[1, -1]
    """The sign with which the extract writes the event: -1 where a payment, a repayment or a write-off is negative."""


class Accounting(Declared):
    """How the ledger is held against the books of the agency."""

    accounts: Annotated[dict[str, BookAccount], Field(min_length=1)]
    """The accounts that the extract may hold, by number; bookings on others are listed."""
    tolerance_days: Annotated[int, Field(ge=0)]
    """So many days may lie between an event and its booking."""
    materiality_sek: Annotated[int, Field(ge=1)]
    """From so many kronor on, what does not agree is marked as material."""
    year_end: Annotated[str, StringConstraints(pattern=YEAR_END)]
    """The last day of the financial year, as month and day: `12-31`."""
