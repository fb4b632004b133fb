"""The words for what is placed and what is not: a round of decisions, reports, events and bookings, and its letters.

    told = placed(decisions(...), reports(...), events(...), bookings("Exempelkommun 01 | EX 1 | utbetalning | 5"))
    told["core_unplaced"], to_do(told), letters(told), cash(told)

A correction is said by the row of the file that it is in: `corrected(EVENTS, 2, case_number=(None, "EX 1"))`.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from pipelines.inquiries import drafts
from schemas.configuration.corrections import Correction
from schemas.configuration.forms import Form
from tests.rows import Record, correction
from tests.spec import rounds
from tests.spec.books_language import ACCOUNTING, ACCOUNTS, BOOKINGS, amount
from tests.spec.language import BODIES, DECISIONS, EVENTS, PROGRAMME, REPORTS, Rows
from tests.spec.rounds import Records

AS_OF = "2024-06-30"
Told = dict[str, Records]


def bookings(*lines: str) -> Rows:
    """Bookings. A line: counterparty, if one is named | case number | event | amount as the ledger has it."""
    return [_booking(line) for line in lines]


def _booking(line: str) -> Record:
    who, case, event, sum_ = (part.strip() or None for part in line.split("|"))
    account, sign = ACCOUNTS[str(event)]
    said = {"recipient_name": who, "case_number": case, "account_no": account, "booked_date": "2024-02-20"}
    return {**said, "amount_sek": str(sign * amount(str(sum_)))}


def stating(rows: Rows, case: str | None) -> Rows:
    """The same rows, each with this case number."""
    return [{**row, "case_number": case} for row in rows]


def corrected(form: Form, row: int, day: str, **cells: tuple[str | None, Any]) -> list[Correction]:
    """Corrections of one row, known from a day on: what stood in a field, and what is read; parts divide an amount."""
    file, on = f"{form.form}.csv", dt.date.fromisoformat(day)
    said = {"file": file, "row": row, "date": on}
    return [
        correction(
            **said,
            column=form.headers()[field],
            old=old,
            **_read_instead(new),
        )
        for field, (old, new) in cells.items()
    ]


def _read_instead(new: Any) -> dict[str, Any]:
    if isinstance(new, list):
        return {"split": [{"case_number": case, "amount_sek": sek} for case, sek in new]}
    return {"new": new}


def placed(  # noqa: PLR0913 - one argument per file
    granted: Rows,
    reported: Rows = (),
    told: Rows = (),
    booked: Rows = (),
    *,
    as_of: str = AS_OF,
    corrections: Sequence[Correction] = (),
    same_case: str | None = None,
    numbered: bool = False,
    bodies: Sequence[dict[str, Any]] = BODIES,
) -> Told:
    """Every table of the round that these rows make up, as it stood on a day.

    Args: same_case: what the list of decisions declares. numbered: whether it has a column with the decision's number.
    """
    fields = {**DECISIONS.fields, **({"submission_id": "Beslutsnummer"} if numbered else {})}
    form = DECISIONS.model_copy(update={"same_case": same_case, "fields": fields})
    forms = (form, REPORTS, EVENTS, BOOKINGS)
    programme = rounds.programme_of(PROGRAMME, *forms, accounting=ACCOUNTING)
    files = [rounds.file(each, *rows) for each, rows in zip(forms, (granted, reported, told, booked), strict=True)]
    received = rounds.received(files, bodies, corrections)
    return rounds.tables_of(received, programme, dt.date.fromisoformat(as_of))


# -- what is asked of it ----------------------------------------------------------------------------------------------
def by_grant(told: Told, table: str, column: str) -> dict[str, Any]:
    """One column of a table by grant."""
    return {row["grant_id"]: row[column] for row in told[table]}


def to_do(told: Told) -> dict[str, str]:
    """What there is to do first, by grant."""
    rows = sorted(told["core_todo"], key=lambda row: row["todo_no"], reverse=True)
    return {row["grant_id"]: row["todo"] for row in rows}


def letters(told: Told) -> list[str]:
    """The grants that a draft of a letter would be written about."""
    return sorted(grant for grant, todo in to_do(told).items() if todo in drafts.LETTERS)


def found(told: Told, *rules: str) -> list[tuple[str, str]]:
    """What was found by these rules: where, as file, column and row, and what is said of it."""
    return [
        (f"{row['source_file'].rpartition('/')[2]} {row['source_column'] or ''}{row['source_row']}", row["message_sv"])
        for row in told["core_finding"]
        if row["rule"] in rules
    ]


def rules_of(told: Told) -> list[str]:
    """The rules that found something in a row."""
    return [row["rule"] for row in told["raw_finding"]]


def cash(told: Told) -> dict[str, tuple[int, int, int]]:
    """What came in from each recipient, what of it is on its grants, and what is not placed."""
    return {
        row["recipient_code"]: (row["cash_in_sek"], row["received_sek"], row["in_not_placed_sek"])
        for row in told["out_cash"]
    }


def books(told: Told) -> list[tuple[str, str | None, int | None, int | None, int | None]]:
    """What comes of holding the books against the ledger: result, grant, ledger, not placed, booked."""
    amounts = ("ledger_sek", "unplaced_sek", "booked_sek")
    return sorted(
        ((row["result"], row["grant_id"], *(row[name] for name in amounts)) for row in told["core_book_match"]),
        key=str,
    )
