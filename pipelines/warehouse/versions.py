"""Versions on disk: one is built aside, file by file, and switched to by one rename; a few old ones are kept.

`versions/<id>/` and `current`, which points to one of them. The id is the digest of what was built; what is attached to
a version (what others say of it) is in its manifest and not in its id. What the files hold is nobody's concern here.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipelines.warehouse import files
from pipelines.warehouse.code_version import code_version, environment
from pipelines.warehouse.layout import CURRENT, MANIFEST, VERSIONS, is_whole, read_manifest

KEPT_VERSIONS = 10
"""A reader that resolved `current` may go on reading while nine later versions are published."""

ID_LENGTH = 16

Output = dict[str, str]
"""A file of a version: its path in it, and its SHA-256."""


class Staged:
    """A version that is being written, in a folder that nobody reads yet."""

    def __init__(self, folder: Path) -> None:
        """Write to this new folder."""
        folder.mkdir()
        self.folder = folder
        self._digests: dict[str, str] = {}

    def write(self, path: str, content: bytes) -> None:
        """Write one file whole."""
        with self.writing(path) as file:
            file.write(content)

    @contextmanager
    def writing(self, path: str) -> Iterator[files.NewFile]:
        """Write one file piece by piece."""
        with files.writing(self.place(path)) as file:
            yield file
        self._digests[path] = file.sha256

    def place(self, path: str) -> Path:
        """Where somebody else may write a file, to be taken afterwards."""
        files.make_folder((self.folder / path).parent)
        return self.folder / path

    def take(self, path: str) -> None:
        """Take a file that somebody else wrote."""
        files.force(self.folder / path)
        self._digests[path] = files.sha256_of(self.folder / path)

    def take_all(self, folder: str) -> None:
        """Take every file of a folder that somebody else wrote."""
        for path in sorted((self.folder / folder).rglob("*")):
            if path.is_file():
                self.take(path.relative_to(self.folder).as_posix())

    def outputs(self) -> list[Output]:
        """Every file that was written or taken, by path."""
        return [{"path": path, "sha256": digest} for path, digest in sorted(self._digests.items())]

    def force_folders(self) -> None:
        """Force the entries of every folder to disk."""
        for folder in (*(path for path in self.folder.rglob("*") if path.is_dir()), self.folder):
            files.sync_folder(folder)


Build = Callable[[Staged], Mapping[str, Any]]
"""Writes what a version is. Returns: what the manifest says of it."""

Attach = Callable[[Staged, str], Mapping[str, Any]]
"""Adds to a staged version, by its id, what is made of it. Raises: Stop to refuse it.

Returns: what the manifest says of what was added."""


def publish(root: Path, build: Build, attach: Attach) -> tuple[Path, bool]:
    """Build one version and point `current` to it; the caller holds the lock.

    Returns: the version's folder, and whether it is new (the same contents may have been published before).
    Raises: Stop if `attach` refuses the version.
    """
    versions = root / VERSIONS
    files.make_folder(versions)
    for folder in (root, versions):
        files.remove_leftovers(folder)
    version, is_new = _built(versions, build, attach)
    os.utime(version)  # its age counts from now: a reader may go on reading it for as long as a new one
    files.sync_folder(versions)  # also where an earlier run was killed before it could
    files.replace_link(root / CURRENT, f"{VERSIONS}/{version.name}")
    files.discard_all_but(version, (path for path in versions.iterdir() if path.is_dir()), KEPT_VERSIONS)
    return version, is_new


def _built(versions: Path, build: Build, attach: Attach) -> tuple[Path, bool]:
    aside = versions / f"{files.ASIDE}{os.getpid()}-new"
    try:
        staged = Staged(aside)
        card = build(staged)
        version = versions / version_id(staged.outputs())
        manifest = whole_manifest(version, staged.outputs())
        card = {"version": version.name, **_now(), **card}
        if manifest is None:
            _give_its_name(staged, version, card, attach)
        else:  # the same figures again: the manifest says which run published them last
            shutil.rmtree(aside)
            files.remove_leftovers(version)
            files.replace_file(version / MANIFEST, _json(manifest | card))
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    return version, manifest is None


def _give_its_name(staged: Staged, version: Path, card: Mapping[str, Any], attach: Attach) -> None:
    attached = attach(staged, version.name)
    files.write_new(staged.folder / MANIFEST, _json({**card, **attached, "outputs": staged.outputs()}))
    staged.force_folders()
    if version.exists():
        files.discard(version)  # damaged since it was written
    staged.folder.rename(version)


def whole_manifest(version: Path, outputs: list[Output]) -> dict[str, Any] | None:
    """The manifest of a version that is there as it was written; somebody may have deleted or changed a file since."""
    manifest = read_manifest(version)
    if manifest is None or any(output not in manifest["outputs"] for output in outputs):
        return None
    return manifest if is_whole(version, manifest) else None


def version_id(outputs: list[Output]) -> str:
    """The digest of paths and hashes."""
    return files.sha256("".join(f"{o['path']} {o['sha256']}\n" for o in outputs).encode())[:ID_LENGTH]


def _now() -> dict[str, str]:
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    return {"published_at": now, "code_version": code_version(), "environment": environment()}


def _json(manifest: Mapping[str, Any]) -> bytes:
    return json.dumps(manifest, indent=2).encode()
