"""What can be wrong with a received row: a check for each rule and cell, tried row by row with the address at hand."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from assets.domain.reading import dates
from assets.domain.reading.answers import none_chosen, says_nothing, uninvited, unknown_in
from assets.domain.reading.codes import CODED, PERHAPS_PERSONAL
from assets.domain.reading.codes import UNREADABLE as UNREADABLE_CODE
from assets.domain.reading.forms import Export, Version, column_letter
from assets.domain.reading.lines import Line
from assets.domain.reading.names import FINDINGS, OF_NUMBERS
from assets.domain.reading.numbers import CHECK_DIGIT, UNREADABLE
from schemas.configuration.forms import BESIDE_THE_NAME, RECORDED_FIELDS, SUBMISSION_FIELDS, Form, is_asked
from schemas.configuration.layouts import plain
from schemas.configuration.programme import Programme
from schemas.configuration.questions import AMOUNTS
from schemas.configuration.row_rules import FormConstraint
from schemas.rules.constraints import columns_of
from schemas.rules.predicate import predicate
from schemas.rules.rule import consequences, rules
from schemas.tables import TABLES, project
from schemas.words.events import OF_MONEY, OF_RECIPIENTS, RECEIVED_EVENTS, REPLACING, needing
from schemas.words.vocabulary import CODE_LENGTHS, FORMULA_BEGINS, MIXED, NUMBER_AS_TEXT

SLOTS_OF_NAMES = {"county": "county_name", "code": "recipient_code"} | dict.fromkeys(
    (UNREADABLE, CHECK_DIGIT), "recipient_code"
)
"""Where a finding about a name leads, if not to the name: to what contradicts it."""


TOO_SHORT = "row_too_short"


@dataclass(frozen=True)
class Check:
    """A rule, when a row breaks it, and the slot that it is about; the empty slot is the row as a whole.

    `says` is what a constraint of the form says, where it is not the cell's header that explains the breach.
    """

    rule: str
    broken: Callable[[Line], bool]
    slot: str = ""
    says: str = ""

    def header(self, version: Version, form: Form) -> str | None:
        """What explains the breach: the header of its cell, or what the form says of it."""
        return self.says or (plain(form.headers(version.name)[self.slot]) if self.slot else None)

    def column(self, version: Version) -> str | None:
        """The letter of the column that its cell stands in."""
        return column_letter(version.positions[self.slot]) if self.slot else None


def checks_of(export: Export, version: Version, programme: Programme) -> tuple[Check, ...]:
    """Every check of a data row of one version of a file: of the cells that are there, and of the row."""
    every = (
        *field_checks(export.form),
        *answer_checks(export.form, programme),
        *_constraint_checks(export.form),
        *_name_checks(export.form, programme),
        *(_in_kronor(slot) for slot in version.in_thousands),
        *_row_checks(export),
    )
    return tuple(check for check in every if not check.slot or check.slot in version.positions)


def broken_checks(line: Line, checks: Sequence[Check]) -> tuple[Check, ...]:
    """The checks that a row breaks, but for those that others of its faults explain.

    Of a row that lacks a cell nothing else is told: its values may all stand in the wrong columns.
    """
    if line.missing_count:
        return tuple(check for check in checks if check.rule == TOO_SHORT)
    broken = [check for check in checks if check.broken(line)]
    there = {check.rule for check in broken}
    return tuple(check for check in broken if not there.intersection(consequences().get(check.rule, ())))


def first_blocking(broken: Sequence[Check], form: Form) -> str | None:
    """The rule that keeps a row out, the first by name; None if nothing does."""
    aside = cells_aside(broken, form)
    blocking = (check for check in broken if check.rule in _blocking() and check.slot not in aside)
    return min((check.rule for check in blocking), default=None)


@cache
def _blocking() -> frozenset[str]:
    return frozenset(rule.id for rule in rules().values() if rule.severity == "quarantine")


OF_A_CELL = (
    "amount_unreadable",
    "amount_approximate",
    "amount_is_dash",
    "amount_negative",
    "date_unreadable",
    "value_missing",
)
"""What can be wrong with what a report says in one cell: that alone is set aside, and the report stands."""


def cells_aside(broken: Iterable[Check], form: Form) -> frozenset[str]:
    """The slots of a report that are set aside by themselves: what they say is unknown, and the rest holds."""
    own = _said_by_the_report(form)
    slots = {check.slot for check in broken if check.slot in own}
    rules_of = {slot: {check.rule for check in broken if check.slot == slot} & _blocking() for slot in slots}
    return frozenset(slot for slot, found in rules_of.items() if found and found.issubset(OF_A_CELL))


def unknown_fields(aside: frozenset[str], form: Form) -> frozenset[str]:
    """The fields that cells set aside leave unknown; a sum of amounts is, where a part of it is."""
    sums = (field for field in form.sums if not aside.isdisjoint(form.parts(field))) if aside else ()
    return frozenset({*aside.intersection(form.fields), *sums})


def _said_by_the_report(form: Form) -> frozenset[str]:
    """The slots that only a report has, and that tell neither whose it is nor when it came."""
    if "core_usage_report" not in form.fills:
        return frozenset()
    mine = [field for field in REPORTED_FIELDS if field in form.fields or field in form.sums]
    return frozenset(slot for field in mine for slot in (form.parts(field) if field in form.sums else (field,)))


# -- fields -----------------------------------------------------------------------------------------------------------
def field_checks(form: Form) -> Iterator[Check]:
    """What can be wrong with a field.

    What the table's column declares is held against what was read: bounds against the value, a value that must be
    there against the text, so that an unreadable amount is not missing as well.
    """
    yield from _code_checks(form)
    for field in form.sums:
        if required(form, field):
            yield from (_missing(part) for part in form.parts(field))
    if form.is_decided_and_reported and "unused_sek" in form.fields:
        yield Check(
            "value_missing", lambda line: line.texts["unused_sek"] is None and tells_a_report(line), "unused_sek"
        )
    for field in form.fields:
        if required(form, field):
            yield _missing(field)
        if field in form.codes:
            yield _not_one_of(form, field)
            if field == "event":
                yield from _event_checks(form, field)
        elif field.endswith("_sek"):
            yield from amount_checks(field)
            yield from _bound(form, field)
        elif field.endswith(("_date", "_at")):
            yield _no_date(field)
            yield from _impossible_days(field)


REPORTED_FIELDS = sorted(
    project.columns(TABLES["core_usage_report"]).keys()
    - project.columns(TABLES["core_decision"]).keys()
    - {*SUBMISSION_FIELDS, "late"}
)
"""What only a report says, and not the decision that it is about."""


def tells_a_report(line: Line) -> bool:
    """Whether a row of decisions with their reports says anything of the report."""
    return any(line.texts.get(field) is not None or line.amount(field) is not None for field in REPORTED_FIELDS)


def _missing(slot: str) -> Check:
    return Check("value_missing", lambda line: line.texts[slot] is None, slot)


def _code_checks(form: Form) -> Iterator[Check]:
    numbers = [slot for slot in form.fields if slot in CODED and slot not in form.codes]
    return (_no_code(slot, rule) for slot in numbers for rule in (UNREADABLE_CODE, PERHAPS_PERSONAL))


def _no_code(slot: str, rule: str) -> Check:
    return Check(rule, lambda line: line.no_codes.get(slot) == rule, slot)


def _not_one_of(form: Form, field: str) -> Check:
    def broken(line: Line) -> bool:
        return line.texts[field] is not None and form.code_of(field, line.texts[field]) is None

    return Check("option_unknown", broken, field)


def _no_date(slot: str) -> Check:
    def broken(line: Line) -> bool:
        return line.texts[slot] is not None and dates.moment(line.texts[slot]) is None

    return Check("date_unreadable", broken, slot)


def _impossible_days(field: str) -> Iterator[Check]:
    """Days on which what is told cannot have happened: after the file's own, or before its round could know it."""
    if field in RECORDED_FIELDS:
        yield Check("day_impossible", lambda line: field in line.impossible, field)
    elif field == "event_date":
        yield Check("day_impossible", lambda line: _is_before(line, field, line.export.earliest), field)


