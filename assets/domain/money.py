"""Money and shares: whole kronor as int64, shares rounded half up on exact integers. Never float."""

from __future__ import annotations

from dataclasses import dataclass

import narwhals as nw

from assets.domain.frames import is_true

SPACES = "[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
"""Every character that Unicode calls a space (Zs): ordinary, no-break, narrow, thin, of a figure's width."""

MINUS = "[\u2010-\u2015\u2212\ufe63\uff0d]"
"""Hyphens, dashes and the true minus, beside the ordinary hyphen."""

GROUPED = "[0-9]{1,15}|[0-9]{1,3}(?: [0-9]{3}){1,4}"
"""Digits, or groups of three behind a space. Fifteen digits fit an int64; any other spacing may be two amounts in one
cell, and is not read."""

BY_POINT = "[0-9]{1,3}(?:\\.[0-9]{3}){1,4}"
SHORT = "[0-9]{1,9}|[0-9]{1,3}(?: [0-9]{3}){1,2}"
"""The whole part of an amount in thousands or millions: with six more digits it is still at most fifteen."""


@dataclass(frozen=True)
class Unit:
    """What may stand behind a number, the number as a pattern, and the power of ten by which it counts."""

    names: str
    number: str
    power: int

    @property
    def pattern(self) -> str:
        """The pattern of a whole amount in this unit, after `_plain`."""
        return f"^-?(?:{self.number}) ?(?:{self.names})$"


KRONOR = Unit(
    names="(?:kr|kronor|sek)\\.?|[,:]-|",
    number=f"(?:{GROUPED})(?:[,.][0-9]{{1,2}})?|{BY_POINT}(?:,[0-9]{{1,2}})?",
    power=0,
)
THOUSANDS = Unit(
    names="tkr\\.?|kkr\\.?|tusen(?: kr\\.?| kronor)?",
    number=f"(?:{SHORT})(?:,[0-9]{{1,3}}|\\.[0-9]{{1,2}})?",  # "1.500 tkr" may mean a thousand times as much: not read
    power=3,
)
MILLIONS = Unit(
    names="(?:mn|milj\\.?|miljon(?:er)?)(?: ?kr\\.?| kronor)?|mkr\\.?",
    number=f"(?:{SHORT})(?:,[0-9]{{1,6}}|\\.[0-9]{{1,2}})?",
    power=6,
)
UNITS = (KRONOR, THOUSANDS, MILLIONS)

APPROXIMATE = "^(?:ca|cirka|c:a|circa|ungefär|ung|omkring|runt|drygt|knappt|nästan|minst|högst|~|≈|<|>)\\.? ?-?[0-9]"
LONGEST_DECIMALS = "000000"
HALF_KRONA = 50
LONGEST_DIGITS = 18
"""An int64 has nineteen digits; no amount has more than eighteen."""


def _plain(text: nw.Expr) -> nw.Expr:
    """Lower case, every space an ordinary one, every minus a hyphen, none of either around the edges of the number."""
    spaced = text.str.replace_all(SPACES, " ").str.replace_all(MINUS, "-").str.to_lowercase()
    return spaced.str.replace_all("^- ", "-")


def kronor(text: nw.Expr) -> nw.Expr:
    """Text to whole kronor (int64), öre rounded half away from zero; null where the text is empty or is no amount.

    Read are: digits, or groups of three behind a space or a point; öre as one or two digits behind a comma or a point
    ("1.612.600,00"; a point before three digits groups, so "1.612" is 1 612); kr, kronor, SEK or :- behind; and
    thousands (tkr, kkr) and millions (mnkr, mkr, miljoner) with as many decimals as are whole kronor ("0,9 mnkr").
    Not read are approximations ("ca 25 000"), a dash alone, several numbers, and a comma between thousands.
    """
    plain = _plain(text)
    size = nw.coalesce(*(_size(plain, unit) for unit in UNITS))
    return nw.when(is_true(plain.str.starts_with("-"))).then(0 - size).otherwise(size)


