"""One publication of all accepted rounds: what spans them is computed, and a version is made and switched to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from assets.spanning import spanning
from pipelines.warehouse.layout import read_manifest
from pipelines.warehouse.publication import Warehouse


@dataclass(frozen=True)
class Made:
    """A published version, and the accepted runs that it consists of."""

    id: str
    folder: str
    row_counts: Mapping[str, int]
    is_new: bool
    runs: Collection[str]


class RoundsPublisher:
    """Publishes a warehouse."""

    def __init__(self, warehouse: Warehouse) -> None:
        """Publish this warehouse."""
        self._warehouse = warehouse

    def publish(self, run_id: str) -> Made:
        """Make one version of all accepted rounds, and switch to it. Raises: Stop if there are none, or refused."""
        with self._warehouse.publication() as publication:
            version = publication.publish(spanning(publication.read), run_id)
        manifest = read_manifest(Path(version.folder)) or {}
        runs = [card["run_id"] for card in manifest.get("rounds", [])]
        return Made(version.id, version.folder, version.row_counts, version.is_new, runs)
