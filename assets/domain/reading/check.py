"""One thing that can be wrong with a received row: under which rule, where, and what there is to hold the rule on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assets.domain.reading.forms import Version, column_letter
from assets.domain.reading.lines import Line
from schemas.configuration.forms import Form
from schemas.configuration.layouts import plain


def every_row(_: Line) -> bool:
    """A rule that is held on every row of data."""
    return True


@dataclass(frozen=True)
class Check:
    """A rule, when a row breaks it, and the slot that it is about; the empty slot is the row as a whole.

    `tried`: when there is anything in the row to hold the rule on; where there is not, the rule is not broken either.
    `says` is what a constraint of the form says, where it is not the cell's header that explains the breach.
    """

    rule: str
    broken: Callable[[Line], bool]
    slot: str = ""
    tried: Callable[[Line], bool] = every_row
    says: str = ""

    def header(self, version: Version, form: Form) -> str | None:
        """What explains the breach: the header of its cell, or what the form says of it."""
        return self.says or (plain(form.headers(version.name)[self.slot]) if self.slot else None)

    def column(self, version: Version) -> str | None:
        """The letter of the column that its cell stands in."""
        return column_letter(version.positions[self.slot]) if self.slot else None
