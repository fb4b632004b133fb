"""Damaged copies of the sample on disk, and what their round comes to: the way from bytes to findings."""

from __future__ import annotations

import csv
import hashlib
import io
import shutil
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

import xlsxwriter
from python_calamine import CalamineWorkbook

from assets.received import Sheet
from assets.tables import Tables
from pipelines.audit.faults import FAULTS
from pipelines.audit.file_faults import FILE_FAULTS, SHEET_FAULTS, TEXT_FAULTS
from pipelines.audit.rule_audit import Place, figures, found_rules
from pipelines.inquiries.computed import computed
from pipelines.readers.raw_folder import RawFolder
from schemas.rules.rule import Stop

CARD = ".card.yaml"
TIME_LIMIT = 60
FOREIGN = "Förening;Bidrag\r\nFiktiva föreningen;1000\r\nAndra föreningen;2000\r\n".encode()
ROWS_FAULTS = (
    "row_dropped",
    "row_doubled",
    "cells_moved_right",
    "cells_moved_left",
    "cell_beyond_headers",
    "footnote_below",
)


@dataclass(frozen=True)
class Ended:
    """How a round with a damaged file ended: with a stop, or with tables."""

    stop: Stop | None = None
    tables: Tables | None = None
    rows: int | None = None
    """Data rows of the damaged file, counted here and not by the system."""

    def outcome(self, place: Place) -> str:
        """Stopped, found, harmless (no figure changed) or missed."""
        if self.tables is None:
            return "stopped"
        if found_rules(self.tables) - found_rules(place.round.tables):
            return "found"
        return "harmless" if figures(self.tables) == figures(place.round.tables) else "missed"


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """Fail what takes longer."""

    def too_slow(*_: object) -> None:
        raise TimeoutError(seconds)

    before = signal.signal(signal.SIGALRM, too_slow)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


# -- damage ---------------------------------------------------------------------------------------------------------
def damages() -> list[str]:
    """Every kind of damage to a file, its columns or its rows; faults in single cells are the audit's."""
    of_files = [name for name, plant in FAULTS.items() if plant.__module__ == "pipelines.audit.file_faults"]
    return [
        *ROWS_FAULTS,
        *of_files,
        *SHEET_FAULTS,
        "sheet_hidden",
        "rows_hidden",
        *FILE_FAULTS,
        *TEXT_FAULTS,
        *OF_ROUNDS,
    ]


def written(place: Place, damage: str, chance: Random) -> bytes | None:
    """The bytes of the damaged file, or None where it has no place for the damage."""
    is_workbook = place.path.suffix == ".xlsx"
    if damage in FILE_FAULTS:
        return FILE_FAULTS[damage](place.path.read_bytes())
    if damage in TEXT_FAULTS:
        return None if is_workbook else TEXT_FAULTS[damage](place.path.read_bytes())
    if damage in SHEET_FAULTS:
        return workbook(SHEET_FAULTS[damage](place.target)) if is_workbook else None
    if damage in ("sheet_hidden", "rows_hidden"):
        sheets = [place.target.sheet, Sheet("Dolt", [["Gömd uppgift", "1"]])]
        hidden = {"hidden_sheet": "Dolt"} if damage == "sheet_hidden" else {"hidden_row": place.target.counted[0]}
        return workbook(sheets[: 1 + (damage == "sheet_hidden")], **hidden) if is_workbook else None
    sheet = FAULTS[damage](place.target, chance)
    if sheet is None:
        return None
    return workbook([sheet]) if is_workbook else text(sheet, place)


