"""Whole commands against the plain script: first that the tables are equal, then how long each takes, then growth.

Run as `python -m tests.benchmarks.compare`. The clock asserts nothing: machines differ, and the ratio is what counts.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import click
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tests.benchmarks import days
from tests.benchmarks.grown import NAME as GROWN
from tests.benchmarks.grown import grown

ROOT = Path(__file__).parents[2]
YEAR = "2023"
PLAIN, SYSTEM = "plain pandas script", "statsbidrag run, cold"
STATSBIDRAG = str(Path(sys.executable).with_name("statsbidrag"))
DICTIONARY = "data_dictionary"
"""It describes every table, and the plain script does not write them all."""

HEAVY = ("dagster", "pandera", "pandas", "sqlalchemy", "pyarrow", "narwhals", "pydantic", "numpy", "rapidfuzz", "yaml")


@dataclass(frozen=True)
class Variant:
    """A command that is timed; {folder} in it is a folder that does not exist yet."""

    name: str
    arguments: tuple[str, ...]
    again: bool = False
    """Is it about a second run, in the warehouse of a first that is not timed?"""


FOLDERS = ("--raw", "raw", "--warehouse", "{folder}")
RUN = ("run", "--year", YEAR, *FOLDERS)
CELLS, REPORT = "out_table_cell", "delredovisning_2024"
CHECKED = f"raw/stadigvarande-boende/{YEAR}/aterrapport-{YEAR}.csv"
UNEXAMINED = (sys.executable, "-m", "tests.unexamined")
VARIANTS = (
    Variant(PLAIN, (sys.executable, "-m", "tests.benchmarks.plain_pandas", "--year", YEAR, "--out", "{folder}")),
    Variant("the same, unexamined", (*UNEXAMINED, *RUN)),
    Variant(SYSTEM, (STATSBIDRAG, *RUN)),
    Variant("run --all, cold", (STATSBIDRAG, "run", "--all", *FOLDERS)),
    Variant("run --all, unchanged", (STATSBIDRAG, "run", "--all", *FOLDERS), again=True),
    Variant("check FILE", (STATSBIDRAG, "check", CHECKED)),
)
"""What is compared; the first is the yardstick."""

SIZES = (300, 3_000, 30_000)
MISSPELT = 0.02
ROUNDS = (1, 10, 100)
OF_EACH = 300


@dataclass(frozen=True)
class Taken:
    """What one process took: seconds by the clock, seconds of both cores (its children's included), and its memory."""

    wall: float
    cpu: float
    mib: float


def timed(
    variant: Variant, folder: Path, *, python: tuple[str, ...] = (), log: Path | None = None, project: Path = ROOT
) -> Taken:
    """Run a variant whole, with its output in a folder of its own. Python's own options go before the program."""
    command = [part.format(folder=folder) for part in variant.arguments]
    command = [sys.executable, *python, *command] if python else command
    # The user's own settings do not reach the run: its warehouse, history and input are those named here.
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("DAGSTER", "STATSBIDRAG"))}
    with Path(log or os.devnull).open("wb") as errors:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=project, env=inherited, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{variant.name}: exit code {process.returncode}; try: {' '.join(command)}")
    return Taken(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def differences(plain: Path, system: Path) -> list[str]:
    """Print which tables and columns are compared, in Parquet and in SQLite; return what differs."""
    found = []
    names = {path.stem for path in (plain / "parquet").glob("*.parquet")}
    published = {path.stem for path in (system / "parquet").glob("*.parquet")}
    for name in sorted(names | published):
        if name == DICTIONARY or name not in names or name not in published:
            click.echo(f"  {name:<26}not compared: the plain script writes fewer tables")
            continue
        ours, theirs = (_rows_of(folder, name) for folder in (plain, system))
        unwritten = [column for column in theirs.column_names if column not in ours.column_names]
        same = _rows(ours) == _rows(theirs.select(ours.column_names)) and _types(ours) == _types(theirs, ours)
        columns = ", ".join(f'"{column}"' for column in ours.column_names)
        same_sql = _sql_rows(plain, name, columns) == _sql_rows(system, name, columns)
        left_out = f", not compared: {', '.join(unwritten)}" if unwritten else ""
        click.echo(f"  {name:<26}{ours.num_rows:>5} rows, {ours.num_columns} of {theirs.num_columns} columns{left_out}")
        found += [f"{name}.parquet"] * (not same) + [f"{name} in SQLite"] * (not same_sql)
    return found


def _rows_of(version: Path, name: str) -> pa.Table:
    """A table; of the printed tables those of the one report that the plain script lays out."""
    table = pq.read_table(version / "parquet" / f"{name}.parquet")
    return table.filter(pc.equal(table["report"], REPORT)) if name == CELLS else table


def _rows(table: pa.Table) -> list[tuple[str, ...]]:
    return sorted(tuple(map(repr, row.values())) for row in table.to_pylist())


def _types(table: pa.Table, like: pa.Table | None = None) -> list[pa.DataType]:
    return [table.schema.field(name).type for name in (like or table).column_names]


def _sql_rows(version: Path, table: str, columns: str) -> list[str]:
    with closing(sqlite3.connect(f"file:{version / 'statsbidrag.sqlite'}?mode=ro", uri=True)) as database:
        where = f" WHERE report = '{REPORT}'" if table == CELLS else ""
        return sorted(map(repr, database.execute(f"SELECT {columns} FROM {table}{where}")))


def times(rounds: int, scratch: Path) -> dict[str, list[Taken]]:
    """Every variant in turn, round after round, each run in a fresh folder; the first round is not counted."""
    taken = defaultdict(list)
    for number in range(rounds + 1):
        for place, variant in enumerate(VARIANTS):
            with tempfile.TemporaryDirectory(dir=scratch) as fresh:
                folder = Path(fresh) / f"{number}-{place}"
                once = timed(variant, folder)
                once = timed(variant, folder) if variant.again else once
            if number:
                taken[variant.name].append(once)
    return taken


def print_times(taken: dict[str, list[Taken]]) -> None:
    """A line per variant: seconds by the clock, seconds of the cores, and both as ratios to the yardstick."""
    click.echo(f"\n{'':<28}{'median s':>9}{'min':>7}{'max':>7}{'ratio':>7}{'cpu s':>8}{'ratio':>7}")
    base_wall, base_cpu = (statistics.median(values) for values in _columns(taken[PLAIN]))
    for name, runs in taken.items():
        wall, cpu = _columns(runs)
        middle, middle_cpu = statistics.median(wall), statistics.median(cpu)
        click.echo(
            f"{name:<28}{middle:>9.2f}{min(wall):>7.2f}{max(wall):>7.2f}{middle / base_wall:>7.2f}"
            f"{middle_cpu:>8.2f}{middle_cpu / base_cpu:>7.2f}"
        )


def _columns(runs: list[Taken]) -> tuple[list[float], list[float]]:
    return [run.wall for run in runs], [run.cpu for run in runs]


def print_growth(scratch: Path, sizes: Sequence[int], rounds: Sequence[int]) -> None:
    """One unexamined run of each size: seconds of the cores, and memory, as the round and the rounds grow."""
    click.echo(f"\n{'':<36}{'cpu s':>8}{'ratio':>7}{'MiB':>7}")
    of_sizes = [(f"{size} recipients", grown(scratch / f"s{size}", size)) for size in sizes]
    named = f"{sizes[-1]} recipients, {MISSPELT:.0%} misspelt"
    of_sizes.append((named, grown(scratch / "misspelt", sizes[-1], misspelt=MISSPELT)))
    _print_grown(of_sizes)
    _print_grown(
        [(f"{count} rounds of {OF_EACH}", grown(scratch / f"r{count}", OF_EACH, rounds=count)) for count in rounds]
    )


def _print_grown(projects: Iterable[tuple[str, Path]]) -> None:
    first = None
    for name, project in projects:
        variant = Variant(name, (*UNEXAMINED, "run", "--programme", GROWN, "--raw", "raw", "--warehouse", "{folder}"))
        taken = timed(variant, project / "warehouse", project=project)
        first = first or taken.cpu
        click.echo(f"{name:<36}{taken.cpu:>8.1f}{taken.cpu / first:>7.2f}{taken.mib:>7.0f}")
        shutil.rmtree(project)


def print_imports(scratch: Path) -> None:
    """Seconds of the system's run that go into imports, by library. Measuring makes each import a little slower."""
    log = scratch / "imports"
    system = next(variant for variant in VARIANTS if variant.name == SYSTEM)
    timed(system, scratch / "imported", python=("-X", "importtime"), log=log)
    own: dict[str, float] = defaultdict(float)
    cumulative: dict[str, float] = {}
    for line in log.read_text("utf-8").splitlines():
        if line.startswith("import time:") and "cumulative" not in line:
            alone, total, name = line.removeprefix("import time:").split("|")
            own[name.strip().partition(".")[0]] += int(alone) / 1e6
            cumulative[name.strip()] = int(total) / 1e6
    click.echo(f"\nImports of {SYSTEM}: {sum(own.values()):.2f} s in all")
    click.echo(f"  {'':<14}{'its own modules':>16}{'with what it imports first':>28}")
    for name in sorted(HEAVY, key=lambda name: -own.get(name, 0)):
        click.echo(f"  {name:<14}{own.get(name, 0):>16.2f}{cumulative.get(name, 0):>28.2f}")


def print_steps(scratch: Path) -> None:
    """Seconds of one run before its first step, in each step and after the last, from Dagster's own event log."""
    import dagster as dg  # noqa: PLC0415 - takes a second, and is needed only here

    warehouse = scratch / "steps"
    system = next(variant for variant in VARIANTS if variant.name == SYSTEM)
    started = time.time()
    timed(system, warehouse)
    ended = time.time()
    os.environ["DAGSTER_HOME"] = str(warehouse / ".dagster")
    with dg.DagsterInstance.get() as instance:
        (run,) = instance.get_runs()
        steps = instance.get_run_step_stats(run.run_id)
    spans = sorted((step.start_time or 0, step.end_time or 0, step.step_key) for step in steps)
    first, last = spans[0][0], max(end for _, end, _ in spans)
    inside = sum(end - start for start, end, _ in spans)
    click.echo(f"\nOne run, {ended - started:.2f} s")
    click.echo(f"  {first - started:>6.2f} before the first step: imports, definitions, Dagster's storage, the plan")
    click.echo(f"  {inside:>6.2f} in {len(spans)} steps")
    for start, end, name in sorted(spans, key=lambda span: span[0] - span[1]):
        click.echo(f"         {end - start:>6.2f} {name}")
    click.echo(f"  {last - first - inside:>6.2f} between steps")
    click.echo(f"  {ended - last:>6.2f} after the last step")


def main() -> None:
    """Verify, time, explain."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="timed runs of each variant (default: 5)")
    parser.add_argument("--growth", action="store_true", help="also how it grows; takes a quarter of an hour")
    parser.add_argument("--where", action="store_true", help="also where one run spends its time")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="statsbidrag-benchmark-") as folder:
        scratch = Path(folder)
        for variant, name in ((VARIANTS[0], "plain"), (VARIANTS[1], "system")):
            timed(variant, scratch / name)
        click.echo(
            f"Python {platform.python_version()}, {os.cpu_count()} cores\n\nSame tables, in Parquet and in SQLite:"
        )
        if differ := differences(scratch / "plain", scratch / "system" / "current"):
            sys.exit(f"Not equal: {', '.join(differ)}")
        print_times(times(chosen.rounds, scratch))
        if chosen.where:
            print_imports(scratch)
            print_steps(scratch)
        if chosen.growth:
            print_growth(scratch, SIZES, ROUNDS)
            days.main([])


if __name__ == "__main__":
    main()
