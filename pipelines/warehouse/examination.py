"""A staged version is read back before anybody else may read it, and its reports say what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from pipelines.warehouse.code_version import code_version
from pipelines.warehouse.evidence.statements import Result
from pipelines.warehouse.files import discard
from pipelines.warehouse.layout import DATABASE, EVIDENCE, REFUSED
from pipelines.warehouse.pages import Pages
from pipelines.warehouse.tables import AcceptedTables
from pipelines.warehouse.versions import Staged
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
    pages: Pages
    tables: AcceptedTables
    rounds: Sequence[Mapping[str, Any]]
    row_counts: Mapping[str, int]

    def attach(self, staged: Staged, version: str) -> dict[str, Any]:
        """Have the staged database examined; add evidence and validation reports to the version.

        Returns: the evidence as the manifest has it. Raises: Stop if a statement that must hold does not.
        """
        results = self.examiner.examine(staged.folder / DATABASE, self.row_counts)
        if against := self._against(results):
            self._refuse(against)
        self.examiner.write_docs(staged.folder / EVIDENCE)
        staged.take_all(EVIDENCE)
        if (left := self.root / REFUSED / EVIDENCE).exists():
            discard(left)
        for path, page in self.pages.validation(version, self.tables, results, self.rounds):
            staged.inside.write(path, page)
        return {"evidence": summed_up(results), "changed": [*self.pages.changed()]}

    def _against(self, results: Sequence[Result]) -> list[Result]:
        """What must hold and does not. A rule may be broken as often as rounds have waived it, and no more."""
        broken = [result for result in results if not result.passed and result.severity == "stop"]
        waived = self._waived() if broken else {}
        return [each for each in broken if each.broken_count is None or each.broken_count > waived.get(each.rule, 0)]

    def _waived(self) -> Counter[str]:
        """How often each rule is waived, in all rounds."""
        waived: Counter[str] = Counter()
        for each in self.tables.read("core_rule_result").select(["rule", "waived_count"]).to_pylist():
            waived[each["rule"]] += each["waived_count"]
        return waived

    def _refuse(self, against: Sequence[Result]) -> None:
        folder = self.root / REFUSED / EVIDENCE
        with suppress(Stop, OSError):  # why the version is refused matters more than where its evidence lies
            self.examiner.write_docs(folder)
            self.pages.index(self.root)
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
