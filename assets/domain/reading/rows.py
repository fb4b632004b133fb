"""Received rows as they were read: whose each is, what it says, what is wrong with it, and since when it is known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assets.domain.reading import dates
from assets.domain.reading.amounts import whole
from assets.domain.reading.checks import (
    Check,
    broken_checks,
    cells_aside,
    checks_of,
    first_blocking,
    known_on,
    own_moment,
    required,
    tells_a_report,
    unknown_fields,
)
from assets.domain.reading.forms import Export, column_letter
from assets.domain.reading.lines import Changes, Line, lines_of
from assets.domain.reading.names import NameMatch, Written, match_names
from assets.domain.reading.numbers import is_whole
from assets.domain.reading.register import RoundRegister
from schemas.configuration.corrections import Part
from schemas.configuration.forms import Form
from schemas.configuration.programme import Programme
from schemas.words.vocabulary import CODE_LENGTHS, DATA, MIXED, REAL

WHO = ("recipient_name", "county_name", "recipient_code")
"""What a row says of whose it is: a code that it gives is no match yet."""

NUMBER_LENGTH = CODE_LENGTHS["organisation_number"]
LEAST_NUMBER = 1_000_000
"""From here on a number in a workbook is an organisation number, of which it may have dropped zeros."""


@dataclass(frozen=True)
class Row:
    """One received row as it was read.

    `values`: what each field of the form says, as its type; None where it is blank or cannot be read. `unknown`: the
    fields of a report whose cells are set aside. `faults`: the checks that it breaks. `known_date`: the day from which
    it is known, its own or else (`is_assumed`) its file's. `set_aside_by`: the rule by which it does not count whatever
    the others say: a test or a draft.
    """

    line: Line
    values: Mapping[str, Any]
    faults: Sequence[Check]
    recipient_code: str | None
    respondent_id: str | None
    provenance: str
    known_date: dt.date
    is_assumed: bool
    submitted_at: str | None
    is_supplement: bool
    set_aside_by: str | None
    broken_rule: str | None
    parts: Sequence[Part] = ()
    """What a correction splits it into."""
    unknown: frozenset[str] = frozenset()

    @property
    def export(self) -> Export:
        """The file that it stands in."""
        return self.line.export

    @property
    def form(self) -> Form:
        """The form of its file."""
        return self.line.export.form

    @property
    def number(self) -> int:
        """Its number in the file, from 1."""
        return self.line.number

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that it fills: of a decision and its report in one row the report only where it says anything."""
        if not self.form.is_decided_and_reported or tells_a_report(self.line):
            return self.form.fills
        return tuple(table for table in self.form.fills if table != "core_usage_report")

    @property
    def is_data(self) -> bool:
        """Whether it is a row of data: no title, header, total or blank one."""
        return self.line.kind == DATA

    @property
    def name_as_reported(self) -> str | None:
        """What it calls its recipient; of a person what the register publishes, which is no name. None if unknown."""
        match = self.line.match
        if not self.recipient_code or match is None:
            return None
        return match.official_name if match.is_person else self.line.texts.get("recipient_name")

    @property
    def said(self) -> tuple[object, ...]:
        """What it says and what of it cannot be read, but for its own number: rows equal in this say the same."""
        fields = tuple(value for field, value in self.values.items() if field != "submission_id")
        rest = (self.line.texts[slot] for slot in self.form.places() if slot not in self.form.fields)
        return *fields, self.unknown, self.line.has_ore, *rest

    @property
    def first_date(self) -> dt.date:
        """The first day on which it may count: it is known, and its file holds."""
        start = self.export.start
        return self.known_date if start is None else max(start, self.known_date)

    @property
    def address(self) -> tuple[str, int]:
        """File and row, which tell rows apart and put them in order."""
        return self.export.path, self.line.number


@dataclass(frozen=True)
class Bodies:
    """Whom a name may mean in the round, and how real each is."""

    register: RoundRegister
    provenances: Mapping[str, str]


def read_rows(export: Export, changes: Changes, bodies: Bodies, programme: Programme) -> list[Row]:
    """Every row of a file, with these cells read as something else than was received.

    Names are matched file by file: within one, no body is guessed twice.
    """
    lines = named(lines_of(export, changes), bodies)
    checks = {version.name: checks_of(export, version, programme) for version in export.versions}
    return [row_of(line, checks[line.version.name]) for line in lines]


