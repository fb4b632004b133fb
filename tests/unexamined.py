"""`python -m tests.unexamined ...`: the command line, with nobody to examine new versions, which takes seconds.

Tests that are not about evidence run it; so does the benchmark, to tell what Great Expectations costs.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from pipelines.warehouse.evidence import examiner
from pipelines.warehouse.evidence.statements import Result


class Unexamined:
    """Finds nothing against any version, and at once."""

    def examine(self, database: Path, row_counts: Mapping[str, int]) -> tuple[Result, ...]:
        assert database.exists()
        assert row_counts
        return ()

    def write_docs(self, folder: Path) -> None:
        assert folder.parent.exists()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing was started."""


@contextmanager
def unexamined() -> Iterator[None]:
    """The same in this process, for as long as it takes."""
    from pipelines.orchestration import resources  # noqa: PLC0415 - imports Dagster

    before = resources.Examiner
    resources.Examiner = Unexamined  # type: ignore[assignment, misc]
    try:
        yield
    finally:
        resources.Examiner = before  # type: ignore[misc]


if __name__ == "__main__":
    examiner.Examiner = Unexamined  # type: ignore[assignment, misc]

    from pipelines.commands.cli import main

    main()