def _is_before(line: Line, slot: str, day: dt.date) -> bool:
    told = dates.day(line.texts[slot])
    return told is not None and told < day


def _bound(form: Form, field: str) -> Iterator[Check]:
    facts = {name: fact for table in form.fills for name, fact in project.facts(TABLES[table]).items()}
    fact = facts.get(field, {})
    if fact.get("ge") is not None:
        yield _below(field, fact["ge"])


def _below(slot: str, least: int) -> Check:
    def broken(line: Line) -> bool:
        amount = line.amount(slot)
        return amount is not None and amount < least

    return Check("amount_negative", broken, slot)


def amount_checks(slot: str) -> Iterator[Check]:
    """What can be wrong with how an amount is written. Each amount that is not read has one reason."""
    for rule in ("amount_is_dash", "amount_approximate", "amount_unreadable"):
        yield _unread(slot, rule)
    yield Check("amount_has_ore", lambda line: line.amounts[slot].has_ore, slot)
    yield Check("amount_in_unit", lambda line: line.amounts[slot].in_larger_unit, slot)
    yield Check("number_as_text", lambda line: _oddity(line, slot) == NUMBER_AS_TEXT, slot)


def _in_kronor(slot: str) -> Check:
    return Check("amount_in_kronor", lambda line: line.amounts[slot].in_kronor, slot)


