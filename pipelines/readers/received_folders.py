"""What lies in the raw folder, by names alone: rounds, folders that belong to none, files that are nobody's export."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from schemas.configuration.outline import Round, programme_names, years_of

REGISTER = "reference"
YEAR_DIGITS = 4
LEFT_BY_SYSTEMS = ("thumbs.db", "desktop.ini", "ehthumbs.db")
LEFT_BY_EDITORS = ("~$", "~wr")
"""How names begin of what office programs and editors keep beside an open file; `.~lock` and `.DS_Store` are hidden."""


def is_left_over(name: str) -> bool:
    """Whether a file was left there by an operating system or an editor, and by nobody on purpose."""
    lower = name.lower()
    is_autosaved = lower.endswith("~") or (lower.startswith("#") and lower.endswith("#"))
    return lower.startswith((".", *LEFT_BY_EDITORS)) or lower in LEFT_BY_SYSTEMS or is_autosaved


@dataclass(frozen=True)
class Stray:
    """A folder that belongs to no programme, or to no round of its own."""

    folder: Path
    programme: str
    year: int | None = None
    """The year, where the programme is one but has no such round."""


@dataclass(frozen=True)
class Survey:
    """What there is: rounds with a folder, folders that belong to none, files that are passed over."""

    rounds: list[Round] = field(default_factory=list)
    strays: list[Stray] = field(default_factory=list)
    left_over: list[Path] = field(default_factory=list)


def survey(raw: Path) -> Survey:
    """Look through the folder. A programme whose YAML does not tell its years keeps every folder it has."""
    found, known = Survey(), programme_names()
    for folder in _folders(raw):
        if folder.name == REGISTER:
            continue
        if folder.name not in known:
            found.strays.append(Stray(folder, folder.name))
            continue
        years = years_of(folder.name)
        for inner in _folders(folder):
            if not (inner.name.isdecimal() and len(inner.name) == YEAR_DIGITS):
                continue
            year = int(inner.name)
            if years is not None and year not in years:
                found.strays.append(Stray(inner, folder.name, year))
            else:
                found.rounds.append(Round(folder.name, year))
                found.left_over.extend(path for path in sorted(inner.iterdir()) if is_left_over(path.name))
    return found


def _folders(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.iterdir()) if path.is_dir() and not is_left_over(path.name))
