"""Files as they arrive, for the rules about rows and cells. What a sender wrote is claimed, named and judged for real.

    decision_list("Exempelkommun 01 | 94 500")            who, granted, decided, report due
    usage_reports("Exempelkommun 01 | 2024-01-30 | Inlämnad | 0")      who, when, status, unused
    answers(funds_use="Hela bidraget")                    what one respondent filled in
    arrived(decision_list(...), usage_reports(...), as_of="2024-06-30")     all of it, and what is found in it

Behind `||` stands what somebody wrote to the right of the last header.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import narwhals as nw

from assets import conform, ingest
from assets.domain.forms import Claim, Received, own_columns, positions
from assets.domain.frames import Frame
from assets.frames import frame_of, records_of
from assets.ports import InputFile, RoundKey, Sheet
from assets.received import received_files
from schemas.configuration.forms import Form
from schemas.configuration.programme import Programme
from schemas.configuration.source_card import SourceCard
from schemas.tables import TABLES, project
from tests.frames import Record, raw_rows, received, rows_below, table
from tests.spec.language import FORMER, PROGRAMME, REGISTER

Found = list[dict[str, Any]]
"""Findings, as records."""

Row = Sequence[str | None]


@dataclasses.dataclass(frozen=True)
class File:
    """One export: its form, its cells below the headers, and what is said of it."""

    form: str
    rows: tuple[Row, ...]
    year: int = 2022
    reality: str = "synthetic"
    is_replaced: bool = False
    other_sheets: tuple[Sheet, ...] = ()

    def headers(self) -> Row:
        return list(PROGRAMME.forms[self.form].headers().values())


def _line(form: str, slots: Sequence[str], line: str) -> Row:
    said, _, beyond = line.partition("||")
    cells = dict(zip(slots, (part.strip() or None for part in said.split("|")), strict=False))
    row = [cells.get(slot) for slot in PROGRAMME.forms[form].headers()]
    return [*row, beyond.strip()] if beyond else row


def decision_list(*lines: str, total: str | None = None, **said: Any) -> File:
    """A list of decisions: who, granted, decided, report due; and the total below, if there is one."""
    slots = ("recipient_name", "granted_sek", "decided_date", "report_due_date")
    lines = (*lines, f"Summa | {total}") if total else lines
    return File("decisions", tuple(_line("decisions", slots, line) for line in lines), **said)


def applications(*lines: str) -> File:
    """A list of applications: who, outcome."""
    return File("applications", tuple(_line("applications", ("recipient_name", "outcome"), line) for line in lines))


def usage_reports(*lines: str) -> File:
    """Reports with a status: who, when, status, unused."""
    slots = ("recipient_name", "submitted_at", "submission_status", "unused_sek")
    form = "usage_report_2022"
    return File(form, tuple(_line(form, slots, line) for line in lines))


def answers(respondent: str | None = "R1", beyond: str | None = None, **said: str) -> File:
    """A survey with one respondent. A question of several columns is said as `question_option`."""
    headers = PROGRAMME.forms["survey_2023"].headers()
    written = {"respondent_id": respondent, **{slot: said.get(slot.replace(".", "_")) for slot in list(headers)[1:]}}
    row = [*written.values(), beyond] if beyond else list(written.values())
    return File("survey_2023", (row,), year=2023)


def arrived(*files: File, as_of: str = "2024-06-30", late: str = "accept") -> Callable[[], Found]:
    """What is found in a round that consists of these files."""
    return partial(_found, files, as_of, late)


def _found(files: Sequence[File], as_of: str, late: str) -> Found:
    claimed = [(file, *_claimed(file, number)) for number, file in enumerate(files, 1)]
    raw_file = frame_of(
        (ingest._file_record(*each, is_replaced=file.is_replaced) for file, *each in claimed),
        project.arrow_schema(TABLES["raw_file"]),
    )
    raw_row = frame_of(
        (row for _, *each in claimed for row in ingest._row_records(*each)), project.arrow_schema(TABLES["raw_row"])
    )
    rounds = table("core_round", {"as_of_date": dt.date.fromisoformat(as_of), "late_reports": late})
    named = [_named(raw_row, file) for file in received_files(raw_file, table("raw_correction"))]
    return records_of(conform.raw_findings(conform.judge(named, PROGRAMME, rounds), conform.unread(raw_file)))


def _named(raw_row: Frame, file: Received, programme: Programme = PROGRAMME) -> tuple[Frame, Received]:
    return conform.name_rows(raw_row, file, REGISTER, programme, [FORMER]), file


def _claimed(file: File, number: int) -> tuple[RoundKey, InputFile, Sheet, Claim]:
    """The file as the inbox would hand it over, and the form that claims it."""
    key = RoundKey(PROGRAMME.programme, file.year)
    path = f"{key.programme}/{key.year}/{number}-{file.form}.xlsx"
    card = SourceCard.model_validate(
        {"title": "t", "origin": "o", "licence": "l", "sha256": "0", "date": dt.date(2023, 6, 1)}
        | {"reality": file.reality}
    )
    sheets = (Sheet("Export", _even([file.headers(), *file.rows])), *file.other_sheets)
    return key, *ingest.claim_file(key, InputFile(path, "0", 1, None, None, card, sheets))


def _even(rows: Sequence[Row]) -> list[Row]:
    width = max(map(len, rows))
    return [[*row, *[None] * (width - len(row))] for row in rows]


def row_of_form(
    form: Form, *above: Record, beyond: int = 0, to: str = "municipality", **cells: str
) -> Callable[[], Found]:
    """What is found in one row of a form that the programme does not have, but may have one day.

    Args: above: sound rows above it. beyond: cells to the right of the last header. to: whom the grant is for.
    """
    programme = PROGRAMME.model_copy(update={"recipients": (to,)})
    return partial(_in_rows, received(form), (*above, cells), beyond, programme)


def _in_rows(file: Received, cells: Sequence[Record], beyond: int, programme: Programme) -> Found:
    rows = raw_rows(file, *cells).with_columns(beyond_count=nw.lit(beyond))
    return _found_in([_named(rows, file, programme)], programme)


def row_of_versions(form: Form, **cells: str) -> Callable[[], Found]:
    """What is found in one row of an export that has the columns of every version of a form, side by side."""
    return partial(_in_versions, form, cells)


def _in_versions(form: Form, cells: dict[str, str]) -> Found:
    """Args: cells by header."""
    headers = list(dict.fromkeys(header for version in form.versions for header in form.headers(version).values()))
    own = own_columns(form, headers)
    base = dataclasses.replace(received(form), own_columns=own)
    raw = rows_below(base, headers, [cells.get(header) for header in headers])
    parts = [dataclasses.replace(base, version=version, positions=positions(form, headers, version)) for version in own]
    return _found_in([_named(raw, part) for part in parts], PROGRAMME)


def _found_in(named: list[tuple[Frame, Received]], programme: Programme) -> Found:
    rounds = table("core_round", {"as_of_date": dt.date(2024, 6, 30), "late_reports": "accept"})
    judged = conform.judge(named, programme, rounds)
    return records_of(conform.raw_findings(judged, conform.unread(table("raw_file"))))
