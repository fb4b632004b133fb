"""A staged version is read back before anybody else may read it, and its reports say what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from pipelines.reports.validation.changes import read_previous
from pipelines.reports.validation.index import write_index
from pipelines.reports.validation.pages import Published, validation_files
from pipelines.warehouse import files
from pipelines.warehouse.code_version import code_version
from pipelines.warehouse.evidence.statements import Result
from pipelines.warehouse.layout import DATABASE, EVIDENCE, REFUSED
from schemas.rules.rule import Stop


class Examines(Protocol):
    """Whoever reads a database back, as an analyst would, and says which statements about it hold."""

    def examine(self, database: Path, row_counts: Mapping[str, int]) -> Sequence[Result]:
        """Put every statement about the tables to the database. Raises: Stop."""

    def write_docs(self, folder: Path) -> None:
        """Write the last examination as pages into a folder. Raises: Stop."""


@dataclass(frozen=True)
class Examination:
    """What is needed to examine one version, and to report on it."""

    root: Path
    examiner: Examines
    tables: Mapping[str, pa.Table]
    rounds: Sequence[Mapping[str, Any]]

    def attach(self, staged: Path, version: str) -> dict[str, Any]:
        """Have the staged database examined; add evidence and validation reports to the version.

        Returns: the evidence as the manifest has it. Raises: Stop if a statement that must hold does not.
        """
        results = self.examiner.examine(
            staged / DATABASE, {name: table.num_rows for name, table in self.tables.items()}
        )
        if against := [result for result in results if self._is_against(result)]:
            self._refuse(against)
        self.examiner.write_docs(staged / EVIDENCE)
        if (left := self.root / REFUSED / EVIDENCE).exists():
            files.discard(left)
        published = Published(version, self.tables, results, read_previous(self.root))
        files.write_all(staged, validation_files(published, self.rounds))
        return {"evidence": summed_up(results)}

    def _is_against(self, result: Result) -> bool:
        """A rule may be broken as often as rounds have waived it, and no more."""
        if result.passed or result.severity != "stop":
            return False
        results = self.tables["core_rule_result"].to_pylist()
        waived = sum(each["waived_count"] for each in results if each["rule"] == result.rule)
        return result.broken_count is None or result.broken_count > waived

    def _refuse(self, against: Sequence[Result]) -> None:
        folder = self.root / REFUSED / EVIDENCE
        with suppress(Stop, OSError):  # why the version is refused matters more than where its evidence lies
            self.examiner.write_docs(folder)
            write_index(self.root)
        first = against[0]
        raise Stop("version_contradicted", count=len(against), table=first.table, what=first, folder=folder)


def summed_up(results: Sequence[Result]) -> dict[str, Any]:
    """How many statements were examined and held, and those that did not."""
    counts = Counter(result.passed for result in results)
    broken = [
        {"rule": result.rule, "table": result.table, "severity": result.severity, "broken_count": result.broken_count}
        for result in results
        if not result.passed
    ]
    return {"code_version": code_version(), "statements": len(results), "held": counts[True], "broken": broken}
