"""From a file's rows to a form's slots: which form a file is, and one text column per thing the form asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import narwhals as nw

from assets.domain.frames import Frame, constant, first_of, is_true
from schemas.declared import Label
from schemas.forms import Form, plain
from schemas.rules import Stop
from schemas.vocabulary import BLANK, DATA, HEADER, TITLE, TOTAL

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
class Received:
    """One received file as the domain needs it: its form, in which column (from 0) each slot stands, its date (ISO)."""

    source_file: str
    source_sheet: str | None
    provenance: str
    header_row: int
    form: Form
    positions: Mapping[str, int]
    source_date: str = ""
    is_replaced: bool = False


def claims(rows: Sequence[Row], forms: Iterable[Form]) -> list[Claim]:
    """Every form whose headers all stand in one of the first rows."""
    head = [{plain(cell) for cell in row} for row in rows[:TITLE_BLOCK]]
    found = []
    for form in forms:
        wanted = form.header_texts()
        row = next((number for number, texts in enumerate(head, start=1) if wanted <= texts), None)
        if row is not None:
            found.append(Claim(form, row))
    return found


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
    wanted = claim.form.header_texts()
    if twice := sorted(text for text in wanted if headers.count(text) > 1):
        raise Stop("header_twice", file=file, headers="; ".join(twice))
    for number, row in enumerate(rows[: claim.header_row - 1], start=1):
        if sum(1 for cell in row if plain(cell)) >= len(wanted):
            raise Stop("rows_above_headers", file=file, row=number, header_row=claim.header_row)


def _nearest(rows: Sequence[Row], forms: Iterable[Form]) -> tuple[Label, list[str]]:
    head = [{plain(cell) for cell in row} for row in rows[:TITLE_BLOCK]] or [set()]
    lacking = [
        (form.title, absent, len(absent) / len(form.headers()))
        for form in forms
        for texts in head
        for absent in [[text for text in map(plain, form.headers().values()) if text not in texts]]
    ]
    title, absent, _ = min(lacking, key=lambda pair: pair[2])
    return title, absent


def positions(form: Form, header_cells: Row) -> dict[str, int]:
    """Slot to column number (from 0). A header stands once: `recognise` has seen to that."""
    texts = [plain(cell) for cell in header_cells]
    return {slot: texts.index(plain(header)) for slot, header in form.headers().items()}


def column_letter(position: int) -> str:
    """The letter a spreadsheet shows for a column (0 is A, 26 is AA)."""
    letters = ""
    number = position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def text_rows(raw_rows: Frame, received: Received) -> Frame:
    """The file's rows with `source_row`, `row_kind` and one cleaned text column per slot (null where blank).

    Args: raw_rows as table raw_row, of any number of files.
    """
    slots = [_cleaned(nw.col("cells").list.get(at)).alias(slot) for slot, at in received.positions.items()]
    mine = raw_rows.filter(nw.col("source_file") == received.source_file)
    rows = mine.select("source_file", "source_sheet", "source_row", "filled_count", "beyond_count", *slots)
    return rows.with_columns(row_kind=_row_kind(received))


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
