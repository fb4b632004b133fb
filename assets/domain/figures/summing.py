"""The ways to sum: of rows how many, of kronor their sum, of one set the part that it is of another. Units are held."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from assets.domain.figures.grammar import ORDER
from assets.domain.figures.refused import Refused, Told, mixed
from assets.domain.figures.values import (
    COUNT,
    DATE,
    DAYS,
    MEAN,
    RESPONDENT,
    SEK,
    SHARE,
    TRUTH,
    Amounts,
    Figure,
    Rows,
    Term,
    Use,
    Value,
)

COUNTED, BASE = "counted", "base"


def unit_of(value: Value) -> str:
    """What a part is measured in, as a sentence calls it."""
    return "rows" if isinstance(value, Rows) else value.unit


# -- how many, how much -----------------------------------------------------------------------------------------------
def figure_of(how: str, value: Value, at: int) -> Figure:
    """A figure of rows, or of kronor or days of each row. Raises: Refused if it cannot be summed so."""
    if how == "count":
        return counted(value, at)
    if isinstance(value, Rows) and how == "mean" and value.asked:
        return mean(ratings(value, at), at)
    if not isinstance(value, Amounts):
        raise mixed(at, how, unit_of(value))
    if how == "mean":
        return mean(value, at)
    if how != value.unit:
        raise mixed(at, how, value.unit)
    return total(value) if how == SEK else the_days(value, at)


def counted(value: Value, at: int) -> Figure:
    """How many rows."""
    if isinstance(value, Amounts) and len(value.terms) == 1 and value.terms[0].rows.kind == RESPONDENT:
        return counted(value.terms[0].rows, at)
    if not isinstance(value, Rows):
        raise mixed(at, COUNT, unit_of(value))
    why = _why_not(value)
    number = Fraction(len(value.chosen))
    if value.doubtful:
        why = (*why, Told.of("why_doubtful", count=len(value.doubtful), low=number, high=number + len(value.doubtful)))
    return Figure(COUNT, None if why else number, (Use(COUNTED, value),), why=why)


def total(value: Amounts, *, is_part: bool = False) -> Figure:
    """The sum over every row. The sum of nothing is not known; as a part of something (`is_part`) it is none of it."""
    why = tuple(dict.fromkeys(each for term in value.terms for each in _unknown(term, is_part=is_part)))
    uses = tuple(Use(COUNTED, term.rows, term.name, term.not_known()) for term in value.terms)
    return Figure(value.unit, None if why else Fraction(sum(term.total() for term in value.terms)), uses, why=why)


def the_days(value: Amounts, at: int) -> Figure:
    """The days of the one row that there is. Raises: Refused if there are several."""
    rows = max((len(term.rows.chosen) for term in value.terms), default=0)
    if rows > 1:
        raise Refused("days_of_several", at, count=rows)
    return total(value)


def mean(value: Amounts, at: int) -> Figure:
    """The mean of each row's. Raises: Refused if the terms are of different rows."""
    keys = [tuple(row.key for row in term.rows.chosen) for term in value.terms]
    if len(set(keys)) > 1:
        raise Refused("mean_of_different_rows", at)
    if value.unit == DATE:
        raise mixed(at, MEAN, DATE)
    found = total(value)
    if found.value is None:
        return found
    count = Fraction(len(keys[0]))
    return Figure(value.unit, found.value / count, found.uses)


def ratings(rows: Rows, at: int) -> Amounts:
    """The number that each respondent chose. Raises: Refused where options are no numbers."""
    if rows.ratings is None:
        raise Refused("no_rating", at, name=rows.asked.question if rows.asked else "")
    return Amounts(MEAN, (Term(1, rows, rows.asked.question if rows.asked else "", rows.ratings),))


def _unknown(term: Term, *, is_part: bool) -> tuple[Told, ...]:
    why = _why_not(term.rows)
    if not (why or is_part or term.rows.chosen or term.rows.doubtful):
        return (Told.of("why_nothing", base=len(term.rows.base)),)
    if unknown := term.unknown():
        return (
            *why,
            Told.of(
                "why_not_known", name=term.name, count=len(unknown), of=len(term.rows.chosen) + len(term.rows.doubtful)
            ),
        )
    return why


