"""The pages of a version: its reports, the validation of each round in it, and the index of all versions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipelines.reports.changed.section import in_short
from pipelines.reports.changed.sides import UnderWay
from pipelines.reports.evaluation import report_pages
from pipelines.reports.validation.changes import read_previous
from pipelines.reports.validation.index import write_index
from pipelines.reports.validation.pages import Published, round_files
from pipelines.warehouse.evidence.statements import Result
from pipelines.warehouse.layout import VALIDATION
from pipelines.warehouse.pages import Page
from pipelines.warehouse.tables import AcceptedTables
from schemas.configuration import catalogue


class VersionPages:
    """Makes the pages of versions in a warehouse."""

    def __init__(self, warehouse: Path) -> None:
        """Compare each version with the one that is current in this warehouse."""
        self._warehouse = warehouse
        self._changed: list[dict[str, object]] = []

    def reports(self, tables: AcceptedTables) -> Iterator[Page]:
        """One page per report of every programme that has a round, by path below reports/."""
        names = dict.fromkeys(programme for programme, _ in tables.rounds)
        yield from report_pages(map(catalogue.programme, names), tables.released()).items()

    def validation(
        self, version: str, tables: AcceptedTables, results: Sequence[Result], rounds: Sequence[Mapping[str, Any]]
    ) -> Iterator[Page]:
        """Every round's report and its findings as a table, in both languages, by path within the version."""
        before = read_previous(self._warehouse)
        compared = before.compared(UnderWay(version, rounds, tables.of_round)) if before else None
        self._changed = []
        for card in rounds:
            key = card["programme"], card["year"]
            previous = before.of_round(*key, compared) if before else None
            if previous and previous.comparison:
                self._changed.append(in_short(previous.comparison))
            for name, content in round_files(Published(version, tables.of_round(key), results, previous), card).items():
                yield f"{VALIDATION}/{name}", content

    def changed(self) -> list[dict[str, object]]:
        """What changed in each round since the version before, of the version whose pages were made last."""
        return self._changed

    def index(self, root: Path) -> None:
        """Write the index of validation reports, in both languages."""
        write_index(root)
