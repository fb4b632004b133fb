"""The side pass over XLSX and XLSM: what python-calamine does not tell, found through the workbook's relations.

Calamine reads error values and formulas without a value as empty cells, and has no call for formulas or hidden rows.
"""

from __future__ import annotations

import posixpath
import zipfile
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipelines.readers.confined import Counted, Refused
from pipelines.readers.workbook_marks import ERROR, NOT_CALCULATED, TALLEST, UNSURE, Marks, is_true, local, parse

CONTENT_OF_CELLS = ("v", "t")


@dataclass(frozen=True)
class Part:
    """A sheet in its workbook: what it is called, where it lies, and whether it is hidden."""

    name: str
    path: str
    is_hidden: bool
    is_table: bool


def sheets(archive: zipfile.ZipFile, counted: Counted) -> Iterator[tuple[Part, Marks | None]]:
    """Every sheet in the workbook's order, with what is marked in it; None of one without cells. Raises: Refused."""
    book = _book_path(archive)
    parts, related, is_unsure = _book(archive, book)
    lengths = _shared_lengths(archive, related, counted)
    for part in parts:
        yield part, _marks(archive, part.path, lengths, counted, is_unsure=is_unsure) if part.is_table else None


# -- the workbook ---------------------------------------------------------------------------------------------------
def _book_path(archive: zipfile.ZipFile) -> str:
    found = [target for kind, target in _relations(archive, "").values() if kind == "officeDocument"]
    path = found[0] if found else "xl/workbook.xml"
    if path.endswith(".bin"):
        raise Refused("xlsb")
    return path


def _relations(archive: zipfile.ZipFile, path: str) -> dict[str, tuple[str, str]]:
    """The relations of a part by id: kind and path."""
    folder, name = posixpath.split(path)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, tuple[str, str]] = {}

    def start(element: str, has: dict[str, str]) -> None:
        if local(element) == "Relationship" and has.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, has.get("Target", ""))).lstrip("/")
            found[has.get("Id", "")] = has.get("Type", "").rpartition("/")[2], target

    if relations in archive.namelist():
        with archive.open(relations) as stream:
            parse(stream, start, _nothing, _nothing)
    return found


def _book(archive: zipfile.ZipFile, path: str) -> tuple[list[Part], dict[str, tuple[str, str]], bool]:
    """The sheets, the relations of the workbook, and whether its formulas are marked as not calculated yet."""
    related = _relations(archive, path)
    parts: list[Part] = []
    unsure: list[bool] = []

    def start(element: str, has: dict[str, str]) -> None:
        if local(element) == "sheet":
            relation = next((value for name, value in has.items() if local(name) == "id" and ":" in name), "")
            kind, target = related.get(relation, ("", ""))
            is_hidden = has.get("state", "visible") != "visible"
            parts.append(Part(has.get("name", ""), target, is_hidden, kind == "worksheet"))
        elif local(element) == "calcPr":
            unsure.append(is_true(has.get("fullCalcOnLoad")))

    with archive.open(path) as stream:
        parse(stream, start, _nothing, _nothing)
    return parts, related, any(unsure)


def _nothing(*_: object) -> None:
    """What is of no interest."""


def _shared_lengths(archive: zipfile.ZipFile, related: dict[str, tuple[str, str]], counted: Counted) -> array[int]:
    """How many characters each shared text has; none where it is only spaces."""
    path = next((target for kind, target in related.values() if kind == "sharedStrings"), None)
    lengths: array[int] = array("L")
    pieces: list[str] = []
    state = {"in_text": False, "length": 0}

    def start(element: str, _: dict[str, str]) -> None:
        name = local(element)
        if name == "si":
            pieces.clear()
            state["length"] = 0
        state["in_text"] = name == "t"

    def text(piece: str) -> None:
        if state["in_text"]:
            state["length"] += len(piece)
            counted.add(0, 0, state["length"])
            pieces.append(piece)

    def end(element: str) -> None:
        state["in_text"] = False
        if local(element) == "si":
            lengths.append(state["length"] if any(piece.strip() for piece in pieces) else 0)
            if len(lengths) > counted.most.workbook_cells:
                raise Refused("too_many_cells", counted.most.workbook_cells)

    if path and path in archive.namelist():
        with archive.open(path) as stream:
            parse(stream, start, end, text)
    return lengths


