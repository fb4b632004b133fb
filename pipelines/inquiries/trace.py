"""The way from a figure to the cells that it rests on, and from a cell to the printed figures that it feeds."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assets.domain.figures.evaluation import Evaluation, years_in
from assets.domain.figures.grammar import parsed
from assets.domain.figures.lineage import Lineage
from assets.domain.figures.received import Received, Sources
from assets.domain.figures.refused import Meant, Refused
from assets.domain.figures.world import World
from pipelines.inquiries.figures import Plain, asked, opened
from pipelines.inquiries.published import Published
from pipelines.reports.columns import Cells, Columns
from pipelines.reports.figures import ROLES, Answered, printed
from pipelines.reports.summary import printable
from pipelines.reports.swedish import formatted, in_unit
from schemas.texts.catalogue import text
from schemas.words.vocabulary import Language

Row = dict[str, Any]
ADDRESS = re.compile(r"(?:(?P<sheet>.+)!)?(?P<column>[A-Za-z]{1,3})(?P<row>[1-9][0-9]{0,6})")
HASH_SHOWN = 12
"""So many digits of a file's SHA-256 are shown to a person; programs get all."""


# -- from a figure to its cells ---------------------------------------------------------------------------------------
def of_printed(warehouse: Path, programme: str | None, place: Sequence[str]) -> Answered:
    """The figure that a printed cell is. Args: place: report, table, row and column. Raises: Refused."""
    published = opened(warehouse, programme)
    cells = [each for each in published.table("out_table_cell").to_pylist() if programme in (None, each["programme"])]
    for at, (names, said) in enumerate(zip(PLACES, place, strict=True)):
        found = [each for each in cells if said.casefold() in {str(each[name]).casefold() for name in names}]
        if not found:
            known = tuple(dict.fromkeys(str(each[names[0]]) for each in cells))
            raise Refused(f"no_printed_{WORDS[at]}", None, name=said, meant=Meant(said, known))
        cells = found
    programmes = sorted({each["programme"] for each in cells})
    if len(programmes) > 1:
        raise Refused("several_programmes", None, names=Plain(", ".join(programmes)))
    [cell] = cells[:1]
    if cell.get("expression") is None:
        raise Refused("no_expression", None)
    return asked(cell["expression"], warehouse, cell["programme"])


WORDS = ("report", "table", "row", "column")
PLACES = (
    ("report",),
    ("table_no",),
    ("row_label", "row_label_en", "row_no"),
    ("column_name", "column_label", "column_label_en", "column_no"),
)
"""What a report, a table, a row and a column of a printed table may be called."""


def lines(answered: Answered, language: Language) -> Iterator[str | Columns]:
    """The cells for a terminal: those that count first, then those that they are held against."""
    yield f"{printed(answered.figure, language)}  {printable(answered.expression)}"
    found = Sources(answered.world).of(answered.cells)
    for role in ROLES:
        mine = [each for each in found if each.cell.role == role]
        if not mine:
            continue
        yield ""
        yield text(f"trace_{role}", language).format(count=formatted(len(mine)))
        yield Columns([_cells(each, language) for each in mine], indent=2)
    if not found:
        yield text("trace_nothing", language)


def _cells(each: Received, language: Language) -> Cells:
    told = [
        *(
            text("trace_corrected", language).format(by=printable(row["corrected_by"]), date=row["corrected_date"])
            for row in each.corrections
        ),
        *(text("trace_finding", language).format(rule=row["rule"]) for row in each.findings),
        text("trace_rules", language).format(count=len(each.rules)),
    ]
    sheet = f"{printable(each.cell.sheet)}!" if each.cell.sheet else ""
    return (
        printable(each.cell.file),
        f"{sheet}{each.address}",
        each.cell.slot,
        each.sha256[:HASH_SHOWN],
        "; ".join(told),
    )


def document(answered: Answered, language: Language) -> dict[str, Any]:
    """The cells for programs."""
    return {
        "expression": answered.expression,
        "programme": answered.world.programme,
        "version": answered.version,
        "printed": printed(answered.figure, language),
        "cells": [_record(each) for each in Sources(answered.world).of(answered.cells)],
    }


def _record(each: Received) -> dict[str, Any]:
    cell = each.cell
    return {
        "role": cell.role,
        "source_file": cell.file,
        "source_sheet": cell.sheet,
        "source_row": cell.row,
        "source_column": cell.column,
        "header": each.header,
        "sha256": each.sha256,
        "slot": cell.slot,
        "table": cell.table,
        "key": cell.key,
        "rules": list(each.rules),
        "corrections": [
            {
                "no": row["correction_no"],
                "by": row["corrected_by"],
                "date": str(row["corrected_date"]),
                "effect": row["effect"],
            }
            for row in each.corrections
        ],
        "findings": [
            {"no": row["finding_no"], "rule": row["rule"], "severity": row["severity"]} for row in each.findings
        ],
    }


