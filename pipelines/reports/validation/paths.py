"""Where the validation reports lie: those of a version in its part for the house, those of what was refused beside."""

from __future__ import annotations

from pipelines.warehouse.layout import INSIDE, REFUSED, VALIDATION
from schemas.words.vocabulary import Language

LINKS = "/statsbidrag/report/"
"""Below this, on Dagster's own address, are links into the reports: they hold on whichever port those are served."""


def page_name(programme: str, year: int, language: Language) -> str:
    """What the report of a round is called."""
    return f"{programme}-{year}.{language}.html"


def part_name(programme: str, year: int, part: str, language: Language) -> str:
    """What a page of one of the report's long lists is called, beside it."""
    return f"{programme}-{year}.{part}.{language}.html"


def recipient_name(programme: str, year: int, code: str | None, language: Language) -> str:
    """What the page of one recipient in a round is called, beside the report; None: that of rows without a code."""
    return part_name(programme, year, f"r-{code}" if code else "r", language)


def csv_name(programme: str, year: int, language: Language) -> str:
    """What the table of a round's findings is called, beside its report."""
    return f"{programme}-{year}.{language}.csv"


def page_path(version: str, programme: str, year: int, language: Language) -> str:
    """Where a round's report lies within the warehouse."""
    return f"{INSIDE}/{version}/{VALIDATION}/{page_name(programme, year, language)}"


def refused_path(programme: str, year: int, language: Language) -> str:
    """Where the report of a round that was not accepted lies within the warehouse."""
    return f"{REFUSED}/{page_name(programme, year, language)}"


def report_link(programme: str, year: int, run_id: str) -> str:
    """Where Dagster's pages lead on to the report of a round as one run made it."""
    return f"{LINKS}{run_id}/{programme}/{year}"
