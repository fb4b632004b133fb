"""What expressions come to on the way: sets of rows, amounts row by row, and at last a figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from assets.domain.figures.refused import Told
from assets.domain.shares import percent, rounded

GRANT, RECIPIENT, APPLICATION, RESPONDENT, ROUND = "grant", "recipient", "application", "respondent", "round"
SEK, COUNT, SHARE, MEAN, DAYS, DATE, TRUTH = "sek", "count", "share", "mean", "days", "date", "truth"
HUNDREDTHS = 100


@dataclass(frozen=True)
class Row:
    """One thing that is counted: a grant, a recipient, an application, a respondent, or the round itself.

    `grants`: the ids of its grants, whose kronor are told where it is left out.
    """

    kind: str
    year: int
    key: str
    recipient: str | None
    provenance: str
    grants: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outside:
    """Why some are not even among those that were chosen from; how many, and the grants whose kronor are told."""

    reason: str
    count: int
    grants: tuple[str, ...] = ()
    kronor: int | None = None


@dataclass(frozen=True)
class Asked:
    """Of respondents: the question, the options by which they were chosen, and those that the year's form has not.

    `statuses`: those of an answer by which they are counted.
    """

    question: str
    statuses: tuple[str, ...]
    options: tuple[str, ...] = ()
    not_asked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rows:
    """A set of rows of one year: those chosen, what they were chosen among, and those of which nobody can tell.

    `names`: the measures and facts by which they were chosen; `among`: the sets that they were narrowed by.
    `ratings`: the number that each respondent chose, where the options are numbers.
    """

    kind: str
    year: int
    chosen: tuple[Row, ...]
    base: tuple[Row, ...]
    doubtful: tuple[Row, ...] = ()
    names: frozenset[str] = frozenset()
    among: tuple[Rows, ...] = ()
    outside: tuple[Outside, ...] = ()
    asked: Asked | None = None
    is_asked: bool = True
    is_whole: bool = False
    ratings: Mapping[str, int | None] | None = None

    def whole(self) -> Rows:
        """All that they were chosen among, as a set of its own."""
        return replace(self, chosen=self.base, doubtful=(), names=frozenset(), is_whole=True)


@dataclass(frozen=True)
class Term:
    """One measure of each row of a set, added or taken away. None: not known of the row."""

    sign: int
    rows: Rows
    name: str
    values: Mapping[str, int | None]

    def whole(self) -> Term:
        """The same of all that its rows were chosen among."""
        return replace(self, rows=self.rows.whole())

    def unknown(self) -> tuple[Row, ...]:
        """The rows whose value is not known, or that nobody can tell to be chosen."""
        return (*self.not_known(), *self.rows.doubtful)

    def not_known(self) -> tuple[Row, ...]:
        """The rows that are chosen and whose value is not known."""
        return tuple(row for row in self.rows.chosen if self.values.get(row.key) is None)

    def total(self) -> int:
        """The sum of what is known."""
        return self.sign * sum(self.values.get(row.key) or 0 for row in self.rows.chosen)


@dataclass(frozen=True)
class Amounts:
    """Kronor, days or a rating row by row."""

    unit: str
    terms: tuple[Term, ...]

    def whole(self) -> Amounts:
        """The same of all that the rows were chosen among."""
        return replace(self, terms=tuple(term.whole() for term in self.terms))


@dataclass(frozen=True)
class Use:
    """A set that a figure rests on, as what (`counted` or `base`), and the measure that was summed, if any.

    `unknown`: the rows of which it is not known.
    """

    role: str
    rows: Rows
    name: str | None = None
    unknown: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Figure:
    """What an expression comes to. `value`: exact; None where it is not known, and `why` says why not.

    `parts`: the unit of numerator and denominator, of a share.
    """

    unit: str
    value: Fraction | None
    uses: tuple[Use, ...] = ()
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    why: tuple[Told, ...] = ()
    parts: str | None = None

    def in_cell(self, unit: str) -> int | None:
        """The whole number that a printed table shows, half up. Args: unit: sek, count, percent or hundredths."""
        if self.value is None:
            return None
        if unit == "percent":
            value = self.value
            return percent(value.numerator, value.denominator)
        times = HUNDREDTHS if unit == "hundredths" else 1
        return rounded(times * self.value.numerator, self.value.denominator)


Value = Rows | Amounts | Figure
