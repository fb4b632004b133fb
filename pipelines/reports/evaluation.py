"""The reports of a version as pages: self-contained, escaped by the template engine, nothing remote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from assets.domain.evaluation.left_out import GRANTED, UNUSED
from assets.domain.evaluation.notes import listed
from assets.domain.shares import percent
from pipelines.reports.awaited import sentences
from pipelines.reports.footnotes import footnotes
from pipelines.reports.preliminary import preliminary
from pipelines.reports.revision import revisions
from pipelines.reports.side_by_side import side_by_side
from pipelines.reports.sources import Told, Traced, anchor_of
from pipelines.reports.swedish import formatted, in_unit, kronor
from pipelines.reports.templates import page
from pipelines.warehouse.pages import Page
from pipelines.warehouse.tables import AcceptedTables, Tables
from pipelines.warehouse.worlds import Worlds
from schemas.configuration.programme import Programme
from schemas.configuration.reports import Report, ReportTable
from schemas.tables import TABLES, project
from schemas.texts.catalogue import text
from schemas.words.alphabet import alphabetical
from schemas.words.vocabulary import EVERYONE

ANNEX_COLUMNS = ("name_as_reported", "granted_sek", "unused_sek", "unused_percent", "note")


def source_pages(programmes: Iterable[Programme], tables: AcceptedTables, version: str) -> Iterator[Page]:
    """The reports for the house, by path below sources/: each printed figure leads to the cells that it rests on."""
    whole = Tables(tables.names, tables.read)
    worlds = Worlds(whole.__getitem__)
    for programme in programmes:
        traced = Traced(worlds.world(programme.programme), version)
        for report in programme.reports.values():
            cells = _of(whole["out_table_cell"], programme=programme.programme, report=report.report)
            told = [traced.told(each) for each in cells if each["expression"]]
            content = report_page(programme, report, whole, told, version)
            yield f"{programme.programme}/{report.report}.html", content.encode()


def report_pages(programmes: Iterable[Programme], tables: Mapping[str, pa.Table]) -> dict[str, bytes]:
    """One page per report, by path below reports/."""
    return {
        f"{programme.programme}/{report.report}.html": report_page(programme, report, tables).encode()
        for programme in programmes
        for report in programme.reports.values()
    }


def report_page(
    programme: Programme,
    report: Report,
    tables: Mapping[str, pa.Table],
    sources: Sequence[Told] = (),
    version: str | None = None,
) -> str:
    """The printed tables of a report and its annex, in Swedish.

    Args: sources, version: for the house, what the printed cells rest on in a version.
    """
    set_aside = {
        year: preliminary(_of(tables["core_set_aside"], programme=programme.programme, year=year))
        for year in report.rounds
    }
    cells = _of(tables["out_table_cell"], programme=programme.programme, report=report.report)
    annex = _of(tables["out_annex"], programme=programme.programme, year=report.annex)
    indicators = _of(tables["out_indicator"], programme=programme.programme)
    revised = tables["out_revision"]
    known = {year: _of(revised, programme=programme.programme, year=year) for year in report.rounds}
    printed = [
        _printed(number, table, cells)
        | {
            "footnotes": [
                *_footnote(programme, table, indicators),
                *side_by_side(programme, table, _of(tables["out_comparison"], programme=programme.programme)),
            ],
            "is_preliminary": any(set_aside.get(year) for year in _years(table, report)),
        }
        for number, table in report.tables.items()
    ]
    return page(
        "report.html.j2",
        "sv",
        programme=programme,
        report=report,
        version=version,
        anchor=anchor_of,
        sources={told.anchor: told for told in sources},
        files=dict(sorted({column.file: column.sha256 for told in sources for column in told.columns}.items())),
        in_thousands=_in_thousands(programme, report),
        awaited=[said for year in report.rounds for said in _awaited(tables, programme.programme, year)],
        tables=[table for table in printed if table["rows"]],
        written=written,
        revisions={year: revisions(rows) for year, rows in known.items() if rows},
        preliminary={year: found for year, found in set_aside.items() if found},
        annex=sorted(annex, key=lambda row: alphabetical(row["name_as_reported"])),
        annex_total=annex_total(annex, _of(tables["out_left_out"], programme=programme.programme, year=report.annex)),
        annex_columns={
            name: fact["sv"] for name, fact in project.facts(TABLES["out_annex"]).items() if name in ANNEX_COLUMNS
        },
    )


def _years(table: ReportTable, report: Report) -> Iterable[int]:
    """The rounds that a printed table is of."""
    return [table.rows.year] if table.rows.year else report.rounds


def annex_total(annex: Sequence[Mapping[str, Any]], left_out: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The total row of the annex: the share is of those whose use is known, and a note says of whom.

    Args: left_out: rows of out_left_out of the round.
    """
    known = [row for row in annex if row["left_out"] is None]
    granted, reported = (sum(row["granted_sek"] for row in rows) for rows in (annex, known))
    unused = sum(row["unused_sek"] for row in known)
    left = [row for row in left_out if row["across"] == EVERYONE]
    set_aside, unknown = ([row for row in left if row["figure"] == figure] for figure in (GRANTED, UNUSED))
    amounts = {"base": kronor(reported, "sv"), "granted": kronor(granted, "sv")}
    base = [text("note_base_sek", "sv").format(**amounts)] if unknown else []
    of_granted = " ".join(listed("note_left_out", set_aside, "sv"))
    of_use = " ".join([*base, *listed("note_left_out", [*unknown, *set_aside], "sv")])
    shown = ((granted, of_granted), (unused if known else None, of_use), (percent(unused, reported), of_use))
    row = [
        {"row_no": 1, "column_no": number, "value": value, "note_sv": note or None}
        for number, (value, note) in enumerate(shown, start=1)
    ]
    return {"cells": row, "notes": footnotes([row])}


