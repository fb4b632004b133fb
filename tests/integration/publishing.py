"""Publications for the integration tests: small versions, what a reader may find, children that die on command."""

import datetime as dt
import functools
import hashlib
import itertools
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from types import MappingProxyType

import pyarrow as pa
import pyarrow.parquet as pq

from assets.received import RoundKey
from assets.round import compute
from assets.spanning import spanning
from pipelines.readers.raw_folder import RawFolder
from pipelines.reports.version_pages import VersionPages
from pipelines.settings import DAGSTER_HOME, LAUNCHED_FROM, RAW, REPORTS_ADDRESS, WAREHOUSE
from pipelines.warehouse import files
from pipelines.warehouse import versions as on_disk
from pipelines.warehouse.examination import Examines
from pipelines.warehouse.layout import ATTACHED, CURRENT, DATABASE, MANIFEST, inside_of
from pipelines.warehouse.publication import Warehouse
from pipelines.warehouse.store import RoundStore, parquet_bytes
from schemas.configuration import catalogue
from schemas.tables import SPANNING_TABLES, TABLES
from schemas.tables.base import table_name
from schemas.tables.release import as_declared

ROOT = Path(__file__).parents[2]
COMMAND = Path(sys.executable).with_name("statsbidrag")
PROGRAMME = "stadigvarande-boende"
CHOSEN = {DAGSTER_HOME, LAUNCHED_FROM, RAW, REPORTS_ADDRESS, WAREHOUSE}
HERE = {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "0"}

CALLS_A_FILE = 4
"""Open, write, fsync, close."""

MOMENTS = {
    "before": ("open", "write", "fsync", "close", "mkdir", "rename", "symlink", "unlink", "rmdir"),
    "after": ("open", "write", "fsync", "close", "mkdir", "rename", "symlink", "unlink", "rmdir"),
    "halfway": ("write",),
}
"""When a child is killed, and at which functions of `os`."""


# -- small versions ---------------------------------------------------------------------------------------------------


def contents_of(number: int) -> dict[str, bytes]:
    """A small version: each of its files tells the number."""
    table = parquet_bytes(pa.table({"number": [number]}))
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE told (number)")
        database.execute("INSERT INTO told VALUES (?)", [number])
        database.commit()
        content = database.serialize()
    return {
        "parquet/one.parquet": table,
        "parquet/two.parquet": table,
        DATABASE: content,
        "reports/programme/report.html": f"<p>{number}</p>".encode(),
    }


def publish(
    root: Path, contents: dict[str, bytes], run_id: str = "a run", house: Mapping[str, bytes] = MappingProxyType({})
) -> Path:
    """Publish as `Warehouse` does: under the lock, and with write failures in one sentence.

    Args: house: what is for the house, by path; what lies in a folder of what is attached is attached.
    """

    def build(staged: on_disk.Staged) -> dict[str, str]:
        _write(staged, contents, house, are_attached=False)
        return {"run_id": run_id}

    def attach(staged: on_disk.Staged, _: str) -> dict[str, str]:
        _write(staged, contents, house, are_attached=True)
        return {}

    with files.write_failures(root.name), files.locked(root):
        version, _ = on_disk.publish(root, build, attach)
    return version


def _write(
    staged: on_disk.Staged, contents: Mapping[str, bytes], house: Mapping[str, bytes], *, are_attached: bool
) -> None:
    for place, each in ((staged, contents), (staged.inside, house)):
        for path, content in each.items():
            if path.startswith(ATTACHED) == are_attached:
                place.write(path, content)


def publish_rounds(root: Path, tables: Mapping[str, pa.Table], examiner: Examines) -> None:
    """Publish every accepted round of a warehouse, as a command does, with what spans them."""
    with Warehouse(root, examiner, VersionPages(root)).publication() as publication:
        publication.publish(tables, "a run")


def publish_spanned(root: Path, examiner: Examines) -> None:
    """Publish every accepted round of a warehouse with what spans them computed."""
    with Warehouse(root, examiner, VersionPages(root)).publication() as publication:
        publication.publish(spanning(publication.read), "a run")


def accept_round(warehouse: Path, programme: str, year: int, raw: Path = ROOT / "raw") -> None:
    """Compute a round of what was received, and accept it."""
    accept_as_of(None, warehouse, RoundKey(programme, year), raw)


def accept_as_of(day: dt.date | None, warehouse: Path, key: RoundKey, raw: Path = ROOT / "raw") -> None:
    """Compute a round as of a day, and accept it."""
    run, store = f"as_of_{day}" if day else "a run", RoundStore(warehouse)
    received = RawFolder(raw).received(key, dt.datetime.now(dt.UTC).date())
    store.write_received(key, run, received)
    store.write_round(key, run, compute(store.read_received(key, run), catalogue.programme(key.programme), day))
    store.accept(key, run, ran_by="somebody")


def spanning_of(warehouse: Path) -> dict[str, pa.Table]:
    """What spans the rounds of the current version."""
    return {
        name: as_declared(TABLES[name], pq.read_table(current(warehouse) / f"parquet/{name}.parquet"))
        for name in map(table_name, SPANNING_TABLES)
    }


