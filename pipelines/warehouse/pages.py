"""What makes the pages of a version, as a protocol: pages are made a layer above, from the tables of the version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from pipelines.warehouse.evidence.statements import Result
from pipelines.warehouse.tables import AcceptedTables

Page = tuple[str, bytes]
"""A page's path, and what it holds."""


Told = tuple[str, bytes, Mapping[str, str]]
"""A file's path, what it holds, and what it is called, by language."""


class Pages(Protocol):
    """Whoever makes pages for people to read."""

    def reports(self, tables: AcceptedTables) -> Iterable[Page]:
        """The reports of a version, by path below reports/. They are part of what the version is."""

    def downloads(self, tables: AcceptedTables) -> Iterable[Told]:
        """What people take with them from a version, by path below downloads/. Part of what the version is as well."""

    def validation(
        self, version: str, tables: AcceptedTables, results: Sequence[Result], rounds: Sequence[Mapping[str, Any]]
    ) -> Iterable[Page]:
        """What is said of the version itself, for the house, by path in its part of the version.

        Args: results: of its examination. rounds: the cards of the accepted rounds.
        """

    def changed(self) -> Sequence[Mapping[str, Any]]:
        """What changed in each round since the version before, in a line, of the version whose pages were made last."""

    def index(self, root: Path) -> None:
        """Write the index of all versions of a warehouse. Raises: OSError."""
