"""Amounts as they are written, and as whole kronor; shares and amounts as they are printed."""

from fractions import Fraction
from math import floor

from hypothesis import given, settings
from hypothesis import strategies as st

from assets.domain.reading.amounts import Amount, kronor, read_amount
from assets.domain.shares import grouped, percent, rounded

READABLE = {
    "ordinary spaces": ("1 612 600", 1_612_600),
    "no-break spaces": ("1\u00a0612\u00a0600", 1_612_600),
    "narrow no-break spaces": ("1\u202f612\u202f600", 1_612_600),
    "thin spaces": ("1\u2009612\u2009600", 1_612_600),
    "a closing kr": ("103 589 kr", 103_589),
    "a closing kr without a space": ("103589kr", 103_589),
    "a closing KR": ("103589 KR", 103_589),
    "zero": ("0", 0),
    "leading zeros": ("007", 7),
    "fifteen digits": ("999999999999999", 10**15 - 1),
    "öre": ("12,49", 12),
    "fifty öre count upwards": ("12,50", 13),
    "öre after a point": ("12.50", 13),
    "one digit of öre": ("12,5 kr", 13),
    "no öre, written out": ("1 000,00", 1_000),
    "öre behind grouped thousands": ("1\u00a0000,99 kr", 1_001),
    "fifty öre count away from nothing": ("-12,50", -13),
    "a negative amount and some öre": ("-12,49", -12),
    "less than half a krona": ("0,49", 0),
    "points between thousands, and no öre": ("1.612.600,00", 1_612_600),
    "a point between thousands": ("1.000", 1_000),
    "a point between thousands, and öre": ("1.000,50", 1_001),
    "spaces of other widths": ("1\u2007612\u3000600", 1_612_600),
    "kronor": ("900 000 kronor", 900_000),
    "SEK": ("900 000 SEK", 900_000),
    "an abbreviation with its point": ("900 000 kr.", 900_000),
    "a price tag": ("900:-", 900),
    "a price tag with a comma": ("900,-", 900),
    "millions": ("0,9 mnkr", 900_000),
    "millions in words": ("1,5 miljoner kronor", 1_500_000),
    "millions with a point": ("1.5 mkr", 1_500_000),
    "a krona in millions": ("0,000001 mnkr", 1),
    "thousands": ("50 tkr", 50_000),
    "thousands to the krona": ("50,125 tkr", 50_125),
    "thousands, grouped": ("1 612 kkr", 1_612_000),
    "fifteen digits in millions": ("999999999 mnkr", 999_999_999_000_000),
    "a true minus": ("\u22125", -5),
    "a dash and a space": ("\u2013 5", -5),
    "a wide minus": ("\uff0d5 tkr", -5_000),
    "a negative amount is read; that it is negative is a problem of the field": ("-5", -5),
}
UNREADABLE = {
    "a decimal sign alone": "12,",
    "three decimals may be thousands": "12,505",
    "two decimal signs": "1,5,0",
    "points that group no thousands": "1.00.000",
    "a point for two things": "1.000.00",
    "a point and a space between thousands": "1.000 000",
    "thousands, or a thousand of them": "1.500 tkr",
    "parts of a krona in thousands": "1,5005 tkr",
    "parts of a krona in millions": "0,0000001 mnkr",
    "two units": "5 tkr kr",
    "a minus alone": "\u2212",
    "an approximation in a word": "cirka 25 000",
    "an approximation behind": "25 000 kr ca",
    "sixteen digits in millions": "1000000000 mnkr",
    "a comma between thousands": "1,000",
    "an approximation": "ca 25 000",
    "nothing": "",
    "a unit alone": "kr",
    "an exponent": "1e5",
    "Arabic digits": "١٢٣",
    "sixteen digits": "1234567890123456",
    "two signs": "--5",
    "a sign behind": "5-",
    "null": None,
}
TWO_AMOUNTS = ("1 2 3 kr", "12 5", "100 20", "1612 600", "1  612 600", "103 589 61", " 5", "5 kr kr")
"""Spaces that group no thousands may stand between two amounts."""

APPROXIMATE = ("ca 25 000", "Ca. 25 000", "cirka 25 000 kr", "c:a 5", "drygt 1 mnkr", "~5", "\u2248 5", "ca -5")
DASHES = ("-", "\u2212", "\u2013", "\u2014", "--", "\u2212\u2212")


def test_an_amount_is_read_as_whole_kronor():
    for what, (text, amount) in READABLE.items():
        assert kronor(text) == amount, what


def test_what_is_no_whole_amount_is_not_read_and_has_a_reason_unless_there_is_nothing():
    for what, text in {**UNREADABLE, **{each: each for each in TWO_AMOUNTS}}.items():
        read = read_amount(text)
        assert read.kronor is None, what
        assert (read.fault is None) == (text is None), what


def test_an_approximation_is_told_and_not_read():
    for text in APPROXIMATE:
        assert read_amount(text) == Amount(fault="amount_approximate"), text


def test_a_dash_alone_is_told_and_not_read():
    for text in DASHES:
        assert read_amount(text) == Amount(fault="amount_is_dash"), text


def test_an_amount_with_ore_is_told_apart():
    for text in ("12,50", "12.5 kr", "1 000,01", "-0,10"):
        assert read_amount(text).has_ore, text


def test_what_has_no_ore_or_is_no_amount_has_none():
    for text in ("12", "12,00", "1 000,0 kr", "1.000", "1,5 tkr", "ca 12,50", None):
        assert not read_amount(text).has_ore, text


def test_an_amount_in_thousands_or_millions_is_told():
    told = {text: read_amount(text).in_larger_unit for text in ("50 tkr", "0,9 mnkr", "50 kr", None)}
    assert told == {"50 tkr": True, "0,9 mnkr": True, "50 kr": False, None: False}


# -- printed ----------------------------------------------------------------------------------------------------------
def test_an_amount_is_written_in_groups_of_three_with_a_true_minus():
    written = {
        0: "0",
        999: "999",
        1000: "1\u00a0000",
        110_191: "110\u00a0191",
        21_117_795: "21\u00a0117\u00a0795",
        -1: "\u22121",
        -1_000: "\u22121\u00a0000",
    }
    assert {amount: grouped(amount) for amount in written} == written


def test_a_share_of_nothing_or_of_what_is_not_known_is_not_known():
    assert [percent(part, whole) for part, whole in ((1, 0), (0, 0), (1, None), (None, 5))] == [None] * 4


def test_half_a_percent_counts_upwards():
    """1 of 8 is 12.5 percent, 1 of 200 half a percent; a negative half goes towards nothing, as upwards is."""
    assert [percent(1, 8), percent(1, 200), percent(1, 201), percent(-1, 8)] == [13, 1, 0, -12]


@settings(deadline=None)
@given(st.integers(-(10**15), 10**15), st.integers(1, 10**15))
def test_a_share_is_the_exact_share_rounded_half_up(part: int, whole: int):
    assert percent(part, whole) == floor(Fraction(100 * part, whole) + Fraction(1, 2))
    assert rounded(part, whole) == floor(Fraction(part, whole) + Fraction(1, 2))


# -- written in any way -----------------------------------------------------------------------------------------------
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
    assert kronor(text) == amount