def named(lines: Sequence[Line], bodies: Bodies) -> list[Line]:
    """The lines with the body that each is taken to mean, and how real that is."""
    written = {line.number: who for line in lines if (who := written_in(line))}
    is_real = any(line.export.file.card.reality == REAL for line in lines[:1])
    register = bodies.register.for_real if is_real else bodies.register
    matches = {match.written: match for match in match_names(written.values(), register)}
    return [_matched(line, matches[written[line.number]], bodies) if line.number in written else line for line in lines]


def written_in(line: Line) -> Written | None:
    """What a row of data says of whose it is; None where it names nobody."""
    name, county, code = (line.texts.get(field) for field in WHO)
    number = line.numbers.get("recipient_code")
    if is_whole(number):
        code = str(int(number)).zfill(NUMBER_LENGTH if number >= LEAST_NUMBER else 0)
    return Written(name, county or "", code or "") if name and line.kind == DATA else None


def _matched(line: Line, match: NameMatch, bodies: Bodies) -> Line:
    return replace(line, match=match, body_provenance=bodies.provenances.get(match.recipient_code or ""))


def row_of(line: Line, checks: Sequence[Check]) -> Row:
    """A line as it is read, held against the checks of its file if it is a row of data."""
    faults = broken_checks(line, checks) if line.kind == DATA else ()
    own = own_moment(line)
    recipient = line.match.recipient_code if line.match else None
    form = line.export.form
    unknown = unknown_fields(cells_aside(faults, form), form)
    return Row(
        line=line,
        values=values_of(line) | dict.fromkeys(unknown),
        faults=faults,
        recipient_code=recipient,
        respondent_id=recipient if form.identity == "recipient" else line.texts["respondent_id"],
        provenance=provenance_of(line),
        known_date=known_on(line),
        is_assumed=own is None,
        submitted_at=line.date("submitted_at"),
        is_supplement=_is_supplement(line),
        set_aside_by=_set_aside_by(line) if line.kind == DATA else None,
        broken_rule=first_blocking(faults, form),
        unknown=unknown,
    )


def provenance_of(line: Line) -> str:
    """How real a row is: as its file is, and in a file of both as real as its recipient."""
    reality = line.export.file.card.reality
    return reality if reality != MIXED else line.body_provenance or MIXED


def _is_supplement(line: Line) -> bool:
    told = line.export.form.supplement_when
    return told is not None and line.texts[told.field] == told.text


def _set_aside_by(line: Line) -> str | None:
    if line.export.form.hidden == "exclude" and line.number in line.export.sheet.hidden_rows:
        return "hidden_row_excluded"
    exclusions = line.export.form.excluded_when
    return next((each.rule for each in exclusions if line.texts[each.field] == each.text), None)


def values_of(line: Line) -> dict[str, Any]:
    """What the fields of a row say, each as the type that its name tells: `_sek`, `_date`, `_at`, a code, or text."""
    form = line.export.form
    said = {field: _value(line, form, field) for field in (*form.fields, *form.sums)}
    return said | _in_whole_kronor(line, said)


def _in_whole_kronor(line: Line, said: Mapping[str, Any]) -> dict[str, int]:
    """What was not used, of a report in öre: what is left when use is rounded.

    So what adds up in öre adds up in kronor: 66 666,50 used and 33 333,50 not used are 66 667 and 33 333.
    """
    used, unused = (line.ore(field) if said.get(field) is not None else None for field in ("used_sek", "unused_sek"))
    if used is None or unused is None or not (used % 100 and unused % 100) or min(used, unused) < 0:
        return {}
    return {"unused_sek": whole(used + unused) - said["used_sek"]}


def _value(line: Line, form: Form, field: str) -> Any:  # noqa: ANN401 - the type depends on the field
    if field in form.sums or field.endswith("_sek"):
        return line.amount(field)
    text = line.texts[field] if required(form, field) else line.date(field)
    if field in form.codes:
        return form.code_of(field, text)
    if field.endswith("_date"):
        return dates.day(text)
    return dates.moment(text) if field.endswith("_at") else text


def cell_of(row: Row, field: str) -> str:
    """Where a field of a row stands, as a person finds it: file, column and row."""
    at = row.line.version.positions.get(field)
    column = "" if at is None else column_letter(at)
    return f"{row.export.path.rpartition('/')[2]} {column}{row.number}"
