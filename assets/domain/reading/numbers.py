"""Organisation numbers as people write them, to ten digits or the reason why not. Never guessed, never printed.

That of a sole trader is a personal identity number: its third and fourth digits are a month.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeGuard

from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.se import orgnr, personnummer

from assets.domain.reading.spelling import HYPHENS, digits_of
from assets.received import Cell

UNREADABLE, CHECK_DIGIT = "number_unreadable", "number_check_digit"

OF_ORGANISATIONS, OF_PERSONS = ("16",), ("18", "19", "20")
"""What a number of twelve digits begins with."""

WRITTEN = re.compile("(?:(?P<century>16|18|19|20)[ -]?)?(?P<first>[0-9]{6}) ?[-+]? ?(?P<last>[0-9]{4})")
LARGEST_MONTH_DIGIT = "1"
COORDINATED = 60
"""What is added to the day of birth in a coordination number (samordningsnummer)."""


@dataclass(frozen=True, slots=True)
class Number:
    """Ten digits, or the rule that tells why there are none."""

    digits: str | None = field(default=None, repr=False)
    fault: str | None = None

    @property
    def is_personal(self) -> bool:
        """Whether it is a person's, and tells when it was born."""
        return self.digits is not None and is_personal(self.digits)


def is_personal(digits: str) -> bool:
    """Whether ten digits are a personal identity number: in that of any other body the third is two at least."""
    return digits[2] <= LARGEST_MONTH_DIGIT


def read_number(text: str) -> Number:
    """A number with or without hyphen, spaces, 16 or a century before it; its check digit must be right."""
    found = WRITTEN.fullmatch(HYPHENS.sub("-", " ".join(text.split())))
    if not found or not _is_whole(found["century"], found["first"]):
        return Number(fault=UNREADABLE)
    try:
        return Number(orgnr.validate(found["first"] + found["last"]))
    except InvalidChecksum:
        return Number(fault=CHECK_DIGIT)


def _is_whole(century: str | None, first: str) -> bool:
    """Whether the first six digits can be a person's day of birth or else an organisation's, as the century says."""
    if not is_personal(first):
        return century in (None, *OF_ORGANISATIONS)
    return any(_is_day(f"{each}{first}") for each in OF_PERSONS if century in (None, each))


def _is_day(born: str) -> bool:
    """Whether eight digits are a day, also as a coordination number writes it."""
    day = int(born[6:])
    plain = f"{born[:6]}{day - COORDINATED if day > COORDINATED else day:02}"
    with suppress(ValidationError):
        return bool(personnummer.get_birth_date(f"{plain}-0000"))
    return False


def is_whole(cell: Cell) -> TypeGuard[int | Decimal]:
    """Whether a cell is a whole number in the file, as a workbook holds a code whose first zeros it dropped."""
    if isinstance(cell, bool) or not isinstance(cell, int | Decimal):
        return False
    return Decimal(cell).is_finite() and cell == int(cell)


def plain_code(code: str) -> str:
    """A code as codes are compared: the ten digits of an organisation number, or the digits that there are."""
    return read_number(code).digits or digits_of(code)
