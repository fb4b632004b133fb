"""How much a received file may hold, and cost to read. Settings: docs/reading.md says how to change them."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields, replace

from pipelines import settings
from schemas.rules.rule import Stop

MIB = 1024 * 1024
FILLED_OF = 1000
"""One position in so many must be filled in a large sheet."""


@dataclass(frozen=True)
class Limits:
    """What is refused beyond, counted before anything is allocated for it."""

    text_mib: int = 256
    """The size of a text file, of XML or JSON, and of what an archive of them unzips to."""
    workbook_mib: int = 100
    """The size of a workbook as it lies in its folder."""
    unzipped_mib: int = 512
    """What the parts of a workbook unzip to."""
    workbook_cells: int = 5_000_000
    """The cells that a workbook, or XML or JSON, holds."""
    text_cells: int = 20_000_000
    """The cells that a text file holds."""
    width: int = 16_384
    """The columns of a sheet: as many as a spreadsheet can show."""
    grid: int = 20_000_000
    """The positions of a sheet, its rows times its columns: the places of cells that may be empty."""
    sparse_from: int = 1_000_000
    """The positions from which on one in a thousand must be filled."""
    cell_characters: int = 1_000_000
    """The characters of one cell. A free-text answer is some thousands."""
    characters: int = 256 * MIB
    """The characters of all cells of a workbook, or of XML or JSON, as often as each stands in one."""
    archive_files: int = 10_000
    """The files in an archive, and the parts of a workbook."""
    child_mib: int = 2048
    """The memory of the process that reads a workbook, XML or JSON."""
    child_seconds: int = 60
    """The time of that process."""

    def refuses_grid(self, height: int, width: int, filled: int) -> bool:
        """Whether so many rows and columns are too many, or too many for what stands in them."""
        positions = height * width
        return positions > self.grid or (positions > self.sparse_from and filled * FILLED_OF < positions)


def limits() -> Limits:
    """The limits in force: `STATSBIDRAG_LIMITS` changes some of them, as `text_mib=512,child_seconds=120`.

    Raises: Stop if it names a limit that there is not, or a value that is no whole number from 1.
    """
    said = os.environ.get(settings.LIMITS, "")
    return replace(Limits(), **dict(_setting(part) for part in said.split(",") if part.strip()))


def _setting(part: str) -> tuple[str, int]:
    name, _, value = (each.strip() for each in part.partition("="))
    known = [field.name for field in fields(Limits)]
    if name not in known or not (value.isascii() and value.isdecimal() and 0 < int(value) < 2**40):
        raise Stop("limits_unfit", setting=settings.LIMITS, known=", ".join(known))
    return name, int(value)
