"""An auditor's draw: a monetary-unit sample, the same for the same seed, and screens for what is suspiciously alike.

A round has few recipients, so this is plain Python on a short list, not frames.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Unit:
    """One grant whose kronor may be drawn: its recipient's code and name."""

    code: str
    name: str
    amount_sek: int


@dataclass(frozen=True)
class Placed:
    """A unit with its kronor in the running count of the population (from 1), and those of them that were hit."""

    unit: Unit
    first_krona: int
    last_krona: int
    hits: tuple[int, ...]


@dataclass(frozen=True)
class Draw:
    """A population laid end to end in order of code, and every interval's one krona."""

    placed: tuple[Placed, ...]
    total_sek: int
    factor: Decimal
    interval_sek: int
    start_sek: int
    reads_all: bool

    @property
    def selected(self) -> tuple[Placed, ...]:
        """What to read: the units that were hit, or all where a sample would be no smaller."""
        return self.placed if self.reads_all else tuple(each for each in self.placed if each.hits)


def factor(confidence: int) -> Decimal:
    """How many intervals the materiality must hold, where no error is expected: -ln(1 - confidence).

    Args: confidence in percent, 1 to 99. At 95 it is 2.9957, which tables print as 3.00.
    Source: the Poisson distribution: that none of n hits is in error has the probability e^(-n * rate).
    """
    return -(1 - Decimal(confidence) / HUNDRED).ln()


def interval(materiality_sek: int, confidence: int) -> int:
    """The whole kronor from one hit to the next; rounded down, so that no sample is too small; at least 1."""
    return max(1, int((Decimal(materiality_sek) / factor(confidence)).to_integral_value(ROUND_FLOOR)))


def start(seed: int, interval_sek: int) -> int:
    """The first krona to be hit, from 1 to the interval: the SHA-256 of the seed's digits, as a number, modulo it, + 1.

    Anybody can compute it, in any language, and get the same sample.
    """
    return int.from_bytes(hashlib.sha256(str(seed).encode()).digest()) % interval_sek + 1


def draw(units: Iterable[Unit], seed: int, *, materiality_sek: int, confidence: int) -> Draw:
    """Draw every interval's krona, from a random start, over the kronor of the units in order of code.

    Args: units with amounts above zero, those of one recipient in order; confidence in percent.
    Returns: a unit is selected with a chance in proportion to its amount, and always from one interval on. Where the
        sample has as many hits as there are units, all are to be read instead.
    """
    distance = interval(materiality_sek, confidence)
    first = start(seed, distance)
    population = sorted(units, key=lambda unit: unit.code)
    total = sum(unit.amount_sek for unit in population)
    reads_all = len(range(first, total + 1, distance)) >= len(population)
    placed, end = [], 0
    for unit in population:
        begin, end = end + 1, end + unit.amount_sek
        placed.append(Placed(unit, begin, end, _hits(begin, end, first=first, distance=distance)))
    return Draw(tuple(placed), total, factor(confidence), distance, first, reads_all=reads_all)


def _hits(begin: int, end: int, *, first: int, distance: int) -> tuple[int, ...]:
    """The kronor from begin to end that lie a whole number of intervals after the first."""
    return tuple(range(begin + (first - begin) % distance, end + 1, distance))


# -- screens --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Hint:
    """Several that are alike in something: worth a look, and no finding."""

    kind: str
    value: str
    whose: tuple[str, ...]


Rows = Sequence[Mapping[str, object]]
SCREENS: Mapping[str, Callable[[Mapping[str, object]], object]] = {
    "used_sek": lambda report: report["used_sek"] or None,
    "unused_sek": lambda report: report["unused_sek"] or None,
    "case_number": lambda report: report["case_number"],
    "signed_by": lambda report: report["signed_by"],
}
"""What the reports of several recipients may share; zero and nothing are shared by many, and say nothing."""


def hints(reports: Rows, answers: Rows) -> list[Hint]:
    """What several reports share: an amount, a case number, a signer, or the answers to all questions. No free text.

    Args: rows of core_usage_report and core_answer.
    """
    shared = [
        _shared(kind, ((report["recipient_code"], of(report)) for report in reports)) for kind, of in SCREENS.items()
    ]
    return [hint for found in [*shared, _shared("answers", _answered(answers))] for hint in found]


def _shared(kind: str, values: Iterable[tuple[object, object]]) -> list[Hint]:
    groups: dict[object, set[str]] = defaultdict(set)
    for whose, value in values:
        if value is not None:
            groups[value].add(str(whose))
    several = [(value, tuple(sorted(whose))) for value, whose in groups.items() if len(whose) > 1]
    said = (Hint(kind, "" if isinstance(value, tuple) else str(value), whose) for value, whose in several)
    return sorted(said, key=lambda hint: (hint.whose, hint.value))


def _answered(answers: Rows) -> Iterable[tuple[object, object]]:
    """Whoever answered, with everything that was chosen or stated; who answered nothing is like nobody."""
    said: dict[object, set[tuple[str, str, str]]] = defaultdict(set)
    for each in answers:
        if each["selected"] or each["amount_sek"] is not None:
            said[each["respondent_id"]].add((str(each["question"]), str(each["option"]), str(each["amount_sek"])))
    return ((whose, tuple(sorted(chosen))) for whose, chosen in said.items())
