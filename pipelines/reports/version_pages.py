"""The pages of a version: its reports, the validation of each round in it, and the index of all versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipelines.reports.evaluation import report_pages
from pipelines.reports.validation.changes import read_previous
from pipelines.reports.validation.index import write_index
from pipelines.reports.validation.pages import Published, round_files
from pipelines.warehouse.evidence.statements import Result
from pipelines.warehouse.layout import VALIDATION
from pipelines.warehouse.pages import Page, Told
from pipelines.warehouse.tables import AcceptedTables
from schemas.configuration import catalogue


class VersionPages:
    """Makes the pages of versions in a warehouse."""

    def __init__(self, warehouse: Path) -> None:
        """Compare each version with the one that is current in this warehouse."""
        self._warehouse = warehouse

    def reports(self, tables: AcceptedTables) -> Iterator[Page]:
        """One page per report of every programme that has a round, by path below reports/."""
        names = dict.fromkeys(programme for programme, _ in tables.rounds)
        yield from report_pages(map(catalogue.programme, names), tables.released()).items()

    def downloads(self, tables: AcceptedTables) -> Iterator[Told]:
        """The workbook, CSV, SPSS and description of every programme that has a round, by path below downloads/."""
        from pipelines.downloads.files import downloads  # noqa: PLC0415 - only a publication needs it

        published = tables.published()
        for name in dict.fromkeys(programme for programme, _ in tables.rounds):
            for each in downloads(catalogue.programme(name), published):
                yield f"{each.programme}/{each.name}", each.content, each.title

    def validation(
        self, version: str, tables: AcceptedTables, results: Sequence[Result], rounds: Sequence[Mapping[str, Any]]
    ) -> Iterator[Page]:
        """Every round's report and its findings as a table, in both languages, by path within the version."""
        before = read_previous(self._warehouse)
        for card in rounds:
            key = card["programme"], card["year"]
            published = Published(version, tables.of_round(key), results, before.of_round(*key) if before else None)
            for name, content in round_files(published, card).items():
                yield f"{VALIDATION}/{name}", content

    def index(self, root: Path) -> None:
        """Write the index of validation reports, in both languages."""
        write_index(root)
