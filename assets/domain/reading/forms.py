"""Which form a received sheet is, and in which column each thing that the form asks stands."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce

from assets.domain.reading.cells import TRUTH, as_text, with_merged_filled
from assets.received import Cells, InputFile, Sheet
from schemas.configuration.declared import Label
from schemas.configuration.forms import Form
from schemas.configuration.layouts import FieldAt, Reads, plain
from schemas.rules.rule import Stop
from schemas.words.vocabulary import KRONOR_OF

TITLE_BLOCK = 30
"""How far down a header row may stand. A title block above it is a few rows in every export seen."""

LETTERED = 702
"""So many columns have one or two letters."""

EDGES = "\u00a0\ufeff"


@dataclass(frozen=True)
class Claim:
    """A form that recognises a sheet, and the row (from 1) its headers stand in."""

    form: Form
    header_row: int


@dataclass(frozen=True)
class Version:
    """One version of a form in a sheet: where each slot stands (columns from 0), and which columns only it has.

    `in_thousands`: the slots whose amounts are in thousands of kronor.
    """

    name: str
    positions: Mapping[str, int]
    own_columns: Sequence[int] = ()
    in_thousands: frozenset[str] = frozenset()

    def kronor_of(self, slot: str) -> int:
        """How many kronor one is in an amount of this slot, as the form declares."""
        return KRONOR_OF["thousands" if slot in self.in_thousands else "kronor"]


@dataclass(frozen=True)
class Export:
    """A received file whose form is known.

    It holds from `start` until the day before `end`: the first file of a chain from its rows' own dates (None), one
    that replaces another from the day that it came, and each until the next one comes (None: nothing replaces it).
    """

    file: InputFile
    sheet: Sheet
    form: Form
    header_row: int
    versions: Sequence[Version] = field(default_factory=tuple)
    start: dt.date | None = None
    end: dt.date | None = None
    earliest: dt.date = dt.date.min
    """The first day on which the round could know anything that this file tells."""

    @property
    def latest(self) -> dt.date:
        """The last day on which anything can have happened that it tells: its own date."""
        return max(self.file.card.date, self.file.known_date)

    @property
    def path(self) -> str:
        """The file's path below the raw folder."""
        return self.file.path

    @property
    def headers(self) -> Cells:
        """The headers of the columns, of however many rows they consist."""
        return header_cells(self.sheet.rows, self.header_row, self.form.reads)

    @property
    def last_header_row(self) -> int:
        """The row (from 1) above the first row of data."""
        return self.header_row + self.form.reads.header_rows - 1

    @cached_property
    def rows(self) -> Sequence[Cells]:
        """The rows as they are read: as they were received, but for merged cells that hold for each of their rows."""
        fills = self.form.merged == "fill" and self.sheet.merged
        return with_merged_filled(self.sheet, self.last_header_row) if fills else self.sheet.rows

    @cached_property
    def writes_empty_cells(self) -> bool:
        """Whether rows of a text file end with empty cells: then one that is shorter lacks a cell."""
        width = max((at for at, cell in enumerate(self.headers, 1) if says(cell)), default=0)
        below = self.sheet.rows[self.last_header_row :]
        return self.file.delimiter is not None and any(len(row) >= width > 0 and row[width - 1] == "" for row in below)

    @property
    def is_workbook(self) -> bool:
        """Whether the file has sheets of cells with types; what is text has an encoding."""
        return self.file.encoding is None

    @property
    def is_report(self) -> bool:
        """Whether its rows are usage reports, which have deadlines."""
        return "core_usage_report" in self.form.fills

    @property
    def competition(self) -> str:
        """What its rows compete for with those of other files: the same table, or else the same form."""
        return self.form.fills[-1] if self.form.fills else self.form.form

    def is_replaced(self, day: dt.date) -> bool:
        """Whether another file has come in its place by a day."""
        return self.end is not None and self.end <= day

    def holds(self, day: dt.date) -> bool:
        """Whether the file holds on a day: it has come, and nothing has come in its place."""
        return (self.start is None or self.start <= day) and not self.is_replaced(day)


