"""From text to type: a field's name says its type (`_sek`, `_date`, `_at`, a code); what cannot be read is listed."""

from __future__ import annotations

from collections.abc import Iterator

import narwhals as nw

from assets.domain import dates, money
from assets.domain.forms import Received, column_letter
from assets.domain.frames import Frame, extended, is_true, recoded
from assets.domain.rules import Predicate, broken
from schemas import project
from schemas.constraints import Between, NotNull, OneOf
from schemas.forms import Form, plain
from schemas.tables import TABLES
from schemas.vocabulary import OF_RECIPIENTS


def typed(rows: Frame, form: Form) -> Frame:
    """The rows with every field read as its type; null where blank or unreadable."""
    return rows.with_columns(*(_read(form, field).alias(field) for field in form.fields))


def field_predicates(form: Form) -> Iterator[Predicate]:
    """What can be wrong with a field of a data row, over rows with the columns that `with_values` adds.

    What the table's column declares is held against what was read: bounds against the value, a value that must be
    there against the text, so that an unreadable amount is not missing as well.
    """
    for field in form.fields:
        written = ~nw.col(field).is_null()
        if required(form, field):
            yield _predicate(NotNull(field), field)
        if field in form.codes:
            yield _predicate(OneOf(field, tuple(form.codes[field].values())), field)
            yield from _nobodys_events(form, field)
        elif field.endswith("_sek"):
            yield Predicate("amount_unreadable", written & nw.col(read_name(field)).is_null(), field)
            yield Predicate("amount_has_ore", money.has_ore(nw.col(field)), field)
            for constraint in _bounds(form, field):
                yield _predicate(constraint, field)
        elif field.endswith(("_date", "_at")):
            yield Predicate("date_unreadable", written & ~dates.is_moment(nw.col(field)), field)


def _nobodys_events(form: Form, field: str) -> Iterator[Predicate]:
    """Money events that are about a recipient and name none."""
    texts = [text for event, text in form.codes[field].items() if event in OF_RECIPIENTS]
    if texts and "recipient_name" in form.fields:
        nobodys = is_true(nw.col(field).is_in(texts)) & nw.col("recipient_name").is_null()
        yield Predicate("value_missing", nobodys, "recipient_name")


RECEIVED_RULES = {NotNull: "value_missing", OneOf: "option_unknown", Between: "amount_negative"}
"""What a breach of a column's declaration is called where it is found in a received cell."""


def _predicate(constraint: NotNull | OneOf | Between, field: str) -> Predicate:
    return Predicate(RECEIVED_RULES[type(constraint)], broken(constraint), field)


def _bounds(form: Form, field: str) -> list[Between]:
    fact = project.facts(TABLES[form.fills])[field] if form.fills else {}
    return [Between(read_name(field), fact["ge"])] if fact.get("ge") is not None else []


def read_name(field: str) -> str:
    """The column that holds what was read from a field's text, beside the text."""
    return f"{field}:read"


def with_values(rows: Frame, form: Form) -> Frame:
    """The rows with every amount also as it was read: its text stays under its own name."""
    amounts = [field for field in form.fields if field.endswith("_sek")]
    return extended(rows, {read_name(field): money.kronor(nw.col(field)) for field in amounts})


def cell_of(received: Received, predicate: Predicate) -> dict[str, str] | dict[str, None]:
    """Where the cell stands that a predicate is about; nowhere if it is about the row as a whole."""
    return place_of(received, predicate.slot) if predicate.slot else {"header": None, "source_column": None}


def place_of(received: Received, slot: str) -> dict[str, str]:
    """Where a slot's cell stands: the letter of its column, and its header."""
    header = plain(received.form.headers()[slot])
    return {"header": header, "source_column": column_letter(received.positions[slot])}


def _read(form: Form, field: str) -> nw.Expr:
    if field in form.codes:
        return recoded(field, form.codes[field])
    if field.endswith("_sek"):
        return money.kronor(nw.col(field))
    if field.endswith("_date"):
        return dates.day(nw.col(field))
    return dates.moment(nw.col(field)) if field.endswith("_at") else nw.col(field)


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
