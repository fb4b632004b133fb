"""The names in a warehouse: what stands where, for those that write it and those that read it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipelines.warehouse.files import sha256_of

CURRENT = "current"
VERSIONS = "versions"
STORE = "store"
ACCEPTED = "accepted"
"""Points to the run of a round that is published, among the round's runs in the store."""

ROUND_CARD = "round.json"
"""What a run says of itself once it is accepted, beside its tables."""

DATABASE = "statsbidrag.sqlite"
MANIFEST = "manifest.json"
EVIDENCE = "evidence"
VALIDATION = "validation"
SOURCES = "sources"
"""The reports with the way from each figure to the received cells."""
DOWNLOADS = "downloads"
"""What people take with them: files by programme. The manifest lists them with their titles as `downloads`."""
START_PAGES = {"sv": "index.html", "en": "index.en.html"}
"""Where a person begins: in Swedish and English, at the top of the warehouse."""

DICTIONARY_PAGES = {"sv": "dictionary.html", "en": "dictionary.en.html"}
"""Every column of the version that is current, beside the start page."""

INSIDE = "inside"
"""What is for the house: who decided, why, names and texts as they came. Each version has its own part, of its name."""

ATTACHED = (EVIDENCE, SOURCES, VALIDATION)
"""The folders of what is said of a version once it has its name: they are in its manifests and not in its name."""

PINS = f"{INSIDE}/pins.json"
"""Which versions are never pruned, who said so and why."""

REMOVED = f"{INSIDE}/removed"
"""What is left of versions that somebody removed by name: their manifests, who did it and why."""

REFUSED = f"{INSIDE}/refused"
"""The reports of what was refused. The evidence against the last version that was refused; versions have their own."""


def inside_of(version: Path) -> Path:
    """Where what is for the house lies of a version."""
    return version.parent.parent / INSIDE / version.name


def read_manifest(version: Path) -> dict[str, Any] | None:
    """What a version says of itself; None if it is not there or no longer says it."""
    return read_card(version / MANIFEST)


def read_card(path: Path) -> dict[str, Any] | None:
    """A manifest, or a round's card, with the files it lists as `outputs`; None if it cannot be read."""
    try:
        card = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return card if isinstance(card, dict) and isinstance(card.get("outputs"), list) else None


def is_whole(folder: Path, manifest: dict[str, Any]) -> bool:
    """Whether every file that the manifest lists is there as it was written."""
    try:
        return all(sha256_of(folder / each["path"]) == each["sha256"] for each in manifest["outputs"])
    except (OSError, KeyError, TypeError):
        return False
