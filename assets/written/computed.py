"""Everything that was computed of a round, before it is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pyarrow as pa

from assets.domain.counting import Counted
from assets.domain.grant.follow import Followed
from assets.domain.grant.ledger import Entry
from assets.domain.grant.reach import is_before_reports
from assets.domain.grant.records import provenance_of
from assets.domain.reading import corrections
from assets.domain.reading.history import History
from assets.received import Received
from schemas.configuration.programme import Programme, RoundSpec

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

    def accepted(self, table: str) -> list[Counted]:
        """The rows that count of every file that fills a table."""
        return [each for each in self.counted if each.is_accepted and table in each.row.tables]
