"""Whose grant a row is of: by case number, or by recipient where it has one only. What cannot be placed is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from assets.domain.reading.rows import Row

OF_GRANTS = ("core_decision", "core_usage_report", "core_event")
"""The tables whose rows belong to a grant."""

STATING = ("core_decision", "core_application")
"""The tables whose rows say whose a case number is: a decision, and else an application."""

PLACED = (*OF_GRANTS, "core_booking")
"""The tables whose rows are placed; a booking that is not is told when the books are compared."""


@dataclass(frozen=True)
class Cases:
    """Whose the case numbers of a round are on a day. `stating`: the rows that say so of a number, as of that day."""

    stating: Callable[[str], Iterable[Row]]

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Cases:
        """Of these decisions and applications, that all count on the day."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            if states_a_case(row):
                found[row.values["case_number"]].append(row)
        return cls(lambda case: found.get(case, ()))

    @cached_property
    def _asked(self) -> dict[str, Mapping[str, Row]]:
        return {}

    def decided(self, case: str | None) -> Mapping[str, Row]:
        """The decisions that state a number, the first of each recipient."""
        return {code: row for code, row in self.whose(case).items() if "core_decision" in row.form.fills}

    def whose(self, case: str | None) -> Mapping[str, Row]:
        """The first row of each recipient that states a number, a decision before an application."""
        if case is None:
            return {}
        if case not in self._asked:
            rows = sorted(self.stating(case), key=lambda row: ("core_decision" not in row.form.fills, row.address))
            self._asked[case] = {str(row.recipient_code): row for row in reversed(rows)}
        return self._asked[case]

    def is_shared(self, case: str) -> bool:
        """Whether decisions of several recipients state a number: then it is no grant's own."""
        return len(self.decided(case)) > 1

    def others(self, row: Row) -> tuple[Row, ...]:
        """The decisions, or else applications, by which the case number of a row is another recipient's."""
        whose = self.whose(row.values.get("case_number"))
        if row.recipient_code is None or row.recipient_code in whose:
            return ()
        decided = self.decided(row.values.get("case_number"))
        return tuple((decided or whose).values())

    def only(self, case: str | None) -> str | None:
        """The grant that has a case number, if only one recipient's decisions state it."""
        return case if len(self.decided(case)) == 1 else None

    def id_of(self, recipient: str | None, case: str | None) -> str | None:
        """The id of the grant of a recipient that has a case number."""
        return f"{recipient}-{case}" if case and self.is_shared(case) else case


def states_a_case(row: Row) -> bool:
    """Whether a row says whose a case number is."""
    says = not set(STATING).isdisjoint(row.form.fills)
    return says and row.recipient_code is not None and bool(row.values.get("case_number"))


def numbers_of(rows: Collection[Row]) -> set[str]:
    """The case numbers that rows state, or that they are split by."""
    stated = {row.values.get("case_number") for row in rows}
    return {case for case in stated if case} | {part.case_number for row in rows for part in row.parts}


def is_of_grant(row: Row) -> bool:
    """Whether a row is about a grant."""
    return not set(OF_GRANTS).isdisjoint(row.form.fills)


# -- decisions --------------------------------------------------------------------------------------------------------
def grant_ids(decisions: Iterable[Row], cases: Cases) -> dict[tuple[str, int], str]:
    """The grant of each decision of one recipient, by the address of its row.

    A grant is one decision; its id is the case number. Where none is printed it is the recipient and the ordinal of the
    decision by date among those without one: "0114-1". Where recipients share one it is the recipient and the number.
    """
    rows = list(decisions)
    days = sorted({_decided(row) for row in rows if not row.values.get("case_number")})
    ordinals = {day: number for number, day in enumerate(days, start=1)}
    return {
        row.address: cases.id_of(row.recipient_code, row.values.get("case_number"))
        or f"{row.recipient_code}-{ordinals[_decided(row)]}"
        for row in rows
    }


def _decided(row: Row) -> str:
    return str(row.values.get("decided_date") or "")


def without_grant(recipient: str) -> str:
    """What stands for the grant of a recipient that has no decision."""
    return f"{recipient}-0"


# -- what is about them -----------------------------------------------------------------------------------------------
def placed(row: Row, grants: Collection[str], cases: Cases) -> str | None:
    """The grant that a row belongs to: by case number, or by recipient where it has one only; None if not told.

    A number that is another recipient's places nothing. A booking of a number that nobody has is of no grant.
    Args: grants: those of the row's recipient.
    """
    if not set(PLACED) & set(row.form.fills) or cases.others(row):
        return None
    case = row.values.get("case_number")
    if (own := cases.id_of(row.recipient_code, case)) in grants:
        return own
    if len(grants) > 1 or (case and not is_of_grant(row)):
        return None
    if not grants:
        return without_grant(str(row.recipient_code)) if is_of_grant(row) else None
    return next(iter(grants))
