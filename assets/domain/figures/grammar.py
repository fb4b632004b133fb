"""From text to a tree: Python's grammar of expressions, by `ast.parse`, and a white list. Nothing is ever run.

What is left is a call by name, a name, a whole or decimal number, a text, a list, + and -, a comparison, and/or/not.
Every text ends: its length, its depth and its size are bounded.
"""

from __future__ import annotations

import ast
import operator
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from assets.domain.figures.refused import Refused

LENGTH, DEPTH, SIZE = 4_000, 30, 1_000
"""Characters, levels and nodes that an expression may have at most; the longest of the sample has 200, 5 and 20."""

LARGEST = 10**15
"""The largest number that may be written: a thousand billion kronor."""

OPERATORS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
}

ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
"""The comparisons of what has an order."""


@dataclass(frozen=True)
class Node:
    """A part of an expression, and the column that it begins at, counted from 1."""

    at: int


@dataclass(frozen=True)
class Name(Node):
    """A word."""

    name: str


@dataclass(frozen=True)
class Number(Node):
    """A number as it was written."""

    value: Fraction


@dataclass(frozen=True)
class Text(Node):
    """A text in quotes."""

    value: str


@dataclass(frozen=True)
class Many(Node):
    """A list."""

    items: tuple[Node, ...]


@dataclass(frozen=True)
class Call(Node):
    """A function by name, what stands in its parentheses in order, and what stands there by name."""

    function: str
    arguments: tuple[Node, ...]
    named: tuple[tuple[str, Node], ...]


@dataclass(frozen=True)
class Sum(Node):
    """Two parts added, or the second (`sign` -1) taken from the first; it begins where the second does."""

    left: Node
    right: Node
    sign: int


@dataclass(frozen=True)
class Compared(Node):
    """Two parts compared; it begins where the second does."""

    left: Node
    operator: str
    right: Node


@dataclass(frozen=True)
class Joined(Node):
    """Conditions of which all (`and`) or any (`or`) must hold."""

    word: str
    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Not(Node):
    """A condition that must not hold."""

    part: Node


def parsed(text: str) -> Node:
    """The tree of an expression. Raises: Refused if it is none, or too much of one."""
    if len(text) > LENGTH:
        raise Refused("too_long", None, length=len(text), limit=LENGTH)
    line = "".join(" " if each.isspace() else each for each in text)
    written = line.lstrip()
    if not written:
        raise Refused("empty", None)
    tree = _python(written, len(line) - len(written))
    return _Reading(written, len(line) - len(written)).node(tree, 0)


def _python(written: str, indent: int) -> ast.expr:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(written, mode="eval").body
    except SyntaxError as error:
        at = max(1, min(error.offset or 1, len(written)))
        raise Refused("unreadable", indent + at) from None
    except (RecursionError, MemoryError):
        raise Refused("too_deep", None, limit=DEPTH) from None
    except ValueError:  # characters that no text has
        raise Refused("unreadable", indent + 1) from None


class _Reading:
    """One text being turned from Python's tree into ours."""

    def __init__(self, written: str, indent: int) -> None:
        self._bytes, self._indent, self._count = written.encode(), indent, 0

    def node(self, node: ast.expr, depth: int) -> Node:
        """One part. Raises: Refused."""
        self._count += 1
        if depth > DEPTH or self._count > SIZE:
            raise Refused("too_deep", self._at(node), limit=DEPTH)
        return self._node(node, depth + 1)

    def _at(self, node: ast.expr) -> int:
        """The column in characters; Python counts bytes."""
        return self._indent + len(self._bytes[: node.col_offset].decode(errors="replace")) + 1

    def _node(self, node: ast.expr, depth: int) -> Node:  # noqa: PLR0911 - one line per kind of node
        at = self._at(node)
        match node:
            case ast.Name(id=name):
                return Name(at, name)
            case ast.Constant(value=value):
                return _constant(at, value)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=value)):
                found = _constant(at, value)
                return Number(at, -found.value) if isinstance(found, Number) else _refuse(at)
            case ast.UnaryOp(op=ast.Not(), operand=part):
                return Not(at, self.node(part, depth))
            case ast.List(elts=items) | ast.Tuple(elts=items):
                return Many(at, tuple(self.node(each, depth) for each in items))
            case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=right):
                sign = 1 if isinstance(op, ast.Add) else -1
                return Sum(self._at(right), self.node(left, depth), self.node(right, depth), sign)
            case ast.BoolOp(op=op, values=values):
                word = "and" if isinstance(op, ast.And) else "or"
                return Joined(at, word, tuple(self.node(each, depth) for each in values))
            case ast.Compare():
                pairs = tuple(self._pairs(node, depth))
                return pairs[0] if len(pairs) == 1 else Joined(at, "and", pairs)
            case ast.Call(func=ast.Name(id=name), args=args, keywords=keywords):
                return Call(at, name, tuple(self.node(each, depth) for each in args), self._named(keywords, depth))
            case _:
                return _refuse(at)

    def _pairs(self, node: ast.Compare, depth: int) -> Iterator[Node]:
        """`0 < unused <= 5` is two comparisons."""
        parts = [self.node(each, depth) for each in (node.left, *node.comparators)]
        for left, sign, right in zip(parts, node.ops, parts[1:], strict=False):
            if type(sign) not in OPERATORS:
                _refuse(right.at)
            yield Compared(right.at, left, OPERATORS[type(sign)], right)

    def _named(self, keywords: list[ast.keyword], depth: int) -> tuple[tuple[str, Node], ...]:
        named = [(each.arg, self.node(each.value, depth)) for each in keywords]
        for name, value in named:
            if name is None:
                _refuse(value.at)
        return tuple((str(name), value) for name, value in named)


def _constant(at: int, value: object) -> Node:
    if isinstance(value, str):
        return Text(at, value)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if not abs(value) <= LARGEST:
            raise Refused("number_too_large", at, limit=LARGEST)
        return Number(at, Fraction(str(value)))
    return _refuse(at)


def _refuse(at: int) -> Node:
    raise Refused("not_allowed", at)
