"""Organisation numbers: however they are written, and never one that a slip of the pen made."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.domain.reading.amounts import read_amount
from assets.domain.reading.numbers import CHECK_DIGIT, UNREADABLE, is_personal, is_whole, read_number

NINE = st.integers(100_000_000, 999_999_999).map(str).filter(lambda nine: not is_personal(nine))
"""The first nine digits of an organisation's number."""


def with_check_digit(nine: str) -> str:
    """2 1 2 1 ... times each digit, the digits of the products added; the last makes it a whole ten."""
    products = (int(digit) * (2 - at % 2) for at, digit in enumerate(nine))
    return nine + str(-sum(product // 10 + product % 10 for product in products) % 10)


def ways(ten: str) -> list[str]:
    first, last = ten[:6], ten[6:]
    plain = [f"{first}{between}{last}" for between in ("", "-", " ", " - ", "–", "\u00a0", "‑")]
    return [*plain, *(f"16{each}" for each in plain), f"16 {ten}", f"16-{first}-{last}", f" {ten} "]


@given(NINE)
def test_every_way_to_write_a_number_is_the_same_ten_digits(nine: str):
    ten = with_check_digit(nine)
    assert {read_number(way).digits for way in ways(ten)} == {ten}


@given(NINE, st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_is_never_another_number(nine: str, at: int, more: int):
    """Unless it makes the number a person's, which must be a day as well, the check digit tells."""
    ten = with_check_digit(nine)
    wrong = ten[:at] + str((int(ten[at]) + more) % 10) + ten[at + 1 :]
    assert read_number(wrong).digits is None


@given(st.text(max_size=15))
def test_no_text_is_more_than_ten_digits_or_a_fault(text: str):
    number = read_number(text)
    assert (number.digits is None) != (number.fault is None)
    assert number.digits is None or (len(number.digits) == 10 and number.digits.isascii())


@pytest.mark.parametrize(
    "born", ["900101-9802", "19900101-9802", "900101+9802", "900161-9809", "000229-9802", "20000229-9802"]
)
def test_a_persons_number_is_known_as_one(born: str):
    number = read_number(born)
    assert number.fault in (None, CHECK_DIGIT)
    assert number.digits is None or number.is_personal


@pytest.mark.parametrize("born", ["900001-9802", "901301-9802", "900132-9802", "19010229-9802", "900192-9802"])
def test_a_day_that_there_is_not_is_no_number(born: str):
    assert read_number(born).fault == UNREADABLE


@pytest.mark.parametrize(("cell", "whole"), [(5, True), (5.0, False), (True, False), ("5", False), (None, False)])
def test_what_a_workbook_holds_as_a_whole_number(cell: object, whole: bool):  # noqa: FBT001 - what is expected
    assert is_whole(cell) is whole  # type: ignore[arg-type]


@given(st.integers(0, 999_999_999), st.integers(0, 999))
def test_thousands_with_three_decimals_are_the_kronor_that_they_say(thousands: int, kronor: int):
    written = f"{thousands},{kronor:03}"
    assert read_amount(written, 1_000) == read_amount(f"{thousands * 1_000 + kronor}")


@given(st.integers(-(10**11), 10**11))
def test_whole_kronor_are_a_thousandth_of_whole_thousands(number: int):
    assert read_amount(number, 1_000).kronor == (read_amount(number).kronor or 0) * 1_000
