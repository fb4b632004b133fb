"""Amounts as they are written, and as whole kronor."""

import narwhals as nw
import pytest

from assets.domain.money import grouped, has_ore, kronor
from tests.frames import computed

READABLE = [
    pytest.param("1 612 600", 1_612_600, id="ordinary spaces"),
    pytest.param("1\u00a0612\u00a0600", 1_612_600, id="no-break spaces"),
    pytest.param("1\u202f612\u202f600", 1_612_600, id="narrow no-break spaces"),
    pytest.param("1\u2009612\u2009600", 1_612_600, id="thin spaces"),
    pytest.param("103 589 kr", 103_589, id="a closing kr"),
    pytest.param("103589kr", 103_589, id="a closing kr without a space"),
    pytest.param("103589 KR", 103_589, id="a closing KR"),
    pytest.param("0", 0, id="zero"),
    pytest.param("007", 7, id="leading zeros"),
    pytest.param("999999999999999", 10**15 - 1, id="fifteen digits"),
    pytest.param("12,49", 12, id="öre"),
    pytest.param("12,50", 13, id="fifty öre count upwards"),
    pytest.param("12.50", 13, id="öre after a point"),
    pytest.param("12,5 kr", 13, id="one digit of öre"),
    pytest.param("1 000,00", 1_000, id="no öre, written out"),
    pytest.param("1\u00a0000,99 kr", 1_001, id="öre behind grouped thousands"),
    pytest.param("-12,50", -13, id="fifty öre count away from nothing"),
    pytest.param("-12,49", -12, id="a negative amount and some öre"),
    pytest.param("0,49", 0, id="less than half a krona"),
    pytest.param("-5", -5, id="a negative amount is read; that it is negative is a problem of the field"),
]

UNREADABLE = [
    pytest.param("12,", id="a decimal sign alone"),
    pytest.param("12,505", id="three decimals may be thousands"),
    pytest.param("1,5,0", id="two decimal signs"),
    pytest.param("1.000", id="a point between thousands"),
    pytest.param("1,000", id="a comma between thousands"),
    pytest.param("ca 25 000", id="an approximation"),
    pytest.param("25 tkr", id="thousands of kronor"),
    pytest.param("", id="nothing"),
    pytest.param("kr", id="a unit alone"),
    pytest.param("1e5", id="an exponent"),
    pytest.param("١٢٣", id="Arabic digits"),
    pytest.param("1234567890123456", id="sixteen digits"),
    pytest.param("--5", id="two signs"),
    pytest.param("5-", id="a sign behind"),
    pytest.param(None, id="null"),
]


@pytest.mark.parametrize(("text", "amount"), READABLE)
def test_an_amount_is_read_as_whole_kronor(text: str, amount: int):
    assert computed(kronor(nw.col("text")), text=[text]) == [amount]


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_is_no_whole_amount_is_null(text: str | None):
    assert computed(kronor(nw.col("text")), text=[text]) == [None]


def test_an_unreadable_amount_leaves_its_neighbours_readable():
    assert computed(kronor(nw.col("text")), text=["1 000", "tusen", None, "2 000"]) == [1000, None, None, 2000]


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (1, "1"),
        (999, "999"),
        (1000, "1\u00a0000"),
        (110_191, "110\u00a0191"),
        (21_117_795, "21\u00a0117\u00a0795"),
    ],
)
def test_an_amount_is_written_in_groups_of_three(amount: int, text: str):
    assert computed(grouped("amount"), amount=[amount]) == [text]


@pytest.mark.parametrize(
    "text", ["1 2 3 kr", "12 5", "100 20", "1612 600", "1  612 600", "103 589 61", " 5", "kr", "5 kr kr"]
)
def test_spaces_that_group_no_thousands_may_be_two_amounts_and_are_not_read(text: str):
    assert computed(kronor(nw.col("text")), text=[text]) == [None]


@pytest.mark.parametrize("text", ["12,50", "12.5 kr", "1 000,01", "-0,10"])
def test_an_amount_with_ore_is_told_apart(text: str):
    assert computed(has_ore(nw.col("text")), text=[text]) == [True]


@pytest.mark.parametrize("text", ["12", "12,00", "1 000,0 kr", "1.000", "ca 12,50", None])
def test_what_has_no_ore_or_is_no_amount_has_none(text: str | None):
    assert computed(has_ore(nw.col("text")), text=[text]) == [False]


@pytest.mark.parametrize(("amount", "text"), [(0, "0"), (-1_000, "\u22121\u00a0000"), (-1, "\u22121")])
def test_nothing_and_less_than_nothing_are_written_too(amount: int, text: str):
    assert computed(grouped("amount"), amount=[amount]) == [text]


def test_an_amount_that_is_not_known_stays_unknown():
    assert computed(grouped("amount"), amount=[None, 5]) == [None, "5"]
