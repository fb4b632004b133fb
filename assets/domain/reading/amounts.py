"""Amounts as people write them, to whole kronor or the reason why not. One cell at a time; never a float."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from assets.received import Cell

SPACES = re.compile("[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
"""Every character that Unicode calls a space (Zs): ordinary, no-break, narrow, thin, of a figure's width."""

MINUS = re.compile("[\u2010-\u2015\u2212\ufe63\uff0d]")
"""Hyphens, dashes and the true minus, beside the ordinary hyphen."""

GROUPED = "[0-9]{1,15}|[0-9]{1,3}(?: [0-9]{3}){1,4}"
"""Digits, or groups of three behind a space. Fifteen digits fit an int64; any other spacing may be two amounts in one
cell, and is not read."""

BY_POINT = "[0-9]{1,3}(?:\\.[0-9]{3}){1,4}"
SHORT = "[0-9]{1,9}|[0-9]{1,3}(?: [0-9]{3}){1,2}"
"""The whole part of an amount in thousands or millions: with six more digits it is still at most fifteen."""


HALF = 50
"""Öre: half a krona."""

LARGEST = Decimal(10) ** 15
"""What an amount is less than; fifteen digits fit an int64."""

RESIDUE = Decimal("0.00000001")
"""A millionth of an öre: what a number may miss an amount by, since a workbook calculates in binary."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A number with what may stand behind it, the number alone, and how many kronor one of it is."""

    pattern: re.Pattern[str]
    bare: re.Pattern[str]
    kronor: int


def _unit(number: str, names: str, kronor: int) -> Unit:
    told = f"-?(?P<number>{number})"
    return Unit(re.compile(f"{told} ?(?:{names})"), re.compile(told), kronor)


UNITS = (
    _unit(  # "1.500 tkr" may mean a thousand times as much: not read
        f"(?:{SHORT})(?:,[0-9]{{1,3}}|\\.[0-9]{{1,2}})?", "tkr\\.?|kkr\\.?|tusen(?: kr\\.?| kronor)?", 1_000
    ),
    _unit(
        f"(?:{SHORT})(?:,[0-9]{{1,6}}|\\.[0-9]{{1,2}})?",
        "(?:mn|milj\\.?|miljon(?:er)?)(?: ?kr\\.?| kronor)?|mkr\\.?",
        1_000_000,
    ),
    _unit(f"(?:{GROUPED})(?:[,.][0-9]{{1,2}})?|{BY_POINT}(?:,[0-9]{{1,2}})?", "(?:kr|kronor|sek)\\.?|[,:]-|", 1),
)
DECIMALS = re.compile("(?:,([0-9]*)|\\.([0-9]{1,2}))$")
"""The decimal mark and what stands behind it. A point before three digits groups."""

BARE = re.compile("-?[0-9 .,]+")
"""Digits without a unit: in a form in thousands "1.500" may mean a thousand times as much, and is not read."""

APPROXIMATE = re.compile(
    "(?:ca|cirka|c:a|circa|ungefär|ung|omkring|runt|drygt|knappt|nästan|minst|högst|~|≈|<|>)\\.? ?-?[0-9]"
)
DASH = re.compile("-+")


@dataclass(frozen=True, slots=True)
class Amount:
    """What was read of one cell: whole kronor, or None and the rule that says why; and what is to be told of it.

    `ore`: the same amount in öre, before it was rounded to kronor.
    """

    kronor: int | None = None
    fault: str | None = None
    has_ore: bool = False
    in_larger_unit: bool = False
    in_kronor: bool = False
    """Whether the cell says kronor, in a form that declares another unit."""
    ore: int | None = field(default=None, compare=False)


NOTHING = Amount()


