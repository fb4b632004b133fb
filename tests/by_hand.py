"""A version that a test wrote file by file gets what a publication gives it: its manifests, its name, readers."""

import json
from pathlib import Path
from typing import Any

from pipelines.warehouse import files
from pipelines.warehouse.layout import CURRENT, INSIDE, MANIFEST, VERSIONS, inside_of
from pipelines.warehouse.verification import Output, built, sealed, version_id


def publish_by_hand(version: Path, /, **card: Any) -> Path:
    """Publish the files of a folder among the versions, and those of its part for the house. Returns: where they lie.

    A version whose files were changed gets the name of what they are now. Args: card: what its manifest says.
    """
    root, inside = version.parent.parent, inside_of(version)
    inside.mkdir(parents=True, exist_ok=True)
    outputs, of_house = _outputs(version), _outputs(inside)
    named = root / VERSIONS / version_id([*built(outputs), *built(of_house)])
    told = {name: fact for name, fact in card.items() if name != "outputs"}
    content, for_house = sealed({**told, "version": named.name}, outputs, of_house)
    (version / MANIFEST).write_bytes(content)
    (inside / MANIFEST).write_bytes(for_house)
    if named != version:
        version.rename(named)
        inside.rename(root / INSIDE / named.name)
    (root / CURRENT).unlink(missing_ok=True)
    (root / CURRENT).symlink_to(f"{VERSIONS}/{named.name}")
    return named


def again(version: Path) -> Path:
    """Publish a version whose files a test has changed, and say of it what was said. Returns: where it lies now."""
    return publish_by_hand(version, **json.loads((version / MANIFEST).read_text("utf-8")))


def called(warehouse: Path, nickname: str) -> str:
    """The name of the version that a test published by hand under a nickname, or else the nickname."""
    for manifest in (warehouse / VERSIONS).glob(f"*/{MANIFEST}"):
        if json.loads(manifest.read_text("utf-8")).get("nickname") == nickname:
            return manifest.parent.name
    return nickname


def _outputs(folder: Path) -> list[Output]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    return [{"path": path.relative_to(folder).as_posix(), "sha256": files.sha256_of(path)} for path in paths]