def text_of(cell: object, truth: tuple[str, str] = TRUTH) -> str | None:
    """What a cell says, without stray spaces around it; None where it says nothing."""
    text = as_text(cell, truth)
    return text.strip().strip(EDGES).strip() or None if text else None


def says(cell: object, truth: tuple[str, str] = TRUTH) -> str:
    """A cell as it is compared with a header, or with what a log says of it."""
    return plain(as_text(cell, truth))


def header_cells(rows: Sequence[Cells], number: int, reads: Reads) -> Cells:
    """The headers of the columns where the header rows begin in this row (from 1); none where there are too few."""
    block = rows[number - 1 : number - 1 + reads.header_rows]
    if len(block) < reads.header_rows:
        return []
    return _joined(block) if reads.header == "joined" else block[0 if reads.header == "first" else -1]


def _joined(block: Sequence[Cells]) -> list[str]:
    """Headers of several rows as one: `question / option`, where the question stands above its first column only."""
    width = max(map(len, block))
    texts = [[says(row[at]) if at < len(row) else "" for at in range(width)] for row in block]
    found = []
    carried = [""] * len(block)
    for at in range(width):
        column = [row[at] for row in texts]
        filled = [level for level, text in enumerate(column) if text]
        carried = [*column[: filled[0] + 1], *column[filled[0] + 1 :]] if filled[:1] == [0] else carried
        lowest = filled[-1] if filled else 0
        parts = [text or (carried[level] if level < lowest else "") for level, text in enumerate(column)]
        found.append(" / ".join(filter(None, parts)))
    return found


Wanted = Mapping[str, Counter[str]]
"""By version of a form: its headers, and how many columns with each it takes."""


def claims(rows: Sequence[Cells], forms: Iterable[Form], sheet: str | None = None) -> list[Claim]:
    """Every form one of whose versions has all its headers in one of the first rows. Args: sheet: its name, if any."""
    head = Head(rows)
    found = []
    for form in forms:
        if form.reads.sheet is not None and sheet is not None and plain(sheet) != plain(form.reads.sheet):
            continue
        wanted = _wanted(form)
        row = next((number for number, there in head.of(form.reads) if _whole(wanted, there)), None)
        if row is not None:
            found.append(Claim(form, row))
    return found


class Head:
    """The headers that each of the first rows would be, by how a form's header rows are read."""

    def __init__(self, rows: Sequence[Cells]) -> None:
        """Of these rows."""
        self._rows = rows
        self._known: dict[tuple[int, str], list[tuple[int, Counter[str]]]] = {}

    def of(self, reads: Reads) -> list[tuple[int, Counter[str]]]:
        """Each of the first rows (from 1), and how many columns have each header."""
        key = (reads.header_rows, reads.header)
        if key not in self._known:
            numbers = range(1, min(TITLE_BLOCK, len(self._rows)) + 1)
            self._known[key] = [(number, _counted(header_cells(self._rows, number, reads))) for number in numbers]
        return self._known[key]


def _counted(headers: Cells) -> Counter[str]:
    """How many columns have each header, and every column by its letter: `(A)`."""
    return Counter(map(says, headers)) + Counter(f"({column_letter(at)})" for at in range(min(len(headers), LETTERED)))


def likeness(rows: Sequence[Cells], forms: Iterable[Form]) -> tuple[float, int]:
    """How much of the headers of some form stands in one of the first rows (1 is all), and how many headers that is."""
    head = Head(rows)
    shares = [
        ((texts & there).total() / texts.total(), (texts & there).total())
        for form in forms
        for texts in _wanted(form).values()
        for _, there in head.of(form.reads)
    ]
    return max(shares, default=(0.0, 0))


def _wanted(form: Form) -> Wanted:
    """The headers of each version of a form; a form without versions has one, called ""."""
    return {version: _headers_wanted(form, version) for version in form.versions or [""]}


def _headers_wanted(form: Form, version: str) -> Counter[str]:
    wanted: Counter[str] = Counter()
    for place in form.places(version).values():
        wanted[plain(place.shown)] = max(wanted[plain(place.shown)], place.nth or 1)
    return wanted


