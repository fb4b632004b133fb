"""Whether a version is as it was published: every file of both its parts, and its manifests, held against each other.

The name of a version is the digest of its tables, database and reports, so those are held against the name. What was
attached afterwards is in the manifests only; these vouch for each other, so that whoever edits one is found out by the
other. Whoever can write to both can make any version, but not one of this name with other figures.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pipelines.warehouse import files
from pipelines.warehouse.layout import ATTACHED, CURRENT, INSIDE, MANIFEST, VERSIONS, inside_of, read_manifest
from schemas.words.vocabulary import Language

State = Literal["whole", "older", "damaged"]
"""As it was published; the same, of a form whose manifests do not vouch for each other; not as it was published."""

Fault = Literal["missing", "changed", "extra", "unreadable", "edited", "elsewhere"]
Output = dict[str, str]
"""A file of a version: its path in it, and its SHA-256."""

ID_LENGTH = 16
VOUCHES, INSIDE_DIGEST = "vouches_for", "inside"
"""Of the house's manifest: the digests that the other may have. Of the other: the digest of what the house's lists."""


@dataclass(frozen=True)
class Verdict:
    """What became of a version since it was published. `file`: the first that does not fit, from the warehouse on."""

    version: str
    state: State
    file_count: int
    file: str | None = None
    fault: Fault | None = None

    @property
    def is_sound(self) -> bool:
        """Whether its figures are those that were published."""
        return self.state != "damaged"

    def sentence(self, language: Language) -> str:
        """What of it does not fit, or that everything does."""
        from schemas.texts.catalogue import text  # noqa: PLC0415 - only whoever tells somebody needs it

        return text(f"verify_{self.fault or self.state}", language).format(file=self.file, count=self.file_count)


def verified(version: Path) -> Verdict:
    """Hold every file of a version against its manifests, and these against each other and its name."""
    manifest, inside = read_manifest(version), read_manifest(inside_of(version))
    if manifest is None:
        return _damaged(version, 0, version / MANIFEST, _why_not(version / MANIFEST))
    parts = {version: manifest} | ({inside_of(version): inside} if inside is not None else {})
    count = sum(len(each["outputs"]) for each in parts.values())
    for place, fault in _faults(version, parts):
        return _damaged(version, count, place, fault)
    return Verdict(version.name, "whole" if INSIDE_DIGEST in manifest else "older", count)


def sound(version: Path) -> Path:
    """The version, for whoever is to rest on it. Raises: Stop if it is not as it was published."""
    verdict = verified(version)
    if not verdict.is_sound:
        raise damaged(verdict)
    return version


def sound_current(warehouse: Path) -> Path:
    """The version that is current, resolved once; where none is published, where it would be. Raises: as `sound`."""
    current = warehouse / CURRENT
    if not current.is_symlink() and not current.exists():
        return current.resolve()
    version = current.resolve()
    if version.parent != (warehouse / VERSIONS).resolve():
        raise damaged(Verdict(version.name, "damaged", 0, CURRENT, "elsewhere"))
    return sound(version)


def damaged(verdict: Verdict) -> Exception:
    """Why nothing may rest on a version, in one sentence."""
    from schemas.rules.rule import Stop  # noqa: PLC0415 - imports every table's model, and this is seldom needed

    return Stop("version_damaged", version=verdict.version, what=verdict)


# -- what does not fit ------------------------------------------------------------------------------------------------
def _faults(version: Path, parts: Mapping[Path, Mapping[str, Any]]) -> Iterator[tuple[Path, Fault]]:
    """What does not fit, in order: files that are listed, files that are not, the manifests."""
    for folder, manifest in parts.items():
        yield from _listed(folder, manifest["outputs"])
    for folder in (version, inside_of(version)):
        yield from _extra(folder, parts.get(folder, {"outputs": ()})["outputs"])
    yield from _manifests(version, parts)


def _listed(folder: Path, outputs: Iterable[Any]) -> Iterator[tuple[Path, Fault]]:
    for each in outputs:
        if not _is_output(each):
            yield folder / MANIFEST, "edited"
            return
        path = folder / each["path"]
        try:
            if path.is_symlink() or files.sha256_of(path) != each["sha256"]:
                yield path, "changed"
        except FileNotFoundError:
            yield path, "missing"
        except OSError:
            yield path, "unreadable"


def _is_output(each: object) -> bool:
    """Whether an entry of a manifest names a file of its part, and a hash."""
    if not isinstance(each, dict) or not all(isinstance(each.get(name), str) for name in ("path", "sha256")):
        return False
    path = Path(each["path"])
    return not path.is_absolute() and ".." not in path.parts


def _why_not(manifest: Path) -> Fault:
    """Why a manifest says nothing."""
    try:
        manifest.stat()
    except FileNotFoundError:
        return "missing"
    except OSError:
        return "unreadable"
    return "unreadable"


def _extra(folder: Path, outputs: Iterable[Any]) -> Iterator[tuple[Path, Fault]]:
    """Files that nobody lists; one that is written aside is not there yet."""
    known = {MANIFEST, *(str(each["path"]) for each in outputs)}
    for path in sorted(folder.rglob("*")):
        is_file = path.is_symlink() or not path.is_dir()
        if is_file and path.relative_to(folder).as_posix() not in known and not path.name.startswith(files.ASIDE):
            yield path, "extra"


def _manifests(version: Path, parts: Mapping[Path, Mapping[str, Any]]) -> Iterator[tuple[Path, Fault]]:
    """The manifests against each other, and both against the name."""
    manifest, inside = parts[version], parts.get(inside_of(version))
    house = inside_of(version) / MANIFEST
    if INSIDE_DIGEST in manifest and inside is None:
        yield house, _why_not(house)
        return
    own = inside["outputs"] if inside else []
    if (
        manifest.get("version") != version.name
        or version_id([*built(manifest["outputs"]), *built(own)]) != version.name
    ):
        yield version / MANIFEST, "edited"
    if inside is not None and INSIDE_DIGEST in manifest:
        if manifest[INSIDE_DIGEST] != digest(own):
            yield house, "edited"
        if files.sha256_of(version / MANIFEST) not in inside.get(VOUCHES, ()):
            yield version / MANIFEST, "edited"
    elif inside is not None and VOUCHES in inside:
        yield version / MANIFEST, "edited"


def _damaged(version: Path, count: int, place: Path, fault: Fault) -> Verdict:
    first = INSIDE if place.is_relative_to(inside_of(version)) else VERSIONS
    root = inside_of(version).parent if first == INSIDE else version.parent
    return Verdict(version.name, "damaged", count, f"{first}/{place.relative_to(root).as_posix()}", fault)


# -- names and digests ------------------------------------------------------------------------------------------------
def version_id(outputs: Iterable[Output]) -> str:
    """The name of a version of these files: the digest of paths and hashes."""
    return digest(outputs)[:ID_LENGTH]


def digest(outputs: Iterable[Output]) -> str:
    """The digest of paths and hashes."""
    return files.sha256("".join(f"{each['path']} {each['sha256']}\n" for each in outputs).encode())


def built(outputs: Iterable[Output]) -> list[Output]:
    """The files that a version is named for: all but those that are attached to it."""
    return [each for each in outputs if each["path"].partition("/")[0] not in ATTACHED]


def sealed(card: Mapping[str, Any], outputs: list[Output], inside: list[Output], *vouched: str) -> tuple[bytes, bytes]:
    """Both manifests of a version, the house's second, each vouching for the other.

    Args: vouched: the digests of manifests that it may still have while one is put in the place of another.
    """
    manifest = _bytes({**card, INSIDE_DIGEST: digest(inside), "outputs": outputs})
    return manifest, _bytes({VOUCHES: [*vouched, files.sha256(manifest)], "outputs": inside})


def _bytes(manifest: Mapping[str, Any]) -> bytes:
    """A manifest as it is written."""
    return json.dumps(manifest, indent=2).encode()
