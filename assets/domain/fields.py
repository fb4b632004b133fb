"""From text to type: a field's name says its type (`_sek`, `_date`, `_at`, a code); what cannot be read is listed."""

from __future__ import annotations

from collections.abc import Iterator

import narwhals as nw

from assets.domain import dates, money
from assets.domain.forms import Received, column_letter, plain
from assets.domain.frames import Frame, constant, is_true, recoded
from schemas import project
from schemas.programme import Form
from schemas.tables import TABLES
from schemas.vocabulary import DATA


def typed(rows: Frame, form: Form) -> Frame:
    """The rows with every field read as its type; null where blank or unreadable."""
    return rows.with_columns(*(_read(form, field).alias(field) for field in form.fields))


def field_problems(rows: Frame, received: Received) -> list[Frame]:
    """What is wrong with the fields of the data rows: small frames (source_row, slot, rule), one per possible fault."""
    data = rows.filter(nw.col("row_kind") == DATA)
    return [
        problem_rows(data.filter(condition), received, field, rule)
        for field in received.form.fields
        for rule, condition in _faults(received.form, field)
    ]


def problem_rows(rows: Frame, received: Received, slot: str, rule: str) -> Frame:
    """Failing rows as problems: which row, which rule, and the address and header of the cell."""
    return rows.select(
        "source_row",
        rule=constant(rule, "source_file"),
        header=constant(plain(received.form.headers()[slot]), "source_file"),
        source_column=constant(column_letter(received.positions[slot]), "source_file"),
    )


def _read(form: Form, field: str) -> nw.Expr:
    if field in form.codes:
        return recoded(field, form.codes[field])
    if field.endswith("_sek"):
        return money.kronor(nw.col(field))
    if field.endswith("_date"):
        return dates.day(nw.col(field))
    return dates.moment(nw.col(field)) if field.endswith("_at") else nw.col(field)


def _faults(form: Form, field: str) -> Iterator[tuple[str, nw.Expr]]:
    written = ~nw.col(field).is_null()
    if required(form, field):
        yield "value_missing", ~written
    if field in form.codes:
        yield "option_unknown", written & ~is_true(nw.col(field).is_in(list(form.codes[field].values())))
    elif field.endswith("_sek"):
        amount = money.kronor(nw.col(field))
        yield "amount_unreadable", written & (amount.is_null() | is_true(amount < 0))
    elif field.endswith(("_date", "_at")):
        yield "date_unreadable", written & ~dates.is_moment(nw.col(field))


def required(form: Form, field: str) -> bool:
    """Must the field be filled in? A table's column must unless it says why not; so must what tells rows apart."""
    declared = project.columns(TABLES[form.fills]) if form.fills else {}
    if field == "recipient_name":
        return form.identity == "recipient" and not declared["recipient_code"].nullable
    if field == "respondent_id":
        return form.identity == "respondent"
    if any(exclusion.field == field for exclusion in form.excluded_when):
        return True
    return field in declared and not declared[field].nullable