def _whole(wanted: Wanted, there: Counter[str]) -> list[str]:
    """The versions all of whose headers are there, but for those that are a part of others of them."""
    whole = [version for version, texts in wanted.items() if texts <= there]
    return [one for one in whole if not any(wanted[one] < wanted[other] for other in whole)]


def versions_in(form: Form, header_cells: Cells) -> list[str]:
    """The versions of a form that all stand in a row of headers; a form without versions has one, called ""."""
    return _whole(_wanted(form), _counted(header_cells))


def recognise(file: str, rows: Sequence[Cells], forms: Iterable[Form], sheet: str | None = None) -> Claim:
    """The one form that claims the sheet. Raises: Stop if none or several do, naming the nearest or all."""
    forms = list(forms)
    found = claims(rows, forms, sheet)
    if len(found) > 1:
        raise Stop("form_ambiguous", file=file, forms=", ".join(claim.form.title.sv for claim in found))
    if not found:
        form, missing = _nearest(rows, forms)
        raise Stop("form_unknown", file=file, form=form, missing="; ".join(missing))
    _refuse_doubt(file, rows, found[0])
    return found[0]


def _refuse_doubt(file: str, rows: Sequence[Cells], claim: Claim) -> None:
    """Stop where a header stands twice, or a row above the headers is as full as data: neither can be told apart."""
    headers = [says(cell) for cell in header_cells(rows, claim.header_row, claim.form.reads)]
    versions = versions_in(claim.form, headers)
    places = [place for version in versions for place in claim.form.places(version).values()]
    unnumbered = {plain(place.header) for place in places if place.header is not None and place.nth is None}
    if twice := sorted(text for text in unnumbered if headers.count(text) > 1):
        raise Stop("header_twice", file=file, headers="; ".join(twice))
    wanted = set().union(*(claim.form.header_texts(version) for version in versions))
    for number, row in enumerate(rows[: claim.header_row - 1], start=1):
        if sum(1 for cell in row if says(cell)) >= len(wanted):
            raise Stop("rows_above_headers", file=file, row=number, header_row=claim.header_row)


def _nearest(rows: Sequence[Cells], forms: Iterable[Form]) -> tuple[Label, list[str]]:
    head = Head(rows or [[]])
    lacking = [
        (form.title, absent, len(absent) / texts.total())
        for form in forms
        for texts in _wanted(form).values()
        for _, there in head.of(form.reads)
        for absent in [list((texts - there).elements())]
    ]
    title, absent, _ = min(lacking, key=lambda pair: pair[2])
    return title, absent


def positions(form: Form, header_cells: Cells, version: str = "") -> dict[str, int]:
    """Slot to column number (from 0). A header stands once, or is counted: `recognise` has seen to that."""
    texts = [says(cell) for cell in header_cells]
    return {slot: _position(place, texts) for slot, place in form.places(version).items()}


def _position(place: FieldAt, texts: Sequence[str]) -> int:
    if place.column is not None:
        return column_position(place.column)
    return [at for at, text in enumerate(texts) if text == plain(place.header)][(place.nth or 1) - 1]


def versions_of(form: Form, header_cells: Cells) -> tuple[Version, ...]:
    """The versions of a form that stand in a row of headers, each with the columns that no other one has."""
    found = {version: positions(form, header_cells, version) for version in versions_in(form, header_cells)}
    if len(found) == 1:
        return tuple(Version(name, places, (), form.in_thousands(name)) for name, places in found.items())
    return tuple(
        Version(name, places, sorted(set(places.values()) - _columns(found, but=name)), form.in_thousands(name))
        for name, places in found.items()
    )


def _columns(found: Mapping[str, Mapping[str, int]], *, but: str) -> set[int]:
    return {column for name, places in found.items() if name != but for column in places.values()}


def column_letter(position: int) -> str:
    """The letter a spreadsheet shows for a column (0 is A, 26 is AA)."""
    letters = ""
    number = position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_position(letters: str) -> int:
    """The place (from 0) of a column that a spreadsheet shows as these letters (A is 0, AA is 26)."""
    return reduce(lambda number, letter: number * 26 + ord(letter) - ord("A") + 1, letters, 0) - 1
