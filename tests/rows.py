"""What was received, written by hand: files of given forms with rows as records, and the rows as they are read.

A record says what stands in which slot of the form; every other cell is empty. Headers stand in the first row, in the
form's own order, so that the first row of data is row 2.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assets.domain.reading.checks import broken_checks, checks_of
from assets.domain.reading.exports import claimed, in_chains
from assets.domain.reading.forms import Export
from assets.domain.reading.lines import Changes, Line, lines_of
from assets.domain.reading.register import Body, RoundRegister, valid_in
from assets.domain.reading.rows import Bodies, Row, read_rows
from assets.received import Cells, CorrectionLog, InputFile, Received, Register, RoundKey, Sheet
from assets.tables import completed
from schemas.configuration import catalogue
from schemas.configuration.corrections import Correction
from schemas.configuration.forms import Form
from schemas.configuration.programme import Programme
from schemas.configuration.source_card import SourceCard

Record = Mapping[str, Any]

PROGRAMME = catalogue.programme("stadigvarande-boende")
KEY = RoundKey("p", 2023)
FOLDER = "p/2023"
DAY = dt.date(2024, 1, 1)
"""The date of every file that has no other."""

MUCH_LATER = dt.date(2200, 1, 1)
"""The own date of a file in which no day is too late."""


# -- files ----------------------------------------------------------------------------------------------------------
def card(
    reality: str = "synthetic",
    date: dt.date = DAY,
    replaces: str | None = None,
    made: dt.date | None = None,
) -> SourceCard:
    """A card. Args: date: from when its rows are known that have no day of their own; made: the file's own date."""
    return SourceCard.model_validate(
        {"title": "t", "origin": "o", "licence": "l", "sha256": "0" * 64}
        | {"date": made or date, "known_from": date if made else None, "reality": reality, "replaces": replaces}
    )


def file_of_cells(*cells: Cells, name: str = "file.csv", sheet: str | None = None, **of_card: Any) -> InputFile:
    """A file of one sheet as it stands; `of_card`: reality, date, replaces."""
    written = (None, None) if name.endswith(".xlsx") else ("utf-8", ";")
    return InputFile(f"{FOLDER}/{name}", "0" * 64, 1, *written, card(**of_card), [Sheet(sheet, cells)])


def cells_of(form: Form, *records: Record) -> list[Cells]:
    """The header and the rows of a file of one form."""
    headers = form.headers()
    assert not [slot for record in records for slot in record if slot not in headers]
    return [list(headers.values()), *([record.get(slot) for slot in headers] for record in records)]


def file_of(form: Form, *records: Record, **named: Any) -> InputFile:
    """A file of one form; `named`: name, sheet, and what its card says."""
    return file_of_cells(*cells_of(form, *records), **named)


def exports_of(files: Iterable[InputFile], *forms: Form) -> list[Export]:
    """Files as exports of the forms that claim them, with the days between which each holds."""
    return in_chains([claimed(file, forms) for file in files])


def export_of(form: Form, *records: Record, **named: Any) -> Export:
    """One file as an export of its form."""
    [export] = exports_of([file_of(form, *records, **named)], form)
    return export


# -- whom a name may mean ---------------------------------------------------------------------------------------------
def body(code: str, name: str, **known: Any) -> dict[str, Any]:
    """A fictitious municipality, as core_recipient has it."""
    return {
        "recipient_code": code,
        "recipient_name": name,
        "kind": "municipality",
        "county_code": "99",
        "county_name": "Exempellän",
        "valid_from_date": None,
        "valid_to_date": None,
        "provenance": "synthetic",
        **known,
    }


EXAMPLES = [body(f"99{number:02}", f"Exempelkommun {number:02}") for number in range(1, 6)]


def bodies_of(known: Iterable[Record] = EXAMPLES, programme: Programme = PROGRAMME) -> Bodies:
    """What names are held against."""
    every = list(known)
    now = [each for each in every if valid_in(each, KEY.year)]
    others = [Body.of(each) for each in every if each not in now]
    register = RoundRegister(list(map(Body.of, now)), others, programme.recipients, programme.aliases)
    return Bodies(register, {each["recipient_code"]: each["provenance"] for each in now})


# -- what is read -----------------------------------------------------------------------------------------------------
def lines(export: Export, changes: Changes | None = None) -> list[Line]:
    """The rows of data, not yet named."""
    return [line for line in lines_of(export, changes or {}) if line.kind == "data"]


def broken(line: Line, programme: Programme = PROGRAMME) -> list[tuple[str, str | None]]:
    """The rules that a row breaks, each with the letter of its column, in order."""
    found = broken_checks(line, checks_of(line.export, line.version, programme))
    return sorted(((check.rule, check.column(line.version)) for check in found), key=str)


def rows(
    export: Export,
    known: Iterable[Record] = EXAMPLES,
    changes: Changes | None = None,
    programme: Programme = PROGRAMME,
) -> list[Row]:
    """The rows of data as they are read."""
    return [row for row in read_rows(export, changes or {}, bodies_of(known, programme), programme) if row.is_data]


# -- what was received ------------------------------------------------------------------------------------------------
def correction(**said: Any) -> Correction:
    """An entry of a log: `file`, `row` or `key`, `column`, `old` and `new`; applied on the second day if not said."""
    who = {"reason": "Rättat enligt mejl", "by": "A. Chef", "date": DAY + dt.timedelta(1), "status": "applied"}
    return Correction.model_validate({"file": "file.csv", **who, **said})


def log_of(*entries: Correction) -> CorrectionLog:
    """A log, its entries numbered from 1."""
    file = InputFile(f"{FOLDER}/corrections.yaml", "0" * 64, 1, "utf-8", None, card("mixed"), ())
    return CorrectionLog(dict(enumerate(entries, 1)), file)


def received_of(
    *files: InputFile, known: Sequence[dict[str, Any]] = EXAMPLES, log: CorrectionLog | None = None
) -> Received:
    """Everything that was received for a round."""
    return Received(KEY, files, log, Register(known, ()), f"raw/{FOLDER}", today=dt.date(2024, 12, 31))


def programme_of(*forms: Form, late_reports: str = "accept") -> Programme:
    """The sample's programme with one round of these forms, without books."""
    spec = PROGRAMME.rounds[2023].model_copy(
        update={"forms": tuple(form.form for form in forms), "late_reports": late_reports}
    )
    known = PROGRAMME.forms | {form.form: form for form in forms}
    return PROGRAMME.model_copy(update={"rounds": {KEY.year: spec}, "forms": known, "accounting": None})


# -- tables -----------------------------------------------------------------------------------------------------------
def records(table: str, *said: Record, **same: Any) -> list[dict[str, Any]]:
    """Rows of a declared table as records; `same` holds for all of them, and what is not said is None."""
    of_file = {"source_file": f"{FOLDER}/file.csv", "provenance": "synthetic"}
    given = ({"source_row": at, **of_file, **same, **record} for at, record in enumerate(said, 1))
    return completed(table, given, {"programme": KEY.programme, "year": KEY.year})
