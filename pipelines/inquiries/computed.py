"""A round computed as the next run would, for whoever asks, and nothing written."""

from __future__ import annotations

import datetime as dt

from assets.received import RoundKey
from assets.round import compute
from assets.tables import Tables
from pipelines.readers.raw_folder import RawFolder
from schemas.configuration import catalogue
from schemas.configuration.programme import Programme


def computed(folder: RawFolder, key: RoundKey, as_of: dt.date | None = None) -> Tables:
    """Every table of a round from what was received. Args: as_of: None is the latest day that is told of.

    Raises: Stop, as a run would before it has findings. A rule that blocks publication is among the findings.
    """
    programme = catalogue.programme(key.programme)
    return compute(folder.received(key, today(), ordinance_of(programme), programme.registers), programme, as_of)


def ordinance_of(programme: Programme) -> str | None:
    """The file in the raw folder that holds the text of the programme's ordinance, if it declares one."""
    return programme.ordinance.text.file if programme.ordinance.text else None


def today() -> dt.date:
    """The day on which it is asked."""
    return dt.datetime.now(dt.UTC).date()