def _why_not(rows: Rows) -> tuple[Told, ...]:
    if rows.is_asked:
        return ()
    return (Told.of("why_not_asked", name=rows.asked.question if rows.asked else "", year=rows.year),)


# -- parts of others --------------------------------------------------------------------------------------------------
def base_of(value: Value, at: int) -> Value:
    """All that rows were chosen among. Raises: Refused of what was chosen from nothing."""
    if isinstance(value, Figure):
        raise Refused("rows_wanted", at)
    return value.whole()


def share_of(part: Value, of: Value | None, at: int) -> Figure:
    """The part that one is of another. Raises: Refused if they are of different units."""
    if of is None:
        if isinstance(part, Figure):
            raise Refused("share_of_what", at)
        of = part.whole()
    if unit_of(part) != unit_of(of):
        raise mixed(at, unit_of(part), unit_of(of))
    above, below = _plain(part, at), _plain(of, at)
    if above.unit not in (SEK, COUNT, DAYS):
        raise mixed(at, SHARE, above.unit)
    why = (*above.why, *below.why)
    if below.value is not None and below.value <= 0:
        why = (*why, Told.of("why_no_base"))
    uses = (*above.uses, *(replace(use, role=BASE) for use in below.uses))
    if why or above.value is None or below.value is None:
        return Figure(SHARE, None, uses, above.value, below.value, tuple(dict.fromkeys(why)), above.unit)
    return Figure(SHARE, above.value / below.value, uses, above.value, below.value, parts=above.unit)


def _plain(value: Value, at: int) -> Figure:
    if isinstance(value, Figure):
        return value
    return counted(value, at) if isinstance(value, Rows) else total(value, is_part=True)


# -- adding and comparing ---------------------------------------------------------------------------------------------
def summed(left: Value, right: Value, sign: int, at: int) -> Value:
    """Two parts added, or one taken from the other. Raises: Refused if they are of different units."""
    if isinstance(left, Rows) or isinstance(right, Rows):
        raise Refused("rows_are_not_added", at)
    if isinstance(left, Amounts) and isinstance(right, Amounts):
        turned = tuple(Term(sign * each.sign, each.rows, each.name, each.values) for each in right.terms)
        return Amounts(_unit(left, right, sign, at), (*left.terms, *turned))
    if isinstance(left, Figure) and isinstance(right, Figure):
        if left.unit != right.unit or left.unit in (TRUTH, MEAN):
            raise mixed(at, left.unit, right.unit)
        value = None if left.value is None or right.value is None else left.value + sign * right.value
        return Figure(left.unit, value, (*left.uses, *right.uses), why=(*left.why, *right.why))
    raise Refused("figure_and_rows", at)


def _unit(left: Amounts, right: Amounts, sign: int, at: int) -> str:
    if left.unit == right.unit == DATE and sign < 0:
        return DAYS
    if left.unit != right.unit or left.unit == DATE:
        raise mixed(at, left.unit, right.unit)
    return left.unit


def compared(left: Figure, sign: str, right: Figure, at: int) -> Figure:
    """Whether one figure is as another. Raises: Refused if they are of different units."""
    if left.unit != right.unit:
        raise mixed(at, left.unit, right.unit)
    uses, why = (*left.uses, *right.uses), (*left.why, *right.why)
    if left.value is None or right.value is None:
        return Figure(TRUTH, None, uses, why=why)
    return Figure(TRUTH, Fraction(bool(ORDER[sign](left.value, right.value))), uses)


def settled(word: str, parts: list[Figure]) -> Figure:
    """Whether all, or any, of them hold: unknown only where those that are known do not settle it."""
    settles = Fraction(word == "or")
    uses = tuple(use for part in parts for use in part.uses)
    if any(part.value == settles for part in parts):
        return Figure(TRUTH, settles, uses)
    why = tuple(each for part in parts for each in part.why)
    return Figure(TRUTH, None if any(part.value is None for part in parts) else 1 - settles, uses, why=why)


def negation(part: Figure) -> Figure:
    """The contrary."""
    return Figure(TRUTH, None if part.value is None else 1 - part.value, part.uses, why=part.why)
