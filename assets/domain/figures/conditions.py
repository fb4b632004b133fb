"""Conditions on rows: `unused > 0 and county == "Stockholms län"`. What is not known is neither true nor false."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from assets.domain.figures.grammar import ORDER, Call, Compared, Joined, Many, Name, Node, Not, Number, Sum, Text
from assets.domain.figures.language import FACTS, FLAG, WORD, Fact
from assets.domain.figures.refused import Refused, mixed, unknown_name
from assets.domain.figures.values import DATE, DAYS, SEK, Row
from assets.domain.figures.world import World

Holds = Callable[[Row], bool | None]
Gives = Callable[[Row], Fraction | str | bool | None]
NUMBER = "number"
KNOWN = "known"
"""`known(unused)`: whether anything tells it."""


@dataclass(frozen=True)
class Operand:
    """One side of a comparison: its unit, and what it is of a row."""

    unit: str
    gives: Gives


class Conditions:
    """The conditions on rows of one kind in one year. `names`: the facts that were asked of."""

    def __init__(self, world: World, kind: str, year: int) -> None:
        """Read facts of this world."""
        self._world, self._kind, self._year = world, kind, year
        self._facts = FACTS[kind]
        self.names: set[str] = set()

    def read(self, node: Node) -> Holds:
        """A condition. Raises: Refused if it is none."""
        match node:
            case Joined(word=word, parts=parts):
                return joined(word, [self.read(each) for each in parts])
            case Not(part=part):
                return negated(self.read(part))
            case Compared():
                return self._compared(node)
            case Call(function=function, arguments=(Name() as name,), named=()) if function == KNOWN:
                gives = self._fact(name).gives
                return lambda row: gives(row) is not None
            case Name():
                found = self._fact(node)
                if found.unit == FLAG:
                    return lambda row: truth(found.gives(row))
                raise Refused("no_condition", node.at, name=node.name)
            case _:
                raise Refused("condition_wanted", node.at)

    # -- comparing ----------------------------------------------------------------------------------------------------
    def _compared(self, node: Compared) -> Holds:
        if (fact := self._word(node.left)) is not None:
            return self._among_words(fact, node.left, node.operator, node.right)
        if (fact := self._word(node.right)) is not None and node.operator in ("==", "!="):
            return self._among_words(fact, node.right, node.operator, node.left)
        if node.operator not in ORDER:
            raise Refused("in_words_only", node.at)
        left, right = self._operand(node.left), self._operand(node.right)
        left, right = self._as(left, node.left, right), self._as(right, node.right, left)
        if left.unit != right.unit or left.unit == FLAG:
            raise mixed(node.at, left.unit, right.unit)
        compare = ORDER[node.operator]
        return lambda row: _compare(compare, left.gives(row), right.gives(row))

    def _word(self, node: Node) -> str | None:
        is_word = isinstance(node, Name) and node.name in self._facts and self._facts[node.name].unit == WORD
        return node.name if is_word and isinstance(node, Name) else None

    def _among_words(self, name: str, at: Node, sign: str, others: Node) -> Holds:
        if sign not in ("==", "!=", "in", "not in"):
            raise Refused("words_have_no_order", others.at, name=name)
        if (sign in ("in", "not in")) != isinstance(others, Many):
            raise Refused("list_wanted" if sign in ("in", "not in") else "word_wanted", others.at, name=name)
        known = self._known_words(name)
        items = others.items if isinstance(others, Many) else (others,)
        wanted = frozenset(word_of(each, known, name) for each in items)
        gives, is_in = self._fact(Name(at.at, name)).gives, sign in ("==", "in")
        return lambda row: None if (value := gives(row)) is None else (value in wanted) == is_in

    def _known_words(self, name: str) -> tuple[str, ...]:
        fact = self._facts[name]
        if fact.words is not None:
            return fact.words
        bodies = self._world.table("core_recipient", self._year)
        return tuple(sorted({str(body[fact.column]) for body in bodies}))

    def _as(self, side: Operand, node: Node, other: Operand) -> Operand:
        """A number is in the unit of what it is compared with; a text is a day where it is compared with one."""
        if side.unit == NUMBER and other.unit in (SEK, DAYS):
            return Operand(other.unit, side.gives)
        if side.unit == WORD and other.unit == DATE and isinstance(node, Text):
            day = day_of(node)
            return Operand(DATE, lambda _: day)
        return side

    # -- operands -----------------------------------------------------------------------------------------------------
    def _operand(self, node: Node) -> Operand:
        match node:
            case Number(value=value):
                return Operand(NUMBER, lambda _: value)
            case Text(value=text):
                return Operand(WORD, lambda _: text)
            case Name():
                return self._fact(node)
            case Sum():
                return self._sum(node)
            case _:
                raise Refused("operand_wanted", node.at)

    def _sum(self, node: Sum) -> Operand:
        left, right = self._operand(node.left), self._operand(node.right)
        if left.unit == right.unit == DATE and node.sign < 0:
            unit = DAYS
        elif left.unit == right.unit and left.unit in (SEK, DAYS, NUMBER):
            unit = left.unit
        else:
            raise mixed(node.at, left.unit, right.unit)
        return Operand(unit, lambda row: _add(left.gives(row), right.gives(row), node.sign))

    def _fact(self, node: Name) -> Operand:
        fact: Fact | None = self._facts.get(node.name)
        if fact is None:
            raise unknown_name(node.name, node.at, self._facts, f"no_fact_of_{self._kind}")
        self.names.add(node.name)
        values = self._world.values(self._kind, node.name, self._year)
        return Operand(fact.unit, lambda row: exact(values[row.key]))


def exact(value: object) -> Fraction | str | bool | None:
    """A value of a row, a number exact."""
    if value is None or isinstance(value, str | bool):
        return value
    return Fraction(value) if isinstance(value, int) else None


# -- what is not known ------------------------------------------------------------------------------------------------
def truth(value: object) -> bool | None:
    """A flag of a row."""
    return None if value is None else bool(value)


def joined(word: str, parts: list[Holds]) -> Holds:
    """All, or any, of the conditions: unknown only where those that are known do not settle it."""
    settles = word == "or"

    def holds(row: Row) -> bool | None:
        found = [part(row) for part in parts]
        if settles in found:
            return settles
        return None if None in found else not settles

    return holds


def negated(part: Holds) -> Holds:
    """A condition that must not hold."""
    return lambda row: None if (found := part(row)) is None else not found


def _compare(compare: Callable[[object, object], bool], left: object, right: object) -> bool | None:
    return None if left is None or right is None else compare(left, right)


def _add(left: object, right: object, sign: int) -> Fraction | None:
    return left + sign * right if isinstance(left, Fraction) and isinstance(right, Fraction) else None


# -- reading what is written ------------------------------------------------------------------------------------------
def word_of(node: Node, known: Iterable[str], name: str) -> str:
    """A word or a text that stands for one of those known; a number as its digits. Raises: Refused."""
    match node:
        case Name(name=word) | Text(value=word):
            pass
        case Number(value=value) if value.denominator == 1:
            word = str(value.numerator)
        case _:
            raise Refused("word_wanted", node.at, name=name)
    if word not in (known := tuple(known)):
        raise unknown_name(word, node.at, known, "no_word", of=name)
    return word


def day_of(node: Text) -> Fraction:
    """A day as it was written. Raises: Refused."""
    try:
        return Fraction(dt.date.fromisoformat(node.value).toordinal())
    except ValueError:
        raise Refused("no_day", node.at, value=node.value) from None
