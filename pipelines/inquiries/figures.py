"""What a figure is, printed as a Swedish reader has it, with its base, who is left out, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assets.domain.figures.choosing import chosen
from assets.domain.figures.leaving import left_out, provenance
from assets.domain.figures.lineage import Lineage
from assets.domain.figures.refused import Refused
from assets.domain.figures.values import (
    Rows,
    Use,
)
from pipelines.inquiries.published import Published
from pipelines.reports.figures import Answered, bases, facts, printed
from pipelines.reports.summary import printable
from pipelines.reports.swedish import formatted
from pipelines.warehouse.verification import sound_current
from schemas.texts.catalogue import text
from schemas.words.vocabulary import Language


def asked(expression: str, warehouse: Path, programme: str | None) -> Answered:
    """What an expression comes to in the version that is published now. Raises: Refused, in one sentence."""
    published = opened(warehouse, programme)
    worlds = [published.world(name) for name in ([programme] if programme else published.programmes)]
    world, figure = chosen(expression, worlds)
    cells = Lineage(world).cells(figure)
    return Answered(expression, world, published.version.name, figure, cells, left_out(world, figure, cells))


def opened(warehouse: Path, programme: str | None) -> Published:
    """The version that is published now. Raises: Refused if there is none of the programme; Stop if it is damaged."""
    published = Published(sound_current(warehouse))
    if not published.is_there:
        raise Refused("nothing_published", None, folder=Plain(str(warehouse)))
    if programme is not None and programme not in published.programmes:
        raise Refused("programme_not_there", None, name=programme, known=Plain(", ".join(published.programmes)))
    return published


@dataclass(frozen=True)
class Plain:
    """What is repeated whole in either language."""

    said: str

    def sentence(self, language: str) -> str:  # noqa: ARG002 - the same in both
        """It."""
        return self.said


# -- printing -------------------------------------------------------------------------------------------------------
def lines(answered: Answered, language: Language) -> Iterator[str]:
    """The figure and all that is to be known of it, for a terminal."""
    told = [*facts(answered, language), *_whence(answered, language)]
    width = max(len(label) for label, _ in told)
    yield printed(answered.figure, language)
    yield from (f"  {label:<{width}}  {said}" for label, said in told)


def _whence(answered: Answered, language: Language) -> Iterator[tuple[str, str]]:
    yield text("figure_label_programme", language), answered.world.programme
    yield text("figure_label_rests", language), _rests(answered, language)
    yield text("figure_label_version", language), answered.version


def _rests(answered: Answered, language: Language) -> str:
    cells = answered.cells
    files = sorted({cell.file for cell in cells})
    values = {"cells": formatted(len(cells)), "files": ", ".join(map(printable, files)) or "–"}
    return text("figure_rests", language).format(**values)


# -- as a document --------------------------------------------------------------------------------------------------
def document(answered: Answered, language: Language) -> dict[str, Any]:
    """The figure for programs: exact, with all rows that it rests on."""
    figure = answered.figure
    return {
        "expression": answered.expression,
        "programme": answered.world.programme,
        "version": answered.version,
        "printed": printed(figure, language),
        "unit": figure.unit,
        "value": None if figure.value is None else _number(figure.value),
        "exact": None if figure.value is None else str(figure.value),
        "numerator": None if figure.numerator is None else _number(figure.numerator),
        "denominator": None if figure.denominator is None else _number(figure.denominator),
        "why_unknown": [each.sentence(language) for each in figure.why],
        "provenance": provenance(figure),
        "bases": [_base_record(use) for use in bases(figure)],
        "left_out": [
            {"reason": each.reason, "count": each.count, "granted_sek": each.kronor, "grants": list(each.grants)}
            for each in answered.outside
        ],
        "cells": [vars(cell) for cell in answered.cells],
    }


def _number(value: Any) -> int | float:  # noqa: ANN401 - a fraction
    return int(value) if value.denominator == 1 else round(float(value), 6)


def _base_record(use: Use) -> dict[str, Any]:
    rows: Rows = use.rows
    return {
        "role": use.role,
        "of": rows.kind,
        "year": rows.year,
        "measure": use.name,
        "chosen_count": len(rows.chosen),
        "base_count": len(rows.base),
        "not_known_count": len(rows.doubtful),
    }
