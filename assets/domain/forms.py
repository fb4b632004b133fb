"""From a file's rows to a form's slots: which form a file is, and one text column per thing the form asks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import add

import narwhals as nw

from assets.domain.frames import Frame, constant, counted, first_of, is_true, nothing
from schemas.configuration.declared import Label
from schemas.configuration.forms import Form, plain
from schemas.rules.rule import Stop
from schemas.words.vocabulary import BLANK, DATA, HEADER, TITLE, TOTAL

TITLE_BLOCK = 30
"""How far down a header row may stand. A title block above it is a few rows in every export seen."""

EDGES = "^[\\s\u00a0\ufeff]+|[\\s\u00a0\ufeff]+$"

Row = Sequence[str | None]


@dataclass(frozen=True)
class Claim:
    """A form that recognises a sheet, and the row (from 1) its headers stand in."""

    form: Form
    header_row: int


@dataclass(frozen=True)
class Change:
    """A cell (row from 1, column from 0) that is read as another text than was received."""

    row: int
    column: int
    old: str | None
    new: str | None

    @property
    def filled(self) -> int:
        """How many more cells of the row hold anything."""
        return bool(plain(self.new)) - bool(plain(self.old))


@dataclass(frozen=True)
class Received:
    """One received file as the domain needs it: its form, and in which column (from 0) each slot stands.

    `known_date` is the day (ISO) from which rows count as known that have no date of their own.
    A file that holds several versions of its form is as many of these: each has the rows of one version. `own_columns`
    are then those that only one version has, by version.
    """

    source_file: str
    source_sheet: str | None
    provenance: str
    header_row: int
    form: Form
    positions: Mapping[str, int]
    known_date: str = ""
    is_replaced: bool = False
    version: str = ""
    own_columns: Mapping[str, Sequence[int]] = field(default_factory=dict)
    changes: Sequence[Change] = ()
    """The corrections that are in effect: at most one per cell."""


def claims(rows: Sequence[Row], forms: Iterable[Form]) -> list[Claim]:
    """Every form one of whose versions has all its headers in one of the first rows."""
    head = [[plain(cell) for cell in row] for row in rows[:TITLE_BLOCK]]
    found = []
    for form in forms:
        row = next((number for number, texts in enumerate(head, start=1) if versions_in(form, texts)), None)
        if row is not None:
            found.append(Claim(form, row))
    return found


def versions_in(form: Form, header_cells: Row) -> list[str]:
    """The versions of a form that all stand in a row of headers; a form without versions has one, called ""."""
    there = {plain(cell) for cell in header_cells}
    whole = [version for version in form.versions or [""] if form.header_texts(version) <= there]
    return [one for one in whole if not any(form.header_texts(one) < form.header_texts(other) for other in whole)]


def recognise(file: str, rows: Sequence[Row], forms: Iterable[Form]) -> Claim:
    """The one form that claims the sheet. Raises: Stop if none or several do, naming the nearest or all."""
    forms = list(forms)
    found = claims(rows, forms)
    if len(found) > 1:
        raise Stop("form_ambiguous", file=file, forms=", ".join(claim.form.title.sv for claim in found))
    if not found:
        form, missing = _nearest(rows, forms)
        raise Stop("form_unknown", file=file, form=form, missing="; ".join(missing))
    _refuse_doubt(file, rows, found[0])
    return found[0]


def _refuse_doubt(file: str, rows: Sequence[Row], claim: Claim) -> None:
    """Stop where a header stands twice, or a row above the headers is as full as data: neither can be told apart."""
    headers = [plain(cell) for cell in rows[claim.header_row - 1]]
    wanted = set().union(*(claim.form.header_texts(version) for version in versions_in(claim.form, headers)))
    if twice := sorted(text for text in wanted if headers.count(text) > 1):
        raise Stop("header_twice", file=file, headers="; ".join(twice))
    for number, row in enumerate(rows[: claim.header_row - 1], start=1):
        if sum(1 for cell in row if plain(cell)) >= len(wanted):
            raise Stop("rows_above_headers", file=file, row=number, header_row=claim.header_row)


def _nearest(rows: Sequence[Row], forms: Iterable[Form]) -> tuple[Label, list[str]]:
    head = [{plain(cell) for cell in row} for row in rows[:TITLE_BLOCK]] or [set()]
    lacking = [
        (form.title, absent, len(absent) / len(headers))
        for form in forms
        for version in form.versions or [""]
        for headers in [[plain(text) for text in form.headers(version).values()]]
        for texts in head
        for absent in [[text for text in headers if text not in texts]]
    ]
    title, absent, _ = min(lacking, key=lambda pair: pair[2])
    return title, absent


def positions(form: Form, header_cells: Row, version: str = "") -> dict[str, int]:
    """Slot to column number (from 0). A header stands once: `recognise` has seen to that."""
    texts = [plain(cell) for cell in header_cells]
    return {slot: texts.index(plain(header)) for slot, header in form.headers(version).items()}


def own_columns(form: Form, header_cells: Row) -> dict[str, list[int]]:
    """By version, the columns that no other version in the row of headers has; nothing if there is one version."""
    found = {
        version: set(positions(form, header_cells, version).values()) for version in versions_in(form, header_cells)
    }
    if len(found) == 1:
        return {}
    return {
        version: sorted(mine - set().union(*(theirs for other, theirs in found.items() if other != version)))
        for version, mine in found.items()
    }


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


def text_rows(raw_rows: Frame, received: Received) -> Frame:
    """The file's corrected rows: `source_row`, `row_kind` and one cleaned text column per slot.

    A slot is null where its cell is blank, and everywhere if the version of the form does not ask.
    Args: raw_rows as table raw_row, of any number of files.
    Of a file with several versions of its form these are the rows of one version.
    Returns: also `corrected_count`, how many cells of the row are read as another text than was received, and
    `version_count`, columns of how many versions it fills.
    """
    slots = {slot: _cell(received, at) for slot, at in received.positions.items()}
    absent = {slot: nothing("source_file") for slot in received.form.headers() if slot not in received.positions}
    mine = _of_version(raw_rows.filter(nw.col("source_file") == received.source_file), received)
    counts = {
        "filled_count": nw.col("filled_count") + _per_row((each.row, each.filled) for each in received.changes),
        "corrected_count": _per_row((each.row, 1) for each in received.changes),
    }
    kept = ("source_file", "source_sheet", "source_row", "beyond_count", "version_count")
    rows = mine.select(*kept, **slots, **absent, **counts)
    return rows.with_columns(row_kind=_row_kind(received))


def _of_version(rows: Frame, received: Received) -> Frame:
    """The rows that fill columns that only this version has; one that fills those of several, or none, goes to one."""
    if not received.own_columns:
        return rows.with_columns(version_count=constant(1, "source_row"))
    fills = {
        version: nw.any_horizontal(*(~_cell(received, at).is_null() for at in columns), ignore_nulls=True)
        for version, columns in received.own_columns.items()
        if columns
    }
    *_, last = received.own_columns
    cases = [(is_filled, name) for name, is_filled in fills.items()]
    rows = rows.with_columns(
        version=first_of(cases, otherwise=constant(last, "source_file")),
        version_count=reduce(add, map(counted, fills.values())),
    )
    return rows.filter(nw.col("version") == received.version)


def _cell(received: Received, column: int) -> nw.Expr:
    return _cleaned(_corrected(column, received.changes))


def _corrected(column: int, changes: Sequence[Change]) -> nw.Expr:
    """The texts of one column. Side by side, not one within the other: a hundred corrections are no deeper than one."""
    text, row = nw.col("cells").list.get(column), nw.col("source_row")
    mine = {each.row: each.new for each in changes if each.column == column}
    if not mine:
        return text
    new = [nw.when(row == number).then(nw.lit(each)) for number, each in mine.items() if each is not None]
    return nw.when(~row.is_in(list(mine))).then(text).otherwise(nw.coalesce(*new, nothing("source_file")))


def _per_row(numbers: Iterable[tuple[int, int]]) -> nw.Expr:
    """The sum of what is said of each row (from 1); 0 of all others."""
    sums: Counter[int] = Counter()
    for row, number in numbers:
        sums[row] += number
    alike = {total: [row for row, each in sums.items() if each == total] for total in set(sums.values())}
    of_rows = (counted(nw.col("source_row").is_in(rows)) * total for total, rows in sorted(alike.items()))
    return reduce(add, of_rows, constant(0, "source_row"))


def _cleaned(text: nw.Expr) -> nw.Expr:
    trimmed = text.str.replace_all(EDGES, "")
    return nw.when(is_true(trimmed != "")).then(trimmed)


def _row_kind(received: Received) -> nw.Expr:
    row = nw.col("source_row")
    kinds = [
        (row < received.header_row, TITLE),
        (row == received.header_row, HEADER),
        (nw.col("filled_count") == 0, BLANK),
    ]
    if mark := received.form.total_row:
        kinds.append((nw.col(mark.field) == mark.text, TOTAL))
    return first_of(kinds, otherwise=constant(DATA, "source_file"))
