"""Publication: all accepted rounds become one complete version, built aside and switched to by one rename.

`versions/<id>/` with parquet/, statsbidrag.sqlite, reports/ and manifest.json; `current` points to one of them. The id
is the digest of tables, database and reports: the same inputs give the same version. What was made of the version
itself lies beside them in evidence/ and validation/. Run ids stand only there and in the manifest, times only in it.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pyarrow as pa

from assets.domain.frames import Frame
from assets.frames import frame_from
from assets.ports import Version
from pipelines.reports.evaluation import report_pages
from pipelines.reports.validation.index import write_index
from pipelines.warehouse import files
from pipelines.warehouse.code_version import code_version
from pipelines.warehouse.contract import contracted
from pipelines.warehouse.examination import Examination, Examines
from pipelines.warehouse.layout import CURRENT, DATABASE, MANIFEST, VERSIONS, read_manifest
from pipelines.warehouse.sqlite import database_bytes
from pipelines.warehouse.store import RoundStore, combined, parquet_bytes, round_card
from schemas.configuration import catalogue
from schemas.rules.rule import Stop
from schemas.tables import PUBLISHED, ROUND_TABLES
from schemas.tables.base import table_name

KEPT_VERSIONS = 10
"""A reader that resolved `current` may go on reading while nine later versions are published."""

ID_LENGTH = 16


Attach = Callable[[Path, str], Mapping[str, Any]]
"""Adds to a staged version (its folder, its id) what is made of it. Raises: Stop to refuse it.

Returns: what the manifest says of what was added."""


class Warehouse:
    """The folder that analysts read."""

    def __init__(self, root: Path, examiner: Examines) -> None:
        """Publish below this folder what the examiner finds nothing against."""
        self.root = root
        self._store = RoundStore(root)
        self._examiner = examiner

    @contextmanager
    def publication(self) -> Iterator[AcceptedRounds]:
        """Take the lock and the accepted snapshots. Raises: Stop if no round is accepted."""
        with files.write_failures(str(self.root.name)), files.locked(self.root):
            snapshots = self._store.accepted()
            if not snapshots:
                raise Stop("nothing_accepted")
            yield AcceptedRounds(self.root, snapshots, self._examiner)


class AcceptedRounds:
    """One publication under way."""

    def __init__(self, root: Path, snapshots: list[Path], examiner: Examines) -> None:
        """Publish these snapshots below this folder."""
        self._root = root
        self._snapshots = snapshots
        self._examiner = examiner
        wanted = [name for name in map(table_name, ROUND_TABLES) if name in PUBLISHED]
        self._tables = {name: combined(snapshots, name) for name in wanted}

    def tables(self) -> dict[str, Frame]:
        """The tables of all accepted rounds, one frame per table."""
        return {name: frame_from(table) for name, table in self._tables.items()}

    def publish(self, spanning: Mapping[str, Frame], run_id: str) -> Version:
        """Write a complete version aside, have it examined, and switch to it. Raises: Stop if it is refused."""
        tables = self._tables | {name: contracted(name, frame) for name, frame in spanning.items()}
        rounds = [round_card(snapshot) for snapshot in self._snapshots]
        rows = {name: table.num_rows for name, table in tables.items()}
        card = {"run_id": run_id, "rounds": rounds, "row_counts": rows}
        examination = Examination(self._root, self._examiner, tables, rounds)
        version, is_new = publish_files(self._root, version_contents(tables), card, examination.attach)
        with suppress(OSError):  # readers have the version; the next publication writes the index again
            write_index(self._root)
        return Version(version.name, str(version), rows, is_new)


def version_contents(tables: Mapping[str, pa.Table]) -> dict[str, bytes]:
    """Every file of a version but its manifest, by path: the same tables give the same bytes.

    A programme without a round has no reports yet: declaring one changes nothing of what is published of the others.
    """
    with_rounds = set(tables["core_round"]["programme"].to_pylist())
    programmes = [catalogue.programme(name) for name in catalogue.programme_names() if name in with_rounds]
    reports = [report for programme in programmes for report in programme.reports.values()]
    contents = {f"parquet/{name}.parquet": parquet_bytes(table) for name, table in tables.items()}
    contents[DATABASE] = database_bytes(tables, reports)
    return contents | {f"reports/{path}": page for path, page in report_pages(programmes, tables).items()}


def publish_files(
    root: Path, contents: Mapping[str, bytes], card: Mapping[str, Any], attach: Attach
) -> tuple[Path, bool]:
    """Write the files as one version and point `current` to it; the caller holds the lock.

    Returns: the version's folder, and whether it is new (the same contents may have been published before).
    Raises: Stop if `attach` refuses the version.
    """
    outputs = [{"path": path, "sha256": files.sha256(content)} for path, content in sorted(contents.items())]
    versions = root / VERSIONS
    version = versions / version_id(outputs)
    files.make_folder(versions)
    for folder in (root, versions):
        files.remove_leftovers(folder)
    card = {"version": version.name} | _now() | dict(card)
    manifest = whole_manifest(version, outputs)
    if is_new := manifest is None:
        _write_version(version, contents, card, attach)
    else:  # the same figures again: the manifest says which run published them last
        files.remove_leftovers(version)
        files.replace_file(version / MANIFEST, _json(manifest | card))
    os.utime(version)  # its age counts from now: a reader may go on reading it for as long as a new one
    files.sync_folder(versions)  # also where an earlier run was killed before it could
    files.replace_link(root / CURRENT, f"{VERSIONS}/{version.name}")
    files.discard_all_but(version, (path for path in versions.iterdir() if path.is_dir()), KEPT_VERSIONS)
    return version, is_new


def whole_manifest(version: Path, outputs: list[dict[str, str]]) -> dict[str, Any] | None:
    """The manifest of a version that is there as it was written; somebody may have deleted or changed a file since."""
    manifest = read_manifest(version)
    if manifest is None or any(output not in manifest["outputs"] for output in outputs):
        return None
    paths = [(version / output["path"], output["sha256"]) for output in manifest["outputs"]]
    is_whole = all(path.exists() and files.sha256(path.read_bytes()) == digest for path, digest in paths)
    return manifest if is_whole else None


def version_id(outputs: list[dict[str, str]]) -> str:
    """The digest of paths and hashes."""
    return files.sha256("".join(f"{o['path']} {o['sha256']}\n" for o in outputs).encode())[:ID_LENGTH]


def _now() -> dict[str, str]:
    return {"published_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"), "code_version": code_version()}


def _json(manifest: Mapping[str, Any]) -> bytes:
    return json.dumps(manifest, indent=2).encode()


def _write_version(version: Path, contents: Mapping[str, bytes], card: Mapping[str, Any], attach: Attach) -> None:
    aside = version.with_name(f"{files.ASIDE}{os.getpid()}-new-{version.name}")
    try:
        aside.mkdir()
        files.write_all(aside, contents)
        attached = attach(aside, version.name)
        files.write_new(aside / MANIFEST, _json({**card, **attached, "outputs": _outputs(aside)}))
        for folder in (*(path for path in aside.rglob("*") if path.is_dir()), aside):
            files.sync_folder(folder)
        if version.exists():
            files.discard(version)  # damaged since it was written
        aside.rename(version)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise


def _outputs(folder: Path) -> list[dict[str, str]]:
    """Every file below a folder with its hash, as it was written."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return [{"path": path.relative_to(folder).as_posix(), "sha256": files.sha256(path.read_bytes())} for path in paths]