def numbers_told(version: Path) -> list[int]:
    """What a reader of a resolved version finds in two Parquet files and the database."""
    tables = [pq.read_table(version / f"parquet/{name}.parquet")["number"][0].as_py() for name in ("one", "two")]
    return [*tables, *rows(version, "SELECT number FROM told")[0]]


# -- what a reader may find -------------------------------------------------------------------------------------------


def inside(root: Path) -> Path:
    """What is for the house of the version that readers get now."""
    return inside_of(current(root))


def whole_table(root: Path, name: str) -> pa.Table:
    """A table as the house reads it."""
    there = inside(root) / f"parquet/{name}.parquet"
    table = pq.read_table(there if there.exists() else current(root) / f"parquet/{name}.parquet")
    return as_declared(TABLES[name], table)


def current(root: Path) -> Path:
    """The version that a reader gets, resolved once."""
    return (root / CURRENT).resolve(strict=True)


def rows(version: Path, query: str) -> list[tuple]:
    with closing(sqlite3.connect(f"file:{version / DATABASE}?mode=ro", uri=True)) as database:
        return database.execute(query).fetchall()


def digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file below a folder, by path."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def whole(version: Path) -> bool:
    """Whether the folder holds exactly the files of its manifest, each as published."""
    found = digests(version)
    if found.pop(MANIFEST, None) is None:
        return False
    manifest = json.loads((version / MANIFEST).read_text("utf-8"))
    return manifest["version"] == version.name and found == {o["path"]: o["sha256"] for o in manifest["outputs"]}


def half_versions(root: Path) -> list[str]:
    """Versions under a name that a reader could take for a whole one, and are not."""
    visible = (path for path in (root / "versions").glob("*") if not path.name.startswith(files.ASIDE))
    return sorted(path.name for path in visible if not whole(path))


def leftovers(root: Path) -> list[str]:
    """What was being written and never got its name."""
    return sorted(str(path.relative_to(root)) for path in root.rglob(f"{files.ASIDE}*"))


# -- children ---------------------------------------------------------------------------------------------------------


def forked(work: Callable[[], object]) -> int:
    """Start the work in a child forked from this warm process; it exits 0 when done, 1 with a traceback otherwise."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        work()
        code = 0
    except BaseException:  # noqa: BLE001 - whatever it is, the child must not return into pytest
        traceback.print_exc()
    finally:
        os._exit(code)


def exit_code(child: int) -> int:
    """How the child ended; negative if by a signal."""
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def killed_everywhere(
    template: Path, moment: str, work: Callable[[Path], object], *, every: int = 1
) -> Iterator[tuple[int, Path]]:
    """Copies of a folder in which the work was killed at its first call, its second, ... until it ends unharmed."""
    for call_no in itertools.count(1, every):
        root = template.with_name(f"{moment}-{call_no}")
        shutil.copytree(template, root, symlinks=True)
        code = exit_code(forked(functools.partial(_work_and_die, work, root, call_no, moment)))
        if code == 0:
            return
        assert code == -signal.SIGKILL
        yield call_no, root
        shutil.rmtree(root)


def _work_and_die(work: Callable[[Path], object], root: Path, call_no: int, moment: str) -> None:
    count = itertools.count(1)
    for name in MOMENTS[moment]:
        setattr(os, name, _deadly(getattr(os, name), count, call_no, moment))
    work(root)


def _deadly(real: Callable, count: Iterator[int], call_no: int, moment: str) -> Callable:
    @functools.wraps(real)
    def call(*args, **keywords):
        if next(count) != call_no:
            return real(*args, **keywords)
        if moment == "after":
            with suppress(OSError):  # a folder may be there already; the child dies all the same
                real(*args, **keywords)
        if moment == "halfway":
            descriptor, content = args
            real(descriptor, content[: len(content) // 2])
        return os.kill(os.getpid(), signal.SIGKILL)

    return call


# -- the command line -------------------------------------------------------------------------------------------------


def run_rounds(
    *choice: str, warehouse: Path, raw: Path = ROOT / "raw", examined: bool = False, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run `statsbidrag run` to its end, with nothing of this process's own choices of folders.

    Only where it is asked for does Great Expectations examine what is published: it takes seconds.
    """
    inherited = {name: value for name, value in os.environ.items() if name not in CHOSEN}
    command = [str(COMMAND)] if examined else [sys.executable, "-m", "tests.unexamined"]
    return subprocess.run(
        [*command, "run", *choice, "--raw", str(raw), "--warehouse", str(warehouse)],
        env=inherited | HERE | environment,
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def copied(warehouse: Path, to: Path) -> Path:
    """A copy of a warehouse, without Dagster's history."""
    return shutil.copytree(warehouse, to, symlinks=True, ignore=shutil.ignore_patterns(".dagster"))


def versions(warehouse: Path) -> Sequence[str]:
    return sorted(path.name for path in (warehouse / "versions").iterdir())
