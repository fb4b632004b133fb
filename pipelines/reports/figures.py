"""What a figure is, in words: printed as a Swedish reader has it, with its base, who is left out, what it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assets.domain.figures.leaving import provenance
from assets.domain.figures.lineage import Cell
from assets.domain.figures.values import COUNT, DAYS, MEAN, SEK, SHARE, TRUTH, Figure, Outside, Use
from assets.domain.figures.world import World
from pipelines.reports.summary import printable
from pipelines.reports.swedish import NO_BREAK_SPACE, formatted, in_unit, kronor
from schemas.texts.catalogue import text
from schemas.words.vocabulary import Language

ROLES = ("counted", "base", "among")
"""What a cell may be in a figure, in the order in which they are listed."""
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


def facts(answered: Answered, language: Language) -> Iterator[tuple[str, str]]:
    """What a figure is of, each with its label: expression, parts, base, who is left out, how real it is."""
    figure = answered.figure
    yield text("figure_label_expression", language), printable(answered.expression)
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
