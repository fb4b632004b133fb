"""Where the validation reports lie: those of a version within it, and their index in the warehouse."""

from __future__ import annotations

from pipelines.layout import VALIDATION
from schemas.vocabulary import Language


def page_path(programme: str, year: int, language: Language) -> str:
    """Where a round's report lies within its version."""
    return f"{VALIDATION}/{programme}-{year}.{language}.html"


def csv_path(programme: str, year: int, language: Language) -> str:
    """Where the table of a round's findings lies within its version."""
    return f"{VALIDATION}/{programme}-{year}.{language}.csv"


def index_path(language: Language) -> str:
    """Where the index lies within the warehouse."""
    return f"{VALIDATION}.{language}.html"
