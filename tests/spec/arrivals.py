"""Files as they arrive, for the rules about rows and cells. What a sender wrote is claimed, named and judged for real.

    decision_list("Exempelkommun 01 | 94 500")            who, granted, decided, report due
    usage_reports("Exempelkommun 01 | 2024-01-30 | Inlämnad | 0")      who, when, status, unused
    answers(funds_use="Hela bidraget")                    what one respondent filled in
    arrived(decision_list(...), usage_reports(...), as_of="2024-06-30")     all of it, and what is found in it

Behind `||` stands what somebody wrote to the right of the last header.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from assets.received import InputFile, Sheet
from schemas.configuration.declared import Label
from schemas.configuration.forms import Form
from tests.rows import Record, file_of_cells
from tests.spec import rounds
from tests.spec.language import BODIES, PROGRAMME

Found = list[dict[str, Any]]
"""Findings, as records."""

Row = Sequence[str | None]
AS_OF = "2024-06-30"
ARRIVED, MADE, OF_ONE_ROW = dt.date(2023, 6, 1), dt.date(2024, 6, 30), dt.date(2024, 1, 1)
"""From when a file's rows are known, the date of the file, and that of one that has one row of an odd form."""


@dataclass(frozen=True)
class File:
    """One export: its form, its cells below the headers, and what is said of it.

    `replaces`: which of the files beside it, from 1, this one comes in the place of.
    """

    form: Form
    rows: tuple[Row, ...]
    reality: str = "synthetic"
    replaces: int | None = None
    others: tuple[Sheet, ...] = ()
    marks: Mapping[str, Any] = field(default_factory=dict)
    """What the file says of its cells, beside what they hold: fields of Sheet."""

    def received(self, number: int) -> InputFile:
        """The file as a reader hands it over."""
        cells = rounds.even([list(self.form.headers().values()), *self.rows])
        replaced = f"{self.replaces}-{self.form.form}.xlsx" if self.replaces else None
        said = {"date": ARRIVED, "made": MADE, "reality": self.reality, "replaces": replaced}
        file = file_of_cells(*cells, name=f"{number}-{self.form.form}.xlsx", **said)
        [sheet] = file.sheets
        return replace(file, sheets=(replace(sheet, **self.marks), *self.others))


def _line(form: Form, slots: Sequence[str], line: str) -> Row:
    said, _, beyond = line.partition("||")
    cells = dict(zip(slots, (part.strip() or None for part in said.split("|")), strict=False))
    row = [cells.get(slot) for slot in form.headers()]
    return [*row, beyond.strip()] if beyond else row


def _file(form: str, slots: Sequence[str], lines: Sequence[str], **said: Any) -> File:
    declared = PROGRAMME.forms[form]
    return File(declared, tuple(_line(declared, slots, line) for line in lines), **said)


def decision_list(*lines: str, total: str | None = None, form: Form | None = None, **said: Any) -> File:
    """A list of decisions: who, granted, decided, report due, case number; and the total below, if there is one.

    Args: form: its form, if it is not the programme's.
    """
    below = [] if total is None else [f"Summa | {total}"]
    slots = ("recipient_name", "granted_sek", "decided_date", "report_due_date", "case_number")
    made = _file("decisions", slots, [*lines, *below], **said)
    return replace(made, form=form) if form else made


def column_of(slot: str) -> int:
    """In which column (from 0) of a list of decisions a field stands."""
    return list(PROGRAMME.forms["decisions"].headers()).index(slot)


def decisions_of(form: Form, *lines: str, **said: Any) -> File:
    """A list of decisions of a form like the programme's: who, granted."""
    return File(form, tuple(_line(form, ("recipient_name", "granted_sek"), line) for line in lines), **said)


def applications(*lines: str) -> File:
    """A list of applications: who, outcome."""
    return _file("applications", ("recipient_name", "outcome"), lines)


def usage_reports(*lines: str) -> File:
    """Reports with a status: who, when, status, unused, case number."""
    slots = ("recipient_name", "submitted_at", "submission_status", "unused_sek", "case_number")
    return _file("usage_report_2022", slots, lines)


def bookings(*lines: str) -> File:
    """An extract of the books: counterparty, account, case number, day, amount."""
    return _file("bookings", ("recipient_name", "account_no", "case_number", "booked_date", "amount_sek"), lines)


def answers(respondent: str | None = "R1", beyond: str | None = None, **said: str) -> File:
    """A survey with one respondent. A question of several columns is said as `question_option`."""
    form = PROGRAMME.forms["survey_2023"]
    slots = list(form.headers())[1:]
    written = [respondent, *(said.get(slot.replace(".", "_")) for slot in slots)]
    return File(form, ([*written, beyond] if beyond else written,))


def arrived(*files: File, as_of: str = AS_OF, late: str = "accept") -> Callable[[], Found]:
    """What is found in a round that consists of these files."""
    received = [each.received(number) for number, each in enumerate(files, 1)]
    return partial(_found, received, [each.form for each in files], as_of, late_reports=late)


def _found(files: Sequence[InputFile], forms: Sequence[Form], as_of: str, **more: Any) -> Found:
    programme = rounds.programme_of(PROGRAMME, *{form.form: form for form in forms}.values(), **more)
    return rounds.found_in_rows(rounds.received(files, BODIES), programme, dt.date.fromisoformat(as_of))


def row_of_form(
    form: Form, *above: Record, beyond: int = 0, to: str = "municipality", **cells: Any
) -> Callable[[], Found]:
    """What is found in one row of a form that the programme does not have, but may have one day.

    Args: above: sound rows above it. beyond: cells to the right of the last header. to: whom the grant is for.
    """
    cells_of_sheet = rounds.sheet_of(form, [*above, cells], beyond=["5"] * beyond)
    file = file_of_cells(*cells_of_sheet, date=OF_ONE_ROW)
    return partial(_found, [file], [form], AS_OF, recipients=(to,))


def row_of_versions(form: Form, **cells: str) -> Callable[[], Found]:
    """What is found in one row of an export that has the columns of every version of a form, side by side.

    Args: cells by header.
    """
    headers = list(dict.fromkeys(header for version in form.versions for header in form.headers(version).values()))
    file = file_of_cells(headers, [cells.get(header) for header in headers], date=OF_ONE_ROW)
    return partial(_found, [file], [form], AS_OF)


AMOUNTS_ONLY = Form(
    form="amounts_only",
    title=Label(sv="Belopp", en="Amounts"),
    fills="core_decision",
    identity="recipient",
    fields={"recipient_name": "Mottagare", "granted_sek": "Belopp"},
)


def cells(*rows: Row, continued: Sequence[tuple[int, int]] = ()) -> Callable[[], Found]:
    """What is found in the cells of a text file of decisions. Args: continued: rows that go on over further lines."""
    file = file_of_cells(*rows, date=OF_ONE_ROW)
    file = replace(file, sheets=[replace(file.sheets[0], continued=continued)])
    return partial(_found, [file], [AMOUNTS_ONLY], AS_OF)
