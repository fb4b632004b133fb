"""Which code computed a figure: the release and a digest of the source, so that an edited checkout shows."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("schemas", "assets", "pipelines")
SOURCES = (".py", ".yaml", ".j2")


@cache
def code_version() -> str:
    """Release and twelve digits of the source's SHA-256, e.g. `0.1.0+3f2a...`."""
    digest = hashlib.sha256()
    for path in sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*")):
        if path.suffix in SOURCES:
            digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{metadata.version('statsbidrag')}+{digest.hexdigest()[:12]}"
