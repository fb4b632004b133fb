"""What can be wrong with a received row as a whole, and with whose it says that it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping

from assets.domain.reading import dates
from assets.domain.reading.answers import says_nothing
from assets.domain.reading.check import Check
from assets.domain.reading.forms import Export
from assets.domain.reading.lines import Line
from assets.domain.reading.names import BY_NUMBER, FINDINGS, OF_NUMBERS
from assets.domain.reading.numbers import CHECK_DIGIT, UNREADABLE
from assets.domain.reading.spelling import apart
from schemas.configuration.forms import RECORDED_FIELDS, Form
from schemas.configuration.programme import Programme
from schemas.words.vocabulary import CODE_LENGTHS, FORMULA_BEGINS, MIXED

SLOTS_OF_NAMES = {"county": "county_name", "code": "recipient_code"} | dict.fromkeys(
    (UNREADABLE, CHECK_DIGIT), "recipient_code"
)
"""Where a finding about a name leads, if not to the name: to what contradicts it."""

TOO_SHORT = "row_too_short"


def name_checks(form: Form, programme: Programme) -> Iterator[Check]:
    """What can keep a name from being certain."""
    if "recipient_code" in form.fields:
        length = CODE_LENGTHS[programme.recipient_codes]
        yield Check("code_in_number_cell", lambda line: _lost_zeros(line, length), "recipient_code", _is_number)
    if "recipient_name" in form.fields:
        yield Check("name_like_formula", _begins_as_formula, "recipient_name", _is_named)
    for how, rule in FINDINGS.items():
        if how in OF_NUMBERS and not programme.has_numbers:
            continue
        slot = SLOTS_OF_NAMES.get(how, "recipient_name")
        if {slot, "recipient_name"} <= form.fields.keys() and how not in programme.recipients:
            yield _named(rule, how, slot)
    if programme.has_numbers and "recipient_code" in form.fields:
        yield Check("number_missing", _lacks_number, "recipient_code", _is_known)


def _is_named(line: Line) -> bool:
    return bool(line.texts["recipient_name"])


def _begins_as_formula(line: Line) -> bool:
    return (line.texts["recipient_name"] or "").lstrip().startswith(FORMULA_BEGINS)


def _lacks_number(line: Line) -> bool:
    return line.match is not None and line.match.lacks_number


def _lost_zeros(line: Line, length: int) -> bool:
    number = line.numbers.get("recipient_code")
    return isinstance(number, int) and 0 < number < 10 ** (length - 1)


def _is_number(line: Line) -> bool:
    return "recipient_code" in line.numbers


def _is_known(line: Line) -> bool:
    return line.match is not None and line.match.recipient_code is not None


def _named(rule: str, how: str, slot: str) -> Check:
    def is_found(line: Line) -> bool:
        return line.match is not None and line.match.how == how

    says = SAYING.get(how)
    return Check(rule, is_found, slot, lambda line: is_found(line) or (says(line) if says else line.match is not None))


def _states_a_code(line: Line) -> bool:
    return line.match is not None and bool(line.match.written.code_as_reported)


SAYING: Mapping[str, Callable[[Line], bool]] = {
    "county": lambda line: _is_known(line) and line.texts.get("county_name") is not None,
    "code": lambda line: _is_known(line) and _states_a_code(line),
    "code_in_name": lambda line: _is_known(line) and apart(line.texts["recipient_name"] or "") is not None,
    **dict.fromkeys((BY_NUMBER, UNREADABLE, CHECK_DIGIT), _states_a_code),
}
"""What a row must say for these to be held on it, by how they are found; all others are held on every name."""


def row_checks(export: Export) -> Iterator[Check]:
    """What can be wrong with a row as a whole."""
    yield Check("row_too_long", lambda line: line.beyond_count > 0)
    if export.writes_empty_cells:
        yield Check(TOO_SHORT, lambda line: line.missing_count > 0)
    if export.form.reads.completes_by is not None:
        yield from (_disagreement(slot) for slot in export.form.places())
    if len(export.versions) > 1:
        yield Check("row_of_two_versions", lambda line: line.version_count > 1)
    reality = export.file.card.reality
    if reality != MIXED:
        yield Check(
            "reality_differs",
            lambda line: line.body_provenance not in (None, MIXED, reality),
            tried=lambda line: line.body_provenance not in (None, MIXED),
        )
    if "event_date" in export.form.fields:
        yield Check(
            "event_in_the_future",
            lambda line: _is_after(line, "event_date", known_on(line)),
            "event_date",
            lambda line: dates.day(line.texts["event_date"]) is not None,
        )
    if export.form.identity == "respondent":
        yield Check("row_almost_empty", lambda line: line.filled_count == 1)
        if export.form.questions and not export.form.fills:
            yield Check("nothing_answered", _answers_nothing)


def _answers_nothing(line: Line) -> bool:
    asked = line.export.form.questions
    return all(says_nothing(line, question, each) for question, each in asked.items())


def _disagreement(slot: str) -> Check:
    return Check(
        "completion_differs",
        lambda line: line.version.positions.get(slot) in line.disagreeing,
        slot,
        lambda line: line.row_count > 1,
    )


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