# -- from a cell to figures -------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Feeds:
    """A received cell, the fate of its row, and the printed cells that rest on it, each with what it is in it."""

    file: str
    sheet: str | None
    column: str
    row: int
    fate: str | None
    rule: str | None
    printed: tuple[tuple[str, Row], ...]


def fed(warehouse: Path, programme: str | None, file: str, address: str) -> Feeds:
    """The printed figures that a received cell feeds. Raises: Refused if there is no such file, or no such cell."""
    at = ADDRESS.fullmatch(address)
    if at is None:
        raise Refused("no_address", None, name=address)
    published = opened(warehouse, programme)
    source = _source(published, programme, file)
    sheet = at["sheet"] or source["source_sheet"]
    column, row = at["column"].upper(), int(at["row"])
    world = published.world(source["programme"])
    place = (source["source_file"], sheet, row)
    found = [each for each in world.table("core_row", source["year"]) if _place(each) == place]
    if not found:
        raise Refused("no_row", None, name=Plain(address), file=Plain(source["source_file"]))
    [received_row] = found[:1]
    return Feeds(
        source["source_file"],
        sheet,
        column,
        row,
        received_row["fate"],
        received_row["rule"],
        tuple(_resting(published, world, place, column, source["year"])),
    )


def _place(row: Any) -> tuple[str, str | None, int]:  # noqa: ANN401 - a record
    return row["source_file"], row["source_sheet"], row["source_row"]


def _source(published: Published, programme: str | None, file: str) -> Row:
    """The received file that is meant, by its whole path or by its end."""
    files: list[Row] = published.table("core_source_file").to_pylist()
    files = [each for each in files if programme in (None, each["programme"])]
    found = [each for each in files if f"/{each['source_file']}".endswith(f"/{file.lstrip('/')}")]
    if len({each["source_file"] for each in found}) == 1:
        return found[0]
    names = [each["source_file"] for each in (found or files)]
    if found:
        raise Refused("several_files", None, names=Plain(", ".join(sorted(names))))
    near = difflib.get_close_matches(file, [name.rpartition("/")[2] for name in names], n=1)
    raise Refused("no_file", None, name=file, meant=Meant(file, tuple(near or sorted(names))))


def _resting(
    published: Published, world: World, place: tuple[str, str | None, int], column: str, year: int
) -> Iterator[tuple[str, Row]]:
    """The printed cells of a programme that rest on a cell, each with the role that the cell has."""
    lineage, evaluation = Lineage(world), Evaluation(world)
    for printed_cell in published.table("out_table_cell").to_pylist():
        if printed_cell["programme"] != world.programme or printed_cell.get("expression") is None:
            continue
        tree = parsed(printed_cell["expression"])
        if year not in years_in(tree):
            continue
        for cell in lineage.cells(evaluation.figure(tree)):
            if (cell.file, cell.sheet, cell.row) == place and cell.column in (None, column):
                yield cell.role, printed_cell
                break


def fed_lines(feeds: Feeds, language: Language) -> Iterator[str | Columns]:
    """The printed figures for a terminal."""
    sheet = f"{printable(feeds.sheet)}!" if feeds.sheet else ""
    yield f"{printable(feeds.file)}  {sheet}{feeds.column}{feeds.row}"
    if feeds.fate:
        fate = text(f"fate_{feeds.fate}", language)
        yield f"  {fate}" + (f" ({feeds.rule})" if feeds.rule else "")
    if not feeds.printed:
        yield f"  {text('trace_feeds_nothing', language)}"
        return
    yield f"  {text('trace_feeds', language).format(count=formatted(len(feeds.printed)))}"
    yield Columns([_fed_cells(role, cell, language) for role, cell in feeds.printed], indent=4)


def _fed_cells(role: str, cell: Row, language: Language) -> Cells:
    suffix = "" if language == "sv" else "_en"
    return (
        printable(cell["report"]),
        text("trace_table", language).format(number=cell["table_no"]),
        printable(cell[f"row_label{suffix}"]),
        printable(cell[f"column_label{suffix}"]),
        in_unit(cell["value"], cell["unit"]),
        text(f"trace_as_{role}", language),
    )


def fed_document(feeds: Feeds) -> dict[str, Any]:
    """The printed figures for programs."""
    return {
        "source_file": feeds.file,
        "source_sheet": feeds.sheet,
        "source_column": feeds.column,
        "source_row": feeds.row,
        "fate": feeds.fate,
        "rule": feeds.rule,
        "printed": [{"role": role, **cell} for role, cell in feeds.printed],
    }
