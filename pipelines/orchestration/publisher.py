"""One publication of all accepted rounds: what spans them is computed, and a version is made and switched to."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from assets.domain.frames import Frame
from assets.frames import frame_from
from assets.publish import spanning_tables
from pipelines.warehouse.layout import read_manifest
from pipelines.warehouse.publication import Publication, Version, Warehouse
from pipelines.warehouse.tables import OF_ROUNDS


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
            frames = Frames(publication)
            version = frames.publish(spanning_tables(frames.tables()), run_id)
        manifest = read_manifest(Path(version.folder)) or {}
        runs = [card["run_id"] for card in manifest.get("rounds", [])]
        return Made(version.id, version.folder, version.row_counts, version.is_new, runs)


def arrow_of(frame: Frame) -> pa.Table:
    """A frame as an Arrow table."""
    table: pa.Table = frame.collect(backend="pyarrow").to_native()
    return table


class Frames:
    """One publication under way."""

    def __init__(self, publication: Publication) -> None:
        """Hand this publication out."""
        self._publication = publication

    def tables(self) -> Mapping[str, Frame]:
        """The tables of all accepted rounds, each read when it is asked for."""
        return _Read(self._publication)

    def publish(self, spanning: Mapping[str, Frame], run_id: str) -> Version:
        """Write a complete version aside and switch to it."""
        return self._publication.publish({name: arrow_of(frame) for name, frame in spanning.items()}, run_id)


class _Read(dict[str, Frame]):
    def __init__(self, publication: Publication) -> None:
        super().__init__()
        self._publication = publication

    def __missing__(self, name: str) -> Frame:
        if name not in OF_ROUNDS:
            raise KeyError(name)
        return frame_from(self._publication.read(name))
