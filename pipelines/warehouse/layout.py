"""The names in a warehouse: what stands where, for those that write it and those that read it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

CURRENT = "current"
VERSIONS = "versions"
DATABASE = "statsbidrag.sqlite"
MANIFEST = "manifest.json"
EVIDENCE = "evidence"
VALIDATION = "validation"
REFUSED = "refused"
"""The evidence against the last version that was refused; versions have their own."""


def read_manifest(version: Path) -> dict[str, Any] | None:
    """What a version says of itself; None if it is not there or no longer says it."""
    try:
        manifest = json.loads((version / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return manifest if isinstance(manifest, dict) and isinstance(manifest.get("outputs"), list) else None
