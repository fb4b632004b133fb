"""What a printed figure is of: its base, who is left out of it and why, and what it cannot be compared with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assets.domain.evaluation.left_out import APPLICATIONS, GRANTED, TOGETHER, UNUSED, added
from assets.domain.shares import NO_BREAK, grouped
from schemas.configuration.indicators import Comparison
from schemas.configuration.questions import Base
from schemas.configuration.reports import NUMBERED_WITH, ReportTable, TableColumn
from schemas.texts.catalogue import text
from schemas.words.vocabulary import (
    EVERYONE,
    LANGUAGES,
    NOT_TOLD_WHICH,
    SHARE_OF_MONEY,
    Language,
)

Record = Mapping[str, Any]

OF_USE = (
    "used_sek",
    "reported_granted_sek",
    "unused_sek",
    "unused_percent",
    "used_all_count",
    "used_part_count",
    "used_nothing_count",
)
"""Figures that are of the grants whose use is known."""

OF_DECISIONS = ("recipient_count", "granted_sek", "undistributed_sek", "repaid_after_recovery_sek", *OF_USE)
"""Figures that a decision which is set aside is left out of."""

GRANT_TABLES = ("out_grant_by_year", "out_funds_by_year", "out_grant_by_group")
BASES = (NUMBERED_WITH, "answer_count")
"""What a share or a mean is of."""

NOBODY = {"left_out_count": 0, "left_out_granted_sek": 0, "note_sv": None, "note_en": None}


@dataclass(frozen=True)
class Place:
    """Where a figure is printed: its table and column, its row, and the categories that have rows of their own."""

    table: ReportTable
    column: TableColumn
    row: Record
    categories: Collection[str]

    @property
    def across(self) -> str:
        """What the figure is broken down by."""
        rows = self.table.rows
        return self.column.across or rows.grants_by or rows.across or EVERYONE

    @property
    def category(self) -> str:
        """Of which category it is."""
        is_row = self.across != EVERYONE and not self.column.category
        return self.column.category or (str(self.row["category"]) if is_row else EVERYONE)


class Notes:
    """Words the notes of printed tables."""

    def __init__(
        self, left: Iterable[Record], comparisons: Mapping[str, Comparison], bases: Mapping[str, Base]
    ) -> None:
        """Word them of these rows of out_left_out, of one programme; comparisons and bases are those it declares."""
        self._left: dict[tuple[Any, ...], list[Record]] = defaultdict(list)
        for each in left:
            self._left[each["year"], each["figure"], each["option"], each["across"]].append(each)
        self._comparisons = comparisons
        self._bases = bases

    def of(self, place: Place, value: Record | None) -> dict[str, Any]:
        """Who is left out of a figure, as columns of out_table_cell. Args: value: the row that the figure is in."""
        if value is None:
            return NOBODY
        found = [each for key in self._keys(place, value) for each in self._left.get(key, ())]
        mine = [each for each in found if each["category"] == place.category]
        nowhere = [each for each in found if each["category"] not in {*place.categories, place.category, EVERYONE}]
        if place.column.category:
            nowhere = [each for each in nowhere if each["category"] == NOT_TOLD_WHICH]
        return {
            "left_out_count": sum(each["left_out_count"] for each in mine),
            "left_out_granted_sek": added(each["left_out_granted_sek"] for each in mine),
            **{f"note_{each}": self._note(place, value, mine, nowhere, each) for each in LANGUAGES},
        }

    def _keys(self, place: Place, value: Record) -> list[tuple[Any, ...]]:
        """What the figure leaves anybody out of: the years, figures, options and breakdowns to look under."""
        rows, year = place.table.rows, value["year"]
        if place.table.rows.source in GRANT_TABLES:
            figures = [UNUSED] * (place.column.value in OF_USE) + [GRANTED] * (place.column.value in OF_DECISIONS)
            return [(year, figure, TOGETHER, place.across) for figure in figures]
        if rows.kind == "table":
            return [(year, APPLICATIONS, TOGETHER, EVERYONE)]
        if rows.comparison:
            compared = self._comparisons[rows.comparison]
            options = compared.options[value["option"]].any_of
            keys = [(year, compared.question, option, EVERYONE) for option in options]
            return [key for key in keys if key in self._left][:1]
        return [(year, value["indicator"], value["option"], place.across)]

    def _note(
        self, place: Place, value: Record, mine: Sequence[Record], nowhere: Sequence[Record], language: Language
    ) -> str | None:
        why_not = value.get(f"why_not_{language}")
        base = self._bases.get(value["base"] or "") if why_not else None
        parts = [
            *_base(place, value, mine, language),
            *([text("note_asked_of", language).format(base=base.sentence(language))] if base else []),
            *listed("note_left_out", mine, language),
            *listed("note_nowhere", nowhere, language),
            *([str(why_not)] if why_not else []),
        ]
        return " ".join(parts) or None


# -- words ------------------------------------------------------------------------------------------------------------
def _base(place: Place, value: Record, mine: Sequence[Record], language: Language) -> Iterator[str]:
    """What the figure is of, unless it is printed beside it."""
    column, rows = place.column, place.table.rows
    if rows.source in GRANT_TABLES:
        is_share = column.unit == "percent" and not _prints(place.table, GRANTED, "reported_granted_sek")
        if column.value in OF_USE and (is_share or any(each["figure"] == UNUSED for each in mine)):
            amounts = {"base": _kronor(value["reported_granted_sek"], language)}
            granted = _kronor(value["granted_sek"], language)
            yield text("note_base_sek", language).format(**amounts, granted=granted)
    elif rows.kind != "table" and column.unit in ("percent", "hundredths") and not _is_numbered(place):
        [base] = [value[name] for name in BASES if name in value]
        if base is not None:
            is_money = column.measure == SHARE_OF_MONEY
            said = _kronor(base, language) if is_money else grouped(base)
            yield text("note_base_money" if is_money else "note_base_count", language).format(base=said)


def _is_numbered(place: Place) -> bool:
    """Whether the table prints the number that the figure is of."""
    labels = (each.sv for each in place.table.columns.values())
    in_label = any(f"{{{NUMBERED_WITH}}}" in label for label in labels) and place.table.rows.kind == "indicator"
    return not place.column.category and (in_label or _prints(place.table, *BASES))


def _prints(table: ReportTable, *values: str) -> bool:
    return any(each.value in values and not each.category for each in table.columns.values())


def listed(name: str, left: Sequence[Record], language: Language) -> list[str]:
    """Who is left out and why, in one sentence; none if nobody is. Args: name: of the text that words it."""
    said = "; ".join(_one(each, language) for each in _together(left))
    return [text(name, language).format(left=said)] if left else []


def _together(left: Iterable[Record]) -> list[Record]:
    """Those of one figure and one reason as one, in whatever categories they are."""
    groups: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for each in left:
        groups[each["figure"], each["reason"]].append(each)
    return [
        {
            **mine[0],
            "left_out_count": sum(each["left_out_count"] for each in mine),
            "left_out_granted_sek": added(each["left_out_granted_sek"] for each in mine),
            "stated_sek": sum(each["stated_sek"] or 0 for each in mine),
        }
        for mine in groups.values()
    ]


def _one(left: Record, language: Language) -> str:
    granted = left["left_out_granted_sek"]
    kinds = {UNUSED: "grants", GRANTED: "decisions", APPLICATIONS: "applications"}
    kind = kinds.get(left["figure"], "answers" if granted is not None else "unnamed")
    reason = text(f"left_out_{left['reason']}", language).format(stated=_kronor(left["stated_sek"], language))
    amount = text("unknown_amount", language) if granted is None else _kronor(granted, language)
    return text(f"left_out_of_{kind}", language).format(
        count=grouped(left["left_out_count"]), granted=amount, reason=reason
    )


def _kronor(amount: int | None, language: Language) -> str:
    said = grouped(amount or 0)
    return f"{said}{NO_BREAK}kr" if language == "sv" else f"SEK{NO_BREAK}{said}"
