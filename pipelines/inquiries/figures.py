"""What a figure is, printed as a Swedish reader has it, with its base, who is left out, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assets.domain.figures.choosing import chosen
from assets.domain.figures.leaving import left_out, provenance
from assets.domain.figures.lineage import Cell, Lineage
from assets.domain.figures.refused import Refused
from assets.domain.figures.values import (
    COUNT,
    DAYS,
    MEAN,
    SEK,
    SHARE,
    TRUTH,
    Figure,
    Outside,
    Rows,
    Use,
)
from assets.domain.figures.world import World
from pipelines.inquiries.published import Published
from pipelines.reports.summary import printable
from pipelines.reports.swedish import NO_BREAK_SPACE, formatted, in_unit, kronor
from pipelines.warehouse.verification import sound_current
from schemas.texts.catalogue import text
from schemas.words.vocabulary import Language

HUNDREDTHS = 100
CELL_UNITS = {SEK: "sek", COUNT: "count", SHARE: "percent", MEAN: "hundredths"}


@dataclass(frozen=True)
class Answered:
    """A figure in its programme and version."""

    expression: str
    world: World
    version: str
    figure: Figure
    cells: tuple[Cell, ...]
    outside: list[Outside]


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
def printed(figure: Figure, language: Language) -> str:
    """The figure alone."""
    if figure.value is None:
        return text("figure_unknown", language)
    if figure.unit == TRUTH:
        return text("figure_true" if figure.value else "figure_false", language)
    if figure.unit == DAYS:
        rounded = figure.in_cell("hundredths") or 0
        number = formatted(rounded // HUNDREDTHS) if rounded % HUNDREDTHS == 0 else in_unit(rounded, "hundredths")
        return text("figure_days", language).format(number=number)
    whole = figure.in_cell(CELL_UNITS.get(figure.unit, "count"))
    if figure.unit == SEK:
        return kronor(whole, language)
    if figure.unit == SHARE:
        return f"{formatted(whole)}{NO_BREAK_SPACE}%"
    said = in_unit(whole, CELL_UNITS[figure.unit])
    return said if language == "sv" else said.replace(",", ".")


def lines(answered: Answered, language: Language) -> Iterator[str]:
    """The figure and all that is to be known of it, for a terminal."""
    facts = list(_facts(answered, language))
    width = max(len(label) for label, _ in facts)
    yield printed(answered.figure, language)
    yield from (f"  {label:<{width}}  {said}" for label, said in facts)


def _facts(answered: Answered, language: Language) -> Iterator[tuple[str, str]]:
    figure = answered.figure
    yield text("figure_label_expression", language), printable(answered.expression)
    yield text("figure_label_programme", language), answered.world.programme
    for why in figure.why:
        yield text("figure_label_why", language), why.sentence(language)
    if figure.denominator is not None and figure.numerator is not None:
        parts = (_amount(each, figure, language) for each in (figure.numerator, figure.denominator))
        yield text("figure_label_parts", language), text("figure_parts", language).format(*parts)
    for use in bases(figure):
        yield text("figure_label_base", language), _base(use, language)
    for each in answered.outside:
        yield text("figure_label_outside", language), _outside(each, language)
    how_real = provenance(figure)
    yield text("figure_label_provenance", language), text(f"provenance_{how_real}", language) if how_real else "–"
    yield text("figure_label_rests", language), _rests(answered, language)
    yield text("figure_label_version", language), answered.version


def _amount(value: Any, figure: Figure, language: Language) -> str:  # noqa: ANN401 - a fraction
    return kronor(int(value), language) if figure.parts == SEK else formatted(int(value))


def bases(figure: Figure) -> list[Use]:
    """The sets that a figure is of, each once; what all were chosen among is told with those that were."""
    found: dict[tuple[object, ...], Use] = {}
    for use in figure.uses:
        rows, everybody = use.rows, tuple(row.key for row in use.rows.base)
        if not (rows.is_whole and any(key[:2] == (rows.kind, everybody) for key in found)):
            found.setdefault((rows.kind, everybody, tuple(row.key for row in rows.chosen)), use)
    return list(found.values())


def _base(use: Use, language: Language) -> str:
    rows = use.rows
    called = text(f"figure_rows_{rows.kind}", language)
    values = {
        "chosen": formatted(len(rows.chosen)),
        "base": formatted(len(rows.base)),
        "rows": called,
        "year": rows.year,
    }
    said = text("figure_base", language).format(**values)
    if rows.asked and rows.asked.not_asked and rows.is_asked:
        said += text("figure_not_asked_options", language).format(options=", ".join(rows.asked.not_asked))
    return said


def _outside(each: Outside, language: Language) -> str:
    reason = text(f"figure_outside_{each.reason}", language).format(count=formatted(each.count))
    if each.kronor is None:
        return f"{reason} ({text('figure_kronor_unknown', language)})"
    return f"{reason} ({kronor(each.kronor, language)})"


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
