"""How real something is that rests on several sources."""

from __future__ import annotations

from collections.abc import Iterable

from schemas.words.vocabulary import MIXED


def provenance_of(provenances: Iterable[str]) -> str:
    """How real something is that rests on several sources: as they are if they agree, else mixed."""
    return next(iter(found)) if len(found := set(provenances)) == 1 else MIXED