def _oddity(line: Line, slot: str) -> str | None:
    """What is exceptional about a cell as it was received; nothing in a row that was corrected since."""
    at = line.version.positions.get(slot)
    return None if at is None or line.corrected_count else line.export.sheet.oddities.get((line.number, at))


def _unread(slot: str, rule: str) -> Check:
    return Check(rule, lambda line: line.amounts[slot].fault == rule, slot)


def _event_checks(form: Form, field: str) -> Iterator[Check]:
    """Events that lack what they cannot be without: those of a recipient that name none, those of money without any."""
    codes = form.codes[field]
    for needed, events in (("recipient_name", OF_RECIPIENTS), ("amount_sek", OF_MONEY)):
        yield from _event_needs("value_missing", form, field, needed, events)
    for needed in sorted({name for kind in RECEIVED_EVENTS.values() for name in kind.needs} & form.fields.keys()):
        yield from _event_needs("event_incomplete", form, field, needed, needing(needed))
    if "reverses_no" in form.fields:
        texts = {text for event, text in codes.items() if event in REPLACING}

        def broken(line: Line) -> bool:
            return line.texts[field] in texts and line.texts["reverses_no"] is not None

        yield Check("adjustment_reversed", broken, "reverses_no")


def _event_needs(rule: str, form: Form, field: str, needed: str, events: Sequence[str]) -> Iterator[Check]:
    texts = {text for event, text in form.codes[field].items() if event in events}
    if texts and needed in form.fields:
        yield Check(rule, lambda line: line.texts[field] in texts and line.texts[needed] is None, needed)


def required(form: Form, field: str) -> bool:
    """Must the field be filled in? A table's column must unless it says why not; so must what tells rows apart."""
    declared = (
        project.columns(TABLES["core_decision" if form.is_decided_and_reported else form.fills[0]])
        if form.fills
        else {}
    )
    if field == "recipient_name":
        return form.identity == "recipient" and not (form.fills and declared["recipient_code"].nullable)
    if field in BESIDE_THE_NAME:
        return False
    if field == "respondent_id":
        return form.identity == "respondent"
    if any(exclusion.field == field for exclusion in form.excluded_when):
        return True
    return field in declared and is_asked(field, declared[field])


# -- answers and constraints ------------------------------------------------------------------------------------------
def answer_checks(form: Form, programme: Programme) -> Iterator[Check]:
    """Answers that are no option or no amount, and answers to a question that was not asked."""
    for question, asked in form.questions.items():
        slots = tuple(asked.headers(question))
        if asked.layout == AMOUNTS:
            for at in slots:
                yield from _stated_checks(form, at)
        else:
            yield from (_no_option(form, question, at) for at in slots)
            yield _none_chosen(question, slots[0], programme)
        yield _uninvited(question, slots[0], programme)


def _stated_checks(form: Form, at: str) -> Iterator[Check]:
    """What can be wrong with a stated amount: that of a field's sum as that of a field, another one as an answer."""
    if at in (part for field in form.sums for part in form.parts(field)):
        yield from amount_checks(at)
        yield _below(at, 0)
        return
    yield Check("answer_unreadable", lambda line: line.amounts[at].fault is not None or (line.amount(at) or 0) < 0, at)
    yield from (check for check in amount_checks(at) if check.rule in ("amount_has_ore", "amount_in_unit"))


def _none_chosen(question: str, at: str, programme: Programme) -> Check:
    return Check("nothing_chosen", lambda line: none_chosen(line, question, programme), at)


def _no_option(form: Form, question: str, at: str) -> Check:
    asked = form.questions[question]
    return Check("answer_unreadable", lambda line: unknown_in(line, asked, at), at)


def _uninvited(question: str, at: str, programme: Programme) -> Check:
    return Check("answered_though_not_asked", lambda line: uninvited(line, question, programme), at)


