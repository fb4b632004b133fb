"""All that is known of one recipient in a round, gathered from its tables: what its own page says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from assets.domain.causes import Address, address
from pipelines.reports.validation.books import AGREED
from pipelines.reports.validation.content import RoundReport, Row, rows_of, short
from schemas.words.vocabulary import DATA

READ = (
    "core_application",
    "core_decision",
    "core_usage_report",
    "core_event",
    "core_row",
    "core_book_match",
    "out_receivable",
)
"""Tables that a recipient's page has besides what the round's report has collected."""

ANSWERS = "core_answer"


@dataclass(frozen=True)
class Recipient:
    """One recipient's part of a round, as rows of its tables. Without a code: the rows that name nobody known."""

    code: str | None
    name: str | None
    applications: Sequence[Row]
    decisions: Sequence[Row]
    reports: Sequence[Row]
    accounts: Sequence[Row]
    tasks: Sequence[Row]
    missing: Sequence[Row]
    cases: Sequence[Row]
    recoveries: Sequence[Row]
    events: Sequence[Row]
    findings: Sequence[Row]
    corrections: Sequence[Row]
    late: Sequence[Row]
    unplaced: Sequence[Row]
    bookings: Sequence[Row]
    receivables: Sequence[Row]
    answers: Sequence[Row]
    """Of each question that was answered or left blank: the options that were chosen, or their amounts."""

    rows: Sequence[Row]


def recipients(report: RoundReport, tables: Mapping[str, pa.Table], key: tuple[str, int]) -> Iterator[Recipient]:
    """Everybody that the round has anything of, and last the rows that name nobody known, if there are any."""
    rows = {name: _by_code(rows_of(tables[name], *key)) for name in READ}
    stood = {address(row): row["stood"] for row in report.left_out}
    sheets = {each["source_file"]: each["source_sheet"] for each in report.files}
    answers = _answers(tables[ANSWERS], key)
    told = {
        "accounts": report.money,
        "tasks": report.tasks,
        "missing": report.not_reported,
        "cases": report.cases,
        "recoveries": report.recoveries,
        "findings": [each for group in report.groups for each in group.findings],
        "corrections": report.corrections,
        "late": report.late,
        "unplaced": report.unplaced,
    }
    mine = {name: _by_code(each) for name, each in told.items()}
    for code, name in [*report.people.items(), (None, None)]:
        found = {each: of.get(code, []) for each, of in mine.items()}
        received = [_received(row, sheets, stood) for row in rows["core_row"].get(code, []) if row["row_kind"] == DATA]
        if code is None and not received:
            return
        yield Recipient(
            code=code,
            name=name,
            applications=_placed(rows["core_application"].get(code, [])),
            decisions=_placed(rows["core_decision"].get(code, [])),
            reports=_placed(rows["core_usage_report"].get(code, [])),
            events=sorted(_placed(rows["core_event"].get(code, [])), key=_by_day),
            bookings=_bookings(rows["core_book_match"].get(code, [])),
            receivables=sorted(rows["out_receivable"].get(code, []), key=lambda row: row["year_end_date"]),
            answers=answers.get(code or "", []),
            rows=received,
            **found,
        )


def _by_code(rows: Iterable[Row]) -> dict[str | None, list[Row]]:
    found: dict[str | None, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["recipient_code"]].append(row)
    return found


def _placed(rows: Iterable[Row]) -> list[Row]:
    return [row | {"file": short(row["source_file"])} for row in rows]


def _received(row: Row, sheets: Mapping[str, str | None], stood: Mapping[Address, Sequence[tuple[str, str]]]) -> Row:
    told = {"file": short(row["source_file"]), "source_sheet": sheets.get(row["source_file"])}
    return row | told | {"stood": stood.get(address(row), ())}


def _by_day(event: Row) -> tuple[Any, ...]:
    """In order of day; an event without one stands where it became known."""
    return str(event["event_date"] or event["recorded_date"] or ""), event["source_file"], event["source_row"]


def _bookings(matches: Iterable[Row]) -> list[Row]:
    """What differs first, then by day."""

    def key(row: Row) -> tuple[Any, ...]:
        return row["result"] in AGREED, str(row["booked_date"] or row["ledger_date"] or ""), row["match_id"]

    return sorted(_placed(matches), key=key)


def _answers(table: pa.Table, key: tuple[str, int]) -> dict[str, list[Row]]:
    """By recipient: each question with what was chosen, in the order of the form."""
    programme, year = key
    told = table.filter(pc.is_valid(table["recipient_code"]))
    asked: dict[str, dict[tuple[str, str, str], list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows_of(told, programme, year):
        asked[row["recipient_code"]][row["form"], row["respondent_id"], row["question"]].append(row)
    return {
        code: [_answer(question, rows) for question, rows in questions.items()] for code, questions in asked.items()
    }


def _answer(of: tuple[str, str, str], rows: Sequence[Row]) -> Row:
    """One question of one respondent. The rows of one question have one status."""
    form, respondent, question = of
    chosen = [row for row in rows if row["selected"] or row["amount_sek"] is not None]
    return {
        "form": form,
        "respondent_id": respondent,
        "question": question,
        "status": rows[0]["status"],
        "chosen": chosen,
        "file": short(rows[0]["source_file"]),
        "source_row": rows[0]["source_row"],
        "provenance": rows[0]["provenance"],
    }
