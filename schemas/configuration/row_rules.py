"""What a form says of its rows: which are totals, tests, drafts or supplements, and what their amounts must meet."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic_core import InitErrorDetails

from schemas.configuration.declared import Declared, Loc, fault
from schemas.rules.constraints import Compare, Operator, SumsTo


class TotalRow(Declared):
    """How the total row below the data is known, and which field it sums."""

    field: str
    """The field whose text tells the row."""
    text: str
    """That text."""
    sums: str
    """The amount that the row gives the sum of."""


class ExcludedWhen(Declared):
    """Rows that do not count, told by the text in one field."""

    field: str
    """The field whose text tells the rows."""
    text: str
    """That text, as the export writes it."""
    rule: str
    """The rule that says why they do not count."""


class SupplementWhen(Declared):
    """Rows that supplement an earlier submission and replace it, told by the text in one field."""

    field: str
    """The field whose text tells the rows."""
    text: str
    """That text, as the export writes it."""


class Denial(Declared):
    """A free text that may say that nothing was used, and the amount that it would contradict."""

    field: str
    """The field with the text."""
    phrases: tuple[str, ...]
    """What says so, in whatever case."""
    contradicts: str
    """The amount: a field, a sum or an amount of a question (`question.option`)."""


class ComparedAmounts(Declared):
    """One amount held against another."""

    left: str
    """An amount: a field, a sum or an amount of a question (`question.option`)."""
    operator: Operator
    """How the left one must stand to the right one."""
    right: str
    """The other amount."""


class SummedAmounts(Declared):
    """An amount that must be the sum of others."""

    total: str
    """The sum."""
    parts: tuple[str, ...]
    """What it is the sum of."""


class FormConstraint(Declared):
    """What the amounts of one row must meet. Where one is not known, nothing is held against it."""

    says: str
    """The constraint in words, as findings print it."""
    compare: ComparedAmounts | None = None
    """Two amounts; instead of a sum."""
    sums_to: SummedAmounts | None = None
    """A sum; instead of two amounts."""

    @property
    def holds(self) -> Compare | SumsTo:
        """The constraint in the vocabulary of rules."""
        if self.compare:
            return Compare(self.compare.left, self.compare.operator, self.compare.right)
        summed = self.sums_to or SummedAmounts(total="", parts=())
        return SumsTo(summed.total, summed.parts)

    def faults(self) -> Iterator[InitErrorDetails]:
        """A constraint of both kinds, or of none."""
        if (self.compare is None) == (self.sums_to is None):
            yield fault("constraint_unclear", ())

    def amounts(self) -> dict[Loc, str]:
        """The amounts that it names, by their places."""
        if self.compare:
            return {("compare", "left"): self.compare.left, ("compare", "right"): self.compare.right}
        summed = self.sums_to or SummedAmounts(total="", parts=())
        parts: dict[Loc, str] = {("sums_to", "parts", number): part for number, part in enumerate(summed.parts)}
        return {("sums_to", "total"): summed.total, **parts}
