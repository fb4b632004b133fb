"""Frames at the edge of the warehouse, for as long as what spans rounds is computed with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pyarrow as pa

from assets.domain.frames import Frame
from assets.frames import frame_from
from pipelines.warehouse.publication import Publication, Version, Warehouse
from pipelines.warehouse.tables import OF_ROUNDS


def arrow_of(frame: Frame) -> pa.Table:
    """A frame as an Arrow table."""
    table: pa.Table = frame.collect(backend="pyarrow").to_native()
    return table


class Publisher:
    """Hands a warehouse's publication out in frames."""

    def __init__(self, warehouse: Warehouse) -> None:
        """Publish this warehouse."""
        self._warehouse = warehouse

    @contextmanager
    def publication(self) -> Iterator[Frames]:
        """Take the lock and the accepted snapshots. Raises: Stop if no round is accepted."""
        with self._warehouse.publication() as publication:
            yield Frames(publication)


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