# -- a sheet --------------------------------------------------------------------------------------------------------
def _marks(archive: zipfile.ZipFile, path: str, lengths: array[int], counted: Counted, *, is_unsure: bool) -> Marks:
    if path not in archive.namelist():
        raise Refused("damaged")
    reader = _Sheet(Marks(counted), lengths, is_unsure=is_unsure)
    with archive.open(path) as stream:
        parse(stream, reader.start, reader.end, reader.text)
    return reader.marks.done()


class _Sheet:
    """One sheet as it streams by."""

    def __init__(self, marks: Marks, lengths: array[int], *, is_unsure: bool) -> None:
        self.marks, self.lengths, self.is_unsure = marks, lengths, is_unsure
        self.row = self.column = -1
        self.in_cell = self.in_content = self.has_formula = self.has_value = False
        self.kind: str | None = None
        self.pieces: list[str] = []
        self.length = 0

    def start(self, element: str, has: dict[str, Any]) -> None:
        name = local(element)
        if name == "c":
            self._start_cell(has)
        elif self.in_cell:
            if name in CONTENT_OF_CELLS:
                self.in_content, self.has_value = True, True
            elif name == "f":
                self.has_formula = True
        elif name == "row":
            self.row, self.column = int(has.get("r", self.row + 2)) - 1, -1
            if not 0 <= self.row < TALLEST:
                raise Refused("too_many_positions", self.marks.counted.most.grid)
            if is_true(has.get("hidden")):
                self.marks.hidden_rows.append((self.row, self.row))
        elif name == "col" and is_true(has.get("hidden")):
            self.marks.hidden_columns.append((int(has["min"]) - 1, int(has["max"]) - 1))
        elif name == "mergeCell":
            self._merge(has["ref"])

    def _start_cell(self, has: dict[str, str]) -> None:
        if address := has.get("r"):
            self.row, self.column = _place(address)
        else:
            self.column += 1
        self.in_cell, self.has_formula, self.has_value = True, False, False
        self.kind, self.length = has.get("t"), 0
        self.pieces.clear()

    def text(self, piece: str) -> None:
        if self.in_content:
            self.length += len(piece)
            self.marks.counted.add(0, 0, self.length)
            self.pieces.append(piece)

    def end(self, element: str) -> None:
        name = local(element)
        if name in CONTENT_OF_CELLS:
            self.in_content = False
        elif name == "c":
            self._end_cell()
            self.in_cell = False

    def _end_cell(self) -> None:
        if self.kind == "e":
            self.marks.odd(self.row, self.column, ERROR)
        elif self.has_formula and (not self.has_value or (self.kind != "str" and not self.pieces)):
            self.marks.odd(self.row, self.column, NOT_CALCULATED)
        else:
            if length := self._content_length():
                self.marks.hold(self.row, self.column, length)
            if self.has_formula and self.is_unsure:
                self.marks.odd(self.row, self.column, UNSURE)

    def _content_length(self) -> int:
        said = "".join(self.pieces).strip()
        if self.kind == "s":
            return self.lengths[int(said)] if said and int(said) < len(self.lengths) else len(said)
        return self.length if said else 0

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        (top, left), (bottom, right) = _place(first), _place(last or first)
        self.marks.merge(top, left, bottom, right)


def _place(address: str) -> tuple[int, int]:
    """Row and column (from 0) of an address such as B2."""
    column = at = 0
    for letter in address:
        if not ("A" <= letter <= "Z" or "a" <= letter <= "z"):
            break
        column, at = column * 26 + ord(letter.upper()) - ord("A") + 1, at + 1
    row = int(address[at:])
    if not (0 < column < 10**6 and 0 < row < 10**8):
        raise Refused("damaged")
    return row - 1, column - 1