def read_amount(cell: Cell, of: int = 1) -> Amount:
    """A cell to whole kronor: a number is that many, a text is read; a date or true and false is no amount.

    Args: of: how many kronor one is, as the form declares.
    """
    if isinstance(cell, str) or cell is None:
        return read_text(cell) if of == 1 else read_declared(cell, of)
    if isinstance(cell, bool) or not isinstance(cell, int | Decimal):
        return Amount(fault="amount_unreadable")
    return read_number(Decimal(cell), of)


def read_number(number: Decimal, of: int = 1) -> Amount:
    """A number of kronor, or of so many kronor each; its point the decimal mark, öre rounded half away from zero."""
    if not number.is_finite() or abs(number) * of >= LARGEST:
        return Amount(fault="amount_unreadable")
    number *= of
    in_ore = number.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    exact = in_ore if abs(number - in_ore) <= RESIDUE else number
    kronor = int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))
    return Amount(kronor, has_ore=exact != exact.to_integral_value(), ore=int(in_ore * 100))


def whole(ore: int) -> int:
    """Öre to whole kronor, half a krona away from zero. Exact: no other number than whole ones."""
    kronor, rest = divmod(abs(ore), 2 * HALF)
    rounded = kronor + rest // HALF
    return rounded if ore >= 0 else -rounded


@lru_cache(maxsize=65_536)
def read_text(text: str | None) -> Amount:
    """Text to whole kronor, öre rounded half away from zero; nothing where the text is empty.

    Read are: digits, or groups of three behind a space or a point; öre as one or two digits behind a comma or a point
    ("1.612.600,00"; a point before three digits groups, so "1.612" is 1 612); kr, kronor, SEK or :- behind; and
    thousands (tkr, kkr) and millions (mnkr, mkr, miljoner) with as many decimals as are whole kronor ("0,9 mnkr").
    Not read are approximations ("ca 25 000"), a dash alone, several numbers, and a comma between thousands.
    """
    if text is None:
        return NOTHING
    plain = _plain(text)
    for unit in UNITS:
        if found := unit.pattern.fullmatch(plain):
            return _in_unit(found["number"], unit, is_negative=plain.startswith("-"))
    if DASH.fullmatch(plain):
        return Amount(fault="amount_is_dash")
    return Amount(fault="amount_approximate" if APPROXIMATE.match(plain) else "amount_unreadable")


def read_declared(text: str | None, of: int) -> Amount:
    """Text to whole kronor where the form declares that one is so many: "412,5" in thousands is 412 500.

    A unit that is written in the cell holds for it: what is written in kronor there is told.
    """
    declared = next(unit for unit in UNITS if unit.kronor == of)
    plain = _plain(text or "")
    if found := declared.bare.fullmatch(plain) or declared.pattern.fullmatch(plain):
        is_negative = plain.startswith("-")
        return replace(_in_unit(found["number"], declared, is_negative=is_negative), in_larger_unit=False)
    if BARE.fullmatch(plain):
        return Amount(fault="amount_unreadable")
    amount = read_text(text)
    return replace(amount, in_kronor=amount.kronor is not None and not amount.in_larger_unit)


def _plain(text: str) -> str:
    """Lower case, every space an ordinary one, every minus a hyphen, none of either around the edges of the number."""
    return re.sub("^- ", "-", MINUS.sub("-", SPACES.sub(" ", text)).lower())


def _in_unit(number: str, unit: Unit, *, is_negative: bool) -> Amount:
    mark = DECIMALS.search(number)
    decimals = (mark[1] or mark[2] or "0") if mark else "0"
    digits = re.sub("[ .]", "", number[: mark.start()] if mark else number)
    exact = Decimal(f"{digits}.{decimals}") * unit.kronor * (-1 if is_negative else 1)
    in_larger_unit = unit.kronor > 1
    return Amount(
        kronor=int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP)),
        has_ore=not in_larger_unit and exact != exact.to_integral_value(),
        in_larger_unit=in_larger_unit,
        ore=int(exact * 100),
    )


def kronor(text: str | None) -> int | None:
    """The whole kronor of a text, where it is an amount."""
    return read_text(text).kronor
