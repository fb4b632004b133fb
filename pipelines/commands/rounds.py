"""Which rounds a person means, told from names and years alone: a wrong one is refused before anything heavy."""

from __future__ import annotations

from collections.abc import Iterable

import click

from pipelines.commands.spoken import told
from schemas.configuration.outline import Round, nearest, programme_names, years_of


def check_choice(programme: str | None, year: int | None) -> None:
    """Raises: BadParameter if there is no such programme, or no such round of it, or of any."""
    names = programme_names()
    if programme is not None and programme not in names:
        raise click.BadParameter(_unknown(programme, names), param_hint="--programme")
    if year is not None:
        _check_year([programme] if programme else names, year)


def _check_year(names: list[str], year: int) -> None:
    years = {name: years_of(name) for name in names}
    is_one = len(names) == 1
    if all(each is not None and year not in each for each in years.values()):
        known = listed(f"{year}" if is_one else f"{name} {year}" for name, year in declared_rounds() if name in years)
        programme = names[0] if is_one else told("use_any_programme")
        raise click.BadParameter(told("use_year", value=year, programme=programme, known=known), param_hint="--year")


def _unknown(name: str, known: list[str]) -> str:
    if not known:
        return told("use_no_programme", value=name)
    return told("use_programme", value=name, meant=meant(name, known), known=listed(known))


def meant(name: str, known: Iterable[str]) -> str:
    """The question whether another name was meant, which ends a sentence; a full stop where none is like it."""
    near = nearest(name, known)
    return told("use_meant", name=near) if near else "."


def listed(words: Iterable[str]) -> str:
    """Words one after another; a dash where there is none."""
    return ", ".join(words) or "–"


def declared_rounds() -> list[Round]:
    """Every declared round, of programmes whose YAML tells."""
    return [Round(name, year) for name in programme_names() for year in sorted(years_of(name) or ())]