def _constraint_checks(form: Form) -> Iterator[Check]:
    """What the form demands of the amounts of one row, and free text that contradicts an amount."""
    for each in form.constraints:
        yield _constraint(form, each)
    if denial := form.denial:
        phrases = re.compile("|".join(re.escape(phrase) for phrase in denial.phrases), re.IGNORECASE)

        def denies(line: Line) -> bool:
            return bool(phrases.search(line.texts[denial.field] or "")) and (line.amount(denial.contradicts) or 0) > 0

        yield Check("text_denies_use", denies, _slots(form, denial.contradicts)[0])


def _constraint(form: Form, each: FormConstraint) -> Check:
    is_broken, amounts = predicate(each.holds), columns_of(each.holds)

    def broken(line: Line) -> bool:
        return is_broken({name: line.amount(name) for name in amounts})

    return Check("form_constraint", broken, _slots(form, amounts[0])[0], each.says)


def _slots(form: Form, amount: str) -> tuple[str, ...]:
    return form.parts(amount) if amount in form.sums else (amount,)


# -- names and rows ---------------------------------------------------------------------------------------------------
def _name_checks(form: Form, programme: Programme) -> Iterator[Check]:
    """What can keep a name from being certain."""
    if "recipient_code" in form.fields:
        length = CODE_LENGTHS[programme.recipient_codes]
        yield Check("code_in_number_cell", lambda line: _lost_zeros(line, length), "recipient_code")
    if "recipient_name" in form.fields:
        yield Check("name_like_formula", _begins_as_formula, "recipient_name")
    for how, rule in FINDINGS.items():
        if how in OF_NUMBERS and not programme.has_numbers:
            continue
        slot = SLOTS_OF_NAMES.get(how, "recipient_name")
        if {slot, "recipient_name"} <= form.fields.keys() and how not in programme.recipients:
            yield _named(rule, how, slot)
    if programme.has_numbers and "recipient_code" in form.fields:
        yield Check("number_missing", _lacks_number, "recipient_code")


def _begins_as_formula(line: Line) -> bool:
    return (line.texts["recipient_name"] or "").lstrip().startswith(FORMULA_BEGINS)


def _lacks_number(line: Line) -> bool:
    return line.match is not None and line.match.lacks_number


def _lost_zeros(line: Line, length: int) -> bool:
    number = line.numbers.get("recipient_code")
    return isinstance(number, int) and 0 < number < 10 ** (length - 1)


def _named(rule: str, how: str, slot: str) -> Check:
    return Check(rule, lambda line: line.match is not None and line.match.how == how, slot)


def _row_checks(export: Export) -> Iterator[Check]:
    """What can be wrong with a row as a whole."""
    yield Check("row_too_long", lambda line: line.beyond_count > 0)
    yield Check(TOO_SHORT, lambda line: line.missing_count > 0)
    if export.form.reads.completes_by is not None:
        yield from (_disagreement(slot) for slot in export.form.places())
    if len(export.versions) > 1:
        yield Check("row_of_two_versions", lambda line: line.version_count > 1)
    reality = export.file.card.reality
    if reality != MIXED:
        yield Check("reality_differs", lambda line: line.body_provenance not in (None, MIXED, reality))
    if "event_date" in export.form.fields:
        yield Check("event_in_the_future", lambda line: _is_after(line, "event_date", known_on(line)), "event_date")
    if export.form.identity == "respondent":
        yield Check("row_almost_empty", lambda line: line.filled_count == 1)
        if export.form.questions and not export.form.fills:
            yield Check("nothing_answered", _answers_nothing)


def _answers_nothing(line: Line) -> bool:
    asked = line.export.form.questions
    return all(says_nothing(line, question, each) for question, each in asked.items())


def _disagreement(slot: str) -> Check:
    return Check("completion_differs", lambda line: line.version.positions.get(slot) in line.disagreeing, slot)


def _is_after(line: Line, slot: str, day: dt.date) -> bool:
    told = dates.day(line.texts[slot])
    return told is not None and told > day


def own_moment(line: Line) -> str | None:
    """When a row itself says that it became known, as text that sorts as time does; None if it has no such date."""
    fields = (field for field in RECORDED_FIELDS if field in line.export.form.fields)
    return next(filter(None, (dates.moment(line.date(field)) for field in fields)), None)


def known_on(line: Line) -> dt.date:
    """The day from which a row counts as known: its own, or that of its file."""
    own = own_moment(line)
    return dt.date.fromisoformat(own[:10]) if own else line.export.file.known_date