def _size(plain: nw.Expr, unit: Unit) -> nw.Expr:
    """The amount without its sign, where the text is one in this unit."""
    number = _number(plain, unit)
    whole = number.str.replace_all(",.*$", "")
    decimals = nw.concat_str([number.str.replace_all("^[0-9]*,?", ""), nw.lit(LONGEST_DECIMALS)])
    if unit.power:
        return nw.concat_str([whole, decimals.str.slice(0, unit.power)]).cast(nw.Int64)
    is_rounded_up = decimals.str.slice(0, 2).cast(nw.Int64) >= HALF_KRONA
    return whole.cast(nw.Int64) + nw.when(is_rounded_up).then(nw.lit(1)).otherwise(nw.lit(0))


def _number(plain: nw.Expr, unit: Unit) -> nw.Expr:
    """The digits, with a comma before the decimals if there are any; null where the text is no amount in this unit."""
    digits = plain.str.replace_all(f" ?(?:{unit.names})$|[ -]", "")
    has_decimal_point = is_true(digits.str.contains("\\.[0-9]{1,2}$"))
    with_comma = nw.when(has_decimal_point).then(digits.str.replace_all(".", ",", literal=True))
    number = nw.coalesce(with_comma, digits.str.replace_all(".", "", literal=True))
    return nw.when(is_true(plain.str.contains(unit.pattern))).then(number)


def has_ore(text: nw.Expr) -> nw.Expr:
    """Is the text an amount with öre? "1 000,00" has none."""
    decimals = _number(_plain(text), KRONOR).str.replace_all("^[0-9]*,?0*", "")
    return is_true(decimals != "")


def in_larger_unit(text: nw.Expr) -> nw.Expr:
    """Tell an amount in thousands or millions of kronor."""
    plain = _plain(text)
    return is_true(plain.str.contains(THOUSANDS.pattern)) | is_true(plain.str.contains(MILLIONS.pattern))


def is_approximate(text: nw.Expr) -> nw.Expr:
    """Tell a text that says about how much ("ca 25 000")."""
    return is_true(_plain(text).str.contains(APPROXIMATE))


def is_dash(text: nw.Expr) -> nw.Expr:
    """Is the text a dash alone? It may mean nothing (as in official statistics) or not known: it is not read."""
    return is_true(_plain(text).str.contains("^-+$"))


def percent(part: nw.Expr, whole: nw.Expr) -> nw.Expr:
    """Share in whole percent, rounded half up as the source's annex does; null where the whole is zero or unknown.

    `(2 * part + whole) // (2 * whole)` is the exact half-up rounding of `part / whole`, also for a negative part, since
    `//` floors on whole numbers.
    """
    return rounded(100 * part, whole)


def rounded(part: nw.Expr, whole: nw.Expr) -> nw.Expr:
    """The quotient of two whole numbers as a whole number, rounded half up; null where the whole is zero or unknown."""
    known = nw.when(whole > 0).then(whole)
    return (2 * part + known) // (2 * known)


def percent_of(part: int, whole: int) -> int | None:
    """The same rounding for two plain numbers."""
    return (200 * part + whole) // (2 * whole) if whole > 0 else None


def grouped(column: str) -> nw.Expr:
    """A whole number as Swedish text: thousands apart by a no-break space, a true minus sign; null stays null."""
    size = nw.col(column).abs().cast(nw.String)
    padded = nw.concat_str([nw.lit("0" * LONGEST_DIGITS), size]).str.slice(-LONGEST_DIGITS)
    groups = [padded.str.slice(at, 3) for at in range(0, LONGEST_DIGITS, 3)]
    digits = nw.concat_str(groups, separator="\u00a0").str.replace_all("^[0\u00a0]+", "")
    sign = nw.when(nw.col(column) < 0).then(nw.lit("\u2212")).otherwise(nw.lit(""))
    return nw.when(nw.col(column) == 0).then(nw.col(column).cast(nw.String)).otherwise(nw.concat_str([sign, digits]))


def grouped_text(amount: int) -> str:
    """One number in the same writing."""
    return f"{amount:,}".replace(",", "\u00a0").replace("-", "\u2212")
