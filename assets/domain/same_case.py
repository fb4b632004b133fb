"""Several decision rows of one case: what a second one means, the form declares (`same_case`), and nothing assumes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assets.domain.reading.rows import Row

REPLACED_DECISION = "decision_replaced"
TIED_RULE = "decisions_tied"
UNDECLARED_RULE = "same_case_undeclared"
ADDS, REPLACES = "adds", "replaces"


@dataclass(frozen=True)
class Verdict:
    """What becomes of one of several decision rows of a case: it counts, or does not by a rule that names others."""

    rule: str | None = None
    beside: tuple[Row, ...] = ()


def verdicts_of(rows: Sequence[Row]) -> Mapping[tuple[str, int], Verdict]:
    """The verdict on each decision row, by its address. Args: rows: the usable ones of one grant.

    None where there is nothing to decide: one row, rows without a case number, submissions that decide and report.
    """
    decisions = [row for row in rows if "core_decision" in row.form.fills and row.values.get("case_number")]
    said = {row.form.same_case for row in decisions}
    if len(decisions) < 2 or (None in said and all(row.form.is_decided_and_reported for row in decisions)):  # noqa: PLR2004
        return {}
    if len(said) > 1 or None in said:
        return {row.address: Verdict(UNDECLARED_RULE, _others(row, decisions)) for row in decisions}
    if said == {ADDS}:
        return {row.address: Verdict() for row in decisions}
    return _replacing(decisions)


def _others(row: Row, rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(other for other in rows if other is not row)


def _replacing(decisions: Sequence[Row]) -> dict[tuple[str, int], Verdict]:
    """The latest by decided date, then by number, holds; while several are the latest, the latest before them.

    Rows that say the same are one. Without a date on each nobody knows which is the latest.
    """
    rows = _first_of_equals(decisions)
    tied: list[Row] = []
    holds = None
    for group in _latest_first(rows):
        if len(group) == 1:
            holds = group[0]
            break
        tied += group
    verdicts = {row.address: Verdict(REPLACED_DECISION, (holds,) if holds else ()) for row in decisions}
    verdicts |= {row.address: Verdict(TIED_RULE, _others(row, tied)) for row in tied}
    if holds:
        verdicts[holds.address] = Verdict()
    return verdicts


def _latest_first(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows of one day and number together, the latest first; all together where one has no day and another has."""
    keys = [_order(row) for row in rows]
    if len({bool(day) for day, _ in keys}) > 1:
        return [list(rows)]
    return [
        [row for row, mine in zip(rows, keys, strict=True) if mine == key] for key in sorted(set(keys), reverse=True)
    ]


def _order(row: Row) -> tuple[str, tuple[int, str]]:
    number = row.values.get("submission_id") or ""
    return str(row.values.get("decided_date") or ""), (len(number), number)


def _first_of_equals(rows: Iterable[Row]) -> list[Row]:
    found: dict[tuple[object, ...], Row] = {}
    for row in sorted(rows, key=lambda row: row.address):
        found.setdefault(tuple(sorted((name, str(value)) for name, value in row.values.items())), row)
    return list(found.values())
