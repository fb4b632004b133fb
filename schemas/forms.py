"""What is asked and where it stands: questions, the forms that ask them, and how their cells are written."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints
from pydantic_core import InitErrorDetails

from schemas import project
from schemas.declared import Declared, Label, Loc, Reference, fault, shared_texts, stray_braces
from schemas.rules import received_rules
from schemas.tables import FILLED_BY_FORMS, TABLES
from schemas.tables.base import TAIL, RoundTable

SUBMISSION_FIELDS = ("recipient_name", "respondent_id", "submission_id", "submission_status", "submitted_at")
"""Fields any form may have, whatever table it fills."""

RECORDED_FIELDS = ("submitted_at", "recorded_date", "decided_date", "received_date")
"""Fields that say when a row became known: what an as-of date is held against."""


IDENTITY_FIELDS = {"recipient": "recipient_name", "respondent": "respondent_id"}
"""The field that a form must have to tell whose its rows are."""

NAMED_BY_US = ("recipient_code", "name_as_reported")
"""Columns that no form has to give: the register and the name in the row do."""

OPTION = "option"
"""What stands in braces in the header of a question with a column per option."""


def plain(text: str | None) -> str:
    """A header or cell without marks and stray spaces, on one line."""
    return " ".join(unicodedata.normalize("NFC", text or "").replace("\ufeff", "").split())


class AskedIf(Declared):
    """A question is asked only of those that chose one of these options of an earlier question."""

    question: str
    """The earlier question, which the form must ask as well."""
    options: tuple[str, ...]
    """The options of it that lead to the question."""


class Base(Label):
    """Who is asked: the base of a share."""

    asked_if: AskedIf | None = None
    """The earlier answer on which the question was put; without it everybody was asked."""
    inferred: bool = False
    """Whether the source states a number but not whom it counts, so that the base is our conclusion."""


class Question(Label):
    """What is asked, whichever form asks it."""

    type: Literal["single", "multiple"]
    """Whether one option may be chosen or several."""
    options: dict[str, Label]
    """What may be answered, in the order of the form, by ids that stay when the texts change."""


class FormQuestion(Declared):
    """Where one form carries a question, and how its cells are written."""

    layout: Literal["single", "joined", "column_per_option"]
    """One answer in one cell (single), several in one cell (joined), or a column for each option."""
    header: str
    """The header of the column. With a column per option, `{option}` stands where each option's text does."""
    base: str
    """Who was asked: a base of `questions.yaml`."""
    options: dict[str, str]
    """How the cells, or the headers with a column per option, write each option of the question."""
    separator: Annotated[str, StringConstraints(min_length=1, max_length=1)] = ";"
    """The sign between the answers of a joined cell."""
    chosen: str = "1"
    """What the cell holds where an option with a column of its own was chosen."""
    not_chosen: str = "0"
    """What the cell holds where it was not."""

    def headers(self, question: str) -> dict[str, str]:
        """Slot name to header text: one slot for the question, or one per option."""
        if self.layout != "column_per_option":
            return {question: self.header}
        return {slot(question, option): self.header.format(option=text) for option, text in self.options.items()}

    def faults(self) -> Iterator[InitErrorDetails]:
        """A header that does not name the option once, and two options that are written alike."""
        if self.layout == "column_per_option" and (
            self.header.count(f"{{{OPTION}}}") != 1 or stray_braces(self.header, OPTION)
        ):
            yield fault("header_without_option", ("header",), name=OPTION)
        yield from shared_texts((("options", option), option, text) for option, text in self.options.items())


def slot(question: str, option: str) -> str:
    """The name of the column that carries one option of a question."""
    return f"{question}.{option}"


class TotalRow(Declared):
    """How the total row below the data is known, and which field it sums."""

    field: str
    """The field whose text tells the row."""
    text: str
    """That text."""
    sums: str
    """The amount that the row gives the sum of."""


class ExcludedWhen(Declared):
    """Rows that do not count, told by the text in one field."""

    field: str
    """The field whose text tells the rows."""
    text: str
    """That text, as the export writes it."""
    rule: str
    """The rule that says why they do not count."""


class Form(Declared):
    """One layout of one export: its headers, what they carry, and which table its rows fill."""

    form: str
    """The form's id, by which rounds name it. One file holds one form."""
    title: Label
    """What readers see it called."""
    fills: str | None = None
    """The table that its rows fill; a form that only asks questions fills none."""
    identity: Literal["recipient", "respondent"]
    """Whose a row is: a recipient's, told by `recipient_name`, or a respondent's, told by `respondent_id`."""
    fields: dict[str, str]
    """Which column each field stands in: the field's name in the table, and the column's header."""
    codes: dict[str, dict[str, str]] = Field(default_factory=dict)
    """How the export writes what a field has codes for: by field, code and text."""
    total_row: TotalRow | None = None
    """The row below the data that sums it up, if the export has one."""
    excluded_when: tuple[ExcludedWhen, ...] = ()
    """Rows that do not count, such as tests and drafts."""
    questions: dict[str, FormQuestion] = Field(default_factory=dict)
    """The questions that the form asks, and in which columns."""

    def headers(self) -> dict[str, str]:
        """Slot name to header text, for every column the form has."""
        of_questions = {name: text for q, asked in self.questions.items() for name, text in asked.headers(q).items()}
        return {**self.fields, **of_questions}

    def header_texts(self) -> set[str]:
        """The headers as they are compared with a file's."""
        return {plain(text) for text in self.headers().values()}

    def fields_missing(self) -> list[str]:
        """The fields without which the form's rows have no owner, or leave a column empty that may not be."""
        given = {*RoundTable.to_schema().columns, *TAIL, *NAMED_BY_US}
        filled = [name for name, each in self._columns().items() if not each.nullable and name not in given]
        return [field for field in (IDENTITY_FIELDS[self.identity], *filled) if field not in self.fields]

    def references(self) -> Iterator[Reference]:
        """Its table, the table's columns and their words, its own fields, and rules."""
        if self.fills:
            yield Reference("table", ("fills",), self.fills, FILLED_BY_FORMS)
        if self.fills is None or self.fills in FILLED_BY_FORMS:
            allowed = sorted({*SUBMISSION_FIELDS, *self._columns()} - set(TAIL))
            kind = "column" if self.fills else "submission_field"
            yield from (Reference(kind, ("fields", field), field, allowed) for field in self.fields)
        yield from self._references_of_codes()
        yield from self._references_of_exclusions()
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

    def faults(self) -> Iterator[InitErrorDetails]:
        """Two columns of one header, and two codes that are written alike."""
        of_fields = [((("fields", field)), field, plain(text)) for field, text in self.fields.items()]
        of_questions = [
            (("questions", question, "header"), name, plain(text))
            for question, asked in self.questions.items()
            for name, text in asked.headers(question).items()
        ]
        yield from shared_texts([*of_fields, *of_questions])
        for field in self.fields:
            if self._words(field) and field not in self.codes:
                yield fault("key_missing", ("codes", field), key=f"codes.{field}")
        for field, codes in self.codes.items():
            yield from shared_texts((("codes", field, code), code, text) for code, text in codes.items())

    def _words(self, field: str) -> tuple[str, ...]:
        """The vocabulary of the column that a field fills, if it has one."""
        column = self._columns().get(field)
        return (column.metadata["one_of"] or ()) if column else ()

    def _columns(self) -> dict[str, Any]:
        return project.columns(TABLES[self.fills]) if self.fills in FILLED_BY_FORMS else {}
