"""What the steps are given: the raw folder, the store, the reports, the warehouse, a person's choices. No pickles."""

import datetime as dt
import getpass
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import dagster as dg
from pydantic import Field

from pipelines.orchestration.publisher import RoundsPublisher
from pipelines.readers.raw_folder import RawFolder
from pipelines.reports.validation.reports import ValidationReports
from pipelines.reports.version_pages import VersionPages
from pipelines.settings import launched_from, raw_folder, warehouse_folder
from pipelines.warehouse.evidence.examiner import Examiner
from pipelines.warehouse.publication import Warehouse
from pipelines.warehouse.store import RoundStore


class Settings(dg.ConfigurableResource[None]):
    """What a person may choose for a run."""

    as_of: str = Field(
        default="",
        description="Count what was known on this date (YYYY-MM-DD). Empty: the day up to which the data is complete.",
    )

    @property
    def today(self) -> dt.date:
        """The day of the run."""
        return dt.datetime.now(dt.UTC).date()

    @property
    def who(self) -> str:
        """The user of this machine; behind the UI, of the process that serves it."""
        try:
            return getpass.getuser()
        except (KeyError, OSError):  # a container may run as a number without a name
            return str(os.getuid())

    @property
    def where(self) -> str:
        """In the UI or from the command line."""
        return launched_from()


_ahead: list[Examiner] = []


@contextmanager
def examiner_ahead() -> Iterator[None]:
    """Start what examines a version before it is needed: it imports for seconds, while rounds are computed."""
    with Examiner() as examiner:
        _ahead.append(examiner)
        try:
            yield
        finally:
            _ahead.remove(examiner)


@dg.resource(description="The warehouse, and the process that examines a new version: it starts with the run.")
def publisher(_: dg.InitResourceContext) -> Iterator[RoundsPublisher]:
    """The publisher, with an examiner that was started ahead or else its own."""
    root = warehouse_folder()
    if _ahead:
        yield RoundsPublisher(Warehouse(root, _ahead[-1], VersionPages(root)))
        return
    with Examiner() as examiner:
        yield RoundsPublisher(Warehouse(root, examiner, VersionPages(root)))


def resources() -> dict[str, object]:
    """Every resource by the name under which steps ask for it. Folders are looked up when a run starts."""
    return {
        "inbox": made(lambda: RawFolder(raw_folder())),
        "settings": Settings(),
        "store": made(lambda: RoundStore(warehouse_folder())),
        "reports": made(lambda: ValidationReports(warehouse_folder(), RoundStore(warehouse_folder()))),
        "publisher": publisher,
    }


def made(make: Callable[[], object]) -> dg.ResourceDefinition:
    """A resource that has nothing to choose."""
    return dg.ResourceDefinition(lambda _: make())
