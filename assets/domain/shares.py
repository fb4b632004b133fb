"""Shares, and amounts as text: exact whole numbers, rounded half up in one place. Never float."""

from __future__ import annotations

NO_BREAK = "\u00a0"
MINUS = "\u2212"


def percent(part: int | None, whole: int | None) -> int | None:
    """Share in whole percent, rounded half up as the source's annex does; None where the whole is zero or unknown."""
    return None if part is None else rounded(100 * part, whole)


def rounded(part: int, whole: int | None) -> int | None:
    """The quotient of two whole numbers as a whole number, rounded half up; None where the whole is zero or unknown.

    `(2 * part + whole) // (2 * whole)` is exact, also for a negative part, since `//` floors on whole numbers.
    """
    return (2 * part + whole) // (2 * whole) if whole and whole > 0 else None


def grouped(amount: int) -> str:
    """A whole number as Swedish text: thousands apart by a no-break space, a true minus sign."""
    return f"{amount:,}".replace(",", NO_BREAK).replace("-", MINUS)
