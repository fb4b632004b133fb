"""The source card: what lies beside every file in `raw/` and says where it comes from and whether it is real."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from schemas.configuration.declared import Declared


class SourceCard(Declared):
    """One file's card.

    `sender` is who handed the file over, and in what capacity. `date` is when the file was exported or published;
    `known_from` is the day from which its rows without a date of their own count as known, where that is another one.
    `date_note` says what is not known of these dates, and what is assumed. `replaces` is the name of the file beside it
    that this one corrects; that file stays, and its rows are superseded.
    """

    title: str
    origin: str
    sender: str | None = None
    date: dt.date
    known_from: dt.date | None = None
    date_note: str | None = None
    reality: Literal["real", "synthetic", "mixed"]
    licence: str
    sha256: str
    note: str | None = None
    replaces: str | None = None
