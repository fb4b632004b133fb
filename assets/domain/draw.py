"""An auditor's draw: a monetary-unit sample, the same for the same seed, and screens for what is suspiciously alike.

What the sample is worth once somebody has examined it stands in the working paper, whose formulas are those of
`factor`: the upper error limit is what was found, what that means for the rest, and what may have been missed.

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

    grant_id: str
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

    @property
    def selected(self) -> tuple[Placed, ...]:
        """What to read: each unit that was hit, once, however many of its kronor were."""
        return tuple(each for each in self.placed if each.hits)

    @property
    def reads_all(self) -> bool:
        """Whether every unit was hit: nothing is left out, and so nothing left to chance."""
        return len(self.selected) == len(self.placed)

    def is_whole(self, placed: Placed) -> bool:
        """Whether what is found in a unit stands for itself: it was certain to be read, or all are."""
        return self.reads_all or placed.unit.amount_sek >= self.interval_sek

    @property
    def sampled(self) -> tuple[Placed, ...]:
        """Those selected that stand for others too."""
        return tuple(each for each in self.selected if not self.is_whole(each))


def factor(confidence: int, errors: int) -> Decimal:
    """How many intervals of error the population may hold, where so many of the hits are wholly in error.

    Args: confidence in percent, 1 to 99. At 95 and 0, 1, 2, 3 errors it is 2.9957, 4.7439, 6.2958 and 7.7537, which
        tables print, rounded up, as 3.00, 4.75, 6.30 and 7.76.
    Source: the Poisson distribution: the mean at which at most so many errors have the probability 1 - confidence. The
        tables: AICPA, Audit Guide: Audit Sampling, confidence factors for monetary unit sampling; European Commission,
        Guidance on sampling methods for audit authorities (EGESIF_16-0014-01), MUS, conservative approach.
    """
    risk, mean = 1 - Decimal(confidence) / HUNDRED, Decimal(errors)
    for _ in range(STEPS):  # Newton's method from the point of inflection: it comes nearer from one side at every step
        last, whole = _poisson(mean, errors)
        mean += (step := (whole - risk) / last)
        if abs(step) < EXACT:
            break
    return mean


STEPS, EXACT = 100, Decimal("1e-12")


def _poisson(mean: Decimal, errors: int) -> tuple[Decimal, Decimal]:
    """How likely exactly so many errors are, and at most so many."""
    term = whole = (-mean).exp()
    for number in range(1, errors + 1):
        term *= mean / number
        whole += term
    return term, whole


def interval(materiality_sek: int, confidence: int) -> int:
    """The whole kronor from one hit to the next; rounded down, so that no sample is too small; at least 1."""
    return max(1, int((Decimal(materiality_sek) / factor(confidence, 0)).to_integral_value(ROUND_FLOOR)))


def start(seed: int, interval_sek: int) -> int:
    """The first krona to be hit, from 1 to the interval: the SHA-256 of the seed's digits, as a number, modulo it, + 1.

    Anybody can compute it, in any language, and get the same sample.
    """
    return int.from_bytes(hashlib.sha256(str(seed).encode()).digest()) % interval_sek + 1


def draw(units: Iterable[Unit], seed: int, *, materiality_sek: int, confidence: int) -> Draw:
    """Draw every interval's krona, from a random start, over the kronor of the units in order of code.

    Args: units with amounts above zero, those of one recipient in order; confidence in percent.
    Returns: a unit is selected with a chance in proportion to its amount, and always from one interval on.
    """
    distance = interval(materiality_sek, confidence)
    first = start(seed, distance)
    population = sorted(units, key=lambda unit: unit.code)
    placed, end = [], 0
    for unit in population:
        begin, end = end + 1, end + unit.amount_sek
        placed.append(Placed(unit, begin, end, _hits(begin, end, first=first, distance=distance)))
    return Draw(tuple(placed), end, factor(confidence, 0), distance, first)


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
