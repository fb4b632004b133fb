"""A share or a mean of few tells of single respondents more than it tells of all: a count is printed in its place.

Shares of kronor between recipients are no such shares: what each was granted and did not use is public.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assets.domain.shares import grouped
from schemas.configuration.reports import TableColumn, TableRows
from schemas.texts.catalogue import text
from schemas.words.vocabulary import LANGUAGES, SHARE

Record = Mapping[str, Any]

AT_MOST = "numerator_at_most"
"""How many it would be had all that are missing said yes."""

OF_ANSWERS = {"percent": "numerator", "lowest_percent": "numerator", "highest_percent": AT_MOST}
OF_APPLICATIONS = {"approval_percent": "approved_count"}
OF_MEANS = {"value": "answer_count"}
"""What is printed in the place of each share, or mean, of few."""


@dataclass(frozen=True)
class Shown:
    """What a cell prints: a figure, of which column and of how many; a count where these are fewer than the least."""

    column: TableColumn
    value: Record | None
    base: int | None = None
    least: int | None = None

    @property
    def notes(self) -> dict[str, str]:
        """That a count stands in the place of a share, in both languages; empty where none does."""
        if self.least is None:
            return dict.fromkeys(LANGUAGES, "")
        said = {"base": grouped(self.base or 0), "least": grouped(self.least)}
        name = "note_few_for_a_mean" if self.column.value == OF_MEANS["value"] else "note_few"
        return {language: text(name, language).format(**said) for language in LANGUAGES}


def shown(rows: TableRows, column: TableColumn, value: Record | None, people: Record | None, least: int) -> Shown:
    """What is printed of a figure.

    Args: people: the same figure as a share of respondents, where `value` is one of kronor. least: the least base.
    """
    counted, base_of = _counted(rows, column)
    if counted is None or people is None:
        return Shown(column, value)
    base = people[base_of]
    if base is None or not 0 < base < least:
        return Shown(column, value, base)
    at_most = {AT_MOST: people["numerator"] + people["missing_count"]} if counted == AT_MOST else {}
    instead = column.model_copy(update={"value": counted, "unit": "count", "measure": SHARE})
    return Shown(instead, {**people, **at_most}, base, least)


def _counted(rows: TableRows, column: TableColumn) -> tuple[str | None, str]:
    """What is counted in the place of a figure, and of how many; None of what is no share of few or many."""
    if rows.kind == "table":
        return OF_APPLICATIONS.get(column.value), "application_count"
    if rows.kind == "mean_of":
        return OF_MEANS.get(column.value), "answer_count"
    return (OF_ANSWERS.get(column.value) if rows.kind in ("indicator", "comparison") else None), "denominator"
