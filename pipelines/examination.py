"""A staged version is read back before anybody else may read it, and its reports say what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from pipelines import files
from pipelines.evidence.statements import Result
from pipelines.layout import DATABASE, EVIDENCE, REFUSED
from pipelines.validation.changes import read_previous
from pipelines.validation.pages import Published, validation_files
from schemas.rules import Stop


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
        published = Published(version, self.tables, results, read_previous(self.root))
        files.write_all(staged, validation_files(published, self.rounds))
        return {"evidence": summed_up(results)}

    def _is_against(self, result: Result) -> bool:
        """A rule that one round sets aside was held against the others when they were accepted."""
        waived = {row["rule"] for row in self.tables["core_waiver"].to_pylist() if not row["is_expired"]}
        return not result.passed and result.severity == "stop" and result.rule not in waived

    def _refuse(self, against: Sequence[Result]) -> None:
        folder = self.root / REFUSED / EVIDENCE
        self.examiner.write_docs(folder)
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
    return {"statements": len(results), "held": counts[True], "broken": broken}