def workbook(sheets: Sequence[Sheet], hidden_sheet: str = "", hidden_row: int = 0) -> bytes:
    """Sheets as a workbook, every cell with its type."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            for number, row in enumerate(sheet.rows):
                for column, cell in enumerate(row):
                    page.write(number, column, cell)
            if hidden_row:
                page.set_row(hidden_row - 1, None, None, {"hidden": True})
            if sheet.name == hidden_sheet:
                page.hide()
    return content.getvalue()


def text(sheet: Sheet, place: Place) -> bytes:
    """A sheet as delimited text, as the file was."""
    lines = io.StringIO()
    writer = csv.writer(lines, delimiter=str(place.file.delimiter), lineterminator="\r\n")
    writer.writerows([cell or "" for cell in row] for row in sheet.rows)
    return lines.getvalue().encode(str(place.file.encoding))


# -- the round ------------------------------------------------------------------------------------------------------
def put(path: Path, content: bytes, card_of: Path) -> None:
    """Put a file with a card that is right about it."""
    head, _, _ = card_of.with_name(card_of.name + CARD).read_text("utf-8").rpartition("sha256:")
    path.write_bytes(content)
    path.with_name(path.name + CARD).write_text(f"{head}sha256: {hashlib.sha256(content).hexdigest()}\n", "utf-8")


def _form_of_another_year(place: Place, path: Path) -> None:
    [other] = [old for old in place.path.parents[1].glob("*/aterrapport-*.csv") if old.parent != place.path.parent]
    put(path, other.read_bytes(), place.path)


def _beside(place: Place, path: Path) -> None:
    put(path.with_name(f"kopia-{path.name}"), place.path.read_bytes(), place.path)


def _of_another_kind(place: Place, path: Path) -> None:
    path.unlink()
    path.with_name(path.name + CARD).unlink()
    put(path.with_suffix(".docx"), place.path.read_bytes(), place.path)


OF_ROUNDS: dict[str, Callable[[Place, Path], None]] = {
    "form_of_another_year": _form_of_another_year,
    "form_of_another_programme": lambda place, path: put(path, FOREIGN, place.path),
    "file_beside_itself": _beside,
    "file_of_another_kind": _of_another_kind,
}


def ended(place: Place, damage: str, folder: Path) -> Ended | None:
    """Damage one file in a copy of its round, and compute the round. None where the damage has no place."""
    raw = place.path.parents[2]
    for part in ("reference", str(place.path.parent.relative_to(raw))):
        shutil.copytree(raw / part, folder / part)
    path = folder / place.path.relative_to(raw)
    if damage in OF_ROUNDS:
        OF_ROUNDS[damage](place, path)
    else:
        content = written(place, damage, Random(f"{damage} {place.file.path}"))  # noqa: S311 - the same damage every time
        if content is None:
            return None
        put(path, content, place.path)
    try:
        with within(TIME_LIMIT):
            tables = computed(RawFolder(folder), place.round.key)
    except Stop as stop:
        return Ended(stop=stop)
    return Ended(tables=tables, rows=data_rows(path, place))


def data_rows(path: Path, place: Place) -> int:
    """Rows below the first header row that hold anything, and are neither a total row nor a footnote."""
    rows = [[str(cell).strip() for cell in row] for row in _cells(path, place)]
    form = place.target.form
    versions = [set(form.headers(version).values()) for version in form.versions or [""]]
    header = next(at for at, row in enumerate(rows) if any(headers <= set(row) for headers in versions))
    mark = place.target.form.total_row
    below = [row for row in rows[header + 1 :] if any(row) and not _is_footnote(row, place)]
    return sum(
        1 for row in below if mark is None or row[rows[header].index(place.target.form.fields[mark.field])] != mark.text
    )


def _is_footnote(row: list[str], place: Place) -> bool:
    marks = tuple(mark.casefold() for mark in place.target.form.reads.total_rows.footnotes)
    filled = [cell.casefold() for cell in row if cell]
    return place.target.form.identity == "recipient" and len(filled) == 1 and filled[0].startswith(marks)


def _cells(path: Path, place: Place) -> list[list[object]]:
    if path.suffix == ".xlsx":
        book = CalamineWorkbook.from_path(path)
        return list(book.get_sheet_by_name(str(place.target.sheet.name)).to_python(skip_empty_area=False))
    received = path.read_bytes()
    content = received.decode("utf-16" if received.startswith(b"\xff\xfe") else str(place.file.encoding))
    return [list(row) for row in csv.reader(io.StringIO(content, newline=""), delimiter=str(place.file.delimiter))]
