"""The pages of a version: its reports, the validation of each round in it, and the start page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipelines.reports.changed.section import in_short
from pipelines.reports.changed.sides import UnderWay
from pipelines.reports.evaluation import report_pages, source_pages
from pipelines.reports.start.pages import write_start
from pipelines.reports.validation.changes import read_pinned, read_previous
from pipelines.reports.validation.pages import Published, round_files
from pipelines.warehouse.evidence.statements import Result
from pipelines.warehouse.layout import SOURCES, VALIDATION
from pipelines.warehouse.pages import Page, Told
from pipelines.warehouse.tables import AcceptedTables
from schemas.configuration import catalogue
from schemas.configuration.programme import Programme


class VersionPages:
    """Makes the pages of versions in a warehouse."""

    def __init__(self, warehouse: Path) -> None:
        """Compare each version with the one that is current in this warehouse."""
        self._warehouse = warehouse
        self._changed: list[dict[str, object]] = []

    def reports(self, tables: AcceptedTables) -> Iterator[Page]:
        """One page per report of every programme that has a round, by path below reports/."""
        yield from report_pages(_programmes(tables), tables.released()).items()

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
        """Every round's report, and the programmes' reports with the way to their cells, by path within the version."""
        before = read_previous(self._warehouse)
        compared = before.compared(UnderWay(version, rounds, tables.of_round)) if before else None
        pinned = list(read_pinned(self._warehouse, before, UnderWay(version, rounds, tables.of_round)))
        self._changed = []
        for card in rounds:
            key = card["programme"], card["year"]
            previous = before.of_round(*key, compared) if before else None
            if previous and previous.comparison:
                self._changed.append(in_short(previous.comparison))
            published = Published(
                version, tables.of_round(key), results, previous, [of_round(*key) for of_round in pinned]
            )
            for name, content in round_files(published, {**card, "ran_by": tables.ran_by(key)}).items():
                yield f"{VALIDATION}/{name}", content
        for name, content in source_pages(_programmes(tables), tables, version):
            yield f"{SOURCES}/{name}", content

    def changed(self) -> list[dict[str, object]]:
        """What changed in each round since the version before, of the version whose pages were made last."""
        return self._changed

    def index(self, root: Path) -> None:
        """Write the start page, in both languages."""
        write_start(root)


def _programmes(tables: AcceptedTables) -> list[Programme]:
    return [catalogue.programme(name) for name in dict.fromkeys(programme for programme, _ in tables.rounds)]
