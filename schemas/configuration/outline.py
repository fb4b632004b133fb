"""Which programmes and rounds are declared: names and years alone, told at once and before any model is imported.

What a programme says beyond that, and whether it is right, is read by `catalogue`.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import yaml

from schemas.texts.catalogue import own_yaml

PROGRAMMES = Path(__file__).parents[1] / "programmes"
PROGRAMME_FILE = "programme.yaml"


class Round(NamedTuple):
    """One round: a programme and a year."""

    programme: str
    year: int


def programme_names(folder: Path = PROGRAMMES) -> list[str]:
    """The programmes there are, by name."""
    return sorted(path.parent.name for path in folder.glob(f"*/{PROGRAMME_FILE}"))


def years_of(programme: str, folder: Path = PROGRAMMES) -> frozenset[int] | None:
    """The years in which a programme has a round; None if its YAML does not tell, which `catalogue` says better."""
    try:
        content = own_yaml((folder / programme / PROGRAMME_FILE).read_text("utf-8"))
        return frozenset(year for year in content["rounds"] if isinstance(year, int))
    except (OSError, ValueError, yaml.YAMLError, TypeError, KeyError):
        return None


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that this one is most like, if it is like any."""
    return next(iter(difflib.get_close_matches(name, list(known), n=1)), None)
