"""What is asked and where it stands: questions, the forms that ask them, and how their cells are written."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from schemas import project
from schemas.declared import Declared, Label, all_known
from schemas.rules import rules
from schemas.tables import TABLES
from schemas.tables.base import TAIL

SUBMISSION_FIELDS = (
    "recipient_name",
    "county_name",
    "recipient_code",
    "respondent_id",
    "submission_id",
    "submission_status",
    "submitted_at",
)
"""Fields any form may have, whatever table it fills."""

BESIDE_THE_NAME = ("county_name", "recipient_code")
"""Fields that a name is held against; they name nobody by themselves, and may be empty."""

RECORDED_FIELDS = ("submitted_at", "recorded_date", "decided_date", "received_date")
"""Fields that say when a row became known: what an as-of date is held against."""


class AskedIf(Declared):
    """A question is asked only of those that chose one of these options of an earlier question."""

    question: str
    options: tuple[str, ...]


class Base(Label):
    """Who is asked: the base of a share."""

    asked_if: AskedIf | None = None
    inferred: bool = False


class Question(Label):
    """What is asked, whichever form asks it."""

    type: Literal["single", "multiple"]
    options: dict[str, Label]


class FormQuestion(Declared):
    """Where one form carries a question, and how its cells are written."""

    layout: Literal["single", "joined", "column_per_option"]
    header: str
    base: str
    options: dict[str, str]
    separator: Annotated[str, StringConstraints(min_length=1, max_length=1)] = ";"
    chosen: str = "1"
    not_chosen: str = "0"

    def headers(self, question: str) -> dict[str, str]:
        """Slot name to header text: one slot for the question, or one per option."""
        if self.layout != "column_per_option":
            return {question: self.header}
        return {slot(question, option): self.header.format(option=text) for option, text in self.options.items()}


def slot(question: str, option: str) -> str:
    """The name of the column that carries one option of a question."""
    return f"{question}.{option}"


class TotalRow(Declared):
    """How the total row below the data is known, and which field it sums."""

    field: str
    text: str
    sums: str


class ExcludedWhen(Declared):
    """Rows that do not count, told by the text in one field."""

    field: str
    text: str
    rule: str


class Form(Declared):
    """One layout of one export: its headers, what they carry, and which table its rows fill."""

    form: str
    title: Label
    fills: str | None = None
    identity: Literal["recipient", "respondent"]
    fields: dict[str, str]
    codes: dict[str, dict[str, str]] = Field(default_factory=dict)
    total_row: TotalRow | None = None
    excluded_when: tuple[ExcludedWhen, ...] = ()
    questions: dict[str, FormQuestion] = Field(default_factory=dict)

    def headers(self) -> dict[str, str]:
        """Slot name to header text, for every column the form has."""
        of_questions = {name: text for q, asked in self.questions.items() for name, text in asked.headers(q).items()}
        return {**self.fields, **of_questions}

    @model_validator(mode="after")
    def _fields_exist(self) -> Self:
        if self.fills and self.fills not in TABLES:
            raise ValueError(f"fills: there is no table {self.fills}")
        allowed = {*SUBMISSION_FIELDS, *(project.columns(TABLES[self.fills]) if self.fills else ())} - set(TAIL)
        if unknown := sorted(set(self.fields) - allowed):
            raise ValueError(f"fields: {', '.join(unknown)} is no column of {self.fills}")
        if "recipient_name" not in self.fields:
            all_known("fields", self.fields, {*self.fields} - {*BESIDE_THE_NAME})
        all_known("codes", self.codes, self.fields)
        all_known("excluded_when", [exclusion.field for exclusion in self.excluded_when], self.fields)
        all_known("excluded_when", [exclusion.rule for exclusion in self.excluded_when], rules())
        all_known("total_row", [self.total_row.field, self.total_row.sums] if self.total_row else [], self.fields)
        return self
