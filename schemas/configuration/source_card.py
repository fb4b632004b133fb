"""The source card: what lies beside every file in `raw/` and says where it comes from and whether it is real."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Literal

from pydantic_core import InitErrorDetails

from schemas.configuration.declared import Declared, fault
from schemas.words.vocabulary import Language


class SourceCard(Declared):
    """One file's card.

    `sender` is who handed the file over, and in what capacity. `date` is when the file was exported or published.
    `complete_through` is the last day of which the file has everything: the day before `date` where nothing is said,
    since more may have come later on that day. `closed: true` says that nothing more can come, as to a form that is
    closed: the file is complete for good. `known_from` is the day from which its rows without a date of their own count
    as known, where that is another one. `date_note` says what is not known of these dates, and what is assumed.
    `language` is that of what the card says in words. `replaces` is the name of the file beside it that this one
    corrects; that file stays, and its rows are superseded.
    """

    title: str
    origin: str
    sender: str | None = None
    date: dt.date
    complete_through: dt.date | None = None
    closed: bool = False
    known_from: dt.date | None = None
    date_note: str | None = None
    reality: Literal["real", "synthetic", "mixed"]
    licence: str
    sha256: str
    note: str | None = None
    language: Language = "sv"
    replaces: str | None = None

    @property
    def last_complete_day(self) -> dt.date:
        """The last day of which the file has everything, as far as days tell it: its own where nothing can be added."""
        before = self.date - dt.timedelta(1) if self.date > dt.date.min else self.date
        return self.complete_through or (self.date if self.closed else before)

    def faults(self) -> Iterator[InitErrorDetails]:
        """A file that would be complete on a day that had not come when it was made."""
        if self.complete_through and self.complete_through > self.date:
            yield fault("complete_too_late", ("complete_through",), day=self.complete_through, date=self.date)
