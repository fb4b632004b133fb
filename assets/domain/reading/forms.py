"""Which form a received sheet is, and in which column each thing that the form asks stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from assets.received import Cells, InputFile, Sheet
from schemas.configuration.declared import Label
from schemas.configuration.forms import Form, plain
from schemas.rules.rule import Stop

TITLE_BLOCK = 30
"""How far down a header row may stand. A title block above it is a few rows in every export seen."""

EDGES = "\u00a0\ufeff"


@dataclass(frozen=True)
class Claim:
    """A form that recognises a sheet, and the row (from 1) its headers stand in."""

    form: Form
    header_row: int


@dataclass(frozen=True)
class Version:
    """One version of a form in a sheet: where each slot stands (columns from 0), and which columns only it has."""

    name: str
    positions: Mapping[str, int]
    own_columns: Sequence[int] = ()


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

    @property
    def path(self) -> str:
        """The file's path below the raw folder."""
        return self.file.path

    @property
    def headers(self) -> Cells:
        """The cells of the header row."""
        return self.sheet.rows[self.header_row - 1]

    @property
    def is_report(self) -> bool:
        """Whether its rows are usage reports, which have deadlines."""
        return self.form.fills == "core_usage_report"

    @property
    def competition(self) -> str:
        """What its rows compete for with those of other files: the same table, or else the same form."""
        return self.form.fills or self.form.form

    def is_replaced(self, day: dt.date) -> bool:
        """Whether another file has come in its place by a day."""
        return self.end is not None and self.end <= day

    def holds(self, day: dt.date) -> bool:
        """Whether the file holds on a day: it has come, and nothing has come in its place."""
        return (self.start is None or self.start <= day) and not self.is_replaced(day)


def text_of(cell: object) -> str | None:
    """What a cell says, without stray spaces around it; None where it says nothing."""
    if cell is None:
        return None
    return str(cell).strip().strip(EDGES).strip() or None


def says(cell: object) -> str:
    """A cell as it is compared with a header, or with what a log says of it."""
    return plain(None if cell is None else str(cell))


def claims(rows: Sequence[Cells], forms: Iterable[Form]) -> list[Claim]:
    """Every form one of whose versions has all its headers in one of the first rows."""
    head = [{says(cell) for cell in row} for row in rows[:TITLE_BLOCK]]
    found = []
    for form in forms:
        wanted = _wanted(form)
        row = next((number for number, there in enumerate(head, start=1) if _whole(wanted, there)), None)
        if row is not None:
            found.append(Claim(form, row))
    return found


def _wanted(form: Form) -> dict[str, set[str]]:
    """The headers of each version of a form; a form without versions has one, called ""."""
    return {version: form.header_texts(version) for version in form.versions or [""]}


def _whole(wanted: Mapping[str, set[str]], there: set[str]) -> list[str]:
    """The versions all of whose headers are there, but for those that are a part of others of them."""
    whole = [version for version, texts in wanted.items() if texts <= there]
    return [one for one in whole if not any(wanted[one] < wanted[other] for other in whole)]


def versions_in(form: Form, header_cells: Cells) -> list[str]:
    """The versions of a form that all stand in a row of headers; a form without versions has one, called ""."""
    return _whole(_wanted(form), {says(cell) for cell in header_cells})


def recognise(file: str, rows: Sequence[Cells], forms: Iterable[Form]) -> Claim:
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


def _refuse_doubt(file: str, rows: Sequence[Cells], claim: Claim) -> None:
    """Stop where a header stands twice, or a row above the headers is as full as data: neither can be told apart."""
    headers = [says(cell) for cell in rows[claim.header_row - 1]]
    wanted = set().union(*(claim.form.header_texts(version) for version in versions_in(claim.form, headers)))
    if twice := sorted(text for text in wanted if headers.count(text) > 1):
        raise Stop("header_twice", file=file, headers="; ".join(twice))
    for number, row in enumerate(rows[: claim.header_row - 1], start=1):
        if sum(1 for cell in row if says(cell)) >= len(wanted):
            raise Stop("rows_above_headers", file=file, row=number, header_row=claim.header_row)


def _nearest(rows: Sequence[Cells], forms: Iterable[Form]) -> tuple[Label, list[str]]:
    head = [{says(cell) for cell in row} for row in rows[:TITLE_BLOCK]] or [set()]
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


def positions(form: Form, header_cells: Cells, version: str = "") -> dict[str, int]:
    """Slot to column number (from 0). A header stands once: `recognise` has seen to that."""
    texts = [says(cell) for cell in header_cells]
    return {slot: texts.index(plain(header)) for slot, header in form.headers(version).items()}


def versions_of(form: Form, header_cells: Cells) -> tuple[Version, ...]:
    """The versions of a form that stand in a row of headers, each with the columns that no other one has."""
    found = {version: positions(form, header_cells, version) for version in versions_in(form, header_cells)}
    if len(found) == 1:
        return tuple(Version(name, places) for name, places in found.items())
    return tuple(
        Version(name, places, sorted(set(places.values()) - _columns(found, but=name)))
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
