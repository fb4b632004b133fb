"""A boundary: the nearest case that holds and the nearest case that breaks, for one rule."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.spec.arrivals import Found

Case = Callable[[], Found]


@dataclass(frozen=True)
class Boundary:
    """Two cases on either side of one rule.

    `times`: how many findings the broken one is, one for each row or cell. `beside`: rules that the nearest case that
    holds breaks all the same, since it lies on the boundary of two.
    """

    rule: str
    holds: Case
    breaks: Case
    times: int = 1
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Consequence:
    """A case that breaks a rule only because it breaks another."""

    rule: str
    cause: str
    case: Case
