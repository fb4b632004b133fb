"""Versions that are never pruned, since a report was printed from them; and what is left of those that were removed.

Both are for the house, lie beside the versions and are no part of any. Whoever changes them holds the warehouse's lock.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipelines.warehouse import files
from pipelines.warehouse.layout import CURRENT, INSIDE, PINS, REMOVED, VERSIONS, inside_of, read_manifest
from pipelines.warehouse.verification import sound
from schemas.rules.rule import Stop

MOMENT = "%Y%m%dT%H%M%S"


@dataclass(frozen=True)
class Pin:
    """Who said that a version is to be kept, why, and when (UTC)."""

    version: str
    by: str
    why: str
    at: str


@dataclass(frozen=True)
class Removal:
    """Who removed a version, why, and when (UTC); its pins, and its manifests."""

    version: str
    by: str
    why: str
    at: str
    pins: list[dict[str, str]]
    manifest: dict[str, Any] | None
    inside: dict[str, Any] | None


def pins(root: Path) -> list[Pin]:
    """Every pin, in order. Raises: Stop if they cannot be read."""
    path = root / PINS
    try:
        return [Pin(**each) for each in json.loads(path.read_text("utf-8"))] if path.exists() else []
    except (OSError, ValueError, TypeError):
        raise Stop("pins_unreadable", file=path) from None


def pinned(root: Path) -> Collection[str] | None:
    """The names of the versions that are pinned; None where that cannot be read."""
    try:
        return {each.version for each in pins(root)}
    except Stop:
        return None


def pin(root: Path, version: str, by: str, why: str) -> Pin:
    """Keep a version for good. Raises: Stop if it is not there, or not as it was published."""
    with files.write_failures(PINS), files.locked(root):
        sound(kept_version(root, version))
        made = Pin(version, by, why, _now())
        _write(root, [*pins(root), made])
    return made


def remove(root: Path, version: str, by: str, why: str) -> Removal:
    """Remove a version, pinned or not, and leave its manifests and the reason. Raises: Stop if readers get it now."""
    with files.write_failures(REMOVED), files.locked(root):
        folder = kept_version(root, version)
        if folder == (root / CURRENT).resolve():
            raise Stop("version_is_current", version=version)
        mine = [asdict(each) for each in pins(root) if each.version == version]
        told = read_manifest(folder), read_manifest(inside_of(folder))
        made = Removal(version, by, why, _now(), mine, *told)
        name = f"{version}-{dt.datetime.fromisoformat(made.at).strftime(MOMENT)}.json"
        files.replace_file(root / REMOVED / name, json.dumps(asdict(made), indent=2, ensure_ascii=False).encode())
        _write(root, [each for each in pins(root) if each.version != version])
        for each in (folder, inside_of(folder)):
            if each.exists():
                files.discard(each)
    return made


def removals(root: Path) -> list[Removal]:
    """Every version that somebody removed, in order of time. One that cannot be read is passed over."""
    found = []
    for path in sorted((root / REMOVED).glob("*.json")):
        try:
            found.append(Removal(**json.loads(path.read_text("utf-8"))))
        except (OSError, ValueError, TypeError):
            continue
    return sorted(found, key=lambda each: each.at)


def kept_version(root: Path, version: str) -> Path:
    """Where a version lies. Raises: Stop if it is not among those that are kept."""
    known = kept_versions(root)
    if version not in known:
        raise Stop("version_not_kept", version=version, known=", ".join(known) or "–")
    return (root / VERSIONS).resolve() / version


def kept_versions(root: Path) -> list[str]:
    """The names of the versions that are kept, whole or not."""
    folders = (root / VERSIONS).glob("*")
    return sorted(path.name for path in folders if path.is_dir() and not path.name.startswith(files.ASIDE))


def _write(root: Path, each: list[Pin]) -> None:
    files.make_folder(root / INSIDE)
    content = json.dumps([asdict(pin) for pin in each], indent=2, ensure_ascii=False).encode()
    files.replace_file(root / PINS, content)


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
