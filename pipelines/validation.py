"""The validation reports of a version: what was read, what was found, and what nobody checked."""

from __future__ import annotations

from schemas.vocabulary import Language


def validation_path(programme: str, year: int, language: Language) -> str:
    """Where a round's report lies within its version."""
    return f"validation/{programme}-{year}.{language}.html"
