"""The forms: one layout of one export each, what its columns carry, and which tables its rows fill."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import InitErrorDetails

from schemas.configuration.declared import Declared, Label, Loc, Reference, fault, shared_texts
from schemas.configuration.layouts import FieldAt, Placed, Reads, plain
from schemas.configuration.questions import AMOUNTS, FormQuestion
from schemas.configuration.row_rules import Denial, ExcludedWhen, FormConstraint, SupplementWhen, TotalRow
from schemas.rules.rule import received_rules
from schemas.tables import FILLED_BY_FORMS, TABLES, project
from schemas.tables.base import TAIL, RoundTable
from schemas.words.vocabulary import AmountUnit

SUBMISSION_FIELDS = (
    "recipient_name",
    "county_name",
    "recipient_code",
    "respondent_id",
    "submission_id",
    "submission_status",
    "submitted_at",
    "comment",
)
"""Fields any form may have, whatever table it fills."""

ASKED = ("unused_sek",)
"""What a form of its table asks for, though a row may leave it unknown: a report stands where its amount does not."""

BESIDE_THE_NAME = ("county_name", "recipient_code")
"""Fields that a name is held against; they name nobody by themselves, and may be empty."""

RECORDED_FIELDS = ("submitted_at", "recorded_date", "decided_date", "received_date", "booked_date")
"""Fields that say when a row became known: what an as-of date is held against."""


HAPPENED_FIELDS = (*RECORDED_FIELDS, "event_date")
"""Fields that say on which day something happened: it cannot be after the day of the file that tells it."""

IDENTITY_FIELDS = {"recipient": "recipient_name", "respondent": "respondent_id"}
"""The field that a form must have to tell whose its rows are."""

GROUND = "ground"
"""The field that says on which provisions of the ordinance a decision on recovery stands."""

NAMED_BY_US = ("recipient_code", "grant_id", "part_no", "granted_date", "name_as_reported", "decided_sek")
"""Columns that no form has to give: the register, the decision, the name in the row, and the events do."""


DECIDED_AND_REPORTED = ("core_decision", "core_usage_report")
"""The tables that one row may fill both: what was decided, and what was reported of it."""


THOUSANDS = re.compile(r"\b(?:tkr|kkr|tusental|tusen kr(?:onor)?)\b", re.IGNORECASE)
"""How a header says that its amounts are in thousands of kronor."""


def _listed(value: object) -> object:
    return () if value is None else (value,) if isinstance(value, str) else value


class FormVersion(Declared):
    """How one version of a form differs from the form."""

    fields: dict[str, Placed | None] = Field(default_factory=dict)
    """Fields with other headers; null where the version does not ask."""
    questions: dict[str, str | None] = Field(default_factory=dict)
    """Questions with other headers; null where the version does not ask."""


class Form(Declared):
    """One layout of one export: its headers, what they carry, and which table its rows fill."""

    form: str
    """The form's id, by which rounds name it. One file holds one form."""
    title: Label
    """What readers see it called."""
    fills: Annotated[tuple[str, ...], BeforeValidator(_listed, json_schema_input_type=tuple[str, ...] | str)] = ()
    """The table that its rows fill; a form that only asks questions fills none.

    A list of both where each row is a decision and what was reported of it: core_decision and core_usage_report.
    """
    same_case: Literal["replaces", "adds"] | None = None
    """What a further decision with the same case number means: it replaces the one before, or adds to it.

    Needed as soon as such a one comes; without it the round stops. The later by date, then by number, replaces.
    """
    reads: Reads = Reads()
    """How the export is laid out, where it is not one header row with a row below it for each answer."""
    identity: Literal["recipient", "respondent"]
    """Whose a row is: a recipient's, told by `recipient_name`, or a respondent's, told by `respondent_id`."""
    fields: dict[str, Placed]
    """Which column each field stands in: the field's name in the table, and the column's header (or path).

    Two fields may stand in one column; of two amounts or two dates one is then written as `{header: ...}`.
    """
    amounts_in: AmountUnit | None = None
    """What its amounts are in: `kronor`, also if nothing is said, or `thousands` (tkr); 412,5 is then 412 500 kr.

    Of one field it is said where the field stands: `{header: ..., amounts_in: thousands}`. A unit that a cell states
    itself holds for the cell.
    """
    hidden: Literal["count", "exclude"] = "count"
    """Whether rows and sheets that the file hides count. Either way they are told."""
    merged: Literal["refuse", "fill"] = "refuse"
    """What becomes of a cell that is merged over several rows of data: it is refused, or holds for each of them."""
    sums: dict[str, str] = Field(default_factory=dict)
    """Fields that no column carries: each is the sum of the amounts of a question."""
    codes: dict[str, dict[str, str]] = Field(default_factory=dict)
    """How the export writes what a field has codes for: by field, code and text."""
    claim: Literal["net", "gross"] = "net"
    """Whether what a decision claims is told net of what it waives, or gross: with that in the amount."""
    total_row: TotalRow | None = None
    """The row below the data that sums it up, if the export has one; `reads.total_rows` says what others are called."""
    excluded_when: tuple[ExcludedWhen, ...] = ()
    """Rows that do not count, such as tests and drafts."""
    supplement_when: SupplementWhen | None = None
    """Rows that supplement an earlier submission and count in its place."""
    denial: Denial | None = None
    """A free text that is held against an amount."""
    constraints: tuple[FormConstraint, ...] = ()
    """What the amounts of one row must meet; a breach is listed and the row is kept."""
    questions: dict[str, FormQuestion] = Field(default_factory=dict)
    """The questions that the form asks, and in which columns."""
    versions: dict[str, FormVersion] = Field(default_factory=dict)
    """Its versions, told apart by their headers; an export may hold several, side by side. None: it has one."""

    def places(self, version: str = "") -> dict[str, FieldAt]:
        """Slot name to where it stands, for every column that the form has in one version; of all slots without one."""
        changed = self.versions[version] if version else FormVersion()
        fields = {**self.fields, **changed.fields}
        asked = {
            name: question.model_copy(update={"header": changed.questions.get(name, question.header)})
            for name, question in self.questions.items()
        }
        of_questions = {
            at: FieldAt(header=text)
            for name, each in asked.items()
            if each.header
            for at, text in each.headers(name).items()
        }
        return {**{field: place_of(text) for field, text in fields.items() if text}, **of_questions}

    def headers(self, version: str = "") -> dict[str, str]:
        """Slot name to header text, for every column that the form has in one version; of all slots without one.

        A column without a header goes by its letter: `(A)`.
        """
        return {slot: place.shown for slot, place in self.places(version).items()}

    def header_texts(self, version: str = "") -> set[str]:
        """The headers of a version as they are compared with a file's."""
        return {plain(place.header) for place in self.places(version).values() if place.header is not None}

    def date_formats(self, slot: str) -> tuple[str, ...]:
        """How the export writes the dates of a field, where it is said."""
        return (place_of(self.fields[slot]).date_format or ()) if slot in self.fields else ()

    def code_of(self, field: str, text: str | None) -> str | None:
        """The code of what the export writes in a field; None where it writes nothing, or what has no code.

        Several grounds of one amount are written with a semicolon between them, and are one code with + between.
        """
        codes = {said: code for code, said in self.codes[field].items()}
        if field != GROUND or text is None:
            return codes.get(text or "")
        found = [codes.get(part.strip()) for part in text.split(";")]
        return "+".join(sorted(code for code in found if code)) if all(found) else None

    def in_thousands(self, version: str = "") -> frozenset[str]:
        """The slots of a version whose amounts are in thousands of kronor."""
        places = self.places(version)
        units = {slot: places[slot].amounts_in or self.amounts_in for slot in self.amounts() if slot in places}
        return frozenset(slot for slot, unit in units.items() if unit == "thousands")

    @property
    def has_thousands(self) -> bool:
        """Whether any of its versions has amounts in thousands of kronor."""
        return any(self.in_thousands(version) for version in self.versions or [""])

    @property
    def is_decided_and_reported(self) -> bool:
        """Whether a row is a decision and what was reported of it."""
        return len(self.fills) > 1

    @property
    def text_fields(self) -> tuple[str, ...]:
        """The fields that hold neither an amount nor a date nor what somebody typed at length."""
        return tuple(name for name in self.fields if not name.endswith(("_sek", "_date", "_at")) and name != "comment")

    def amounts(self) -> tuple[str, ...]:
        """Every slot that carries an amount."""
        asked = (at for q, each in self.questions.items() if each.layout == AMOUNTS for at in each.headers(q))
        return (*(field for field in self.fields if field.endswith("_sek")), *asked)

    def parts(self, field: str) -> tuple[str, ...]:
        """The slots whose amounts a field of `sums` is the sum of."""
        return tuple(self.questions[self.sums[field]].headers(self.sums[field]))

    def fields_missing(self) -> list[str]:
        """Those of the fields that it needs and does not have."""
        return [field for field in self.fields_needed() if field not in {*self.fields, *self.sums}]

    def fields_needed(self) -> list[str]:
        """The fields without which the form's rows have no owner, or leave a column empty that may not be."""
        given = {*RoundTable.to_schema().columns, *TAIL, *NAMED_BY_US}
        filled = [name for name, each in self._columns().items() if is_asked(name, each) and name not in given]
        return [IDENTITY_FIELDS[self.identity], *filled]

    def references(self) -> Iterator[Reference]:
        """Its table, the table's columns and their words, its own fields, and rules."""
        for table in self.fills:
            yield Reference("table", ("fills",), table, FILLED_BY_FORMS)
        if set(self.fills) <= set(FILLED_BY_FORMS):
            allowed = sorted({*SUBMISSION_FIELDS, *self._columns()} - {*TAIL, "grant_id", "part_no", "granted_date"})
            kind = "column" if self.fills else "submission_field"
            yield from (Reference(kind, ("fields", field), field, allowed) for field in self.fields)
            yield from (Reference(kind, ("sums", field), field, allowed) for field in self.sums)
        yield from self._references_of_codes()
        yield from self._references_of_exclusions()
        yield from self._references_of_amounts()
        yield from self._references_of_versions()
        yield from self._references_of_layout()
        if self.total_row:
            amounts = [field for field in self.fields if field.endswith("_sek")]
            yield Reference("field", ("total_row", "field"), self.total_row.field, self.fields)
            yield Reference("amount", ("total_row", "sums"), self.total_row.sums, amounts)

    def _references_of_codes(self) -> Iterator[Reference]:
        for field, codes in self.codes.items():
            yield Reference("field", ("codes", field), field, self.fields)
            if words := self._words(field):
                yield from (Reference("code", ("codes", field, code), code, words) for code in codes)

    def _references_of_exclusions(self) -> Iterator[Reference]:
        excluding = [rule.id for rule in received_rules()]
        for number, exclusion in enumerate(self.excluded_when):
            at: Loc = ("excluded_when", number)
            yield Reference("field", (*at, "field"), exclusion.field, self.fields)
            yield Reference("rule", (*at, "rule"), exclusion.rule, excluding)
            if texts := self.codes.get(exclusion.field):
                yield Reference("text", (*at, "text"), exclusion.text, texts.values())
        if supplement := self.supplement_when:
            yield Reference("field", ("supplement_when", "field"), supplement.field, self.fields)
            if texts := self.codes.get(supplement.field):
                yield Reference("text", ("supplement_when", "text"), supplement.text, texts.values())

    def _references_of_amounts(self) -> Iterator[Reference]:
        asked = [name for name, each in self.questions.items() if each.layout == AMOUNTS]
        yield from (Reference("amounts", ("sums", field), question, asked) for field, question in self.sums.items())
        amounts = [*self.amounts(), *self.sums]
        for number, constraint in enumerate(self.constraints):
            for at, name in constraint.amounts().items():
                yield Reference("amount", ("constraints", number, *at), name, amounts)
        if self.denial:
            yield Reference("field", ("denial", "field"), self.denial.field, self.fields)
            yield Reference("amount", ("denial", "contradicts"), self.denial.contradicts, amounts)

    def _references_of_versions(self) -> Iterator[Reference]:
        for name, version in self.versions.items():
            at: Loc = ("versions", name)
            yield from (Reference("field", (*at, "fields", field), field, self.fields) for field in version.fields)
            for question in version.questions:
                yield Reference("question", (*at, "questions", question), question, self.questions)

    def _references_of_layout(self) -> Iterator[Reference]:
        if self.reads.completes_by is not None:
            yield Reference("field", ("reads", "completes_by"), self.reads.completes_by, self.fields)
        for number, slot in enumerate(self.reads.repeats.sums if self.reads.repeats else ()):
            yield Reference("amount", ("reads", "repeats", "sums", number), slot, self.amounts())

    def _faults_of_versions(self) -> Iterator[InitErrorDetails]:
        """A version without a column that the table needs, and two versions that no header tells apart."""
        needed = {*self.fields_needed(), *(exclusion.field for exclusion in self.excluded_when)}
        texts: list[tuple[str, set[str]]] = []
        for name, version in self.versions.items():
            for field in (field for field, place in version.fields.items() if place is None and field in needed):
                yield fault("version_lacks", ("versions", name, "fields", field), name=field)
            mine = self.header_texts(name)
            if other := next((earlier for earlier, theirs in texts if theirs == mine), None):
                yield fault("versions_alike", ("versions", name), name=name, other=other)
            texts.append((name, mine))

    def faults(self) -> Iterator[InitErrorDetails]:
        """Two columns of one header, two codes that are written alike, and versions that cannot be."""
        if not all(self.questions.keys() >= each.questions.keys() for each in self.versions.values()):
            return  # told as a reference
        if unplaced := [field for field, text in self.fields.items() if isinstance(text, str) and not plain(text)]:
            yield from (fault("place_unclear", ("fields", field)) for field in unplaced)
            return
        yield from self._faults_of_versions()
        if "recipient_name" not in self.fields:
            for field in filter(self.fields.__contains__, BESIDE_THE_NAME):
                yield fault("key_missing", ("fields", field), key="fields.recipient_name")
        yield from self._faults_of_places()
        for field in self.fields:
            if (self._words(field) or field == GROUND) and field not in self.codes:
                yield fault("key_missing", ("codes", field), key=f"codes.{field}")
        for field, codes in self.codes.items():
            yield from shared_texts((("codes", field, code), code, text) for code, text in codes.items())

    def _faults_of_places(self) -> Iterator[InitErrorDetails]:
        """A form that no header knows, a question in the column of a field or another one, dates that are none."""
        if not any(self.header_texts(version) for version in self.versions or [""]):
            yield fault("form_without_header", ("fields",))
        if len(self.fills) > 1 and set(self.fills) != set(DECIDED_AND_REPORTED):
            yield fault("fills_unfit", ("fills",))
        if self.same_case and "core_decision" not in self.fills:
            yield fault("same_case_of_no_decision", ("same_case",))
        if self.same_case == "adds" and self.is_decided_and_reported:
            yield fault("same_case_of_reports", ("same_case",))
        yield from self._faults_of_shared_columns()
        of_fields = {plain(place_of(text).header): field for field, text in self.fields.items()}
        of_questions = [
            (("questions", question, "header"), name, plain(text))
            for question, asked in self.questions.items()
            for name, text in asked.headers(question).items()
        ]
        yield from shared_texts(
            [*((("fields", field), field, text) for text, field in of_fields.items()), *of_questions]
        )
        for field, text in self.fields.items():
            if place_of(text).date_format and not field.endswith(("_date", "_at")):
                yield fault("date_format_of_no_date", ("fields", field, "date_format"), name=field)
        yield from self._faults_of_units()

    def _faults_of_units(self) -> Iterator[InitErrorDetails]:
        """A unit of what is no amount, and amounts whose header says thousands where the form does not."""
        every: list[tuple[Loc, Mapping[str, str | FieldAt | None]]] = [(("fields",), self.fields)]
        every += [(("versions", name, "fields"), version.fields) for name, version in self.versions.items()]
        told = [((*at, field), field, place_of(told)) for at, fields in every for field, told in fields.items() if told]
        for at, field, place in told:
            if place.amounts_in and not field.endswith("_sek"):
                yield fault("unit_of_no_amount", (*at, "amounts_in"), name=field)
            elif field.endswith("_sek") and THOUSANDS.search(place.header or "") and self._is_silent(place):
                yield fault("unit_not_told", at, name=field)
        for name, asked in self.questions.items():
            if asked.layout == AMOUNTS and self.amounts_in is None and THOUSANDS.search(asked.header):
                yield fault("unit_not_told", ("questions", name, "header"), name=name)

    def _is_silent(self, place: FieldAt) -> bool:
        """Whether nothing is said of what amounts are in."""
        return place.amounts_in is None and self.amounts_in is None

    def _faults_of_shared_columns(self) -> Iterator[InitErrorDetails]:
        """Two amounts or two dates of one column are a slip, unless one of them is written as `{header: ...}`."""
        for ending in ("_sek", "_date"):
            plainly = [(field, text) for field, text in self.fields.items() if field.endswith(ending)]
            texts = [(("fields", field), field, plain(text)) for field, text in plainly if isinstance(text, str)]
            yield from shared_texts(texts)

    def _words(self, field: str) -> tuple[str, ...]:
        """The vocabulary of the column that a field fills, if it has one."""
        column = self._columns().get(field)
        return (column.metadata["one_of"] or ()) if column else ()

    def _columns(self) -> dict[str, Any]:
        known = [table for table in self.fills if table in FILLED_BY_FORMS]
        return {name: each for table in known for name, each in project.columns(TABLES[table]).items()}


def place_of(told: str | FieldAt) -> FieldAt:
    """Where a field stands, by what the form says of it."""
    return told if isinstance(told, FieldAt) else FieldAt(header=told)


def is_asked(name: str, column: Any) -> bool:  # noqa: ANN401 - as pandera has it
    """Whether a form must ask for a column of its table, and a row must fill it in."""
    return not column.nullable or name in ASKED
