"""Why a file cannot be read, as every reader says it."""

from __future__ import annotations

from schemas.texts.catalogue import Said


class Unreadable(Exception):  # noqa: N818 - why a file cannot be read; the caller names the file
    """Why a file cannot be read: a text of the catalogue. Of an archive, `within` is the file in it."""

    def __init__(self, reason: str, limit: int | str | None = None, within: str = "") -> None:
        """The reason's name in the catalogue, and what it may name."""
        super().__init__(reason)
        self.why = Said(reason, limit)
        self.within = within
