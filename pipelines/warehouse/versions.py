"""Versions on disk: one is built aside, file by file, and switched to by one rename; a few old ones are kept.

`versions/<id>/` and `current`, which points to one of them. The id is the digest of what was built; what is attached to
a version (what others say of it) is in its manifest and not in its id. What the files hold is nobody's concern here.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipelines.warehouse import files
from pipelines.warehouse.code_version import code_version, environment
from pipelines.warehouse.layout import CURRENT, INSIDE, MANIFEST, VERSIONS, inside_of, read_manifest
from pipelines.warehouse.pins import pinned
from pipelines.warehouse.verification import ID_LENGTH, Output, sealed, verified, version_id

KEPT_VERSIONS = 10
"""A reader that resolved `current` may go on reading while nine later versions are published.

Pinned ones come on top."""


class Staged:
    """A version that is being written, in a folder that nobody reads yet."""

    def __init__(self, folder: Path, inside: Path | None = None) -> None:
        """Write to this new folder, and what is for the house to another."""
        folder.mkdir()
        self.folder = folder
        self.inside = Staged(inside) if inside else self
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

    def is_as(self, manifest: Mapping[str, Any] | None) -> bool:
        """Whether a manifest lists every file that was written so far, as it is."""
        return manifest is not None and all(output in manifest["outputs"] for output in self.outputs())


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
    versions, inside = root / VERSIONS, root / INSIDE
    for folder in (versions, inside):
        files.make_folder(folder)
    for folder in (root, versions, inside):
        files.remove_leftovers(folder)
    version, is_new = _built(versions, build, attach)
    os.utime(version)  # its age counts from now: a reader may go on reading it for as long as a new one
    files.sync_folder(versions)  # also where an earlier run was killed before it could
    files.replace_link(root / CURRENT, f"{VERSIONS}/{version.name}")
    files.discard_all_but(version, _loose(root), KEPT_VERSIONS)
    for left in (path for path in inside.iterdir() if _is_left(path, versions)):
        files.discard(left)
    return version, is_new


def _loose(root: Path) -> list[Path]:
    """The versions that may be pruned: none while it cannot be told which are pinned."""
    kept = pinned(root)
    versions = [path for path in (root / VERSIONS).iterdir() if path.is_dir()]
    return [] if kept is None else [path for path in versions if path.name not in kept]


def _is_left(inside: Path, versions: Path) -> bool:
    """Whether what is for the house was of a version that is gone."""
    return len(inside.name) == ID_LENGTH and not (versions / inside.name).exists()


def _built(versions: Path, build: Build, attach: Attach) -> tuple[Path, bool]:
    name = f"{files.ASIDE}{os.getpid()}-new"
    aside = versions / name, inside_of(versions / name)
    try:
        staged = Staged(*aside)
        card = build(staged)
        version = versions / version_id([*staged.outputs(), *staged.inside.outputs()])
        manifest = whole_manifest(version, staged)
        card = {"version": version.name, **_now(), **card}
        if manifest is None:
            _give_its_name(staged, version, card, attach)
        else:  # the same figures again: the manifest says which run published them last
            for folder in aside:
                shutil.rmtree(folder)
            _say_again(version, manifest | card)
    except BaseException:
        for folder in aside:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    return version, manifest is None


def _say_again(version: Path, manifest: Mapping[str, Any]) -> None:
    """Put another manifest in the place of one; the house's vouches for both while that is done."""
    inside = inside_of(version)
    for folder in (version, inside):
        files.remove_leftovers(folder)
    before = files.sha256_of(version / MANIFEST)
    own = (read_manifest(inside) or {})["outputs"]
    content, of_house = sealed(manifest, manifest["outputs"], own, before)
    files.replace_file(inside / MANIFEST, of_house)
    files.replace_file(version / MANIFEST, content)


def _give_its_name(staged: Staged, version: Path, card: Mapping[str, Any], attach: Attach) -> None:
    attached = attach(staged, version.name)
    content, of_house = sealed({**card, **attached}, staged.outputs(), staged.inside.outputs())
    files.write_new(staged.inside.folder / MANIFEST, of_house)
    files.write_new(staged.folder / MANIFEST, content)
    for each, place in ((staged.inside, inside_of(version)), (staged, version)):
        each.force_folders()
        if place.exists():
            files.discard(place)  # damaged since it was written, or left by a run that was killed here
        each.folder.rename(place)
        files.sync_folder(place.parent)


def whole_manifest(version: Path, staged: Staged) -> dict[str, Any] | None:
    """The manifest of a version that is there as it was written; somebody may have deleted or changed a file since."""
    manifest = read_manifest(version)
    if manifest is None or not staged.is_as(manifest) or not staged.inside.is_as(read_manifest(inside_of(version))):
        return None
    return manifest if verified(version).state == "whole" else None


def _now() -> dict[str, str]:
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    return {"published_at": now, "code_version": code_version(), "environment": environment()}
