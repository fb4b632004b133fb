"""Amounts as they are written, and as whole kronor."""

import narwhals as nw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.domain.money import grouped, has_ore, in_larger_unit, is_approximate, is_dash, kronor
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
    pytest.param("1.612.600,00", 1_612_600, id="points between thousands, and no öre"),
    pytest.param("1.000", 1_000, id="a point between thousands"),
    pytest.param("1.000,50", 1_001, id="a point between thousands, and öre"),
    pytest.param("1\u2007612\u3000600", 1_612_600, id="spaces of other widths"),
    pytest.param("900 000 kronor", 900_000, id="kronor"),
    pytest.param("900 000 SEK", 900_000, id="SEK"),
    pytest.param("900 000 kr.", 900_000, id="an abbreviation with its point"),
    pytest.param("900:-", 900, id="a price tag"),
    pytest.param("900,-", 900, id="a price tag with a comma"),
    pytest.param("0,9 mnkr", 900_000, id="millions"),
    pytest.param("1,5 miljoner kronor", 1_500_000, id="millions in words"),
    pytest.param("1.5 mkr", 1_500_000, id="millions with a point"),
    pytest.param("0,000001 mnkr", 1, id="a krona in millions"),
    pytest.param("50 tkr", 50_000, id="thousands"),
    pytest.param("50,125 tkr", 50_125, id="thousands to the krona"),
    pytest.param("1 612 kkr", 1_612_000, id="thousands, grouped"),
    pytest.param("999999999 mnkr", 999_999_999_000_000, id="fifteen digits in millions"),
    pytest.param("\u22125", -5, id="a true minus"),
    pytest.param("\u2013 5", -5, id="a dash and a space"),
    pytest.param("\uff0d5 tkr", -5_000, id="a wide minus"),
    pytest.param("-5", -5, id="a negative amount is read; that it is negative is a problem of the field"),
]

UNREADABLE = [
    pytest.param("12,", id="a decimal sign alone"),
    pytest.param("12,505", id="three decimals may be thousands"),
    pytest.param("1,5,0", id="two decimal signs"),
    pytest.param("1.00.000", id="points that group no thousands"),
    pytest.param("1.000.00", id="a point for two things"),
    pytest.param("1.000 000", id="a point and a space between thousands"),
    pytest.param("1.500 tkr", id="thousands, or a thousand of them"),
    pytest.param("1,5005 tkr", id="parts of a krona in thousands"),
    pytest.param("0,0000001 mnkr", id="parts of a krona in millions"),
    pytest.param("5 tkr kr", id="two units"),
    pytest.param("\u2212", id="a minus alone"),
    pytest.param("cirka 25 000", id="an approximation in a word"),
    pytest.param("25 000 kr ca", id="an approximation behind"),
    pytest.param("1000000000 mnkr", id="sixteen digits in millions"),
    pytest.param("1,000", id="a comma between thousands"),
    pytest.param("ca 25 000", id="an approximation"),
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


@pytest.mark.parametrize("text", ["12", "12,00", "1 000,0 kr", "1.000", "1,5 tkr", "ca 12,50", None])
def test_what_has_no_ore_or_is_no_amount_has_none(text: str | None):
    assert computed(has_ore(nw.col("text")), text=[text]) == [False]


@pytest.mark.parametrize(("amount", "text"), [(0, "0"), (-1_000, "\u22121\u00a0000"), (-1, "\u22121")])
def test_nothing_and_less_than_nothing_are_written_too(amount: int, text: str):
    assert computed(grouped("amount"), amount=[amount]) == [text]


def test_an_amount_that_is_not_known_stays_unknown():
    assert computed(grouped("amount"), amount=[None, 5]) == [None, "5"]


@pytest.mark.parametrize(
    "text", ["ca 25 000", "Ca. 25 000", "cirka 25 000 kr", "c:a 5", "drygt 1 mnkr", "~5", "\u2248 5"]
)
def test_an_approximation_is_told_and_not_read(text: str):
    both = [computed(told(nw.col("text")), text=[text]) for told in (is_approximate, kronor)]
    assert both == [[True], [None]]


@pytest.mark.parametrize("text", ["-", "\u2212", "\u2013", "\u2014", "--", "\u2212\u2212"])
def test_a_dash_alone_is_told_and_not_read(text: str):
    assert [computed(told(nw.col("text")), text=[text]) for told in (is_dash, kronor)] == [[True], [None]]


@pytest.mark.parametrize(("text", "told"), [("50 tkr", True), ("0,9 mnkr", True), ("50 kr", False), (None, False)])
def test_an_amount_in_thousands_or_millions_is_told(text: str | None, told: bool):  # noqa: FBT001 - a table of cases
    assert computed(in_larger_unit(nw.col("text")), text=[text]) == [told]


SPACES = "\u0020\u00a0\u2007\u2009\u202f"
MINUSES = "-\u2010\u2011\u2012\u2013\u2014\u2212"


@st.composite
def written(draw: st.DrawFn) -> tuple[str, int]:
    """An amount in any of the ways it may be written, and the amount."""
    power = draw(st.sampled_from([0, 0, 3, 6]))
    whole = draw(st.integers(0, 10 ** (9 if power else 15) - 1))
    places = draw(st.integers(0, 2 if power else 0)) or (draw(st.integers(0, power)) if power else 0)
    decimals = draw(st.integers(0, 10**places - 1)) if places else 0
    by_point = power == 0 and draw(st.booleans())
    sign = draw(st.sampled_from(["", *MINUSES]))
    text = _grouped(whole, "." if by_point else draw(st.sampled_from(["", *SPACES])), draw)
    comma = "," if by_point or places > 2 else draw(st.sampled_from(",."))
    if power == 0 and draw(st.booleans()):
        text += comma + draw(st.sampled_from(["0", "00"]))
    if places:
        text += f"{comma}{decimals:0{places}}"
    unit = draw(
        st.sampled_from({0: ["", "kr", "KR.", "kronor", "sek", ":-"], 3: ["tkr", "kkr"], 6: ["mnkr", "Mkr"]}[power])
    )
    gap = draw(st.sampled_from(["", *SPACES])) if unit else ""
    amount = whole * 10**power + decimals * 10 ** (power - places)
    return sign + text + gap + unit, -amount if sign else amount


def _grouped(number: int, space: str, draw: st.DrawFn) -> str:
    """With a space of one kind or another at each thousand, or with none at all."""
    if not space:
        return str(number)
    first, *rest = f"{number:,}".split(",")
    return first + "".join((space if space == "." else draw(st.sampled_from(SPACES))) + group for group in rest)


@settings(deadline=None)
@given(written())
def test_an_amount_written_in_any_supported_way_reads_back(case: tuple[str, int]):
    text, amount = case
    assert computed(kronor(nw.col("text")), text=[text]) == [amount]
