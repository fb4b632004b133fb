"""Publication: all accepted rounds become one complete version, built aside and switched to by one rename.

`versions/<id>/` with parquet/, statsbidrag.sqlite, reports/ and manifest.json; `current` points to one of them. The id
is the digest of tables, database and reports: the same inputs give the same version. Run ids and times stand only in
the manifest.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa

from assets.domain.frames import Frame
from assets.frames import frame_from
from assets.ports import Version
from pipelines import files
from pipelines.code_version import code_version
from pipelines.contract import contracted
from pipelines.report import report_pages
from pipelines.sqlite import database_bytes
from pipelines.store import RoundStore, combined, parquet_bytes, round_card
from schemas import catalogue
from schemas.rules import Stop
from schemas.tables import PUBLISHED, ROUND_TABLES
from schemas.tables.base import table_name

KEPT_VERSIONS = 10
"""A reader that resolved `current` may go on reading while nine later versions are published."""

ID_LENGTH = 16
CURRENT = "current"
DATABASE = "statsbidrag.sqlite"
MANIFEST = "manifest.json"


class Warehouse:
    """The folder that analysts read."""

    def __init__(self, root: Path) -> None:
        """Publish below this folder."""
        self.root = root
        self._store = RoundStore(root)

    @contextmanager
    def publication(self) -> Iterator[AcceptedRounds]:
        """Take the lock and the accepted snapshots. Raises: Stop if no round is accepted."""
        with files.write_failures(str(self.root.name)), files.locked(self.root):
            snapshots = self._store.accepted()
            if not snapshots:
                raise Stop("nothing_accepted")
            yield AcceptedRounds(self.root, snapshots)


class AcceptedRounds:
    """One publication under way."""

    def __init__(self, root: Path, snapshots: list[Path]) -> None:
        """Publish these snapshots below this folder."""
        self._root = root
        self._snapshots = snapshots
        wanted = [name for name in map(table_name, ROUND_TABLES) if name in PUBLISHED]
        self._tables = {name: combined(snapshots, name) for name in wanted}

    def tables(self) -> dict[str, Frame]:
        """The tables of all accepted rounds, one frame per table."""
        return {name: frame_from(table) for name, table in self._tables.items()}

    def publish(self, spanning: Mapping[str, Frame], run_id: str) -> Version:
        """Write a complete version aside and switch to it."""
        tables = self._tables | {name: contracted(name, frame) for name, frame in spanning.items()}
        contents = version_contents(tables)
        card = {"run_id": run_id, "rounds": [round_card(snapshot) for snapshot in self._snapshots]}
        rows = {name: table.num_rows for name, table in tables.items()}
        version, is_new = publish_files(self._root, contents, card | {"row_counts": rows})
        return Version(version.name, str(version), rows, is_new)


def version_contents(tables: Mapping[str, pa.Table]) -> dict[str, bytes]:
    """Every file of a version but its manifest, by path: the same tables give the same bytes."""
    programmes = [catalogue.programme(name) for name in catalogue.programme_names()]
    reports = [report for programme in programmes for report in programme.reports.values()]
    contents = {f"parquet/{name}.parquet": parquet_bytes(table) for name, table in tables.items()}
    contents[DATABASE] = database_bytes(tables, reports)
    return contents | {f"reports/{path}": page for path, page in report_pages(programmes, tables).items()}


def publish_files(root: Path, contents: Mapping[str, bytes], card: Mapping[str, Any]) -> tuple[Path, bool]:
    """Write the files as one version and point `current` to it; the caller holds the lock.

    Returns: the version's folder, and whether it is new (the same contents may have been published before).
    """
    outputs = [{"path": path, "sha256": files.sha256(content)} for path, content in sorted(contents.items())]
    versions = root / "versions"
    version = versions / version_id(outputs)
    files.make_folder(versions)
    for folder in (root, versions):
        files.remove_leftovers(folder)
    manifest = json.dumps({"version": version.name} | _now() | dict(card) | {"outputs": outputs}, indent=2).encode()
    is_new = not _is_whole(version, outputs)
    if is_new:
        _write_version(version, {**contents, MANIFEST: manifest})
    else:  # the same figures again: the manifest says which run published them last
        files.remove_leftovers(version)
        files.replace_file(version / MANIFEST, manifest)
    os.utime(version)  # its age counts from now: a reader may go on reading it for as long as a new one
    files.sync_folder(versions)  # also where an earlier run was killed before it could
    files.replace_link(root / CURRENT, f"versions/{version.name}")
    files.discard_all_but(version, versions.iterdir(), KEPT_VERSIONS)
    return version, is_new


def _is_whole(version: Path, outputs: list[dict[str, str]]) -> bool:
    """Tell whether the version is there as it was written: somebody may have deleted or changed a file of it since."""
    if not (version / MANIFEST).exists():
        return False
    paths = [(version / output["path"], output["sha256"]) for output in outputs]
    return all(path.exists() and files.sha256(path.read_bytes()) == digest for path, digest in paths)


def version_id(outputs: list[dict[str, str]]) -> str:
    """The digest of paths and hashes."""
    return files.sha256("".join(f"{o['path']} {o['sha256']}\n" for o in outputs).encode())[:ID_LENGTH]


def _now() -> dict[str, str]:
    return {"published_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"), "code_version": code_version()}


def _write_version(version: Path, contents: Mapping[str, bytes]) -> None:
    if version.exists():
        files.discard(version)  # damaged since it was written
    aside = version.with_name(f"{files.ASIDE}{os.getpid()}-{version.name}")
    try:
        aside.mkdir()
        for path, content in contents.items():
            files.make_folder((aside / path).parent)
            files.write_new(aside / path, content)
        for folder in {(aside / path).parent for path in contents} | {aside}:
            files.sync_folder(folder)
        aside.rename(version)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
