"""From text to type: a field's name says its type (`_sek`, `_date`, `_at`, a code); what cannot be read is listed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import reduce
from operator import add

import narwhals as nw

from assets.domain import dates, money
from assets.domain.forms import Received, column_letter
from assets.domain.frames import Frame, extended, is_true, recoded
from assets.domain.rules import Predicate, broken
from schemas.configuration.forms import BESIDE_THE_NAME, Form, plain
from schemas.rules.constraints import Between, Compare, Constraint, NotNull, OneOf, SumsTo, columns_of
from schemas.tables import TABLES, project
from schemas.words.events import OF_MONEY, OF_RECIPIENTS, RECEIVED_EVENTS, REPLACING, needing


def typed(rows: Frame, form: Form, fields: Collection[str] | None = None) -> Frame:
    """The rows with fields of the form read as their types, or all of them; null where blank or unreadable."""
    read = {field: _read(form, field) for field in form.fields} | {field: _sum(form, field) for field in form.sums}
    return extended(rows, {field: each for field, each in read.items() if fields is None or field in fields})


def _sum(form: Form, field: str) -> nw.Expr:
    """The sum of a question's amounts; unknown if one of them is."""
    return reduce(add, (money.kronor(nw.col(part)) for part in form.parts(field)))


def field_predicates(form: Form) -> Iterator[Predicate]:
    """What can be wrong with a field of a data row, over rows with the columns that `with_values` adds.

    What the table's column declares is held against what was read: bounds against the value, a value that must be
    there against the text, so that an unreadable amount is not missing as well.
    """
    for field in form.sums:
        if required(form, field):
            yield from (_predicate(NotNull(part), part) for part in form.parts(field))
    for field in form.fields:
        written = ~nw.col(field).is_null()
        if required(form, field):
            yield _predicate(NotNull(field), field)
        if field in form.codes:
            yield _predicate(OneOf(field, tuple(form.codes[field].values())), field)
            yield from _empty_events(form, field)
        elif field.endswith("_sek"):
            yield from amount_predicates(field)
            for constraint in _bounds(form, field):
                yield _predicate(constraint, field)
        elif field.endswith(("_date", "_at")):
            yield Predicate("date_unreadable", written & ~dates.is_moment(nw.col(field)), field)


def amount_predicates(slot: str) -> Iterator[Predicate]:
    """What can be wrong with how an amount is written. Each amount that is not read has one reason."""
    text = nw.col(slot)
    is_dash, is_approximate = money.is_dash(text), money.is_approximate(text)
    is_unread = ~text.is_null() & nw.col(read_name(slot)).is_null()
    yield Predicate("amount_is_dash", is_dash, slot)
    yield Predicate("amount_approximate", is_approximate, slot)
    yield Predicate("amount_unreadable", is_unread & ~is_dash & ~is_approximate, slot)
    yield Predicate("amount_has_ore", money.has_ore(text), slot)
    yield Predicate("amount_in_unit", money.in_larger_unit(text), slot)


def _empty_events(form: Form, field: str) -> Iterator[Predicate]:
    """Events that lack what they cannot be without: those of a recipient that name none, those of money without any."""
    for needed, events in (("recipient_name", OF_RECIPIENTS), ("amount_sek", OF_MONEY)):
        texts = [text for event, text in form.codes[field].items() if event in events]
        if texts and needed in form.fields:
            yield Predicate("value_missing", is_true(nw.col(field).is_in(texts)) & nw.col(needed).is_null(), needed)
    for needed in sorted({name for kind in RECEIVED_EVENTS.values() for name in kind.needs} & form.fields.keys()):
        texts = [text for event, text in form.codes[field].items() if event in needing(needed)]
        yield Predicate("event_incomplete", is_true(nw.col(field).is_in(texts)) & nw.col(needed).is_null(), needed)
    if "reverses_no" in form.fields:
        texts = [text for event, text in form.codes[field].items() if event in REPLACING]
        is_reversed = is_true(nw.col(field).is_in(texts)) & ~nw.col("reverses_no").is_null()
        yield Predicate("adjustment_reversed", is_reversed, "reverses_no")


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
    """The rows with every amount also as it was read, and with the form's sums; a text keeps its own name."""
    amounts = {read_name(slot): money.kronor(nw.col(slot)) for slot in form.amounts()}
    return extended(rows, amounts | {read_name(field): _sum(form, field) for field in form.sums})


def constraint_predicates(form: Form) -> Iterator[Predicate]:
    """What the form demands of the amounts of one row, and free text that contradicts an amount."""
    for each in form.constraints:
        yield Predicate("form_constraint", broken(_of_read(each.holds)), _cell(form, each.holds), each.says)
    if denial := form.denial:
        phrases = "|".join(re.escape(phrase) for phrase in denial.phrases)
        denies = is_true(nw.col(denial.field).str.contains(f"(?i){phrases}"))
        amount = nw.col(read_name(denial.contradicts))
        yield Predicate("text_denies_use", denies & (amount > 0), _slots(form, denial.contradicts)[0])


def _of_read(constraint: Compare | SumsTo) -> Constraint:
    """The same constraint, over the columns that hold what was read."""
    match constraint:
        case Compare(left, operator, right):
            return Compare(read_name(left), operator, read_name(right))
        case SumsTo(total, parts):
            return SumsTo(read_name(total), tuple(map(read_name, parts)))


def _cell(form: Form, constraint: Compare | SumsTo) -> str:
    return _slots(form, columns_of(constraint)[0])[0]


def _slots(form: Form, amount: str) -> tuple[str, ...]:
    return form.parts(amount) if amount in form.sums else (amount,)


def cell_of(received: Received, predicate: Predicate) -> dict[str, str] | dict[str, None]:
    """Where the cell stands that a predicate is about; nowhere if it is about the row as a whole."""
    if not predicate.slot:
        return {"header": None, "source_column": None}
    place = place_of(received, predicate.slot)
    return place | {"header": predicate.says} if predicate.says else place


def place_of(received: Received, slot: str) -> dict[str, str]:
    """Where a slot's cell stands: the letter of its column, and its header."""
    header = plain(received.form.headers(received.version)[slot])
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
    if field in BESIDE_THE_NAME:
        return False
    if field == "respondent_id":
        return form.identity == "respondent"
    if any(exclusion.field == field for exclusion in form.excluded_when):
        return True
    return field in declared and not declared[field].nullable
