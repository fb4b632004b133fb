"""Everything that was computed of a round, before it is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyarrow as pa

from assets.domain.counting import Counted, parted
from assets.domain.evaluation.answers import Respondent, respondents
from assets.domain.evaluation.set_aside import SetAside, set_aside
from assets.domain.grant import books
from assets.domain.grant.entries import Entry
from assets.domain.grant.follow import Followed
from assets.domain.grant.reach import is_before_reports
from assets.domain.grant.records import NotPlaced
from assets.domain.grant.unplaced import narrowed, unplaced_of
from assets.domain.reading import corrections
from assets.domain.reading.history import History
from assets.domain.reality import provenance_of
from assets.domain.waivers import in_force
from assets.received import Received
from schemas.configuration.programme import Programme, RoundSpec, Waiver

Record = dict[str, Any]
Part = dict[str, Iterable[Record]]
"""Rows by the table that they are of."""


@dataclass(frozen=True)
class Computed:
    """Everything that was computed of a round, before it is written."""

    received: Received
    programme: Programme
    as_of: dt.date
    known: dt.date
    """The day by which what counts was known: the one that figures are as of, unless everything received counts."""
    history: History
    log: Sequence[corrections.Entry]
    counted: Sequence[Counted]
    ledger: Sequence[Entry]
    grants: Sequence[Followed]
    answers: pa.Table

    @property
    def spec(self) -> RoundSpec:
        """What the programme declares of the round."""
        return self.programme.rounds[self.received.key.year]

    @cached_property
    def told(self) -> frozenset[str]:
        """The events that the files of the round can tell of: of all others nothing is known."""
        return self.programme.told_by(self.there)

    @cached_property
    def there(self) -> frozenset[str]:
        """The forms of which a file has come."""
        return frozenset(export.form.form for export in self.history.exports)

    @cached_property
    def are_awaited(self) -> bool:
        """Whether no report need have come yet."""
        return is_before_reports((followed.grant for followed in self.grants), self.as_of)

    @cached_property
    def provenance(self) -> str:
        """How real the round is: as its files are."""
        return provenance_of(export.file.card.reality for export in self.history.exports)

    @cached_property
    def waivers(self) -> list[Waiver]:
        """The rules that the round sets aside today."""
        return in_force(self.spec.waivers, self.received.today)

    @cached_property
    def set_aside(self) -> list[SetAside]:
        """What counts for nothing until somebody has looked at it."""
        return set_aside(self.counted, [followed.grant for followed in self.grants])

    @cached_property
    def respondents(self) -> dict[Respondent, str | None]:
        """What each respondent is called."""
        return respondents(self.counted)

    def accepted(self, table: str) -> list[Counted]:
        """The rows that count of every file that fills a table, each part of a split one by itself."""
        mine = (each for each in self.counted if each.is_accepted and table in each.row.tables)
        return [part for each in mine for part in parted(each)]

    @cached_property
    def unplaced(self) -> list[NotPlaced]:
        """What was received about grants and cannot be placed."""
        accounts = {followed.grant.grant_id: followed.account for followed in self.grants}
        return narrowed(unplaced_of(self.counted), accounts)

    @cached_property
    def book_matches(self) -> list[books.Match]:
        """The ledger held against the books, where the round has any and the programme says how it books."""
        accounting = self.programme.accounting
        if not accounting or not any("core_booking" in self.programme.forms[name].fills for name in self.there):
            return []
        cases = {entry.case_number for entry in self.ledger} | {
            each.row.values.get("case_number") for each in self.accepted("core_application")
        }
        return books.matches(
            self.ledger,
            self.accepted("core_booking"),
            {case for case in cases if case},
            accounting,
            tolerance_sek=self.programme.tolerance_sek,
            unplaced=self.unplaced,
        )