def _awaited(tables: Mapping[str, pa.Table], programme: str, year: int) -> list[str]:
    """What is still to come of a round, and that nothing can be printed of its use yet; nothing where all has come."""
    accounts, decisions, totals = (
        _of(tables[name], programme=programme, year=year)
        for name in ("core_account", "core_decision", "out_grant_by_year")
    )
    waiting = {row["grant_id"] for row in accounts if row["status"] == "report_not_due"}
    said = list(sentences(Counter(row["report_due_date"] for row in decisions if row["grant_id"] in waiting), "sv"))
    if said and all(row["unused_sek"] is None for row in totals):
        said.insert(0, text("evaluation_awaits", "sv").format(year=year))
    return said


def _printed(number: int, table: Any, cells: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: ANN401 - handed to the template
    mine = [cell for cell in cells if cell["table_no"] == number]
    rows: dict[int, list[dict[str, Any]]] = {}
    for cell in sorted(mine, key=lambda cell: (cell["row_no"], cell["column_no"])):
        rows.setdefault(cell["row_no"], []).append(cell)
    printed = list(rows.values())
    return {
        "number": number,
        "table": table,
        "rows": printed,
        "columns": next(iter(printed), []),
        "notes": footnotes(printed),
    }


def written(cell: Mapping[str, Any], table: ReportTable) -> str:
    """A cell as it is printed: where a count stands in the place of a share, out of how many; of a mean, that it is."""
    declared = table.columns[cell["column_name"]].unit
    if cell["unit"] == declared or cell["value"] is None:
        return in_unit(cell["value"], cell["unit"])
    said = {"count": formatted(cell["value"]), "base": formatted(cell["base_count"])}
    return text("count_for_a_mean" if declared == "hundredths" else "count_of", "sv").format(**said)


def _in_thousands(programme: Programme, report: Report) -> str:
    """The exports of the report's rounds that state amounts in thousands of kronor, with their rounds."""
    found = ((programme.forms[name], year) for year in report.rounds for name in programme.rounds[year].forms)
    return ", ".join(f"{form.title.sv} {year}" for form, year in found if form.has_thousands)


def _footnote(programme: Programme, table: ReportTable, indicators: list[dict[str, Any]]) -> list[str]:
    """Whom N counts, where the source prints the number and not whom it counts."""
    shown = (table.rows.indicator, table.rows.year)
    inferred = {row["base"] for row in indicators if (row["indicator"], row["year"]) == shown and row["base_inferred"]}
    bases = [programme.bases[base].sv for base in sorted(inferred)]
    return [text("base_inferred", "sv").format(base=", ".join(bases))] if bases else []


def _of(table: pa.Table, **wanted: str | int) -> list[dict[str, Any]]:
    for column, value in wanted.items():
        table = table.filter(pc.equal(table[column], value))
    rows: list[dict[str, Any]] = table.to_pylist()
    return rows
