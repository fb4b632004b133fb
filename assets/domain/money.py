"""Money and shares: whole kronor as int64, shares rounded half up on exact integers. Never float."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import add

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
MILLION = 1_000_000
SHORT = "[0-9]{1,9}|[0-9]{1,3}(?: [0-9]{3}){1,2}"
"""The whole part of an amount in thousands or millions: with six more digits it is still at most fifteen."""


@dataclass(frozen=True)
class Unit:
    """What may stand behind a number, the number as a pattern, and how many kronor one of it is."""

    names: str
    number: str
    kronor: int

    @property
    def pattern(self) -> str:
        """The pattern of a whole amount in this unit, after `_plain`."""
        return f"^-?(?:{self.number}) ?(?:{self.names})$"


KRONOR = Unit(
    names="(?:kr|kronor|sek)\\.?|[,:]-|",
    number=f"(?:{GROUPED})(?:[,.][0-9]{{1,2}})?|{BY_POINT}(?:,[0-9]{{1,2}})?",
    kronor=1,
)
THOUSANDS = Unit(
    names="tkr\\.?|kkr\\.?|tusen(?: kr\\.?| kronor)?",
    number=f"(?:{SHORT})(?:,[0-9]{{1,3}}|\\.[0-9]{{1,2}})?",  # "1.500 tkr" may mean a thousand times as much: not read
    kronor=1_000,
)
MILLIONS = Unit(
    names="(?:mn|milj\\.?|miljon(?:er)?)(?: ?kr\\.?| kronor)?|mkr\\.?",
    number=f"(?:{SHORT})(?:,[0-9]{{1,6}}|\\.[0-9]{{1,2}})?",
    kronor=MILLION,
)
LARGER = (MILLIONS, THOUSANDS)
READABLE = "|".join(unit.pattern for unit in (*LARGER, KRONOR))
UNIT_BEHIND = f" ?(?:{'|'.join(unit.names for unit in (*LARGER, KRONOR))})$"
DECIMALS = ",[0-9]*$|\\.[0-9]{1,2}$"
"""The decimal mark and what stands behind it. A point before three digits groups."""

ALL_BUT_DECIMALS = "^[^,.]*$|^[^,]*\\.[0-9]{3}$|^.*[,.]"
APPROXIMATE = "^(?:ca|cirka|c:a|circa|ungefär|ung|omkring|runt|drygt|knappt|nästan|minst|högst|~|≈|<|>)\\.? ?-?[0-9]"
LONGEST_DECIMALS = "000000"
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
    number = _number(plain)
    whole = number.str.replace_all(f"{DECIMALS}|[ .-]", "").cast(nw.Int64)
    size = whole * _unit(plain) + (_millionths(number) * _unit(plain) + MILLION // 2) // MILLION
    return size * (1 - 2 * is_true(plain.str.starts_with("-")).cast(nw.Int64))


def _number(plain: nw.Expr) -> nw.Expr:
    """The amount without its unit; null where the text is no amount."""
    return nw.when(is_true(plain.str.contains(READABLE))).then(plain.str.replace_all(UNIT_BEHIND, ""))


def _unit(plain: nw.Expr) -> nw.Expr:
    """How many kronor one of the number is."""
    larger = (is_true(plain.str.contains(unit.pattern)).cast(nw.Int64) * (unit.kronor - 1) for unit in LARGER)
    return reduce(add, larger) + 1


def _millionths(number: nw.Expr) -> nw.Expr:
    """The decimals as so many millionths."""
    padded = nw.concat_str([number.str.replace_all(ALL_BUT_DECIMALS, ""), nw.lit(LONGEST_DECIMALS)])
    return padded.str.slice(0, len(LONGEST_DECIMALS)).cast(nw.Int64)


def has_ore(text: nw.Expr) -> nw.Expr:
    """Is the text an amount with öre? "1 000,00" has none."""
    plain = _plain(text)
    is_in_kronor = is_true(plain.str.contains(KRONOR.pattern))
    return is_in_kronor & is_true(_millionths(_number(plain)) > 0)


def in_larger_unit(text: nw.Expr) -> nw.Expr:
    """Tell an amount in thousands or millions of kronor."""
    plain = _plain(text)
    return is_true(plain.str.contains("|".join(unit.pattern for unit in LARGER)))


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
